"""What is said ahead for a month, and how near it was.

Two methods, both simple enough to be said in a sentence. What happens in a month
(referrals) is expected as in the mean month of the last twelve. What stands at a
month's end (waiting, live) is expected to go on from where it stands by its mean
change. The band is meant to hold eight in ten. Source: practices, P35.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from provider_desk.planning.chance import HIGH, LOW, at_chance, cumulative, spread_of
from provider_desk.planning.exact import rounded, total, whole, written

#: How many months are looked back on, and how many are needed.
BACK, LEAST = 12, 3

#: Usual deviations to either side that hold eight in ten.
_EIGHT_IN_TEN = 1.2816


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast for one month.

    Attributes:
        low: nine in ten are expected to be at least this.
        expected: the middle.
        high: nine in ten are expected to be at most this.
        method: how it was worked out, in words.
    """

    low: int
    expected: int
    high: int
    method: str


def mean_month(values: Sequence[int | None]) -> Said | None:
    """A forecast of what happens in a month.

    Args:
        values: the months before, oldest first; None where a month has no figure.

    Returns:
        The forecast, None where fewer than three of the last twelve are known.
    """
    known = [value for value in values[-BACK:] if value is not None]
    if len(known) < LEAST:
        return None
    mean = Fraction(sum(known), len(known))
    spread = spread_of(known)
    table = cumulative(float(mean), spread)
    uneven = f"{spread:.1f} times as uneven" if spread > 1 else "as uneven"
    method = f"Mean of {len(known)} months: {written(mean)}, {uneven} as by chance."
    return Said(at_chance(table, LOW), whole(mean), at_chance(table, HIGH), method)


def going_on(values: Sequence[int | None], ahead: int) -> Said | None:
    """A forecast of what stands at a month's end.

    Args:
        values: the month ends before, oldest first; None where a month has none.
        ahead: how many months after the last of them.

    Returns:
        The forecast, None where the last month or three changes are not known.
    """
    last = values[-1] if values else None
    recent = values[-BACK - 1 :]
    steps = [
        Fraction(after - before)
        for before, after in pairwise(recent)
        if before is not None and after is not None
    ]
    if last is None or len(steps) < LEAST:
        return None
    mean = total(steps) / len(steps)
    variance = sum(float(step - mean) ** 2 for step in steps) / (len(steps) - 1)
    wide = Fraction(_EIGHT_IN_TEN * (variance * ahead) ** 0.5)
    middle = straight(last, mean, ahead)
    method = (
        f"{last} and {'+' if mean >= 0 else '−'}{written(abs(mean))} a month, "  # noqa: RUF001
        f"the mean of {len(steps)} changes."
    )
    return Said(
        max(whole(middle - wide), 0),
        max(whole(middle), 0),
        max(whole(middle + wide), 0),
        method,
    )


def straight(at: int, a_month: Fraction, ahead: int) -> Fraction:
    """Where a straight line from a number gets in so many months."""
    return at + a_month * ahead


@dataclass(frozen=True, slots=True)
class Outcome:
    """A forecast and what came."""

    low: int
    expected: int
    high: int
    actual: int

    @property
    def inside(self) -> bool:
        """Whether what came lies within the band, both ends in."""
        return self.low <= self.actual <= self.high

    @property
    def off(self) -> int:
        """By how much more came than expected; negative for less."""
        return self.actual - self.expected


@dataclass(frozen=True, slots=True)
class Score:
    """How good some forecasts were.

    Attributes:
        count: how many.
        inside: how many came within their band.
        error: by how much they were off on average, either way.
        bias: on average more came than expected; negative for less.
    """

    count: int
    inside: int
    error: Fraction
    bias: Fraction


def score(outcomes: Sequence[Outcome]) -> Score | None:
    """Score forecasts whose month has come; None where there are none."""
    if not outcomes:
        return None
    count = len(outcomes)
    return Score(
        count,
        sum(each.inside for each in outcomes),
        rounded(Fraction(sum(abs(each.off) for each in outcomes), count)),
        rounded(Fraction(sum(each.off for each in outcomes), count)),
    )
