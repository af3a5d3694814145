"""A new person: names and age, safe contact later; people alike are shown first."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client
from provider_desk.model.views import PersonRow, Standing
from provider_desk.services.casework import people
from provider_desk.services.rights.permissions import Permission, who_may
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_ROWS = (
    "known_as",
    ("given_names", "family_name"),
    "previous_names",
    ("born_on", "birth_year"),
    "age_band",
    ("mobile", "landline"),
    "email",
    "address",
    "postcode",
    "code",
)
_PAUSE_MS = 250

_BEGUN = "This was begun earlier, for another name than you searched for."
_BEGUN_MORE = (
    "Save it if it is the same person. Otherwise throw its draft away on Today, and "
    "search again."
)

_OUTSIDE = (
    "Somebody outside your caseload is like this person. Ask {who} before you add "
    "them a second time."
)


class AddPersonPanel(FormPanel):
    """Asks for what tells people apart; everything else can wait."""

    def __init__(self, frame: Frame) -> None:
        self._alike = Note()
        form = RecordForm(Client, _ROWS, frame.desk.today, may_be_empty=("code",))
        super().__init__(
            frame,
            deeds.ADD_PERSON.words,
            form,
            deeds.ADD_PERSON.words,
            self._add,
            draft="person:new",
            opening=Opening("person"),
            done=lambda client_id: frame.go("person", client_id=client_id),
            above=self._alike,
            whole=True,
        )
        self._newest = frame.newest(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        form.changed.connect(self._pause.start)

    def suggest_name(self, name: str) -> None:
        """Begin with a name that was searched for; a draft taken up keeps its own."""
        if self.is_dirty():
            held = str(self.form.values()["known_as"] or "")
            if held.casefold() != name.casefold():
                # Without the names: the banner stands outside the veil.
                self.banner.show_words(_BEGUN, _BEGUN_MORE)
            return
        self.form.suggest({"known_as": name})
        editor = self.form.boxes["known_as"].editor
        if isinstance(editor, LineEditor):
            # One goes on where the name ends.
            editor.line.end(False)
        self._pause.start()

    def _add(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        return people.add_person(self.frame.desk, values)

    def _look(self) -> None:
        desk, values = self.frame.desk, self.form.values()
        self._newest.ask(
            lambda: people.likely_duplicates(desk, values),
            self._show_alike,
            self.frame.failed.emit,
        )

    def _show_alike(self, found: list[PersonRow]) -> None:
        column = self._alike.inside
        clear(column)
        self._alike.setVisible(bool(found))
        if not found:
            return
        column.addWidget(strong("Is it somebody who is here already?"))
        for row in found:
            self._offer(column, row)

    def _offer(self, column: QVBoxLayout, row: PersonRow) -> None:
        if row.status == Standing.OUTSIDE:
            who = who_may(Permission.SEE_ALL)
            column.addWidget(soft(own(_OUTSIDE.format(who=who))))
            return
        link = quiet(
            f"Open {row.code} instead",
            lambda: self.frame.go("person", client_id=row.client_id),
        )
        parts = (row.name, row.born, row.status)
        words = soft(" · ".join(part for part in parts if part))
        column.addWidget(self.frame.veil.over(words, row.status))
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.setSpacing(px(2))


def as_name(searched: str) -> str:
    """Words of a search where they can be a name; "" for a code or a date of birth."""
    words = " ".join(searched.split())
    return "" if any(letter.isdigit() for letter in words) else words


def reopen(frame: Frame, _args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    frame.open_panel(AddPersonPanel(frame))
