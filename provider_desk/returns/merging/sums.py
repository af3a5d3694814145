"""Cells of several providers added up, from published figures only.

What is added is what each provider published, so that the sum tells no more than the
returns themselves. Source: disclosure, §4, rates; monthly return, §1.4, §1.5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provider_desk.model.waits import BANDS
from provider_desk.returns.council.cells import middle_band
from provider_desk.returns.table import Cell, Line, State

#: Kinds of line that can't be added: a mean or median of nothing but itself.
_NOT_ADDED = ("mean", "median", "range")

NOT_ADDED = "Providers' own figures of this can't be added up."


@dataclass(frozen=True, slots=True)
class Part:
    """One provider's cell of a line.

    Attributes:
        provider: the name, for notes.
        cell: as published.
    """

    provider: str
    cell: Cell


def summed(parts: Sequence[Part], kind: str) -> Cell:
    """The sum of providers' cells of one line and period.

    A provider that does not offer the service counts as nothing; one whose figure is
    missing is named in the note, so that nobody takes a part for the whole.

    Args:
        parts: one for each provider, at least one.
        kind: of the line.
    """
    held = [part for part in parts if _is_figure(part.cell)]
    if kind in _NOT_ADDED:
        return _not_added(parts)
    if not held:
        first = parts[0].cell
        same = all(part.cell.state is first.state for part in parts)
        return first if same else Cell(State.NOT_SUBMITTED, note=_missing(parts))
    note = _missing(parts)
    if kind == "ratio":
        return _share(held, note)
    total = sum(part.cell.value or 0 for part in held)
    return Cell(State.FIGURE, total, note=note)


def _is_figure(cell: Cell) -> bool:
    """Whether a cell has numbers; a share of nobody has them too."""
    return cell.state is State.FIGURE or cell.denominator == 0


def _missing(parts: Sequence[Part]) -> str:
    """Which providers are not in a sum, in words; "" where all are."""
    absent = [
        part.provider
        for part in parts
        if not _is_figure(part.cell) and part.cell.state is not State.NOT_APPLICABLE
    ]
    if not absent:
        return ""
    count = len(parts) - len(absent)
    return f"{count} of {len(parts)} providers; not there: {', '.join(absent)}."


def _share(held: Sequence[Part], note: str) -> Cell:
    part = sum(each.cell.numerator or 0 for each in held)
    whole = sum(each.cell.denominator or 0 for each in held)
    if whole <= 0:
        return Cell(
            State.NOT_APPLICABLE, None, part, whole, note or "Nothing to share."
        )
    return Cell(State.FIGURE, part / whole, part, whole, note)


def _not_added(parts: Sequence[Part]) -> Cell:
    first = parts[0].cell
    same = all(part.cell.state is first.state for part in parts)
    if same and first.state not in (State.FIGURE, State.BAND):
        return first
    return Cell(State.NOT_SENT, note=NOT_ADDED)


def median_of(bands: Mapping[str, Line], period: int | None) -> Cell | None:
    """The band that the middle of all providers' waits falls in.

    Args:
        bands: the summed lines of an indicator's parts, by part.
        period: place of the month in the lines, None for the year to date.

    Returns:
        None where the parts are no bands of days, or are not all there.
    """
    counts = []
    for band in BANDS:
        line = bands.get(band)
        if line is None:
            return None
        cell = line.year_to_date if period is None else line.months[period]
        if cell.state is not State.FIGURE:
            return None
        counts.append(int(cell.value or 0))
    return middle_band(counts)
