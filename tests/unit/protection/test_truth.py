"""Sums that the exact figures break already."""

from provider_desk.protection.problem import Kind, Problem, Relation, Target, Term
from provider_desk.protection.truth import contradictions

PARTS = (Term("whole"), Term("a", -1), Term("b", -1))


def torn(*relations: Relation, whole: int = 9) -> tuple[str, ...]:
    targets = (
        Target("whole", Kind.FLOW, whole, 2),
        Target("a", Kind.FLOW, 4, 1),
        Target("b", Kind.FLOW, 5, 1),
        Target("live", Kind.STOCK, 3),
    )
    return contradictions(Problem("2017-18", targets, relations))


def test_a_sum_that_holds_is_not_named() -> None:
    assert torn(Relation("sum", PARTS)) == ()


def test_sums_that_do_not_hold_are_named_once_and_in_order() -> None:
    sums = [Relation(name, PARTS) for name in ("source", "age", "source")]

    assert torn(*sums, whole=8) == ("age", "source")


def test_what_rests_on_earlier_returns_is_not_judged() -> None:
    month = tuple(Term(term.key, term.times, month=True) for term in PARTS)

    assert (
        torn(
            Relation("month", month),
            Relation("chain", (Term("live"), Term("a", -1))),
            Relation("known", PARTS, rhs=5),
            Relation("at most", PARTS, "<="),
            whole=8,
        )
        == ()
    )
