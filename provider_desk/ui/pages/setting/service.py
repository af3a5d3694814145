"""Settings: the service whose desk this is."""

from PySide6.QtCore import Qt

from provider_desk.model.records import Provider
from provider_desk.services import settings
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import SavedForm, Section
from provider_desk.ui.theme import px

_ROWS = (
    ("name", "code"),
    "word_for_person",
    "contact_every_days",
    "notice_hours",
    "triage",
    "trial_sessions",
    "records_begin_on",
    "return_due_day",
    "second_reader",
    "return_contact",
)
_WIDTH = 640


class ServiceSection(Section):
    """Name, habits and since when records are complete."""

    TITLE = "Your service"
    ABOUT = (
        "The name stands on every return, the short name in its file names. Your word "
        "for a person stands all over this program, and nowhere in the return. The "
        "rest says how you work: when a contact and a return are due, what counts as "
        "cancelled in good time, how the list is sorted, how many sessions are agreed "
        "before a trial, and who sees a return before it leaves."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        desk = frame.desk
        self.saved = SavedForm(
            frame,
            RecordForm(Provider, _ROWS, desk.today),
            "Save",
            lambda values: settings.change_provider(desk, values),
        )
        self.saved.setMaximumWidth(px(_WIDTH))
        self.column.addWidget(self.saved)
        self.column.addStretch(1)

    def load(self) -> None:
        """Show what holds now, unless something is being typed."""
        desk = self.frame.desk
        self.frame.read(self, lambda: settings.provider(desk), self._show)

    def start(self) -> None:
        """The first field."""
        box = self.saved.form.boxes["name"]
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, provider: Provider) -> None:
        if not self.saved.form.is_dirty():
            self.saved.form.set_values(provider.values())
