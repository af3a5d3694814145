"""A line into what may come, with its band; a second line to compare it with."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from provider_desk.returns.charts.fan import Fan, fan_chart
from provider_desk.returns.charts.months import Frame
from provider_desk.ui.charts.card import ChartCard
from provider_desk.ui.charts.inks import Inks, small
from provider_desk.ui.charts.painting import draw, sized
from provider_desk.ui.theme import px

__all__ = ["Fan", "FanChart", "FanPoint"]


@dataclass(frozen=True, slots=True)
class FanPoint:
    """One point.

    Attributes:
        label: short, below the chart; "" for none.
        words: all of it in words: "in 6 months: 96 people (62 to 128)".
    """

    label: str
    words: str


class FanChart(ChartCard):
    """A line with a band; the arrow keys walk along it and it says each point.

    Attributes:
        fans: what is drawn; None for a line that is left out.
    """

    LINES = 12

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._points: tuple[FanPoint, ...] = ()
        self.fans: tuple[Fan | None, ...] = ()
        self._most = 0.0
        self.show_newest()

    def set_fans(
        self, points: Sequence[FanPoint], fans: Sequence[Fan | None], most: float = 0
    ) -> None:
        """Show other numbers; the cursor stays at its point.

        Args:
            points: in order.
            fans: the line with its band, then one to compare it with; None for a
                line that is left out: its points still say why.
            most: the scale goes no higher; 0 for as high as needed.
        """
        at = self._at if 0 <= self._at < len(points) else len(points) - 1
        self._points, self.fans, self._most = tuple(points), tuple(fans), most
        self.show_newest()
        self.move_to(at)

    def points(self) -> int:
        """How many points there are."""
        return len(self._points)

    def said(self) -> str:
        """The point under the cursor, in words."""
        return self._points[self._at].words if self._points else "Working it out …"

    def words(self) -> str:
        """Every point, as a sentence."""
        return "; ".join(point.words for point in self._points)

    def paint(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """The band, the lines, the scale."""
        size = QFontMetrics(small(self.font())).ascent()

        def measure(text: str, size: float) -> float:
            return QFontMetricsF(sized(self.font(), size)).horizontalAdvance(text)

        frame = Frame(
            x=plot.left(),
            y=plot.top(),
            width=plot.width(),
            height=self.height() - px(8) - plot.top(),
            size=size,
            measure=measure,
            at=self._at,
        )
        labels = [point.label for point in self._points]
        draw(
            painter, inks, self.font(), fan_chart(labels, self.fans, frame, self._most)
        )
