"""The same rounding by trying every choice, written from the text and not the code.

Source: disclosure, §2, in its own units: a dither u in thousandths and a half, costs of
1,000 w (u - frac), 6,000 w and 100,000 w cubed. Only for a handful of figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from provider_desk.protection.dither import lean
from provider_desk.protection.problem import Kind, Problem, Relation, Target

_FIVE, _NEAR = 5, 4


def cost(problem: Problem, key: bytes, published: Mapping[str, int]) -> Fraction:
    """What some published figures cost together."""
    return sum(
        (
            _cost(target, published[target.key], lean(key, problem.year, target.key))
            for target in problem.targets
        ),
        Fraction(0),
    )


def _cost(target: Target, shown: int, leaning: int) -> Fraction:
    u = Fraction(2 * leaning + 1, 2000)
    below = target.truth // _FIVE
    fraction = Fraction(target.truth, _FIVE) - below
    weight = target.weight
    total = 1000 * weight * (u - fraction) * (Fraction(shown, _FIVE) - below)
    total += 100_000 * weight**3 * steps_off(shown, target.truth)
    if target.kind is Kind.FLOW:
        total += 6_000 * weight * steps_off(shown - target.before, target.month)
    return total


def steps_off(shown: int, true: int) -> int:
    """How many fives a figure lies further than the next ones."""
    nearer, steps = shown, 0
    while abs(nearer - true) > _NEAR:
        nearer += _FIVE if true > nearer else -_FIVE
        steps += 1
    return steps


def allowed(target: Target, bound: int) -> list[int]:
    """Every figure that one target may show."""
    if target.zero:
        return [target.before]
    reach = bound if target.weight == 1 else 9
    flow = target.kind is Kind.FLOW
    return [
        shown
        for shown in range(0, target.truth + reach + 1, _FIVE)
        if abs(shown - target.truth) <= reach
        and (not flow or abs(shown - target.before - target.month) <= reach)
        and (not flow or target.month < 0 or shown >= target.before)
    ]


def keeps(problem: Problem, relation: Relation, published: Mapping[str, int]) -> bool:
    """Whether published figures keep a relation."""
    before = {target.key: target.before for target in problem.targets}
    total = 0
    for term in relation.terms:
        shown = published[term.key]
        if term.month:
            shown -= before[term.key]
        total += term.times * shown
    return total == relation.rhs if relation.sense == "=" else total <= relation.rhs


def choices(problem: Problem, bound: int) -> Iterator[dict[str, int]]:
    """Every choice of figures that keeps the relations."""
    keys = [target.key for target in problem.targets]
    for shown in product(*(allowed(target, bound) for target in problem.targets)):
        published = dict(zip(keys, shown, strict=True))
        if all(keeps(problem, each, published) for each in problem.relations):
            yield published


def least(problem: Problem, key: bytes) -> tuple[int, Fraction] | None:
    """The bound that is needed and the least cost; None where there is no choice."""
    for bound in (9, 14):
        costs = [cost(problem, key, each) for each in choices(problem, bound)]
        if costs:
            return bound, min(costs)
    return None


def people(keys: Sequence[str], relations: Sequence[Relation]) -> set[str]:
    """The figures that some imaginary person stands in, by trying everybody."""
    found: set[str] = set()
    for person in product((0, 1), repeat=len(keys)):
        stands = dict(zip(keys, person, strict=True))
        if all(_unseen(each, stands) for each in relations):
            found |= {key for key, one in stands.items() if one}
    return found


def _unseen(relation: Relation, stands: Mapping[str, int]) -> bool:
    moved = sum(term.times * stands.get(term.key, 0) for term in relation.terms)
    return moved == 0 if relation.sense == "=" else moved <= 0
