"""What an internal copy says of itself: status, provisional and revised figures.

The one place where cells get a mark. Source: monthly return, §1.5, §1.7, §7.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.nil_month import NIL_CHECKED
from provider_desk.returns.table import Cell, Line, LineKey, ReturnTable, State
from provider_desk.services.returning import restating, signatures

PROVISIONAL_MARK, REVISED_MARK = "p", "r"


def finished(
    rows: Rows, contract_id: str, table: ReturnTable, today: date
) -> ReturnTable:
    """An internal copy with its status, its restatements and its cells' marks.

    Args:
        rows: the transaction that it was counted in.
        contract_id: whose return it is.
        table: as it was counted; a council copy is given back as it is.
        today: months that are not over by then are provisional.
    """
    if table.copy != "internal":
        return table
    restated = restating.restated_in(rows, contract_id, today, table.month)
    signed = signatures.months_signed(rows, contract_id)
    provisional = {
        month
        for month in table.months
        if month.last_day >= today or month not in signed
    }
    revised = restating.by_cell(restated).keys()
    held = signatures.of_month(rows, contract_id, table.month).signed
    dressed = replace(
        signatures.dressed(rows, contract_id, table),
        restated=restated,
        status=signatures.status_of(
            max((each.version for each in held), default=1), signed=bool(held)
        ),
        signed=signatures.signed_lines(rows, held[-1:]),
        notes=(*table.notes, *_nil_notes(table)),
    )
    lines = tuple(
        _marked(line, table.months, provisional, revised) for line in table.lines
    )
    return replace(dressed, lines=lines)


def _nil_notes(table: ReturnTable) -> tuple[str, ...]:
    """Areas in which nothing happened, as somebody confirmed.

    For the office alone: an exact nil never leaves. Source: disclosure, §4.
    """
    labels = {area.code: area.label for area in table.areas}
    return tuple(
        f"{labels.get(check.area, check.area)}, {table.month.name}: nil, checked."
        for check in table.checks
        if check.code == "nil" and check.text == NIL_CHECKED
    )


def _marked(
    line: Line,
    months: tuple[Month, ...],
    provisional: Collection[Month],
    revised: Collection[tuple[LineKey, Month]],
) -> Line:
    """A line with its marks; revised says more than provisional."""
    cells = tuple(
        _with(cell, _mark_of(line.key, month, provisional, revised))
        for month, cell in zip(months, line.months, strict=True)
    )
    marks = {cell.mark for cell in cells}
    if line.kind == "stock":
        year = cells[-1].mark
    else:
        year = next((m for m in (REVISED_MARK, PROVISIONAL_MARK) if m in marks), "")
    return replace(line, months=cells, year_to_date=_with(line.year_to_date, year))


def _mark_of(
    key: LineKey,
    month: Month,
    provisional: Collection[Month],
    revised: Collection[tuple[LineKey, Month]],
) -> str:
    if (key, month) in revised:
        return REVISED_MARK
    return PROVISIONAL_MARK if month in provisional else ""


def _with(cell: Cell, mark: str) -> Cell:
    return replace(cell, mark=mark) if mark and cell.state is State.FIGURE else cell
