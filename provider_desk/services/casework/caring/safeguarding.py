"""Safeguarding referrals: to whom, for which work, since when, and what came of it.

A child at risk is named nowhere: that one is at risk stands on the flag, and the
referral to children's social care is linked to it. Every deed here stops with NotFound
where the person is outside the caseload. Source: domain reference, A4, B13, F8.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, Referral, SafeguardingReferral
from provider_desk.services import saving
from provider_desk.services.casework.caring.risk import open_flags
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.records import find

#: Adult safeguarding is expected to end within so many days. Source: domain
#: reference, B13 (three months).
REMIND_DAYS = 90

_NAMED = ("client_id", "referral_id", "risk_flag_id")


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def refer_for(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a safeguarding referral made in the course of some work.

    It is linked to the gravest flag that stands.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("safeguarding referral", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        flags = open_flags(deed, referral.client_id)
        given = {
            "made_on": desk.today(),
            "made_by": desk.user.initials,
            **values,
            "client_id": referral.client_id,
            "referral_id": referral_id,
            "risk_flag_id": flags[0].id if flags else None,
        }
        made, warnings = saving.add(desk, deed, SafeguardingReferral, given)
        return made.id, saving.done(deed, _said(made), warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def refer_person(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a safeguarding referral for somebody whom nobody has referred to us yet.

    Raises:
        NotValid: a value or a rule stops it, or the person has referrals: then it is
            made for one of them, so that the return can count it.
    """
    with desk.store.writing("safeguarding referral", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        if find(deed, Referral, client_id=client_id):
            raise saving.stop("referral_id", "Say for which work it was made.")
        flags = open_flags(deed, client_id)
        given = {
            "made_on": desk.today(),
            "made_by": desk.user.initials,
            **values,
            "client_id": client_id,
            "referral_id": None,
            "risk_flag_id": flags[0].id if flags else None,
        }
        made, warnings = saving.add(desk, deed, SafeguardingReferral, given)
        return made.id, saving.done(deed, _said(made), warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def change_safeguarding(
    desk: Desk, safeguarding_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put a safeguarding referral right; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change safeguarding referral", desk.user.id) as deed:
        before = caseload.within(desk, deed, SafeguardingReferral, safeguarding_id)
        clinical = caseload.reads_clinical_of(desk, deed, before)
        typed = masking.writable(SafeguardingReferral, values, clinical=clinical)
        given = {name: v for name, v in typed.items() if name not in _NAMED}
        _, warnings = saving.change(
            desk, deed, SafeguardingReferral, safeguarding_id, given
        )
        return saving.done(deed, "Safeguarding referral saved.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def end_safeguarding(
    desk: Desk, safeguarding_id: str, values: Mapping[str, Value]
) -> Changed:
    """Record what came of a safeguarding referral, and when.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("outcome of safeguarding", desk.user.id) as deed:
        caseload.within(desk, deed, SafeguardingReferral, safeguarding_id)
        given = {
            "ended_on": values.get("ended_on") or desk.today(),
            "outcome": values.get("outcome"),
        }
        made, warnings = saving.change(
            desk, deed, SafeguardingReferral, safeguarding_id, given
        )
        outcome = label("safeguarding_outcome", made.outcome)
        return saving.done(deed, f"Safeguarding ended: {outcome}.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def open_safeguarding_again(desk: Desk, safeguarding_id: str) -> Changed:
    """Take the outcome of a safeguarding referral back; it is open again.

    Raises:
        NotValid: a rule stops it.
    """
    with desk.store.writing("open safeguarding again", desk.user.id) as deed:
        caseload.within(desk, deed, SafeguardingReferral, safeguarding_id)
        given: Mapping[str, Value] = {"ended_on": None, "outcome": None}
        _, warnings = saving.change(
            desk, deed, SafeguardingReferral, safeguarding_id, given
        )
        return saving.done(deed, "The safeguarding referral is open again.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_safeguarding(desk: Desk, safeguarding_id: str, reason: str) -> Changed:
    """Take back a safeguarding referral recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back safeguarding", desk.user.id) as deed:
        caseload.within(desk, deed, SafeguardingReferral, safeguarding_id)
        deed.retire(SafeguardingReferral, safeguarding_id, reason.strip())
        return saving.done(deed, "Safeguarding referral taken back.")


def _said(made: SafeguardingReferral) -> str:
    to = label("safeguarding_to", made.made_to)
    return f"Safeguarding referral saved: {to}."
