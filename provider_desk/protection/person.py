"""Whether one more person could stand in every figure without any table telling.

An imaginary person is a choice of figures, each one higher by 1, so that every sum
still holds. Where each figure has such a person, every published figure could belong to
at least five different true ones. The person is counted first in this return; in later
ones the year to date and the stocks they are part of stay 1 higher and nothing else
moves, so one return stands for all. Source: disclosure, §2, test (2).
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from provider_desk.model.progress import never
from provider_desk.protection.problem import Relation, Target
from provider_desk.protection.search import cheapest
from provider_desk.protection.solver import Relaxed, Row, Unsure


def imaginary_person(
    targets: Iterable[Target], relations: Iterable[Relation]
) -> tuple[str, ...]:
    """The figures that no imaginary person can stand in.

    Args:
        targets: only their keys and structural zeros matter.
        relations: sums stay equal, and what is at most something stays so however
            near it is; a month and its year to date rise together.

    Returns:
        Keys in order; () is the proof that holds for every figure. Structural zeros
        hold nobody and are not named.
    """
    keys = sorted(target.key for target in targets if not target.zero)
    places = {key: place for place, key in enumerate(keys)}
    rows = _rows(relations, places)
    missing = set(range(len(keys)))
    quick = Relaxed(len(keys), rows)
    quick.again()
    while missing:
        gains = [-int(place in missing) for place in range(len(keys))]
        found = _found(_likely(quick, gains), rows, missing)
        if not found:
            found = _found(cheapest(gains, rows, never), rows, missing)
        if not found:
            break
        missing -= found
    return tuple(keys[place] for place in sorted(missing))


def _found(
    person: Sequence[int] | None, rows: Iterable[Row], missing: set[int]
) -> set[int]:
    """Where a person stands that nobody stood before; nowhere if they are none."""
    if person is None or not _stands(person, rows):
        return set()
    return {place for place in missing if person[place]}


def _likely(quick: Relaxed, gains: Sequence[int]) -> list[int] | None:
    """A person who gains much, or something that is nobody at all."""
    try:
        parts = quick.cheapest(gains)
    except Unsure:
        return None
    return parts.rounded if parts else None


def _rows(relations: Iterable[Relation], places: dict[str, int]) -> list[Row]:
    """What a person may change: nothing in a sum, only downwards in an at-most."""
    rows = set()
    for relation in relations:
        times: Counter[int] = Counter()
        for term in relation.terms:
            if term.key in places:
                times[places[term.key]] += term.times
        kept = sorted((place, many) for place, many in times.items() if many)
        rows.add(
            (
                tuple(place for place, _ in kept),
                tuple(many for _, many in kept),
                0,
                relation.sense == "<=",
            )
        )
    return [Row(*row) for row in sorted(rows)]


def _stands(person: Sequence[int], rows: Iterable[Row]) -> bool:
    """Whether the person changes no sum, in plain integers."""
    if not set(person) <= {0, 1}:
        return False
    for row in rows:
        total = sum(
            many * person[place]
            for place, many in zip(row.choices, row.times, strict=True)
        )
        if total > 0 or (total < 0 and not row.at_most):
            return False
    return True
