"""One published cell: a count, a share of published counts, or a median's band.

Source: disclosure, profiles, §4, §5.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from provider_desk.model.waits import BANDS
from provider_desk.returns.council.issued import (
    LATER,
    NOT_ENTERED,
    NOT_OFFERED,
    Published,
    PublishedCell,
)
from provider_desk.returns.council.template import (
    YEAR_TO_DATE,
    Agreed,
    Shown,
)
from provider_desk.returns.measures import NO_CAPACITY
from provider_desk.returns.relation import RATIOS
from provider_desk.returns.table import Cell, State

#: What stands in a month in which a line is not sent.
SELDOM = {
    "quarter": "Sent quarterly.",
    "year": "Sent yearly.",
}
NOT_WORKED_OUT = "Not worked out from rounded figures."
BY_AGREEMENT = "Left out by written agreement, so that exact totals give nobody away."
NOT_IN_THAT_RETURN = "Not in the return of that month."
CLOSED = "The service area was not open."
NOTHING_TO_SHARE = "There is nothing to share."
CORRECTED = "A correction of earlier months leaves no share."
NO_MIDDLE = "Every band is 0, so no middle can be told."


class Period(StrEnum):
    """What a cell is of."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def not_sent(shown: Shown, agreed: Agreed) -> Cell:
    """What stands on a line that never leaves."""
    if shown.figure.later:
        return Cell(State.UNDER_DEVELOPMENT, note=shown.figure.later)
    left_out = shown.figure.code in agreed.left_out
    return Cell(State.NOT_SENT, note=BY_AGREEMENT if left_out else NOT_WORKED_OUT)


def cell_of(shown: Shown, published: Published, period: Period) -> Cell:
    """A line's cell from what one return published.

    Args:
        shown: a line that leaves.
        published: the return that held it.
        period: the month, the quarter, or the year to date as of that return.
    """
    keys = [*shown.bands, *(key for keys in shown.numbers.values() for key in keys)]
    held = [published.cells.get(_of(key, published, period)) for key in keys]
    cells = [cell for cell in held if cell is not None]
    instead = _instead(cells, period)
    if instead or len(cells) < len(keys):
        return instead or Cell(State.NOT_SENT, note=NOT_IN_THAT_RETURN)
    if shown.bands:
        return middle_band([_number(cell, period) for cell in cells])
    if shown.figure.measure in RATIOS:
        split = len(shown.numbers["numerator"])
        return _share(
            sum(_number(cell, period) for cell in cells[:split]),
            sum(_number(cell, period) for cell in cells[split:]),
            most=None if shown.figure.measure == "use" else 1,
        )
    (cell,) = cells
    own = keys[0].split("|")[1:3] == [shown.key.indicator, shown.key.split]
    if cell.real is not None and own:
        year, month, quarter = cell.real
        real = replace(cell, year=year, month=month, quarter=quarter)
        return Cell(State.FIGURE, _number(real, period), exact=True)
    return Cell(State.FIGURE, _number(cell, period))


def _of(key: str, published: Published, period: Period) -> str:
    """The key of a number; people have one of their own for the year to date."""
    year = key + YEAR_TO_DATE
    return year if period is Period.YEAR and year in published.cells else key


def _instead(cells: Sequence[PublishedCell], period: Period) -> Cell | None:
    """What stands there instead of a figure."""
    statuses = {cell.status for cell in cells}
    if LATER in statuses:
        return Cell(State.NOT_SENT, note=NOT_IN_THAT_RETURN)
    if NOT_ENTERED in statuses:
        return Cell(State.NOT_SUBMITTED, note=NO_CAPACITY)
    counted = period is Period.YEAR and any(cell.year for cell in cells)
    if statuses == {NOT_OFFERED} and not counted:
        return Cell(State.NOT_APPLICABLE, note=CLOSED)
    return None


def _number(cell: PublishedCell, period: Period) -> int:
    match period:
        case Period.MONTH:
            return cell.month
        case Period.QUARTER:
            return cell.quarter
        case _:
            return cell.year


def _share(part: int, whole: int, *, most: int | None) -> Cell:
    """A share of published counts; a share of nothing does not apply."""
    too_much = most is not None and part > most * whole
    if whole <= 0 or part < 0 or too_much:
        note = NOTHING_TO_SHARE if whole == 0 else CORRECTED
        return Cell(State.NOT_APPLICABLE, None, part, whole, note)
    return Cell(State.FIGURE, part / whole, part, whole)


def middle_band(counts: Sequence[int]) -> Cell:
    """The band of days that the middle of the published bands falls in.

    Args:
        counts: one per band, shortest wait first; below 0 counts as nothing.
    """
    held = [max(count, 0) for count in counts]
    total, seen = sum(held), 0
    if not total:
        return Cell(State.NOT_APPLICABLE, note=NO_MIDDLE)
    for band, count in zip(BANDS, held, strict=True):
        seen += count
        if seen * 2 >= total:
            return Cell(State.BAND, note=f"{band} days")
    raise ValueError("the bands do not reach their middle")
