"""What is agreed with the council for a month's return."""

from provider_desk.model.months import Month
from provider_desk.model.records import ReturnAgreement
from provider_desk.model.rows import Rows
from provider_desk.returns.council.template import NOTHING_AGREED, Agreed
from provider_desk.store.records import find


def holding(rows: Rows, contract_id: str, month: Month) -> ReturnAgreement | None:
    """The agreement that holds in a month: of several the one signed last."""
    held = [
        each
        for each in find(rows, ReturnAgreement, contract_id=contract_id)
        if (each.from_month or "") <= str(month)
        and (not each.until_month or str(month) <= each.until_month)
    ]
    return max(held, key=lambda each: each.from_month, default=None)


def agreed_in(rows: Rows, contract_id: str, month: Month) -> Agreed:
    """What is agreed for a month's return; nothing where there is no agreement."""
    held = holding(rows, contract_id, month)
    return NOTHING_AGREED if held is None else agreed_of(held)


def agreed_of(record: ReturnAgreement) -> Agreed:
    """A record's codes, apart."""
    return Agreed(
        exact=tuple(record.exact.split()),
        quarterly=tuple(record.quarterly.split()),
        left_out=tuple(record.left_out.split()),
    )
