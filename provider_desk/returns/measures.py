"""The counting functions that the indicators name: tallies in, a cell out.

Percentages, means and medians are worked in whole numbers and decimals, half up.
Source: monthly return, §1.4, §1.9.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from provider_desk.returns.counts import Tally
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Cell, State

#: Numerator or whole, and the denominator of a ratio.
Measure = Callable[[Figure, Tally, Tally], Cell]

NOBODY = "There is nobody to count."
NO_CAPACITY = "No capacity is entered in the settings."


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """A decimal rounded half up: 31.25 to one place is 31.3."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: int) -> Cell:
    """A count; 0 is a true zero."""
    return Cell(State.FIGURE, value)


def count(_figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """How many rows."""
    return number(tally.rows)


def distinct(_figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """How many different people or groups."""
    return number(len(tally.who))


def ratio(figure: Figure, tally: Tally, of: Tally) -> Cell:
    """A share: rows that fit of all rows."""
    return share(figure, tally.rows, of.rows)


def share(figure: Figure, part: int, whole: int) -> Cell:
    """A share of a whole; a share of nothing does not apply."""
    if whole == 0:
        return Cell(
            State.NOT_APPLICABLE, None, part, whole, note="There is nothing to share."
        )
    return _enough(figure, whole) or Cell(State.FIGURE, part / whole, part, whole)


def mean(figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """Total over number of rows, one decimal."""
    if not tally.rows:
        return Cell(State.NOT_APPLICABLE, note=NOBODY)
    withheld = _enough(figure, tally.rows)
    if withheld:
        return withheld
    total = _total(tally.values)
    exact = Decimal(total) / Decimal(tally.rows * figure.per)
    return Cell(State.FIGURE, float(half_up(exact, 1)), total, tally.rows)


def median(figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """The middle value, or half way between the two middle ones."""
    if not tally.rows:
        return Cell(State.NOT_APPLICABLE, note=NOBODY)
    return _enough(figure, tally.rows) or Cell(State.FIGURE, middle(tally.values))


def longest(figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """The largest value."""
    if not tally.rows:
        return Cell(State.NOT_APPLICABLE, note=NOBODY)
    return _enough(figure, tally.rows) or number(max(tally.values))


def smallest(figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """The smallest value."""
    if not tally.rows:
        return Cell(State.NOT_APPLICABLE, note=NOBODY)
    return _enough(figure, tally.rows) or number(min(tally.values))


def middle(values: Mapping[int, int]) -> int | float:
    """The median of numbers with how often each occurs; there must be one."""
    total = sum(values.values())
    low = high = None
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if low is None and seen * 2 >= total:
            low = value
        if seen * 2 > total:
            high = value
            break
    if low is None or high is None:
        raise ValueError("a median of nothing")
    return low if low == high else (low + high) / 2


def capacity(_figure: Figure, tally: Tally, _of: Tally) -> Cell:
    """Weekly slots by the weeks that they were there, in whole slots."""
    if not tally.rows:
        return Cell(State.NOT_SUBMITTED, note=NO_CAPACITY)
    return number(whole_slots(tally))


def whole_slots(tally: Tally) -> int:
    """Slots of slot-days, which are weekly slots by days."""
    return int(half_up(Decimal(_total(tally.values)) / 7))


def _total(values: Mapping[int, int]) -> int:
    return sum(value * times for value, times in values.items())


def _enough(figure: Figure, cases: int) -> Cell | None:
    """Withheld where there are too few cases, in every copy. Source: §2, tiers."""
    if cases >= figure.min_n:
        return None
    return Cell(State.WITHHELD, note=f"Fewer than {figure.min_n} cases.")


MEASURES: dict[str, Measure] = {
    "count": count,
    "distinct": distinct,
    "ratio": ratio,
    "mean": mean,
    "median": median,
    "longest": longest,
    "smallest": smallest,
}
