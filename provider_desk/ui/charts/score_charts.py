"""The scores of a person: one chart, and a button for each measure that was used."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.views import ScorePoint
from provider_desk.ui.charts.scores import ScoreChart
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.theme import px


class ScoreCharts(QWidget):
    """The measure that was used last comes first; the others are one press away."""

    def __init__(
        self, points: Sequence[ScorePoint], parent: QWidget | None = None
    ) -> None:
        """Draw the scores.

        Args:
            points: of any measures, in any order.
            parent: the page.
        """
        super().__init__(parent)
        self.chart = ScoreChart()
        self._by_measure: dict[str, list[ScorePoint]] = {}
        for point in sorted(points, key=lambda each: each.on, reverse=True):
            self._by_measure.setdefault(point.instrument, []).append(point)
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        for code in self._by_measure if len(self._by_measure) > 1 else ():
            row.addWidget(self._button(code))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(row)
        column.addWidget(self.chart)
        column.addStretch(1)
        self.show_measure(next(iter(self._by_measure), ""))

    def show_measure(self, code: str) -> None:
        """Show the scores of one measure."""
        self.chart.set_points(self._by_measure.get(code, []))
        for button in self._group.buttons():
            button.setChecked(button.property("measure") == code)

    def _button(self, code: str) -> QWidget:
        label = choices("outcome_measure").label(code)
        button = plain(label, lambda: self.show_measure(code))
        button.setProperty("role", "chip")
        button.setProperty("measure", code)
        button.setCheckable(True)
        button.setAccessibleName(f"Show {label} scores")
        self._group.addButton(button)
        return button
