"""The waiting list as of any day, and keeping in touch with those on it.

Whoever may not see the whole list sees those of their own caseload, and every number
is of them alone. Every deed here stops with NotFound where the person is outside it.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median
from types import MappingProxyType

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotFound, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Referral,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.rows import Rows
from provider_desk.model.waiting_rows import WaitingList, WaitingRow
from provider_desk.model.waiting_rules import days_between_contacts
from provider_desk.model.waits import BANDS, band_of
from provider_desk.services import saving
from provider_desk.services.casework.safe_contact import safe_ways
from provider_desk.services.casework.starts import episode_of
from provider_desk.services.casework.waiting_on.agreed_ways import unsafe
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.queries import waiting as questions
from provider_desk.store.queries.caring import urgent_now
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

__all__ = [
    "add_contact",
    "answer_offer",
    "back_on_list",
    "correct_contact",
    "leave_list",
    "plan_contact",
    "record_contact",
    "record_offer",
    "safe_ways",
    "waiting_list",
]

_NONE: Mapping[str, Value] = MappingProxyType({})
_ASK_FIRST = "An offer waits for its answer. Record the answer first."

#: Level of who was not triaged.
_IN_TURN = "USUAL"


@needs(Permission.SEE_OWN)
def waiting_list(
    desk: Desk, as_of: date, *, contract_id: str = "", area: str = ""
) -> WaitingList:
    """Who waits at the end of a day, longest first; the same whenever it is asked.

    Where the provider sorts by how soon a start is wanted, that comes before.
    Source: practices, P6, P10.

    Args:
        desk: the open desk.
        as_of: the day. A day agreed by hand for the next contact, and an urgent flag,
            are taken into account for today only: it is not known what they were then.
        contract_id: one contract's list; "" for all together.
        area: one service area; "" for all.
    """
    every = _every(desk)
    with desk.store.reading() as rows:
        urgent = urgent_now(rows)
        mine = caseload.of_desk(desk, rows)
        waits = questions.waiting_on(rows, as_of, contract_id=contract_id, area=area)
    found = [each for each in waits if mine.holds(each.client_id)]
    now = as_of >= desk.today()
    lines = tuple(
        _line(each, as_of, every[now and each.client_id in urgent], now=now)
        for each in found
    )
    triage = desk.provider().triage == "Y"
    if triage:
        lines = tuple(sorted(lines, key=_how_soon))
    waited = [line.waited_days for line in lines]
    bands = Counter(line.band for line in lines)
    return WaitingList(
        as_of=as_of,
        rows=lines,
        bands={band: bands[band] for band in BANDS},
        median_days=median(waited) if waited else None,
        longest_days=max(waited) if waited else None,
        triage=triage,
    )


def _every(desk: Desk) -> dict[bool, timedelta]:
    """How often those who wait are contacted; True: with an urgent flag."""
    usual = desk.provider().contact_every_days
    return {
        urgent: timedelta(days_between_contacts(usual, urgent=urgent))
        for urgent in (False, True)
    }


def _how_soon(row: WaitingRow) -> int:
    """The place of a level on the list; who has none waits in turn."""
    levels = choices("triage_level").by_code
    return int(levels[row.level or _IN_TURN].flags["order"])


def _line(
    held: questions.Waiting, as_of: date, every: timedelta, *, now: bool
) -> WaitingRow:
    waited = (as_of - held.received_on).days
    due = next_contact(held, every, now=now)
    return WaitingRow(
        referral_id=held.referral_id,
        client_id=held.client_id,
        code=held.code,
        name=held.name,
        contract_id=held.contract_id,
        area=held.area,
        received_on=held.received_on,
        accepted_on=held.accepted_on,
        waited_days=waited,
        accepted_days=(as_of - held.accepted_on).days,
        band=band_of(waited),
        last_reached_on=held.last_reached_on,
        attempts_since=held.attempts_since,
        next_contact_on=due,
        overdue=due < as_of,
        can_phone=held.safe_phone,
        no_safe_way=held.safe_ways == 0,
        source=held.source,
        hub_status=held.hub_status,
        offered_on=held.offered_on,
        held_by=held.held_by,
        referrer_told_on=held.referrer_told_on,
        reviewed_on=held.reviewed_on,
        level=held.level,
    )


def next_contact(held: questions.Waiting, every: timedelta, *, now: bool) -> date:
    """When a contact is due: as agreed, else so long after the last one made.

    Without any contact the count begins with the day of acceptance. Source: domain
    reference, B5.
    """
    if now and held.agreed_next_on is not None:
        return held.agreed_next_on
    return (held.last_reached_on or held.accepted_on) + every


@needs(Permission.RECORD_CONTACTS)
def record_contact(
    desk: Desk,
    referral_id: str,
    values: Mapping[str, Value],
    *,
    next_on: date | None = None,
) -> Changed:
    """Record a call, message or letter to somebody who waits.

    What was done is recorded even where the channel is not marked safe, with a
    warning; but a message can't have been left "by an agreed safe route" where none
    is agreed.

    Args:
        desk: who did it.
        referral_id: whose wait.
        values: fields of WaitingContact.
        next_on: when the next contact is due, where that was agreed; otherwise it
            follows from the provider's interval once somebody was reached.

    Raises:
        NotValid: a value or a rule stops it.
    """
    given = {
        "held_on": desk.today(),
        "worker": desk.user.initials,
        **values,
        "referral_id": referral_id,
    }
    with desk.store.writing("record contact", by=desk.user.id) as deed:
        reached, due, warnings = _contact(desk, deed, given, next_on)
        said = "Contact saved." if reached else "Attempt saved."
        return saving.done(
            deed, sentences(said, f"Next contact {day(due)}." if due else ""), warnings
        )


def add_contact(
    desk: Desk, deed: Deed, referral_id: str, values: Mapping[str, Value]
) -> list[Problem]:
    """Record a contact as a part of another deed; hands back the warnings.

    Raises:
        As ``record_contact``.
    """
    return _contact(desk, deed, {**values, "referral_id": referral_id}, None)[2]


def _contact(
    desk: Desk, deed: Deed, given: Mapping[str, Value], next_on: date | None
) -> tuple[bool, date | None, list[Problem]]:
    """Whether the person was reached, when the next contact is due, warnings."""
    referral_id = str(given["referral_id"])
    referral = caseload.within(desk, deed, Referral, referral_id)
    more = unsafe(deed, referral, given)
    contact, warnings = saving.add(desk, deed, WaitingContact, given, more)
    reached = contact.result in choices("wait_contact_result").codes_where(
        "counts_as_contact"
    )
    due = _set_next(desk, deed, referral_id, contact, next_on, reached=reached)
    return reached, due, warnings


@needs(Permission.RECORD_CONTACTS)
def correct_contact(
    desk: Desk, contact_id: str, values: Mapping[str, Value], reason: str
) -> Changed:
    """Put a contact right by an addendum; what it said before stays in its history.

    Raises:
        NotValid: a value or a rule stops it, or the reason is missing.
    """
    reason = reason.strip()
    with desk.store.writing("correct contact", desk.user.id, reason) as deed:
        before = caseload.within(desk, deed, WaitingContact, contact_id)
        referral = get(deed, Referral, before.referral_id)
        more = unsafe(deed, referral, {**before.values(), **values}, before)
        _, warnings = saving.put_right(
            desk, deed, WaitingContact, contact_id, values, reason, more
        )
        return saving.done(deed, "Contact put right.", warnings)


def _set_next(
    desk: Desk,
    deed: Deed,
    referral_id: str,
    contact: WaitingContact,
    next_on: date | None,
    *,
    reached: bool,
) -> date | None:
    """Keep the agreed day, or drop one that this contact has met."""
    entry_id = questions.entry_of(deed, referral_id)
    if not entry_id:
        return None
    agreed = get(deed, WaitingEntry, entry_id).next_contact_on
    if next_on is not None or (reached and agreed is not None):
        saving.change(desk, deed, WaitingEntry, entry_id, {"next_contact_on": next_on})
        agreed = next_on
    if agreed is not None or not reached:
        return agreed
    person = get(deed, Referral, referral_id).client_id
    return contact.held_on + _every(desk)[person in urgent_now(deed)]


@needs(Permission.RECORD_CONTACTS)
def plan_contact(
    desk: Desk, referral_id: str, on: date | None, more: Mapping[str, Value] = _NONE
) -> Changed:
    """Agree by hand when the next contact is due; None goes back to the interval.

    With ``target_offer_on`` in ``more`` also by when a start is to be offered.

    Raises:
        NotFound: nobody waits on this referral.
    """
    aim = {name: more[name] for name in more if name == "target_offer_on"}
    with desk.store.writing("plan contact", by=desk.user.id) as deed:
        values = {"next_contact_on": on, **aim}
        saving.change(desk, deed, WaitingEntry, _entry(desk, deed, referral_id), values)
        said = f"Next contact {day(on)}." if on else "Next contact by the interval."
        by = next(iter(aim.values()), None)
        offer = f"Offer a start by {day(by)}." if isinstance(by, date) else ""
        return saving.done(deed, sentences(said, offer))


def _entry(desk: Desk, rows: Rows, referral_id: str) -> str:
    caseload.within(desk, rows, Referral, referral_id)
    entry_id = questions.entry_of(rows, referral_id)
    if not entry_id:
        raise NotFound(
            "This referral is not on a waiting list.", "Accept the referral first."
        )
    return entry_id


@needs(Permission.RECORD_CONTACTS)
def record_offer(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that a start was offered; it stops no clock.

    Raises:
        NotValid: an offer waits for its answer, or a value or a rule stops it.
    """
    given = {"offered_on": desk.today(), **values, "referral_id": referral_id}
    with desk.store.writing("record offer", by=desk.user.id) as deed:
        caseload.within(desk, deed, Referral, referral_id)
        if find(deed, WaitingOffer, referral_id=referral_id, response="PENDING"):
            raise saving.stop("offered_on", _ASK_FIRST)
        offer, warnings = saving.add(desk, deed, WaitingOffer, given)
        said = f"Offer of {day(offer.offered_on)} saved."
        return offer.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_CONTACTS)
def answer_offer(
    desk: Desk,
    offer_id: str,
    response: str,
    answered_on: date | None = None,
    note: str | None = None,
) -> Changed:
    """Record the answer to an offer. One declined for own reasons keeps its wait.

    Raises:
        NotValid: the answer is older than the offer, or lies ahead.
    """
    on = answered_on or desk.today()
    with desk.store.writing("answer offer", by=desk.user.id) as deed:
        offer = caseload.within(desk, deed, WaitingOffer, offer_id)
        if on < offer.offered_on:
            raise saving.stop(
                "answered_on",
                f"Answered before it was offered on {day(offer.offered_on)}.",
            )
        values: dict[str, Value] = {"response": response, "answered_on": on}
        values |= {} if note is None else {"note": note}
        _, warnings = saving.change(desk, deed, WaitingOffer, offer_id, values)
        said = f"Answer saved: {label('offer_response', response)}."
        booked = find(deed, Session, referral_id=offer.referral_id, attendance="BOOKED")
        accepted = response == "ACCEPTED" and not booked
        next_ = "Next: book the first session." if accepted else ""
        return saving.done(deed, sentences(said, next_), warnings)


@needs(Permission.RECORD_CONTACTS)
def leave_list(desk: Desk, referral_id: str, on: date, reason: str) -> Changed:
    """Take somebody off the waiting list who will not start.

    Raises:
        NotValid: they have started, or left already, or a rule stops it.
        NotFound: nobody waits on this referral.
    """
    with desk.store.writing("leave list", by=desk.user.id) as deed:
        entry_id = _entry(desk, deed, referral_id)
        left = get(deed, WaitingEntry, entry_id).removed_on
        if left is not None:
            words = f"This person left the list on {day(left)} already."
            raise saving.stop("removed_on", f"{words} Put them back first.")
        if episode_of(deed, referral_id) is not None:
            raise saving.stop(
                "removed_on",
                "This person has started already, which ended the wait. Close the "
                "episode instead.",
            )
        if not reason or reason == "STARTED":
            raise saving.stop("removal_reason", "Say why the person leaves the list.")
        values: dict[str, Value] = {"removed_on": on, "removal_reason": reason}
        _, warnings = saving.change(desk, deed, WaitingEntry, entry_id, values)
        said = f"Left the list on {day(on)}: {label('wait_removal_reason', reason)}."
        return saving.done(deed, said, warnings)


@needs(Permission.RECORD_CONTACTS)
def back_on_list(desk: Desk, referral_id: str) -> Changed:
    """Put somebody back who had left the list; the wait counts from the same day.

    Raises:
        NotFound: the referral never was on a waiting list.
    """
    with desk.store.writing("back on list", by=desk.user.id) as deed:
        entry_id = _entry(desk, deed, referral_id)
        values: dict[str, Value] = {"removed_on": None, "removal_reason": None}
        saving.change(desk, deed, WaitingEntry, entry_id, values)
        received = get(deed, Referral, referral_id).received_on
        return saving.done(
            deed, f"Back on the list; the wait counts from {day(received)}."
        )
