"""Counts of one to two years: what a return counts first is how they differ.

Everything from 1 April of the year before to the month's end is counted as recorded
now, so that late entries and corrections of that time show; what is older stays out of
returns, and so does the erasure of people whose time is over. Each fact is asked once.
Source: disclosure, §2, §4.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from provider_desk.model.errors import Cancelled
from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.counted import Counting
from provider_desk.returns.counts import Cases, condition_of
from provider_desk.returns.facts.fact import Fact, Scope, asked
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Choose, Code, Figure
from provider_desk.returns.measures import whole_slots


@dataclass(frozen=True, slots=True)
class Counted:
    """A count from 1 April of the year before to a month's end.

    Attributes:
        now: all of it.
        eve: how much of it lies before the month.
        year: how much of it lies in the month's own financial year.
    """

    now: int = 0
    eve: int = 0
    year: int = 0

    def plus(self, other: "Counted") -> "Counted":
        """Both together."""
        return Counted(
            self.now + other.now, self.eve + other.eve, self.year + other.year
        )


NOTHING = Counted()

_MONTHS = 12

#: Area → count.
ByArea = Mapping[str, Counted]


def first_day(month: Month) -> date:
    """The day from which a month's return counts: 1 April of the year before."""
    return month.april.plus(-_MONTHS).first_day


class SinceCounting:
    """Counts flows since 1 April of the year before; each fact is asked once.

    Args:
        rows: the transaction.
        contract_id: the contract.
        month: up to its end.
        today: sessions before it without an outcome lack one.
        figures: every flow that will be asked for, so that each fact is grouped only
            by the columns that some figure chooses by.
        cancelled: asked between two facts.
    """

    def __init__(
        self,
        rows: Rows,
        contract_id: str,
        month: Month,
        today: date,
        figures: Sequence[Figure],
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._rows = rows
        self._month = month
        self._scope = Scope(contract_id, (month,), today, since=first_day(month))
        self._cancelled = cancelled
        self._columns: dict[str, list[str]] = defaultdict(list)
        for figure in figures:
            for each in (*figure.of, *figure.where):
                if each.column not in self._columns[figure.fact]:
                    self._columns[figure.fact].append(each.column)
        self._cubes: dict[str, _Cube] = {}
        self._cases: Cases | None = None

    @property
    def _days(self) -> tuple[str, str]:
        """The last day before the month, and the first of its financial year."""
        eve = self._month.plus(-1).last_day
        return eve.isoformat(), self._month.april.first_day.isoformat()

    def counted(self, figure: Figure, *, denominator: bool = False) -> ByArea:
        """A flow's count in each area that has any.

        Raises:
            Cancelled: the person stopped it between two facts.
        """
        fact = FACTS[figure.fact]
        if figure.measure == "capacity":
            return self._slots(figure)
        if figure.value in fact.labels:
            self._stop_if_cancelled()
            return self._different(fact, figure)
        where = figure.of if denominator else (*figure.of, *figure.where)
        return self._cube(fact).chosen(where)

    def _cube(self, fact: Fact) -> "_Cube":
        if fact.name not in self._cubes:
            self._stop_if_cancelled()
            columns = self._columns[fact.name]
            if fact.bare:
                cells = self._by_case(fact, columns)
            else:
                cells = _by_question(self._rows, fact, self._scope, columns, self._days)
            self._cubes[fact.name] = _Cube(columns, tuple(cells))
        return self._cubes[fact.name]

    def _by_case(self, fact: Fact, columns: Sequence[str]) -> Iterator["_Cell"]:
        """Add up rows by the hundred thousand month by month, most of it in C."""
        if self._cases is None:
            self._cases = Cases(self._rows, self._scope.contract_id)
        listed = ", ".join(("case_id", *columns))
        held: dict[tuple[str | None, tuple[Code, ...]], Counted] = {}
        each = Month.of(first_day(self._month))
        while each <= self._month:
            scope = replace(self._scope, months=(each,), since=None)
            sql, params = asked(replace(fact, sql=fact.bare), scope)
            found = self._rows.rows(f"{sql} SELECT {listed} FROM fact", params)
            ids, *codes = zip(*found, strict=True) if found else ((),)
            areas = map(self._cases.area.get, ids)
            for (area, *rest), count in Counter(
                zip(areas, *codes, strict=True)
            ).items():
                part = Counted(
                    now=count,
                    eve=count if each < self._month else 0,
                    year=count if each >= self._month.april else 0,
                )
                key = area, tuple(rest)
                held[key] = held.get(key, NOTHING).plus(part)
            each = each.plus(1)
        return (
            (area, rest, counted)
            for (area, rest), counted in held.items()
            if area is not None
        )

    def _different(self, fact: Fact, figure: Figure) -> ByArea:
        """How many different names there are: groups run, each named with its day."""
        sql, params = asked(fact, self._scope)
        condition, values = condition_of(figure.where)
        name = figure.value
        found = self._rows.rows(
            f"{sql} SELECT area, count(DISTINCT {name}), "
            f"count(DISTINCT CASE WHEN day <= ? THEN {name} END), "
            f"count(DISTINCT CASE WHEN day >= ? THEN {name} END) "
            f"FROM fact WHERE {condition} GROUP BY area",
            [*params, *self._days, *values],
        )
        return {area: Counted(*counts) for area, *counts in found}

    def _slots(self, figure: Figure) -> ByArea:
        """Whole slots of each month, summed."""
        self._stop_if_cancelled()
        year = self._month.year_so_far()
        months = (*(month.plus(-_MONTHS) for month in _whole_year(year[0])), *year)
        scope = Scope(self._scope.contract_id, months, self._scope.today)
        tallies = Counting(self._rows, scope).counted(figure).tallies
        found: dict[str, Counted] = {}
        for (area, name), tally in tallies.items():
            month, slots = Month.parse(name), whole_slots(tally)
            part = Counted(
                now=slots,
                eve=slots if month < self._month else 0,
                year=slots if month >= self._month.april else 0,
            )
            found[area] = found.get(area, NOTHING).plus(part)
        return found

    def _stop_if_cancelled(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("The return was not made.", "Nothing was changed.")


def _whole_year(april: Month) -> tuple[Month, ...]:
    return april.plus(_MONTHS - 1).year_so_far()


#: Area, codes in some columns, and how many rows have them.
_Cell = tuple[str, tuple[Code, ...], Counted]


def _by_question(
    rows: Rows,
    fact: Fact,
    scope: Scope,
    columns: Sequence[str],
    days: tuple[str, str],
) -> Iterator[_Cell]:
    """Add up a fact's rows by some columns in one question."""
    sql, params = asked(fact, scope)
    listed = ", ".join(("area", *columns))
    for area, *codes, now, eve, year in rows.each(
        f"{sql} SELECT {listed}, count(*), sum(day <= ?), sum(day >= ?) "
        f"FROM fact GROUP BY {listed}",
        [*params, *days],
    ):
        yield area, tuple(codes), Counted(now, eve, year)


class _Cube:
    """One fact's rows, added up by some columns."""

    def __init__(self, columns: Sequence[str], cells: Sequence[_Cell]) -> None:
        self._columns = {name: place for place, name in enumerate(columns)}
        self._cells = cells

    def chosen(self, where: Iterable[Choose]) -> ByArea:
        """What fits all conditions."""
        conditions = [(self._columns[each.column], each) for each in where]
        found: dict[str, Counted] = {}
        for area, codes, counted in self._cells:
            if all(each.fits(codes[place]) for place, each in conditions):
                found[area] = found.get(area, NOTHING).plus(counted)
        return found
