"""Small groups: two small categories together, two months together.

Source: disclosure, §1: small groups are attacked like small figures.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from provider_desk.attacker.reading import OPENING, YEAR
from provider_desk.attacker.verdict import SMALL
from provider_desk.attacker.world import Cell, Link, Term, World


def with_groups(
    world: World, figures: Mapping[str, int]
) -> tuple[World, dict[str, int]]:
    """The world with a cell for each small group, and the groups' real values."""
    cells, links, real = [], [], {}
    for first, second in _pairs(world, figures):
        together = figures[first] + figures[second]
        if together > SMALL:
            continue
        key = f"{first} + {second.partition('|')[2]}"
        if first.partition("|")[0] != second.partition("|")[0]:
            key = f"{first} + {second}"
        cells.append(Cell(key, 0, None))
        links.append(Link(key, (Term(key), Term(first, -1), Term(second, -1))))
        real[key] = together
    return World((*world.cells, *cells), (*world.links, *links)), real


def _pairs(world: World, figures: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Neighbours in a table, and one figure in two months running; each truly small."""
    tables: dict[tuple[str, str], list[str]] = {}
    months: dict[str, list[str]] = {}
    for cell in world.cells:
        if not 1 <= figures.get(cell.key, 0) < SMALL or cell.exact:
            continue
        if cell.key.startswith(OPENING):
            continue
        label, _, key = cell.key.partition("|")
        area, indicator, split, _part = key.split("|")
        year = YEAR if key.endswith(YEAR) else ""
        if split:
            table = label, f"{area}|{indicator}{year}"
            tables.setdefault(table, []).append(cell.key)
        if not year:
            months.setdefault(key, []).append(cell.key)
    for small in (*tables.values(), *months.values()):
        yield from pairwise(small)
