"""Scores of one outcome measure over time, with the bands that its authors name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from provider_desk.model.fields import Day, shown
from provider_desk.model.instruments import instruments
from provider_desk.model.outcome_measures import measures
from provider_desk.model.score_change import in_words
from provider_desk.model.views import ScorePoint
from provider_desk.ui.charts.card import ChartCard
from provider_desk.ui.charts.inks import Inks, blend, small
from provider_desk.ui.theme import px

_DAY = Day(label="")
#: The names of the bands may take this share of the width.
_MOST_FOR_NAMES = 0.4


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where a band of a measure begins.

    Attributes:
        at: the lowest total of the band.
        label: the band's name: "moderate".
    """

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart must know of an outcome measure.

    Attributes:
        label: its name.
        low: lowest total.
        high: highest total.
        thresholds: its bands, lowest first; none where its authors name none.
        caseness: from here on somebody counts for recovery; None where nobody says.
    """

    label: str
    low: int
    high: int
    thresholds: tuple[Threshold, ...]
    caseness: int | None


#: How high a scale of one's own is drawn that has no total but nothing.
_NO_HIGH = 10


def measure_of(code: str, totals: Sequence[int] = ()) -> Drawn:
    """How a measure is drawn.

    Args:
        code: in the value list ``outcome_measure``.
        totals: what will be shown; sets the range where the list gives none.
    """
    found = measures().get(code)
    low = found.low if found else None
    high = found.high if found else None
    return Drawn(
        label=found.label if found else code,
        # A scale of one's own may begin anywhere; from nothing on a line says most.
        low=min((0, *totals)) if low is None else low,
        high=(max((0, *totals)) or _NO_HIGH) if high is None else high,
        thresholds=tuple(Threshold(*band) for band in found.bands) if found else (),
        caseness=found.caseness if found else None,
    )


class ScoreChart(ChartCard):
    """The scores of one measure on their days, over the bands."""

    LINES = 10

    def __init__(
        self,
        points: Sequence[ScorePoint] = (),
        thresholds: Sequence[Threshold] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Draw the points of one measure.

        Args:
            points: any order; all of one measure.
            thresholds: the bands; by default those of the value list.
            parent: the page.
        """
        super().__init__("", parent)
        self._thresholds = thresholds
        self.set_points(points)

    def set_points(self, points: Sequence[ScorePoint], title: str = "") -> None:
        """Show other scores; the cursor goes to the newest.

        Args:
            points: any order; all of one measure.
            title: by default the name of the measure.
        """
        self._scores = sorted(points, key=lambda point: point.on)
        code = self._scores[0].instrument if self._scores else ""
        measure = measure_of(code, [point.total for point in self._scores])
        if self._thresholds is not None:
            measure = replace(measure, thresholds=tuple(self._thresholds))
        self._measure = measure
        self._title = title or measure.label
        self.show_newest()

    def points(self) -> int:
        """How many scores."""
        return len(self._scores)

    def band_of(self, total: Decimal | int) -> str:
        """The name of the band that a total lies in, "" where there is none."""
        reached = [t.label for t in self._measure.thresholds if t.at <= total]
        return reached[-1] if reached else ""

    def said(self) -> str:
        """The score under the cursor, in words."""
        if not self._scores:
            return "No scores yet"
        point = self._scores[self._at]
        parts = [_number(point), self.band_of(_exact(point)), _marked(point)]
        return f"{shown(_DAY, point.on)}: {', '.join(part for part in parts if part)}"

    def words(self) -> str:
        """Every score, first to last, the threshold and the change in sentences."""
        parts = "; ".join(
            ", ".join(
                part
                for part in (
                    f"{_plain(point.on)} {_number(point)}",
                    self.band_of(_exact(point)),
                    _marked(point),
                )
                if part
            )
            for point in self._scores
        )
        if not parts:
            return ""
        line = self._measure.caseness
        threshold = f" Threshold: {line}." if line is not None else ""
        return f"{parts}.{threshold} {self.change()}"

    def change(self) -> str:
        """From the first to the last score: "8 points better: more than chance"."""
        if len(self._scores) == 1:
            return "One score so far."
        first, last = self._ends()
        if first is last:
            return ""
        measure = measures().get(last.instrument)
        if measure is None:
            return f"From {_number(first)} to {_number(last)}."
        return in_words(measure, _counted(first), _counted(last))

    def _ends(self) -> tuple[ScorePoint, ScorePoint]:
        """The marked first and last of the newest episode, else the outermost."""
        firsts = [point for point in self._scores if point.mark == "first"]
        first = firsts[-1] if firsts else self._scores[0]
        lasts = [p for p in self._scores if p.mark == "last" and p.on > first.on]
        return first, lasts[-1] if lasts else self._scores[-1]

    def side(self) -> int:
        """Room for the names of the bands."""
        metrics = QFontMetrics(small(self.font()))
        names = [self._band_words(band) for band in self._measure.thresholds]
        widest = (metrics.horizontalAdvance(name) for name in [*names, "100"])
        return max(widest) + px(8)

    def paint(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """Bands, line of scores, first and last day."""
        painter.setFont(small(self.font()))
        self._paint_bands(painter, inks, plot)
        self._paint_threshold(painter, inks, plot)
        self._paint_scores(painter, inks, plot)
        self._paint_days(painter, inks, plot)

    def _y(self, total: float, plot: QRectF) -> float:
        """One above the highest total is the top, so that each band has a height."""
        measure = self._measure
        span = max(measure.high + 1 - measure.low, 1)
        return plot.bottom() - plot.height() * (total - measure.low) / span

    def _x(self, day: date, plot: QRectF) -> float:
        first, last = self._scores[0].on, self._scores[-1].on
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        edge = px(6)
        return plot.left() + edge + (plot.width() - 2 * edge) * share

    def _paint_bands(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        measure = self._measure
        metrics = QFontMetrics(painter.font())
        painter.setPen(inks.soft)
        if not measure.thresholds:
            painter.setPen(QPen(inks.line, 1))
            painter.drawRect(plot)
            painter.setPen(inks.soft)
            right = plot.right() + px(6)
            painter.drawText(QPointF(right, plot.bottom()), str(measure.low))
            highest = QPointF(right, plot.top() + metrics.ascent())
            painter.drawText(highest, str(measure.high))
        ends = [band.at for band in measure.thresholds[1:]] + [measure.high + 1]
        above = plot.bottom() + metrics.height()
        for index, (band, end) in enumerate(
            zip(measure.thresholds, ends, strict=False)
        ):
            top, bottom = self._y(end, plot), self._y(band.at, plot)
            shade = blend(inks.surface, inks.soft, 0.04 + 0.06 * index)
            area = QRectF(plot.left(), top, plot.width(), bottom - top)
            painter.fillRect(area, shade)
            base = (top + bottom + metrics.ascent() - metrics.descent()) / 2
            if above - base >= metrics.height() - metrics.descent():
                place = QPointF(plot.right() + px(8), base)
                painter.drawText(place, self._band_words(band))
                above = base

    def _paint_threshold(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        """A dashed line from which somebody counts for recovery, with its word."""
        line = self._measure.caseness
        if line is None:
            return
        pen = QPen(inks.ink, 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        y = self._y(line, plot)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        metrics = QFontMetrics(painter.font())
        words = f"threshold {line}"
        if metrics.horizontalAdvance(words) * 2 < plot.width():
            below = y + metrics.ascent() + px(1)
            painter.drawText(QPointF(plot.left() + px(4), below), words)

    def _paint_marks(
        self, painter: QPainter, inks: Inks, places: Sequence[QPointF], plot: QRectF
    ) -> None:
        """The words "first" and "last" beside their points."""
        metrics = QFontMetrics(painter.font())
        painter.setPen(inks.ink)
        for place, point in zip(places, self._scores, strict=True):
            if not point.mark:
                continue
            wide = metrics.horizontalAdvance(point.mark)
            left = min(max(place.x() - wide / 2, plot.left()), plot.right() - wide)
            above = place.y() - px(8)
            low = above - metrics.ascent() < plot.top()
            base = place.y() + px(8) + metrics.ascent() if low else above
            painter.drawText(QPointF(left, base), point.mark)

    def _paint_scores(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        places = [
            QPointF(self._x(point.on, plot), self._y(float(_exact(point)), plot))
            for point in self._scores
        ]
        painter.setPen(QPen(inks.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(inks.accent)
        for place, point in zip(places, self._scores, strict=True):
            size = px(5) if point.mark else 3
            painter.drawEllipse(place, size, size)
        self._paint_marks(painter, inks, places, plot)
        painter.setPen(QPen(inks.surface, 2))
        painter.drawEllipse(places[self._at], px(5), px(5))

    def _paint_days(self, painter: QPainter, inks: Inks, plot: QRectF) -> None:
        metrics = QFontMetrics(painter.font())
        base = self.height() - px(10) - metrics.descent()
        painter.setPen(inks.soft)
        first, last = _plain(self._scores[0].on), _plain(self._scores[-1].on)
        left = plot.right() - metrics.horizontalAdvance(last)
        if first == last or left < plot.left() + metrics.horizontalAdvance(first):
            left = plot.left()
        else:
            painter.drawText(QPointF(plot.left(), base), first)
        painter.drawText(QPointF(left, base), last)

    def _band_words(self, band: Threshold) -> str:
        """Where a band begins, and its name where there is room beside the drawing."""
        metrics = QFontMetrics(small(self.font()))
        names = [f"{each.at}+ {each.label}" for each in self._measure.thresholds]
        widest = max(metrics.horizontalAdvance(name) for name in names)
        roomy = widest < self.width() * _MOST_FOR_NAMES
        return f"{band.at}+ {band.label}" if roomy else f"{band.at}+"


def _exact(point: ScorePoint) -> Decimal | int:
    """The total as bands are told from it."""
    return point.total if point.exact is None else point.exact


def _counted(point: ScorePoint) -> Decimal | int:
    """The total as it is compared: to one decimal where its measure keeps one."""
    instrument = instruments().get(point.instrument)
    keeps = instrument is not None and instrument.decimals
    return _exact(point) if keeps else point.total


def _number(point: ScorePoint) -> str:
    """A total as it is read."""
    return str(_counted(point))


def _marked(point: ScorePoint) -> str:
    return f"{point.mark} score" if point.mark else ""


def _plain(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
