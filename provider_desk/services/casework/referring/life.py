"""A referral's way through the hub, who was told, and what the person came for.

Every deed here stops with NotFound where the person is outside the caseload. Source:
domain reference, B2; practices, P12 to P14.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import PresentingNeed, Referral, WaitingEntry
from provider_desk.model.referral_rules import HUB_SILENT
from provider_desk.services import saving
from provider_desk.services.casework.caring.consents import may_share
from provider_desk.services.casework.starts import episode_of
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.queries import waiting
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: The hub gave the referral to another provider.
ELSEWHERE = "ALLOCATED_ELSEWHERE"

#: What the decision says is asked under other names here.
_ASKED_AS = {
    "decided_on": "hub_decided_on",
    "removed_on": "hub_decided_on",
    "signposted_to": "redirected_to",
}
#: Why somebody is declined whom the hub sent elsewhere.
_SENT_ON = "OTHER"


@needs(Permission.RECORD_REFERRALS)
def hub_answer(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record what the hub said, when, and why; or that it was sent there.

    Where it gave the referral to others, nobody decides on it here any more: it is
    declined that day, with where the person was sent; somebody on the list leaves it.

    Args:
        desk: who records it.
        referral_id: the referral.
        values: hub_status, hub_decided_on (today where left out), hub_sent_on,
            hub_reason, redirected_to.

    Returns:
        The referral's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it.
    """
    given = _answer(values, desk.today())
    with desk.store.writing("record hub answer", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, Referral, referral_id)
        given |= _sent_on(before, given)
        try:
            after, warnings = saving.change(desk, deed, Referral, referral_id, given)
            left = _leave(desk, deed, after)
        except NotValid as refused:
            raise NotValid(_as_asked(refused.problems)) from refused
        warnings = _as_asked(warnings)
        said = f"The hub: {label('hub_outcome', after.hub_status)}."
        return referral_id, saving.done(deed, sentences(said, left), warnings)


def _as_asked(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of the decision that follows, beside what was asked: the hub's day."""
    named = [
        replace(each, field=_ASKED_AS.get(each.field, each.field)) for each in problems
    ]
    first: dict[str, Problem] = {}
    for each in sorted(named, key=lambda p: p.severity != "stop"):
        first.setdefault(each.field, each)
    return list(first.values())


def _answer(values: Mapping[str, Value], today: date) -> dict[str, Value]:
    """Values with the day that fits: of the answer, or of sending where there is none.

    Raises:
        NotValid: it is not said what the hub said.
    """
    status = values.get("hub_status")
    if not status:
        raise saving.stop("hub_status", "Choose what the hub said.")
    given = {"hub_decided_on": today, **values}
    if status in HUB_SILENT:
        given["hub_decided_on"] = None
    if status == "SENT" and not given.get("hub_sent_on"):
        given["hub_sent_on"] = today
    return given


def _sent_on(before: Referral, given: Mapping[str, Value]) -> dict[str, Value]:
    """The decision that follows where the hub gave it to others before it was made."""
    if given["hub_status"] != ELSEWHERE or before.decision != "PENDING":
        return {}
    return {
        "decision": "DECLINED",
        "decided_on": given["hub_decided_on"],
        "decline_reason": _SENT_ON,
        "signposted_to": given.get("redirected_to") or before.redirected_to,
    }


def _leave(desk: Desk, deed: Deed, referral: Referral) -> str:
    """Take somebody off the list whom the hub gave to others."""
    if referral.hub_status != ELSEWHERE:
        return ""
    if referral.decision == "DECLINED":
        return "Declined: the hub sent it elsewhere."
    entry_id = waiting.entry_of(deed, referral.id)
    if not entry_id or episode_of(deed, referral.id) is not None:
        return ""
    if get(deed, WaitingEntry, entry_id).removed_on is not None:
        return ""
    values: dict[str, Value] = {
        "removed_on": referral.hub_decided_on,
        "removal_reason": "ELSEWHERE",
    }
    saving.change(desk, deed, WaitingEntry, entry_id, values)
    return "The person left the list that day."


@needs(Permission.RECORD_REFERRALS)
def referrer_told(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that who referred was told where things stand; each day stays in history.

    Returns:
        The referral's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it.
    """
    given = {"referrer_updated_on": desk.today(), **values}
    with desk.store.writing("referrer was told", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, Referral, referral_id)
        more = _without_consent(desk, deed, held, given)
        after, warnings = saving.change(desk, deed, Referral, referral_id, given, more)
        on = after.referrer_updated_on
        said = f"Referrer told on {day(on)}." if on else "Referrer not told yet."
        return referral_id, saving.done(deed, said, warnings)


def _without_consent(
    desk: Desk, deed: Deed, referral: Referral, given: Mapping[str, Value]
) -> list[Problem]:
    """Telling the referrer how it goes is the person's to allow. Source: P5, F4."""
    on = given["referrer_updated_on"]
    told = on if isinstance(on, date) else desk.today()
    answer = may_share(deed, referral.client_id, "REFERRER", told)
    if on is None or answer.yes:
        return []
    return [Problem("referrer_updated_on", answer.words, "warn")]


@needs(Permission.RECORD_REFERRALS)
def set_needs(desk: Desk, referral_id: str, codes: Collection[str]) -> Changed:
    """Say what the person came for: these, and no others.

    Args:
        desk: who says so.
        referral_id: the referral.
        codes: of the list “presenting_need”.

    Raises:
        NotValid: a code is not in the list.
    """
    unknown = set(codes) - choices("presenting_need").by_code.keys()
    if unknown:
        raise NotValid(
            [Problem("need", f"“{each}” is not in the list.") for each in unknown]
        )
    with desk.store.writing("set what they came for", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        held = {n.need: n for n in find(deed, PresentingNeed, referral_id=referral_id)}
        for code, row in held.items():
            if code not in codes:
                deed.retire(PresentingNeed, row.id, "not among them")
        for code in codes:
            if code not in held:
                values: dict[str, Value] = {"referral_id": referral_id, "need": code}
                saving.add(desk, deed, PresentingNeed, values)
        said = "What the person came for is saved."
        return saving.done(deed, said if codes else "Nothing is ticked now.")


@needs(Permission.SEE_OWN)
def needs_of(desk: Desk, referral_id: str) -> tuple[str, ...]:
    """Codes of what the person came for, as a referral tells it.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Referral, referral_id)
        found = find(rows, PresentingNeed, referral_id=referral_id)
    return tuple(each.need for each in found)
