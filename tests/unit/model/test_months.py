"""Calendar months and distances between dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.errors import DeskError
from provider_desk.model.months import Month, add_months, age_on

months = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))


def test_a_month_ends_on_its_last_calendar_day() -> None:
    assert Month(2016, 2).last_day == date(2016, 2, 29)
    assert Month(2017, 2).last_day == date(2017, 2, 28)
    assert Month(2017, 9).last_day == date(2017, 9, 30)


def test_march_closes_the_financial_year_and_april_opens_the_next() -> None:
    assert Month(2018, 3).april == Month(2017, 4)
    assert Month(2018, 4).april == Month(2018, 4)
    assert len(Month(2018, 3).year_so_far()) == 12
    assert Month(2018, 4).year_so_far() == (Month(2018, 4),)


@pytest.mark.parametrize("text", ["2017", "0000-01", "2017-13", "2017-00", "sep", ""])
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DeskError, match="2017-09"):
        Month.parse(text)


def test_a_leap_day_plus_a_year_is_the_last_of_february() -> None:
    assert add_months(date(2016, 2, 29), 12) == date(2017, 2, 28)
    assert add_months(date(2025, 3, 31), 12) == date(2026, 3, 31)
    assert add_months(date(2017, 1, 31), 1) == date(2017, 2, 28)


def test_a_birthday_counts_from_the_day_itself() -> None:
    assert age_on(date(2000, 3, 31), date(2026, 3, 30)) == 25
    assert age_on(date(2000, 3, 31), date(2026, 3, 31)) == 26


@given(months, st.integers(-500, 500))
def test_going_there_and_back_is_where_one_was(month: Month, steps: int) -> None:
    assert month.plus(steps).plus(-steps) == month


@given(months)
def test_a_month_reads_what_it_writes_and_holds_its_own_days(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    assert month.year_so_far()[0].number == 4
    assert month.year_so_far()[-1] == month
