"""A month's return of one contract: indicators and records in, ReturnTable out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import Provider
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.checks import checks_of
from provider_desk.returns.contract import Agreement, agreement, provider_of
from provider_desk.returns.counted import Counted, Counting
from provider_desk.returns.direction import compared, kind_of
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import (
    Cell,
    Line,
    LineKey,
    ReturnTable,
    State,
)

COPIES = ("internal", "council")

BEFORE_RECORDS = "Complete records begin on {day}."
BEFORE_CONTRACT = "The contract begins on {day}."
BREAKDOWN = "Breakdowns are under development until small numbers can be protected."


_NOTES = (
    "“At month end” means at the end of the last day.",
    "The sum of areas is counted anew: people are told apart, medians taken over all.",
    "Percentages are whole, means have one decimal, both rounded half up.",
)


@dataclass(frozen=True, slots=True)
class _Period:
    """The months of a return and which of them have figures.

    Attributes:
        months: April to the return's month.
        before: the month before the last one, for its direction.
        blank: month → what stands there instead of every figure.
    """

    months: tuple[Month, ...]
    before: Month
    blank: dict[Month, Cell]

    @property
    def asked(self) -> tuple[Month, ...]:
        """The months to count, without a gap."""
        return tuple(sorted({self.before, *self.months}))

    @property
    def covered(self) -> tuple[Month, ...]:
        """The months that have figures."""
        return tuple(month for month in self.months if month not in self.blank)


def compute(
    rows: Rows,
    *,
    contract_id: str,
    month: Month,
    copy: str,
    version: int = 1,
    made_on: date,
    cancelled: Callable[[], bool] | None = None,
) -> ReturnTable:
    """Make a month's return.

    Args:
        rows: one read transaction, so that all figures are of one moment.
        contract_id: the contract.
        month: the return's month; the table holds April to it.
        copy: "internal" is exact; "council" carries attribute-free totals only.
        version: number of this export.
        made_on: today; sessions before it without an outcome lack one.
        cancelled: asked between two facts.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    if copy not in COPIES:
        raise ValueError(f"there is no copy “{copy}”")
    provider = provider_of(rows)
    contract = agreement(rows, contract_id)
    period = _period(month, provider, contract)
    scope = Scope(contract_id, period.asked, made_on)
    counting = Counting(rows, scope, cancelled)
    blank = month in period.blank
    return ReturnTable(
        provider=provider.name,
        provider_code=provider.code,
        contract=contract.reference,
        contract_title=contract.title,
        copy=copy,
        month=month,
        months=period.months,
        version=version,
        made_on=made_on.isoformat(),
        areas=contract.blocks(),
        lines=_lines(counting, contract, period, copy),
        checks=() if blank else checks_of(rows, counting, contract, month, made_on),
        notes=_notes(period, copy),
        definitions=catalogue().definitions,
        invented=provider.invented == "Y",
        months_covered=len(period.covered),
    )


def _period(month: Month, provider: Provider, contract: Agreement) -> _Period:
    months = month.year_so_far()
    before = month.plus(-1)
    blank = {}
    for each in (before, *months):
        cell = _instead(each, provider.records_begin_on, contract.starts_on)
        if cell:
            blank[each] = cell
    return _Period(months, before, blank)


def _instead(month: Month, records: date | None, contract: date | None) -> Cell | None:
    """What stands in a month that has no figures. Source: monthly return, §1.6."""
    if contract and month.last_day < contract:
        note = BEFORE_CONTRACT.format(day=_day(contract))
        return Cell(State.NOT_APPLICABLE, note=note)
    if records and month.first_day < records:
        note = BEFORE_RECORDS.format(day=_day(records))
        return Cell(State.NOT_SUBMITTED, note=note)
    return None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _lines(
    counting: Counting,
    contract: Agreement,
    period: _Period,
    copy: str,
) -> tuple[Line, ...]:
    shown = [
        figure
        for figure in catalogue().figures
        if copy == "council" or _is_shown(figure, counting, contract, period)
    ]
    lines = []
    for block in contract.blocks():
        areas = contract.within(block.code)
        for figure in shown:
            key = LineKey(figure.code, figure.split, block.code)
            reason = _why_not(figure, copy)
            if reason:
                lines.append(_without_figures(figure, key, period, reason))
            else:
                counted = counting.counted(figure)
                lines.append(_line(counted, key, areas, period))
    return tuple(lines)


def _is_shown(
    figure: Figure, counting: Counting, contract: Agreement, period: _Period
) -> bool:
    """Whether a part that is shown only where there is any has any."""
    if not figure.when_any or figure.later:
        return True
    held = counting.counted(figure).tallies
    months = {str(month) for month in period.covered}
    return any(
        area in contract.areas and month in months and tally.rows
        for (area, month), tally in held.items()
    )


def _why_not(figure: Figure, copy: str) -> str:
    if figure.later:
        return figure.later
    if copy == "council" and not figure.is_total:
        return BREAKDOWN
    return ""


def _without_figures(
    figure: Figure, key: LineKey, period: _Period, reason: str
) -> Line:
    cell = Cell(State.UNDER_DEVELOPMENT, note=reason)
    return _made(figure, key, (cell,) * len(period.months), cell, cell)


def _line(
    counted: Counted, key: LineKey, areas: tuple[str, ...], period: _Period
) -> Line:
    def cell_of(month: Month) -> Cell:
        return period.blank.get(month) or counted.cell(areas, (str(month),))

    cells = tuple(cell_of(month) for month in period.months)
    return _made(
        counted.figure,
        key,
        cells,
        _year_to_date(counted, areas, period, cells[-1]),
        cells[-2] if len(cells) > 1 else cell_of(period.before),
    )


def _year_to_date(
    counted: Counted, areas: tuple[str, ...], period: _Period, now: Cell
) -> Cell:
    covered, months = period.covered, period.months
    if not covered:
        return Cell(now.state, note=now.note)
    cell = counted.year_to_date(areas, tuple(map(str, covered)))
    if len(covered) == len(months):
        return cell
    note = f"Covers {len(covered)} of {len(months)} months."
    return Cell(
        cell.state,
        cell.value,
        cell.numerator,
        cell.denominator,
        f"{cell.note} {note}".strip(),
    )


def _made(
    figure: Figure,
    key: LineKey,
    cells: tuple[Cell, ...],
    year_to_date: Cell,
    before: Cell,
) -> Line:
    direction, rating = compared(figure, before, cells[-1])
    return Line(
        key=key,
        group=figure.group,
        label=figure.label,
        unit=figure.unit,
        kind=kind_of(figure),
        tier=figure.tier,
        months=cells,
        year_to_date=year_to_date,
        direction=direction,
        rating=rating,
        better=figure.better,
        limit=figure.limit,
        about=figure.note,
    )


def _notes(period: _Period, copy: str) -> tuple[str, ...]:
    covered, months = len(period.covered), len(period.months)
    notes = list(_NOTES)
    notes.insert(
        1,
        f"The year to date runs from 1 April and covers {covered} of {months} "
        f"{'month' if months == 1 else 'months'} so far.",
    )
    if copy == "council":
        notes.insert(0, BREAKDOWN)
    return tuple(notes)
