"""A panel that makes a paper: where it goes, who is left out, what to do with it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from provider_desk.model.errors import DeskError
from provider_desk.services.casework.waiting_on import paper_file
from provider_desk.services.casework.waiting_on.paper_file import LeftOut
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.export_view import open_path
from provider_desk.ui.pages.returning.file_panels import PathField
from provider_desk.ui.pages.returning.long_panel import LongPanel
from provider_desk.ui.pages.waiting.some_lines import SomeLines
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import body, soft, state, strong

_FOLDER_NAME = "Provider Desk papers"
_UNPROTECTED = (
    "This file holds what the desk keeps under lock. Print it now, then delete it; "
    "nobody else should find it on this computer."
)


class PaperPanel(LongPanel):
    """A folder, a button, then the file with what to do about it.

    Attributes:
        folder: where the file goes.
        result: what came of it.
    """

    def __init__(self, frame: Frame, title: str, button: str) -> None:
        super().__init__(frame, title, button, "Making it …")
        place = QStandardPaths.StandardLocation.DocumentsLocation
        documents = Path(QStandardPaths.writableLocation(place))
        self.folder = PathField("Folder", "", QFileDialog.FileMode.Directory)
        self.folder.line.setText(str(documents / _FOLDER_NAME))
        self.result = Card()
        self.result.hide()

    def add_end(self) -> None:
        """Put folder and result below what the panel has put into its body."""
        self.body.addWidget(self.folder.label())
        self.body.addWidget(self.folder)
        self.body.addWidget(self.result)

    def where(self) -> Path | None:
        """The folder; where none is typed, it is asked for."""
        paths = self.folder.paths()
        if not paths:
            self.banner.show_words("Choose a folder.", "")
            self.folder.line.setFocus()
            return None
        return paths[0]

    def show_files(
        self, paths: Sequence[Path], said: str, *, secret: bool = True
    ) -> None:
        """Say that the files are there, and what to do with them.

        Args:
            paths: the files.
            said: what was made, in a sentence.
            secret: they hold names or numbers, and are to be deleted once printed.
        """
        clear(self.result.inside)
        inside = self.result.inside
        inside.addWidget(state(said, "good"))
        for path in paths:
            inside.addWidget(_selectable(str(path)))
        opener = plain("Open it", partial(open_path, paths[0]))
        inside.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        if secret:
            inside.addWidget(soft(_UNPROTECTED))
            forget = plain("Delete the file", partial(self._delete, paths))
            inside.addWidget(forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.result.show()
        opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_left_out(self, left_out: Sequence[LeftOut]) -> None:
        """Name those for whom nothing was made; on the screen alone."""
        self.add_left_out(self.result.inside, left_out)

    def add_left_out(self, inside: QVBoxLayout, left_out: Sequence[LeftOut]) -> None:
        """Put those who are left out into a card, a few at a time."""
        if not left_out:
            return
        inside.addWidget(strong(f"Left out: {len(left_out):,}"))
        inside.addWidget(SomeLines([partial(self._out, each) for each in left_out]))

    def _out(self, each: LeftOut) -> list[QWidget]:
        line = body(f"{each.name or each.code} ({each.code}): {each.why}")
        return [self.frame.veil.over(line, f"{each.code}: {each.why}")]

    def _delete(self, paths: Sequence[Path]) -> None:
        try:
            for path in paths:
                paper_file.delete(path)
        except DeskError as error:
            self.banner.show_error(error)
            return
        clear(self.result.inside)
        self.result.inside.addWidget(state("The file is deleted.", "good"))
        self.button.setFocus()


def _selectable(words: str) -> QLabel:
    label = body(words)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
