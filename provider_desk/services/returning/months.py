"""Months that stay without figures: not submitted, with the reason, never nil.

Source: monthly return, §1.6; practices, P47.
"""

from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotFound, Problem
from provider_desk.model.months import Month
from provider_desk.model.records import NotSubmitted
from provider_desk.model.rows import Rows
from provider_desk.returns.contract import agreement
from provider_desk.returns.narrative.scan import Kind, scan
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import months_issued
from provider_desk.services.returning.narrating import known_on_desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import find

#: What a reason never holds, since it is printed in every copy.
_NEVER = (Kind.NAME, Kind.CODE, Kind.POSTCODE, Kind.PHONE, Kind.ADDRESS)


@needs(Permission.MAKE_RETURN)
def mark_not_submitted(
    desk: Desk, contract_id: str, month: Month, reason: str
) -> Changed:
    """Say that a month has no return: its cells become [x] with the reason.

    The reason goes into every copy, the council's as well. Said again, the new reason
    replaces the one before.

    Raises:
        NotFound: there is no such contract.
        DeskError: the month is not over, or its return was issued.
        NotValid: there is no reason, it is too long, or it holds a name or another
            word that could give somebody away.
    """
    if month.last_day >= desk.today():
        raise DeskError(
            f"{month.name} is not over yet.",
            "Nothing was changed. A month can be left out once it is over.",
        )
    warnings = saving.refuse(_looked_through(desk, reason))
    with desk.store.writing("mark as not submitted", by=desk.user.id) as deed:
        contract = agreement(deed, contract_id)
        if month in months_issued(deed, contract_id):
            raise DeskError(
                f"The return for {month.name} was issued, so it has figures.",
                "Nothing was changed. What was issued stays as it is.",
            )
        held = _marks(deed, contract_id, month)
        if held:
            values = {"reason": reason}
            saving.change(desk, deed, NotSubmitted, held[0].id, values)
        else:
            saving.add(
                desk,
                deed,
                NotSubmitted,
                {
                    "contract_id": contract.contract_id,
                    "month": str(month),
                    "reason": reason,
                },
            )
        said = f"{month.name} is marked as not submitted."
        return saving.done(deed, said, warnings)


def _looked_through(desk: Desk, reason: str) -> list[Problem]:
    """What of a reason could give somebody away: it is printed in every copy."""
    return [
        Problem(
            "reason",
            f"“{each.text}” looks like {each.kind}. {each.advice}",
            "stop" if each.kind in _NEVER else "warn",
        )
        for each in scan(reason, known_on_desk(desk))
    ]


@needs(Permission.MAKE_RETURN)
def take_back_not_submitted(desk: Desk, contract_id: str, month: Month) -> Changed:
    """Let a month have figures again.

    Raises:
        NotFound: it is not marked.
        DeskError: a later month was issued, which counts this one as left out.
    """
    with desk.store.writing("take back not submitted", by=desk.user.id) as deed:
        held = _marks(deed, contract_id, month)
        if not held:
            raise NotFound(f"{month.name} is not marked as not submitted.")
        later = [each for each in months_issued(deed, contract_id) if each > month]
        if later:
            raise DeskError(
                f"The return for {min(later).name} was issued, and counts "
                f"{month.name} as left out.",
                "Nothing was changed. What happened that month is in your records; "
                "the internal copy of a later month says that it was not submitted.",
            )
        for each in held:
            deed.retire(NotSubmitted, each.id, "The month has figures after all.")
        return saving.done(deed, f"{month.name} has figures again.")


def _marks(rows: Rows, contract_id: str, month: Month) -> list[NotSubmitted]:
    return find(rows, NotSubmitted, contract_id=contract_id, month=str(month))
