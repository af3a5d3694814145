"""The rounding of one return, edge by edge. Source: disclosure, §2-4."""

import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from random import Random

import pytest

from provider_desk.model.errors import Cancelled
from provider_desk.protection.problem import (
    Kind,
    NoSolution,
    Problem,
    Relation,
    Target,
    Term,
)
from provider_desk.protection.rounding import solve
from tests.builders.simulated_provider import LARGE, USUAL, simulated
from tests.builders.simulated_returns import Issued, never, year_of

KEY = b"k" * 32


@pytest.fixture(scope="module")
def year() -> list[Issued]:
    """A usual provider's first quarter of returns."""
    return list(year_of(simulated(3, USUAL), KEY, months=3))


def rounded(
    *targets: Target, relations: tuple[Relation, ...] = ()
) -> Mapping[str, int]:
    return solve(Problem("2017-18", targets, relations), KEY, never).published


def flow(key: str, truth: int, month: int, before: int = 0, weight: int = 1) -> Target:
    return Target(key, Kind.FLOW, truth, month, before, weight)


def stock(key: str, truth: int, weight: int = 1) -> Target:
    return Target(key, Kind.STOCK, truth, weight=weight)


def whole(*parts: str) -> Relation:
    return Relation("whole", (Term("whole"), *(Term(part, -1) for part in parts)))


def test_the_order_of_targets_relations_and_terms_changes_nothing(
    year: list[Issued],
) -> None:
    shuffle = Random(1).shuffle  # noqa: S311 - an order, no secret
    for issued in year:
        targets = list(issued.problem.targets)
        relations = []
        for relation in issued.problem.relations:
            terms = list(relation.terms)
            shuffle(terms)
            relations.append(replace(relation, terms=tuple(terms)))
        shuffle(targets)
        shuffle(relations)
        problem = Problem(issued.problem.year, tuple(targets), tuple(relations))

        assert solve(problem, KEY, never).published == issued.solved.published


def test_names_of_relations_change_nothing(year: list[Issued]) -> None:
    problem = year[0].problem
    relations = [
        replace(each, name=f"{-at}") for at, each in enumerate(problem.relations)
    ]
    renamed = Problem(problem.year, problem.targets, tuple(relations))

    assert solve(renamed, KEY, never).published == year[0].solved.published


def test_two_providers_with_the_same_records_are_rounded_apart(
    year: list[Issued],
) -> None:
    other = solve(year[0].problem, b"j" * 32, never).published
    differ = [
        key for key, shown in year[0].solved.published.items() if other[key] != shown
    ]

    assert len(differ) > len(other) / 10


def test_without_a_key_nothing_is_rounded() -> None:
    with pytest.raises(ValueError, match="key"):
        solve(Problem("2017-18", (stock("a", 3),), ()), b"", never)


def test_a_table_of_ones_shows_at_most_one_five() -> None:
    """Source: disclosure, §4: total 4, cells 1, 1, 1, 1, 0."""
    parts = [stock(f"{at}", 1) for at in range(4)] + [stock("4", 0)]
    shown = rounded(stock("whole", 4, weight=3), *parts, relations=(whole(*"01234"),))

    assert shown["whole"] == sum(shown[each] for each in "01234")
    assert shown["whole"] in (0, 5)


def test_a_structural_zero_is_nothing_whatever_else_is_lifted() -> None:
    parts = [stock(f"{at}", 4) for at in range(4)]
    none = Target("none", Kind.STOCK, 0, zero=True)
    shown = rounded(
        stock("whole", 16, weight=3), *parts, none, relations=(whole(*"0123", "none"),)
    )

    assert shown["none"] == 0
    assert shown["whole"] == sum(shown[each] for each in "0123")


def test_a_service_that_ended_keeps_its_year_to_date() -> None:
    ended = Target("ended", Kind.FLOW, 13, 0, 10, zero=True)

    assert rounded(ended)["ended"] == 10


def test_a_month_without_a_correction_never_shows_less_than_the_one_before() -> None:
    shown = [rounded(flow("a", 11, 0, before))["a"] for before in (5, 10, 15, 20)]

    assert [now >= before for now, before in zip(shown, (5, 10, 15, 20), strict=True)]
    assert shown[3] == 20


def test_a_correction_may_let_one_figure_fall() -> None:
    shown = rounded(
        flow("whole", 20, 0, 20, 3),
        flow("moved from", 10, -6, 15),
        flow("moved to", 10, 6, 5),
        relations=(whole("moved from", "moved to"),),
    )

    assert shown["moved from"] == 10
    assert shown["moved to"] == 10


def test_april_starts_anew_with_the_stocks_that_were_sent() -> None:
    """The year to date begins at 0 and leans another way; live goes on from 25."""
    chain = Relation(
        "live",
        (Term("live"), Term("in", -1, month=True), Term("out", month=True)),
        rhs=25,
    )
    april = rounded(
        flow("in", 4, 4), flow("out", 2, 2), stock("live", 26, 3), relations=(chain,)
    )

    assert april["live"] == 25 + april["in"] - april["out"]


def test_an_old_correction_in_april_is_shown_as_nothing() -> None:
    assert rounded(flow("a", -4, -4))["a"] == 0


def test_a_hidden_opening_stock_keeps_the_first_months_chain() -> None:
    chain = Relation(
        "live",
        (
            Term("live"),
            Term("in", -1, month=True),
            Term("out", month=True),
            Term("was", -1),
        ),
    )
    shown = rounded(
        flow("in", 3, 3),
        flow("out", 9, 9),
        stock("live", 1, 3),
        stock("was", 7, 3),
        relations=(chain,),
    )

    assert shown["live"] - shown["in"] + shown["out"] == shown["was"] >= 0


@pytest.mark.parametrize(("truth", "bound"), [(11, 9), (10, 14), (6, 14)])
def test_an_inner_figure_is_widened_where_nothing_holds_within_nine(
    truth: int, bound: int
) -> None:
    given = Relation("given", (Term("a"),), rhs=20)
    solved = solve(Problem("y", (stock("a", truth),), (given,)), KEY, never)

    assert (solved.published["a"], solved.bound) == (20, bound)


def test_a_total_is_never_widened() -> None:
    given = Relation("given", (Term("a"),), rhs=20)

    with pytest.raises(NoSolution, match="no rounded figures that add up") as told:
        solve(Problem("y", (stock("a", 6, 3),), (given,)), KEY, never)
    assert "Nothing was written or sent" in told.value.advice


def test_tables_that_contradict_each_other_are_named() -> None:
    parts = (stock("0", 3), stock("1", 3))

    with pytest.raises(
        NoSolution, match=r"do not add up in the records.*: whole"
    ) as told:
        rounded(stock("whole", 40, 3), *parts, relations=(whole("0", "1"),))
    assert "40" not in str(told.value)


def test_a_correction_beyond_what_was_sent_is_named() -> None:
    with pytest.raises(NoSolution, match=r"takes back more.*NORTH\|made"):
        rounded(flow("NORTH|made||value", -15, -15))


def test_a_sum_of_what_is_no_multiple_of_five_has_no_solution() -> None:
    given = Relation("given", (Term("a"),), rhs=7)

    with pytest.raises(NoSolution):
        rounded(stock("a", 7), relations=(given,))


def test_at_most_seven_is_at_most_five() -> None:
    given = Relation("given", (Term("a"),), "<=", rhs=7)

    assert rounded(stock("a", 9), relations=(given,))["a"] == 5


def test_a_return_of_nothing_can_be_rounded() -> None:
    assert rounded() == {}
    assert rounded(Target("a", Kind.STOCK, 0, zero=True)) == {"a": 0}


def test_a_target_that_stands_twice_in_a_relation_counts_twice() -> None:
    twice = Relation("twice", (Term("whole"), Term("a", -1), Term("a", -1)))

    shown = rounded(stock("whole", 15, 3), stock("a", 7), relations=(twice,))

    assert shown["whole"] == 2 * shown["a"]


def test_stopping_it_is_honoured_before_and_during() -> None:
    problem = next(year_of(simulated(1, LARGE), KEY, months=1)).problem
    calls = count()

    with pytest.raises(Cancelled, match="stopped"):
        solve(problem, KEY, lambda: True)
    with pytest.raises(Cancelled, match="stopped"):
        solve(problem, KEY, lambda: next(calls) > 0)


def test_several_may_be_rounded_at_the_same_time(year: list[Issued]) -> None:
    found: list[bool] = []

    def work() -> None:
        for issued in year:
            again = solve(issued.problem, KEY, never).published
            found.append(again == issued.solved.published)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [True] * 4 * len(year)


def test_the_solver_says_nothing(
    year: list[Issued], capfd: pytest.CaptureFixture[str]
) -> None:
    solve(year[1].problem, KEY, never)

    assert capfd.readouterr() == ("", "")


def test_the_solver_is_not_loaded_before_the_first_rounding() -> None:
    """It takes a tenth of a second, which the window's start does not have."""
    asked = (
        "import sys; import provider_desk.protection.rounding; "
        "import provider_desk.protection.person; "
        "print({'highspy', 'numpy'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout

    assert said.strip() == "set()"


def test_figures_that_can_only_be_one_thing_are_checked_against_each_other() -> None:
    """Two structural zeros leave the solver nothing to choose, nor to refuse."""
    parts = [Target(key, Kind.STOCK, 0, zero=True) for key in "ab"]
    five_apart = Relation("apart", (Term("a"), Term("b", -1)), rhs=5)

    with pytest.raises(NoSolution):
        rounded(*parts, relations=(five_apart,))
