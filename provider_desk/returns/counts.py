"""Facts added up: how many rows there are of each kind, by area and month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from typing import Any

from provider_desk.model.records import Client
from provider_desk.model.rows import Rows
from provider_desk.returns.facts.fact import Fact, Scope, asked
from provider_desk.returns.figure import Choose, Code, Figure

#: (code of the area, "2017-09").
Place = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """What there is of a figure in a place, or in several together.

    Attributes:
        rows: how many rows.
        values: number worked with → how many rows have it.
        who: the different people or groups.
    """

    rows: int = 0
    values: dict[int, int] = field(default_factory=dict)
    who: set[str] = field(default_factory=set)

    def count(self, value: int, times: int) -> None:
        """Add rows that have a number."""
        self.rows += times
        self.values[value] = self.values.get(value, 0) + times


#: Of a place where there is nothing; never added to.
NOTHING = Tally()


def together(tallies: Sequence[Tally]) -> Tally:
    """One tally of several; of a single one that one itself, to be read only."""
    if not tallies:
        return NOTHING
    if len(tallies) == 1:
        return tallies[0]
    total = Tally(sum(each.rows for each in tallies))
    for each in tallies:
        for value, times in each.values.items():
            total.values[value] = total.values.get(value, 0) + times
        total.who |= each.who
    return total


class Cube:
    """One fact's rows, added up by every column that figures choose by."""

    def __init__(
        self, rows: Rows, fact: Fact, scope: Scope, cases: "Cases | None" = None
    ) -> None:
        self._columns = {name: place for place, name in enumerate(fact.columns)}
        held = (*fact.values, *fact.labels)
        self._held = {name: place for place, name in enumerate(held)}
        self._labels = fact.labels
        self._by_code: dict[int, dict[Code, list[tuple[Code, ...]]]] = {}
        self._known: dict[tuple[tuple[Choose, ...], str], dict[Place, Tally]] = {}
        self._cells: dict[
            tuple[Code, ...], list[tuple[Place, tuple[Any, ...], int]]
        ] = defaultdict(list)
        self._people: dict[tuple[Any, ...], set[str]] = defaultdict(set)
        if fact.told:
            self._add_told(rows, fact, scope)
            return
        if fact.bare and cases is not None:
            self._add_bare(rows, fact, scope, cases)
            return
        named = (*fact.columns, *held)
        wide = len(fact.columns) + 2
        for part in _portions(fact, scope):
            sql, params = asked(fact, part)
            month = _month(part)
            grouped = ", ".join(
                ("area", *named) if month else ("area", "month", *named)
            )
            listed = ", ".join(("area", month or "month", *named))
            for row in rows.each(
                f"{sql} SELECT {listed}, count(*) FROM fact GROUP BY {grouped}", params
            ):
                self._cells[row[2:wide]].append((row[:2], row[wide:-1], row[-1]))

    def _add_told(self, rows: Rows, fact: Fact, scope: Scope) -> None:
        """Add up answers that stand side by side, question by question."""
        sql, params = asked(replace(fact, sql=fact.wide), scope)
        answers = ", ".join(fact.told)
        found = rows.rows(f"{sql} SELECT area, month, {answers} FROM fact", params)
        if not found:
            return
        areas, months, *columns = zip(*found, strict=True)
        for question, column in zip(fact.told, columns, strict=True):
            counted = Counter(zip(areas, months, column, strict=True))
            for (area, month, answer), count in counted.items():
                self._cells[question, answer].append(((area, month), (), count))

    def _add_bare(self, rows: Rows, fact: Fact, scope: Scope, cases: "Cases") -> None:
        """Add up rows by the hundred thousand, most of it outside the interpreter."""
        listed = ", ".join(("case_id", *fact.columns, *fact.labels))
        wide = len(fact.columns) + 1
        for part in _portions(fact, scope):
            sql, params = asked(replace(fact, sql=fact.bare), part)
            found = rows.rows(f"{sql} SELECT {listed} FROM fact", params)
            if not found:
                continue
            month = str(part.months[0])
            ids, *columns = zip(*found, strict=True)
            areas = list(map(cases.area.get, ids))
            for key, count in Counter(zip(areas, *columns, strict=True)).items():
                area, codes, labels = key[0], key[1:wide], key[wide:]
                if area is not None:
                    held = tuple(label and f"{area}{label}" for label in labels)
                    self._cells[codes].append(((area, month), held, count))
            if fact.who:
                places = zip(areas, repeat(month), *columns[: wide - 1])
                for place, who in zip(places, map(cases.person.get, ids), strict=True):
                    if who is not None:
                        self._people[place].add(who)

    def different(self, where: Iterable[Choose]) -> dict[Place, Tally]:
        """The different people of what fits all conditions; of a bare fact alone."""
        asked_of = [(self._columns[each.column], each) for each in where]
        found: dict[Place, Tally] = defaultdict(Tally)
        for (area, month, *codes), people in self._people.items():
            if all(each.fits(codes[place]) for place, each in asked_of):
                found[area, month].who |= people
        for tally in found.values():
            tally.rows = len(tally.who)
        return found

    def chosen(self, where: Iterable[Choose], value: str) -> dict[Place, Tally]:
        """What fits all conditions, by place.

        Args:
            where: conditions on the fact's columns.
            value: column whose numbers are wanted, rows without one are then left
                out; or whose different names are wanted; "" for neither.

        Returns:
            Tallies to be read only; the same question gets the same ones.
        """
        key = tuple(where), value
        if key not in self._known:
            self._known[key] = self._choose(*key)
        return self._known[key]

    def _choose(self, where: tuple[Choose, ...], value: str) -> dict[Place, Tally]:
        asked_of = [(self._columns[each.column], each) for each in where]
        wanted = self._held.get(value)
        found: dict[Place, Tally] = defaultdict(Tally)
        for codes in self._likely(asked_of):
            if not all(each.fits(codes[place]) for place, each in asked_of):
                continue
            for place, held, count in self._cells[codes]:
                if wanted is None:
                    found[place].rows += count
                elif value in self._labels:
                    found[place].rows += count
                    found[place].who.add(held[wanted])
                elif held[wanted] is not None:
                    found[place].count(held[wanted], count)
        return found

    def _likely(self, asked_of: list[tuple[int, Choose]]) -> Iterable[tuple[Code, ...]]:
        """The cells that fit the narrowest condition; all where there is none."""
        likely: Sequence[tuple[Code, ...]] | None = None
        for place, each in asked_of:
            if each.others:
                continue
            having = self._having(place)
            cells = [
                codes for code in set(each.codes) for codes in having.get(code, ())
            ]
            if likely is None or len(cells) < len(likely):
                likely = cells
        return self._cells if likely is None else likely

    def _having(self, place: int) -> dict[Code, list[tuple[Code, ...]]]:
        """The cells by their code in one column."""
        if place not in self._by_code:
            held: dict[Code, list[tuple[Code, ...]]] = defaultdict(list)
            for codes in self._cells:
                held[codes[place]].append(codes)
            self._by_code[place] = held
        return self._by_code[place]


class Cases:
    """Area and person of every referral of a contract.

    Attributes:
        area: id of the referral → code of its area.
        person: id of the referral → id of the person.
    """

    def __init__(self, rows: Rows, contract_id: str) -> None:
        found = rows.rows(
            "SELECT id, area, client_id FROM referral "
            "WHERE contract_id = ? AND deleted IS NULL",
            [contract_id],
        )
        self.area: dict[str, str] = {case: area for case, area, _ in found}
        self.person: dict[str, str] = {case: who for case, _, who in found}


def _portions(fact: Fact, scope: Scope) -> Iterator[Scope]:
    """The scope, month by month where a fact has many rows: less to sort at a time."""
    if not fact.many:
        yield scope
        return
    for month in scope.months:
        yield replace(scope, months=(month,))


def _month(scope: Scope) -> str:
    """SQL for the month where there is only one, so that nothing is sorted by it."""
    return f"'{scope.months[0]}'" if len(scope.months) == 1 else ""


def different(
    rows: Rows, fact: Fact, scope: Scope, figure: Figure
) -> dict[Place, Tally]:
    """The different people or groups of a figure, by place."""
    condition, values = condition_of(figure.where)
    found: dict[Place, Tally] = defaultdict(Tally)
    for part in _portions(fact, scope):
        sql, params = asked(fact, part)
        for who, area, month in rows.each(
            f"{sql} SELECT DISTINCT {figure.value}, area, {_month(part) or 'month'} "
            f"FROM fact "
            f"WHERE {condition}",
            [*params, *values],
        ):
            found[area, month].who.add(who)
    for tally in found.values():
        tally.rows = len(tally.who)
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
    sql, params = asked(fact, scope)
    if figure.measure == "distinct":
        select, values = _told_apart(figure)
    else:
        select, values = _one_by_one(fact, figure)
    marks = ", ".join("?" * len(areas))
    found = rows.rows(
        f"{sql} {select.format(areas=f'area IN ({marks})')} ORDER BY 2, 1",
        [*params, *values, *areas],
    )
    people = figure.value == Client.TABLE + "_id"
    table = Client.TABLE if people else fact.table
    return [
        Opened(table, row_id, date.fromisoformat(day), case, value, bool(fits))
        for row_id, day, case, value, fits in found
    ]


def _one_by_one(fact: Fact, figure: Figure) -> tuple[str, list[Code]]:
    """SQL for every row, and its values."""
    base, values = condition_of(
        figure.of if figure.measure == "ratio" else figure.where
    )
    counted, of_numerator = condition_of(figure.where)
    number = figure.value if figure.value in fact.values else "NULL"
    known = f" AND {number} IS NOT NULL" if figure.value in fact.values else ""
    sql = f"SELECT row_id, day, case_id, {number}, {counted} FROM fact "
    return f"{sql} WHERE {base}{known} AND {{areas}}", [*of_numerator, *values]


def _told_apart(figure: Figure) -> tuple[str, list[Code]]:
    """SQL for one row of each person, or each group, and its values."""
    base, values = condition_of(figure.where)
    row_id = figure.value if figure.value == Client.TABLE + "_id" else "min(row_id)"
    sql = f"SELECT {row_id}, min(day), min(case_id), NULL, 1 FROM fact"
    return f"{sql} WHERE {base} AND {{areas}} GROUP BY {figure.value}", values


Tallies = Mapping[Place, Tally]
