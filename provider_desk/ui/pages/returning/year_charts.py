"""Four small charts: referrals, waiting, live, attended, over the year so far."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.table import Cell, Line, ReturnTable
from provider_desk.ui.charts import HistoryChart, Point
from provider_desk.ui.charts.history import Shape
from provider_desk.ui.pages.returning.figure_rows import cell_words
from provider_desk.ui.theme import px

#: Indicators that are drawn, those that a table lacks are left out.
CHARTED = ("A1", "B1", "C2", "C4")


class YearCharts(QWidget):
    """One chart for each indicator; what stands at month end is a line."""

    def __init__(self) -> None:
        super().__init__()
        self.charts: list[HistoryChart] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))

    def show_table(self, table: ReturnTable, area: str) -> None:
        """Draw an area of a return."""
        for old in self.charts:
            self._row.removeWidget(old)
            old.deleteLater()
        self.charts = []
        for code in CHARTED:
            try:
                line = table.line(code, "", area)
            except KeyError:
                continue
            shape: Shape = "line" if line.kind == "stock" else "bars"
            chart = HistoryChart(line.label, line.unit, shape)
            chart.set_points(points_of(table, line))
            self._row.addWidget(chart, 1)
            self.charts.append(chart)


def points_of(table: ReturnTable, line: Line) -> list[Point]:
    """A line's months as points of a chart."""
    return [
        _point(month, cell, line.kind)
        for month, cell in zip(table.months, line.months, strict=True)
    ]


def _point(month: Month, cell: Cell, kind: str) -> Point:
    figure = words.figure_of(cell, kind)
    return Point(
        label=f"{month.first_day:%b}",
        name=month.name,
        value=None if figure is None else float(figure),
        words=cell_words(cell, kind),
    )
