"""Panel: a backup is checked, or a restore from it is practised with sheet A."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt

from provider_desk.model.errors import Cancelled, NotValid, Problem
from provider_desk.model.fields import Text
from provider_desk.services.safety import backups, restore_drill
from provider_desk.services.safety.backups import Backup, Sound
from provider_desk.services.saying import at, some
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.entering.folder_field import PathField
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, quoted, set_state, state, strong
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Asked, Progress

_CHECK = (
    "The backup is opened on this computer, and every page and count is compared with "
    "what it should hold."
)
_PRACTICE = (
    "Do what would be done on the day when it counts: type sheet A, and the whole desk "
    "is brought back into an empty folder. Afterwards that folder is removed again."
)
_FOLDER = Text(label="Practise in", help="A folder is made there, and removed again.")


class BackupPanel(Panel):
    """Two deeds about one backup.

    Attributes:
        check_button: opens and compares it.
        code: of sheet A.
        folder: where the practice takes place.
        practise_button: brings it back there.
        found: what came of it.
    """

    def __init__(self, frame: Frame, backup: Backup) -> None:
        """Lay it out.

        Args:
            frame: the window.
            backup: which one.
        """
        made = at(backup.made_ms) if backup.made_ms else backup.path.name
        super().__init__(f"Backup of {made}")
        self._frame = frame
        self._path = backup.path
        self.banner = Banner()
        self.work = WorkLine()
        self.found = state()
        self.found.hide()
        self.check_button = primary("Check this backup", self.check)
        self.code = CodeField("A")
        self.folder = PathField(_FOLDER, "Choose", QDir.tempPath())
        self.practise_button = plain("Practise a restore", self.practise)
        self.code.line.returnPressed.connect(self.practise)
        self.body.addWidget(quoted(str(backup.path)))
        for part in (self.banner, self.found, self.work, body(_CHECK)):
            self.body.addWidget(part)
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self.check_button, 0, left)
        self.body.addWidget(strong("Practise a restore"))
        for widget in (body(_PRACTICE), self.code, self.folder):
            self.body.addWidget(widget)
        self.body.addWidget(self.practise_button, 0, left)

    def start(self) -> None:
        """Checking it."""
        self.check_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> None:
        """Open and compare it."""
        desk, path = self._frame.desk, self._path
        self._begin(
            lambda progress, stopped: backups.verify(desk, path, progress, stopped),
            lambda sound: f"It is sound: {_people(sound)}.",
            "Checking the backup …",
        )

    def practise(self) -> None:
        """Bring it back into a folder of its own, with sheet A."""
        folder = self.folder.path()
        if folder is None:
            self.folder.show_problems([Problem("folder", "Name a folder.")])
            return
        desk, path, code = self._frame.desk, self._path, self.code.code()
        self._begin(
            lambda progress, stopped: restore_drill.practise(
                desk, path, Path(folder), code, progress, stopped
            ),
            lambda sound: f"It worked: {_people(sound)} came back. Nothing is left.",
            "Bringing the desk back …",
        )

    def _begin(
        self,
        work: Callable[[Progress, Asked], Sound],
        words: Callable[[Sound], str],
        said: str,
    ) -> None:
        if not self.check_button.isEnabled():
            return
        self.banner.hide()
        self.found.hide()
        self._enable(on=False)

        def done(sound: Sound) -> None:
            self._over()
            self.code.clear()
            set_state(self.found, words(sound), "good")
            self.found.show()

        task = self._frame.long(self, work, done, self._failed)
        self.work.follow(task, said)

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, NotValid):
            self.code.point_at(error.problems)
        elif isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)

    def _over(self) -> None:
        self.work.end()
        self._enable(on=True)
        self.start()

    def _enable(self, *, on: bool) -> None:
        self.check_button.setEnabled(on)
        self.practise_button.setEnabled(on)


def _people(sound: Sound) -> str:
    return some(sound.rows.get("client", 0), "person", "people")
