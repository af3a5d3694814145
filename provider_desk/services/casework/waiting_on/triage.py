"""How soon a start is wanted: optional, with a reason, and its history in rows.

Off unless the provider switches it on: then the list is in the order of the day on
which each referral was received, and nothing else. Source: practices, P10.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral, Triage
from provider_desk.model.waiting_rows import SOONER
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.queries.waiting import entry_of


@needs(Permission.TRIAGE)
def set_triage(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Say how soon somebody who waits should start, and why; the wait stays as it is.

    Raises:
        NotAllowed: the provider does not sort the list.
        NotValid: a value or a rule stops it.
    """
    if desk.provider().triage != "Y":
        raise NotAllowed(
            f"The waiting list is not sorted by {SOONER}.",
            "Nothing was changed. A manager can switch it on in Settings.",
        )
    given = {
        "set_on": desk.today(),
        "worker": desk.user.initials,
        **values,
        "referral_id": referral_id,
    }
    with desk.store.writing("triage", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        if not entry_of(deed, referral_id):
            raise saving.stop("level", "This referral is not on a waiting list.")
        made, warnings = saving.add(desk, deed, Triage, given)
        said = f"Triage saved: {label('triage_level', made.level)}."
        return made.id, saving.done(deed, said, warnings)


@needs(Permission.TRIAGE)
def take_back_triage(desk: Desk, triage_id: str, reason: str) -> Changed:
    """Take a triage back; the one before holds again.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back triage", desk.user.id, reason) as deed:
        caseload.within(desk, deed, Triage, triage_id)
        deed.retire(Triage, triage_id, reason.strip())
        return saving.done(deed, "Triage taken back.")
