"""First run, step three: both recovery sheets are saved, to be printed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.folder_field import (
    PathField,
    documents,
    open_path,
)
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import body, soft, state, strong
from provider_desk.ui.theme import px

_FOLDER = Text(
    label="Save the two sheets in",
    help="A USB stick is best. They are saved as PDF files, to be printed from there.",
)
_A = (
    "Opens the desk on a new computer, restores a backup and sets a manager's "
    "password anew. It belongs where the service keeps its keys."
)
_B = (
    "Opens the counselling notes. It belongs with the clinical lead, never in the same "
    "place as sheet A."
)
_SAVE, _PRINTED = "Save both sheets", "Both are printed: go on"
_STOPPED = (
    "If you stop before the end, no desk is made. These two files stay where they "
    "are, and open nothing."
)


class SheetsStep(Step):
    """What the sheets are for, where to save them, and from where to print them.

    Attributes:
        folder: where they go.
        written: the files, once they are there.
        openers: a button for each, that opens it.
    """

    NAME = "Recovery sheets"
    TITLE = "Two sheets of paper for when something is lost"
    DEED = _SAVE

    def __init__(self, door: Door, plan: Callable[[], NewDesk | None]) -> None:
        """Lay it out.

        Args:
            door: what every way in needs.
            plan: the desk that is to be made.
        """
        super().__init__()
        self._door = door
        self._plan = plan
        self.written: tuple[Path, ...] = ()
        self.openers: list[QPushButton] = []
        for title, what in (("Sheet A", _A), ("Sheet B", _B)):
            lines = QVBoxLayout()
            lines.setSpacing(px(2))
            lines.addWidget(strong(title))
            lines.addWidget(body(what))
            self.column.addLayout(lines)
        self.folder = PathField(_FOLDER, "Choose a folder", str(documents()))
        self.boxes = {"folder": self.folder}
        self.folder.line.returnPressed.connect(self.go_on)
        self.column.addWidget(self.folder)
        self._files = QVBoxLayout()
        self._files.setSpacing(px(8))
        self.column.addLayout(self._files)

    def start(self) -> None:
        """The folder; or, once the files are there, printing them."""
        self.deed_changed.emit(_PRINTED if self.written else _SAVE)
        self.folder.setVisible(not self.written)
        if self.written:
            self.openers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.folder.start()

    def forget(self) -> None:
        """Other keys were made: these sheets open nothing."""
        self.written = ()
        clear(self._files)

    def go_on(self) -> None:
        """Save them; once they are there, on to typing back."""
        if self.written:
            self.answered.emit()
            return
        folder, plan = self.folder.path(), self._plan()
        if folder is None or plan is None:
            self.show_problems([Problem("folder", "Name a folder.")])
            return
        self.busy.emit("Saving the sheets …")
        self._door.tasks.write(
            self, lambda: plan.write_sheets(folder), self._show, self._failed
        )

    def _show(self, paths: tuple[Path, ...]) -> None:
        self.busy.emit("")
        self.written = tuple(paths)
        clear(self._files)
        folder = self.written[0].parent
        self._files.addWidget(state("Both are saved. Now print them.", "good"))
        self.openers = []
        for path in self.written:
            self._files.addWidget(self._file(path))
        self._files.addWidget(soft(f"They are in {folder}."))
        self._files.addWidget(soft(_STOPPED))
        self.start()

    def _file(self, path: Path) -> QWidget:
        held = QWidget()
        held.setProperty("role", "clear")
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(body(path.name), 1)
        opener = plain("Open to print", lambda: open_path(path))
        opener.setAccessibleName(f"Open {path.name} to print")
        self.openers.append(opener)
        row.addWidget(opener)
        return held

    def _failed(self, error: Exception) -> None:
        self.busy.emit("")
        self.raised.emit(error)
        self.folder.start()
