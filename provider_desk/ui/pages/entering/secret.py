"""The team secret is not on this computer: recovery sheet A brings it back."""

from PySide6.QtCore import Signal

from provider_desk.model.errors import NoKeyring, NotValid
from provider_desk.services.entry import recover
from provider_desk.ui.pages.entering.card import EntryCard
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.no_keyring import NoKeyringNote
from provider_desk.ui.parts.words import soft

_ABOUT = (
    "The desk is here, and nothing in it is lost. But this computer has lost the "
    "second secret, without which no password opens it: the system's store of "
    "passwords was emptied, or the desk came from another computer."
)
_WHERE = (
    "Recovery sheet A was printed when the desk was made. It is kept where the service "
    "keeps its keys. If it can't be found, ask somebody whose computer still opens the "
    "desk: a manager can print a new one in Settings."
)


class SecretCard(EntryCard):
    """Asks for sheet A's code.

    Attributes:
        brought_back: the secret is there again.
        field: where the code is typed.
        note: what to do where the system keeps no secret.
    """

    brought_back = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__("Type recovery sheet A", _ABOUT, "Bring it back")
        self._door = door
        self.field = CodeField("A")
        self.field.line.returnPressed.connect(self.go_on)
        self.note = NoKeyringNote(door)
        for part in (self.note, self.field, soft(_WHERE)):
            self.column.addWidget(part)

    def start(self) -> None:
        """The code."""
        self.field.start()

    def show_no_keyring(self, error: NoKeyring) -> None:
        """Say what the system answered, and offer to do without it."""
        self.note.show_why(error)
        self.note.without.setFocus()

    def go_on(self) -> None:
        """Bring the secret back."""
        if not self.button.isEnabled():
            return
        if not self.note.settled():
            self.banner.show_words("Choose first what is to be done below.", "", "warn")
            self.note.without.setFocus()
            return
        self.banner.hide()
        door, code = self._door, self.field.code()
        self.set_busy("Looking …")
        door.tasks.read(
            self,
            lambda: recover.bring_back_secret(
                door.folder, code, door.vault(), door.clock
            ),
            self._back,
            self._failed,
        )

    def _back(self, _done: object) -> None:
        self.set_busy()
        self.field.clear()
        self.brought_back.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            self.set_busy()
            self.field.point_at(error.problems)
        elif isinstance(error, NoKeyring):
            self.set_busy()
            self.show_no_keyring(error)
        else:
            self.show_error(error)
            self.field.start()
