"""The public copy: the council's figures, their breakdowns by quarter.

Nothing is rounded anew and no record is read: a quarter's figure is the sum of its
three published months. What an agreement lets go exact is rounded here, and words that
were written for the council are left out. Source: disclosure, profiles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from provider_desk.model.months import Month
from provider_desk.model.waits import BANDS
from provider_desk.returns.council.cells import middle_band
from provider_desk.returns.table import (
    Cell,
    Direction,
    Line,
    LineKey,
    Rating,
    ReturnTable,
    State,
)
from provider_desk.services.returning.choosing import PUBLIC

#: The last month of each quarter.
_ENDS = (3, 6, 9, 12)

NOTE = (
    "Public copy: the figures that the council got. Breakdowns are given by quarter, "
    "in its last month; their year to date ends with the last full quarter."
)
_BY_QUARTER = "By quarter in the public copy."
_NO_QUARTER = "No quarter is full yet."


def public_copy(table: ReturnTable) -> ReturnTable:
    """The public copy of a council copy that holds no exact figure.

    Args:
        table: rounded throughout, as issued.

    Raises:
        ValueError: a figure in it is exact; a fault of the program.
    """
    if any(cell.exact for line in table.lines for cell in _cells(line)):
        raise ValueError("an exact figure in a public copy")
    protection = table.protection and replace(table.protection, exact=())
    return replace(
        table,
        copy=PUBLIC,
        lines=_lines(table),
        notes=(NOTE, *table.notes),
        protection=protection,
        told=(),
        checks=(),
        restated=(),
    )


def _lines(table: ReturnTable) -> tuple[Line, ...]:
    """Counts and shares first; then medians, from their bands."""
    made = {line.key: _public(line, table.months) for line in table.lines}
    return tuple(
        _median(line, made) if line.kind == "median" else line for line in made.values()
    )


def _median(line: Line, made: Mapping[LineKey, Line]) -> Line:
    """The band that the middle of a quarter's published bands falls in."""
    keys = [replace(line.key, split=band) for band in BANDS]
    bands = [made[key] for key in keys if key in made]
    if len(bands) < len(BANDS):
        return line
    months = tuple(
        _middle([band.months[at] for band in bands]) for at in range(len(line.months))
    )
    return replace(
        line,
        months=months,
        year_to_date=_middle([band.year_to_date for band in bands]),
    )


def _middle(cells: Sequence[Cell]) -> Cell:
    counts = [int(cell.value) for cell in cells if cell.value is not None]
    return middle_band(counts) if len(counts) == len(cells) else cells[0]


def _cells(line: Line) -> tuple[Cell, ...]:
    return (*line.months, line.year_to_date)


def _public(line: Line, months: Sequence[Month]) -> Line:
    if not line.key.split and line.tier == 1:
        return line
    cells = tuple(_quarter(line, months, at) for at in range(len(months)))
    ends = [
        cell
        for cell, month in zip(cells, months, strict=True)
        if month.number in _ENDS and cell.state is not State.NOT_SUBMITTED
    ]
    return replace(
        line,
        months=cells,
        year_to_date=_year(line, ends),
        direction=Direction.NONE,
        rating=Rating.NONE,
    )


def _quarter(line: Line, months: Sequence[Month], at: int) -> Cell:
    """A month's cell: the quarter's figure in its last month, else none."""
    now = line.months[at]
    if now.state in (State.NOT_SUBMITTED, State.UNDER_DEVELOPMENT):
        return now
    if months[at].number not in _ENDS:
        return Cell(State.NOT_SENT, note=_BY_QUARTER)
    if line.kind not in ("flow", "ratio"):
        return now
    return _sum(line.kind, line.months[max(0, at - 2) : at + 1])


def _sum(kind: str, cells: Sequence[Cell]) -> Cell:
    """The sum of published months; what was not submitted is said."""
    held = [cell for cell in cells if _counts(cell)]
    if not held:
        return cells[-1]
    missing = sum(cell.state is State.NOT_SUBMITTED for cell in cells)
    note = f"Covers {len(cells) - missing} of {len(cells)} months." if missing else ""
    if kind == "flow":
        return Cell(State.FIGURE, sum(int(c.value or 0) for c in held), note=note)
    above = sum(cell.numerator or 0 for cell in held)
    below = sum(cell.denominator or 0 for cell in held)
    if not below:
        return Cell(State.NOT_APPLICABLE, None, above, below, note)
    return Cell(State.FIGURE, above / below, above, below, note)


def _counts(cell: Cell) -> bool:
    """Whether a cell holds numbers: a share of nobody does, 0 of 0."""
    return cell.state is State.FIGURE or cell.denominator is not None


def _year(line: Line, ends: Sequence[Cell]) -> Cell:
    """The year to date up to the last full quarter."""
    if line.year_to_date.state in (State.NOT_SUBMITTED, State.UNDER_DEVELOPMENT):
        return line.year_to_date
    if not ends:
        return Cell(State.NOT_SENT, note=_NO_QUARTER)
    if line.kind in ("flow", "ratio"):
        return _sum(line.kind, ends)
    return ends[-1]
