"""The rounding against trying every choice, on small made-up returns."""

from itertools import product
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from provider_desk.protection.person import imaginary_person
from provider_desk.protection.problem import (
    Kind,
    NoSolution,
    Problem,
    Relation,
    Target,
    Term,
    Wrong,
)
from provider_desk.protection.recheck import recheck
from provider_desk.protection.rounding import solve
from provider_desk.protection.search import cheapest
from provider_desk.protection.solver import Row
from tests.builders import rounding_oracle as oracle
from tests.builders.simulated_returns import never

KEYS = "abcdef"
COUNTS = st.integers(0, 23)


@st.composite
def targets(draw: st.DrawFn, key: str) -> Target:
    """One figure; a flow's past was published within 9 of what was true then."""
    weight = draw(st.sampled_from((1, 1, 2, 3, 4)))
    truth = draw(COUNTS)
    if draw(st.booleans()):
        return Target(key, Kind.STOCK, truth, weight=weight)
    month = draw(st.integers(-4, truth))
    earlier = truth - month
    nearest = [b for b in range(0, 40, 5) if abs(b - earlier) <= 9]
    return Target(key, Kind.FLOW, truth, month, draw(st.sampled_from(nearest)), weight)


@st.composite
def relations(draw: st.DrawFn, flows: frozenset[str], size: int) -> Relation:
    """A whole and its parts, a share, or a stock and its flows."""
    keys = draw(st.permutations(KEYS[:size]))[: draw(st.integers(2, size))]
    sense: Literal["=", "<="] = draw(st.sampled_from(("=", "<=")))
    month = all(key in flows for key in keys) and draw(st.booleans())
    terms = tuple(
        Term(key, 1 if at == 0 else -1, month=month) for at, key in enumerate(keys)
    )
    rhs = draw(st.sampled_from((0, 0, 0, 5, -5, 10)))
    return Relation("".join(keys), terms, sense, rhs)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to six figures and three relations, which need not have a solution."""
    size = draw(st.integers(2, len(KEYS)))
    made = tuple(draw(targets(key)) for key in KEYS[:size])
    flows = frozenset(each.key for each in made if each.kind is Kind.FLOW)
    rows = draw(st.lists(relations(flows, size), max_size=3))
    return Problem("2017-18", made, tuple(rows))


@given(problems(), st.binary(min_size=1, max_size=4))
def test_the_solver_finds_the_cheapest_choice_that_holds(
    problem: Problem, key: bytes
) -> None:
    best = oracle.least(problem, key)

    try:
        solved = solve(problem, key, never)
    except NoSolution:
        assert best is None
        return
    assert best == (solved.bound, oracle.cost(problem, key, solved.published))
    assert all(
        oracle.keeps(problem, each, solved.published) for each in problem.relations
    )


@given(problems(), st.data())
def test_the_second_look_lets_through_what_is_allowed_and_nothing_else(
    problem: Problem, data: st.DataObject
) -> None:
    """Mostly figures that each could stand alone; now and then any at all."""
    shown = {
        each.key: data.draw(
            st.sampled_from(oracle.allowed(each, 14) * 4 + [-5, 0, 3, 20, 35]),
            label=each.key,
        )
        for each in problem.targets
    }
    bound = data.draw(st.sampled_from((9, 14)))
    holds = all(
        shown[each.key] in oracle.allowed(each, bound) for each in problem.targets
    ) and all(oracle.keeps(problem, each, shown) for each in problem.relations)

    try:
        recheck(problem, shown, bound)
    except Wrong:
        assert not holds
    else:
        assert holds


@given(problems())
def test_an_imaginary_person_is_found_wherever_there_is_one(problem: Problem) -> None:
    keys = [target.key for target in problem.targets]

    missing = imaginary_person(problem.targets, problem.relations)

    assert set(missing) == set(keys) - oracle.people(keys, problem.relations)


@given(
    st.lists(st.integers(-20_000, 20_000), min_size=3, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12),
    st.sampled_from((1, -1)),
)
def test_settling_most_choices_first_loses_nothing(
    costs: list[int], pairs: list[tuple[int, int]], sign: int
) -> None:
    """Exactly one of each pair (1) or at least one (-1): odd rings have only halves."""
    size = len(costs)
    edges = [(a % size, b % size) for a, b in pairs if a % size != b % size]
    rows = [Row(edge, (sign, sign), sign, at_most=sign < 0) for edge in edges]
    held = [
        sum(cost for cost, one in zip(costs, taken, strict=True) if one)
        for taken in product((0, 1), repeat=size)
        if all(taken[a] + taken[b] in (1, 2 if sign < 0 else 1) for a, b in edges)
    ]

    found = cheapest(costs, rows, never)

    if found is None:
        assert held == []
    else:
        cost = sum(cost for cost, one in zip(costs, found, strict=True) if one)
        assert cost == min(held)
