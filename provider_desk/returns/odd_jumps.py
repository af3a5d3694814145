"""Figures that are far from their own past, each with the month's rows.

The rule: of the months since last March, and of the last six at least, the middle is
taken, and the usual distance from it: half of the months lie within. It is never taken
for smaller than chance makes it, 0.6 times the root of the middle. A figure is odd that
is at least 5 away from the middle, and at least 5 times the usual distance. Of what
stands at month end it is the change in a month that is compared, so that a list which
grows steadily is not odd every month. It is pointed out, never stopped. No source
settles this rule; of figures that move by chance alone it finds 1 in 200.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Check
from provider_desk.returns.totals import rows_in, totals

#: A figure is compared with this many months at most, and with the fewest at least.
MONTHS, FEWEST = 12, 6

#: A change below this is no jump.
LEAST = 5

#: So many times the usual distance is odd.
TIMES = 5

#: Half of what comes by chance lies within this many roots of its mean.
BY_CHANCE = 0.6

TITLE = "No figure is far from its own past"
RULE = (
    f"Odd is what is at least {LEAST}, and {TIMES} times the usual distance, away "
    "from the middle of the months before."
)


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that is far from its own past.

    Attributes:
        now: of this month.
        middle: of the months before.
        usual: half of them lie within this distance of the middle, or would by
            chance alone.
    """

    now: int
    middle: float
    usual: float


def jump(now: int, before: Sequence[int]) -> Jump | None:
    """Whether a figure is odd beside those of the months before.

    Args:
        now: of the return's month.
        before: of earlier months that have figures, in any order.
    """
    if len(before) < FEWEST:
        return None
    middle = median(before)
    usual = max(
        median(abs(each - middle) for each in before), BY_CHANCE * sqrt(abs(middle))
    )
    far = abs(now - middle)
    if far < LEAST or far < TIMES * usual:
        return None
    return Jump(now, middle, usual)


def odd_jumps(
    rows: Rows,
    counting: Counting,
    contract: Agreement,
    months: Sequence[Month],
    today: date,
    has_figures: Callable[[Month], bool],
) -> Iterator[Check]:
    """One check for each odd figure, or one that says there is none, by area.

    Args:
        rows: the transaction that the figures were counted in.
        counting: the figures of ``months``.
        contract: whose return it is.
        months: in order, without a gap, the return's own last.
        today: as the return is made with.
        has_figures: whether a month has figures.
    """
    month = months[-1]
    past = _past(months, has_figures)
    older = tuple(each for each in past if each < months[0])
    countings = [counting]
    if older:
        gapless = _from_to(older[0], months[0].plus(-1))
        scope = Scope(contract.contract_id, gapless, today)
        countings.append(Counting(rows, scope))
    this_month = Scope(contract.contract_id, (month,), today)
    for area in contract.areas:
        found = False
        for figure in totals():
            values = {
                each: _of(countings, figure, area, each) for each in (*past, month)
            }
            moved = _changes(values) if FACTS[figure.fact].stock else dict(values)
            now = moved.pop(month, None)
            odd = None if now is None else jump(now, list(moved.values()))
            if odd is not None:
                found = True
                ids = rows_in(rows, this_month, figure, (area,))
                yield _odd(figure, area, values[month], len(moved), odd, ids)
        if not found:
            yield _none(area, len(past))


def _past(months: Sequence[Month], has_figures: Callable[[Month], bool]) -> list[Month]:
    """The months to compare with, oldest first.

    Those before ``months`` must be counted anew, so only as many as it takes: one more
    than the fewest, as changes are one less than months.
    """
    found: list[Month] = []
    for back in range(1, MONTHS + 1):
        each = months[-1].plus(-back)
        if each < months[0] and len(found) > FEWEST:
            break
        if has_figures(each):
            found.append(each)
    return found[::-1]


def _changes(values: Mapping[Month, int]) -> dict[Month, int]:
    """Month → change since the month before, where that one has a figure."""
    return {
        month: value - values[month.plus(-1)]
        for month, value in values.items()
        if month.plus(-1) in values
    }


def _from_to(first: Month, last: Month) -> tuple[Month, ...]:
    months = [first]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    return tuple(months)


def _of(countings: Sequence[Counting], figure: Figure, area: str, month: Month) -> int:
    place = (area, str(month))
    for counting in countings:
        tallies = counting.counted(figure).tallies
        if place in tallies:
            return tallies[place].rows
    return 0


def _odd(
    figure: Figure, area: str, now: int, months: int, odd: Jump, ids: tuple[str, ...]
) -> Check:
    return Check(
        code=f"jump-{figure.code}",
        area=area,
        title=TITLE,
        passed=False,
        blocking=False,
        text=_said(figure, now, months, odd),
        table=FACTS[figure.fact].table if ids else "",
        rows=ids,
    )


def _said(figure: Figure, now: int, months: int, odd: Jump) -> str:
    within = f"the usual distance from it {odd.usual:.1f}."
    if FACTS[figure.fact].stock:
        return (
            f"{figure.label}: {now}, {odd.now:+d} in a month. The middle of the "
            f"{months} changes before is {odd.middle:+g}, {within}"
        )
    return (
        f"{figure.label}: {now} this month. The middle of the {months} months before "
        f"is {odd.middle:g}, {within}"
    )


def _none(area: str, months: int) -> Check:
    short = (
        f"There are {months} months to compare with; it takes {FEWEST}."
        if months < FEWEST
        else "None is. " + RULE
    )
    return Check(
        code="jumps",
        area=area,
        title=TITLE,
        passed=True,
        blocking=False,
        text=short,
    )
