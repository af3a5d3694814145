"""Whole counts without an attribute: the figures that a reader looks at first."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from provider_desk.model.choices import choices
from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.counts import opened
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Check

#: Two areas' totals that are equal are pointed out from here on.
REPEATED_FROM = 20


def totals() -> Iterator[Figure]:
    """Whole counts without an attribute: what a reader looks at first."""
    return (
        figure
        for figure in catalogue().figures
        if not figure.later
        and not figure.split
        and figure.measure == "count"
        and figure.tier == 1
    )


def rows_in(
    rows: Rows, scope: Scope, figure: Figure, areas: tuple[str, ...]
) -> tuple[str, ...]:
    """Ids of the rows that a figure counts."""
    found = opened(rows, FACTS[figure.fact], scope, figure, areas)
    return tuple(row.row_id for row in found)


def count_of(counting: Counting, figure: Figure, area: str, month: Month) -> int:
    """How many rows a figure counts in an area and month."""
    tallies = counting.counted(figure).tallies
    place = (area, str(month))
    return tallies[place].rows if place in tallies else 0


def repeated(
    rows: Rows, counting: Counting, contract: Agreement, month: Month, today: date
) -> Iterator[Check]:
    """Two areas with the same total: chance, or one typed over the other.

    Of what stands at month end nothing is said. Source: domain reference, H6.

    Args:
        rows: the transaction that the figures were counted in.
        counting: the figures; it holds the month.
        contract: whose return it is.
        month: the return's month.
        today: as the return is made with.
    """
    scope = Scope(contract.contract_id, (month,), today)
    for figure in totals():
        if FACTS[figure.fact].stock:
            continue
        for first, second in combinations(contract.areas, 2):
            count = count_of(counting, figure, first, month)
            if count < REPEATED_FROM:
                continue
            if count == count_of(counting, figure, second, month):
                ids = rows_in(rows, scope, figure, (first, second))
                yield _same(figure, count, (first, second), ids)


def _same(
    figure: Figure, count: int, areas: tuple[str, str], ids: tuple[str, ...]
) -> Check:
    first, second = areas
    other = choices("service_area").label(second)
    return Check(
        code=f"repeated-{figure.code}",
        area=first,
        title="No two areas have the same total",
        passed=False,
        blocking=False,
        text=f"{figure.label}: {count} here, and {count} in {other} too. Perhaps by "
        "chance, perhaps one was entered twice.",
        table=FACTS[figure.fact].table,
        rows=ids,
    )
