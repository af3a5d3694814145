"""What a cell is when it is no figure, what a copy carries, and how figures compare."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import Cancelled, DeskError, NotFound
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Contract,
    ContractArea,
    ExitStrategy,
    Provider,
)
from provider_desk.returns.compute import compute
from provider_desk.returns.table import Direction, Rating, State
from tests.builders.made_returns import TODAY, made, now, rows_with
from tests.builders.record_desks import CONTRACT, Case, service

# States of months


def test_months_before_complete_records_are_not_submitted(tmp_path: Path) -> None:
    begin = service("THER", begin=date(2025, 7, 1))
    early, late = Case(date(2025, 5, 5)), Case(date(2025, 8, 5))
    with rows_with(tmp_path, early, late, also=begin) as rows:
        table = made(rows, Month(2025, 9))
    line = table.line("A1", "", "THER")
    states = [cell.state for cell in line.months]
    assert states == [State.NOT_SUBMITTED] * 3 + [State.FIGURE] * 3
    assert "1 July 2025" in line.months[0].note
    assert line.year_to_date.value == 1
    assert "3 of 6 months" in line.year_to_date.note
    assert table.months_covered == 3


def test_a_month_without_complete_records_gives_no_figure_at_all(
    tmp_path: Path,
) -> None:
    begin = service("THER", begin=date(2025, 7, 1))
    with rows_with(tmp_path, Case(date(2025, 5, 5)), also=begin) as rows:
        table = made(rows, Month(2025, 5))
    counted = {line.now.state for line in table.lines}
    assert counted == {State.NOT_SUBMITTED}
    assert {line.year_to_date.state for line in table.lines} == counted
    assert table.checks == ()


def test_months_before_the_contract_do_not_apply(tmp_path: Path) -> None:
    records = [
        Provider(name="Invented", code="x"),
        Contract(id=CONTRACT, reference="C", title="T", starts_on=date(2025, 7, 15)),
        ContractArea(contract_id=CONTRACT, area="THER"),
    ]
    with rows_with(tmp_path, also=records) as rows:
        states = [
            cell.state
            for cell in made(rows, Month(2025, 8)).line("A1", "", "THER").months
        ]
    assert states == [State.NOT_APPLICABLE] * 3 + [State.FIGURE] * 2


def test_one_area_has_no_sum_and_several_have(tmp_path: Path) -> None:
    with rows_with(tmp_path / "one", also=service("THER")) as rows:
        assert [area.code for area in made(rows, Month(2026, 3)).areas] == ["THER"]
    with rows_with(tmp_path / "two", also=service("THER", "PES_AD")) as rows:
        codes = [area.code for area in made(rows, Month(2026, 3)).areas]
    assert codes == ["PES_AD", "THER", "ALL"]


def test_somebody_supported_in_two_areas_is_one_person_in_the_sum(
    tmp_path: Path,
) -> None:
    first = Case(date(2026, 1, 5)).accepted().started(date(2026, 2, 2))
    second = Case(date(2026, 1, 5), area="PES_AD", client=first.client)
    for case in (first, second):
        case.session(date(2026, 3, 3)).session(date(2026, 2, 3))
    with rows_with(tmp_path, first, second, also=service("THER", "PES_AD")) as rows:
        table = made(rows, Month(2026, 3))
    assert now(table, "C4", area="ALL").value == 2
    assert now(table, "P1", area="ALL").value == 1
    assert table.line("P1", "", "ALL").year_to_date.value == 1


# Copies


@pytest.mark.parametrize("copy", ["council", "public", ""])
def test_what_leaves_is_never_worked_out_from_the_records(
    tmp_path: Path, copy: str
) -> None:
    with rows_with(tmp_path) as rows, pytest.raises(ValueError, match="no copy"):
        made(rows, Month(2026, 3), copy=copy)


# Direction and rating


@pytest.mark.parametrize(
    ("code", "before", "after", "direction", "rating"),
    [
        ("C1", 3, 5, Direction.UP, Rating.IMPROVED),
        ("C1", 5, 5, Direction.LEVEL, Rating.LEVEL),
        ("C1", 5, 4, Direction.DOWN, Rating.WITHIN),
        ("C1", 5, 3, Direction.DOWN, Rating.OUTSIDE),
        ("C1", 20, 18, Direction.DOWN, Rating.WITHIN),
        ("C1", 20, 17, Direction.DOWN, Rating.OUTSIDE),
        ("A1", 3, 5, Direction.UP, Rating.NONE),
    ],
)
def test_a_change_is_rated_by_its_direction_and_limits(
    tmp_path: Path,
    code: str,
    before: int,
    after: int,
    direction: Direction,
    rating: Rating,
) -> None:
    cases = []
    for month, count in ((2, before), (3, after)):
        for _ in range(count):
            day = date(2026, month, 2)
            cases.append(Case(day).accepted().started(day))
    with rows_with(tmp_path, *cases) as rows:
        line = made(rows, Month(2026, 3)).line(code, "", "THER")
    assert (line.direction, line.rating) == (direction, rating)


def test_april_is_compared_with_march(tmp_path: Path) -> None:
    march, april = Case(date(2025, 3, 3)), Case(date(2025, 4, 3))
    more = Case(date(2025, 4, 4))
    with rows_with(tmp_path, march, april, more) as rows:
        line = made(rows, Month(2025, 4)).line("A1", "", "THER")
    assert len(line.months) == 1
    assert line.direction is Direction.UP


def test_the_first_month_has_no_direction(tmp_path: Path) -> None:
    begin = service("THER", begin=date(2025, 7, 1))
    with rows_with(tmp_path, Case(date(2025, 7, 3)), also=begin) as rows:
        table = made(rows, Month(2025, 7))
    assert {line.direction for line in table.lines} == {Direction.NONE}
    assert {line.rating for line in table.lines} == {Rating.NONE}


def test_a_share_is_compared_in_percentage_points(tmp_path: Path) -> None:
    cases = []
    for month, strategies in ((2, 10), (3, 9)):
        for number in range(10):
            day = date(2026, month, 2)
            case = Case(day).accepted().started(day)
            if number < strategies:
                case.records.append(
                    ExitStrategy(episode_id=case.episode_id, made_on=day)
                )
            cases.append(case)
    with rows_with(tmp_path, *cases) as rows:
        line = made(rows, Month(2026, 3)).line("D7", "", "THER")
    # From 100% to 90%: 10 points, and 10% of 100 are 10.
    assert (line.direction, line.rating) == (Direction.DOWN, Rating.WITHIN)


# Being stopped, and what can't be made


def test_a_return_can_be_stopped_between_two_facts(tmp_path: Path) -> None:
    with rows_with(tmp_path) as rows, pytest.raises(Cancelled):
        compute(
            rows,
            contract_id=CONTRACT,
            month=Month(2026, 3),
            copy="internal",
            made_on=TODAY,
            cancelled=lambda: True,
        )


def test_an_unknown_contract_and_one_without_area_are_told(tmp_path: Path) -> None:
    records = [
        Provider(name="Invented", code="x"),
        Contract(id=CONTRACT, reference="C-9", title="T"),
    ]
    with rows_with(tmp_path, also=records) as rows:
        with pytest.raises(DeskError, match="C-9 has no service area"):
            made(rows, Month(2026, 3))
        with pytest.raises(NotFound):
            compute(
                rows,
                contract_id="f" * 32,
                month=Month(2026, 3),
                copy="internal",
                made_on=TODAY,
            )
