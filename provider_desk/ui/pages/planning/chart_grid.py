"""Charts side by side, as many as have room."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from provider_desk.ui.theme import px


class ChartGrid(QWidget):
    """A grid that has fewer columns where the window is narrow or the text large."""

    def __init__(self, charts: Sequence[QWidget], most: int, least: int) -> None:
        """Lay them out.

        Args:
            charts: in order.
            most: how many stand beside each other at most.
            least: pixels at 100 % that a chart never goes below.
        """
        super().__init__()
        self._charts = tuple(charts)
        self._most, self._least = most, least
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._place(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew where more or fewer have room."""
        super().resizeEvent(event)
        self._place(min(max(self.width() // px(self._least), 1), self._most))

    def across(self) -> int:
        """How many stand beside each other."""
        return self._across

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, chart in enumerate(self._charts):
            self._grid.removeWidget(chart)
            self._grid.addWidget(chart, *divmod(number, across))
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
