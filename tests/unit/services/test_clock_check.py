"""A clock that can't be believed is told, once, with what to do."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.model.clock import FixedClock
from provider_desk.services.desk import Desk
from provider_desk.services.safety import clock_check
from provider_desk.services.safety.clock_check import ClockWatch, elapsed_ms
from provider_desk.store.op_log import setting

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
NOON = FixedClock.on(date(2018, 5, 1), 12).ms


def at_sign_in(now: int, last: int) -> str:
    return clock_check.told(now, last)


@pytest.mark.parametrize("away", [-MINUTE, 0, MINUTE, DAY, 59 * DAY])
def test_a_clock_that_may_be_right_is_not_spoken_of(away: int) -> None:
    assert at_sign_in(NOON + away, NOON) == ""


def test_a_desk_that_was_never_changed_tells_nothing_of_the_clock() -> None:
    assert at_sign_in(NOON, 0) == ""


def test_a_clock_behind_the_last_change_names_both_moments() -> None:
    said = at_sign_in(NOON - 365 * DAY, NOON)

    assert "shows Mon 1 May 2017, 13:00" in said
    assert "made Tue 1 May 2018, 13:00" in said
    assert "What was saved is safe" in said
    assert "Set the clock" in said


def test_a_clock_a_year_ahead_is_told() -> None:
    said = at_sign_in(NOON + 365 * DAY, NOON)

    assert "nothing was changed on this desk for 365 days" in said
    assert "Set the clock" in said


def test_who_signs_in_to_a_desk_of_the_future_is_told(desk: Desk) -> None:
    assert clock_check.at_sign_in(desk) == ""

    with desk.store.reading() as rows:
        held = FixedClock(ms_of(Stamp(setting(rows, "hlc") or "")) - DAY)

    assert "before the last change" in clock_check.at_sign_in(replace(desk, clock=held))


class Moving:
    """A clock and the counter beside it."""

    def __init__(self, *, counts_sleep: bool = True) -> None:
        self.clock = FixedClock(NOON)
        self.count = 5_000
        self.watch = ClockWatch(
            self.clock, lambda: self.count, counts_sleep=counts_sleep
        )

    def passes(self, ms: int, *, shown: int | None = None) -> str:
        """Time passes, and the clock shows as much or something else."""
        self.count += ms
        self.clock.ms += ms if shown is None else shown
        return self.watch.jumped()


def test_time_that_passes_is_no_jump() -> None:
    moving = Moving()

    assert [moving.passes(ms) for ms in (1, MINUTE, DAY, 400 * DAY)] == [""] * 4


@pytest.mark.parametrize(("by", "way"), [(-DAY, "back"), (DAY, "ahead")])
def test_a_jump_is_told_once(by: int, way: str) -> None:
    moving = Moving()
    moving.passes(MINUTE)

    assert f"jumped {way}" in moving.passes(MINUTE, shown=MINUTE + by)
    assert moving.passes(MINUTE) == ""


def test_a_jump_names_the_time_before_and_after() -> None:
    said = Moving().passes(MINUTE, shown=-59 * MINUTE)

    assert "from Tue 1 May 2018, 13:01 to Tue 1 May 2018, 12:01" in said


def test_a_clock_that_is_put_right_by_seconds_is_not_spoken_of() -> None:
    moving = Moving()

    assert moving.passes(MINUTE, shown=MINUTE - 40_000) == ""
    assert moving.passes(MINUTE, shown=MINUTE + 90_000) == ""


def test_sleep_is_no_jump_where_the_counter_stops_in_sleep() -> None:
    moving = Moving(counts_sleep=False)

    assert moving.passes(1, shown=16 * 60 * MINUTE) == ""
    assert "jumped ahead" in moving.passes(1, shown=30 * DAY)
    assert "jumped back" in moving.passes(1, shown=-DAY)


@pytest.mark.parametrize("day", [date(2018, 3, 25), date(2018, 10, 28)])
def test_summer_time_makes_no_jump(day: date) -> None:
    moving = Moving()
    moving.clock.ms = FixedClock.on(day - timedelta(days=1), 22).ms
    moving.watch.jumped()

    assert {moving.passes(10 * MINUTE) for _ in range(40)} == {""}


def test_the_counter_never_goes_back() -> None:
    counted = [elapsed_ms() for _ in range(1_000)]

    assert all(before <= after for before, after in pairwise(counted))


def test_without_another_word_the_system_s_counter_is_used() -> None:
    watch = ClockWatch(FixedClock(clock_check.elapsed_ms()))

    assert watch.jumped() == ""
