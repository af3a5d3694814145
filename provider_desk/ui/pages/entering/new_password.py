"""A new password for a manager who forgot theirs, by recovery sheet A."""

from PySide6.QtCore import Signal

from provider_desk.model.errors import NoKeyring, NotValid
from provider_desk.model.fields import Text
from provider_desk.services.entry import recover
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.pages.entering.card import EntryCard, enter_goes_on
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.no_keyring import NoKeyringNote
from provider_desk.ui.pages.setting.secret import (
    AGAIN,
    PASSWORD,
    differing,
    secret_box,
    typed,
)
from provider_desk.ui.parts.words import soft

_ABOUT = (
    "Recovery sheet A sets a new password for a manager. Anybody else asks a manager, "
    "who gives them a new one in Settings: the sheet stays where it is."
)
_NAME = Text(label="Name of the manager", longest=80)
_NEW = Text(label="New password", help=PASSWORD.help)
_AFTER = (
    "Counselling notes open again once the clinical lead has given the key anew; until "
    "then they stay sealed for this account."
)


class NewPasswordCard(EntryCard):
    """Name, sheet A's code, the new password twice.

    Attributes:
        changed: the password is set; carries the name.
        boxes: fields by name.
        code: where the sheet's code is typed.
        note: what to do where the system keeps no secret.
    """

    changed = Signal(str)

    def __init__(self, door: Door, name: str = "") -> None:
        """Lay it out.

        Args:
            door: what every way in needs.
            name: what was typed for signing in.
        """
        super().__init__("New password by sheet A", _ABOUT, "Set the new password")
        self._door = door
        self.code = CodeField("A")
        self.boxes: dict[str, FieldBox] = {
            "name": FieldBox(_NAME, LineEditor(_NAME.longest), optional=False),
            "code": self.code,
            "password": secret_box(_NEW),
            "again": secret_box(AGAIN),
        }
        self.boxes["name"].editor.set_value(name)
        self.note = NoKeyringNote(door)
        self.column.addWidget(self.note)
        for box in self.boxes.values():
            self.column.addWidget(box)
        self.column.addWidget(soft(_AFTER))
        enter_goes_on(list(self.boxes.values()), self.go_on)

    def start(self) -> None:
        """The first field that is empty."""
        self.boxes["code" if typed(self.boxes["name"]) else "name"].editor.setFocus()

    def go_on(self) -> None:
        """Set it, if both new ones are the same."""
        if not self.button.isEnabled():
            return
        given = {name: typed(box) for name, box in self.boxes.items()}
        different = differing(self.boxes["password"], self.boxes["again"], "again")
        if different:
            self._show(NotValid(different))
            return
        if not self.note.settled():
            self.banner.show_words("Choose first what is to be done below.", "", "warn")
            self.note.without.setFocus()
            return
        self._show(NotValid([]))
        self.banner.hide()
        door = self._door
        self.set_busy("Setting the password …")
        door.tasks.write(
            self,
            lambda: recover.new_password_by_sheet(
                door.folder,
                given["code"],
                given["name"],
                given["password"],
                door.clock,
                door.vault(),
            ),
            lambda _done: self.changed.emit(given["name"]),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self.set_busy()
        if isinstance(error, NotValid):
            self._show(error)
        elif isinstance(error, NoKeyring):
            self.note.show_why(error)
        else:
            self.show_error(error)

    def _show(self, error: NotValid) -> None:
        for name, box in self.boxes.items():
            mine = tuple(p for p in error.problems if p.field == name)
            if name == "code" and mine:
                self.code.point_at(mine)
            else:
                box.show_problems(mine)
        first = next((p.field for p in error.problems if p.field in self.boxes), "")
        if first and first != "code":
            self.boxes[first].editor.setFocus()
        elif error.problems and not first:
            self.banner.show_error(error)
