"""A second version of a return: what changed is marked, with what was said before.

Source: monthly return, §1.5, §1.7.
"""

from dataclasses import replace

from provider_desk.returns import words
from provider_desk.returns.table import Cell, Line, ReturnTable, State

NOTE = (
    "Issued again, at the council's wish. Figures that changed are marked [r], with "
    "what the version before said. The version before no longer counts."
)


def marked_revised(table: ReturnTable, before: ReturnTable) -> ReturnTable:
    """The table of a new version.

    Args:
        table: as rounded now.
        before: the version that it replaces.
    """
    old = {line.key: line for line in before.lines}
    lines = tuple(
        _line(line, old[line.key]) if line.key in old else line for line in table.lines
    )
    return replace(table, lines=lines, notes=(NOTE, *table.notes))


def _line(line: Line, before: Line) -> Line:
    return replace(
        line,
        months=(*line.months[:-1], _cell(line.now, before.now, line.kind)),
        year_to_date=_cell(line.year_to_date, before.year_to_date, line.kind),
    )


def _cell(cell: Cell, before: Cell, kind: str) -> Cell:
    if _said(cell) == _said(before):
        return replace(cell, mark="")
    then = before.note if before.state is State.BAND else words.cell_text(before, kind)
    note = f"{cell.note} Before: {then}.".strip()
    if cell.state is State.BAND:
        # What a band says is its note.
        return replace(cell, mark="r")
    return replace(cell, mark="r", note=note)


def _said(cell: Cell) -> tuple[object, ...]:
    band = cell.note if cell.state is State.BAND else ""
    return cell.state, cell.value, cell.numerator, cell.denominator, band
