"""The charts say in words what they draw, and a keyboard reaches all of it."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.choices import choices
from provider_desk.model.views import ScorePoint
from provider_desk.returns.charts.series import charted
from provider_desk.ui import theme
from provider_desk.ui.charts import (
    Band,
    BandBar,
    HistoryChart,
    Point,
    ScoreChart,
    ScoreCharts,
    Threshold,
)
from provider_desk.ui.charts.inks import Inks, blend
from provider_desk.ui.charts.scores import measure_of
from provider_desk.ui.parts.words import unit_of
from provider_desk.ui.theme import Look
from tests.builders.full_returns import a_full_table

KEY = Qt.Key
BANDS = (Band("0-28", "0-28 days", 3), Band("29-56", "29-56 days", 0))
MORE = (*BANDS, Band("365+", "365+ days", 12))


def shown(qtbot: QtBot, widget: QWidget, width: int = 800, height: int = 200) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


@pytest.fixture
def bar(qtbot: QtBot, light: None) -> BandBar:
    del light
    made = BandBar("Length of wait")
    made.set_bands(MORE)
    shown(qtbot, made)
    return made


def points(*totals: int, measure: str = "PHQ9") -> list[ScorePoint]:
    return [
        ScorePoint(measure, date(2018, month, 3), total, f"row{month}")
        for month, total in enumerate(totals, start=1)
    ]


def test_a_bar_of_bands_says_every_band_with_its_count(bar: BandBar) -> None:
    assert bar.words() == "15 in all. 0-28 days: 3, 29-56 days: 0, 365+ days: 12."
    assert bar.accessibleDescription() == bar.words()
    assert bar.buttons()[2].accessibleName() == "365+ days: 12 of 15"


def test_a_band_is_chosen_and_dropped_by_keyboard(qtbot: QtBot, bar: BandBar) -> None:
    heard: list[str] = []
    bar.chosen.connect(heard.append)
    first = bar.buttons()[0]
    first.setFocus()

    qtbot.keyClick(first, KEY.Key_Left)
    last = bar.buttons()[2]
    qtbot.keyClick(last, KEY.Key_Return)
    qtbot.keyClick(last, KEY.Key_Escape)

    assert heard == ["365+", ""]
    assert bar.picked() == ""


def test_tab_reaches_one_band_and_arrows_the_others(bar: BandBar) -> None:
    policy = Qt.FocusPolicy.StrongFocus

    before = [button.focusPolicy() == policy for button in bar.buttons()]
    QTest.keyClick(bar.buttons()[0], KEY.Key_Right)

    assert before == [True, False, False]
    assert [button.focusPolicy() == policy for button in bar.buttons()] == [
        False,
        True,
        False,
    ]


def test_a_click_on_a_piece_of_the_bar_chooses_its_band(bar: BandBar) -> None:
    # The empty band has no piece: the second piece is the third band.
    (_, first), (index, second) = bar._bar.pieces()
    middle = QPoint(round(second.center().x()), round(second.center().y()))

    QTest.mouseClick(bar._bar, Qt.MouseButton.LeftButton, pos=middle)

    assert index == 2
    assert first.right() < second.left()
    assert bar.picked() == "365+"


def test_the_choice_survives_new_figures_and_goes_with_its_band(bar: BandBar) -> None:
    bar.pick("365+")

    bar.set_bands([Band(b.name, b.label, b.count + 1) for b in MORE])
    kept = bar.picked()
    bar.set_bands(BANDS)

    assert kept == "365+"
    assert bar.picked() == ""


def test_bands_take_a_second_row_where_there_is_no_room(
    qtbot: QtBot, bar: BandBar
) -> None:
    wide = {button.y() for button in bar.buttons()}
    bar.resize(2 * bar._widest() + 4, 300)

    qtbot.waitUntil(lambda: len({button.y() for button in bar.buttons()}) == 2)
    assert len(wide) == 1
    assert all(
        button.width() >= button.sizeHint().width() - 8 for button in bar.buttons()
    )


def test_a_bar_without_anybody_draws_and_says_so(qtbot: QtBot, light: None) -> None:
    del light
    made = BandBar("Length of wait")
    shown(qtbot, made)

    assert made.words() == "Nothing to show."
    assert not made.grab().isNull()


def months() -> list[Point]:
    return [
        Point("Jul", "July 2017", 29, "29"),
        Point("Aug", "August 2017", None, "not submitted"),
        Point("Sep", "September 2017", 26, "26"),
    ]


def test_a_chart_begins_with_the_newest_month_and_walks_by_arrows(
    qtbot: QtBot, light: None
) -> None:
    del light
    chart = HistoryChart("Referrals received", "referrals", "bars")
    chart.set_points(months())
    shown(qtbot, chart)

    begins = chart.said()
    qtbot.keyClick(chart, KEY.Key_Left)
    gap = chart.said()
    qtbot.keyClick(chart, KEY.Key_Home)
    qtbot.keyClick(chart, KEY.Key_Left)

    assert begins == "September 2017: 26 referrals"
    assert gap == "August 2017: not submitted"
    assert chart.said() == "July 2017: 29 referrals"
    assert chart.accessibleDescription().startswith(chart.said())
    assert "August 2017: not submitted" in chart.words()


@pytest.mark.parametrize("shape", ["bars", "line"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_drawn_in_the_accent_of_the_scheme(
    qtbot: QtBot, qapp: QApplication, shape: str, scheme: str
) -> None:
    theme.apply(qapp, Look("dark" if scheme == "dark" else "light", 100))
    chart = HistoryChart("Waiting", "people", "bars" if shape == "bars" else "line")
    chart.set_points(months())
    shown(qtbot, chart)

    picture = chart.grab().toImage()

    accent = QColor(theme.tokens().accent).rgb()
    colours = {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert accent in colours
    assert QColor(theme.tokens().surface).rgb() in colours


def test_a_chart_without_figures_says_so(qtbot: QtBot, light: None) -> None:
    del light
    chart = HistoryChart("Waiting", "people", "line")
    shown(qtbot, chart)
    qtbot.keyClick(chart, KEY.Key_Left)

    assert chart.said() == "No figures yet"


def test_scores_are_said_with_their_band_and_the_change(
    qtbot: QtBot, light: None
) -> None:
    del light
    chart = ScoreChart(points(21, 14, 8))
    shown(qtbot, chart)

    assert chart.said() == "Sat 3 Mar 2018: 8, mild"
    assert chart.change() == "13 points better than the first: more than chance."
    qtbot.keyClick(chart, KEY.Key_Home)
    assert chart.said() == "Wed 3 Jan 2018: 21, severe"


@pytest.mark.parametrize(
    ("totals", "measure", "said"),
    [
        ((2, 6), "GBO", "4 points better than the first."),
        ((6, 2), "GBO", "4 points worse than the first."),
        ((6, 2), "STAR", "4 points lower than the first."),
        ((14, 9), "PHQ9", "5 points better than the first: may be chance."),
        ((7, 8), "GAD7", "1 point worse than the first: may be chance."),
        ((6, 6), "PHQ9", "No change: 6 at first, 6 now."),
        ((6,), "PHQ9", "One score so far."),
    ],
)
def test_higher_is_better_where_the_measure_says_so(
    qtbot: QtBot, totals: tuple[int, ...], measure: str, said: str
) -> None:
    chart = ScoreChart(points(*totals, measure=measure))
    qtbot.addWidget(chart)

    assert chart.change() == said


def test_thresholds_can_be_given_instead_of_those_of_the_list(qtbot: QtBot) -> None:
    chart = ScoreChart(points(12), [Threshold(0, "low"), Threshold(11, "high")])
    qtbot.addWidget(chart)

    assert (chart.band_of(10), chart.band_of(11)) == ("low", "high")
    assert chart.said() == "Wed 3 Jan 2018: 12, high"


@pytest.mark.parametrize("code", ["PHQ9", "GAD7", "CORE10"])
def test_the_bands_of_a_measure_begin_at_its_lowest_total_and_rise(code: str) -> None:
    measure = measure_of(code)
    starts = [band.at for band in measure.thresholds]

    assert starts[0] == measure.low
    assert starts == sorted(set(starts))
    assert starts[-1] <= measure.high


def test_every_measure_of_the_list_can_be_drawn(qtbot: QtBot, light: None) -> None:
    del light
    for measure in choices("outcome_measure").values:
        chart = ScoreChart(points(7, 9, measure=measure.code))
        shown(qtbot, chart, 300, 180)
        assert not chart.grab().isNull()
        assert chart.accessibleName() == measure.label


def test_a_person_with_two_measures_has_the_newest_first_and_a_button_each(
    qtbot: QtBot, light: None
) -> None:
    del light
    newest = ScorePoint("GAD7", date(2018, 6, 1), 9, "row")
    charts = ScoreCharts([*points(21, 14), newest])
    shown(qtbot, charts)

    first = charts.chart.accessibleName()
    charts._group.buttons()[1].click()

    assert first == "GAD-7"
    assert charts.chart.accessibleName() == "PHQ-9"
    assert charts.chart.points() == 2


def test_shades_run_from_pale_to_the_accent(qapp: QApplication) -> None:
    theme.apply(qapp, Look("light", 100))
    inks = Inks.now()

    assert inks.step(6, 7) == inks.accent
    assert inks.step(0, 7) != inks.surface
    assert blend(inks.surface, inks.accent, 0) == inks.surface


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("referrals", 1, "referral"),
        ("referrals", 0, "referrals"),
        ("people", 1, "person"),
        ("people", 2, "people"),
    ],
)
def test_one_is_not_said_as_many(unit: str, value: float, said: str) -> None:
    assert unit_of(unit, value) == said


def test_a_chart_of_the_return_says_all_of_its_months_and_how_near_they_are(
    qtbot: QtBot, light: None
) -> None:
    del light
    (series, *_) = charted(a_full_table(copy="council"), "ALL")
    chart = HistoryChart.of(series)
    shown(qtbot, chart, width=400)

    assert chart.points() == 13
    assert series.sentence() in chart.accessibleDescription()
    assert "never more than 9 away" in chart.words()


def test_a_month_without_a_figure_is_drawn_as_a_gap(qtbot: QtBot, light: None) -> None:
    del light
    chart = HistoryChart("Waiting", "people", "bars")
    chart.set_points(months())
    shown(qtbot, chart, width=600)

    picture = chart.grab().toImage()

    plot = chart.plot()
    middle = round(plot.center().x())
    colours = {
        picture.pixelColor(middle + x, y).name()
        for x in range(-40, 40, 2)
        for y in range(round(plot.top()) + 24, round(plot.bottom()) - 4)
    }
    inks = Inks.now()
    assert inks.accent.name() not in colours
    assert blend(inks.surface, inks.soft, 0.05).name() in colours


@pytest.mark.parametrize(
    ("totals", "ends"),
    [((6,), (0, 6)), ((4, 9), (0, 9)), ((), (0, 10)), ((0,), (0, 10))],
)
def test_a_scale_of_ones_own_is_drawn_from_nothing_on(
    totals: tuple[int, ...], ends: tuple[int, int]
) -> None:
    """One total alone is no line at both ends of its axis."""
    drawn = measure_of("STAR", totals)

    assert (drawn.low, drawn.high) == ends
