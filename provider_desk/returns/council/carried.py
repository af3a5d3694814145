"""The return before, as a contract that got another service area goes on from it.

With one area there is no sum block: the area is the whole. Where the contract has more
areas now, the sum goes on from what that one area published, so that its year to date
holds it. Source: disclosure, §4.
"""

from dataclasses import replace
from types import MappingProxyType

from provider_desk.returns.council.issued import HIDDEN, Issued
from provider_desk.returns.council.template import Template
from provider_desk.returns.outline import SUM


def carried(before: Issued | None, template: Template) -> Issued | None:
    """The return before, with a sum block where it had none and one is wanted now."""
    if before is None or template.sum_area != SUM:
        return before
    areas = areas_of(before)
    if len(areas) != 1:
        return before
    (only,) = areas
    whole = {
        f"{SUM}{key.removeprefix(only)}": cell
        for key, cell in before.cells.items()
        if cell.status != HIDDEN
    }
    return replace(before, cells=MappingProxyType({**before.cells, **whole}))


def areas_of(issued: Issued) -> frozenset[str]:
    """The blocks of a return: its areas, and the sum where it had one."""
    return frozenset(key.partition("|")[0] for key in issued.cells)
