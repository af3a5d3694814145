"""What is wrong with published figures before anybody attacks them.

The argument that keeps figures safe needs published figures that add up, with no year
to date that falls: without that, a return is not what its own text says.

Source: disclosure, §2.
"""

from collections.abc import Iterator, Mapping

from provider_desk.attacker.definitions import NOT_PEOPLE
from provider_desk.attacker.reading import YEAR
from provider_desk.attacker.world import Cell, Link, World

#: Of one kind, so many are told.
_MANY = 10


def faults(
    world: World, figures: Mapping[str, int], outside: tuple[str, ...]
) -> tuple[str, ...]:
    """Sentences on what is wrong; empty where nothing is.

    Args:
        world: what the returns tell.
        figures: exact figures, as far as they are known.
        outside: keys of figures further off than the file says.
    """
    cells = {cell.key: cell for cell in world.cells}
    kinds = (
        list(_do_not_add_up(world, cells)),
        list(_fall(world, figures)),
        list(_not_rounded(world)),
        [f"{key}: further from the real figure than the file says." for key in outside],
    )
    return tuple(sentence for kind in kinds for sentence in kind[:_MANY])


def _do_not_add_up(world: World, cells: Mapping[str, Cell]) -> Iterator[str]:
    """Relations that the published figures break; exact ones can't be expected to."""
    told: set[str] = set()
    for link in world.links:
        held = [cells.get(term.key) for term in link.terms]
        shown = {
            cell.key: cell.shown
            for cell in held
            if cell is not None and cell.shown is not None and not cell.agreed
        }
        if len(shown) == len(link.terms) and not _holds(link, shown):
            if link.name not in told:
                yield f"The published figures do not add up: {link.name}."
            told.add(link.name)


def _holds(link: Link, shown: Mapping[str, int | None]) -> bool:
    return link.holds({key: value or 0 for key, value in shown.items()})


def _fall(world: World, figures: Mapping[str, int]) -> Iterator[str]:
    """Month figures below 0 that no correction explains: the year to date fell."""
    for cell in world.cells:
        if cell.shown is None or cell.shown >= 0 or cell.key.endswith(YEAR):
            continue
        if figures.get(cell.key, -1) >= 0:
            yield f"The year to date falls without a correction: {cell.key}."


def _not_rounded(world: World) -> Iterator[str]:
    for cell in world.cells:
        if cell.exact and not cell.agreed and cell.key.split("|")[2] not in NOT_PEOPLE:
            yield f"A figure is not rounded, and nothing says it may be: {cell.key}."
