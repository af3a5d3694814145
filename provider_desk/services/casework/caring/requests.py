"""Requests for what is recorded of a person: who asked, for what, what was decided.

Only whoever may answer requests reads and writes them; others see that one is open.
Nothing is handed out from here. Every deed here stops with NotFound where the person is
outside the caseload. Source: domain reference, F5; practices, P30.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, DisclosureRequest
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label


@needs(Permission.HANDLE_REQUESTS)
def record_request(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a request for records; what the law asks for is pointed out.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("disclosure request", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"received_on": desk.today(), **values, "client_id": client_id}
        request, warnings = saving.add(desk, deed, DisclosureRequest, given)
        said = f"Request saved: {label('request_decision', request.decision)}."
        return request.id, saving.done(deed, said, warnings)


@needs(Permission.HANDLE_REQUESTS)
def change_request(desk: Desk, request_id: str, values: Mapping[str, Value]) -> Changed:
    """Go on with a request: told, advice, decision with its day and who decided.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change disclosure request", by=desk.user.id) as deed:
        caseload.within(desk, deed, DisclosureRequest, request_id)
        given = {name: v for name, v in values.items() if name != "client_id"}
        request, warnings = saving.change(
            desk, deed, DisclosureRequest, request_id, given
        )
        said = f"Request saved: {label('request_decision', request.decision)}."
        return saving.done(deed, said, warnings)


@needs(Permission.HANDLE_REQUESTS)
def take_back_request(desk: Desk, request_id: str, reason: str) -> Changed:
    """Take back a request recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back disclosure request", desk.user.id) as deed:
        caseload.within(desk, deed, DisclosureRequest, request_id)
        deed.retire(DisclosureRequest, request_id, reason.strip())
        return saving.done(deed, "Request taken back.")
