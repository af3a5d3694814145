"""A short list to choose from, with its label above: what a page is filtered by."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from provider_desk.ui.theme import px

_LETTERS = 12
_LEAST = 96


class _Box(QComboBox):
    """The wheel scrolls the page; it never changes a choice by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


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

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other lines; the choice stays where its line is still there."""
        held = self.code()
        self.box.clear()
        for code, words in options:
            self.box.addItem(words, code)
            self.box.setItemData(
                self.box.count() - 1, words, Qt.ItemDataRole.ToolTipRole
            )
        self.set_code(held)

    def code(self) -> str:
        """The code of the chosen line, "" where there is none."""
        return str(self.box.currentData() or "")

    def set_code(self, code: str) -> None:
        """Choose a line; the first one where there is no such line."""
        self.box.setCurrentIndex(max(self.box.findData(code), 0))
