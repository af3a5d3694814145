"""A desk is brought back from a backup, with recovery sheet A alone."""

from pathlib import Path

from PySide6.QtCore import Signal

from provider_desk.model.errors import Cancelled, NoKeyring, NotValid, Problem
from provider_desk.model.fields import Text
from provider_desk.services.entry import recover
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.pages.entering.card import EntryCard
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.folder_field import PathField
from provider_desk.ui.pages.entering.no_keyring import NoKeyringNote
from provider_desk.ui.parts.words import soft
from provider_desk.ui.parts.work_line import WorkLine

_ABOUT = (
    "A backup and recovery sheet A bring the whole desk back, on this computer or a "
    "new one. Everybody then signs in with the password they had when the backup was "
    "made."
)
_FILE = Text(
    label="Backup",
    help="A file that ends in .pdbackup, from a USB stick or the folder of backups.",
)
_WANTED = "Backups (*.pdbackup)"
_ASIDE = (
    "There is a desk here already. It is set aside in a folder of its own, not "
    "deleted, and this program will not open it again by itself."
)


class RestoreCard(EntryCard):
    """Which backup, and sheet A's code.

    Attributes:
        restored: the desk is there; carries what is to be said.
        file: names the backup.
        code: where the sheet's code is typed.
        note: what to do where the system keeps no secret.
    """

    restored = Signal(str)

    def __init__(self, door: Door, *, instead: bool = False) -> None:
        """Lay it out.

        Args:
            door: what every way in needs.
            instead: there is a desk already, which is to be set aside.
        """
        super().__init__("Bring a desk back from a backup", _ABOUT, "Bring it back")
        self._door = door
        self._instead = instead
        self.file = PathField(_FILE, "Choose a file", wanted=_WANTED)
        self.code = CodeField("A")
        self.boxes: dict[str, FieldBox] = {"file": self.file, "code": self.code}
        self.note = NoKeyringNote(door)
        self.work = WorkLine()
        self.column.addWidget(self.note)
        for box in self.boxes.values():
            self.column.addWidget(box)
        if instead:
            self.column.addWidget(soft(_ASIDE))
        self.column.addWidget(
            soft(f"The desk will be kept, encrypted, in {door.folder}")
        )
        self.column.addWidget(self.work)
        self.file.line.returnPressed.connect(self.code.start)
        self.code.line.returnPressed.connect(self.go_on)

    def start(self) -> None:
        """The file."""
        self.file.start()

    def go_on(self) -> None:
        """Bring it back."""
        if not self.button.isEnabled():
            return
        path = self.file.path()
        self.banner.hide()
        if path is None:
            self._show((Problem("file", "Name the backup."),))
            return
        if not self.note.settled():
            self.banner.show_words("Choose first what is to be done below.", "", "warn")
            self.note.without.setFocus()
            return
        self._show(())
        self._begin(path, self.code.code())

    def _begin(self, path: Path, code: str) -> None:
        door, instead = self._door, self._instead
        self.set_busy("Bringing it back …")
        task = door.tasks.long(
            self,
            lambda progress, cancelled: recover.restore(
                path,
                door.folder,
                code,
                door.vault(),
                door.clock,
                set_aside=instead,
                progress=progress,
                cancelled=cancelled,
            ),
            self._done,
            self._failed,
        )
        self.work.follow(task, "Bringing the desk back …")

    def _done(self, said: str) -> None:
        self.work.end()
        self.set_busy()
        self.code.clear()
        self.restored.emit(said)

    def _failed(self, error: Exception) -> None:
        self.work.end()
        self.set_busy()
        if isinstance(error, NotValid):
            self._show(error.problems)
        elif isinstance(error, NoKeyring):
            self.note.show_why(error)
        elif isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.show_error(error)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        for name, box in self.boxes.items():
            mine = [p for p in problems if p.field == name]
            box.show_problems(mine)
        if any(p.field == "code" for p in problems):
            self.code.point_at(tuple(p for p in problems if p.field == "code"))
        elif any(p.field == "file" for p in problems):
            self.file.start()
