"""One band of a stacked bar, as a button in words."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from provider_desk.ui.charts.inks import Inks, bold, small
from provider_desk.ui.theme import px

_EDGE = 8


@dataclass(frozen=True, slots=True)
class Band:
    """One part of the whole.

    Attributes:
        name: what ``chosen`` says of it.
        label: in words, with the unit: "29-56 days".
        count: how many, 0 and up.
    """

    name: str
    label: str
    count: int


class BandButton(QAbstractButton):
    """One band in words, with the shade that it has in the bar."""

    stepped = Signal(int)
    dropped = Signal()

    def __init__(self, index: int, of: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._index, self._of = index, of
        self._band = Band("", "", 0)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_band(self, band: Band, total: int) -> None:
        """Take the words and the figure of a band."""
        self._band = band
        share = f"{band.count} of {total}"
        self.setText(band.label)
        self.setAccessibleName(f"{band.label}: {share}")
        self.setToolTip(f"{band.label}: {share}. Press to show only these.")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for two lines of words."""
        label = QFontMetrics(small(self.font()))
        figure = QFontMetrics(bold(self.font()))
        wide = max(
            label.horizontalAdvance(self._band.label),
            figure.horizontalAdvance(f"✓ {self._band.count}") + label.height(),
        )
        return QSize(wide + 2 * px(_EDGE), label.height() + figure.height() + px(12))

    def minimumSizeHint(self) -> QSize:
        """The bar sees to it that there is room for the words."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right step, Enter presses, Esc shows all."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.stepped.emit(self._index + 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.stepped.emit(self._index - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Escape if self.isChecked():
                self.dropped.emit()
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Back to rest."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Swatch and figure above, the label below; a tick where chosen."""
        inks = Inks.now()
        edge = px(_EDGE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, inks)
        figure_font, label_font = bold(self.font()), small(self.font())
        figure, label = QFontMetrics(figure_font), QFontMetrics(label_font)
        side = label.ascent()
        top = px(6)
        middle = top + figure.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.step(self._index, self._of))
        painter.drawRoundedRect(QRectF(edge, middle - side / 2, side, side), 3, 3)
        painter.setPen(inks.ink)
        painter.setFont(figure_font)
        tick = "✓ " if self.isChecked() else ""
        number = f"{tick}{self._band.count:,}"
        painter.drawText(edge + side + px(6), top + figure.ascent(), number)
        painter.setPen(inks.soft)
        painter.setFont(label_font)
        base = top + figure.height() + label.ascent()
        painter.drawText(edge, base, self._band.label)

    def _paint_ground(self, painter: QPainter, inks: Inks) -> None:
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lit = self.isChecked() or self.underMouse()
        pen = QPen(inks.accent if lit else inks.line, 1)
        painter.setPen(QPen(inks.focus, 2) if self.hasFocus() else pen)
        painter.setBrush(inks.surface)
        painter.drawRoundedRect(area, px(6), px(6))
