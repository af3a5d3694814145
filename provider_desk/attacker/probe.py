"""The tightest whole-number interval of one figure, and which values are possible.

The solver's broken numbers give the ends first; every value between them that no world
has shown yet is then asked for in whole numbers, so that parities and holes are found.

Source: disclosure, §8.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from provider_desk.attacker.solver import NEAR, Answer, Solver, whole_point
from provider_desk.attacker.system import NO_END, System
from provider_desk.attacker.verdict import ENOUGH
from provider_desk.attacker.witnesses import Witnesses
from provider_desk.attacker.world import Contradiction

#: Where a figure has no end, values up to so far above its least are asked for.
_FAR_ENOUGH = 24


@dataclass(frozen=True, slots=True)
class Interval:
    """What remains possible for a figure.

    Attributes:
        low: the least possible value; None where there is no end.
        high: the most; None where there is no end.
        values: those shown to be possible; every possible one where all were asked for.
        left: how many values other than 0 remain; at least so many where it is ENOUGH
            and not all were asked for.
        proven: False where time ran out on some value.
    """

    low: int | None
    high: int | None
    values: tuple[int, ...]
    left: int
    proven: bool = True


class Probe:
    """Asks the solver about one system, keeping every world it comes by."""

    def __init__(
        self,
        system: System,
        until: float = math.inf,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin with nothing shown.

        Args:
            system: what the outsider holds.
            until: by the monotonic clock; what is open then stays open.
            look: called before every question; may raise to stop.
        """
        self.system = system
        self.witnesses = Witnesses(system)
        self._until = until
        self._look = look
        self._broken: Solver | None = None
        self._whole: Solver | None = None
        self._ends: dict[int, tuple[int | None, int | None]] = {}

    @property
    def seconds(self) -> float:
        """How much time is left."""
        return self._until - time.monotonic()

    @property
    def broken(self) -> Solver:
        """The solver that allows broken numbers."""
        if self._broken is None:
            self._broken = Solver(self.system, whole=False)
        return self._broken

    @property
    def whole(self) -> Solver:
        """The solver in whole numbers."""
        if self._whole is None:
            self._whole = Solver(self.system, whole=True)
        return self._whole

    def interval(self, column: int, *, every: bool = False) -> Interval:
        """What remains possible for a figure.

        Args:
            column: which.
            every: ask for every value, not only until ENOUGH are shown.

        Raises:
            Contradiction: nothing at all satisfies the system.
        """
        low, high = self._both(column)
        shown, impossible = self.witnesses.shown(column), set[int]()
        unsure = False
        for value in _candidates(low, high):
            shown |= self.witnesses.shown(column)
            if not every and _others(shown) >= ENOUGH:
                break
            if value not in shown:
                state = self._ask(column, value)
                unsure |= state == "unsure"
                shown |= {value} if state == "best" else set()
                impossible |= {value} if state == "none" else set()
        if not (shown or unsure or low is None or high is None):
            raise _impossible()
        return _told((low, high), shown, impossible, proven=not unsure)

    def room(self, column: int) -> int:
        """How many values other than 0 broken numbers leave a figure, at most.

        Raises:
            Contradiction: nothing at all satisfies the system.
        """
        low, high = self._both(column)
        if low is None or high is None:
            return _FAR_ENOUGH
        return high - low + 1 - (low <= 0 <= high)

    def _both(self, column: int) -> tuple[int | None, int | None]:
        if column not in self._ends:
            self._ends[column] = self._end(column, -1), self._end(column, 1)
        return self._ends[column]

    def _end(self, column: int, sign: int) -> int | None:
        """The least (-1) or most (1) value by broken numbers, rounded inwards."""
        self._look()
        answer = self.broken.most({column: float(sign)}, self.seconds)
        if answer.state == "none":
            raise _impossible()
        if answer.state != "best" or answer.point is None:
            end = (self.system.high if sign > 0 else self.system.low)[column]
            return None if abs(end) >= NO_END else int(end)
        self._keep(answer)
        found = float(answer.point[column])
        return math.floor(found + NEAR) if sign > 0 else math.ceil(found - NEAR)

    def _ask(self, column: int, value: int) -> str:
        """Whether a figure can have a value: "best", "none" or "unsure"."""
        self._look()
        self.whole.ends(column, value, value)
        answer = self.whole.most({}, self.seconds)
        self.whole.free(column)
        if self._keep(answer):
            return "best"
        return "none" if answer.state == "none" else "unsure"

    def _keep(self, answer: Answer) -> bool:
        if answer.point is None:
            return False
        point = whole_point(answer.point)
        return point is not None and self.witnesses.add(point)


def _told(
    ends: tuple[int | None, int | None],
    shown: set[int],
    impossible: set[int],
    *,
    proven: bool,
) -> Interval:
    low, high = ends
    while low is not None and low in impossible:
        low += 1
    while high is not None and high in impossible:
        high -= 1
    left = _others(shown)
    if not proven and low is not None and high is not None:
        possible = set(range(low, high + 1)) - impossible
        left = max(left, min(_others(possible), ENOUGH - 1))
    return Interval(low, high, tuple(sorted(shown)), left, proven)


def _impossible() -> Contradiction:
    return Contradiction(
        "The figures contradict each other: no numbers satisfy them all.",
        "Nothing was sent. Compare the return with the one before it.",
    )


def _others(values: set[int]) -> int:
    return len(values - {0})


def _candidates(low: int | None, high: int | None) -> list[int]:
    """The values between two ends, those nearest to 0 first."""
    if low is None and high is None:
        low, high = -_FAR_ENOUGH, _FAR_ENOUGH
    elif low is None and high is not None:
        low = high - _FAR_ENOUGH
    elif high is None and low is not None:
        high = low + _FAR_ENOUGH
    return sorted(range(low or 0, (high or 0) + 1), key=abs)
