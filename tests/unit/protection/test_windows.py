"""Which multiples of five a figure may take."""

import pytest

from provider_desk.protection.problem import BASE, BOUND, WIDENED, Kind, Target
from provider_desk.protection.windows import bounds, window


def multiples(target: Target, bound: int = BOUND) -> list[int]:
    low, high = bounds(target, bound)
    return [BASE * fives for fives in range(low, high + 1)]


@pytest.mark.parametrize(
    ("truth", "shown"),
    [
        (0, [0, 5]),
        (4, [0, 5, 10]),
        (5, [0, 5, 10]),
        (7, [0, 5, 10, 15]),
        (9, [0, 5, 10, 15]),
        (10, [5, 10, 15]),
        (118, [110, 115, 120, 125]),
    ],
)
def test_a_stock_lies_within_nine(truth: int, shown: list[int]) -> None:
    assert multiples(Target("a", Kind.STOCK, truth)) == shown


def test_only_an_inner_figure_is_widened_to_fourteen() -> None:
    inner, total = (Target("a", Kind.STOCK, 20, weight=weight) for weight in (1, 3))

    assert multiples(inner, WIDENED) == [10, 15, 20, 25, 30]
    assert multiples(total, WIDENED) == multiples(total, BOUND) == [15, 20, 25]


def test_a_year_to_date_does_not_fall_and_its_month_lies_within_nine() -> None:
    flow = Target("a", Kind.FLOW, truth=12, month=1, before=10)

    assert multiples(flow) == [10, 15, 20]


def test_a_correction_may_let_it_fall() -> None:
    flow = Target("a", Kind.FLOW, truth=9, month=-2, before=10)

    assert multiples(flow) == [0, 5, 10, 15]


def test_in_april_an_old_correction_shows_nothing_rather_than_less() -> None:
    flow = Target("a", Kind.FLOW, truth=-3, month=-3, before=0)

    assert multiples(flow) == [0, 5]


@pytest.mark.parametrize(
    ("kind", "before", "shown"), [(Kind.STOCK, 0, [0]), (Kind.FLOW, 15, [15])]
)
def test_a_structural_zero_does_not_move(
    kind: Kind, before: int, shown: list[int]
) -> None:
    truth = 0 if kind is Kind.STOCK else 13

    assert multiples(Target("a", kind, truth, 0, before, zero=True)) == shown


def test_the_year_to_date_costs_more_than_the_month_and_that_more_than_the_lean() -> (
    None
):
    """Truth 7 after a published 10: 5 and 10 are next to it, 10 and 15 to the month."""
    flow = Target("a", Kind.FLOW, truth=7, month=2, before=10)

    costs = window(flow, BOUND, lean=500)

    assert [BASE * at for at in range(costs.low, costs.high + 1)] == [10, 15]
    assert costs.steps == (200_000 + 1001 - 800,)


def test_costs_rise_from_step_to_step() -> None:
    """Only then may the steps be taken one by one, cheapest first."""
    for truth in range(40):
        for before in range(0, 40, 5):
            for bound in (BOUND, WIDENED):
                flow = Target("a", Kind.FLOW, truth, truth - before, before)
                steps = window(flow, bound, lean=123).steps
                assert list(steps) == sorted(steps)


def test_a_stock_has_no_month_that_could_cost() -> None:
    assert window(Target("a", Kind.STOCK, 0), BOUND, lean=0).steps == (200_001,)
