"""The cheapest whole answer, by way of the cheapest one in parts.

Where the answer in parts is whole, it is the answer. Else most choices are worth more
than anything that the others could win back: they are settled, and only the few that
are left are tried out. Still exact, and several times faster than leaving it all to the
solver, which spends seconds on narrowing down what hardly matters.
"""

from collections.abc import Mapping, Sequence

from provider_desk.model.errors import Cancelled
from provider_desk.model.progress import Stopped
from provider_desk.protection.solver import InPart, Relaxed, Row, Unsure, whole

#: Choices worth more than this are settled at first; a lone inner figure's lean is
#: worth up to 2,000.
_FIRST_REACH = 3_000.0
#: How much wider the second try is where nothing held.
_WIDER = 8
#: More than all rounding errors of the solver's arithmetic.
_SURELY = 1.0


def cheapest(
    costs: Sequence[int], rows: Sequence[Row], stopped: Stopped
) -> list[int] | None:
    """Which choices are taken (1) so that the rows hold at the least cost.

    Args:
        costs: of each choice, whole numbers, below 0 for a gain.
        rows: what has to hold.
        stopped: asked now and then whether the person stopped it.

    Returns:
        0 or 1 for each choice, or None where nothing meets the rows.

    Raises:
        Cancelled: the person stopped it.
        TookTooLong: there is no answer after a minute.
    """
    _ask(stopped)
    if any(row.hopeless for row in rows):
        return None
    if not costs:
        return []
    try:
        parts = Relaxed(len(costs), rows).cheapest(costs)
    except Unsure:
        return whole(costs, rows, stopped)
    _ask(stopped)
    if parts is None:
        return None
    if all(map(parts.is_whole, range(len(costs)))):
        return parts.rounded
    return _settled(costs, rows, parts, stopped)


def _ask(stopped: Stopped) -> None:
    if stopped():
        raise Cancelled("Rounding was stopped.", "Nothing was written or sent.")


def _settled(
    costs: Sequence[int], rows: Sequence[Row], parts: InPart, stopped: Stopped
) -> list[int] | None:
    """The cheapest whole answer: whoever strays from a settled choice pays more."""
    reach = _FIRST_REACH
    rounded = parts.rounded
    while True:
        fixed = {
            place: rounded[place]
            for place, worth in enumerate(parts.worth)
            if abs(worth) > reach and parts.is_whole(place)
        }
        taken = _tried(costs, rows, fixed, stopped)
        if taken is None:
            if not fixed:
                return None
            reach *= _WIDER
            continue
        cost = sum(cost for cost, one in zip(costs, taken, strict=True) if one)
        lost = cost - parts.cost + _SURELY
        if lost <= reach or not fixed:
            return taken
        reach = lost


def _tried(
    costs: Sequence[int],
    rows: Sequence[Row],
    fixed: Mapping[int, int],
    stopped: Stopped,
) -> list[int] | None:
    """The cheapest answer with some choices settled; None where there is none."""
    free = [place for place in range(len(costs)) if place not in fixed]
    at = {place: index for index, place in enumerate(free)}
    left = [_left(row, fixed, at) for row in rows]
    found = whole([costs[place] for place in free], left, stopped)
    if found is None:
        return None
    return [
        fixed[place] if place in fixed else found[at[place]]
        for place in range(len(costs))
    ]


def _left(row: Row, fixed: Mapping[int, int], at: Mapping[int, int]) -> Row:
    """What a row asks of the choices that are not settled."""
    total, choices, times = row.total, [], []
    for place, many in zip(row.choices, row.times, strict=True):
        if place in fixed:
            total -= many * fixed[place]
        else:
            choices.append(at[place])
            times.append(many)
    return Row(tuple(choices), tuple(times), total, row.at_most)
