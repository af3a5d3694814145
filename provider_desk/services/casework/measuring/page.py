"""Gains in daily life on a person's time line."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import FunctionalGain
from provider_desk.model.rows import Rows
from provider_desk.model.views import Event, EventKind, Part
from provider_desk.services.casework.known import Known
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day, label
from provider_desk.store.records import find


def of_person(_desk: Desk, rows: Rows, known: Known) -> Part:
    """A line for each gain; none for who may not read what is clinical."""
    if not known.reading.clinical:
        return Part()
    return Part(
        events=tuple(
            event
            for card in known.referrals
            for event in _events(
                find(rows, FunctionalGain, referral_id=card.referral.id)
            )
        )
    )


def _events(gains: list[FunctionalGain]) -> list[Event]:
    first: dict[str, date] = {}
    events = []
    for each in sorted(gains, key=lambda gain: gain.seen_on):
        begun = first.setdefault(each.gain, each.seen_on)
        choice = choices("functional_gain").by_code.get(each.gain)
        outcome = str(choice.flags.get("outcome", "")) if choice else ""
        before = "" if begun == each.seen_on else f"first seen {day(begun)}"
        gain = label("functional_gain", each.gain)
        parts = (gain, label("contract_outcome", outcome), before)
        events.append(
            Event(
                EventKind.GOAL,
                each.seen_on,
                "Gain in daily life",
                " · ".join(part for part in parts if part),
                FunctionalGain.TABLE,
                each.id,
            )
        )
    return events
