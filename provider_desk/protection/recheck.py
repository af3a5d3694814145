"""Every condition once more, in plain integers: the solver is not believed.

Written from the conditions themselves, not from the windows that the solver was given.
No true figure stands in a message. Source: disclosure, §3.
"""

from collections.abc import Mapping

from provider_desk.protection.problem import (
    BASE,
    BOUND,
    INNER,
    WIDENED,
    Kind,
    Problem,
    Relation,
    Target,
    Wrong,
)

_ADVICE = (
    "Nothing was written or sent, and your records are as they were. This is a fault "
    "of the program: please report it with these words."
)


def recheck(problem: Problem, published: Mapping[str, int], bound: int) -> None:
    """Check the published figures of a return.

    Args:
        problem: what was to be rounded.
        published: P of every target by its key.
        bound: 9, or 14, which holds for inner figures only.

    Raises:
        Wrong: a figure is missing, no multiple of five, below 0, lower than before
            without a correction, further from the true one than the bound, or not 0
            where there is no such service; or a relation does not hold.
    """
    if bound not in (BOUND, WIDENED):
        raise Wrong(f"The file would name a bound of {bound}.", _ADVICE)
    if published.keys() != {target.key for target in problem.targets}:
        raise Wrong("Some rounded figures are missing, or too many.", _ADVICE)
    for target in problem.targets:
        fault = _fault(target, published[target.key], bound)
        if fault:
            raise Wrong(f"The rounded figure {target.key} {fault}.", _ADVICE)
    before = {target.key: target.before for target in problem.targets}
    for relation in problem.relations:
        if not _holds(relation, published, before):
            raise Wrong(f"The rounded figures break “{relation.name}”.", _ADVICE)


def _fault(target: Target, figure: int, bound: int) -> str:
    """What is wrong with one figure; "" where nothing is."""
    reach = bound if target.weight == INNER else BOUND
    flow = target.kind is Kind.FLOW
    month = figure - target.before
    # The only place where a float could have come through from the solver.
    faults = (
        (type(figure) is not int or figure % BASE, "is no multiple of five"),
        (figure < 0, "is below 0"),
        (target.zero and figure != target.before, "stands for no service but is not 0"),
        (abs(figure - target.truth) > reach, f"is more than {reach} off"),
        (
            flow and abs(month - target.month) > reach,
            f"is more than {reach} off for the month",
        ),
        (flow and target.month >= 0 and month < 0, "is lower than last month's"),
    )
    return next((words for wrong, words in faults if wrong), "")


def _holds(
    relation: Relation, published: Mapping[str, int], before: Mapping[str, int]
) -> bool:
    """Whether a relation's terms come to what they should."""
    total = sum(
        term.times * (published[term.key] - (before[term.key] if term.month else 0))
        for term in relation.terms
    )
    if relation.sense == "=":
        return total == relation.rhs
    return total <= relation.rhs
