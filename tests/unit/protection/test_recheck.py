"""The second look sees what the solver must not do."""

import pytest

from provider_desk.protection.problem import (
    Kind,
    Problem,
    Relation,
    Target,
    Term,
    Wrong,
)
from provider_desk.protection.recheck import recheck

FLOWS = Relation(
    "referrals by source",
    (Term("all"), Term("health", -1), Term("other", -1), Term("none", -1)),
)
LIVE = Relation(
    "live from month to month",
    (Term("live"), Term("all", -1, month=True), Term("closed", 1, month=True)),
    rhs=10,
)
FEWER = Relation("closed of all", (Term("closed"), Term("all", -1)), "<=")
PROBLEM = Problem(
    "2017-18",
    (
        Target("all", Kind.FLOW, 23, 6, 20, 3),
        Target("health", Kind.FLOW, 14, 4, 10),
        Target("other", Kind.FLOW, 9, 2, 10),
        Target("none", Kind.FLOW, 0, zero=True),
        Target("closed", Kind.FLOW, 8, -1, 10, 3),
        Target("live", Kind.STOCK, 17, weight=3),
    ),
    (FLOWS, LIVE, FEWER),
)
GOOD = {"all": 25, "health": 15, "other": 10, "none": 0, "closed": 5, "live": 20}


def test_what_holds_passes() -> None:
    recheck(PROBLEM, GOOD, 9)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"all": 30}, "break “referrals by source”"),
        ({"all": 20, "other": 5}, "other is lower than last month's"),
        ({"all": 20, "health": 10}, "break “live from month to month”"),
        ({"live": 25}, "break “live from month to month”"),
        ({"none": 5}, "none stands for no service"),
        ({"health": 16}, "health is no multiple of five"),
        ({"live": 5}, "live is more than 9 off"),
        ({"all": 35}, "all is more than 9 off"),
        ({"closed": -5}, "closed is below 0"),
        ({"health": 25}, "health is more than 9 off"),
        ({"live": 20.0}, "live is no multiple of five"),
        ({"one more": 0}, "missing, or too many"),
    ],
)
def test_what_does_not_hold_is_named(changed: dict[str, int], words: str) -> None:
    with pytest.raises(Wrong, match=words):
        recheck(PROBLEM, {**GOOD, **changed}, 9)


def test_the_month_is_checked_too() -> None:
    problem = Problem("y", (Target("a", Kind.FLOW, 21, 0, 10),), ())

    with pytest.raises(Wrong, match="a is more than 9 off for the month"):
        recheck(problem, {"a": 20}, 9)


def test_a_missing_figure_is_seen() -> None:
    with pytest.raises(Wrong, match="missing"):
        recheck(PROBLEM, {key: GOOD[key] for key in ("all", "live")}, 9)


def test_what_is_at_most_something_stays_so() -> None:
    targets = (Target("all", Kind.STOCK, 12), Target("closed", Kind.STOCK, 12))

    with pytest.raises(Wrong, match="break “closed of all”"):
        recheck(Problem("y", targets, (FEWER,)), {"closed": 15, "all": 10}, 9)


def test_fourteen_holds_for_inner_figures_only() -> None:
    inner = Problem("y", (Target("a", Kind.STOCK, 6),), ())
    total = Problem("y", (Target("a", Kind.STOCK, 6, weight=2),), ())

    recheck(inner, {"a": 20}, 14)
    with pytest.raises(Wrong, match="more than 9 off"):
        recheck(inner, {"a": 20}, 9)
    with pytest.raises(Wrong, match="more than 9 off"):
        recheck(total, {"a": 20}, 14)


def test_no_other_bound_is_ever_named() -> None:
    with pytest.raises(Wrong, match="bound of 19"):
        recheck(PROBLEM, GOOD, 19)


def test_it_says_what_is_safe_and_no_exact_figure() -> None:
    with pytest.raises(Wrong) as told:
        recheck(PROBLEM, {**GOOD, "health": 25}, 9)

    assert "Nothing was written or sent" in told.value.advice
    assert "14" not in str(told.value)
