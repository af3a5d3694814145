"""What is rounded in one return, for the rounding: numbers and what ties them.

Every relation that a reader knows is in it, so that the published figures could be
true themselves. Source: disclosure, §2, §4.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from provider_desk.protection.problem import (
    AREA_TOTAL,
    BASE,
    NORMALLY,
    Kind,
    Problem,
    Relation,
    Sense,
    Target,
    Term,
)
from provider_desk.returns.council.issued import Issued, IssuedCell
from provider_desk.returns.council.template import (
    FLOW,
    MONTH,
    PEOPLE,
    YEAR_TO_DATE,
    Spec,
    Template,
    is_quarter,
)
from provider_desk.returns.council.truth import OPENING, Truth, of_same_year
from provider_desk.returns.relation import Flow, People, Ref
from provider_desk.returns.relations import relations

#: Times → key; what a relation adds up, P each.
_Sum = Mapping[str, int]


def problem(template: Template, truth: Truth, before: Issued | None) -> Problem:
    """What is rounded in a return.

    Args:
        template: what leaves.
        truth: its exact numbers.
        before: the return before this one, as ``truth`` was given it.

    Returns:
        A target for every number that leaves now, and for every opening stock. What is
        at most something only where the exact numbers keep it; a sum that records
        break by a few is kept all the same, so that what leaves adds up.
    """
    asking = _Asking(template, truth, before)
    targets = (*asking.targets(), *asking.opening_stocks())
    rows = dict.fromkeys(asking.relations())
    return Problem(str(template.month.april.year), targets, tuple(rows))


def published_before(
    spec: Spec, last: Issued | None, year: IssuedCell | None
) -> tuple[int, int]:
    """What a flow's year to date was in the return before that held it.

    Args:
        spec: the flow.
        last: the return before in this financial year.
        year: its cell of the flow.

    Returns:
        As of the return before; as of the last quarterly one.
    """
    if last is None or year is None or spec.kind != FLOW:
        return 0, 0
    quarter = year.published if is_quarter(last.month) else year.published_quarter
    return year.published, quarter


@dataclass(frozen=True, slots=True)
class _Asking:
    """Puts one return's targets and relations together."""

    template: Template
    truth: Truth
    before: Issued | None

    @property
    def _year(self) -> Issued | None:
        return of_same_year(self.before, self.template.month)

    def _sent(self) -> Iterator[Spec]:
        return (spec for spec in self.template.specs.values() if spec.sent)

    def _is_sent(self, key: str) -> bool:
        spec = self.template.specs.get(key)
        return spec is not None and spec.sent

    def _bases(self, key: str) -> tuple[int, int]:
        """Year to date as of the return before, and of the last quarterly one."""
        year = self._year
        cell = year.cells.get(key) if year else None
        return published_before(self.template.specs[key], year, cell)

    def targets(self) -> Iterator[Target]:
        """A target for every number that leaves."""
        for spec in self._sent():
            cell = self.truth.cells[spec.key]
            if spec.kind != FLOW:
                zero = spec.zero and not spec.key.endswith(YEAR_TO_DATE)
                yield Target(
                    spec.key, Kind.STOCK, cell.year, weight=spec.weight, zero=zero
                )
                continue
            month, quarter = self._bases(spec.key)
            monthly = spec.every == MONTH
            first = cell.month if monthly else cell.quarter
            nothing = spec.zero or spec.key in self.truth.missing
            yield Target(
                key=spec.key,
                kind=Kind.FLOW,
                truth=cell.year,
                month=first,
                before=month if monthly else quarter,
                weight=spec.weight,
                zero=nothing and not first,
            )

    def opening_stocks(self) -> Iterator[Target]:
        """Hidden: a stock before the chain, so that stock - in + out is at least 0."""
        for key, stock in self.truth.openings.items():
            yield Target(key + OPENING, Kind.STOCK, stock, weight=AREA_TOTAL)

    def relations(self) -> Iterator[Relation]:
        """Everything that ties the targets."""
        held = relations()
        yield from self._areas()
        for area in (block.code for block in self.template.contract.blocks()):
            for each in held.sums:
                whole = Counter({self.template.key(area, each.whole): 1})
                whole.subtract(self._keys(area, each.parts))
                yield from self._equal(f"{each.whole} = its parts", whole)
            for within in held.within:
                part = Counter(self._keys(area, within.part))
                part.subtract(self._keys(area, within.whole))
                name = f"{_listed(within.part)} in {_listed(within.whole)}"
                yield from self._at_most(name, part)
            for grows in held.grows:
                yield from self._grows(area, grows.stock, grows.by)
            for people in held.people:
                yield from self._people(area, people)
        for area in self.template.contract.areas:
            # An area that is closed holds nobody; what stood there has gone.
            if area not in self.template.closed:
                for flow in held.flows:
                    yield from self._flow(area, flow)

    def _keys(self, area: str, refs: Iterable[Ref]) -> Counter[str]:
        return Counter(self.template.key(area, ref) for ref in refs)

    def _areas(self) -> Iterator[Relation]:
        """The areas add up to the sum block; people only at most."""
        areas = self.template.contract.areas
        if len(areas) == 1:
            return
        for spec in self._sent():
            if spec.area != self.template.sum_area:
                continue
            parts = [spec.key.replace(f"{spec.area}|", f"{area}|", 1) for area in areas]
            if not all(map(self._is_sent, parts)):
                continue
            name = f"{spec.ref}: areas"
            if spec.kind != PEOPLE:
                yield from self._equal(name, {spec.key: 1, **dict.fromkeys(parts, -1)})
                continue
            yield from self._at_most(name, {spec.key: 1, **dict.fromkeys(parts, -1)})
            for part in parts:
                yield from self._at_most(name, {part: 1, spec.key: -1})

    def _equal(self, name: str, terms: _Sum) -> Iterator[Relation]:
        """A sum that is 0 in every year to date and at every month's end."""
        terms = {key: times for key, times in terms.items() if times}
        if terms and all(map(self._is_sent, terms)):
            off = sum(n * self.truth.cells[key].year for key, n in terms.items())
            if abs(off) <= NORMALLY:
                yield _relation(name, terms, "=")

    def _at_most(self, name: str, terms: _Sum) -> Iterator[Relation]:
        """At most 0: in the year to date, and in the month or the quarter.

        People and stocks have no month of their own here.
        """
        terms = {key: times for key, times in terms.items() if times}
        if not terms or not all(map(self._is_sent, terms)):
            return
        cells = self.truth.cells
        if sum(times * cells[key].year for key, times in terms.items()) <= 0:
            yield _relation(name, terms, "<=")
        specs = [self.template.specs[key] for key in terms]
        if not all(spec.kind == FLOW for spec in specs):
            return
        monthly = all(spec.every == MONTH for spec in specs)
        counted = sum(
            times * (cells[key].month if monthly else cells[key].quarter)
            for key, times in terms.items()
        )
        base = sum(
            times * self._bases(key)[0 if monthly else 1]
            for key, times in terms.items()
        )
        if counted <= 0:
            yield _relation(name, terms, "<=", base)

    def _flow(self, area: str, flow: Flow) -> Iterator[Relation]:
        """Stock = the one before + in - out, in what leaves."""
        stock = self.template.key(area, flow.stock)
        arriving = self._keys(area, flow.arriving)
        leaving = self._keys(area, flow.leaving)
        moved = Counter(leaving)
        moved.subtract(arriving)
        if not all(map(self._is_sent, (stock, *moved))):
            return
        cells = self.truth.cells
        counted = sum(times * cells[key].month for key, times in moved.items())
        rhs = sum(times * self._bases(key)[0] for key, times in moved.items())
        terms = {stock: 1, **moved}
        if stock in self.truth.openings:
            terms[stock + OPENING] = -1
            opening = self.truth.openings[stock]
        elif self.before is not None:
            opening = self.before.cells[stock].year
            rhs += self.before.cells[stock].published
        if abs(cells[stock].year + counted - opening) <= NORMALLY:
            yield _relation(f"{flow.stock}: stock and flow", terms, "=", rhs)

    def _grows(self, area: str, stock: Ref, by: Iterable[Ref]) -> Iterator[Relation]:
        """A stock is at most the one before and what moved into it."""
        key, moved = self.template.key(area, stock), self._keys(area, by)
        last = self.before.cells.get(key) if self.before else None
        if self.truth.opening or last is None:
            return
        if not all(map(self._is_sent, (key, *moved))):
            return
        cells = self.truth.cells
        if cells[key].year - sum(cells[k].month for k in moved) <= last.year:
            rhs = last.published - sum(self._bases(k)[0] for k in moved)
            terms = {key: 1, **dict.fromkeys(moved, -1)}
            yield _relation(f"{stock}: grows", terms, "<=", rhs)

    def _people(self, area: str, people: People) -> Iterator[Relation]:
        """Nobody without a session; a year to date holds its months."""
        month = self.template.key(area, people.cell)
        year = month + YEAR_TO_DATE
        sessions = self._keys(area, people.sessions)
        if not all(map(self._is_sent, (month, year, *sessions))):
            return
        cells, name = self.truth.cells, str(people.cell)
        held = self._year.cells.get(year) if self._year else None
        true, shown = (held.year, held.published) if held else (0, 0)
        first = sum(self._bases(key)[0] for key in sessions)
        counted = sum(cells[key].month for key in sessions)
        of_sessions = dict.fromkeys(sessions, -1)
        if cells[month].year <= counted:
            yield _relation(f"{name}: month", {month: 1, **of_sessions}, "<=", -first)
        if cells[year].year <= sum(cells[key].year for key in sessions):
            yield _relation(f"{name}: year", {year: 1, **of_sessions}, "<=")
        yield _relation(f"{name}: month in year", {month: 1, year: -1}, "<=")
        if cells[year].year <= true + cells[month].year:
            yield _relation(f"{name}: months", {year: 1, month: -1}, "<=", shown)
        if cells[year].year >= true:
            yield _relation(f"{name}: years", {year: -1}, "<=", -shown)


def _relation(name: str, terms: _Sum, sense: Sense, rhs: int = 0) -> Relation:
    """A relation between years to date and month ends; rhs is what was published."""
    if rhs % BASE:
        raise ValueError(f"{name}: what was published before is no multiple of {BASE}")
    held = tuple(Term(key, times) for key, times in sorted(terms.items()) if times)
    return Relation(name, held, sense, rhs)


def _listed(refs: Iterable[Ref]) -> str:
    return " + ".join(map(str, refs))
