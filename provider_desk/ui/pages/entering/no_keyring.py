"""Words and a choice for a machine that has no safe place for the team secret."""

from PySide6.QtWidgets import QCheckBox

from provider_desk.model.errors import NoKeyring
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.words import body, soft, state

_TITLE = "This machine has no safe place for the desk's second secret."
_CHOICE = "Go on without: I type sheet A each time"
_WHAT = (
    "You can put that right first and start the program again. Or go on without it: "
    "then recovery sheet A is typed each time this program starts, and has to be at "
    "hand."
)


class NoKeyringNote(Note):
    """Hidden while the system keeps the secret.

    Attributes:
        without: ticked by who wants to go on all the same.
    """

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door
        self.setAccessibleName(_TITLE)
        self._why = soft()
        self.without = QCheckBox(_CHOICE)
        self.without.setAccessibleDescription(_WHAT)
        for part in (state(_TITLE, "warn"), self._why, body(_WHAT), self.without):
            self.inside.addWidget(part)

    def show_why(self, error: NoKeyring) -> None:
        """Say what the system answered."""
        self._why.setText(f"{error.message} {error.advice}".strip())
        self.show()

    def settled(self) -> bool:
        """Whether there is a place for the secret, or somebody chose to do without."""
        if self.isHidden():
            return True
        if self.without.isChecked():
            self._door.do_without()
            return True
        return False
