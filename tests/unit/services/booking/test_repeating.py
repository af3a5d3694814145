"""The days of a row of bookings, and bank holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provider_desk.model.bank_holidays import easter_sunday, name_of
from provider_desk.services.casework.booking.repeating import (
    MOST,
    Repeat,
    days,
    problems,
)

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
EVERY = st.sampled_from(["WEEKLY", "FORTNIGHTLY", "THREE_WEEKLY", "MONTHLY"])


@given(DAYS, EVERY, st.integers(1, MOST))
def test_days_keep_their_weekday_rise_and_are_as_many_as_asked(
    first: date, every: str, times: int
) -> None:
    found = days(first, Repeat(every, times))

    assert len(found) == times
    assert found[0] == first
    assert {on.weekday() for on in found} == {first.weekday()}
    assert found == sorted(set(found))


@given(DAYS, EVERY, st.integers(0, 400))
def test_until_is_never_passed_and_the_first_day_always_stands(
    first: date, every: str, span: int
) -> None:
    until = first + timedelta(days=span)

    found = days(first, Repeat(every, until=until))

    assert found[0] == first
    assert all(on <= until for on in found)


def test_monthly_keeps_its_place_in_the_month_and_a_fifth_becomes_the_last() -> None:
    second_tuesday = days(date(2018, 1, 9), Repeat("MONTHLY", 3))
    fifth_monday = days(date(2018, 1, 29), Repeat("MONTHLY", 3))

    assert second_tuesday[1:] == [date(2018, 2, 13), date(2018, 3, 13)]
    assert fifth_monday[1:] == [date(2018, 2, 26), date(2018, 3, 26)]


def test_once_is_once_whatever_is_said_of_times() -> None:
    assert days(date(2018, 5, 8), Repeat("", 6)) == [date(2018, 5, 8)]
    assert days(date(2018, 5, 8), Repeat("FLEXIBLE", 6)) == [date(2018, 5, 8)]


def test_a_row_that_is_cut_at_sixty_says_so_and_how_to_go_on() -> None:
    first = date(2018, 5, 8)
    sixtieth = first + timedelta(weeks=MOST - 1)

    (cut,) = problems(first, Repeat("WEEKLY", until=sixtieth + timedelta(weeks=1)))
    assert problems(first, Repeat("WEEKLY", until=sixtieth)) == []

    assert (cut.field, cut.severity) == ("until", "warn")
    assert "these end on Tue 25 Jun 2019. Book again from there" in cut.text
    (many,) = problems(first, Repeat("WEEKLY", 61))
    assert (many.field, many.severity) == ("times", "stop")
    (none,) = problems(first, Repeat("WEEKLY", 0))
    assert none.text == "Say how many, or until when."
    (before,) = problems(first, Repeat("WEEKLY", until=first - timedelta(days=1)))
    assert before.text == "Mon 7 May 2018 is before the first session."
    assert problems(first, Repeat("", 99)) == []


@given(st.dates(date(9990, 1, 1)), EVERY)
@example(date(9997, 9, 13), "FORTNIGHTLY")
def test_a_row_ends_where_the_calendar_does(first: date, every: str) -> None:
    found = days(first, Repeat(every, MOST))

    assert 1 <= len(found) <= MOST
    told = problems(first, Repeat(every, until=date.max))
    # Something is left out only where the calendar has a day for one more.
    more = len(found) == MOST == len(days(found[1], Repeat(every, MOST)))
    assert [problem.field for problem in told] == ["until"] * more


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2018, 3, 30), "Good Friday"),
        (date(2018, 4, 2), "Easter Monday"),
        (date(2018, 5, 7), "Early May bank holiday"),
        (date(2018, 5, 28), "Spring bank holiday"),
        (date(2018, 8, 27), "Summer bank holiday"),
        (date(2020, 5, 8), "Early May bank holiday"),
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 1, 3), "New Year's Day"),
        (date(2021, 12, 27), "Christmas Day"),
        (date(2021, 12, 28), "Boxing Day"),
        (date(2023, 5, 8), "Coronation"),
        (date(2026, 12, 28), "Boxing Day"),
        (date(2020, 5, 4), ""),
        (date(2022, 5, 30), ""),
        (date(2018, 5, 8), ""),
    ],
)
def test_bank_holidays_of_england_and_wales(on: date, name: str) -> None:
    assert name_of(on) == name


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_between_its_bounds(year: int) -> None:
    easter = easter_sunday(year)

    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
