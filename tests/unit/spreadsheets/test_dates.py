"""Dates as people type them: read, asked about or refused, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provider_desk.spreadsheets.dates import (
    ORDERS,
    NoDate,
    Order,
    ShortYear,
    Unclear,
    read_date,
    read_time,
)

DAY = date(2017, 9, 5)
KNOWN: tuple[Order, ...] = ("dmy", "mdy", "ymd")
FORMATS: dict[Order, str] = {
    "dmy": "{d:%d}{s}{d:%m}{s}{d:%Y}",
    "mdy": "{d:%m}{s}{d:%d}{s}{d:%Y}",
    "ymd": "{d:%Y}{s}{d:%m}{s}{d:%d}",
}


@pytest.mark.parametrize(
    "text",
    [
        *("05/09/2017", "5/9/2017", "05.09.2017", "5-9-2017", "05 09 2017"),
        *(" 05/09/2017 ", "\u00a005/09/2017", "05 / 09 / 2017", "05\\09\\2017"),
        *("5 September 2017", "5th Sept 2017", "5 Sep. 2017", "05-Sep-2017"),
        *("Tue 5 September 2017", "Tuesday, 5th of September 2017"),
        *("September 5, 2017", "Sep 5th 2017", "2017 Sep 5"),
        *("2017-09-05", "2017/09/05", "2017-09-05T14:30:00", "2017-09-05 00:00:00"),
        *("05/09/2017 14:30", "5 September 2017 2.30pm"),
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str) -> None:
    assert read_date(text, "dmy") == DAY


@pytest.mark.parametrize("text", ["05/09/17", "05.09.17", "5 Sep 17", "05-Sep-17"])
def test_a_year_of_two_digits_is_left_open(text: str) -> None:
    read = read_date(text, "dmy")

    assert read == ShortYear(17, 9, 5)
    assert isinstance(read, ShortYear)
    assert read.in_this_century() == DAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/09/2017", "September 2017 has 30 days"),
        ("30-Feb-17", "there is no 30 February"),
        ("29/02/2017", "February 2017 has 28 days"),
        ("05/13/2017", "no month 13"),
        ("0/1/2017", "January 2017 has 31 days"),
        ("5 Setember 2017", "“Setember” is not a month"),
        ("05/09/217", "two digits or four"),
        ("soon", "not a date"),
        ("05/09", "not a date"),
        ("00/00/0000", "no such year"),
    ],
)
def test_what_is_no_day_says_why(text: str, why: str) -> None:
    read = read_date(text, "dmy")

    assert isinstance(read, NoDate)
    assert why in read.why


def test_a_date_that_reads_two_ways_is_unclear_without_a_known_order() -> None:
    assert read_date("03/04/2017", "unknown") == Unclear(("dmy", "mdy"))
    assert read_date("03/04/2017", "dmy") == date(2017, 4, 3)
    assert read_date("03/04/2017", "mdy") == date(2017, 3, 4)


@pytest.mark.parametrize("text", ["25/12/2017", "12/25/2017", "2017-12-25"])
def test_a_date_that_reads_one_way_needs_no_order(text: str) -> None:
    assert read_date(text, "unknown") == date(2017, 12, 25)


def test_a_date_whose_day_is_its_month_needs_no_order() -> None:
    assert read_date("04/04/2017", "unknown") == date(2017, 4, 4)


def test_an_impossible_day_is_refused_whatever_the_order() -> None:
    assert isinstance(read_date("31/09/2017", "unknown"), NoDate)


def test_a_year_may_come_first_where_it_has_two_digits() -> None:
    assert read_date("17/09/05", "ymd") == ShortYear(17, 9, 5)
    assert isinstance(read_date("13/09/17", "unknown"), Unclear)


@given(st.dates(), st.sampled_from(KNOWN), st.sampled_from("/.- "))
def test_what_is_written_in_an_order_is_read_in_it(
    day: date, order: Order, separator: str
) -> None:
    written = FORMATS[order].format(d=day, s=separator)
    # Python writes years before 1000 with fewer digits on some systems.
    if len(written) == len("05/09/2017"):
        assert read_date(written, order) == day


@given(st.dates(date(1000, 1, 1)), st.sampled_from("/.- "))
def test_without_an_order_a_date_is_right_or_asked_about(
    day: date, separator: str
) -> None:
    for order in ("dmy", "mdy"):
        written = FORMATS[order].format(d=day, s=separator)

        assert read_date(written, "unknown") == day or isinstance(
            read_date(written, "unknown"), Unclear
        )


@given(st.text(max_size=20), st.sampled_from(ORDERS))
@example("1/1/1 ", "dmy")
@example("٣/٤/٢٠١٧", "unknown")
def test_no_words_break_the_reading(text: str, order: Order) -> None:
    assert isinstance(read_date(text, order), date | ShortYear | NoDate | Unclear)


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(0, 99 * 365))
def test_a_birthday_is_the_latest_that_is_not_after_the_referral(
    referred: date, days: int
) -> None:
    born = referred - timedelta(days=days)
    short = ShortYear(born.year % 100, born.month, born.day)
    if (born.month, born.day) != (2, 29):
        assert short.not_after(referred) == born


def test_a_birthday_on_the_day_of_the_referral_is_that_day() -> None:
    assert ShortYear(17, 9, 5).not_after(DAY) == DAY
    assert ShortYear(17, 9, 6).not_after(DAY) == date(1917, 9, 6)


def test_a_leap_day_in_a_year_without_one_is_no_day() -> None:
    short = read_date("29/02/93", "dmy")

    assert isinstance(short, ShortYear)
    assert isinstance(short.not_after(DAY), NoDate)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:30", "14:30"),
        ("14.30", "14:30"),
        ("14:30:00", "14:30"),
        ("9am", "09:00"),
        ("2.30pm", "14:30"),
        ("2:30 PM", "14:30"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("25:00", None),
        ("13pm", None),
        ("14", None),
        ("later", None),
    ],
)
def test_a_time_is_read_or_refused(text: str, time: str | None) -> None:
    assert read_time(text) == time
