"""What came against what was expected, over the same months only.

An estimate for a year is shared out evenly over its months; months that have no
figure, and months that no estimate is about, are left out on both sides and said.
413 referrals of 15 months against an estimate for three years are not "72 % more".
Source: practices, P35 and mistake 4; domain reference, H4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from provider_desk.model.months import Month
from provider_desk.planning.exact import percent, total


@dataclass(frozen=True, slots=True)
class Expected:
    """How many were expected over some months.

    Attributes:
        first: the first month.
        last: the last one, in.
        people: over all of them.
    """

    first: Month
    last: Month
    people: int

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, in order."""
        return months_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Part:
    """What an estimate gives to a comparison.

    Attributes:
        expected: the estimate.
        months: how many of its months are compared.
        people: its share of them.
    """

    expected: Expected
    months: int
    people: Fraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """Actual against expected, over the same months.

    Attributes:
        months: those compared.
        actual: what came in them.
        expected: what was expected for them.
        parts: how that adds up.
        not_submitted: months of an estimate without a figure.
        not_estimated: months with a figure that no estimate is about.
    """

    months: tuple[Month, ...]
    actual: int
    expected: Fraction
    parts: tuple[Part, ...]
    not_submitted: tuple[Month, ...]
    not_estimated: tuple[Month, ...]

    @property
    def more(self) -> Fraction | None:
        """Percent more than expected, negative for less; None against nothing."""
        if not self.expected:
            return None
        return percent(self.actual - self.expected, self.expected)


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Months in order, both ends in; () where the last lies before the first."""
    found = []
    while first <= last:
        found.append(first)
        first = first.plus(1)
    return tuple(found)


def compare(
    estimates: Sequence[Expected], actual: Mapping[Month, int | None]
) -> Comparison:
    """Compare what came with what was expected.

    Args:
        estimates: none of which share a month.
        actual: month → what came; None where the month has no figure. Months that
            are not named, such as those to come, are not compared.

    Raises:
        ValueError: two estimates are about the same month.
    """
    about = [month for each in estimates for month in each.months]
    if len(set(about)) != len(about):
        raise ValueError("two estimates are about the same month")
    known = {month: came for month, came in actual.items() if came is not None}
    compared = tuple(sorted(set(about) & known.keys()))
    parts = tuple(
        Part(each, count, Fraction(each.people * count, len(each.months)))
        for each in sorted(estimates, key=lambda each: each.first)
        if (count := len(set(each.months) & known.keys()))
    )
    return Comparison(
        months=compared,
        actual=sum(known[month] for month in compared),
        expected=total(part.people for part in parts),
        parts=parts,
        not_submitted=tuple(sorted((set(about) & actual.keys()) - known.keys())),
        not_estimated=tuple(sorted(known.keys() - set(about))),
    )
