"""Invented returns as the outsider holds them: bounds and public relations only."""

from collections.abc import Iterator, Sequence

from provider_desk.attacker.reading import YEAR
from provider_desk.attacker.world import Cell, Link, Term, World, rounded
from provider_desk.protection.problem import Kind, Relation
from tests.builders.simulated_returns import Issued

_SMALL = 4
_OPENING = "|opening "
_APRIL = 12


def world_of(returns: Sequence[Issued], within: int = 0) -> World:
    """What somebody knows who keeps every one of these returns.

    Args:
        returns: one after the other.
        within: where each figure was rounded alone, how near it then is; a month, as
            the difference of two, is twice as far.
    """
    cells: list[Cell] = []
    links: list[Link] = []
    for at, issued in enumerate(returns):
        earlier = returns[at - 1] if at else None
        cells += _cells(issued, within)
        links += _years(issued, earlier)
        links += _relations(issued, earlier)
    return World(tuple(cells), tuple(links))


def small_figures(returns: Sequence[Issued]) -> dict[str, int]:
    """Every published figure that is truly 1 to 4, months and years to date."""
    found = {}
    for issued in returns:
        for target in issued.problem.targets:
            key = f"{issued.month}|{target.key}"
            if target.kind is Kind.STOCK:
                found[key] = target.truth
            else:
                found[key] = target.month
                found[key + YEAR] = target.truth
    return {
        key: real
        for key, real in found.items()
        if 1 <= real <= _SMALL and _OPENING not in key
    }


def _cells(issued: Issued, within: int) -> Iterator[Cell]:
    """Each figure within its bound; a month may be below 0 after a correction."""
    bound = within or issued.solved.bound
    month_bound = 2 * within or issued.solved.bound
    for target in issued.problem.targets:
        key, shown = f"{issued.month}|{target.key}", issued.solved.published[target.key]
        if _OPENING in key:
            yield Cell(key, 0, None)
        elif target.kind is Kind.STOCK:
            yield rounded(key, shown, bound)
        else:
            least = None if target.month < 0 else 0
            yield rounded(key, shown - target.before, month_bound, least=least)
            yield rounded(key + YEAR, shown, bound)


def _years(issued: Issued, earlier: Issued | None) -> Iterator[Link]:
    """The year to date is the one before and the month."""
    for target in issued.problem.targets:
        if target.kind is Kind.FLOW:
            key = f"{issued.month}|{target.key}"
            terms = [Term(key + YEAR), Term(key, -1)]
            if earlier and issued.month % _APRIL:
                terms.append(Term(f"{earlier.month}|{target.key}{YEAR}", -1))
            yield Link(f"{key} year", tuple(terms))


def _relations(issued: Issued, earlier: Issued | None) -> Iterator[Link]:
    """The relations of the tables; stock and flow hang on the stock before."""
    flows = {t.key for t in issued.problem.targets if t.kind is Kind.FLOW}
    for relation in issued.problem.relations:
        terms = list(_terms(issued.month, relation, flows))
        if earlier and relation.name.endswith(" chain"):
            stock = relation.terms[0].key
            terms.append(Term(f"{earlier.month}|{stock}", -1))
        yield Link(relation.name, tuple(terms), relation.sense)


def _terms(month: int, relation: Relation, flows: set[str]) -> Iterator[Term]:
    for term in relation.terms:
        year = YEAR if term.key in flows and not term.month else ""
        yield Term(f"{month}|{term.key}{year}", term.times)
