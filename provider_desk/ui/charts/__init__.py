"""Small charts drawn with QPainter: each also says in words what it shows."""

from provider_desk.ui.charts.band_bar import BandBar
from provider_desk.ui.charts.band_button import Band
from provider_desk.ui.charts.history import HistoryChart, Point
from provider_desk.ui.charts.score_charts import ScoreCharts
from provider_desk.ui.charts.scores import ScoreChart, Threshold

__all__ = [
    "Band",
    "BandBar",
    "HistoryChart",
    "Point",
    "ScoreChart",
    "ScoreCharts",
    "Threshold",
]
