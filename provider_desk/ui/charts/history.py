"""Figures of up to 13 months: the drawing that also stands in the return's pages."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from provider_desk.returns.charts.months import (
    Form,
    Frame,
    Point,
    month_at,
    month_chart,
)
from provider_desk.returns.charts.series import Series, sentence
from provider_desk.ui.charts.card import ChartCard
from provider_desk.ui.charts.inks import Inks, small
from provider_desk.ui.charts.painting import draw, sized
from provider_desk.ui.parts.words import unit_of
from provider_desk.ui.theme import px

__all__ = ["Form", "HistoryChart", "Point", "Shape"]

#: Bars for what happened in a month, a line for how it stood at its end.
Shape = Form


class HistoryChart(ChartCard):
    """The months of a figure."""

    def __init__(
        self,
        title: str,
        unit: str,
        shape: Form,
        parent: QWidget | None = None,
        *,
        bound: str = "",
    ) -> None:
        """Make an empty chart.

        Args:
            title: what is shown, in words.
            unit: what is counted, in words.
            shape: bars for what happened in a month, a line for how it stood.
            parent: the page.
            bound: how near published figures are to the real ones, in words.
        """
        super().__init__(title, parent)
        self._unit, self._shape, self._bound = unit, shape, bound
        self._months: tuple[Point, ...] = ()
        self.setMouseTracking(True)
        self.show_newest()

    @classmethod
    def of(cls, series: Series, parent: QWidget | None = None) -> "HistoryChart":
        """A chart of a figure of the return."""
        made = cls(series.title, series.unit, series.form, parent, bound=series.bound)
        made.set_points(series.points)
        return made

    def set_points(self, points: Sequence[Point]) -> None:
        """Show other figures; the cursor goes to the newest."""
        self._months = tuple(points)
        self.show_newest()

    def points(self) -> int:
        """How many months."""
        return len(self._months)

    def words(self) -> str:
        """Every month with its figure, as a sentence."""
        if not self._months:
            return ""
        return sentence(self._title, self._unit, self._months, self._bound)

    def said(self) -> str:
        """The month under the cursor, in words."""
        if not self._months:
            return "No figures yet"
        point = self._months[self._at]
        unit = unit_of(self._unit, point.value) if point.value is not None else ""
        return f"{point.name}: {point.words} {unit}".rstrip()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The month under the pointer is the one in words."""
        if self._months:
            frame = self._frame(self.plot())
            self.move_to(month_at(self._months, frame, event.position().x()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the month under the pointer."""
        if self._months and event.button() == Qt.MouseButton.LeftButton:
            frame = self._frame(self.plot())
            self.opened.emit(month_at(self._months, frame, event.position().x()))
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Back to the newest month."""
        if self._months and not self.hasFocus():
            self.move_to(len(self._months) - 1)
        super().leaveEvent(event)

    def paint(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """Bars or a line, the foot line, names of months."""
        shapes = month_chart(self._months, self._shape, self._frame(plot))
        draw(painter, inks, self.font(), shapes)

    def _frame(self, plot: QRectF) -> Frame:
        """The plot and the line of names below it."""
        size = QFontMetrics(small(self.font())).ascent()

        def measure(text: str, size: float) -> float:
            return QFontMetricsF(sized(self.font(), size)).horizontalAdvance(text)

        return Frame(
            x=plot.left(),
            y=plot.top(),
            width=plot.width(),
            height=self.height() - px(8) - plot.top(),
            size=size,
            measure=measure,
            at=self._at,
        )
