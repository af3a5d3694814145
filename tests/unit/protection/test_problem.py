"""What a problem may be made of."""

import pytest

from provider_desk.protection.problem import Kind, Problem, Relation, Target, Term

FLOW = Target("NORTH|made|Health|value", Kind.FLOW, 7, 2, 5)


@pytest.mark.parametrize(
    "target",
    [
        Target("a", Kind.FLOW, 7, 2, before=4),
        Target("a", Kind.FLOW, 7, 2, before=-5),
        Target("a", Kind.STOCK, 7, month=2),
        Target("a", Kind.STOCK, 7, before=5),
        Target("a", Kind.STOCK, 7, zero=True),
        Target("a", Kind.FLOW, 7, 2, 5, zero=True),
    ],
)
def test_an_impossible_target_is_refused(target: Target) -> None:
    with pytest.raises(ValueError, match=r"^a: "):
        Problem("2017-18", (target,), ())


def test_one_key_stands_for_one_target() -> None:
    with pytest.raises(ValueError, match="twice"):
        Problem("2017-18", (FLOW, FLOW), ())


def test_a_relation_names_targets_that_there_are() -> None:
    relation = Relation("sum", (Term(FLOW.key), Term("elsewhere", -1)))

    with pytest.raises(ValueError, match="sum: there is no target elsewhere"):
        Problem("2017-18", (FLOW,), (relation,))


def test_the_month_of_a_stock_is_in_no_relation() -> None:
    stock = Target("NORTH|live||value", Kind.STOCK, 3)
    relation = Relation("sum", (Term(stock.key, month=True),))

    with pytest.raises(ValueError, match="no month figure"):
        Problem("2017-18", (stock,), (relation,))


def test_a_service_that_ended_keeps_its_year_to_date() -> None:
    ended = Target("NORTH|made|Health|value", Kind.FLOW, 7, 0, 5, zero=True)

    assert Problem("2017-18", (ended,), ()).targets == (ended,)


def test_no_exact_figure_stands_in_a_trace() -> None:
    told = repr(Problem("2017-18", (Target("a", Kind.FLOW, 983, 971, 5),), ()))

    assert "983" not in told
    assert "971" not in told
