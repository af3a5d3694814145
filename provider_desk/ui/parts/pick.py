"""A short list to choose from, with its label above: what a page is filtered by."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from provider_desk.ui.parts.list_room import keep_in_sight, make_room, paint_cut
from provider_desk.ui.parts.words import tip
from provider_desk.ui.theme import px

_LETTERS = 12
_LEAST = 96


class _Box(QComboBox):
    """The wheel scrolls the page; it never changes a choice by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.also: Mapping[str, str] = {}
        self._typed = ""
        self._since = QElapsedTimer()
        self._since.start()
        self.currentTextChanged.connect(lambda words: self.setToolTip(tip(words)))

    def showPopup(self) -> None:
        """Lines are whole in the list."""
        make_room(self)
        super().showPopup()
        keep_in_sight(self.view().window())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words that have no room end in "…"; the tooltip has them all."""
        del event
        paint_cut(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find a line by the beginning of any of its words."""
        letter = event.text().casefold()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        again = self._since.restart() < QApplication.keyboardInputInterval()
        typed = self._typed + letter if again else letter
        row = self._row_of(typed) if letter.strip() and plain else -1
        if row < 0:
            super().keyPressEvent(event)
            return
        self._typed = typed
        self.setCurrentIndex(row)
        self.activated.emit(row)

    def _row_of(self, typed: str) -> int:
        """The next line that begins so, or of which a word does; else by other words.

        The line where the cursor is stays while one goes on typing.
        """
        here = max(self.currentIndex(), 0)
        first = here if len(typed) > 1 else here + 1
        rows = [(first + step) % self.count() for step in range(self.count())]
        words = {row: f" {self.itemText(row).casefold()}" for row in rows}
        also = {row: self.also.get(str(self.itemData(row)), "") for row in rows}
        return next(
            (
                row
                for found in (
                    [row for row in rows if words[row].startswith(f" {typed}")],
                    [row for row in rows if f" {typed}" in words[row]],
                    [row for row in rows if f" {typed}" in f" {also[row].casefold()}"],
                )
                for row in found
            ),
            -1,
        )


class Pick(QWidget):
    """One of a few lines.

    Attributes:
        picked: somebody chose a line; carries its code.
    """

    picked = Signal(str)

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]] = (),
        letters: int = 0,
        least: int = 0,
    ) -> None:
        """Lay it out.

        Args:
            label: words above, without a colon.
            options: codes and words.
            letters: how wide it wants to be.
            least: pixels at 100 % that it never goes below.
        """
        super().__init__()
        self.box = _Box()
        self.box.setAccessibleName(label)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(letters or _LETTERS)
        # It wants that width, but gives way where a window is narrow.
        self.box.setMinimumWidth(px(least or _LEAST))
        self.box.activated.connect(lambda _row: self.picked.emit(self.code()))
        self.label = QLabel(label)
        self.label.setProperty("role", "field")
        self.label.setBuddy(self.box)
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.label)
        column.addWidget(self.box)
        self.set_options(options)

    def find_by(self, also: Mapping[str, str]) -> None:
        """Let lines be found by other words too: code → words."""
        self.box.also = also

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other lines; the choice stays where its line is still there."""
        held = self.code()
        self.box.clear()
        for code, words in options:
            self.box.addItem(words, code)
            self.box.setItemData(
                self.box.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole
            )
        self.set_code(held)

    def code(self) -> str:
        """The code of the chosen line, "" where there is none."""
        return str(self.box.currentData() or "")

    def set_code(self, code: str) -> None:
        """Choose a line; the first one where there is no such line."""
        self.box.setCurrentIndex(max(self.box.findData(code), 0))
