"""Figures of up to 13 months, as bars (what happened) or a line (how it stood)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from provider_desk.ui.charts.card import ChartCard
from provider_desk.ui.charts.inks import Inks, small
from provider_desk.ui.parts.words import unit_of
from provider_desk.ui.theme import px

Shape = Literal["bars", "line"]
_BAR_SHARE = 0.62


@dataclass(frozen=True, slots=True)
class Point:
    """One month on a chart.

    Attributes:
        label: short, below the chart: "Sep".
        name: in full: "September 2017".
        value: None where there is no figure.
        words: the value for reading: "12", "38%", or the state: "not submitted".
    """

    label: str
    name: str
    value: float | None
    words: str


class HistoryChart(ChartCard):
    """The months of a figure."""

    def __init__(
        self, title: str, unit: str, shape: Shape, parent: QWidget | None = None
    ) -> None:
        """Make an empty chart.

        Args:
            title: what is shown, in words.
            unit: what is counted, in words.
            shape: bars for what happened in a month, a line for how it stood.
            parent: the page.
        """
        super().__init__(title, parent)
        self._unit, self._shape = unit, shape
        self._months: tuple[Point, ...] = ()
        self.setMouseTracking(True)
        self.show_newest()

    def set_points(self, points: Sequence[Point]) -> None:
        """Show other figures; the cursor goes to the newest."""
        self._months = tuple(points)
        self.show_newest()

    def points(self) -> int:
        """How many months."""
        return len(self._months)

    def words(self) -> str:
        """Every month with its figure, as a sentence."""
        parts = ", ".join(f"{point.name}: {point.words}" for point in self._months)
        return f"{parts}. Unit: {self._unit}." if parts else ""

    def said(self) -> str:
        """The month under the cursor, in words."""
        if not self._months:
            return "No figures yet"
        point = self._months[self._at]
        unit = unit_of(self._unit, point.value) if point.value is not None else ""
        return f"{point.name}: {point.words} {unit}".rstrip()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The month under the pointer is the one in words."""
        plot = self.plot()
        if self._months and plot.width() > 0:
            share = (event.position().x() - plot.left()) / plot.width()
            self.move_to(int(share * len(self._months)))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the newest month."""
        if self._months and not self.hasFocus():
            self.move_to(len(self._months) - 1)
        super().leaveEvent(event)

    def paint(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """Bars or a line, the foot line, names of months."""
        if self._shape == "bars":
            self._paint_bars(painter, inks, plot)
        else:
            self._paint_line(painter, inks, plot)
        painter.setPen(QPen(inks.line, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        self._paint_labels(painter, inks, plot)

    def _slot(self, index: int, plot: QRectF) -> QRectF:
        wide = plot.width() / len(self._months)
        return QRectF(plot.left() + index * wide, plot.top(), wide, plot.height())

    def _height_of(self, value: float, plot: QRectF) -> float:
        top = max((p.value for p in self._months if p.value is not None), default=0)
        return (plot.height() - px(5)) * value / top if top > 0 else 0.0

    def _paint_bars(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        for index, point in enumerate(self._months):
            slot = self._slot(index, plot)
            if point.value is None:
                _paint_gap(painter, inks, slot)
                continue
            wide = min(slot.width() * _BAR_SHARE, px(40))
            high = max(self._height_of(point.value, plot), 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.accent if index == self._at else inks.step(1, 3))
            left = slot.center().x() - wide / 2
            bar = QRectF(left, slot.bottom() - high, wide, high)
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_line(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        run: list[QPointF] = []
        for index, point in enumerate(self._months):
            if point.value is None:
                _paint_run(painter, inks, run)
                run = []
                _paint_gap(painter, inks, self._slot(index, plot))
            else:
                run.append(self._place(index, point.value, plot))
        _paint_run(painter, inks, run)
        shown = self._months[self._at].value
        if shown is not None:
            painter.setPen(QPen(inks.surface, 2))
            painter.setBrush(inks.accent)
            painter.drawEllipse(self._place(self._at, shown, plot), px(5), px(5))

    def _place(self, index: int, value: float, plot: QRectF) -> QPointF:
        slot = self._slot(index, plot)
        return QPointF(slot.center().x(), slot.bottom() - self._height_of(value, plot))

    def _paint_labels(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        font = small(self.font())
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(inks.soft)
        room = max(int(self._slot(0, plot).width()), 1)
        widest = max(metrics.horizontalAdvance(p.label) for p in self._months)
        every = -(-(widest + px(6)) // room)
        base = self.height() - px(10) - metrics.descent()
        for index in range(len(self._months) - 1, -1, -every):
            text = self._months[index].label
            wide = metrics.horizontalAdvance(text)
            left = self._slot(index, plot).center().x() - wide / 2
            left = min(max(left, plot.left()), plot.right() - wide)
            painter.drawText(QPointF(left, base), text)


def _paint_run(painter: QPainter, inks: Inks, run: list[QPointF]) -> None:
    painter.setPen(QPen(inks.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(run))
    painter.setBrush(inks.accent)
    for place in run:
        painter.drawEllipse(place, 2, 2)


def _paint_gap(painter: QPainter, inks: Inks, slot: QRectF) -> None:
    painter.setPen(inks.soft)
    foot = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    painter.drawText(slot, foot, "x")
