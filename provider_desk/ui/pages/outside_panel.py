"""Panel: why somebody outside one's own caseload has to be opened."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.records import CaseAccess
from provider_desk.model.views import PersonRow, Standing
from provider_desk.services.rights import caseload
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.referring.mistaken_panel import put_back_panel
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft

_DEED = "Open the record"
_WHAT = (
    "This person is on the desk, but not in your caseload. If your work needs it, you "
    "can open the record until the end of the day."
)
_LOGGED = (
    "Your name, the time and the reason are written down first, where a manager reads "
    "them. For longer access, ask the clinical lead or a manager."
)


class OutsidePanel(Panel):
    """Asks why; what it says is in the log before anything is shown.

    Attributes:
        form: the reason.
        button: opens the record.
    """

    def __init__(self, frame: Frame, client_id: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            client_id: whom the search found.
        """
        super().__init__("Outside your caseload")
        self._frame = frame
        self._client_id = client_id
        self.banner = Banner()
        self.form = RecordForm(CaseAccess, ["reason"], frame.desk.today)
        for part in (self.banner, body(_WHAT), self.form, soft(_LOGGED)):
            self.body.addWidget(part)
        self.button = primary(_DEED, self.save)
        self.button.setToolTip(
            f"{_DEED}  ({deeds.SAVE.key.replace('Return', 'Enter')})"
        )
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The reason."""
        self.form.go_to("reason")

    def save(self) -> None:
        """Write the reason down, then open the record."""
        if not self.button.isEnabled():
            return
        reason = str(self.form.values()["reason"] or "")
        if not reason:
            problem = Problem("reason", "Say why this record has to be opened.")
            self.form.show_problems([problem])
            return
        desk, client_id = self._frame.desk, self._client_id
        self.button.setEnabled(False)
        self._frame.write(
            self,
            lambda: caseload.ask_for_access(desk, client_id, reason),
            lambda _new: self._opened(),
            self._failed,
            instead="It closes by itself; that it was opened stays in the log.",
        )

    def _opened(self) -> None:
        frame, client_id = self._frame, self._client_id
        self.closed.emit()
        frame.go("person", client_id=client_id)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.form.show_problems(error.problems)
            return
        self.banner.show_error(error)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


def opening(frame: Frame, row: PersonRow) -> Callable[[], None]:
    """What opens a line of a search: the person, or what is asked before that."""
    client_id = row.client_id
    if row.status == Standing.OUTSIDE:
        return lambda: frame.open_panel(OutsidePanel(frame, client_id))
    if row.status == Standing.MISTAKEN:
        return lambda: frame.open_panel(put_back_panel(frame, row))
    return lambda: frame.go("person", client_id=client_id)
