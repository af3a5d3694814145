"""Chains of council returns of invented desks, as issuing would make them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.progress import never
from provider_desk.model.records import Provider
from provider_desk.model.rows import Rows
from provider_desk.protection.problem import Problem, Solved
from provider_desk.protection.recheck import recheck
from provider_desk.protection.rounding import solve
from provider_desk.returns.contract import agreement
from provider_desk.returns.council.carried import carried
from provider_desk.returns.council.issued import Issued
from provider_desk.returns.council.issuing import issued_of
from provider_desk.returns.council.problem import problem
from provider_desk.returns.council.table import council_table
from provider_desk.returns.council.template import (
    NOTHING_AGREED,
    Agreed,
    Template,
    template,
)
from provider_desk.returns.council.truth import Truth, truth
from provider_desk.returns.table import Cell, ReturnTable
from tests.builders.record_desks import CONTRACT

TODAY = date(2026, 12, 2)
KEY = b"an invented key of 32 bytes ...."

PROVIDER = Provider(name="Invented Service", code="invented")


@dataclass(frozen=True)
class Step:
    """One return of a chain.

    Attributes:
        before: the return that it follows.
    """

    template: Template
    truth: Truth
    problem: Problem
    solved: Solved
    issued: Issued
    before: Issued | None


def step(
    rows: Rows,
    month: Month,
    before: Issued | None = None,
    *,
    agreed: Agreed = NOTHING_AGREED,
    version: int = 1,
) -> Step:
    """Make one return of the first contract, rounded and checked."""
    leaving = template(agreement(rows, CONTRACT), month, agreed)
    before = carried(before, leaving)
    exact = truth(rows, leaving, TODAY, before)
    asked = problem(leaving, exact, before)
    solved = solve(asked, KEY, never)
    recheck(asked, solved.published, solved.bound)
    issued = issued_of(leaving, exact, before, solved, version)
    return Step(leaving, exact, asked, solved, issued, before)


def chain(
    rows: Rows,
    months: Sequence[Month],
    before: Issued | None = None,
    *,
    agreed: Agreed = NOTHING_AGREED,
) -> Iterator[Step]:
    """Make several months' returns, each on the one before."""
    for month in months:
        made = step(rows, month, before, agreed=agreed)
        before = made.issued
        yield made


def table_of(
    steps: Sequence[Step],
    provider: Provider = PROVIDER,
    why: dict[Month, str] | None = None,
) -> ReturnTable:
    """The council's copy of the last of them."""
    return council_table(
        steps[-1].template,
        [each.issued.leaving() for each in steps],
        provider=provider,
        made_on=TODAY,
        not_submitted=why,
    )


def cells_of(table: ReturnTable, code: str, split: str = "") -> tuple[Cell, ...]:
    """A line's months and its year to date, of the sum block or the one area."""
    line = table.line(code, split, table.areas[-1].code)
    return (*line.months, line.year_to_date)
