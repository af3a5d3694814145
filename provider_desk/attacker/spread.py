"""Many worlds at once: people added to or taken from a world that fits.

A step is a set of imaginary people that leaves every relation standing. Taken once,
twice, three and four times from a world that fits, it shows four further values for
every figure it touches; one question to the solver finds a step that touches hundreds.

Source: disclosure, §2, the imaginary-person argument.
"""

from collections.abc import Callable, Sequence

import numpy as np

from provider_desk.attacker.probe import Probe
from provider_desk.attacker.solver import Solver, whole_point
from provider_desk.attacker.system import NO_END, System, Whole
from provider_desk.attacker.verdict import ENOUGH

#: A step moves no figure by more than so many.
_LONGEST = 2
#: So often a step may be taken in each direction.
_TIMES = (4, 3, 1)
#: Rounds in a row that may bring nothing before steps are taken less often.
_PATIENCE = 1
_SECONDS = 5.0
#: A step need not be the best one; a share of the best is good enough.
_NEAR_ENOUGH = 0.1


def spread(
    probe: Probe,
    base: Whole,
    wanted: Whole,
    still: Sequence[Whole],
    told: Callable[[], None],
) -> None:
    """Show values for the figures wanted, as far as steps from one world do it.

    Args:
        probe: takes the worlds in.
        base: a world that fits.
        wanted: columns that need ENOUGH values other than 0.
        still: for each of several rounds, columns that are not to move: a year falls
            into months, each of which is quickly searched.
        told: called after every step; may raise to stop.
    """
    nothing = np.zeros(0, dtype=np.int64)
    ways: list[tuple[Solver, System]] = []
    for times in _TIMES:
        walk = _walk(probe.system, base, times)
        ways.append((Solver(walk, whole=True, near=_NEAR_ENOUGH), walk))
        for fixed in (*still, nothing):
            _round(probe, base, wanted, ways[-1], fixed, told)
    for column in wanted:
        for way in ways:
            if probe.witnesses.others[column] < ENOUGH <= probe.room(int(column)):
                _round(probe, base, np.array([column]), way, nothing, told)


def _round(
    probe: Probe,
    base: Whole,
    wanted: Whole,
    walking: tuple[Solver, System],
    fixed: Whole,
    told: Callable[[], None],
) -> None:
    dice, idle = np.random.default_rng(0), 0
    while idle < _PATIENCE and probe.seconds > 0:
        need = np.setdiff1d(wanted[probe.witnesses.others[wanted] < ENOUGH], fixed)
        if not len(need):
            return
        step = _step(*walking, need, fixed, dice, min(_SECONDS, probe.seconds))
        if step is None:
            return
        for many in range(-ENOUGH, ENOUGH + 1):
            probe.witnesses.add(base + many * step)
        after = int((probe.witnesses.others[need] < ENOUGH).sum())
        idle = 0 if after < len(need) else idle + 1
        told()


def _step(
    solver: Solver,
    walk: System,
    need: Whole,
    fixed: Whole,
    dice: np.random.Generator,
    limit: float,
) -> Whole | None:
    """A step that moves as many as it can of the figures in need, by 1."""
    high = walk.high.copy()
    high[need] = np.minimum(high[need], 1)
    low = walk.low.copy()
    low[fixed] = high[fixed] = 0
    solver.all_ends(low, high)
    aim = {int(column): 1.0 + float(dice.random()) for column in need}
    answer = solver.most(aim, limit)
    return None if answer.point is None else whole_point(answer.point)


def _walk(system: System, base: Whole, times: int) -> System:
    """The steps that may be taken so often from a world without leaving what fits."""
    sums = system.sums(base)
    low, high = -((base - system.low) // times), (system.high - base) // times
    endless = system.least <= -NO_END
    return System(
        keys=system.keys,
        place=system.place,
        low=np.maximum(low, -_LONGEST),
        high=np.minimum(high, _LONGEST),
        starts=system.starts,
        columns=system.columns,
        times=system.times,
        least=np.where(endless, -NO_END, -((sums - system.least) // times)),
        most=np.where(system.most >= NO_END, NO_END, (system.most - sums) // times),
    )
