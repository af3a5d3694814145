"""The secret lean of a lone figure."""

import hashlib
import hmac
from collections import Counter

import pytest

from provider_desk.protection.dither import PARTS, lean
from provider_desk.protection.problem import Kind, Problem, Target
from provider_desk.protection.rounding import solve
from tests.builders.simulated_returns import never

KEY = b"k" * 32
FIGURES = 5000


def test_it_is_the_hmac_of_year_and_figure() -> None:
    told = hmac.new(KEY, b"2017-18|NORTH|A7|Health|value", hashlib.sha256).hexdigest()

    assert lean(KEY, "2017-18", "NORTH|A7|Health|value") == int(told, 16) % PARTS


def test_another_year_figure_or_provider_leans_another_way() -> None:
    ways = {
        lean(KEY, "2017-18", "NORTH|A7|Health|value"),
        lean(KEY, "2018-19", "NORTH|A7|Health|value"),
        lean(KEY, "2017-18", "SOUTH|A7|Health|value"),
        lean(b"other" * 7, "2017-18", "NORTH|A7|Health|value"),
    }

    assert len(ways) == 4


@pytest.mark.parametrize(
    ("truth", "share_of_five"), [(0, 0.0), (1, 0.2), (2, 0.4), (3, 0.6), (4, 0.8)]
)
def test_a_lone_figure_is_lifted_as_often_as_it_should(
    truth: int, share_of_five: float
) -> None:
    """Source: disclosure, §2: 0 with chance 100, 80, 60, 40, 20 %, else 5."""
    targets = tuple(
        Target(f"NORTH|made|{at}|value", Kind.STOCK, truth) for at in range(FIGURES)
    )

    shown = Counter(solve(Problem("y", targets, ()), KEY, never).published.values())

    assert shown[0] + shown[5] == FIGURES
    assert shown[5] / FIGURES == pytest.approx(share_of_five, abs=0.03)


@pytest.mark.parametrize("truth", [1, 2, 3, 4])
def test_asking_again_gives_the_same_answer(truth: int) -> None:
    target = Target("NORTH|made|Health|value", Kind.FLOW, truth, truth)
    problem = Problem("2017-18", (target,), ())

    answers = {solve(problem, KEY, never).published[target.key] for _ in range(3)}

    assert len(answers) == 1
