"""Who else helps a person: services, GP, emergency contact, with since and until.

Nothing is ever compared with another provider's records. Every deed here stops with
NotFound where the person is outside the caseload. Source: practices, P38; domain
reference, B1.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, SupportedBy
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label


def helping_now(held: Iterable[SupportedBy], today: date) -> list[SupportedBy]:
    """Those who help on a day, in the order of their list."""
    kinds = [each.code for each in choices("supporter_kind").values]
    return sorted(
        (each for each in held if each.until_on is None or each.until_on >= today),
        key=lambda each: kinds.index(each.kind) if each.kind in kinds else len(kinds),
    )


@needs(Permission.RECORD_PEOPLE)
def add_helper(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record who else helps a person.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("add helper", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {**values, "client_id": client_id}
        helper, warnings = saving.add(desk, deed, SupportedBy, given)
        words = label("supporter_kind", helper.kind)
        return helper.id, saving.done(deed, f"Also supported by: {words}.", warnings)


@needs(Permission.RECORD_PEOPLE)
def change_helper(desk: Desk, helper_id: str, values: Mapping[str, Value]) -> Changed:
    """Change who helps, or say until when they did.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change helper", by=desk.user.id) as deed:
        caseload.within(desk, deed, SupportedBy, helper_id)
        given = {name: v for name, v in values.items() if name != "client_id"}
        _, warnings = saving.change(desk, deed, SupportedBy, helper_id, given)
        return saving.done(deed, "Saved who else helps.", warnings)


@needs(Permission.RECORD_PEOPLE)
def take_back_helper(desk: Desk, helper_id: str, reason: str) -> Changed:
    """Take back a line that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back helper", desk.user.id) as deed:
        caseload.within(desk, deed, SupportedBy, helper_id)
        deed.retire(SupportedBy, helper_id, reason.strip())
        return saving.done(deed, "Taken back.")
