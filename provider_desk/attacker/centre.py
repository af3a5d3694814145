"""A world that fits and lies as near as can be to what was published."""

from provider_desk.attacker.probe import Probe
from provider_desk.attacker.solver import Solver, whole_point
from provider_desk.attacker.system import Whole, build
from provider_desk.attacker.world import Cell, Link, Term, World

_SECONDS = 20.0


def centre(probe: Probe, world: World) -> Whole | None:
    """The world nearest to the published figures; None where none was found in time.

    The published figures themselves, where they satisfy every relation: what was never
    published is then filled in.
    """
    shown = {cell.key: cell.shown for cell in world.cells if cell.shown is not None}
    answer = _as_published(probe, shown)
    if answer is None:
        answer = _near(probe, world, shown)
    if answer is None or not probe.witnesses.add(answer):
        return None
    return answer


def _as_published(probe: Probe, shown: dict[str, int]) -> Whole | None:
    system = probe.system
    low, high = system.low.copy(), system.high.copy()
    for key, value in shown.items():
        column = system.place[key]
        if not low[column] <= value <= high[column]:
            return None
        low[column] = high[column] = value
    probe.whole.all_ends(low, high)
    answer = probe.whole.most({}, min(_SECONDS, probe.seconds))
    probe.whole.all_ends(system.low, system.high)
    return None if answer.point is None else whole_point(answer.point)


def _near(probe: Probe, world: World, shown: dict[str, int]) -> Whole | None:
    """The least sum of distances, in whole numbers."""
    cells: list[Cell] = []
    links: list[Link] = []
    for key, value in shown.items():
        off = f"{key} off"
        cells.append(Cell(off, 0, None))
        for sign in (1, -1):
            terms = (Term(key, sign), Term(off, -1))
            links.append(Link(off, terms, "<=", sign * value))
    wider = build(World((*world.cells, *cells), (*world.links, *links)))
    aim = {wider.place[cell.key]: -1.0 for cell in cells}
    answer = Solver(wider, whole=True).most(aim, min(_SECONDS, probe.seconds))
    if answer.point is None:
        return None
    point = whole_point(answer.point)
    if point is None:
        return None
    return point[[wider.place[key] for key in probe.system.keys]]
