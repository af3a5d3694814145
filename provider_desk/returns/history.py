"""Figures of any months in a row, counted as a return counts them.

For what looks back further than a return, or at a month that has none yet. A month
without figures has the state that a return would show, never a nil.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.compute import instead_of_figures
from provider_desk.returns.contract import agreement, provider_of
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.said import not_submitted
from provider_desk.returns.table import AreaName, Cell, LineKey


@dataclass(frozen=True, slots=True)
class History:
    """Figures of a contract over some months.

    Attributes:
        months: in order, without a gap.
        areas: the contract's areas, and their sum where there are several.
        cells: figure and area → a cell for each month.
        sums: the same figures of the months to sum that have any, together; None
            where none has.
        covered: the months that have figures.
    """

    months: tuple[Month, ...]
    areas: tuple[AreaName, ...]
    cells: Mapping[LineKey, tuple[Cell, ...]]
    sums: Mapping[LineKey, Cell | None]
    covered: tuple[Month, ...]


def history(
    rows: Rows,
    contract_id: str,
    figures: Sequence[tuple[str, str]],
    months: tuple[Month, ...],
    *,
    made_on: date,
    summed: tuple[Month, ...] = (),
    cancelled: Callable[[], bool] | None = None,
) -> History:
    """Count figures of some months.

    Args:
        rows: one read transaction, so that all figures are of one moment.
        contract_id: the contract.
        figures: indicator and part of each: ("D1", "planned").
        months: in order, without a gap.
        made_on: today.
        summed: those of the months that are summed; all of them where left out.
        cancelled: asked between two facts.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    contract = agreement(rows, contract_id)
    begin = provider_of(rows).records_begin_on
    left_out = not_submitted(rows, contract_id)
    blank = {
        month: cell
        for month in months
        if (cell := instead_of_figures(month, begin, contract.starts_on, left_out))
    }
    covered = tuple(month for month in months if month not in blank)
    counting = Counting(rows, Scope(contract_id, months, made_on), cancelled)
    named = tuple(str(month) for month in covered if not summed or month in summed)
    cells: dict[LineKey, tuple[Cell, ...]] = {}
    sums: dict[LineKey, Cell | None] = {}
    for code, split in figures:
        counted = counting.counted(catalogue().figure(code, split))
        for block in contract.blocks():
            key = LineKey(code, split, block.code)
            areas = contract.within(block.code)
            cells[key] = tuple(
                blank.get(month) or counted.cell(areas, (str(month),))
                for month in months
            )
            sums[key] = counted.year_to_date(areas, named) if named else None
    return History(months, contract.blocks(), cells, sums, covered)
