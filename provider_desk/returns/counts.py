"""Facts added up: how many rows there are of each kind, by area and month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.returns.facts.fact import Fact, Scope, asked
from provider_desk.returns.figure import Choose, Code, Figure

#: (code of the area, "2017-09").
Place = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """What there is of a figure in a place.

    Attributes:
        rows: how many rows.
        values: number worked with → how many rows have it.
        who: the different people or groups.
    """

    rows: int = 0
    values: Counter[int] = field(default_factory=Counter)
    who: set[str] = field(default_factory=set)

    def take(self, other: "Tally") -> None:
        """Add what another tally holds."""
        self.rows += other.rows
        self.values.update(other.values)
        self.who |= other.who


def together(tallies: Iterable[Tally]) -> Tally:
    """One tally of several."""
    total = Tally()
    for each in tallies:
        total.take(each)
    return total


class Cube:
    """One fact's rows, added up by every column that figures choose by."""

    def __init__(self, rows: Rows, fact: Fact, scope: Scope) -> None:
        self._columns = {name: place for place, name in enumerate(fact.columns)}
        self._values = {name: place for place, name in enumerate(fact.values)}
        self._cells: dict[
            tuple[Code, ...], list[tuple[Place, tuple[int | None, ...], int]]
        ] = defaultdict(list)
        named = (*fact.columns, *fact.values)
        keys = ", ".join(("area", "month", *named))
        sql, params = asked(fact, scope)
        wide = len(fact.columns) + 2
        for row in rows.each(
            f"{sql} SELECT {keys}, count(*) FROM fact GROUP BY {keys}", params
        ):
            self._cells[row[2:wide]].append((row[:2], row[wide:-1], row[-1]))

    def chosen(self, where: Iterable[Choose], value: str) -> dict[Place, Tally]:
        """What fits all conditions, by place.

        Args:
            where: conditions on the fact's columns.
            value: column whose numbers are wanted, "" to count rows alone; rows
                without the number are then left out.
        """
        asked_of = [(self._columns[each.column], each) for each in where]
        place_of_value = self._values.get(value)
        found: dict[Place, Tally] = defaultdict(Tally)
        for codes, cells in self._cells.items():
            if not all(each.fits(codes[place]) for place, each in asked_of):
                continue
            for place, values, count in cells:
                if place_of_value is None:
                    found[place].rows += count
                    continue
                number = values[place_of_value]
                if number is not None:
                    found[place].rows += count
                    found[place].values[number] += count
        return found


def different(
    rows: Rows, fact: Fact, scope: Scope, figure: Figure
) -> dict[Place, Tally]:
    """The different people or groups of a figure, by place."""
    sql, params = asked(fact, scope)
    condition, values = condition_of(figure.where)
    found: dict[Place, Tally] = defaultdict(Tally)
    for area, month, who in rows.each(
        f"{sql} SELECT DISTINCT area, month, {figure.value} FROM fact "
        f"WHERE {condition}",
        [*params, *values],
    ):
        tally = found[area, month]
        tally.rows += 1
        tally.who.add(who)
    return found


def condition_of(where: Iterable[Choose]) -> tuple[str, list[Code]]:
    """SQL that holds for the rows that fit all conditions, and its values."""
    parts = ["1"]
    params: list[Code] = []
    for each in where:
        marks = ", ".join("?" * len(each.codes))
        parts.append(f"{each.column} {'NOT ' if each.others else ''}IN ({marks})")
        params += each.codes
    return " AND ".join(parts), params


@dataclass(frozen=True, slots=True)
class Opened:
    """A row behind a figure.

    Attributes:
        table: the record's table; "client" where people are counted.
        row_id: the record.
        day: the day that made it count: received, held, started, closed …
        case_id: the referral or episode whose flow it belongs to.
        value: the number that a mean or median works with, else None.
        counted: for a ratio, whether it is in the numerator; else True.
    """

    table: str
    row_id: str
    day: date
    case_id: str
    value: int | None = None
    counted: bool = True


def opened(
    rows: Rows, fact: Fact, scope: Scope, figure: Figure, areas: tuple[str, ...]
) -> list[Opened]:
    """The rows that a figure counts in the areas and months, oldest first."""
    base = figure.of if figure.measure == "ratio" else figure.where
    condition, values = condition_of(base)
    counted, of_numerator = condition_of(figure.where)
    worth = figure.value if figure.value in fact.values else "NULL"
    marks = ", ".join("?" * len(areas))
    sql, params = asked(fact, scope)
    if worth != "NULL":
        condition = f"{condition} AND {worth} IS NOT NULL"
    select = f"row_id, day, case_id, {worth}, {counted}"
    table = fact.table
    if figure.measure == "distinct":
        people = figure.value == "client_id"
        row_id = "client_id" if people else "min(row_id)"
        table = "client" if people else table
        select = f"{row_id}, min(day), min(case_id), NULL, 1"
        of_numerator = []
        condition = f"{condition} AND area IN ({marks}) GROUP BY {figure.value}"
    else:
        condition = f"{condition} AND area IN ({marks})"
    found: list[tuple[Any, ...]] = rows.rows(
        f"{sql} SELECT {select} FROM fact WHERE {condition} ORDER BY 2, 1",
        [*params, *of_numerator, *values, *areas],
    )
    return [
        Opened(table, row_id, date.fromisoformat(day), case, value, bool(fits))
        for row_id, day, case, value, fits in found
    ]


Tallies = Mapping[Place, Tally]
