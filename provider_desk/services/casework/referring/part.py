"""What referrals and merged records add to a person's page."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from provider_desk.model.records import PersonMerge, PresentingNeed, Referral
from provider_desk.model.referral_rules import HUB_SILENT, OURSELVES
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
from provider_desk.services.casework.caring.consents import may_share
from provider_desk.services.casework.known import Known
from provider_desk.services.casework.referring.asked import TELL_WITHIN
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.saying import day, label
from provider_desk.store.queries import merged as questions
from provider_desk.store.records import find

#: Referrals that are not over; of these one for each area is meant.
OPEN = (Standing.AWAITING, Standing.WAITING, Standing.LIVE)

#: Referrals from which somebody comes back.
OVER = (Standing.CLOSED, Standing.LEFT, Standing.DECLINED, Standing.WITHDRAWN)


def of_person(desk: Desk, rows: Rows, known: Known) -> Part:
    """The hub and the referrer on the time line, and what deeds can be done on."""
    merges = _merges_of(desk, rows, known.client.id)
    if not known.referrals:
        return Part(events=tuple(_merge_events(merges)))
    needs = {
        each.referral.id: _needs(rows, each.referral.id) for each in known.referrals
    }
    return Part(
        events=(
            *(e for each in known.referrals for e in _events(each.referral)),
            *_merge_events(merges),
        ),
        items={
            "hub_id": tuple(_with_hub(known)),
            "told_id": tuple(_to_tell(known)),
            "again_id": tuple(_over(known)),
            "step_up_id": tuple(_stepping(known)),
        },
        card=(*_twice(known), *_untold(rows, known), *_came_for(known, needs)),
    )


def _needs(rows: Rows, referral_id: str) -> tuple[str, ...]:
    found = find(rows, PresentingNeed, referral_id=referral_id)
    return tuple(label("presenting_need", each.need) for each in found)


def _words(card: ReferralCard) -> str:
    area = label("service_area", card.referral.area)
    return f"{area}, received {day(card.referral.received_on)}"


def _with_hub(known: Known) -> Iterator[Item]:
    """Open referrals of which the hub has not said where they go."""
    for card in known.referrals:
        silent = card.referral.hub_status in (*HUB_SILENT, "RETURNED")
        if silent and card.status in OPEN:
            yield Item(card.referral.id, _words(card))


def _to_tell(known: Known) -> Iterator[Item]:
    """Referrals that came from others; the newest first."""
    for card in known.referrals:
        if card.referral.source != "SELF":
            who = label("referral_source", card.referral.source)
            yield Item(card.referral.id, f"{who}: {_words(card)}")


def _over(known: Known) -> Iterator[Item]:
    for card in known.referrals:
        if card.status in OVER:
            yield Item(card.referral.id, f"{_words(card)}, {card.status}")


def _stepping(known: Known) -> Iterator[Item]:
    """Support from which somebody steps up: live in step-down, or closed."""
    for card in known.episodes:
        area = label("service_area", card.area)
        if card.closed_on is not None:
            words = f"{area}, closed {day(card.closed_on)}"
            yield Item(card.episode_id, words)
        elif card.phase == "STEP_DOWN":
            words = f"{area}, in step-down since support of {day(card.started_on)}"
            yield Item(card.episode_id, words)


def _events(referral: Referral) -> Iterator[Event]:
    def event(on: date | None, title: str, detail: str) -> Iterator[Event]:
        if on is not None:
            yield Event(
                EventKind.REFERRAL, on, title, detail, Referral.TABLE, referral.id
            )

    # Newest first, as the time line shows them where all was on one day.
    yield from event(referral.referrer_updated_on, "Referrer was told", "")
    answer = label("hub_outcome", referral.hub_status)
    where = f"to {referral.redirected_to}" if referral.redirected_to else ""
    said = " · ".join(each for each in (where, referral.hub_reason) if each)
    yield from event(referral.hub_decided_on, f"The hub's answer: {answer}", said)
    yield from event(referral.hub_sent_on, "Sent to the hub", "")


def _merges_of(desk: Desk, rows: Rows, client_id: str) -> list[tuple[PersonMerge, str]]:
    """Merges that stand or stood, and the code of the other record.

    Whoever was taken apart again may be somebody else's: then no code is told.
    """
    held = [m for m in find(rows, PersonMerge, client_id=client_id) if m.moved]
    codes = questions.codes_of(rows, [m.gone_id for m in held]) if held else {}
    return [
        (m, codes.get(m.gone_id, ""))
        if m.undone_on is None or caseload.holds(desk, rows, m.gone_id)
        else (m, "another record")
        for m in held
    ]


def _merge_events(merges: list[tuple[PersonMerge, str]]) -> Iterator[Event]:
    for held, code in merges:
        if held.undone_on is None:
            on, title = held.merged_on, f"Put together with {code}"
            detail = "Both records are one since; they can be taken apart again."
        else:
            on, title = held.undone_on, f"Taken apart from {code}"
            detail = f"They were together since {day(held.merged_on)}."
        yield Event(EventKind.RECORD, on, title, detail, PersonMerge.TABLE, held.id)


def _twice(known: Known) -> Iterator[CardLine]:
    """Two open referrals for one area: one of them is too many."""
    areas = Counter(c.referral.area for c in known.referrals if c.status in OPEN)
    for area, count in areas.items():
        if count > 1:
            words = f"{count} open referrals for {label('service_area', area)}"
            yield CardLine(words, "warn")


def _untold(rows: Rows, known: Known) -> Iterator[CardLine]:
    """Who referred waits to hear: while the person waits, or was lately declined.

    Telling them is the person's to allow: that is said before, not after. Source: P5.
    """
    lately = known.today - TELL_WITHIN
    for card in known.referrals[:1]:
        referral = card.referral
        told, decided = referral.referrer_updated_on, referral.decided_on
        if decided is None or referral.source in OURSELVES:
            continue
        waits = card.status == Standing.WAITING
        declined = card.status in (Standing.DECLINED, Standing.WITHDRAWN)
        due = waits or (declined and decided >= lately)
        if due and (told is None or told < decided):
            allowed = may_share(rows, known.client.id, "REFERRER", known.today).yes
            ask = "" if allowed else ". Ask the person first: no consent to it stands"
            yield CardLine(f"Referrer not told of the decision yet{ask}", "warn")


def _came_for(known: Known, needs: dict[str, tuple[str, ...]]) -> Iterator[CardLine]:
    for card in known.referrals[:1]:
        if needs[card.referral.id]:
            words = "; ".join(needs[card.referral.id])
            yield CardLine(f"Came for: {words}", hidden="Came for: hidden")
