"""What the charts share: a card with a title, the point in words, and the drawing."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from provider_desk.ui.charts.inks import Inks, bold, small
from provider_desk.ui.theme import px


class ChartCard(QWidget):
    """A drawing with a cursor; Left, Right, Home and End move it from point to point.

    The line below the title says the point under the cursor in words; a screen
    reader is told that and everything else.

    Attributes:
        opened: Enter was pressed on a point, or it was clicked; carries its number.
    """

    #: Height in lines of text.
    LINES = 9

    opened = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def points(self) -> int:
        """How many points there are."""
        raise NotImplementedError

    def said(self) -> str:
        """The point under the cursor, in words."""
        raise NotImplementedError

    def words(self) -> str:
        """Everything that is drawn, as a sentence."""
        raise NotImplementedError

    def paint(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """Draw the points into ``plot``; only called where there are some."""
        raise NotImplementedError

    def side(self) -> int:
        """Pixels to leave free at the right of the drawing, for words."""
        return 0

    def show_newest(self) -> None:
        """Put the cursor on the last point and draw anew."""
        self._at = self.points() - 1
        self._say()
        self.updateGeometry()
        self.update()

    def move_to(self, at: int) -> None:
        """Put the cursor on a point; past the ends it stays at the end."""
        at = min(max(at, 0), self.points() - 1)
        if at != self._at:
            self._at = at
            self._say()
            self.update()

    def plot(self) -> QRectF:
        """Where the points are drawn."""
        edge, gap = px(10), px(8)
        top = edge + 2 * QFontMetrics(self.font()).height() + gap
        foot = edge + QFontMetrics(small(self.font())).height() + px(4)
        wide = self.width() - 2 * edge - self.side()
        return QRectF(edge, top, wide, self.height() - foot - top)

    def sizeHint(self) -> QSize:
        """A few lines of words high."""
        line = QFontMetrics(self.font()).height()
        return QSize(line * 14, line * self.LINES)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for four in a row."""
        line = QFontMetrics(self.font()).height()
        return QSize(line * 6, line * self.LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor; Enter opens the point."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.points():
            self.opened.emit(self._at)
            return
        to = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.points() - 1,
        }.get(Qt.Key(event.key()))
        if to is None or not self.points():
            super().keyPressEvent(event)
            return
        self.move_to(to)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card, its words, then the points."""
        inks = Inks.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(inks.focus if focused else inks.line, 2 if focused else 1))
        painter.setBrush(inks.surface)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, px(6), px(6))
        self._paint_words(painter, inks)
        if self.points():
            self.paint(painter, inks, self.plot())

    def _paint_words(self, painter: QPainter, inks: Inks) -> None:
        edge = px(10)
        room = self.width() - 2 * edge
        top = float(edge)
        lines = (
            (self._title, bold(self.font()), inks.ink),
            (self.said(), small(self.font()), inks.soft),
        )
        for text, font, colour in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(edge, round(top + metrics.ascent()), cut)
            top += metrics.height()

    def _say(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(f"{self.said()}. {self.words()}")
        self.setToolTip(f"{self._title}. {self.said()}")
