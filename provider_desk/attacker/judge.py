"""Which small figures of a world keep too few possible values.

Safe is a figure only with values shown by worlds that were checked in whole numbers;
too narrow only by proof of its ends and holes. What time did not allow to decide is not
shown safe, and counts as given away.

Source: disclosure, §8.
"""

import math
import time
from collections.abc import Mapping

import numpy as np

from provider_desk.attacker.centre import centre
from provider_desk.attacker.patience import Patience
from provider_desk.attacker.probe import Interval, Probe
from provider_desk.attacker.reading import YEAR
from provider_desk.attacker.spread import spread
from provider_desk.attacker.system import System, Whole, build
from provider_desk.attacker.verdict import ENOUGH, SMALL, Found
from provider_desk.attacker.world import World


def judge(
    world: World, wanted: Mapping[str, int | None], patience: Patience
) -> list[Found]:
    """The figures among those wanted that keep fewer than four values other than 0.

    Args:
        world: what the outsider holds.
        wanted: keys of figures to test, each with its real value where it is known.
        patience: time, progress and the way to stop.

    Raises:
        Contradiction: no numbers satisfy the world.
        Cancelled: the person stopped it.
    """
    until = time.monotonic() + patience.seconds
    probe = Probe(build(world), until, patience.look)
    place = probe.system.place
    columns = np.array([place[key] for key in wanted], dtype=np.int64)
    _show(probe, world, columns, patience)
    found = []
    for done, (key, real) in enumerate(wanted.items()):
        patience.look()
        patience.progress(done, len(wanted))
        if probe.witnesses.others[place[key]] >= ENOUGH:
            continue
        remains = probe.interval(place[key])
        if remains.left < ENOUGH and (real is not None or _may_be_small(remains)):
            found.append(_found(key, remains))
    patience.progress(len(wanted), len(wanted))
    return found


def _show(probe: Probe, world: World, columns: Whole, patience: Patience) -> None:
    """Show values for as many figures as worlds near the published ones do."""
    total = len(columns)

    def told() -> None:
        patience.look()
        open_yet = int((probe.witnesses.others[columns] < ENOUGH).sum())
        patience.progress(total - open_yet, total)

    if total:
        base = centre(probe, world)
        if base is not None:
            spread(probe, base, columns, _months(probe.system), told)


def _months(system: System) -> list[Whole]:
    """For each month, the flows of the other months: a step for it leaves them still.

    A flow is what has a year to date beside it. What is not counted in the month, as
    figures of a quarter in its first two, may move.
    """
    flows: dict[str, dict[str, int]] = {}
    for key, column in system.place.items():
        if f"{key}{YEAR}" in system.place:
            label, _, figure = key.partition("|")
            flows.setdefault(label, {})[figure] = column
    if len(flows) == 1:
        return []
    return [
        np.array(
            [
                column
                for other, figures in flows.items()
                for figure, column in figures.items()
                if other != label and figure in flows[label]
            ],
            dtype=np.int64,
        )
        for label in reversed(flows)
    ]


def _may_be_small(remains: Interval) -> bool:
    """Whether 1 to 4 is still possible, so that it may be a small figure."""
    if remains.low is None or remains.high is None:
        return True
    return remains.low <= SMALL and remains.high >= 1


def _found(key: str, remains: Interval) -> Found:
    month, _, figure = key.partition("|")
    low = remains.low if remains.low is not None else -math.inf
    return Found(
        month=month,
        key=figure,
        low=int(max(low, -(10**6))),
        high=remains.high,
        left=remains.left,
        exact=remains.low is not None and remains.low == remains.high,
        proven=remains.proven,
    )
