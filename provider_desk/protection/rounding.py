"""Rounds all figures of a return at once, so that every table still adds up.

The published figures are the cheapest that keep every relation: next to the true year
to date before next to the true month, before the side that the dither leans to; totals
before parts. The same return with the same key gives the same figures, in whatever
order its targets come. Source: disclosure, §2-3.
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from provider_desk.model.progress import Stopped
from provider_desk.protection.dither import lean
from provider_desk.protection.problem import (
    BASE,
    BOUND,
    WIDENED,
    Problem,
    Relation,
    Solved,
    Target,
)
from provider_desk.protection.recheck import recheck
from provider_desk.protection.search import cheapest
from provider_desk.protection.solver import Row, TookTooLong, Unsure
from provider_desk.protection.windows import Window, window
from provider_desk.protection.words import gave_up, no_solution


def solve(problem: Problem, key: bytes, cancelled: Stopped) -> Solved:
    """Round a return.

    Where nothing holds within 9 of the true figures, the inner ones may lie within 14.

    Args:
        problem: the figures and what has to hold.
        key: the provider's secret.
        cancelled: asked now and then whether the person stopped it.

    Returns:
        The published figures, checked once more in plain integers.

    Raises:
        NoSolution: nothing holds within 14 either, or the search took too long.
        Cancelled: the person stopped it.
        ValueError: the key is empty.
    """
    if not key:
        raise ValueError("rounding needs the provider's key")
    began = time.monotonic()
    for bound in (BOUND, WIDENED):
        try:
            published = _attempt(problem, key, bound, cancelled)
        except (TookTooLong, Unsure) as trouble:
            raise gave_up() from trouble
        if published is not None:
            recheck(problem, published, bound)
            return Solved(published, bound, time.monotonic() - began)
    raise no_solution(problem)


def _attempt(
    problem: Problem, key: bytes, bound: int, cancelled: Stopped
) -> dict[str, int] | None:
    """The published figures within a bound, or None where nothing holds."""
    targets = sorted(problem.targets, key=lambda target: target.key)
    windows = [
        window(each, bound, lean(key, problem.year, each.key)) for each in targets
    ]
    if any(each.low > each.high for each in windows):
        return None
    rows = _rows(targets, windows, problem.relations)
    costs = [cost for each in windows for cost in each.steps]
    taken = cheapest(costs, rows, cancelled) if rows is not None else None
    return None if taken is None else _published(targets, windows, taken)


def _published(
    targets: Sequence[Target], windows: Sequence[Window], taken: Sequence[int]
) -> dict[str, int]:
    """Each figure: its least, and five for each step that is taken."""
    published, at = {}, 0
    for target, each in zip(targets, windows, strict=True):
        steps = taken[at : at + len(each.steps)]
        published[target.key] = BASE * (each.low + sum(steps))
        at += len(steps)
    return published


def _rows(
    targets: Sequence[Target],
    windows: Sequence[Window],
    relations: Iterable[Relation],
) -> list[Row] | None:
    """The relations as rows over the steps; None where one can't be met at all."""
    before = {target.key: target.before for target in targets}
    low: dict[str, int] = {}
    places: dict[str, range] = {}
    at = 0
    for target, each in zip(targets, windows, strict=True):
        low[target.key] = each.low
        places[target.key] = range(at, at + len(each.steps))
        at += len(each.steps)
    rows = set()
    for relation in relations:
        times, total = _folded(relation, before)
        if relation.sense == "=" and total % BASE:
            return None
        left = total // BASE - sum(many * low[name] for name, many in times.items())
        terms = [
            (place, many) for name, many in times.items() for place in places[name]
        ]
        terms.sort()
        rows.add(
            (
                tuple(place for place, _ in terms),
                tuple(many for _, many in terms),
                left,
                relation.sense == "<=",
            )
        )
    return [Row(*row) for row in sorted(rows)]


def _folded(
    relation: Relation, before: Mapping[str, int]
) -> tuple[dict[str, int], int]:
    """A relation in years to date only: how often each figure counts, and the total."""
    times: Counter[str] = Counter()
    total = relation.rhs
    for term in relation.terms:
        times[term.key] += term.times
        if term.month:
            total += term.times * before[term.key]
    return {name: many for name, many in times.items() if many}, total
