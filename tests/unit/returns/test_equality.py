"""Equality: quarterly, every answer in one part, never by the month."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.model.records import Client
from provider_desk.returns.behind import rows_of
from provider_desk.returns.table import Cell, LineKey, ReturnTable, State
from tests.builders.made_returns import made, now, rows_with
from tests.builders.record_desks import CONTRACT, Case

MARCH = Month(2026, 3)
ANSWERED = {
    "gender": "F",
    "ethnic_group": "E13",
    "disability": "N",
    "orientation": "HET",
    "religion": "NONE",
}


def person(**said: str | None) -> Client:
    return Client(
        code="P",
        born_on=date(1990, 1, 1),
        **said,  # type: ignore[arg-type]
    )


def parts(table: ReturnTable, code: str) -> dict[str, float]:
    """The parts of an indicator that are not nil."""
    return {
        line.key.split: line.now.value
        for line in table.lines
        if line.key.indicator == code and line.now.value
    }


def test_who_was_never_asked_and_who_prefers_not_to_say_stand_apart(
    tmp_path: Path,
) -> None:
    people = [
        person(ethnic_group="E04", gender="PNS", religion="MUS"),
        person(ethnic_group="NK", orientation="UNSURE"),
        person(ethnic_group="PNS"),
        person(),
    ]
    cases = [Case(date(2026, 3, 2), client=each) for each in people]
    with rows_with(tmp_path, *cases, also=people) as rows:
        table = made(rows, MARCH)
    assert parts(table, "F1a") == {
        "Asian, Asian British or Asian Welsh": 1,
        "Not known": 1,
        "Prefers not to say": 1,
        "Not asked": 1,
    }
    assert parts(table, "F1b") == {"Prefers not to say": 1, "Not asked": 3}
    assert parts(table, "F1d") == {"Does not know or not sure": 1, "Not asked": 3}
    assert parts(table, "F1e") == {"Muslim": 1, "Not asked": 3}


@pytest.mark.parametrize(
    ("condition", "effect", "part"),
    [
        ("Y", "LOT", "disabled"),
        ("Y", "LITTLE", "disabled"),
        ("Y", "NOT", "not disabled"),
        ("N", None, "not disabled"),
        ("Y", "PNS", "prefers not to say"),
        ("PNS", None, "prefers not to say"),
        ("DK", None, "does not know"),
        ("Y", None, "not asked"),
        (None, None, "not asked"),
        ("NA", None, "not asked"),
    ],
)
def test_disabled_is_a_long_condition_that_limits_every_day(
    tmp_path: Path, condition: str | None, effect: str | None, part: str
) -> None:
    client = person(disability=condition, disability_effect=effect)
    case = Case(date(2026, 3, 2), client=client)
    with rows_with(tmp_path, case, also=[client]) as rows:
        assert parts(made(rows, MARCH), "F1c") == {part: 1}


@pytest.mark.parametrize(
    ("left_out", "complete"),
    [
        ({}, 1),
        ({"religion": "PNS"}, 1),
        ({"religion": None}, 0),
        ({"ethnic_group": "NK"}, 0),
        ({"disability": "DK"}, 0),
        ({"gender": "NA"}, 0),
    ],
)
def test_answers_are_complete_where_all_five_were_given_or_refused(
    tmp_path: Path, left_out: dict[str, str | None], complete: int
) -> None:
    client = person(**{**ANSWERED, **left_out})
    case = Case(date(2026, 3, 2), client=client)
    with rows_with(tmp_path, case, also=[client]) as rows:
        cell = now(made(rows, MARCH), "F1")
    assert cell == Cell(State.FIGURE, float(complete), complete, 1)


def test_it_is_told_by_the_quarter_and_the_year_and_never_by_the_month(
    tmp_path: Path,
) -> None:
    days = (date(2025, 5, 2), date(2025, 6, 2), date(2025, 7, 2))
    cases = [Case(day) for day in days]
    with rows_with(tmp_path, *cases) as rows:
        august = made(rows, Month(2025, 8))
        april = made(rows, Month(2025, 4))
        key = LineKey("F1b", "Not asked", "THER")
        behind = rows_of(rows, CONTRACT, key, Month(2025, 6))
        by_month = rows_of(rows, CONTRACT, key, Month(2025, 7))
    line = august.line("F1b", "Not asked", "THER")
    assert [cell.value for cell in line.months] == [None, None, 2, None, None]
    assert line.now.state is State.NOT_APPLICABLE
    # August's year to date reaches to June: July can't be worked out from it.
    assert line.year_to_date.value == 2
    begun = april.line("F1b", "Not asked", "THER")
    assert begun.year_to_date.state is State.NOT_APPLICABLE
    assert len(behind) == 2
    assert by_month == []


def test_live_cases_stand_as_on_the_last_day_with_the_age_of_that_day(
    tmp_path: Path,
) -> None:
    client = Client(code="P", born_on=date(2001, 3, 20))
    stays = Case(date(2026, 1, 5), client=client).accepted().started(date(2026, 1, 9))
    left = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 9))
    left.closed(date(2026, 3, 31))
    with rows_with(tmp_path, stays, left, also=[client]) as rows:
        table = made(rows, MARCH)
        behind = rows_of(rows, CONTRACT, LineKey("F2f", "25+", "THER"), MARCH)
    assert parts(table, "F2f") == {"25+": 1}
    assert parts(table, "F3f") == {"25+": 1}
    assert [row.row_id for row in behind] == [stays.episode_id]
    assert table.line("F1f", "18-24", "THER").year_to_date.value == 1
