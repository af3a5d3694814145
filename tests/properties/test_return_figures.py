"""Whatever a desk holds, a return's figures agree with records, rows and each other."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Referral,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.returns.behind import rows_of
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.compute import compute
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Cell, Line, ReturnTable, State
from tests.builders.oracle_records import Worth, middle
from tests.builders.random_desks import RandomDesk
from tests.builders.record_desks import AREAS, CONTRACT, desk_of
from tests.builders.return_oracle import Oracle

TODAY = date(2018, 4, 10)

#: Indicators whose parts, all but "of which", make up another's whole.
WHOLES = {
    "A3b": "A3",
    "A7": "A1",
    "A8": "A1",
    "B2": "B1",
    "B3": "C1",
    "B5c": "B5",
    "C2": "C2",
    "C8": "C4",
    "C8b": "C3",
    "C8c": "C5",
    "C8d": "C6",
    "C8e": "C7",
    "D2": "D1",
    "D10": "D10",
    "E2": "E2",
}

seeds = st.integers(0, 2**32)
sizes = st.integers(0, 40)
months = st.integers(0, 11).map(lambda step: Month(2017, 4).plus(step))
some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@contextmanager
def held(records: list[Record]) -> Iterator[Rows]:
    with (
        tempfile.TemporaryDirectory() as folder,
        desk_of(Path(folder), records) as store,
        store.reading() as reader,
    ):
        yield reader


def desk(seed: int, people: int) -> list[Record]:
    chance = random.Random(seed)  # noqa: S311
    return RandomDesk(chance, people, first=date(2015, 6, 1), days=900).records


def made(rows: Rows, month: Month) -> ReturnTable:
    return compute(
        rows, contract_id=CONTRACT, month=month, copy="internal", made_on=TODAY
    )


def tenth(total: int, count: int) -> float:
    exact = Decimal(total) / Decimal(count)
    return float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def expected(line: Line, worth: Worth) -> Cell:
    """What a cell must be, from the oracle's worth."""
    figure = catalogue().figure(line.key.indicator, line.key.split)
    if isinstance(worth, int):
        return Cell(State.FIGURE, worth)
    if isinstance(worth, tuple):
        part, whole = worth
        state = State.FIGURE if whole else State.NOT_APPLICABLE
        return Cell(state, part / whole if whole else None, part, whole)
    return _of_values(figure, worth)


def _of_values(figure: Figure, values: list[int]) -> Cell:
    count = len(values)
    if not values or count < figure.min_n:
        return Cell(State.WITHHELD if values else State.NOT_APPLICABLE)
    match figure.measure:
        case "median":
            return Cell(State.FIGURE, middle(values))
        case "longest":
            return Cell(State.FIGURE, max(values))
        case _:
            total = sum(values)
            return Cell(State.FIGURE, tenth(total, count * figure.per), total, count)


def same(cell: Cell, other: Cell) -> bool:
    return (cell.state, cell.value, cell.numerator, cell.denominator) == (
        other.state,
        other.value,
        other.numerator,
        other.denominator,
    )


@given(seed=seeds, people=sizes, month=months)
@some
def test_every_figure_is_what_plain_counting_of_the_records_gives(
    seed: int, people: int, month: Month
) -> None:
    records = desk(seed, people)
    with held(records) as rows:
        table = made(rows, month)
    oracle = Oracle(records, CONTRACT, TODAY)
    asked = 0
    for block in table.areas:
        areas = AREAS if block.code == "ALL" else (block.code,)
        truth = oracle.figures(areas, month)
        for line in table.of_area(block.code):
            key = line.key.indicator, line.key.split
            if key in truth:
                asked += 1
                wanted = expected(line, truth[key])
                assert same(line.now, wanted), (line.key, line.now, wanted)
    assert asked > 4 * 100


@given(seed=seeds, people=sizes, month=months)
@some
def test_every_figure_opens_exactly_the_rows_it_counts(
    seed: int, people: int, month: Month
) -> None:
    with held(desk(seed, people)) as rows:
        table = made(rows, month)
        for line in table.lines:
            behind = rows_of(rows, CONTRACT, line.key, month, today=TODAY)
            counted = sum(row.counted for row in behind)
            ids = {(row.table, row.row_id) for row in behind}
            assert len(ids) == len(behind)
            if line.now.state is not State.FIGURE:
                continue
            figure = catalogue().figure(line.key.indicator, line.key.split)
            values = [row.value for row in behind if row.value is not None]
            match figure.measure:
                case "count" | "distinct":
                    assert len(behind) == line.now.value, line.key
                case "ratio":
                    assert (counted, len(behind)) == (
                        line.now.numerator,
                        line.now.denominator,
                    )
                case "mean":
                    assert (sum(values), len(values)) == (
                        line.now.numerator,
                        line.now.denominator,
                    )
                case "median":
                    assert middle(values) == line.now.value
                case "longest":
                    assert max(values) == line.now.value


@given(seed=seeds, people=sizes, month=months)
@some
def test_parts_sum_to_their_whole_and_areas_to_their_sum(
    seed: int, people: int, month: Month
) -> None:
    with held(desk(seed, people)) as rows:
        table = made(rows, month)
    for block in table.areas:
        for code, whole in WHOLES.items():
            parts = [
                line.now.value or 0
                for line in table.of_area(block.code)
                if line.key.indicator == code
                and line.key.split
                and not catalogue().figure(code, line.key.split).of_which
            ]
            assert sum(parts) == table.line(whole, "", block.code).now.value, code
    for line in table.of_area("ALL"):
        figure = catalogue().figure(line.key.indicator, line.key.split)
        if figure.measure in ("count", "capacity"):
            cells = [
                table.line(line.key.indicator, line.key.split, area).now
                for area in AREAS
            ]
            total = sum(cell.value or 0 for cell in cells)
            assert (line.now.value or 0) == total, line.key


@given(seed=seeds, people=sizes, month=months)
@some
def test_the_identities_hold_on_a_desk_that_keeps_the_rules(
    seed: int, people: int, month: Month
) -> None:
    with held(desk(seed, people)) as rows:
        table = made(rows, month)
    for check in table.checks:
        if check.code.startswith(("flow-", "sum-", "sessions-")):
            assert check.passed, check


@given(seed=seeds, people=sizes, month=months)
@some
def test_the_year_to_date_follows_its_rules(
    seed: int, people: int, month: Month
) -> None:
    records = desk(seed, people)
    with held(records) as rows:
        table = made(rows, month)
    for line in table.lines:
        figure = catalogue().figure(line.key.indicator, line.key.split)
        numbers = [cell.value or 0 for cell in line.months]
        total = line.year_to_date
        match (line.kind, figure.measure):
            case ("flow", "count" | "capacity"):
                assert (total.value or 0) == sum(numbers), line.key
            case ("stock", _):
                assert same(total, line.now), line.key
            case ("ratio", "ratio"):
                assert total.numerator == sum(c.numerator or 0 for c in line.months)
                assert total.denominator == sum(c.denominator or 0 for c in line.months)
            case ("flow", "distinct"):
                assert max(numbers) <= (total.value or 0) <= sum(numbers)


@given(seed=seeds, people=sizes, month=months)
@some
def test_different_people_of_the_year_are_counted_once(
    seed: int, people: int, month: Month
) -> None:
    with held(desk(seed, people)) as rows:
        table = made(rows, month)
        for block in table.areas:
            line = table.line("P1", "", block.code)
            different = {
                row.row_id
                for each in table.months
                for row in rows_of(rows, CONTRACT, line.key, each, today=TODAY)
            }
            assert line.year_to_date.value == len(different)


@given(seed=seeds, people=sizes, month=months)
@some
def test_every_indicator_stands_in_every_area_and_no_cell_is_blank(
    seed: int, people: int, month: Month
) -> None:
    with held(desk(seed, people)) as rows:
        table = made(rows, month)
    declared = {figure.code for figure in catalogue().figures}
    for block in table.areas:
        lines = list(table.of_area(block.code))
        assert {line.key.indicator for line in lines} == declared
        for line in lines:
            assert len(line.months) == len(table.months)
            for cell in (*line.months, line.year_to_date):
                is_figure = cell.state is State.FIGURE
                assert is_figure == (cell.value is not None)
                assert is_figure or cell.note


@given(
    seed=seeds,
    people=sizes,
    month=months,
    fault=st.sampled_from(["start", "closing", "decision", "removal"]),
)
@some
def test_a_record_that_breaks_a_flow_is_named(
    seed: int, people: int, month: Month, fault: str
) -> None:
    records = desk(seed, people)
    broken, check_code = _fault(fault, month)
    with held([*records, *broken]) as rows:
        table = made(rows, month)
    (check,) = (
        each
        for each in table.checks
        if each.code == check_code and each.area == AREAS[0]
    )
    assert not check.passed
    assert len(check.rows) == 1
    assert check.rows[0] in {record.id for record in broken}


def _fault(fault: str, month: Month) -> tuple[list[Record], str]:
    """Records of a new case, one of which breaks a flow in the month."""
    first = month.first_day
    before = first - timedelta(days=40)
    client = Client(code="X")
    referral = Referral(
        client_id=client.id,
        contract_id=CONTRACT,
        area=AREAS[0],
        received_on=before,
        decision="ACCEPTED",
        decided_on=before,
    )
    entry = WaitingEntry(referral_id=referral.id, accepted_on=before)
    episode = Episode(referral_id=referral.id, started_on=first)
    match fault:
        case "start":
            # Started, but never on the list.
            return [client, referral, episode], "flow-waiting"
        case "closing":
            # Closed twice.
            twice = [
                Closure(episode_id=episode.id, closed_on=day, reason="COMPLETED")
                for day in (first, first + timedelta(days=1))
            ]
            return [client, referral, entry, episode, *twice], "flow-live"
        case "decision":
            # Decided in this month, before it was received in the next.
            late = Referral(
                client_id=client.id,
                contract_id=CONTRACT,
                area=AREAS[0],
                received_on=month.plus(1).first_day,
                decision="DECLINED",
                decided_on=first,
            )
            return [client, late], "flow-awaiting"
        case _:
            # On the list in a later month than the decision.
            late_entry = WaitingEntry(
                referral_id=referral.id, accepted_on=first + timedelta(days=3)
            )
            return [client, referral, late_entry], "flow-waiting"
