"""A month's return of one contract: indicators and records in, ReturnTable out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import Provider
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.charts.months import MONTHS as CHART_MONTHS
from provider_desk.returns.charts.series import CHARTED
from provider_desk.returns.checks import checks_of
from provider_desk.returns.checks_more import more_checks
from provider_desk.returns.contract import Agreement, agreement, provider_of
from provider_desk.returns.counted import Counted, Counting
from provider_desk.returns.direction import compared, kind_of
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.figure import SPANS, Figure
from provider_desk.returns.odd_jumps import MONTHS, odd_jumps
from provider_desk.returns.said import not_submitted
from provider_desk.returns.table import (
    Cell,
    Check,
    Earlier,
    Line,
    LineKey,
    ReturnTable,
    State,
)

INTERNAL = "internal"

BEFORE_RECORDS = "Complete records begin on {day}."
BEFORE_CONTRACT = "The contract begins on {day}."
LEFT_OUT = "Not submitted: {reason}"

#: What stands in a month in which a figure is not given.
SELDOM = {
    often: Cell(State.NOT_APPLICABLE, note=note)
    for often, note in (
        ("quarter", "Quarterly: June, September, December and March."),
        ("year", "Yearly: March."),
    )
}

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
        blank: month → what stands there instead of every figure; of the year before
            too.
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
    warnings: bool = True,
) -> ReturnTable:
    """Make a month's return.

    Args:
        rows: one read transaction, so that all figures are of one moment.
        contract_id: the contract.
        month: the return's month; the table holds April to it.
        copy: "internal", the exact one; what leaves is never worked out here.
        version: number of this export.
        made_on: today; sessions before it without an outcome lack one.
        cancelled: asked between two facts.
        warnings: whether what only asks for a look is looked for too; it takes long.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    if copy != INTERNAL:
        raise ValueError(f"there is no copy “{copy}”")
    provider = provider_of(rows)
    contract = agreement(rows, contract_id)
    period = _period(month, provider, contract, not_submitted(rows, contract_id))
    counting = Counting(rows, Scope(contract_id, period.asked, made_on), cancelled)
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
        lines=_lines(counting, contract, period),
        checks=_checks(rows, counting, contract, period, made_on, warnings=warnings),
        notes=_notes(period),
        definitions=catalogue().definitions,
        invented=provider.invented == "Y",
        months_covered=len(period.covered),
    )


def earlier_months(
    rows: Rows,
    *,
    contract_id: str,
    month: Month,
    made_on: date,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Earlier, ...]:
    """The months before a return's April that its charts show, counted now.

    Args:
        rows: the transaction that the return was counted in.
        contract_id: the contract.
        month: the return's month.
        made_on: as the return is made with.
        cancelled: asked between two facts.

    Raises:
        NotFound, DeskError, Cancelled: as ``compute``.
    """
    contract = agreement(rows, contract_id)
    count = CHART_MONTHS - len(month.year_so_far())
    months = tuple(month.april.plus(-back) for back in range(count, 0, -1))
    left_out = not_submitted(rows, contract_id)
    period = _period(months[-1], provider_of(rows), contract, left_out)
    counting = Counting(rows, Scope(contract_id, months, made_on), cancelled)
    told = []
    for block in contract.blocks():
        areas = contract.within(block.code)
        for figure in map(catalogue().figure, CHARTED):
            counted = counting.counted(figure)
            cells = tuple(
                period.blank.get(each) or counted.cell(areas, (str(each),))
                for each in months
            )
            key = LineKey(figure.code, figure.split, block.code)
            told.append(Earlier(key, months, cells))
    return tuple(told)


def _checks(
    rows: Rows,
    counting: Counting,
    contract: Agreement,
    period: _Period,
    today: date,
    *,
    warnings: bool,
) -> tuple[Check, ...]:
    """What must hold, then what asks for a look; nothing of a month left blank."""
    if period.months[-1] in period.blank:
        return ()
    must_hold = checks_of(rows, counting, contract, period.months[-1], today)
    if not warnings:
        return must_hold
    return (*must_hold, *_warnings(rows, counting, contract, period, today))


def _warnings(
    rows: Rows,
    counting: Counting,
    contract: Agreement,
    period: _Period,
    today: date,
) -> tuple[Check, ...]:
    """What asks for a look, and keeps nobody from signing."""

    def has_figures(asked: Month) -> bool:
        return asked not in period.blank

    return (
        *odd_jumps(rows, counting, contract, period.asked, today, has_figures),
        *more_checks(rows, counting, contract, period.months[-1], today),
    )


def _period(
    month: Month, provider: Provider, contract: Agreement, left_out: Mapping[Month, str]
) -> _Period:
    blank = {}
    for back in range(MONTHS, -1, -1):
        each = month.plus(-back)
        cell = instead_of_figures(
            each, provider.records_begin_on, contract.starts_on, left_out
        )
        if cell:
            blank[each] = cell
    return _Period(month.year_so_far(), month.plus(-1), blank)


def instead_of_figures(
    month: Month,
    records: date | None,
    contract: date | None,
    left_out: Mapping[Month, str],
) -> Cell | None:
    """What stands in a month that has no figures, None where it has some.

    Args:
        month: which.
        records: when complete records begin, None where it is not said.
        contract: its first day, None where it is not said.
        left_out: months that stay without figures, each with its reason.

    Source: monthly return, §1.6.
    """
    if contract and month.last_day < contract:
        note = BEFORE_CONTRACT.format(day=_day(contract))
        return Cell(State.NOT_APPLICABLE, note=note)
    if records and month.first_day < records:
        note = BEFORE_RECORDS.format(day=_day(records))
        return Cell(State.NOT_SUBMITTED, note=note)
    if month in left_out:
        note = LEFT_OUT.format(reason=left_out[month])
        return Cell(State.NOT_SUBMITTED, note=note)
    return None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _lines(
    counting: Counting,
    contract: Agreement,
    period: _Period,
) -> tuple[Line, ...]:
    shown = [
        figure
        for figure in catalogue().figures
        if _is_shown(figure, counting, contract, period)
    ]
    lines = []
    for block in contract.blocks():
        areas = contract.within(block.code)
        for figure in shown:
            key = LineKey(figure.code, figure.split, block.code)
            if figure.later:
                lines.append(_without_figures(figure, key, period))
            else:
                told = any(map(figure.months_of, period.months))
                # Nothing is asked for what has no figure in any of the months.
                counted = counting.counted(figure) if told else Counted(figure, {}, {})
                lines.append(_line(counted, key, areas, period))
    return tuple(lines)


def _is_shown(
    figure: Figure, counting: Counting, contract: Agreement, period: _Period
) -> bool:
    """Whether what is shown only where there is any has any."""
    if not (figure.when_any or figure.with_whole) or figure.later:
        return True
    whole = catalogue().figure(figure.code) if figure.with_whole else figure
    held = counting.counted(whole).tallies
    months = {str(month) for month in period.covered}
    return any(
        area in contract.areas and month in months and tally.rows
        for (area, month), tally in held.items()
    )


def _without_figures(figure: Figure, key: LineKey, period: _Period) -> Line:
    cell = Cell(State.UNDER_DEVELOPMENT, note=figure.later)
    return _made(figure, key, (cell,) * len(period.months), cell, cell)


def _line(
    counted: Counted, key: LineKey, areas: tuple[str, ...], period: _Period
) -> Line:
    figure = counted.figure

    def cell_of(month: Month) -> Cell:
        blank = period.blank and period.blank.get(month)
        if figure.inside == "month":
            return blank or counted.cell(areas, (str(month),))
        months = figure.months_of(month)
        if not months:
            return blank or SELDOM[figure.inside]
        return _of_months(counted, areas, period, months)

    cells = tuple(cell_of(month) for month in period.months)
    back = SPANS[figure.inside]
    if len(cells) > back:
        before = cells[-1 - back]
    else:
        before = cell_of(period.before) if back == 1 else Cell(State.NOT_APPLICABLE)
    year = _year_to_date(counted, areas, period, cells[-1])
    return _made(figure, key, cells, year, before)


def _year_to_date(
    counted: Counted, areas: tuple[str, ...], period: _Period, now: Cell
) -> Cell:
    """The figure since April; up to the last quarter's end where it is quarterly."""
    told = [month for month in period.months if counted.figure.months_of(month)]
    if not told:
        return now
    upto = period.months.index(told[-1]) + 1
    return _of_months(counted, areas, period, period.months[:upto])


def _of_months(
    counted: Counted, areas: tuple[str, ...], period: _Period, months: tuple[Month, ...]
) -> Cell:
    """A figure of some months together, as far as they have figures; at least one."""
    covered = [month for month in months if month not in period.blank]
    stock = kind_of(counted.figure) == "stock"
    if not covered or (stock and months[-1] in period.blank):
        # A stock is never carried forward into a month that has no figures.
        return period.blank[months[-1]]
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


def _notes(period: _Period) -> tuple[str, ...]:
    covered, months = len(period.covered), len(period.months)
    notes = list(_NOTES)
    notes.insert(
        1,
        f"The year to date runs from 1 April and covers {covered} of {months} "
        f"{'month' if months == 1 else 'months'} so far.",
    )
    return tuple(notes)
