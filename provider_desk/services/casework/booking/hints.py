"""What to know before a session is written down: court, agreement, allowance.

Source: domain reference, B6, B8, F6; practices, P28, P30.
"""

from dataclasses import dataclass, field

from provider_desk.model.choices import choices
from provider_desk.model.records import Client, Referral, TrialAgreement
from provider_desk.services.casework.caring.agreements import words_of
from provider_desk.services.casework.course import allowance
from provider_desk.services.casework.course.allowance import Allowance
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import find, get


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands above a session's form.

    Attributes:
        open_case: police or court are still at it.
        agreement: whether the agreement before trial is signed, in a sentence; ""
            where there is neither a case nor an agreement.
        allowance: sessions before and after a trial.
    """

    open_case: bool = False
    agreement: str = ""
    allowance: Allowance = field(default_factory=Allowance)


@needs(Permission.RECORD_SESSIONS)
def hints(desk: Desk, referral_id: str) -> Hints:
    """What to know before a session of a referral is written down.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        referral = caseload.within(desk, rows, Referral, referral_id)
        client = get(rows, Client, referral.client_id)
        signed = find(rows, TrialAgreement, client_id=client.id)
        used = allowance.of_referral(rows, referral_id)
    open_codes = choices("criminal_justice_status").codes_where("open")
    is_open = client.justice_status in open_codes
    said = words_of(signed) if is_open or signed else ""
    return Hints(is_open, said, used)
