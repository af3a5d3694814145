"""The exact numbers of a return, as the records say today. They never leave.

A flow's month is what this return counts first: everything of one to two years up to
the month's end, less what the return before had counted of the same days, so that a
late entry belongs to the return that first counts it and a correction to the one after
it. Source: disclosure, §2, §4.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError
from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.council.carried import areas_of
from provider_desk.returns.council.issued import LATER, Issued, IssuedCell
from provider_desk.returns.council.since import NOTHING, Counted, SinceCounting
from provider_desk.returns.council.template import (
    FLOW,
    MONTH,
    STOCK,
    YEAR_TO_DATE,
    Spec,
    Template,
    is_quarter,
)
from provider_desk.returns.counted import Counting
from provider_desk.returns.counts import different
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.relations import relations

#: Ends the key of a stock at the end of the month before a chain of returns.
OPENING = "|opening"


@dataclass(frozen=True, slots=True)
class TrueCell:
    """One exact number; of a stock or of people each is the number itself.

    Attributes:
        counted: of a flow, everything from 1 April of the year before.
        counted_year: of a flow, how much of it lies in the return's own year.
        month: of a flow, what this return counts first; may be negative. Where it was
            not sent for some months, what they counted is in it.
        year: of a flow, the sum of the months since April that were sent.
        quarter: of a flow, the same since the last quarterly return of the year; of
            one that is not sent each month, since it was last sent.
    """

    counted: int
    counted_year: int
    month: int
    year: int
    quarter: int


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything exact of one return.

    Attributes:
        month: the return's month.
        opening: whether a chain of returns starts here: none for the month before.
        covered: months of the financial year that are in the year to date, this in.
        cells: every number of the template by its key.
        openings: stocks at the end of the month before, by the key of the stock; those
            that no return before has published.
        missing: keys of capacities that nobody entered.
    """

    month: Month
    opening: bool
    covered: tuple[Month, ...]
    cells: Mapping[str, TrueCell]
    openings: Mapping[str, int]
    missing: frozenset[str]


def truth(
    rows: Rows,
    template: Template,
    today: date,
    before: Issued | None,
    cancelled: Callable[[], bool] | None = None,
) -> Truth:
    """Count a return exactly.

    Args:
        rows: one read transaction, so that all numbers are of one moment.
        template: what is counted, and its month.
        today: sessions before it without an outcome lack one.
        before: the return before this one, whichever month it is of, in its latest
            version; None for the first of all.
        cancelled: asked between two facts.

    Raises:
        DeskError: something is counted in an area that is outside its life.
        Cancelled: the person stopped it.
    """
    counting = _Counting(rows, template, today, before, cancelled)
    cells = dict(counting.cells())
    _refuse_in_closed(template, cells)
    return Truth(
        month=template.month,
        opening=counting.opening,
        covered=counting.covered,
        cells=MappingProxyType(cells),
        openings=MappingProxyType(dict(counting.openings())),
        missing=frozenset(counting.missing),
    )


def follows(before: Issued | None, month: Month) -> bool:
    """Whether a return is that of the month right before."""
    return before is not None and before.month == month.plus(-1)


def of_same_year(before: Issued | None, month: Month) -> Issued | None:
    """The return before, where it is of the same financial year."""
    return before if before and before.month.april == month.april else None


class _Counting:
    """Counts one return."""

    def __init__(
        self,
        rows: Rows,
        template: Template,
        today: date,
        before: Issued | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._rows = rows
        self._template = template
        self._before = before
        self._month = month = template.month
        self._year = of_same_year(before, month)
        self.opening = not follows(before, month)
        self.covered = (*(self._year.covered if self._year else ()), month)
        self.missing: set[str] = set()
        self._today = today
        contract_id = template.contract.contract_id
        flows = [each.figure for each in template.specs.values() if each.kind == FLOW]
        self._since = SinceCounting(rows, contract_id, month, today, flows, cancelled)
        ends = Scope(contract_id, (month.plus(-1), month), today)
        self._ends = Counting(rows, ends, cancelled)
        self._people: dict[str, Mapping[tuple[str, str], set[str]]] = {}

    def cells(self) -> Iterator[tuple[str, TrueCell]]:
        """Every number by its key."""
        for key, spec in self._template.specs.items():
            if spec.kind == FLOW:
                yield key, self._flow(spec)
                continue
            number = (
                self._stock(spec, self._month)
                if spec.kind == STOCK
                else self._different(spec)
            )
            yield key, TrueCell(number, number, number, number, number)

    def openings(self) -> Iterator[tuple[str, int]]:
        """Stocks at the end of the month before that no return has published."""
        held = {} if self.opening or self._before is None else self._before.cells
        for flow in relations().flows:
            for area in self._template.contract.areas:
                key = self._template.key(area, flow.stock)
                if key not in held:
                    spec = self._template.specs[key]
                    yield key, self._stock(spec, self._month.plus(-1))

    def _areas(self, spec: Spec) -> tuple[str, ...]:
        return self._template.contract.within(spec.area)

    def _flow(self, spec: Spec) -> TrueCell:
        by_area = self._since.counted(spec.figure, denominator=spec.ref.denominator)
        held = [by_area[area] for area in self._areas(spec) if area in by_area]
        if spec.figure.measure == "capacity" and not held:
            self.missing.add(spec.key)
        found = NOTHING
        for each in held:
            found = found.plus(each)
        new = [by_area[a].eve for a in self._new_areas(spec) if a in by_area]
        first = found.now - self._base(spec, found) - sum(new)
        last = self._year.cells.get(spec.key) if self._year else None
        quarter = first + self._not_yet_sent(spec, last)
        held_back = last is not None and last.status == LATER
        return TrueCell(
            counted=found.now,
            counted_year=found.year,
            month=quarter if held_back and spec.every == MONTH else first,
            year=first + (last.year if last else 0),
            quarter=quarter,
        )

    def _base(self, spec: Spec, found: Counted) -> int:
        """What was counted of the same days before, or lies before the month."""
        last = self._before.cells.get(spec.key) if self._before else None
        if last is None or self.opening:
            return found.eve
        return last.counted if self._year else last.counted_year

    def _new_areas(self, spec: Spec) -> tuple[str, ...]:
        """Areas of a sum that had no part in it in the return before.

        What happened there until then was never the sum's, and stays out of it.
        """
        if self._before is None or self.opening or spec.key not in self._before.cells:
            return ()
        held = areas_of(self._before)
        return tuple(area for area in self._areas(spec) if area not in held)

    def _not_yet_sent(self, spec: Spec, last: IssuedCell | None) -> int:
        """What the year's returns counted and a quarterly table has not held yet.

        Of what leaves monthly it is what they counted since the last quarterly return.
        """
        if last is None or self._year is None:
            return 0
        if last.status == LATER:
            return last.quarter
        return last.quarter if spec.sent and not is_quarter(self._year.month) else 0

    def _stock(self, spec: Spec, month: Month) -> int:
        counted = self._ends.counted(spec.figure)
        tallies = counted.of if spec.ref.denominator else counted.tallies
        places = [(area, str(month)) for area in self._areas(spec)]
        return sum(tallies[place].rows for place in places if place in tallies)

    def _different(self, spec: Spec) -> int:
        """People told apart: of the month, or of all months that were sent."""
        name = f"{spec.figure.code}|{spec.figure.split}"
        if name not in self._people:
            scope = Scope(
                self._template.contract.contract_id, self.covered, self._today
            )
            found = different(self._rows, FACTS[spec.figure.fact], scope, spec.figure)
            self._people[name] = {place: tally.who for place, tally in found.items()}
        whole_year = spec.key.endswith(YEAR_TO_DATE)
        months = self.covered if whole_year else (self._month,)
        held = self._people[name]
        who: set[str] = set()
        for area in self._areas(spec):
            for month in months:
                who |= held.get((area, str(month)), set())
        return len(who)


def _refuse_in_closed(template: Template, cells: Mapping[str, TrueCell]) -> None:
    """Stop where something is counted in an area that is outside its life.

    Raises:
        DeskError: names area and indicator.
    """
    for key, spec in template.specs.items():
        whole_year = key.endswith(YEAR_TO_DATE)
        if spec.zero and cells[key].month and not whole_year:
            area = choices("service_area").label(spec.area)
            raise DeskError(
                f"“{area}” is closed in {template.month.name}, but something is "
                f"counted there: {spec.figure.label}.",
                "Nothing was issued. Put the records right, or change the days on "
                "which the area opens and closes (Settings, Areas).",
            )
