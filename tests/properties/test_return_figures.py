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

from provider_desk.model.choices import choices
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
    "E5": "E5",
    **{code: code for code in ("E6a", "E6b", "E6c", "E6d", "E6e", "E7")},
    "M1": "M1",
    "M2": "M2",
    "M3": "M3",
}

#: Their parts sum to another indicator, at the ends of quarters only.
EQUALITY = {"F1": "A1", "F2": "C2", "F3": "D1"}

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
        if 0 < whole < figure.min_n:
            return Cell(State.WITHHELD)
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
        case "smallest":
            return Cell(State.FIGURE, min(values))
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
    asked: set[tuple[str, str]] = set()
    for block in table.areas:
        areas = AREAS if block.code == "ALL" else (block.code,)
        truth = oracle.figures(areas, month)
        ends = month.number % 3 == 0
        quarter = oracle.quarter(areas, month) if ends else {}
        for line in table.of_area(block.code):
            key = line.key.indicator, line.key.split
            if key not in truth:
                continue
            asked.add(key)
            if catalogue().figure(*key).inside == "month":
                wanted = expected(line, truth[key])
            elif ends:
                wanted = expected(line, quarter[key])
            else:
                wanted = Cell(State.NOT_APPLICABLE)
            assert same(line.now, wanted), (line.key, line.now, wanted)
    never = {line.key.indicator for line in table.lines} - {code for code, _ in asked}
    assert never <= {"C12", "D12"}
    assert len(asked) > 300


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
                case "smallest":
                    assert min(values) == line.now.value


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
            # CORE-10 has no line where nobody filled it in.
            held_codes = {line.key.indicator for line in table.lines}
            line = table.line(whole, "", block.code) if whole in held_codes else None
            assert sum(parts) == (line.now.value if line else 0), code
    for line in table.of_area("ALL"):
        figure = catalogue().figure(line.key.indicator, line.key.split)
        if figure.measure in ("count", "capacity"):
            cells = [
                table.line(line.key.indicator, line.key.split, area).now
                for area in AREAS
            ]
            total = sum(cell.value or 0 for cell in cells)
            assert (line.now.value or 0) == total, line.key


@given(seed=seeds, people=sizes, quarter=st.integers(1, 4))
@some
def test_what_hangs_together_by_the_quarter_does(
    seed: int, people: int, quarter: int
) -> None:
    """As the comments beside the indicators say, for the year to date."""
    with held(desk(seed, people)) as rows:
        table = made(rows, Month(2017, 3).plus(3 * quarter))
    for block in table.areas:
        year = Year(table, block.code)
        for code, whole in EQUALITY.items():
            for letter in "abcdef":
                assert sum(year.parts(code + letter)) == year.of(whole), code + letter
            if code == "F2":  # a share of a stock adds up over the quarters
                continue
            assert year.share(code)[1] == year.of(whole)
            unasked = ("Not asked", "Not known", "not asked", "does not know")
            for letter in "abcde":
                silent = sum(year.of(f"{code}{letter}", each) for each in unasked)
                assert year.share(code)[0] <= year.of(whole) - silent
        for name in ("under 18", "18-24", "25+"):
            assert year.of("F1f", name) == year.of("A8", name)
        for code, name in (("M1", "PHQ-9"), ("M2", "GAD-7"), ("M3", "CORE-10")):
            assert year.of(code) == year.share("E1", name)[0]
            moves = ("positive", "no change", "negative")
            assert sum(year.of(code, each) for each in moves) == year.of(code)
        year.check_recovery()
        assert year.of("E6") <= sum(year.of(f"E6{letter}") for letter in "abcde")
        assert max(year.of(f"E6{letter}") for letter in "abcde") <= year.of("E6")
        attended = year.of("C4") + year.of("C11") + year.of("C14")
        assert max(year.parts("E7")) <= attended
        assert year.of("E5", "reached") <= year.of("E5")
        planned = choices("closure_reason").codes_where("planned")
        names = {choices("closure_reason").label(each) for each in planned}
        assert sum(year.of("D2", each) for each in names) == year.of("D1", "planned")


class Year:
    """The year to date of one area."""

    def __init__(self, table: ReturnTable, area: str) -> None:
        self._cells = {
            (line.key.indicator, line.key.split): line.year_to_date
            for line in table.of_area(area)
        }

    def of(self, code: str, split: str = "") -> int:
        """A count; 0 where the table has no such line."""
        cell = self._cells.get((code, split))
        return int(cell.value or 0) if cell else 0

    def share(self, code: str, split: str = "") -> tuple[int, int]:
        """The two numbers of a ratio."""
        cell = self._cells.get((code, split), Cell(State.NOT_APPLICABLE))
        return cell.numerator or 0, cell.denominator or 0

    def parts(self, code: str) -> list[int]:
        """The parts that sum to the whole."""
        return [
            self.of(code, split)
            for of, split in self._cells
            if of == code and split and not catalogue().figure(code, split).of_which
        ]

    def check_recovery(self) -> None:
        """What E1 to E3 and the matrices say of each other."""
        both = self.of("E2") - self.of("E2", "no paired score")
        assert both <= min(self.share("E1", name)[0] for name in ("PHQ-9", "GAD-7"))
        well, surely = self.of("E3", "recovered"), self.of("E3", "reliably recovered")
        assert surely <= well <= self.of("E3") <= both
        assert surely <= self.of("E2", "improved")
        assert self.share("E3b") == (well, self.of("E3"))
        assert self.share("E3c") == (surely, self.of("E3"))
        for code in ("M1", "M2"):
            assert well <= self._sum(code, ends=("minimal", "mild"))
        above = self._sum("M1", starts=("moderate", "moderately severe", "severe"))
        above += self._sum("M2", starts=("mild", "moderate", "severe"))
        assert self.of("E3") <= above

    def _sum(
        self, code: str, starts: tuple[str, ...] = (), ends: tuple[str, ...] = ()
    ) -> int:
        steps = [split.split(" to ") for of, split in self._cells if of == code]
        return sum(
            self.of(code, f"{step[0]} to {step[1]}")
            for step in steps
            if len(step) == 2
            and (not starts or step[0] in starts)
            and (not ends or step[1] in ends)
        )


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
                given = [
                    cell
                    for cell, each in zip(line.months, table.months, strict=True)
                    if figure.months_of(each)
                ]
                assert not given or same(total, given[-1]), line.key
            case ("ratio", "ratio") if figure.min_n == 0:
                parts = [(c.numerator or 0, c.denominator or 0) for c in line.months]
                assert (total.numerator or 0) == sum(part for part, _ in parts)
                assert (total.denominator or 0) == sum(whole for _, whole in parts)
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
    # A matrix of a measure that nobody filled in is left out.
    declared -= {"M3"} - {line.key.indicator for line in table.lines}
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
