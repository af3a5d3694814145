"""What waiting adds to a person's page: triage, reviews, offers to be answered."""

from collections.abc import Iterable, Iterator
from datetime import date

from provider_desk.model.records import ListReview, Session, Triage, WaitingOffer
from provider_desk.model.rows import Rows
from provider_desk.model.views import (
    CardLine,
    Event,
    EventKind,
    Item,
    Part,
    ReferralCard,
    Standing,
)
from provider_desk.services.casework.known import Known
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day, label
from provider_desk.store.records import find


def part(desk: Desk, rows: Rows, known: Known) -> Part:
    """Events of the wait, open offers, and who can be triaged."""
    events: list[Event] = []
    offers: list[Item] = []
    for card in known.referrals:
        referral_id = card.referral.id
        events += _triages(rows, referral_id, known)
        events += _reviews(rows, referral_id, known)
        offers += [
            Item(offer.id, f"Offered on {day(offer.offered_on)}")
            for offer in find(
                rows, WaitingOffer, referral_id=referral_id, response="PENDING"
            )
        ]
    waits = [card for card in known.referrals if card.status == Standing.WAITING]
    sorts = desk.provider().triage == "Y"
    to_triage = tuple(
        Item(
            card.referral.id,
            f"{label('service_area', card.referral.area)}, received "
            f"{day(card.referral.received_on)}",
        )
        for card in waits
        if sorts
    )
    return Part(
        events=tuple(events),
        card=(*_aims(waits, known.today), *_to_book(rows, waits)),
        items={"offer_id": tuple(offers), "to_triage": to_triage},
    )


def _aims(waits: Iterable[ReferralCard], today: date) -> Iterator[CardLine]:
    """By when a start is to be offered. Source: domain reference, B4."""
    for card in waits:
        if card.offer_by is not None:
            words = f"Offer a start by {day(card.offer_by)}"
            yield CardLine(words, "warn" if card.offer_by < today else "")


def _to_book(rows: Rows, waits: Iterable[ReferralCard]) -> Iterator[CardLine]:
    """Whoever said yes to a start has a day for it, or is forgotten."""
    for card in waits:
        of = card.referral.id
        offers = find(rows, WaitingOffer, referral_id=of)
        newest = max(offers, key=lambda offer: offer.offered_on, default=None)
        if newest is None or newest.response != "ACCEPTED":
            continue
        if not find(rows, Session, referral_id=of, attendance="BOOKED"):
            on = day(newest.answered_on or newest.offered_on)
            yield CardLine(f"Said yes to a start on {on}: no session booked", "warn")


def _triages(rows: Rows, referral_id: str, known: Known) -> Iterator[Event]:
    held = find(rows, Triage, referral_id=referral_id)
    for each in known.reading.shown(held, known.client.id):
        yield Event(
            EventKind.WAITING,
            each.set_on,
            f"Triage: {label('triage_level', each.level)}",
            _joined(each.reason, each.worker),
            Triage.TABLE,
            each.id,
        )


def _reviews(rows: Rows, referral_id: str, known: Known) -> Iterator[Event]:
    held = find(rows, ListReview, referral_id=referral_id)
    for each in known.reading.shown(held, known.client.id):
        yield Event(
            EventKind.WAITING,
            each.reviewed_on,
            f"Place on the list reviewed: {label('list_review', each.outcome)}",
            _joined(each.redirected_to, each.note, each.worker),
            ListReview.TABLE,
            each.id,
        )


def _joined(*parts: str) -> str:
    return " · ".join(each for each in parts if each)
