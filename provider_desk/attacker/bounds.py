"""The tightest whole-number intervals of any cells of a world."""

from collections.abc import Iterable

from provider_desk.attacker.probe import Interval, Probe
from provider_desk.attacker.system import build
from provider_desk.attacker.world import World


def tightest(
    world: World, keys: Iterable[str] | None = None, *, every: bool = True
) -> dict[str, Interval]:
    """What remains possible for cells: every cell, or those named.

    Args:
        world: what the outsider holds.
        keys: the cells to attack.
        every: ask for every value between the ends; False stops when a cell is safe.

    Raises:
        Contradiction: no numbers satisfy the world.
    """
    probe = Probe(build(world))
    wanted = probe.system.keys if keys is None else tuple(keys)
    place = probe.system.place
    return {key: probe.interval(place[key], every=every) for key in wanted}
