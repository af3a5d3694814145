"""Consent: one row per purpose, with its day, its end and its withdrawal.

Not asked means no. Whether somebody may be phoned is safe contact, not consent. Every
deed here stops with NotFound where the person is outside the caseload. Source:
practices, P5; domain reference, F4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, Consent
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.records import find


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something may be done with what a person told, and why, in words."""

    yes: bool
    words: str


def may_share(
    rows: Rows, client_id: str, purpose: str, on: date, with_whom: str = ""
) -> Answer:
    """Whether a person's consent covers a purpose on a day; not asked means no.

    Whatever shares something that names a person asks here first, and stops with the
    words where the answer is no. Exceptions (risk of serious harm, a child at risk, a
    court order) are recorded where they are made, with their reason.

    Args:
        rows: the store.
        client_id: the person.
        purpose: code of consent_purpose.
        on: the day on which it would be shared.
        with_whom: the service or person; "" for any that the purpose names. Consent
            that names somebody holds for nobody else.
    """
    held = find(rows, Consent, client_id=client_id, purpose=purpose)
    return answer_of(held, purpose, on, with_whom)


def said_no(rows: Rows, client_id: str, purpose: str, on: date, with_whom: str) -> str:
    """In words, that a person was asked about somebody and it stands at no.

    For what is only done with a yes that is asked there and then: an earlier no, or a
    yes that was withdrawn or ended, still stops it until they are asked again.

    Returns:
        "" where nothing on record is against it.
    """
    held = find(rows, Consent, client_id=client_id, purpose=purpose)
    named = [each for each in held if _same(each.with_whom, with_whom)]
    answer = answer_of(named, purpose, on)
    return answer.words if named and not answer.yes else ""


def answer_of(
    held: Iterable[Consent], purpose: str, on: date, with_whom: str = ""
) -> Answer:
    """What a person's rows of one purpose come to on a day: the newest one counts."""
    said = label("consent_purpose", purpose)
    fitting = [
        each
        for each in held
        if each.purpose == purpose
        and each.asked_on <= on
        and (not with_whom or _same(each.with_whom, with_whom))
    ]
    if not fitting:
        return Answer(yes=False, words=f"{said}: the person was not asked, so no.")
    newest = max(enumerate(fitting), key=lambda pair: (pair[1].asked_on, pair[0]))[1]
    with_them = f" ({newest.with_whom})" if newest.with_whom else ""
    begin = f"{said}{with_them}: "
    if newest.withdrawn_on is not None and newest.withdrawn_on <= on:
        return Answer(yes=False, words=f"{begin}withdrawn {day(newest.withdrawn_on)}.")
    if newest.answer not in choices("consent_answer").codes_where("given"):
        asked = f"asked {day(newest.asked_on)}"
        words = f"{begin}{label('consent_answer', newest.answer)}, {asked}."
        return Answer(yes=False, words=words)
    if newest.expires_on is not None and newest.expires_on < on:
        return Answer(yes=False, words=f"{begin}ended {day(newest.expires_on)}.")
    until = f" until {day(newest.expires_on)}" if newest.expires_on else ""
    return Answer(yes=True, words=f"{begin}yes{until}.")


def _same(one: str, other: str) -> bool:
    return not one or one.strip().casefold() == other.strip().casefold()


@needs(Permission.RECORD_REFERRALS)
def record_consent(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record what a person answered when asked for one purpose.

    An earlier answer to the same purpose stays in the history; the newest counts.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("record consent", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"asked_on": desk.today(), **values, "client_id": client_id}
        consent, warnings = saving.add(desk, deed, Consent, given)
        words = label("consent_purpose", consent.purpose)
        answer = label("consent_answer", consent.answer)
        return consent.id, saving.done(deed, f"{words}: {answer}.", warnings)


@needs(Permission.RECORD_REFERRALS)
def withdraw_consent(
    desk: Desk, consent_id: str, values: Mapping[str, Value]
) -> Changed:
    """Record that a person withdrew a yes, from a day on.

    Raises:
        NotValid: it never was a yes, or the day is wrong.
    """
    with desk.store.writing("withdraw consent", by=desk.user.id) as deed:
        caseload.within(desk, deed, Consent, consent_id)
        on = values.get("withdrawn_on") or desk.today()
        given = {"withdrawn_on": on}
        consent, warnings = saving.change(desk, deed, Consent, consent_id, given)
        words = label("consent_purpose", consent.purpose)
        return saving.done(deed, f"{words}: withdrawn.", warnings)


@needs(Permission.RECORD_REFERRALS)
def consent_stands_again(desk: Desk, consent_id: str) -> Changed:
    """Take back a withdrawal that was recorded by mistake.

    Raises:
        NotValid: a rule stops it.
    """
    with desk.store.writing("consent stands again", by=desk.user.id) as deed:
        caseload.within(desk, deed, Consent, consent_id)
        given: Mapping[str, Value] = {"withdrawn_on": None}
        _, warnings = saving.change(desk, deed, Consent, consent_id, given)
        return saving.done(deed, "The withdrawal was taken back.", warnings)


@needs(Permission.RECORD_REFERRALS)
def change_consent(desk: Desk, consent_id: str, values: Mapping[str, Value]) -> Changed:
    """Put a consent row right; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change consent", by=desk.user.id) as deed:
        caseload.within(desk, deed, Consent, consent_id)
        given = {name: v for name, v in values.items() if name != "client_id"}
        _, warnings = saving.change(desk, deed, Consent, consent_id, given)
        return saving.done(deed, "Consent saved.", warnings)


@needs(Permission.RECORD_REFERRALS)
def take_back_consent(desk: Desk, consent_id: str, reason: str) -> Changed:
    """Take back a consent row recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back consent", desk.user.id) as deed:
        caseload.within(desk, deed, Consent, consent_id)
        deed.retire(Consent, consent_id, reason.strip())
        return saving.done(deed, "Consent taken back.")
