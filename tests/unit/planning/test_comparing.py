"""Only the same months are compared; printed tables are read and checked."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.months import Month
from provider_desk.planning.exact import (
    number_of,
    numbers_of,
    percent,
    rounded,
    whole,
    written,
)
from provider_desk.planning.needs import Assumptions, years_of
from provider_desk.planning.printed import Finding, PrintedYear, findings, printed_of
from provider_desk.planning.same_period import Expected, compare, months_between

APRIL = Month(2017, 4)
YEAR = Expected(APRIL, APRIL.plus(11), 120)
SMALL = Assumptions(
    first_year=2020,
    legacy=100,
    excluded=Fraction(20),
    legacy_shares=(Fraction(50), Fraction(30)),
    new_people=(Fraction(15), Fraction(10)),
    new_shares=(Fraction(50), Fraction(10)),
    therapy=Fraction(25),
)


def test_months_without_a_return_are_left_out_on_both_sides() -> None:
    came = {APRIL: 12, APRIL.plus(1): None, APRIL.plus(2): 6}

    found = compare([YEAR], came)

    assert found.actual == 18
    assert found.expected == 20
    assert found.not_submitted == (APRIL.plus(1),)
    assert found.more == -10


def test_months_that_nobody_estimated_are_named_and_not_compared() -> None:
    found = compare([YEAR], {APRIL.plus(-1): 50, APRIL: 10})

    assert found.actual == 10
    assert found.expected == 10
    assert found.not_estimated == (APRIL.plus(-1),)
    assert found.parts[0].months == 1


def test_two_estimates_for_a_month_are_refused() -> None:
    with pytest.raises(ValueError, match="same month"):
        compare([YEAR, Expected(APRIL.plus(11), APRIL.plus(12), 5)], {})


def test_against_nothing_there_is_no_percentage() -> None:
    found = compare([Expected(APRIL, APRIL, 0)], {APRIL: 3})

    assert found.more is None
    assert compare([], {APRIL: 3}).months == ()


@given(st.dictionaries(st.integers(-6, 20), st.none() | st.integers(0, 40)))
def test_a_comparison_is_of_months_that_have_both(given: dict[int, int | None]) -> None:
    came = {APRIL.plus(step): count for step, count in given.items()}
    found = compare([YEAR], came)

    assert set(found.months) <= set(YEAR.months)
    assert all(came[month] is not None for month in found.months)
    assert found.expected == 10 * len(found.months)
    assert not set(found.months) & {*found.not_submitted, *found.not_estimated}


def test_months_between_are_none_backwards() -> None:
    assert months_between(APRIL, APRIL.plus(-1)) == ()
    assert len(YEAR.months) == 12


def test_a_small_need_is_worked_out() -> None:
    first, second = years_of(SMALL)

    assert list(first.cells) == [50, Fraction("7.5")]
    assert list(second.cells) == [30, Fraction("1.5"), 5]
    assert (first.people, first.printed_people) == (Fraction("57.5"), 58)
    assert second.printed_cells == (30, 2, 5)
    assert SMALL.unaccounted == 0


def test_a_table_that_is_right_has_nothing_that_differs() -> None:
    rows = [
        PrintedYear(year.printed_cells, year.printed_people, year.printed_therapy)
        for year in years_of(SMALL)
    ]

    assert not [each for each in findings(SMALL, rows) if each.differs]


def test_a_slip_in_a_sum_is_found_in_its_row() -> None:
    found = [f for f in findings(SMALL, [PrintedYear((50, 8), 68)]) if f.differs]

    assert [(f.column, f.printed, f.exact, f.source) for f in found] == [
        ("Total", 68, 58, "the printed row"),
        ("Total", 68, Fraction("57.5"), "the assumptions"),
    ]


def test_a_cell_too_many_or_too_few_is_found() -> None:
    many = findings(SMALL, [PrintedYear((50, 8, 4))])
    few = findings(SMALL, [PrintedYear((50,))])

    assert Finding("2020/21", "New in 2021/22", 4, Fraction(0), "the assumptions") in (
        many
    )
    assert [(f.printed, f.differs) for f in few] == [(0, True)]


def test_printed_rows_are_read() -> None:
    assert printed_of("480, 30; 510; 155\n\n 1 ;; 3\n7") == (
        PrintedYear((480, 30), 510, 155),
        PrintedYear((1,), None, 3),
        PrintedYear((7,)),
    )


@pytest.mark.parametrize("text", ["1, x; 2", "1; 2; 3; 4", "1.5; 2; 3", "-4"])
def test_a_line_that_is_no_row_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="Line 1"):
        printed_of(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "1/2", "1e5", "nan"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number_of(text)


def test_numbers_are_rounded_half_up_and_written() -> None:
    assert (whole(Fraction("22.5")), whole(Fraction("22.4"))) == (23, 22)
    assert rounded(Fraction("31.25")) == Fraction("31.3")
    assert percent(1, 3) == Fraction("33.3")
    assert list(numbers_of(" 30, 22.5 ")) == [30, Fraction("22.5")]
    assert numbers_of("  ") == ()
    assert [written(Fraction(x), 2) for x in ("1234", "22.5", "38.25")] == [
        "1,234",
        "22.5",
        "38.25",
    ]
