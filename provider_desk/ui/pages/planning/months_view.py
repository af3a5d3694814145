"""Thirteen months of referrals, waiting, live and closed, drawn as in the return.

Spikes are seen, months without figures are gaps, and every figure opens its rows.
Source: practices, P36, P47.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.charts.months import Form, Point
from provider_desk.returns.charts.series import point_of
from provider_desk.returns.direction import kind_of
from provider_desk.returns.table import Cell, LineKey
from provider_desk.services.planning.overview import SHOWN, Overview
from provider_desk.services.returning import preparing
from provider_desk.ui.charts import HistoryChart
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.planning.chart_grid import ChartGrid
from provider_desk.ui.pages.planning.said import FEW
from provider_desk.ui.pages.planning.small_table import SmallTable
from provider_desk.ui.pages.returning.rows_panel import RowsPanel
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.theme import px

#: A small number while the screen may be shared: on a bar, and where there is room.
_FEW, _FEW_WORDS = "<5", "fewer than 5"
_ACROSS, _CHART_WIDTH = 3, 260
#: Headings of the table, in the order of ``SHOWN``.
_HEADINGS = (
    "Referrals", "Waiting", "Live", "Closed, planned", "Closed, unplanned",
)  # fmt: skip
_ABOUT = (
    "Arrow keys walk along a chart or the table; Enter opens the rows behind a figure. "
    "A month without a return is a gap, never a nil."
)


@dataclass(frozen=True, slots=True)
class _MonthRow:
    """A month with its figures, in the order of ``SHOWN``."""

    month: Month
    points: tuple[Point, ...]


class MonthsView(QWidget):
    """A chart for each figure, and one table of all.

    Attributes:
        charts: in the order of ``SHOWN``.
        table: newest month first.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._seen: Overview | None = None
        self._area = ""
        self.charts: list[HistoryChart] = []
        self.table: SmallTable[_MonthRow] = SmallTable(
            frame, "Thirteen months", _columns(), self._open_row
        )
        for number, key in enumerate(SHOWN):
            chart = _chart(*key)
            chart.opened.connect(partial(self._open, number))
            self.charts.append(chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        column.addWidget(ChartGrid(self.charts, _ACROSS, _CHART_WIDTH))
        column.addWidget(soft(_ABOUT))
        column.addWidget(section("The same as a table"))
        column.addWidget(self.table)
        column.addStretch(1)

    def show_area(self, seen: Overview, area: str) -> None:
        """Draw an area of a contract, "ALL" for the sum."""
        self._seen, self._area = seen, area
        self.show_privacy(self._frame.privacy)

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Small numbers become words, or numbers again."""
        seen = self._seen
        if seen is None:
            return
        by_figure = [
            self._points(seen, LineKey(*key, self._area), hidden=hidden)
            for key in SHOWN
        ]
        for chart, points in zip(self.charts, by_figure, strict=True):
            chart.set_points(points)
        rows = [
            _MonthRow(month, tuple(points[number] for points in by_figure))
            for number, month in enumerate(seen.full)
        ]
        self.table.show_rows(rows[::-1])

    def start(self) -> None:
        """Put the cursor on the first chart."""
        self.charts[0].setFocus()

    def _points(self, seen: Overview, key: LineKey, *, hidden: bool) -> list[Point]:
        kind = kind_of(catalogue().figure(key.indicator, key.split))
        cells: tuple[Cell, ...] = seen.told.cells[key][: len(seen.full)]
        points = [
            point_of(month, cell, kind)
            for month, cell in zip(seen.full, cells, strict=True)
        ]
        return [_covered(point) for point in points] if hidden else points

    def _open_row(self, row: _MonthRow) -> None:
        number = self.table.currentIndex().column() - 1
        if self._seen is not None and number >= 0:
            self._open(number, self._seen.full.index(row.month))

    def _open(self, number: int, at: int) -> None:
        """Show exactly the rows that a figure of a month counts."""
        seen = self._seen
        if seen is None:
            return
        month, key = seen.full[at], LineKey(*SHOWN[number], self._area)
        point = self._points(seen, key, hidden=self._frame.privacy)[at]
        if point.value is None:
            self._frame.say(
                f"{month.name}: {point.words}; there are no rows behind it."
            )
            return
        find = partial(
            preparing.rows_behind, self._frame.desk, seen.contract_id, month, key
        )
        label = catalogue().figure(key.indicator, key.split).label
        area = next(each.label for each in seen.areas if each.code == self._area)
        self._frame.open_panel(
            RowsPanel(self._frame, label, point.words, f"{area}, {month.name}.", find)
        )


def _chart(code: str, split: str) -> HistoryChart:
    figure = catalogue().figure(code, split)
    form: Form = "line" if kind_of(figure) == "stock" else "bars"
    return HistoryChart(figure.label, figure.unit, form)


def _covered(point: Point) -> Point:
    """A small number in words; its bar is as high as that of any small number."""
    if point.value is None or not 0 < point.value < FEW:
        return point
    return replace(point, value=FEW / 2, words=_FEW)


def _columns() -> list[Column[_MonthRow]]:
    def words(number: int) -> Callable[[_MonthRow], str]:
        def said(row: _MonthRow) -> str:
            told = row.points[number].words
            return _FEW_WORDS if told == _FEW else told

        return said

    found: list[Column[_MonthRow]] = [
        Column("Month", lambda row: row.month.name, width=150)
    ]
    for number, heading in enumerate(_HEADINGS):
        found.append(Column(heading, words(number), right=True, width=170))
    return found
