"""Step one: which files, and which layout says what their columns are."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from provider_desk.services.bring_in import LayoutChoice
from provider_desk.ui.parts.buttons import plain, primary, quiet
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.file_dialog import file_dialog
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, soft
from provider_desk.ui.theme import px

_LINE, _MOST_LINES = 26, 5
_OWN = "own"
_ENDINGS = (".xlsx", ".csv")


class FilesView(QWidget):
    """A list of files, a layout, and the button that looks at them.

    Attributes:
        asked: the files are to be looked at.
        help_wanted: somebody wants to write a layout.
        changed: other files or another layout.
    """

    asked = Signal()
    help_wanted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.paths: list[Path] = []
        self._own: Path | None = None
        self._layouts: dict[str, tuple[str, Path]] = {}
        self.list = _Names(self.remove_chosen)
        self.layout_pick = Pick("Layout", (), 34)
        self.layout_pick.picked.connect(self._picked)
        self.choose = plain("Choose files", self._choose)
        self.remove = plain("Take off the list", self.remove_chosen)
        self.button = primary("Look at the files", self.asked.emit)
        self._lay_out()
        self._show()

    def offer(self, layouts: Sequence[LayoutChoice]) -> None:
        """Offer the layouts that ship with the program, and a file of one's own."""
        self._layouts = {each.name: (each.title, each.path) for each in layouts}
        self._offer()

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the list, each once."""
        for path in paths:
            if path.suffix.casefold() in _ENDINGS and path not in self.paths:
                self.paths.append(path)
        self._show()

    def set_own_layout(self, path: Path) -> None:
        """Use a layout file of one's own."""
        self._own = path
        self._offer()
        self.layout_pick.set_code(_OWN)
        self._show()

    def layout_path(self) -> Path | None:
        """The chosen layout, None where there is none yet."""
        code = self.layout_pick.code()
        if code == _OWN:
            return self._own
        return self._layouts[code][1] if code in self._layouts else None

    def remove_chosen(self) -> None:
        """Take the chosen file off the list; the file itself stays."""
        row = self.list.currentRow()
        if 0 <= row < len(self.paths):
            del self.paths[row]
            self._show()

    def start(self) -> None:
        """Put the cursor where the work begins."""
        first = self.button if self.paths else self.choose
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        urls = event.mimeData().urls()
        self.add([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def _offer(self) -> None:
        own = self._own.name if self._own else "A layout file of your own …"
        shipped = [(name, title) for name, (title, _path) in self._layouts.items()]
        self.layout_pick.set_options([*shipped, (_OWN, own)])

    def _picked(self, code: str) -> None:
        if code == _OWN:
            self._choose_layout()
        self._show()

    def _show(self) -> None:
        self.list.clear()
        for path in self.paths:
            self.list.addItem(str(path))
        some = bool(self.paths)
        self.list.setVisible(some)
        self.list.setFixedHeight(px(min(len(self.paths), _MOST_LINES) * _LINE + _LINE))
        self.remove.setVisible(some)
        if some:
            self.list.setCurrentRow(0)
        missing = "Choose a file first." if not some else "Choose a layout first."
        ready = some and self.layout_path() is not None
        self.button.setEnabled(ready)
        self._why.setText("" if ready else missing)
        self.changed.emit()

    def _choose(self) -> None:
        dialog = file_dialog(self, "Choose files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter("Workbooks and text files (*.xlsx *.csv)")
        self._ask(dialog, self.add)

    def _choose_layout(self) -> None:
        dialog = file_dialog(self, "Choose a layout file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Layouts (*.toml)")
        self._ask(dialog, lambda paths: self.set_own_layout(paths[0]))

    def _ask(
        self, dialog: QFileDialog, chosen: Callable[[Sequence[Path]], None]
    ) -> None:
        dialog.filesSelected.connect(lambda names: chosen([Path(n) for n in names]))
        dialog.open()

    def _lay_out(self) -> None:
        self._why = soft()
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        go = QHBoxLayout()
        go.setSpacing(px(12))
        go.addWidget(self.button)
        go.addWidget(self._why, 1)
        help_ = quiet("How to write a layout", self.help_wanted.emit)
        card = Card()
        card.inside.addWidget(
            body(
                "Choose the workbook or the text files that you keep now, or drop "
                "them here. They are only read, and nothing on the desk changes "
                "until the last step."
            )
        )
        card.inside.addWidget(self.list)
        card.inside.addLayout(buttons)
        card.inside.addSpacing(px(8))
        card.inside.addWidget(self.layout_pick, 0, Qt.AlignmentFlag.AlignLeft)
        card.inside.addWidget(soft("It says which sheet and which column is what."))
        card.inside.addWidget(help_, 0, Qt.AlignmentFlag.AlignLeft)
        card.inside.addSpacing(px(8))
        card.inside.addLayout(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)


class _Names(QListWidget):
    """The files; Delete takes one off the list."""

    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self._remove = remove
        self.setAccessibleName("Files to bring in")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)
