"""First run, step one: whose desk it is and who keeps it."""

from PySide6.QtCore import Signal

from provider_desk.model.errors import NoKeyring, Problem
from provider_desk.model.fields import Text, field_map
from provider_desk.model.records import Provider
from provider_desk.services.entry.vaults import Vault
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.pages.entering.card import enter_goes_on, left_aligned, link
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.no_keyring import NoKeyringNote
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.parts.words import soft

_YOU = Text(
    label="Your name",
    help="You sign in with it. The first person is a manager and can add the others.",
    longest=80,
)


class ServiceStep(Step):
    """The service's name and the first manager's.

    Attributes:
        backup_wanted: there is a backup to be brought back instead.
        note: what to do where the system keeps no secret.
    """

    NAME = "Service"
    TITLE = "Whose desk is this?"
    ABOUT = (
        "There is no desk here yet. Setting one up takes ten minutes, and needs a "
        "printer or a USB stick to print from elsewhere."
    )

    backup_wanted = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door
        named = field_map(Provider)["name"].kind
        for name, kind in (("provider", named), ("user", _YOU)):
            assert isinstance(kind, Text)  # noqa: S101 - declared as words
            box = FieldBox(kind, LineEditor(kind.longest), optional=False)
            self.boxes[name] = box
            self.column.addWidget(box)
        enter_goes_on(list(self.boxes.values()), self.go_on)
        self.column.addWidget(soft(f"The desk is kept, encrypted, in {door.folder}"))
        self.note = NoKeyringNote(door)
        self.column.addWidget(self.note)
        left_aligned(
            self.column,
            link("Bring a desk back from a backup", self.backup_wanted.emit),
        )
        self._asked = False

    def start(self) -> None:
        """Ask the system for a safe place while somebody types."""
        super().start()
        if not self._asked:
            self._asked = True
            door = self._door
            door.tasks.read(self, door.tried_vault, _fine, self._no_vault)

    def values(self) -> dict[str, str]:
        """What was typed."""
        return {name: str(box.editor.value()) for name, box in self.boxes.items()}

    def go_on(self) -> None:
        """On to the password, if both names are there."""
        typed = self.values()
        problems = []
        if not typed["provider"]:
            problems.append(Problem("provider", "The name of the service is needed."))
        if not typed["user"]:
            problems.append(Problem("user", "Your name is needed, to sign in with."))
        if self.show_problems(problems):
            return
        if not self.note.settled():
            self.said.emit("Choose first what is to be done below.", "", "warn")
            self.note.without.setFocus()
            return
        self.answered.emit()

    def _no_vault(self, error: Exception) -> None:
        if isinstance(error, NoKeyring):
            self.note.show_why(error)
        else:
            self.raised.emit(error)


def _fine(_vault: Vault) -> None:
    """The system has a place."""
