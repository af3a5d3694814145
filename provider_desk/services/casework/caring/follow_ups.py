"""Follow-ups: something to do for a person by a day, and what came of it.

Every deed here stops with NotFound where the person is outside the caseload. What is
followed up says how the person is, so these are for roles that read clinical notes.
Source: practices, P29; domain reference, A6.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, FollowUp
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day

_NAMED = ("client_id", "court_date_id")


@needs(Permission.RECORD_PEOPLE, Permission.READ_CLINICAL)
def add_follow_up(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Plan something to do for a person by a day.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("plan follow-up", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"worker": desk.user.initials, **values, "client_id": client_id}
        planned, warnings = saving.add(desk, deed, FollowUp, given)
        said = f"Follow-up planned for {day(planned.due_on)}."
        return planned.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_PEOPLE, Permission.READ_CLINICAL)
def finish_follow_up(
    desk: Desk, follow_id: str, values: Mapping[str, Value]
) -> Changed:
    """Record that a follow-up was done, and what came of it.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("follow-up done", by=desk.user.id) as deed:
        caseload.within(desk, deed, FollowUp, follow_id)
        given = {
            "done_on": values.get("done_on") or desk.today(),
            "result": values.get("result") or "",
        }
        _, warnings = saving.change(desk, deed, FollowUp, follow_id, given)
        return saving.done(deed, "Follow-up done.", warnings)


@needs(Permission.RECORD_PEOPLE, Permission.READ_CLINICAL)
def open_follow_up_again(desk: Desk, follow_id: str) -> Changed:
    """Take back that a follow-up was done; it is open again.

    Raises:
        NotValid: a rule stops it.
    """
    with desk.store.writing("open follow-up again", by=desk.user.id) as deed:
        caseload.within(desk, deed, FollowUp, follow_id)
        given: Mapping[str, Value] = {"done_on": None, "result": ""}
        _, warnings = saving.change(desk, deed, FollowUp, follow_id, given)
        return saving.done(deed, "The follow-up is open again.", warnings)


@needs(Permission.RECORD_PEOPLE, Permission.READ_CLINICAL)
def change_follow_up(
    desk: Desk, follow_id: str, values: Mapping[str, Value]
) -> Changed:
    """Change what is to be done, by when and by whom.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change follow-up", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, FollowUp, follow_id)
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = {name: v for name, v in values.items() if name not in _NAMED}
        given = masking.writable(FollowUp, given, clinical=clinical)
        _, warnings = saving.change(desk, deed, FollowUp, follow_id, given)
        return saving.done(deed, "Follow-up saved.", warnings)


@needs(Permission.RECORD_PEOPLE, Permission.READ_CLINICAL)
def take_back_follow_up(desk: Desk, follow_id: str, reason: str) -> Changed:
    """Take back a follow-up that is not wanted or was recorded by mistake.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back follow-up", by=desk.user.id) as deed:
        caseload.within(desk, deed, FollowUp, follow_id)
        deed.retire(FollowUp, follow_id, reason.strip())
        return saving.done(deed, "Follow-up taken back.")
