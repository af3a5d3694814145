"""Forecasts are simple, say how they were made, and are scored honestly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.planning.chance import at_chance, cumulative, spread_of
from provider_desk.planning.forecasting import (
    Outcome,
    going_on,
    mean_month,
    score,
)


def test_a_month_is_expected_to_be_as_the_mean_month_of_twelve() -> None:
    said = mean_month([90, *[10, 8, 12] * 4])

    assert said is not None
    # The thirteenth month back does not count.
    assert said.expected == 10
    assert (said.low, said.high) == (6, 14)
    assert said.method == "Mean of 12 months: 10, as uneven as by chance."


def test_months_without_a_figure_are_left_out_and_never_nil() -> None:
    said = mean_month([None, 6, None, 6, 6])

    assert said is not None
    assert said.expected == 6
    assert said.method.startswith("Mean of 3 months: 6,")
    assert mean_month([None, 6, 6]) is None
    assert mean_month([]) is None


def test_spikes_widen_the_band_of_a_forecast() -> None:
    even, spiky = mean_month([10] * 12), mean_month([2, 2, 2, 34] * 3)

    assert even is not None
    assert spiky is not None
    assert even.expected == spiky.expected == 10
    assert spiky.high - spiky.low > even.high - even.low
    assert "times as uneven" in spiky.method


def test_a_stock_goes_on_by_its_mean_change() -> None:
    said = going_on([10, 12, 14, 16], 3)

    assert said is not None
    assert (said.low, said.expected, said.high) == (22, 22, 22)
    assert said.method == "16 and +2 a month, the mean of 3 changes."


def test_a_stock_gets_less_certain_and_never_below_nothing() -> None:
    near, far = going_on([20, 10, 18, 6, 9], 1), going_on([20, 10, 18, 6, 9], 9)

    assert near is not None
    assert far is not None
    assert far.high - far.low > near.high - near.low
    assert far.low == 0
    assert "−" in near.method  # noqa: RUF001


def test_a_stock_is_not_carried_over_a_month_without_a_figure() -> None:
    assert going_on([4, 5, 6, 7, None], 1) is None
    # Two changes are too few; a gap is no change.
    assert going_on([4, 5, None, 7, 8], 1) is None
    assert going_on([], 1) is None


def test_the_score_says_inside_error_and_bias() -> None:
    found = score([Outcome(5, 8, 10, 10), Outcome(5, 8, 10, 11), Outcome(5, 8, 10, 5)])

    assert found is not None
    assert (found.count, found.inside) == (3, 2)
    assert found.error == Fraction("2.7")
    assert found.bias == Fraction("0.7")
    assert score([]) is None


@pytest.mark.parametrize("spread", [1.0, 2.0, 5.0])
def test_chances_add_up_and_keep_their_mean(spread: float) -> None:
    table = cumulative(7.5, spread)
    chances = [b - a for a, b in zip([0.0, *table], table, strict=False)]
    mean = sum(number * chance for number, chance in enumerate(chances))
    square = sum(number**2 * chance for number, chance in enumerate(chances))

    assert table[-1] == pytest.approx(1, abs=1e-6)
    assert mean == pytest.approx(7.5, abs=1e-3)
    assert square - mean**2 == pytest.approx(7.5 * spread, rel=1e-2)


@given(mean=st.floats(0, 200), chance=st.floats(0, 1))
def test_a_chance_always_finds_a_number(mean: float, chance: float) -> None:
    table = cumulative(mean)

    assert 0 <= at_chance(table, chance) < len(table)


def test_fewer_than_none_cannot_come() -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        cumulative(-1)


def test_spread_is_variance_by_mean_and_at_least_one() -> None:
    assert spread_of([5, 5, 5, 5]) == 1
    assert spread_of([0, 0, 0]) == 1
    assert spread_of([1, 9]) == 1
    assert spread_of([0, 10, 0, 10]) == pytest.approx(100 / 3 / 5)
