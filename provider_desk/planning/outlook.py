"""How a list may go on: a service played through week by week, many times.

In each week some people finish, some join the list, and free places go to those who
wait longest. How many finish and join is drawn by chance from fixed beginnings, so
that the same assumptions always give the same picture, and a change of one of them
shows nothing but that change. The band holds eight in ten of the runs. It tells how
chance plays, not whether an assumption is right. Source: practices, P34 to P36.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor
from random import Random

from provider_desk.planning.chance import HIGH, LOW, cumulative
from provider_desk.planning.scenario import MONTH, Scenario

#: How many runs, and from where chance begins.
RUNS, BEGIN = 200, 2015

#: Months that the list is looked ahead, and months after which somebody may join.
AHEAD, JOIN = 18, 12

#: A wait is followed for so many weeks; a longer one is only said to be longer.
LONGEST = 104

#: Questions are asked between runs whether the answer is still wanted.
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Band:
    """A number that chance moves: eight in ten runs lie from low to high."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may come of a scenario.

    Attributes:
        waiting: people who wait, today and after each month, 19 of them.
        waits: weeks that somebody waits who joins today or after each month, 13 of
            them; ``LONGEST`` and more is ``LONGEST``.
    """

    waiting: tuple[Band, ...]
    waits: tuple[Band, ...]


def outlook(scenario: Scenario, stopped: Stopped | None = None) -> Outlook | None:
    """Play a scenario through.

    Args:
        scenario: what is assumed.
        stopped: asked between two runs.

    Returns:
        What may come of it; None where it was stopped.
    """
    play = _Play(scenario)
    waiting: list[list[int]] = [[] for _ in range(AHEAD + 1)]
    waits: list[list[int]] = [[] for _ in range(JOIN + 1)]
    for run in range(RUNS):
        if stopped is not None and stopped():
            return None
        list_of_week, reached, room = play.run(run)
        for month, held in enumerate(waiting):
            held.append(list_of_week[week_of(month)])
        for month, held in enumerate(waits):
            held.append(_wait(list_of_week, reached, room, week_of(month)))
    return Outlook(tuple(map(_band, waiting)), tuple(map(_band, waits)))


def week_of(month: int) -> int:
    """The week with which so many months are over."""
    return round(month * MONTH)


class _Play:
    """One scenario, ready to be played through."""

    def __init__(self, scenario: Scenario) -> None:
        self._waiting, self._live = scenario.waiting, scenario.live
        self._places = floor(scenario.places)
        weeks = scenario.weeks_of_support
        self._leaving = 1 / float(weeks) if weeks else 0.0
        self._joining = cumulative(float(scenario.comes_a_week), scenario.spread)
        self._ending: dict[int, list[float]] = {}
        self._weeks = week_of(JOIN) + LONGEST

    def run(self, run: int) -> tuple[list[int], list[int], list[int]]:
        """One run: people waiting before each week, starts so far, free places left.

        Free places that are left after a week show that nobody waits any more.
        """
        waiting, live, started = self._waiting, self._live, 0
        lists, reached, room = [waiting], [0], [0]
        joining, places = self._joining, self._places
        most = len(joining) - 1
        for join, end in _chances(run, self._weeks):
            live -= self._ends(live, end)
            waiting += min(bisect_left(joining, join), most)
            starts = min(waiting, max(places - live, 0))
            live += starts
            waiting -= starts
            started += starts
            lists.append(waiting)
            reached.append(started)
            room.append(max(places - live, 0))
        return lists, reached, room

    def _ends(self, live: int, chance: float) -> int:
        """How many of those in support finish in a week."""
        if live not in self._ending:
            self._ending[live] = cumulative(live * self._leaving)
        table = self._ending[live]
        return min(bisect_left(table, chance), live)


def _wait(
    lists: Sequence[int], reached: Sequence[int], room: Sequence[int], week: int
) -> int:
    """Weeks until somebody starts who joins at the end of the list before a week."""
    ahead = reached[week] + lists[week] + 1
    for weeks in range(1, LONGEST):
        if reached[week + weeks] + room[week + weeks] >= ahead:
            return weeks - 1
    return LONGEST


def _band(values: list[int]) -> Band:
    ordered = sorted(values)
    last = len(ordered) - 1
    low, middle, high = (ordered[round(last * each)] for each in (LOW, 0.5, HIGH))
    return Band(low, middle, high)


@cache
def _chances(run: int, weeks: int) -> tuple[tuple[float, float], ...]:
    """The chances of a run, the same in every scenario."""
    chance = Random(f"{BEGIN} {run}")  # noqa: S311  (no secret)
    return tuple((chance.random(), chance.random()) for _ in range(weeks))
