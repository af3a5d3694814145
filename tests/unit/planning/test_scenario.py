"""What follows from a scenario by division, and what chance makes of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider_desk.planning.outlook import (
    AHEAD,
    JOIN,
    LONGEST,
    Outlook,
    outlook,
    week_of,
)
from provider_desk.planning.scenario import MONTH, Scenario

USUAL = Scenario(
    waiting=40,
    live=60,
    slots=Fraction(60),
    own_share=Fraction(100),
    filled=Fraction(100),
    sessions=Fraction(12),
    every=Fraction(1),
    referrals=Fraction(20),
    starting=Fraction(80),
    missed=Fraction(20),
    price=Fraction(101),
)


def played(scenario: Scenario) -> Outlook:
    """What may come of it."""
    found = outlook(scenario)
    assert found is not None
    return found


def test_missed_sessions_use_their_slots() -> None:
    # 12 that the person comes to are 15 booked; 60 slots are enough for 4 a week.
    assert USUAL.booked == 15
    assert USUAL.ends_a_week == 4


def test_slots_of_other_contracts_and_those_not_booked_are_left_out() -> None:
    shared = replace(USUAL, own_share=Fraction(50), filled=Fraction(80))

    assert shared.own_slots == 30
    assert shared.used_slots == 24
    assert shared.ends_a_week == Fraction(24, 15)


def test_frequency_changes_how_long_support_lasts_not_how_many_finish() -> None:
    stretched = replace(USUAL, every=Fraction(3))

    assert USUAL.weeks_of_support == 15
    assert stretched.weeks_of_support == 45
    assert USUAL.places == 60
    assert stretched.places == 180
    assert stretched.ends_a_week == USUAL.ends_a_week


def test_the_list_stays_as_it_is_with_as_many_slots_as_come() -> None:
    needed = USUAL.slots_to_keep_up

    assert needed == 20 * Fraction(80, 100) / MONTH * 15
    assert replace(USUAL, slots=needed).ends_a_week == USUAL.comes_a_week
    assert replace(USUAL, filled=Fraction(50)).slots_to_keep_up == 2 * needed


def test_a_price_makes_a_cost_and_none_makes_none() -> None:
    free = replace(USUAL, price=None)

    assert USUAL.cost_of_a_person == 1212
    assert USUAL.cost_of_the_list == 48480
    assert (free.cost_of_a_person, free.cost_of_the_list) == (None, None)


def test_nobody_finishes_where_nobody_ever_comes() -> None:
    missed = replace(USUAL, missed=Fraction(100))

    assert missed.booked is None
    assert missed.ends_a_week == 0
    assert missed.slots_to_keep_up is None
    assert played(missed).waits[0].middle == LONGEST


def test_the_same_numbers_give_the_same_picture() -> None:
    assert played(USUAL) == played(replace(USUAL))


def test_it_begins_with_who_waits_today() -> None:
    found = played(USUAL)

    today = found.waiting[0]
    assert (today.low, today.middle, today.high) == (40, 40, 40)
    assert (len(found.waiting), len(found.waits)) == (AHEAD + 1, JOIN + 1)


def test_the_middle_run_is_near_the_division() -> None:
    """40 wait for 4 places a week that become free: about ten weeks."""
    wait = played(USUAL).waits[0]

    assert 8 <= wait.middle <= 12
    assert wait.low < wait.middle < wait.high


def test_the_list_grows_where_more_come_than_the_slots_are_enough_for() -> None:
    growing = played(replace(USUAL, referrals=Fraction(60)))
    shrinking = played(replace(USUAL, referrals=Fraction(5)))

    assert growing.waiting[12].low > 40
    assert growing.waits[12].middle > growing.waits[0].middle
    assert shrinking.waiting[12].high < 10
    assert shrinking.waits[12].middle == 0


def test_spikes_widen_the_band() -> None:
    even, spiky = played(USUAL).waiting[12], played(replace(USUAL, spread=6.0))
    wide = spiky.waiting[12]

    assert wide.high - wide.low > even.high - even.low


def test_nobody_starts_without_slots() -> None:
    none = played(replace(USUAL, slots=Fraction(0), live=0))

    assert none.waits[0].low == LONGEST
    assert none.waiting[6].low > 40


def test_free_places_are_taken_at_once() -> None:
    free = played(replace(USUAL, live=0))

    assert free.waits[0].middle == 0
    assert free.waiting[1].middle < 10


def test_it_stops_when_asked() -> None:
    assert outlook(USUAL, lambda: True) is None


@pytest.mark.parametrize(("months", "week"), [(0, 0), (1, 4), (3, 13), (12, 52)])
def test_months_are_counted_in_weeks(months: int, week: int) -> None:
    assert week_of(months) == week


@settings(max_examples=12)
@given(
    waiting=st.integers(0, 80),
    live=st.integers(0, 80),
    slots=st.integers(0, 80),
    more=st.integers(1, 40),
)
def test_more_slots_never_make_the_middle_wait_much_longer(
    waiting: int, live: int, slots: int, more: int
) -> None:
    few = replace(USUAL, waiting=waiting, live=live, slots=Fraction(slots))
    many = replace(few, slots=Fraction(slots + more))

    # Runs differ by a draw here and there; the middle moves a week at most.
    assert played(many).waits[0].middle <= played(few).waits[0].middle + 1
    for band in (*played(few).waiting, *played(few).waits):
        assert 0 <= band.low <= band.middle <= band.high
