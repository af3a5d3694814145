"""The shared wording of a return."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.returns import words
from provider_desk.returns.table import SHORTHAND, Cell, Direction, Rating, State
from tests.builders.return_tables import a_line, a_return_table, figure

NO_FIGURES = [state for state in State if state is not State.FIGURE]


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (3, 8, "3/8 (38%)"),
        (0, 37, "0/37 (0%)"),
        (16, 16, "16/16 (100%)"),
        (1, 200, "1/200 (1%)"),
        (1, 201, "1/201 (0%)"),
        (5, 40, "5/40 (13%)"),
        (1806, 2300, "1,806/2,300 (79%)"),
        (283, 180, "283/180 (157%)"),
    ],
)
def test_a_ratio_is_shown_as_n_of_d_with_its_whole_percentage_half_up(
    numerator: int, denominator: int, said: str
) -> None:
    cell = figure(numerator / denominator, numerator, denominator)
    assert words.cell_text(cell, "ratio") == said


def test_a_ratio_without_its_numbers_is_a_percentage() -> None:
    assert words.cell_text(figure(0.125), "ratio") == "13%"


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (0, "flow", "0"),
        (1430, "stock", "1,430"),
        (4, "mean", "4.0"),
        (31.25, "mean", "31.3"),
        (2.05, "mean", "2.1"),
        (77.5, "median", "77.5"),
        (16.0, "median", "16"),
    ],
)
def test_numbers_are_rounded_half_up_in_decimals(
    value: float, kind: str, said: str
) -> None:
    assert words.cell_text(figure(value), kind) == said


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_a_percentage_is_never_further_than_half_a_point_from_the_share(
    numerator: int, denominator: int
) -> None:
    shown = int(words.percent(Decimal(numerator) / Decimal(denominator))[:-1])
    twice = 2 * (shown * denominator - 100 * numerator)
    assert -denominator < twice <= denominator


@pytest.mark.parametrize("state", NO_FIGURES)
def test_what_is_no_figure_is_its_shorthand_whatever_else_the_cell_holds(
    state: State,
) -> None:
    cell = Cell(state, 7, 7, 9)
    for kind in ("flow", "ratio", "mean"):
        shown = words.cell_text(replace(cell, note="57-91 days"), kind)
        assert shown == ("57-91 days" if state is State.BAND else SHORTHAND[state])


@pytest.mark.parametrize("kind", ["flow", "ratio"])
def test_a_figure_without_a_value_is_a_fault_and_never_shown_as_something(
    kind: str,
) -> None:
    with pytest.raises(ValueError, match="without a value"):
        words.cell_text(Cell(State.FIGURE), kind)


@pytest.mark.parametrize("state", NO_FIGURES)
def test_no_direction_or_rating_is_shown_beside_what_is_no_figure(
    state: State,
) -> None:
    line = a_line((figure(3), Cell(state)))
    assert (line.direction, line.rating) == (Direction.UP, Rating.OUTSIDE)
    assert words.direction_text(line) == words.rating_text(line) == words.NOTHING


def test_directions_and_ratings_have_a_sign_and_a_word() -> None:
    line = a_line((figure(3), figure(9)))
    assert words.direction_text(line) == "▲ up"
    assert words.rating_text(line) == "✗ worse, outside limits"
    legend = words.rating_legend()
    assert len({sign.sign for sign in legend}) == len(legend) == len(Rating) - 1


def test_every_copy_says_what_it_is_and_an_invented_desk_says_so() -> None:
    internal, council = a_return_table(), a_return_table(copy="council")
    assert words.marks(internal) == (words.INTERNAL, words.INVENTED)
    assert words.marks(replace(council, invented=False)) == (words.COUNCIL,)


def test_the_year_to_date_says_how_many_months_it_covers() -> None:
    table = a_return_table(months=6)
    assert words.year_to_date_head(table) == "Year to date (5 of 6 months)"
    assert words.year_to_date_head(replace(table, months_covered=6)) == "Year to date"
    assert words.year_to_date_period(table) == "2017-04 to 2017-09"
