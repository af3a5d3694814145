"""A month in which nothing happened: confirmed by a person, or still to be.

Source: monthly return, §1.6.
"""

from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.table import Check
from provider_desk.returns.totals import count_of

NIL_OPEN = (
    "Nothing at all is recorded for this month. If that is right, confirm "
    "“nil, checked”."
)
NIL_CHECKED = "Nil, checked."

#: What the check says where nothing happened, confirmed or not.
NIL = (NIL_OPEN, NIL_CHECKED)

_SOMETHING = "Something happened in this month."
_VOID = (
    "Something happened in this month; that it is nil was confirmed before, and does "
    "not hold any more."
)


def nothing_happened(counting: Counting, area: str, month: Month) -> bool:
    """Whether every flow of an area is nil in a month. Source: §1.6."""
    return not any(
        count_of(counting, figure, area, month)
        for figure in catalogue().figures
        if not figure.later
        and figure.measure == "count"
        and not FACTS[figure.fact].stock
    )


def nil_check(counting: Counting, area: str, month: Month, *, confirmed: bool) -> Check:
    """A month in which nothing happened is confirmed, never taken for granted.

    Args:
        counting: the figures.
        area: code of the area.
        month: the return's month.
        confirmed: somebody said "nil, checked"; void once something is recorded.
    """
    nothing = nothing_happened(counting, area, month)
    if nothing:
        text = NIL_CHECKED if confirmed else NIL_OPEN
    else:
        text = _VOID if confirmed else _SOMETHING
    return Check(
        code="nil",
        area=area,
        title="A nil month is confirmed",
        passed=confirmed or not nothing,
        blocking=True,
        text=text,
    )
