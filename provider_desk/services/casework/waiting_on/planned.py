"""The day that was agreed for the next contact, taken back. Source: domain, B5."""

from provider_desk.model.changed import Changed
from provider_desk.model.records import Referral, WaitingEntry
from provider_desk.services import saving
from provider_desk.services.casework.stepping_back import stepped_back
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import waiting as questions


@needs(Permission.RECORD_CONTACTS)
def take_back_plan(desk: Desk, referral_id: str) -> Changed:
    """Let the next contact be due when it was before the newest agreement.

    Raises:
        NotValid: something else happened to the place on the list since.
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.writing("take back plan", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        entry_id = questions.entry_of(deed, referral_id)
        instead = "The place on the list was changed since. Plan the contact anew."
        stepped_back(desk, deed, WaitingEntry, entry_id, "plan contact", instead)
        return saving.done(deed, "The next contact is due as before.")
