"""The scores of a person: one chart, and a button for each measure and each goal."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from provider_desk.model.goal_card import GoalCard
from provider_desk.model.outcome_measures import measures
from provider_desk.model.views import ScorePoint
from provider_desk.ui.charts.scores import ScoreChart
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px
from provider_desk.ui.veil import Veil

#: The measure that a goal's ratings are drawn as.
_RATED = "GBO"

#: A measure, or a scale of one's own by its name; what its chart is called.
Series = tuple[str, str]


class ScoreCharts(QWidget):
    """The measure that was used last comes first; the others are one press away.

    Attributes:
        chart: what is shown.
        words: the change from first to last, below it.
    """

    def __init__(
        self,
        points: Sequence[ScorePoint],
        goals: Sequence[GoalCard] = (),
        veil: Veil | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Draw the scores.

        Args:
            points: of any measures, in any order.
            goals: those that are worked on, with their ratings.
            veil: hides what is drawn and said.
            parent: the page.
        """
        super().__init__(parent)
        self.chart = ScoreChart()
        self.words = soft("")
        self._veil = veil
        if veil is not None:
            veil.over(self.chart)
        self._series: dict[Series, list[ScorePoint]] = {}
        for point in sorted(points, key=lambda each: each.on, reverse=True):
            self._series.setdefault((point.instrument, point.scale), []).append(point)
        for number, goal in enumerate(goals, start=1):
            rated = [_rating(goal, on, rating) for on, rating in goal.ratings]
            if rated:
                self._series[_RATED, f"Goal {number}"] = rated
        self._group = QButtonGroup(self)
        row = Flow(px(4))
        for series in self._series if len(self._series) > 1 else ():
            row.addWidget(self._button(series))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(row)
        column.addWidget(self.chart)
        column.addWidget(self.words)
        column.addStretch(1)
        first = next(iter(self._series), ("", ""))
        self.show_series(first)

    def show_series(self, series: Series) -> None:
        """Show the scores of one measure, one scale or one goal."""
        self.chart.set_points(self._series.get(series, []), _called(series))
        change = self.chart.change() if self.chart.points() else ""
        if self._veil is None:
            self.words.setText(change)
        else:
            self._veil.say(self.words, change)
        for button in self._group.buttons():
            button.setChecked(button.property("series") == "|".join(series))

    def _button(self, series: Series) -> QWidget:
        label = _called(series)
        button = plain(label, lambda: self.show_series(series))
        button.setProperty("role", "chip")
        button.setProperty("series", "|".join(series))
        button.setCheckable(True)
        button.setAccessibleName(f"Show {label} scores")
        self._group.addButton(button)
        return button


def _called(series: Series) -> str:
    code, name = series
    measure = measures().get(code)
    return name or (measure.label if measure else code)


def _rating(goal: GoalCard, on: date, rating: int) -> ScorePoint:
    first, last = goal.ratings[0], goal.ratings[-1]
    mark = "first" if (on, rating) == first else ""
    if (on, rating) == last and len(goal.ratings) > 1:
        mark = "last"
    return ScorePoint(_RATED, on, rating, goal.goal_id, mark=mark)
