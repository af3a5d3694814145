"""A month in which nothing happened is confirmed, never taken for granted.

Source: monthly return, §1.6.
"""

from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.months import Month
from provider_desk.model.records import NilChecked
from provider_desk.model.rows import Rows
from provider_desk.returns.contract import agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.nil_month import nothing_happened
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.returning import signatures
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.records import find


@needs(Permission.MAKE_RETURN)
def confirm_nil(desk: Desk, contract_id: str, area: str, month: Month) -> Changed:
    """Say that nothing happened in an area in a month: "nil, checked".

    The confirmation holds as long as nothing is recorded there; a record that appears
    later makes it void.

    Raises:
        NotFound: there is no such contract.
        DeskError: the month is not over, the contract does not name the area, or
            something happened.
    """
    if month.last_day >= desk.today():
        raise DeskError(
            f"{month.name} is not over yet.",
            "Nothing was changed. Confirm a nil month once it is over.",
        )
    with desk.store.writing("confirm nil month", by=desk.user.id) as deed:
        contract = agreement(deed, contract_id)
        name = label("service_area", area)
        if area not in contract.areas:
            raise DeskError(
                f"The contract {contract.reference} does not name “{name}”.",
                "Nothing was changed. Choose one of its areas.",
            )
        counting = Counting(deed, Scope(contract_id, (month,), desk.today()))
        if not nothing_happened(counting, area, month):
            raise DeskError(
                f"Something is recorded for {name} in {month.name}, so it is not nil.",
                "Nothing was changed. Look at the area's figures; each opens its rows.",
            )
        if not _held(deed, contract_id, area, month):
            saving.add(
                desk,
                deed,
                NilChecked,
                {
                    "contract_id": contract_id,
                    "area": area,
                    "month": str(month),
                    "checked_at": desk.clock.now_ms(),
                    "checked_by": desk.user.id,
                },
            )
        return saving.done(deed, f"{name}, {month.name}: nil, checked.")


@needs(Permission.MAKE_RETURN)
def take_back_nil(desk: Desk, contract_id: str, area: str, month: Month) -> Changed:
    """Say that a month is not confirmed as nil after all.

    Raises:
        NotFound: it was not confirmed.
        DeskError: the month's return is signed, the confirmation with it.
    """
    name = label("service_area", area)
    with desk.store.writing("take back nil month", by=desk.user.id) as deed:
        held = _held(deed, contract_id, area, month)
        if not held:
            raise NotFound(f"{name}, {month.name}: this was not confirmed as nil.")
        if signatures.of_month(deed, contract_id, month).signed:
            raise DeskError(
                f"The return for {month.name} is signed off, and this with it.",
                "Nothing was changed. What was signed stays as it is.",
            )
        for each in held:
            deed.retire(NilChecked, each.id, "The confirmation was taken back.")
        return saving.done(deed, f"{name}, {month.name}: not confirmed any more.")


def _held(rows: Rows, contract_id: str, area: str, month: Month) -> list[NilChecked]:
    return find(rows, NilChecked, contract_id=contract_id, area=area, month=str(month))
