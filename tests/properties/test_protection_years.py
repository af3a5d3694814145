"""Whole invented years: every return adds up, and the errors stay small.

A modest number here; tests.bench.bench_protection runs fifty years of each size and a
hundred years of stress. Source: disclosure, §6 (1, 9, 12) and §7.
"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import rounding_errors as errors
from tests.builders import rounding_oracle as oracle
from tests.builders.rounding_errors import Errors, key_of
from tests.builders.simulated_provider import LARGE, TINY, USUAL, simulated
from tests.builders.simulated_returns import year_of

YEARS = 2
#: A year has few stocks, and each leans one way all year.
SLACK = {errors.MONTH: 0.1, errors.YEAR_TO_DATE: 0.15, errors.STOCK: 0.3}
NOBODY = (1.0, 0.0, 0.0)


@settings(max_examples=5)
@given(st.integers(0, 10**6), st.floats(0.3, 30), st.integers(1, 12))
def test_every_return_of_any_year_adds_up(seed: int, rate: float, first: int) -> None:
    """From the chain's start in any month, through April, corrections among them."""
    provider = simulated(seed, rate)

    for issued in year_of(provider, key_of(seed), first, months=14):
        shown, problem = issued.solved.published, issued.problem
        bound = issued.solved.bound
        assert all(oracle.keeps(problem, each, shown) for each in problem.relations)
        assert all(
            shown[each.key] in oracle.allowed(each, bound) for each in problem.targets
        )


@pytest.mark.parametrize("rate", [TINY, USUAL, LARGE])
def test_errors_are_small_and_cancel_out(rate: float) -> None:
    found = Errors()
    for seed in range(YEARS):
        found.add(year_of(simulated(seed, rate), key_of(seed)))

    assert found.worst <= 9
    for basis, slack in SLACK.items():
        assert abs(found.bias(basis)) <= slack
        assert found.beyond(basis) < 0.02
        assert found.size(basis) < 2


@pytest.mark.parametrize("rate", [0.3, 30.0])
def test_areas_with_nobody_have_a_solution_too(rate: float) -> None:
    found = Errors()

    found.add(year_of(simulated(7, rate, shares=NOBODY), key_of(7)))

    assert found.worst <= 9


def test_corrections_and_late_entries_are_among_the_months() -> None:
    """Else the years above would prove little."""
    year = year_of(simulated(1, LARGE), key_of(1))
    months = [target.month for issued in year for target in issued.problem.targets]

    assert sum(month < 0 for month in months) > 10
    assert any(
        life.events[0][0] < later[0]
        for life in simulated(1, LARGE).lives
        for later in life.events[1:]
    )


def test_repeating_the_last_figures_keeps_the_flows_relations() -> None:
    """So that, but for stocks, only nearness can ever be in the way."""
    year = list(year_of(simulated(2, USUAL), key_of(2), months=6))
    for last, this in pairwise(year):
        stocks = {t.key for t in this.problem.targets if t.kind == "stock"}
        for relation in this.problem.relations:
            if not stocks & {term.key for term in relation.terms}:
                assert oracle.keeps(this.problem, relation, last.solved.published)
