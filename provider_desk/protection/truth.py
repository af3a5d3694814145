"""Whether the exact figures keep the sums that the published ones will keep."""

from provider_desk.protection.problem import Problem, Relation, Target


def contradictions(problem: Problem) -> tuple[str, ...]:
    """The names of the sums that the exact figures break, in order, each once.

    Only plain sums of one kind can be judged: a row of stock and flow, or of a month,
    rests on what was published before. Source: disclosure, §3 (the truth satisfies the
    relations).
    """
    targets = {target.key: target for target in problem.targets}
    torn = {each.name for each in problem.relations if _broken(each, targets)}
    return tuple(sorted(torn))


def _broken(relation: Relation, targets: dict[str, Target]) -> bool:
    """Whether the exact figures break a plain sum."""
    kinds = {targets[term.key].kind for term in relation.terms}
    months = any(term.month for term in relation.terms)
    if relation.sense != "=" or relation.rhs or months or len(kinds) != 1:
        return False
    return sum(term.times * targets[term.key].truth for term in relation.terms) != 0
