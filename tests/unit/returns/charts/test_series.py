"""Which figures are charted, over which months."""

from dataclasses import replace

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.charts.series import (
    CHARTED,
    NOT_HERE,
    charted,
    sentence,
    series_of,
    with_earlier,
)
from provider_desk.returns.table import Cell, State
from tests.builders.full_returns import a_full_table
from tests.builders.return_tables import a_return_table


def test_referrals_waiting_live_and_closed_are_charted_over_thirteen_months() -> None:
    table = a_full_table()
    drawn = charted(table, "THER")
    assert [each.form for each in drawn] == ["bars", "line", "line", "bars"]
    assert len(drawn) == len(CHARTED)
    for each in drawn:
        assert len(each.points) == 13
        assert each.points[0].name == "September 2016"
        assert each.points[-1].name == "September 2017"


def test_the_months_before_april_come_from_the_return_of_the_march_before() -> None:
    before = a_return_table(months=12)
    table = replace(
        before,
        month=Month(2018, 5),
        months=Month(2018, 5).year_so_far(),
        lines=tuple(replace(x, months=x.months[:2]) for x in before.lines),
    )
    points = series_of(with_earlier(table, before), table.line("A1")).points
    known = before.line("A1").months
    assert [p.name for p in points[:2]] == ["May 2017", "June 2017"]
    assert [p.value for p in points] == [
        *(cell.value for cell in known[1:]),
        *(cell.value for cell in known[:2]),
    ]


@pytest.mark.parametrize("wrong", ["copy", "month"])
def test_another_copy_or_month_is_no_march_before(wrong: str) -> None:
    before = a_return_table(months=12)
    table = replace(
        before, month=Month(2018, 4), months=(Month(2018, 4),), lines=before.lines[:0]
    )
    with_earlier(table, before)
    other = (
        replace(before, copy="council")
        if wrong == "copy"
        else replace(before, month=Month(2018, 2))
    )
    with pytest.raises(ValueError, match="not those before"):
        with_earlier(table, other)


def test_months_that_no_return_at_hand_tells_of_are_said_so() -> None:
    points = series_of(a_return_table(), a_return_table().line("A1")).points
    assert {point.words for point in points[:6]} == {NOT_HERE}
    assert points[7].words == "not submitted"
    assert all(point.value is None for point in points[:8])


def test_a_chart_of_rounded_figures_says_how_near_they_are() -> None:
    (first, *_) = charted(a_full_table(copy="council"), "ALL")
    assert "within 4 of the real one, and never more than 9" in first.sentence()
    assert all((point.value or 0) % 5 == 0 for point in first.points)
    (exact, *_) = charted(a_full_table(), "ALL")
    assert exact.bound == ""


def test_a_chart_is_a_sentence_for_who_hears_it() -> None:
    table = a_full_table()
    line = table.line("A1")
    missing = replace(line, months=(*line.months[:-1], Cell(State.NOT_SUBMITTED)))
    said = series_of(table, missing).sentence()
    assert said.startswith("Referrals received, 13 months. September 2016: ")
    assert said.endswith("September 2017: not submitted. Unit: referrals.")
    assert sentence("Waiting", "people", ()) == "Waiting: no figures yet."
