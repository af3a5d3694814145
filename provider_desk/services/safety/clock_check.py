"""Whether this computer's clock can be believed, in sentences.

Nothing is refused: what is saved keeps its order, because every change is stamped
later than the one before, whatever the clock shows. But days that the program fills
in, "today" in lists and the end of an account are read from the clock, so a wrong one
is told, once, with what to do.

A clock set back or forth by the hour, in spring and autumn, is no jump: time is kept
in UTC.
"""

import time
from collections.abc import Callable

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.model.clock import Clock, moment
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day
from provider_desk.store import op_log

_SECOND_MS = 1_000
_MINUTE_MS = 60 * _SECOND_MS
_DAY_MS = 24 * 60 * _MINUTE_MS

#: Behind the last change by more than this is told: less is two clocks that differ.
BEHIND_MS = 2 * _MINUTE_MS

#: Ahead of the last change by more than this is told: no desk rests that long unseen.
AHEAD_MS = 60 * _DAY_MS

#: A jump while the desk is open, by more than this either way.
JUMP_MS = 3 * _MINUTE_MS

#: Further ahead than a computer may have slept, where its counter stops in sleep.
SLEEP_MS = 3 * _DAY_MS

_SET_IT = (
    "What was saved is safe, and what you save keeps its order, but dates filled in "
    "for you would be wrong. Set the clock of this computer"
)


def elapsed_ms() -> int:
    """Milliseconds of a counter that nobody can set."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000


#: Whether the counter goes on while the computer sleeps.
COUNTS_SLEEP = hasattr(time, "CLOCK_BOOTTIME")


class ClockWatch:
    """Compares the clock with a counter, while a desk is open.

    Args:
        clock: what tells the time.
        elapsed: a counter of milliseconds that nobody can set.
        counts_sleep: whether that counter goes on while the computer sleeps.
    """

    def __init__(
        self,
        clock: Clock,
        elapsed: Callable[[], int] = elapsed_ms,
        *,
        counts_sleep: bool = COUNTS_SLEEP,
    ) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._furthest = JUMP_MS if counts_sleep else SLEEP_MS
        self._shown = clock.now_ms()
        self._counted = elapsed()

    def jumped(self) -> str:
        """What to say where the clock has jumped since this was last asked; or "".

        To be asked by a timer, every minute or so.
        """
        now, counted = self._clock.now_ms(), self._elapsed()
        by = (now - self._shown) - (counted - self._counted)
        before = self._shown + (counted - self._counted)
        self._shown, self._counted = now, counted
        if -JUMP_MS <= by <= self._furthest:
            return ""
        way = "back" if by < 0 else "ahead"
        return (
            f"The clock of this computer has just jumped {way}, from {_shown(before)} "
            f"to {_shown(now)}. {_SET_IT} if the new time is wrong."
        )


def at_sign_in(desk: Desk) -> str:
    """What to say of the clock to whoever has just signed in; "" where it may be right.

    To be asked before anything is saved: the last change is what it is held against.
    """
    with desk.store.reading() as rows:
        last = op_log.setting(rows, "hlc")
    return told(desk.clock.now_ms(), ms_of(Stamp(last)) if last else 0)


def told(now_ms: int, last_ms: int) -> str:
    """What to say of a clock that shows ``now_ms`` on a desk last changed ``last_ms``.

    Both in milliseconds since 1970 (UTC); 0 for a desk that was never changed.
    """
    if not last_ms or -AHEAD_MS <= last_ms - now_ms <= BEHIND_MS:
        return ""
    if last_ms > now_ms:
        return (
            f"The clock of this computer shows {_shown(now_ms)}, which is before the "
            f"last change on this desk, made {_shown(last_ms)}. {_SET_IT}, then sign "
            "in again. If it is right now, it was wrong then: look over what was "
            "saved last."
        )
    days = (now_ms - last_ms) // _DAY_MS
    return (
        f"By the clock of this computer, which shows {_shown(now_ms)}, nothing was "
        f"changed on this desk for {days} days. If that is not so, the clock is wrong. "
        f"{_SET_IT}, then sign in again."
    )


def _shown(ms: int) -> str:
    at = moment(ms)
    return f"{day(at.date())}, {at:%H:%M}"
