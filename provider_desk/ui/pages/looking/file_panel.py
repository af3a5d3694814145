"""Panel: the entries of the log that are shown are written to a file."""

from pathlib import Path

from provider_desk.model.errors import Cancelled, Problem
from provider_desk.model.fields import Text
from provider_desk.services.looking import looks_file
from provider_desk.services.looking.looks_file import Wanted
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.folder_field import PathField, documents
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft
from provider_desk.ui.parts.work_line import WorkLine

_FOLDER = Text(label="Folder")
_WHAT = (
    "What is chosen on the page is written as a table (csv) that a spreadsheet opens. "
    "People stand in it by their codes, staff by their names."
)
_WARNING = (
    "The file is not encrypted. Keep it no longer than it is needed. That it was made "
    "stands in the log."
)


class FilePanel(Panel):
    """Where to; then the file is there.

    Attributes:
        folder: where it goes.
        button: writes it.
    """

    def __init__(self, frame: Frame, wanted: Wanted) -> None:
        super().__init__("Write the log to a file")
        self._frame = frame
        self._wanted = wanted
        self.banner = Banner()
        self.folder = PathField(_FOLDER, "Choose a folder", str(documents()))
        self.work = WorkLine()
        self.button = primary("Write the file", self.save)
        parts = (self.banner, body(_WHAT), self.folder, soft(_WARNING), self.work)
        for part in parts:
            self.body.addWidget(part)
        self.foot.addWidget(self.button, 1)
        self.folder.line.returnPressed.connect(self.save)

    def start(self) -> None:
        """The folder."""
        self.folder.start()

    def save(self) -> None:
        """Write it."""
        folder = self.folder.path()
        if folder is None:
            self.folder.show_problems([Problem("folder", "Name a folder.")])
            return
        if not self.button.isEnabled():
            return
        self.banner.hide()
        self.button.setEnabled(False)
        desk, wanted, path = self._frame.desk, self._wanted, folder / self._name()
        task = self._frame.long(
            self,
            lambda progress, cancelled: looks_file.export(
                desk, wanted, path, progress, cancelled
            ),
            self._done,
            self._failed,
        )
        self.work.follow(task, "Writing …")

    def _name(self) -> Path:
        return Path(f"who-looked-{self._frame.desk.today().isoformat()}.csv")

    def _done(self, said: str) -> None:
        self.work.end()
        self._frame.say(said)
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.work.end()
        self.button.setEnabled(True)
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)
