"""Stamps sort in time order, and the clock never goes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.changes import hlc

HERE, THERE = "0123456789abcdef", "fedcba9876543210"
MS = 1_525_165_200_000
HOURS_24 = 24 * 60 * 60 * 1000

moments = st.integers(0, (1 << 48) - 2)


def test_a_stamp_is_milliseconds_counter_and_device() -> None:
    stamp = hlc.made(MS, 258, HERE)

    assert stamp == f"{MS:012x}0102{HERE}"
    assert (hlc.ms_of(stamp), hlc.device_of(stamp)) == (MS, HERE)


def test_a_stamp_survives_as_sixteen_bytes() -> None:
    stamp = hlc.made(MS, 7, HERE)

    assert len(hlc.to_blob(stamp)) == 16
    assert hlc.from_blob(hlc.to_blob(stamp)) == stamp


@given(st.lists(st.tuples(moments, st.integers(0, 65_535)), min_size=2))
def test_text_and_bytes_sort_in_time_order(parts: list[tuple[int, int]]) -> None:
    stamps = [hlc.made(ms, counter, HERE) for ms, counter in parts]

    in_order = [hlc.made(ms, counter, HERE) for ms, counter in sorted(parts)]
    assert sorted(stamps) == in_order
    assert sorted(stamps, key=hlc.to_blob) == in_order


@given(st.lists(moments, min_size=1))
def test_later_stamps_are_higher_whatever_wall_time_does(times: list[int]) -> None:
    last = hlc.NEVER
    for now in times:
        stamp = hlc.send(last, now, HERE)

        assert stamp > last
        assert hlc.ms_of(stamp) >= now
        last = stamp


def test_a_full_counter_runs_over_into_the_milliseconds() -> None:
    stamp = hlc.send(hlc.made(MS, 65_535, HERE), MS, HERE)

    assert stamp == hlc.made(MS + 1, 0, HERE)


def test_a_series_goes_on_where_the_last_stamp_ended() -> None:
    stamps = hlc.series(hlc.made(MS, 4, HERE), MS, HERE)

    assert [next(stamps) for _ in range(3)] == [
        hlc.made(MS, counter, HERE) for counter in (5, 6, 7)
    ]


def test_a_received_stamp_moves_the_clock_on() -> None:
    later = hlc.made(MS + 5_000, 3, THERE)

    stamp = hlc.send(hlc.receive(hlc.made(MS, 0, HERE), later, MS, HERE), MS, HERE)

    assert stamp > later


@given(st.integers(MS, MS * 2), st.integers(MS, MS * 2), st.integers(MS, MS * 2))
def test_no_received_stamp_pulls_the_clock_past_a_day_ahead(
    last_ms: int, incoming_ms: int, now: int
) -> None:
    last = hlc.made(min(last_ms, now + HOURS_24), 0, HERE)

    after = hlc.receive(last, hlc.made(incoming_ms, 0, THERE), now, HERE)

    assert after > last
    assert hlc.ms_of(after) <= now + HOURS_24


def test_a_stamp_over_a_day_ahead_is_noticed() -> None:
    assert hlc.is_ahead(hlc.made(MS + HOURS_24 + 1, 0, THERE), MS)
    assert not hlc.is_ahead(hlc.made(MS + HOURS_24, 0, THERE), MS)


@pytest.mark.parametrize(("ms", "counter"), [(-1, 0), (1 << 48, 0), (0, 65_536)])
def test_parts_that_do_not_fit_are_refused(ms: int, counter: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        hlc.made(ms, counter, HERE)
