"""Dates and times as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.day_words import read_day, read_time
from provider_desk.model.fields import Day, shown

#: A Tuesday.
TODAY = date(2018, 5, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2018, 5, 1)),
        ("Yesterday", date(2018, 4, 30)),
        ("-3", date(2018, 4, 28)),
        ("- 3", date(2018, 4, 28)),
        ("1/5", date(2018, 5, 1)),
        ("30/4", date(2018, 4, 30)),
        ("5/9", date(2017, 9, 5)),
        ("5.9.17", date(2017, 9, 5)),
        ("5-9-2017", date(2017, 9, 5)),
        ("5 9 2017", date(2017, 9, 5)),
        ("2017-09-05", date(2017, 9, 5)),
        ("05092017", date(2017, 9, 5)),
        ("050917", date(2017, 9, 5)),
        ("5 sep", date(2017, 9, 5)),
        ("5 Sept 2017", date(2017, 9, 5)),
        ("5th September 2017", date(2017, 9, 5)),
        ("sep 5", date(2017, 9, 5)),
        ("Tue 5 Sep 2017", date(2017, 9, 5)),
        ("12/3/85", date(1985, 3, 12)),
        ("12/3/28", date(2028, 3, 12)),
        ("12/3/29", date(1929, 3, 12)),
        ("29/2", date(2016, 2, 29)),
        ("28", date(2018, 4, 28)),
        ("mon", date(2018, 4, 30)),
        ("tuesday", date(2018, 5, 1)),
        ("wed", date(2018, 4, 25)),
    ],
)
def test_a_day_that_may_not_lie_ahead_is_the_latest_that_fits(
    typed: str, meant: date
) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow", date(2018, 5, 2)),
        ("+14", date(2018, 5, 15)),
        ("2/5", date(2018, 5, 2)),
        ("30/4", date(2018, 4, 30)),
        ("5/9", date(2018, 9, 5)),
        ("20 dec", date(2017, 12, 20)),
        ("mon", date(2018, 5, 7)),
        ("2", date(2018, 5, 2)),
    ],
)
def test_a_day_that_may_lie_ahead_is_the_nearest(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY, future=True) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "32/1",
        "31/4/2018",
        "5/13",
        "m",
        "ju 5",
        "5 xyz",
        "1/2/3/4",
        "5/9/9999",
        "5/9/1018",
    ],
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed, TODAY) is None


def test_the_day_comes_before_the_month() -> None:
    assert read_day("3/4/2017", TODAY) == date(2017, 4, 3)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_as_it_is_shown_is_read_back(day: date) -> None:
    assert read_day(shown(Day(label=""), day), TODAY) == day


@given(st.integers(0, 9_999))
def test_days_back_are_counted_from_today(days: int) -> None:
    assert read_day(f"-{days}", TODAY) == TODAY - timedelta(days=days)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    found = read_day(text, TODAY, future=True)

    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", "09:00"),
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("930", "09:30"),
        ("1430", "14:30"),
        ("2", "14:00"),
        ("2am", "02:00"),
        ("02:00", "02:00"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("6:15", "18:15"),
    ],
)
def test_times_are_read_as_people_say_them(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "25", "9:75", "14pm", "noonish"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert read_time(typed) is None
