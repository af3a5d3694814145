"""The written agreement before a trial: not to go into the evidence.

Every deed here stops with NotFound where the person is outside the caseload. Source:
domain reference, F6; practices, P28, P30.
"""

from collections.abc import Iterable, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, TrialAgreement
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day


def words_of(held: Iterable[TrialAgreement]) -> str:
    """Whether the agreement is signed, by the newest row, in one sentence."""
    newest = max(enumerate(held), key=lambda p: (p[1].signed_on, p[0]), default=None)
    if newest is None:
        return "The agreement before trial is not signed yet."
    agreement = newest[1]
    on = day(agreement.signed_on)
    if agreement.signed != "Y":
        return f"The agreement before trial was not signed when asked on {on}."
    version = f", version {agreement.version}" if agreement.version else ""
    return f"The agreement before trial was signed on {on}{version}."


@needs(Permission.RECORD_PEOPLE)
def record_agreement(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that the agreement was signed, or that the person did not want to.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("agreement before trial", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"signed_on": desk.today(), **values, "client_id": client_id}
        agreement, warnings = saving.add(desk, deed, TrialAgreement, given)
        return agreement.id, saving.done(deed, words_of([agreement]), warnings)


@needs(Permission.RECORD_PEOPLE)
def change_agreement(
    desk: Desk, agreement_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put an agreement right; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change agreement before trial", desk.user.id) as deed:
        caseload.within(desk, deed, TrialAgreement, agreement_id)
        given = {name: v for name, v in values.items() if name != "client_id"}
        _, warnings = saving.change(desk, deed, TrialAgreement, agreement_id, given)
        return saving.done(deed, "Agreement saved.", warnings)


@needs(Permission.RECORD_PEOPLE)
def take_back_agreement(desk: Desk, agreement_id: str, reason: str) -> Changed:
    """Take back an agreement recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back agreement", by=desk.user.id) as deed:
        caseload.within(desk, deed, TrialAgreement, agreement_id)
        deed.retire(TrialAgreement, agreement_id, reason.strip())
        return saving.done(deed, "Agreement taken back.")
