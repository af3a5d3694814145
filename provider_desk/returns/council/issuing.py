"""What was counted and what was rounded, put together as the ledger keeps it.

Source: disclosure, §3.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from provider_desk.protection.problem import Solved
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.council.issued import (
    HIDDEN,
    LATER,
    NOT_ENTERED,
    NOT_OFFERED,
    SENT,
    Issued,
    IssuedCell,
)
from provider_desk.returns.council.problem import published_before
from provider_desk.returns.council.template import (
    FLOW,
    PEOPLE,
    QUARTER,
    STOCK,
    YEAR,
    YEAR_TO_DATE,
    Shown,
    Spec,
    Template,
    leaves,
)
from provider_desk.returns.council.truth import OPENING, Truth, of_same_year


def issued_of(
    template: Template,
    truth: Truth,
    before: Issued | None,
    solved: Solved,
    version: int = 1,
) -> Issued:
    """One return as the ledger keeps it.

    Args:
        template: what leaves.
        truth: its exact numbers.
        before: the return before this one, as ``truth`` was given it.
        solved: what was rounded of them.
        version: 1, or 2 for a resubmission.
    """
    cells = {
        spec.key: _cell(spec, truth, before, solved.published)
        for spec in template.specs.values()
    }
    cells |= dict(_hidden(truth, solved.published))
    return Issued(
        contract=template.contract.contract_id,
        month=template.month,
        version=version,
        template=template.id,
        bound=solved.bound,
        opening=truth.opening,
        covered=truth.covered,
        cells=MappingProxyType(cells),
        exact=template.agreed.exact,
        definitions=catalogue().definitions,
    )


def _cell(
    spec: Spec, truth: Truth, before: Issued | None, published: Mapping[str, int]
) -> IssuedCell:
    last = of_same_year(before, truth.month)
    held = last.cells.get(spec.key) if last else None
    month, quarter = published_before(spec, last, held)
    cell = truth.cells[spec.key]
    now = published[spec.key] if spec.sent else month
    return IssuedCell(
        kind=spec.kind,
        counted=cell.counted,
        counted_year=cell.counted_year,
        month=cell.month,
        year=cell.year,
        published=now,
        published_month=now - month,
        quarter=cell.quarter,
        published_quarter=quarter,
        status=_status(spec, truth),
    )


def _status(spec: Spec, truth: Truth) -> str:
    if not spec.sent:
        return LATER
    if spec.zero and not spec.key.endswith(YEAR_TO_DATE):
        return NOT_OFFERED
    return NOT_ENTERED if spec.key in truth.missing else SENT


def _hidden(
    truth: Truth, published: Mapping[str, int]
) -> Iterator[tuple[str, IssuedCell]]:
    """Opening stocks, which nobody is shown."""
    for key, stock in truth.openings.items():
        shown = published[key + OPENING]
        yield (
            key + OPENING,
            IssuedCell(STOCK, *(stock,) * 4, shown, shown, status=HIDDEN),
        )


def exact_lines(template: Template, issued: Issued) -> dict[str, int]:
    """The exact number behind each figure of a return's own month; never leaves.

    Returns:
        Line key ("THER|C9||numerator") → of a flow what this return counted first (a
        quarterly line: in the quarter), else the number itself; with "@ytd" the year to
        date of people.
    """
    found: dict[str, int] = {}
    for line in template.lines:
        if not leaves(line.every, template.month):
            continue
        for part, keys in line.numbers.items():
            name = f"{line.key.area}|{line.key.indicator}|{line.key.split}|{part}"
            cells = [issued.cells[key] for key in keys]
            found[name] = sum(_first(line, cell) for cell in cells)
            if any(cell.kind == PEOPLE for cell in cells):
                years = [issued.cells[key + YEAR_TO_DATE] for key in keys]
                found[name + YEAR_TO_DATE] = sum(cell.year for cell in years)
    return found


def _first(line: Shown, cell: IssuedCell) -> int:
    """What a line's period counts exactly."""
    if cell.kind != FLOW:
        return cell.year
    return {QUARTER: cell.quarter, YEAR: cell.year}.get(line.every, cell.month)
