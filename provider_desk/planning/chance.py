"""How many of something come by chance: as counts do, or more unevenly.

Counts of independent events vary as Poisson's law says: their variance is their mean.
Referrals come in spikes, so their variance may be several times the mean; then the
negative binomial law with that spread is taken. Source: practices, P36.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log

#: The band of eight in ten: one in ten below, one in ten above.
LOW, HIGH = 0.1, 0.9

#: Probabilities are added up until so little is left.
_LEFT = 1e-9
_NEARLY_EVEN = 1.0001


def cumulative(mean: float, spread: float = 1.0) -> list[float]:
    """The chance of at most 0, 1, 2 … of something, until hardly any is left.

    Args:
        mean: how many come on average; 0 or more.
        spread: variance by mean; 1 for chance alone, less counts as 1.

    Raises:
        ValueError: the mean is below nothing.
    """
    if mean < 0:
        raise ValueError("fewer than none can't come")
    if mean == 0:
        return [1.0]
    even = spread <= _NEARLY_EVEN
    size = 0.0 if even else mean / (spread - 1)
    chance = exp(-mean) if even else exp(-size * log(spread))
    chances = [chance]
    # As far as twelve of the usual deviations, whatever is still left then.
    most = int(mean + 12 * (mean * max(spread, 1.0)) ** 0.5 + 12)
    left = 1 - chance
    for number in range(1, most + 1):
        step = mean if even else (size + number - 1) * (1 - 1 / spread)
        chance *= step / number
        chances.append(chance)
        left -= chance
        if left < _LEFT:
            break
    return list(accumulate(chances))


def at_chance(table: Sequence[float], chance: float) -> int:
    """The smallest number that at least so large a share stays at or below."""
    return min(bisect_left(table, chance), len(table) - 1)


def spread_of(values: Sequence[int]) -> float:
    """Variance by mean of counts, at least 1; 1 where too little is known."""
    if len(values) < 3 or not sum(values):  # noqa: PLR2004  (two show no spread)
        return 1.0
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return max(variance / mean, 1.0)
