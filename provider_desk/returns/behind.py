"""The rows behind a figure, by the same question that counted them."""

from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import agreement
from provider_desk.returns.counts import Opened, opened
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.table import LineKey


def rows_of(
    rows: Rows,
    contract_id: str,
    key: LineKey,
    month: Month,
    *,
    today: date = date.max,
) -> list[Opened]:
    """The rows that a figure counted in a month, oldest first.

    A count has as many rows as it is high. A ratio has its denominator's rows, those
    in the numerator are ``counted``. A median or mean has the rows with their number.
    A quarter's figure has the rows of its three months, a stock those of the last day,
    and none in other months. A figure still to come has none.

    Args:
        rows: a read transaction.
        contract_id: the contract.
        key: which figure; area "ALL" is the sum.
        month: the month of the cell, not the year to date.
        today: as the return was made with; sessions before it without an outcome
            lack one.

    Raises:
        KeyError: nothing is declared so.
        NotFound, DeskError: as ``compute``.
    """
    figure = catalogue().figure(key.indicator, key.split)
    months = figure.months_of(month)
    if figure.later or not months:
        return []
    fact = FACTS[figure.fact]
    areas = agreement(rows, contract_id).within(key.area)
    scope = Scope(contract_id, months[-1:] if fact.stock else months, today)
    return opened(rows, fact, scope, figure, areas)
