"""A contact that was never made, taken back with the day that it had set.

Recording one is in ``casework.waiting``. Source: domain reference, B5.
"""

from provider_desk.model.changed import Changed
from provider_desk.model.records import WaitingContact, WaitingEntry
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import sentences
from provider_desk.store.history import made_by, touch_of
from provider_desk.store.queries import waiting as questions
from provider_desk.store.store import Deed

_NEXT = "next_contact_on"


@needs(Permission.RECORD_CONTACTS)
def take_back_contact(desk: Desk, contact_id: str, reason: str) -> Changed:
    """Take a contact or a try back; the list counts as if it had not been.

    The next contact is due when it was before, where nothing was done with the place
    on the list since; otherwise that day stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not there, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back contact", desk.user.id, reason) as deed:
        contact = caseload.within(desk, deed, WaitingContact, contact_id)
        deed.retire(WaitingContact, contact_id, reason.strip())
        said = _next_as_before(desk, deed, contact)
        return saving.done(deed, sentences("Contact taken back.", said))


def _next_as_before(desk: Desk, deed: Deed, contact: WaitingContact) -> str:
    entry_id = questions.entry_of(deed, contact.referral_id)
    number = made_by(deed, WaitingContact.TABLE, contact.id)
    touch = touch_of(deed, WaitingEntry.TABLE, entry_id, number) if entry_id else None
    if touch is None or touch.made or _NEXT not in touch.before:
        return ""
    saving.change(desk, deed, WaitingEntry, entry_id, {_NEXT: touch.before[_NEXT]})
    return "The next contact is due as before."
