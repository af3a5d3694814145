"""What a patient reader derives from time itself: who waits on, waits longer.

Somebody who waits at month end either waited at the end of the month before, and less
long by that month's days, or was accepted meanwhile. Somebody who waited then waits
longer now, unless they started or left the list. These relations join the bands of two
returns. They are no sums that a return shows, so they are kept apart here.

Source: monthly return, §2, B2, B3, D5, D11; §1.7 for records that come late, which
count in the flows that first count them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from provider_desk.attacker.definitions import Name, value
from provider_desk.attacker.reading import month_key
from provider_desk.attacker.sheet import Series
from provider_desk.attacker.world import Link, Term, World
from provider_desk.model.months import Month

#: The first day of each band.
#: Source: monthly return, §2, B2.
_BANDS = {
    0: "0-28",
    29: "29-56",
    57: "57-91",
    92: "92-126",
    127: "127-182",
    183: "183-364",
    365: "365+",
}
_ACCEPTED, _STARTED, _REMOVED = value("A2"), value("C1"), value("B4")
_CLOSED, _MOVED = value("D1"), value("D8")
#: Stocks that somebody leaves only so.
_LEFT_BY = {value("D11"): (_CLOSED,), value("D5"): (_CLOSED, _MOVED)}


def time_passes(world: World) -> Sequence[Link]:
    """Knows that whoever waits on, waits longer; as knowledge for an attack."""
    keys = frozenset(cell.key for cell in world.cells)
    labels = sorted({key.partition("|")[0] for key in keys if key[:1].isdigit()})
    areas = sorted({key.split("|")[1] for key in keys if key[:1].isdigit()})
    links: list[Link] = []
    for before, now in pairwise(labels):
        if str(Month.parse(before.partition("#")[0]).plus(1)) != now.partition("#")[0]:
            continue
        for area in areas:
            links += _Turn(before, now, area).links()
    return [link for link in links if keys.issuperset(t.key for t in link.terms)]


class _Turn:
    """From one month end to the next, in one area."""

    def __init__(self, before: str, now: str, area: str) -> None:
        self._before, self._now, self._area = before, now, area
        self._days = Month.parse(now.partition("#")[0]).last_day.day

    def links(self) -> Iterator[Link]:
        """What holds between the two."""
        for first in _BANDS:
            yield from self._longer(first)
            yield from self._still(first)
        for stock, ways in _LEFT_BY.items():
            out = self._terms(self._now, dict.fromkeys(ways, -1))
            then = self._terms(self._before, {stock: 1})
            now = self._terms(self._now, {stock: -1})
            yield Link(f"{stock[0]} stays, {self._now}", (*then, *out, *now), "<=")

    def _longer(self, first: int) -> Iterator[Link]:
        """Who waited so long, or started after it, waited then or came meanwhile."""
        then_days = first - self._days
        earlier = max((one for one in _BANDS if one <= then_days), default=-1)
        if earlier < 0:
            return
        then = self._terms(self._before, self._from("B2", earlier, -1))
        came = self._terms(self._now, {_ACCEPTED: -1})
        for code in ("B2", "B3"):
            now = self._terms(self._now, self._from(code, first, 1))
            yield Link(f"{code} from {first}, {self._now}", (*now, *then, *came), "<=")

    def _still(self, first: int) -> Iterator[Link]:
        """Who had waited so long then waits longer, has started or has left."""
        later = max(one for one in _BANDS if one <= first + self._days)
        then = self._terms(self._before, self._from("B2", first, 1))
        left = self._terms(self._now, {_STARTED: -1, _REMOVED: -1})
        now = self._terms(self._now, self._from("B2", later, -1))
        yield Link(f"B2 on from {first}, {self._now}", (*then, *left, *now), "<=")

    def _from(self, code: str, first: int, times: int) -> Mapping[Name, int]:
        return {
            value(code, band): times for day, band in _BANDS.items() if day >= first
        }

    def _terms(self, label: str, names: Mapping[Name, int]) -> tuple[Term, ...]:
        return tuple(
            Term(month_key(label, Series(self._area, *name)), times)
            for name, times in names.items()
        )
