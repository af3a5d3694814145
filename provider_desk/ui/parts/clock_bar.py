"""A bar that shows how much of something is used; the words beside it say it too."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from provider_desk.ui.theme import px, tokens

_HEIGHT = 8


class ClockBar(QWidget):
    """A part of a whole; it turns to the warning colour when the whole is used up."""

    def __init__(self, used: int, whole: int, words: str) -> None:
        super().__init__()
        self._used = used
        self._whole = max(whole, 1)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(px(160), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole in the line colour, what is used of it in the accent."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_by = self.height() / 2
        full = QRectF(0, 0, self.width(), self.height())
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(full, round_by, round_by)
        share = min(self._used / self._whole, 1)
        over = self._used > self._whole
        painter.setBrush(QColor(colours.warn if over else colours.accent))
        full.setWidth(max(full.width() * share, self.height()))
        painter.drawRoundedRect(full, round_by, round_by)
        painter.end()
