"""The council's copy as figures: made of what was issued, and of nothing else.

No record and no exact count comes here; shares are of published numbers, a median is
the band in which the middle of the published bands falls. Source: disclosure, profiles,
§3 to §5; monthly return, §1.4 to §1.6, §4.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import Provider
from provider_desk.protection.problem import BASE
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.council.cells import (
    NOT_WORKED_OUT,
    SELDOM,
    Period,
    cell_of,
    not_sent,
)
from provider_desk.returns.council.issued import Published
from provider_desk.returns.council.template import (
    MONTH,
    NEVER,
    QUARTER,
    Shown,
    Template,
    leaves,
)
from provider_desk.returns.direction import compared, kind_of
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.relation import RATIOS
from provider_desk.returns.table import (
    Cell,
    Direction,
    Line,
    Protection,
    Rating,
    ReturnTable,
    State,
)

COUNCIL = "council"

NO_RETURN = "No return was issued for this month."
BEFORE_RECORDS = "Complete records begin on {day}."
BEFORE_CONTRACT = "The contract begins on {day}."
LEFT_OUT = "Not submitted: {reason}"
ENDS = "Sent for June, September, December and March."
QUARTERS = f"{ENDS[:-1]}, each time for the quarter that ends then."
YEARS = "Sent for March, for the financial year."
#: Follows the limits of a line: a step up or down may come from the rounding alone.
ONE_STEP = ", and at least one step of rounding"
COVERS = "Covers {count} of {months} months."

_QUARTER = 3

_NOTES = (
    "“At month end” means at the end of the last day.",
    "People are told apart anew for each area, month and year to date: never add up.",
)
_BELOW_ZERO = "A figure below 0 takes back what earlier returns counted."


def council_table(
    template: Template,
    chain: Sequence[Published],
    *,
    provider: Provider,
    made_on: date,
    not_submitted: Mapping[Month, str] | None = None,
) -> ReturnTable:
    """The council's copy of a month's return.

    Args:
        template: what leaves in that month.
        chain: what left in each month's return, in its latest version, oldest first;
            the last is this return. Of the year before only March is looked at, for
            the direction of April.
        provider: whose return.
        made_on: the day on which it was made.
        not_submitted: months that stay without figures → why.

    Raises:
        ValueError: the last of the chain is another month's; a fault of the program.
    """
    if not chain or chain[-1].month != template.month:
        raise ValueError("the chain does not end with the return's month")
    making = _Making(
        template=template,
        published={each.month: each for each in chain},
        provider=provider,
        why=not_submitted or {},
    )
    months = template.month.year_so_far()
    now = chain[-1]
    return ReturnTable(
        provider=provider.name,
        provider_code=provider.code,
        contract=template.contract.reference,
        contract_title=template.contract.title,
        copy=COUNCIL,
        month=template.month,
        months=months,
        version=now.version,
        made_on=made_on.isoformat(),
        areas=template.contract.blocks(),
        lines=tuple(making.line(shown) for shown in template.lines),
        notes=tuple(_notes(now, len(months))),
        definitions=catalogue().definitions,
        invented=provider.invented == "Y",
        months_covered=len(now.covered),
        protection=making.protection(),
    )


def _notes(now: Published, months: int) -> Iterator[str]:
    yield _NOTES[0]
    yield (
        f"The year to date runs from 1 April and covers {len(now.covered)} of {months} "
        f"{'month' if months == 1 else 'months'} so far."
    )
    yield from _NOTES[1:]
    if any(cell.month < 0 for cell in now.cells.values()):
        yield _BELOW_ZERO


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the lines of one copy."""

    template: Template
    published: Mapping[Month, Published]
    provider: Provider
    why: Mapping[Month, str]

    def protection(self) -> Protection:
        """How the figures were rounded; the bound holds for every month shown."""
        shown = (self.published.get(month) for month in self._months)
        held = [each for each in shown if each is not None]
        exact = {
            key.split("|")[1] for key, cell in held[-1].cells.items() if cell.exact
        }
        return Protection(
            bound=max(each.bound for each in held), exact=tuple(sorted(exact))
        )

    @property
    def _months(self) -> tuple[Month, ...]:
        return self.template.month.year_so_far()

    def line(self, shown: Shown) -> Line:
        """A line with its months, its year to date and its direction."""
        figure = shown.figure
        cells = tuple(self._cell(shown, month) for month in self._months)
        direction, rating = self._change(shown, cells[-1])
        return Line(
            key=shown.key,
            group=figure.group,
            label=figure.label,
            unit=figure.unit,
            kind=kind_of(figure),
            tier=figure.tier,
            months=cells,
            year_to_date=self._year_to_date(shown),
            direction=direction,
            rating=rating,
            better=figure.better,
            limit=f"{figure.limit}{ONE_STEP}" if figure.limit else "",
            about=f"{figure.note} {_span(shown)}".strip(),
        )

    def _cell(self, shown: Shown, month: Month) -> Cell:
        if shown.every == NEVER:
            return not_sent(shown, self.template.agreed)
        published = self.published.get(month)
        if published is None:
            return self._without_return(month)
        if not leaves(shown.every, month):
            return Cell(State.NOT_APPLICABLE, note=SELDOM[shown.every])
        period = Period.QUARTER if shown.every == QUARTER else Period.MONTH
        if shown.every not in (MONTH, QUARTER):
            period = Period.YEAR
        cell = cell_of(shown, published, period)
        if period is Period.QUARTER and cell.state is State.FIGURE:
            cell = _with_note(cell, _of_quarter(shown, published))
        return cell

    def _without_return(self, month: Month) -> Cell:
        """What stands in a month for which nothing was issued."""
        starts, records = self.template.contract.starts_on, self.provider
        if starts and month.last_day < starts:
            note = BEFORE_CONTRACT.format(day=_day(starts))
            return Cell(State.NOT_APPLICABLE, note=note)
        if month in self.why:
            note = LEFT_OUT.format(reason=self.why[month])
        elif records.records_begin_on and month.first_day < records.records_begin_on:
            note = BEFORE_RECORDS.format(day=_day(records.records_begin_on))
        else:
            note = NO_RETURN
        return Cell(State.NOT_SUBMITTED, note=note)

    def _sent(self, shown: Shown) -> list[Published]:
        """The returns of this year that held a line, oldest first."""
        return [
            self.published[month]
            for month in self._months
            if month in self.published and leaves(shown.every, month)
        ]

    def _year_to_date(self, shown: Shown) -> Cell:
        """From April on; of a quarterly line in its own months alone."""
        if shown.every == NEVER:
            return not_sent(shown, self.template.agreed)
        if not leaves(shown.every, self.template.month):
            return Cell(State.NOT_APPLICABLE, note=SELDOM[shown.every])
        last = self._sent(shown)[-1]
        stock = _is_stock(shown.figure)
        if stock and shown.figure.measure in RATIOS:
            # Somebody who stays is in every month's end, so that the sum of rounded
            # ends can be further off than any figure may be.
            return Cell(State.NOT_SENT, note=NOT_WORKED_OUT)
        cell = cell_of(shown, last, Period.YEAR)
        covered, months = len(last.covered), len(self._months)
        if covered < months and not stock:
            cell = _with_note(cell, COVERS.format(count=covered, months=months))
        return cell

    def _change(self, shown: Shown, now: Cell) -> tuple[Direction, Rating]:
        """Against the month before, of a quarterly line against the quarter before."""
        back = {MONTH: 1, QUARTER: _QUARTER}.get(shown.every)
        if back is None or now.state is not State.FIGURE:
            return Direction.NONE, Rating.NONE
        before = self._cell(shown, self.template.month.plus(-back))
        return compared(_forgiving(shown.figure, before, now), before, now)


def _is_stock(figure: Figure) -> bool:
    return bool(figure.fact) and FACTS[figure.fact].stock


def _span(shown: Shown) -> str:
    """What a figure that is not sent each month is of."""
    if shown.every in (MONTH, NEVER):
        return ""
    if shown.every != QUARTER:
        return YEARS
    return ENDS if _is_stock(shown.figure) else QUARTERS


def _forgiving(figure: Figure, before: Cell, now: Cell) -> Figure:
    """The figure, with a limit of at least one step of rounding: that may be nothing.

    A share's step is that of its numerator, in percentage points.
    """
    step = BASE
    if figure.measure in RATIOS:
        smaller = min(before.denominator or BASE, now.denominator or BASE)
        step = -(-100 * BASE // max(smaller, BASE))
    least = max(figure.tolerance.least, step)
    return replace(figure, tolerance=replace(figure.tolerance, least=least))


def _of_quarter(shown: Shown, published: Published) -> str:
    """What a quarter's figure counts, where that is not the quarter's three months."""
    if _is_stock(shown.figure):
        return ""
    months = [published.month]
    for month in reversed(published.covered[:-1]):
        if leaves(QUARTER, month):
            break
        months.append(month)
    ends = [published.month.plus(-step) for step in range(_QUARTER)]
    if months == ends:
        return ""
    said = ", ".join(month.short_name for month in reversed(months))
    return f"Counts what was sent of {said}."


def _with_note(cell: Cell, note: str) -> Cell:
    return replace(cell, note=f"{cell.note} {note}".strip()) if note else cell


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
