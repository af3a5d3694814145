"""The charts of a return: thirteen months of referrals, waiting, live and closed."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.returns.charts.series import charted
from provider_desk.returns.table import ReturnTable
from provider_desk.ui.charts import HistoryChart
from provider_desk.ui.theme import px


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
        for series in charted(table, area):
            chart = HistoryChart.of(series)
            self._row.addWidget(chart, 1)
            self.charts.append(chart)
