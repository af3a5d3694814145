"""Council returns to a world: every figure ever sent, and all that relates them.

Source: disclosure, §2 and §8; monthly return, §1.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provider_desk.attacker.definitions import ALL, PEOPLE, STOCKS
from provider_desk.attacker.public import Relation, named, relations
from provider_desk.attacker.sheet import Series, Sheet, Shown, read_sheet
from provider_desk.attacker.steps import Step, steps, stocks_of
from provider_desk.attacker.world import (
    Cell,
    Link,
    Sense,
    Term,
    World,
    unpublished,
)
from provider_desk.model.months import Month

#: After a key: its year to date.
YEAR = "@ytd"
#: Before a key: what was there before a year's first month; never published.
OPENING = "opening|"
APRIL = "-04"
#: For each series, the step that showed it last.
_Before = Mapping[Series, Step]


def read(files: Sequence[bytes], *, far: bool = True) -> World:
    """Everything that any number of council returns tell together.

    Args:
        files: council .json files as exported, in any order.
        far: with the month figures of months whose own file is not at hand.

    Raises:
        NotValid: a file is no council return.
    """
    return told([read_sheet(file) for file in files], far=far)


def told(sheets: Sequence[Sheet], *, far: bool = True) -> World:
    """The same from returns already taken apart."""
    if not sheets:
        return World((), ())
    return _Book(steps(sheets, far=far), stocks_of(sheets)).world()


def month_key(label: str, series: Series) -> str:
    """The cell of a month figure or a stock."""
    return f"{label}|{series.key}"


def year_key(label: str, series: Series) -> str:
    """The cell of a year to date."""
    return f"{label}|{series.key}{YEAR}"


@dataclass(frozen=True, slots=True)
class _Book:
    """All steps, oldest first."""

    steps: Sequence[Step]
    stocks: frozenset[Series]

    def world(self) -> World:
        """Every cell and every link."""
        cells: list[Cell] = []
        links: list[Link] = []
        written: dict[tuple[frozenset[Series], tuple[str, ...]], list[Relation]] = {}
        for place, step in enumerate(self.steps):
            cells += _cells(step)
            before = self._before(place)
            links += _years(step, before)
            links += _people(step, before)
            form = step.every, step.areas
            if form not in written:
                written[form] = relations(*form)
            links += self._related(step, before, written[form])
            links += _flows(step, before)
        openings = {
            term.key: unpublished(term.key)
            for link in links
            for term in link.terms
            if term.key.startswith(OPENING)
        }
        return World((*dict.fromkeys(cells), *openings.values()), tuple(links))

    def _before(self, place: int) -> _Before:
        """For each series, the step that showed it last: of a month, its last one."""
        found: dict[Series, Step] = {}
        month = self.steps[place].month
        for step in self.steps[:place]:
            if step.month != month:
                found |= dict.fromkeys((*step.counted, *step.year), step)
        return found

    def _related(
        self, step: Step, before: _Before, every: Iterable[Relation]
    ) -> Iterator[Link]:
        """The relations of one return: of its months, or else of its years to date."""
        for one in every:
            terms = [term for term in one.terms if term[0] not in step.none]
            held = [series for series, _ in terms]
            name = f"{one.name}, {step.label}"
            since = {_label(before, one) for one in held if one not in self.stocks}
            if len(since) <= 1 and all(series in step.counted for series in held):
                yield _link(name, step.label, month_key, terms, one.sense)
            elif (
                all(series in step.year for series in held)
                and len({step.covers.get(series, "") for series in held}) == 1
                and len({step.latest.get(series) for series in held}) == 1
            ):
                yield _link(name, step.label, year_key, terms, one.sense)


def _label(before: _Before, series: Series) -> tuple[str, str]:
    """Since when a month figure counts: the step that showed it last, and its month."""
    earlier = before.get(series)
    return (earlier.label, earlier.latest.get(series, "")) if earlier else ("", "")


def _link(
    name: str,
    label: str,
    key: Callable[[str, Series], str],
    terms: Iterable[tuple[Series, int]],
    sense: Sense,
) -> Link:
    found = tuple(Term(key(label, series), times) for series, times in terms)
    return Link(name, found, sense)


def _cells(step: Step) -> Iterator[Cell]:
    for series, shown in step.counted.items():
        yield _cell(month_key(step.label, series), shown)
    for series, shown in step.year.items():
        yield _cell(year_key(step.label, series), shown)


def _cell(key: str, shown: Shown) -> Cell:
    return Cell(
        key, shown.low, shown.high, shown.value, exact=shown.exact, agreed=shown.named
    )


def _right_before(earlier: Step, step: Step) -> bool:
    return Month.parse(earlier.month).plus(1) == Month.parse(step.month)


def _same_year(step: Step, earlier: Step | None) -> bool:
    return earlier is not None and earlier.financial_year == step.financial_year


def _years(step: Step, before: _Before) -> Iterator[Link]:
    """A flow's year to date is the one before and what the month counted first."""
    for series in step.year:
        if series.indicator == PEOPLE:
            continue
        terms = [Term(year_key(step.label, series))]
        if series in step.counted:
            terms.append(Term(month_key(step.label, series), -1))
        earlier = before.get(series)
        if earlier is not None and _same_year(step, earlier):
            if series not in earlier.year:
                continue
            terms.append(Term(year_key(earlier.label, series), -1))
        elif series not in step.first or series not in step.counted:
            continue
        yield Link(f"{series.key} to date, {step.label}", tuple(terms))


def _people(step: Step, before: _Before) -> Iterator[Link]:
    """A month's people are among the year's, and each of the year's is some month's.

    Source: monthly return, §1.4.
    """
    for series in step.year:
        if series.indicator != PEOPLE or series not in step.counted:
            continue
        year = Term(year_key(step.label, series))
        month = Term(month_key(step.label, series), -1)
        name = f"{series.key} to date, {step.label}"
        if step.month.endswith(APRIL):
            yield Link(name, (year, month))
            continue
        yield Link(name, (Term(month.key), Term(year.key, -1)), "<=")
        earlier = before.get(series)
        if earlier and _same_year(step, earlier) and series in earlier.year:
            past = year_key(earlier.label, series)
            yield Link(name, (Term(past), Term(year.key, -1)), "<=")
            yield Link(name, (year, Term(past, -1), month), "<=")


def _flows(step: Step, before: _Before) -> Iterator[Link]:
    """A stock is the one before, and what came in, less what went out.

    Source: monthly return, §1.8.
    """
    for area in dict.fromkeys((*step.areas, ALL)):
        for whole, into, out in STOCKS:
            stock = named(area, whole)
            moves = [(named(area, one), 1) for one in into]
            moves += [(named(area, one), -1) for one in out]
            name = f"{stock.key} follows, {step.label}"
            since = {_label(before, one) for one in (stock, *(m for m, _ in moves))}
            earlier = before.get(stock)
            if stock not in step.counted:
                continue
            terms = [Term(month_key(step.label, stock))]
            if earlier is not None and not _right_before(earlier, step):
                # Nothing was sent of the months between: what they moved is unknown.
                terms.append(Term(f"{OPENING}{step.label}|{stock.key}", -1))
                key, there = month_key, step.counted
            elif earlier is not None and len(since) == 1 and stock in earlier.counted:
                terms.append(Term(month_key(earlier.label, stock), -1))
                key, there = month_key, step.counted
            else:
                terms.append(Term(f"{OPENING}{step.financial_year}|{stock.key}", -1))
                key, there = year_key, step.year
            if all(series in there for series, _ in moves):
                terms += [Term(key(step.label, one), -times) for one, times in moves]
                yield Link(name, tuple(terms))
