"""A place on the list that was given up too soon: had back on any later day.

Leaving the list is in ``casework.waiting``; right after it Ctrl+Z takes it back.
"""

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral, WaitingEntry
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day
from provider_desk.store.records import get


@needs(Permission.RECORD_CONTACTS)
def put_back(desk: Desk, entry_id: str, reason: str) -> Changed:
    """Put somebody who left back on the list; the wait counts from the same day.

    Raises:
        NotValid: the reason is missing, or nobody left here.
        NotFound: it is not there, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why they are put back.")
    with desk.store.writing("back on list", desk.user.id, reason.strip()) as deed:
        entry = caseload.within(desk, deed, WaitingEntry, entry_id)
        if entry.removed_on is None or entry.removal_reason == "STARTED":
            raise saving.stop("reason", "This place was not given up.")
        values: dict[str, Value] = {"removed_on": None, "removal_reason": None}
        _, warnings = saving.change(desk, deed, WaitingEntry, entry_id, values)
        since = get(deed, Referral, entry.referral_id).received_on
        said = f"Back on the list; the wait counts from {day(since)}."
        return saving.done(deed, said, warnings)
