"""Recovery, change, matrices, goals, surveys and tags, at their edges."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.outcome_measures import measures
from provider_desk.model.records import (
    Goal,
    GoalRating,
    Score,
    Session,
    SupportTag,
    SurveyAnswer,
)
from provider_desk.returns.behind import rows_of
from provider_desk.returns.scores import movement, steps
from provider_desk.returns.table import Cell, LineKey, State
from tests.builders.made_returns import made, now, rows_with
from tests.builders.record_desks import CONTRACT, Case

VECTORS = Path(__file__).parents[2] / "golden" / "outcome_test_vectors.csv"
MARCH = Month(2026, 3)
END = date(2026, 3, 20)
FIRST, LAST = date(2026, 1, 10), date(2026, 3, 15)


def vectors(kind: str) -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == kind]


def ended(end: date = END) -> Case:
    """An episode closed in March with three sessions."""
    case = Case(date(2026, 1, 5)).accepted().started(date(2026, 1, 8))
    for day in (date(2026, 1, 8), date(2026, 2, 10), date(2026, 3, 14)):
        case.session(day)
    return case.closed(end)


def scores(case: Case, instrument: str, *totals: str | int) -> Iterator[Record]:
    """First and last total of a measure; "" for none."""
    for day, total in zip((FIRST, LAST), totals, strict=False):
        if total != "":
            yield Score(
                referral_id=case.referral_id,
                instrument=instrument,
                scored_on=day,
                total=int(total),
            )


@pytest.mark.parametrize("row", vectors("change"), ids=lambda row: row["note"])
def test_change_and_recovery_are_as_the_published_rules_say(
    tmp_path: Path, row: dict[str, str]
) -> None:
    case = ended()
    taken = [
        *scores(case, "PHQ9", row["phq_first"], row["phq_last"]),
        *scores(case, "GAD7", row["gad_first"], row["gad_last"]),
    ]
    with rows_with(tmp_path, case, also=taken) as rows:
        table = made(rows, MARCH)
    group = "no paired score" if row["rc"] == "no paired scores" else row["rc"]
    assert now(table, "E2", group).value == 1
    counted = row["in_denominator"] == "true"
    assert now(table, "E3").value == counted
    assert now(table, "E3", "recovered").value == (row["recovery"] == "true")
    reliably = now(table, "E3", "reliably recovered").value
    assert reliably == (row["reliable_recovery"] == "true")
    assert now(table, "E3b").denominator == int(counted)
    assert now(table, "E3c").numerator == int(row["reliable_recovery"] == "true")


@pytest.mark.parametrize("row", vectors("score"), ids=lambda row: row["note"])
def test_bands_and_thresholds_are_those_of_the_measures(row: dict[str, str]) -> None:
    if not row["score"]:
        return
    measure, total = measures()[row["measure"]], int(row["score"])
    band = [name for start, name in measure.bands if total >= start][-1]
    assert band == row["band"]
    if measure.caseness is not None:
        assert (total >= measure.caseness) == (row["caseness"] == "true")


def test_a_matrix_says_from_which_band_to_which(tmp_path: Path) -> None:
    better, same, worse = ended(), ended(), ended()
    taken = [
        *scores(better, "PHQ9", 20, 4),
        *scores(same, "PHQ9", 10, 14),
        *scores(worse, "PHQ9", 9, 10),
    ]
    with rows_with(tmp_path, better, same, worse, also=taken) as rows:
        table = made(rows, MARCH)
    cells = {
        line.key.split: line.now.value
        for line in table.lines
        if line.key.indicator == "M1" and line.now.value
    }
    assert cells == {
        "": 3,
        "severe to minimal": 1,
        "moderate to moderate": 1,
        "mild to moderate": 1,
        "positive": 1,
        "no change": 1,
        "negative": 1,
    }
    assert now(table, "E1", "PHQ-9").numerator == 3


def test_a_matrix_of_a_measure_that_nobody_filled_in_is_left_out(
    tmp_path: Path,
) -> None:
    case = ended()
    with rows_with(tmp_path / "a", case) as rows:
        codes = {line.key.indicator for line in made(rows, MARCH).lines}
    assert "M3" not in codes
    taken = list(scores(case, "CORE10", 25, 5))
    with rows_with(tmp_path / "b", case, also=taken) as rows:
        table = made(rows, MARCH)
    assert now(table, "M3", "severe to healthy").value == 1
    assert now(table, "M3", "low to low").value == 0


@pytest.mark.parametrize(("code", "cells"), [("PHQ9", 25), ("GAD7", 16)])
def test_every_step_of_a_measure_is_better_level_or_worse(
    code: str, cells: int
) -> None:
    measure = measures()[code]
    names = [name for _, name in measure.bands]
    ways = [movement(measure, one, other) for one in names for other in names]
    assert len(list(steps(code))) == len(ways) == cells
    assert ways.count("no change") == len(names)
    assert ways.count("positive") == ways.count("negative")
    assert movement(measure, "severe", "mild") == "positive"


@pytest.mark.parametrize(("count", "shown"), [(7, False), (8, True)])
def test_the_mean_change_is_shown_from_eight_on_with_its_range(
    tmp_path: Path, *, count: int, shown: bool
) -> None:
    cases = [ended() for _ in range(count)]
    taken = []
    for number, case in enumerate(cases):
        taken += list(scores(case, "PHQ9", 10 + number, 8 if number else 13))
        taken += list(scores(case, "SWEMWBS", 20, 20 + number))
    with rows_with(tmp_path, *cases, also=taken) as rows:
        table = made(rows, MARCH)
    if not shown:
        assert now(table, "E4", "PHQ-9").state is State.WITHHELD
        assert now(table, "E4", "PHQ-9 smallest").state is State.WITHHELD
        return
    # Falls: -3, then 3 to 9: 39 over 8 is 4.875.
    assert now(table, "E4", "PHQ-9") == Cell(State.FIGURE, 4.9, 39, 8)
    assert now(table, "E4", "PHQ-9 smallest").value == -3
    assert now(table, "E4", "PHQ-9 largest").value == 9
    # Higher is better: a rise counts as plus.
    assert now(table, "E4", "SWEMWBS") == Cell(State.FIGURE, 3.5, 28, 8)


def test_rates_and_means_are_quarterly_and_cover_three_months(tmp_path: Path) -> None:
    january, march = ended(date(2026, 1, 30)), ended()
    taken = []
    for case, last in ((january, date(2026, 1, 20)), (march, LAST)):
        case.session(date(2026, 1, 15))
        for instrument in ("PHQ9", "GAD7"):
            for day, total in ((FIRST, 15), (last, 5)):
                taken.append(
                    Score(
                        referral_id=case.referral_id,
                        instrument=instrument,
                        scored_on=day,
                        total=total,
                    )
                )
    with rows_with(tmp_path, january, march, also=taken) as rows:
        table = made(rows, MARCH)
        key = LineKey("E3b", "", "THER")
        behind = rows_of(rows, CONTRACT, key, MARCH)
        between = rows_of(rows, CONTRACT, key, MARCH.plus(-1))
    line = table.line("E3b", "", "THER")
    assert line.now == Cell(State.FIGURE, 1.0, 2, 2)
    assert line.months[-2].state is State.NOT_APPLICABLE
    assert "Quarterly" in line.months[-2].note
    assert now(table, "E3", "recovered").value == 1
    assert len(behind) == 2
    assert between == []


def goal(case: Case, *ratings: int, **said: object) -> list[Record]:
    """A goal set on the first day, rated week by week."""
    aim = Goal(
        referral_id=case.referral_id,
        set_on=date(2026, 1, 8),
        **said,  # type: ignore[arg-type]
    )
    return [
        aim,
        *(
            GoalRating(
                goal_id=aim.id,
                rated_on=aim.set_on + timedelta(weeks=week),
                rating=rating,
            )
            for week, rating in enumerate(ratings)
        ),
    ]


def test_a_goal_ends_on_its_own_day_or_with_the_support(tmp_path: Path) -> None:
    case = ended()
    aims = [
        *goal(case, 2, 5, ended_on=date(2026, 2, 28), reached="Y", outcome="1"),
        *goal(case, 1, 9, outcome="6"),
        *goal(case, 3, ended_on=date(2026, 3, 1), reached="N"),
    ]
    with rows_with(tmp_path, case, also=aims) as rows:
        march, february = made(rows, MARCH), made(rows, MARCH.plus(-1))
    names = choices("contract_outcome")
    assert now(march, "E5").value == 2
    assert now(march, "E5", "no outcome chosen").value == 1
    assert now(march, "E5", names.label("6")).value == 1
    assert now(march, "E5", "reached").value == 0
    assert now(february, "E5").value == 1
    assert now(february, "E5", "reached").value == 1


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
def test_the_change_of_goals_is_shown_from_five_on(
    tmp_path: Path, *, count: int, shown: bool
) -> None:
    case = ended()
    aims = [each for number in range(count) for each in goal(case, 2, 9, 3 + number)]
    once = goal(case, 7)
    with rows_with(tmp_path, case, also=[*aims, *once]) as rows:
        table = made(rows, MARCH)
    assert now(table, "E5").value == count + 1
    # The middle rating says nothing; a goal rated once has no change.
    wanted = Cell(State.FIGURE, 3.0, 15, 5) if shown else None
    cell = now(table, "E5c")
    assert cell == wanted if wanted else cell.state is State.WITHHELD


def survey(day: date, **said: str) -> SurveyAnswer:
    return SurveyAnswer(
        contract_id=CONTRACT,
        area="THER",
        answered_on=day,
        **said,
    )


@pytest.mark.parametrize(("count", "shown"), [(9, False), (10, True)])
def test_a_survey_shows_who_got_worse_always_and_a_share_from_ten_on(
    tmp_path: Path, *, count: int, shown: bool
) -> None:
    said = ["WORSE", "SAME", "LITTLE", *["LOT"] * (count - 3)]
    answers = [survey(END, health=answer) for answer in said]
    silent = survey(END)
    partly = survey(END, safety="WORSE")
    with rows_with(tmp_path, also=[*answers, silent, partly]) as rows:
        table = made(rows, MARCH)
    assert now(table, "E6").value == count + 1
    assert now(table, "E6a").value == count
    parts = ("improved", "the same", "worse")
    assert [now(table, "E6a", part).value for part in parts] == [count - 2, 1, 1]
    assert now(table, "E6e", "worse").value == 1
    rate = now(table, "E6a", "rate")
    if shown:
        assert rate == Cell(State.FIGURE, 0.8, 8, 10)
    else:
        assert rate.state is State.WITHHELD


def test_tags_count_where_the_person_came(tmp_path: Path) -> None:
    case = ended()
    came = Session(
        referral_id=case.referral_id, held_on=END, type="THERAPY", attendance="ATT"
    )
    missed = Session(
        referral_id=case.referral_id, held_on=END, type="THERAPY", attendance="DNA"
    )
    tags = [
        SupportTag(session_id=came.id, outcome="2"),
        SupportTag(session_id=came.id, outcome="6"),
        SupportTag(session_id=missed.id, outcome="6"),
    ]
    with rows_with(tmp_path, case, also=[came, missed, *tags]) as rows:
        table = made(rows, MARCH)
    names = choices("contract_outcome")
    assert now(table, "E7").value == 2
    assert now(table, "E7", names.label("6")).value == 1
