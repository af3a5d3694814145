"""The multiples of five that one figure may take, and what each would cost.

Costs are whole numbers, twice those of the source so that the half thousandth of the
dither is whole too. Source: disclosure, §2.
"""

from dataclasses import dataclass

from provider_desk.protection.dither import PARTS
from provider_desk.protection.problem import (
    BASE,
    BOUND,
    INNER,
    NORMALLY,
    Kind,
    Target,
)

#: Cost of one step further from the true month, and from the true year to date.
_MONTH_OFF, _OFF = 12_000, 200_000


@dataclass(frozen=True, slots=True)
class Window:
    """The multiples a figure may take; none where high is below low.

    Attributes:
        low: the least number of fives.
        high: the most number of fives, itself in.
        steps: what each five above ``low`` adds to the cost, rising.
    """

    low: int
    high: int
    steps: tuple[int, ...]


def bounds(target: Target, bound: int) -> tuple[int, int]:
    """Least and most number of fives that a figure may take, both in.

    Args:
        target: the figure.
        bound: 9, or 14, which holds for inner figures only.
    """
    if target.zero:
        return target.before // BASE, target.before // BASE
    reach = bound if target.weight == INNER else BOUND
    low, high = _between(target.truth, reach)
    low = max(low, 0)
    if target.kind is Kind.FLOW:
        least, most = _between(target.before + target.month, reach)
        low, high = max(low, least), min(high, most)
        if target.month >= 0:
            low = max(low, target.before // BASE)
    return low, high


def window(target: Target, bound: int, lean: int) -> Window:
    """What a figure may be, and what each step costs.

    Args:
        target: the figure.
        bound: 9 or 14.
        lean: its dither, in thousandths.
    """
    low, high = bounds(target, bound)
    weight = target.weight
    rest = target.truth % BASE
    side = weight * (2 * lean + 1 - 2 * PARTS * rest // BASE)
    near = _between(target.truth, NORMALLY)
    steps = [side + _OFF * weight**3 * _outside(at, near) for at in range(low, high)]
    if target.kind is Kind.FLOW:
        near = _between(target.before + target.month, NORMALLY)
        for place, at in enumerate(range(low, high)):
            steps[place] += _MONTH_OFF * weight * _outside(at, near)
    return Window(low, high, tuple(steps))


def _between(figure: int, reach: int) -> tuple[int, int]:
    """The fives within reach of a figure, both ends in."""
    return -((reach - figure) // BASE), (figure + reach) // BASE


def _outside(at: int, ends: tuple[int, int]) -> int:
    """What the step from ``at`` to the next five does: towards -1, within 0, away 1."""
    low, high = ends
    return (at >= high) - (at < low)
