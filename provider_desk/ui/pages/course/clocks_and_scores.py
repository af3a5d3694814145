"""Episodes and charts of a person: side by side, or below each other where narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from provider_desk.ui.theme import px

#: Pixels at 100 % from which on both have room beside each other.
_BESIDE = 640


class ClocksAndScores(QWidget):
    """Turns with its width.

    Attributes:
        row: where the two go.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside each other where there is room."""
        wide = event.size().width() >= px(_BESIDE)
        kinds = QBoxLayout.Direction
        self.row.setDirection(kinds.LeftToRight if wide else kinds.TopToBottom)
        super().resizeEvent(event)
