"""An imaginary person in every figure. Source: disclosure, §2, test (2)."""

import pytest

from provider_desk.protection.person import imaginary_person
from provider_desk.protection.problem import Kind, Relation, Sense, Target, Term
from tests.builders.simulated_provider import TINY, simulated
from tests.builders.simulated_returns import year_of


def made(
    *rows: tuple[str, Sense], zero: str = ""
) -> tuple[list[Target], list[Relation]]:
    """Rows like "+a -b -c" over targets of one letter."""
    relations = [
        Relation(
            row,
            tuple(Term(each[1:], 1 if each[0] == "+" else -1) for each in row.split()),
            sense,
        )
        for row, sense in rows
    ]
    keys = sorted({term.key for relation in relations for term in relation.terms})
    targets = [Target(key, Kind.STOCK, 0, zero=key in zero) for key in keys]
    return targets, relations


@pytest.mark.parametrize("month", [12, 13])
def test_every_figure_of_linked_tables_has_one(month: int) -> None:
    """The first return, with hidden opening stocks, and the one after it."""
    issued = list(year_of(simulated(1, TINY), b"k" * 32, months=2))[month - 12]

    assert imaginary_person(issued.problem.targets, issued.problem.relations) == ()


def test_a_table_has_a_person_in_each_cell() -> None:
    assert imaginary_person(*made(("+whole -a -b -c", "="))) == ()


def test_two_parts_of_which_one_is_the_whole_leave_the_other_without() -> None:
    """Whole is a + b and is a: b is always 0, and every reader knows."""
    targets, relations = made(("+whole -a -b", "="), ("+whole -a", "="))

    assert imaginary_person(targets, relations) == ("b",)


def test_a_figure_that_is_told_from_two_sides_has_none() -> None:
    """At most b is a, and at most a is b + c: who stands in c pushes a over b."""
    targets, relations = made(("+a -b", "<="), ("+b +c -a", "<="))

    assert imaginary_person(targets, relations) == ("c",)


def test_a_figure_that_counts_twice_has_none() -> None:
    targets, relations = made(("+whole -a -a", "="))

    assert imaginary_person(targets, relations) == ("a", "whole")


def test_a_structural_zero_holds_nobody_and_is_not_missed() -> None:
    targets, relations = made(("+whole -a -b", "="), zero="b")

    assert imaginary_person(targets, relations) == ()


def test_a_whole_of_structural_zeros_is_missed() -> None:
    targets, relations = made(("+whole -a -b", "="), zero="ab")

    assert imaginary_person(targets, relations) == ("whole",)


def test_where_half_a_person_would_do_a_whole_one_is_looked_for() -> None:
    """Half a person in each of a, b, c would do for the whole; x and y are free."""
    targets, relations = made(
        ("+whole -a -b", "="),
        ("+whole -b -c", "="),
        ("+whole -a -c", "="),
        ("+all -x -y", "="),
    )

    assert imaginary_person(targets, relations) == ("a", "b", "c", "whole")


def test_month_and_year_to_date_rise_together() -> None:
    relation = Relation(
        "at most", (Term("day one", month=True), Term("starts", -1)), "<="
    )
    targets = [Target("day one", Kind.FLOW, 0), Target("starts", Kind.FLOW, 0)]

    assert imaginary_person(targets, [relation]) == ()


def test_nothing_asks_for_nobody() -> None:
    assert imaginary_person([], []) == ()
