"""The outsider against invented years that neither side was made for.

Three returns here; tests.bench.bench_protection attacks whole years.
Source: disclosure, §6 (2) and §7.
"""

from dataclasses import replace
from itertools import islice

import pytest

from provider_desk.attacker.judge import judge
from provider_desk.attacker.patience import Patience
from provider_desk.protection.problem import Kind, Solved
from tests.builders.attacked_years import small_figures, world_of
from tests.builders.rounding_errors import key_of
from tests.builders.simulated_provider import LARGE, TINY, USUAL, simulated
from tests.builders.simulated_returns import Issued, year_of

#: Across the turn of the year.
FIRST, MONTHS = 22, 3


def returns(rate: float) -> list[Issued]:
    return list(year_of(simulated(5, rate), key_of(5), FIRST, MONTHS))


@pytest.mark.parametrize("rate", [TINY, USUAL, LARGE])
def test_nothing_is_given_away(rate: float) -> None:
    kept = returns(rate)
    small = small_figures(kept)

    assert len(small) > 300
    assert judge(world_of(kept), small, Patience()) == []


def test_figures_rounded_each_alone_are_found_out() -> None:
    """The same returns, each figure to the nearest five: why that is not enough."""
    kept = [_each_alone(issued) for issued in returns(TINY)[:2]]
    some = dict(islice(small_figures(kept).items(), 60))

    found = judge(world_of(kept, within=2), some, Patience())

    assert len(found) > len(some) / 2


def _each_alone(issued: Issued) -> Issued:
    """Each year to date and stock to the nearest five, and nothing else."""
    targets = []
    for target in issued.problem.targets:
        before = 5 * ((target.truth - target.month + 2) // 5)
        flow = target.kind is Kind.FLOW
        targets.append(replace(target, before=before if flow else 0))
    published = {target.key: 5 * ((target.truth + 2) // 5) for target in targets}
    problem = replace(issued.problem, targets=tuple(targets))
    return replace(issued, problem=problem, solved=Solved(published, 9, 0.0))
