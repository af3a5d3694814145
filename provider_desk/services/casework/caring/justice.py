"""Where a criminal case stands, from day to day.

The newest step is the status on the person's card. Every deed here stops with NotFound
where the person is outside the caseload. Source: domain reference, B1, B6.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, JusticeStep
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed


@needs(Permission.RECORD_PEOPLE)
def record_status(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record where a case stands from a day on; what was before stays on record.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("criminal justice status", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"from_on": desk.today(), **values, "court_date_id": None}
        step = add_step(desk, deed, client_id, given)
        words = label("criminal_justice_status", step.status)
        return step.id, saving.done(deed, f"Criminal justice status: {words}.")


@needs(Permission.RECORD_PEOPLE)
def change_status(desk: Desk, step_id: str, values: Mapping[str, Value]) -> Changed:
    """Put a step right; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change criminal justice status", desk.user.id) as deed:
        step = caseload.within(desk, deed, JusticeStep, step_id)
        given = {n: v for n, v in values.items() if n in ("from_on", "status")}
        _, warnings = saving.change(desk, deed, JusticeStep, step_id, given)
        _follow(desk, deed, step.client_id, step.status_before)
        return saving.done(deed, "Criminal justice status saved.", warnings)


@needs(Permission.RECORD_PEOPLE)
def take_back_status(desk: Desk, step_id: str, reason: str) -> Changed:
    """Take back a step recorded by mistake; the one before counts again.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back criminal justice status", desk.user.id) as deed:
        step = caseload.within(desk, deed, JusticeStep, step_id)
        retire_step(desk, deed, step, reason.strip())
        return saving.done(deed, "Taken back; the status before counts again.")


def add_step(
    desk: Desk, deed: Deed, client_id: str, values: Mapping[str, Value]
) -> JusticeStep:
    """Add a step, noting what stood on the card before; the card follows."""
    before = get(deed, Client, client_id).justice_status
    given = {**values, "client_id": client_id, "status_before": before}
    step, _ = saving.add(desk, deed, JusticeStep, given)
    _follow(desk, deed, client_id, before)
    return step


def step_from_card(desk: Desk, deed: Deed, client_id: str, before: str | None) -> None:
    """The status was changed on the card itself: that is a step from today on."""
    status = get(deed, Client, client_id).justice_status
    if status is None or status == before:
        return
    given: Mapping[str, Value] = {
        "client_id": client_id,
        "from_on": desk.today(),
        "status": status,
        "status_before": before,
    }
    saving.add(desk, deed, JusticeStep, given)


def retire_step(desk: Desk, deed: Deed, step: JusticeStep, reason: str) -> None:
    """Take a step out; the card goes back to what stood there before."""
    deed.retire(JusticeStep, step.id, reason)
    _follow(desk, deed, step.client_id, step.status_before)


def _follow(desk: Desk, deed: Deed, client_id: str, otherwise: str | None) -> None:
    """Let the card show the status of the newest step; ``otherwise`` without any."""
    held = find(deed, JusticeStep, client_id=client_id)
    newest = max(enumerate(held), key=lambda p: (p[1].from_on, p[0]), default=None)
    status = newest[1].status if newest else otherwise
    saving.change(desk, deed, Client, client_id, {"justice_status": status})
