"""The exact figures, as the gate is given them, beside what an outsider believes.

Only the gate holds them. They tell which figures are small, and which public relations
do not hold this time: an outsider who believed in those would only be led astray.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from provider_desk.attacker.reading import OPENING, YEAR
from provider_desk.attacker.world import Cell, Link, World

#: Month ("2017-09"; "2017-09#2" for a second version) to cell key to exact figure.
Truth = Mapping[str, Mapping[str, int]]
#: Of the names of relations that do not hold, so many are told.
_MANY = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A world in which the exact figures fit.

    Attributes:
        world: without relations that do not hold; ends opened for what lies outside.
        figures: the exact figure of each cell that has one.
        unsure: names of relations left out.
        outside: keys of figures further off than the file says.
    """

    world: World
    figures: Mapping[str, int]
    unsure: tuple[str, ...]
    outside: tuple[str, ...]


def checked(world: World, truth: Truth) -> Checked:
    """Compare a world with the exact figures."""
    figures = exact_figures(world, truth)
    cells, outside = [], []
    for cell in world.cells:
        real = figures.get(cell.key)
        fits = real is None or _inside(cell, real)
        cells.append(cell if fits or real is None else _opened(cell, real))
        if not fits and not cell.key.startswith(OPENING) and not _fallen(cell, real):
            outside.append(cell.key)
    kept, unsure = [], []
    for link in world.links:
        known = all(term.key in figures for term in link.terms)
        if known and not link.holds(figures):
            unsure.append(link.name)
        else:
            kept.append(link)
    return Checked(
        World(tuple(cells), tuple(kept)),
        figures,
        tuple(dict.fromkeys(unsure))[:_MANY],
        tuple(outside),
    )


def exact_figures(world: World, truth: Truth) -> dict[str, int]:
    """The exact figure of every cell of a world that follows from the truth."""
    found = {
        f"{label}|{key}": value
        for label, figures in truth.items()
        for key, value in figures.items()
    }
    for link in world.links:
        _follow(link, found)
    return found


def _follow(link: Link, found: dict[str, int]) -> None:
    """Fill in a year to date or an opening stock that a link leaves as its only gap.

    Links come oldest first, so that each year to date follows the one before.
    """
    gaps = [term for term in link.terms if term.key not in found]
    if len(gaps) != 1 or link.sense != "=":
        return
    [gap] = gaps
    if not (gap.key.endswith(YEAR) or gap.key.startswith(OPENING)):
        return
    rest = sum(
        term.times * found[term.key] for term in link.terms if term.key != gap.key
    )
    if abs(gap.times) == 1:
        found[gap.key] = (link.rhs - rest) * gap.times


def _inside(cell: Cell, real: int) -> bool:
    return cell.low <= real and (cell.high is None or real <= cell.high)


def _fallen(cell: Cell, real: int | None) -> bool:
    """Whether a correction took the real number below 0, within what the file says."""
    if real is None or real >= 0 or cell.shown is None or cell.high is None:
        return False
    return real >= cell.shown - (cell.high - cell.shown)


def _opened(cell: Cell, real: int) -> Cell:
    """The cell to a reader who knows that this one may be out of the ordinary."""
    low = min(cell.low, real)
    if _fallen(cell, real) and cell.shown is not None and cell.high is not None:
        low = cell.shown - (cell.high - cell.shown)
    high = None if cell.high is None else max(cell.high, real)
    return replace(cell, low=low, high=high)


def small(figures: Mapping[str, int], keys: Iterable[str], most: int) -> dict[str, int]:
    """The figures among keys that are truly 1 to most."""
    return {key: figures[key] for key in keys if 1 <= figures.get(key, 0) <= most}
