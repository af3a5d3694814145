"""The attack on council returns, as one call.

Source: disclosure, §3 (the gate) and §8.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from provider_desk.attacker.faults import faults
from provider_desk.attacker.groups import with_groups
from provider_desk.attacker.knowledge import Knowledge, keys_of
from provider_desk.attacker.patience import Patience
from provider_desk.attacker.reading import OPENING, read
from provider_desk.attacker.truths import Checked, Truth, checked, small
from provider_desk.attacker.verdict import SMALL, Found, Verdict
from provider_desk.attacker.worked_out import not_from_published
from provider_desk.attacker.world import Contradiction, Link, World
from provider_desk.model.progress import Progress, Stopped, never, silent

Effort = Literal["fast", "whole"]
#: Seconds after which what is still open counts as not shown safe.
_LIMIT: Mapping[Effort, float] = {"fast": 60.0, "whole": 1200.0}


def attack(
    files: Sequence[bytes],
    *,
    truth: Truth | None = None,
    known: Sequence[Knowledge] = (),
    effort: Effort = "fast",
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Verdict:
    """Attack any number of council returns, as exported.

    Args:
        files: the returns; a month twice where it was sent in two versions.
        truth: exact figures by month and key; with them, figures truly 1 to 4 are
            tested, without them every figure that may be so. A year to date follows
            where all its months are given, or is given as "…@ytd".
        known: what the reader knows besides.
        effort: "fast" attacks the figures of these files; "whole" also uses the months
            they list whose own file is not at hand, and attacks small groups.
        progress: told how many figures are decided.
        cancelled: asked now and then.

    Raises:
        NotValid: a file is no council return.
        Cancelled: the person stopped it.
    """
    begun = time.monotonic()
    world = read(files, far=effort == "whole")
    held = checked(world, truth or {})
    wrong = (
        *faults(held.world, held.figures, held.outside),
        *not_from_published(files),
    )
    links = [link for one in known for link in one(held.world)]
    world, wanted = _wanted(held, links, grouped=effort == "whole", told=bool(truth))
    patience = Patience(_LIMIT[effort], progress, cancelled)
    try:
        found = _judge(world.with_links(links), wanted, patience)
    except Contradiction as problem:
        found, wrong = [], (*wrong, str(problem))
    new, anyway = _new(world, links, found, wanted, patience)
    return Verdict(
        disclosed=tuple(new),
        tried=len(wanted),
        seconds=time.monotonic() - begun,
        anyway=tuple(anyway),
        faults=wrong,
        unsure=held.unsure,
    )


def _wanted(
    held: Checked, links: Sequence[Link], *, grouped: bool, told: bool
) -> tuple[World, dict[str, int | None]]:
    """The world with its groups, and the figures to test."""
    agreed = {cell.key for cell in held.world.cells if cell.agreed} | keys_of(links)
    keys = [
        cell.key
        for cell in held.world.cells
        if cell.key not in agreed and not cell.key.startswith(OPENING)
    ]
    if not told:
        may_be = {
            cell.key
            for cell in held.world.cells
            if cell.low <= SMALL and (cell.high is None or cell.high >= 1)
        }
        return held.world, {key: None for key in keys if key in may_be}
    wanted: dict[str, int | None] = dict(small(held.figures, keys, SMALL))
    world = held.world
    if grouped:
        world, groups = with_groups(world, held.figures)
        wanted |= groups
    return world, wanted


def _judge(
    world: World, wanted: Mapping[str, int | None], patience: Patience
) -> list[Found]:
    """Load the solver, which takes a moment, and ask it."""
    from provider_desk.attacker.judge import judge  # noqa: PLC0415 - loads the solver

    return judge(world, wanted, patience)


def _new(
    world: World,
    links: Sequence[Link],
    found: Sequence[Found],
    wanted: Mapping[str, int | None],
    patience: Patience,
) -> tuple[list[Found], list[Found]]:
    """What was found, apart from what the knowledge alone gives away already.

    Source: disclosure, §4: "new" is what does not already follow from that knowledge
    with nothing published.
    """
    knows = bool(links) or any(cell.agreed for cell in world.cells)
    if not knows or not found:
        return list(found), []
    again = {f"{one.month}|{one.key}" for one in found}
    alone = _judge(
        _without_figures(world).with_links(links),
        {key: real for key, real in wanted.items() if key in again},
        replace(patience, progress=silent),
    )
    before = {(one.month, one.key): one for one in alone if one.proven}
    new: list[Found] = []
    anyway: list[Found] = []
    for one in found:
        earlier = before.get((one.month, one.key))
        same = earlier is not None and (not one.exact or earlier.exact)
        (anyway if same else new).append(one)
    return new, anyway


def _without_figures(world: World) -> World:
    """The world to somebody to whom nothing was sent but what was agreed."""
    cells = [
        cell
        if cell.agreed
        else replace(cell, low=min(cell.low, 0), high=None, shown=None)
        for cell in world.cells
    ]
    return World(tuple(cells), world.links)
