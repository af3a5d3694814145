"""What somebody said about a month: that it is nil, or that it is not submitted.

Source: monthly return, §1.6.
"""

from provider_desk.model.months import Month
from provider_desk.model.records import NilChecked, NotSubmitted
from provider_desk.model.rows import Rows


def not_submitted(rows: Rows, contract_id: str) -> dict[Month, str]:
    """The months of a contract that stay without figures, each with its reason."""
    found = rows.rows(
        f"SELECT month, reason FROM {NotSubmitted.TABLE} "
        "WHERE contract_id = ? AND deleted IS NULL ORDER BY created",
        [contract_id],
    )
    return {Month.parse(month): reason for month, reason in found}


def nil_checked(rows: Rows, contract_id: str, month: Month) -> frozenset[str]:
    """The areas in which nothing happened in a month, as somebody confirmed.

    It holds only as long as nothing is recorded there.
    """
    found = rows.rows(
        f"SELECT area FROM {NilChecked.TABLE} "
        "WHERE contract_id = ? AND month = ? AND deleted IS NULL",
        [contract_id, str(month)],
    )
    return frozenset(area for (area,) in found)
