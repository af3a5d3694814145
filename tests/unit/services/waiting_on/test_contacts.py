"""When the next contact is due, and a contact taken back with the day it had set."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import RECORDS, WaitingContact, WaitingEntry
from provider_desk.model.to_do import ToDoKind
from provider_desk.services import settings
from provider_desk.services.casework import people, undoing, waiting
from provider_desk.services.casework.caring import risk
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.casework.waiting_on import (
    contacts,
    list_review,
    offers,
    triage,
)
from provider_desk.services.desk import Desk
from provider_desk.store.records import every, find
from tests.builders.caring import make_flag
from tests.builders.casework import TODAY, make_client, make_waiting, signed_in_as

AGREED, LATER = date(2018, 5, 20), date(2018, 6, 3)
SPOKE: dict[str, Value] = {"method": "F2F", "result": "SPOKE"}


def only(desk: Desk) -> WaitingContact:
    with desk.store.reading() as rows:
        (contact,) = find(rows, WaitingContact)
    return contact


def next_on(desk: Desk) -> date | None:
    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry)
    return entry.next_contact_on


@pytest.mark.parametrize("next_day", [None, LATER])
def test_a_contact_taken_back_leaves_the_list_as_it_was(
    desk: Desk, next_day: date | None
) -> None:
    referral_id = make_waiting(desk)
    waiting.plan_contact(desk, referral_id, AGREED)
    before = waiting.waiting_list(desk, TODAY)
    waiting.record_contact(desk, referral_id, SPOKE, next_on=next_day)
    recorded = next_on(desk)

    said = contacts.take_back_contact(desk, only(desk).id, "another person").said

    assert recorded == next_day
    assert next_on(desk) == AGREED
    assert waiting.waiting_list(desk, TODAY) == before
    assert said == "Contact taken back. The next contact is due as before."


def test_a_day_that_was_agreed_since_stays(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    waiting.record_contact(desk, referral_id, SPOKE, next_on=AGREED)
    waiting.plan_contact(desk, referral_id, LATER)

    contacts.take_back_contact(desk, only(desk).id, "another person")

    assert next_on(desk) == LATER


def test_a_contact_is_not_taken_back_without_a_reason(desk: Desk) -> None:
    waiting.record_contact(desk, make_waiting(desk), SPOKE)

    with pytest.raises(NotValid, match="Say why"):
        contacts.take_back_contact(desk, only(desk).id, " ")

    assert only(desk).result == "SPOKE"


def test_somebody_else_s_contact_is_not_there(desk: Desk) -> None:
    waiting.record_contact(desk, make_waiting(desk), SPOKE)
    outsider = signed_in_as(desk, "COUNSELLOR", initials="ZZ")

    with pytest.raises(NotFound):
        contacts.take_back_contact(outsider, only(desk).id, "mistake")


def everything(desk: Desk) -> dict[str, list[str]]:
    """Every record that stands, and what it says."""
    with desk.store.reading() as rows:
        return {
            kind.TABLE: sorted(map(str, (each.values() for each in every(rows, kind))))
            for kind in RECORDS
        }


@pytest.mark.parametrize("deed", ["contact", "review", "answer", "plan", "triage"])
def test_the_undo_of_each_deed_for_somebody_who_waits_is_exact(
    desk: Desk, deed: str
) -> None:
    settings.change_provider(desk, {"triage": "Y"})
    referral_id = make_waiting(desk, make_client(desk))
    waiting.plan_contact(desk, referral_id, AGREED)
    offer_id, _ = waiting.record_offer(desk, referral_id, {"note": "a Tuesday"})
    before = everything(desk)
    review: dict[str, Value] = {"outcome": "WITHDRAW"}
    answer: dict[str, Value] = {"response": "DECLINED", "note": "a Friday"}
    level: dict[str, Value] = {"level": "SOON", "reason": "a trial"}

    if deed == "contact":
        done = waiting.record_contact(desk, referral_id, SPOKE, next_on=LATER)
    elif deed == "review":
        _, done = list_review.record_review(desk, referral_id, review, method="F2F")
    elif deed == "answer":
        _, done = offers.answered(desk, offer_id, answer)
    elif deed == "triage":
        _, done = triage.set_triage(desk, referral_id, level)
    else:
        done = waiting.plan_contact(desk, referral_id, LATER)
    after = everything(desk)
    undoing.undo(desk, done)

    assert after != before
    assert everything(desk) == before


@pytest.mark.parametrize(
    ("level", "usual", "days"),
    [("URGENT", 28, 7), ("ACTIVE", 28, 28), ("URGENT", 5, 5)],
)
def test_whoever_has_an_urgent_flag_is_contacted_every_seven_days_at_least(
    desk: Desk, clock: FixedClock, level: str, usual: int, days: int
) -> None:
    settings.change_provider(desk, {"contact_every_days": usual})
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    flag_id = make_flag(desk, client_id, level)
    changed = waiting.record_contact(desk, referral_id, SPOKE)
    due = TODAY + timedelta(days)

    def asked() -> list[date | None]:
        todos = things_to_do(desk).todos
        return [each.due_on for each in todos if each.kind is ToDoKind.CONTACT_DUE]

    assert f"{due:%-d %b %Y}" in changed.said
    assert waiting.waiting_list(desk, TODAY).rows[0].next_contact_on == due
    assert asked() == []
    clock.ms = FixedClock.on(due).ms
    assert asked() == [due]
    risk.end_flag(desk, flag_id, {"end_note": "safe now"})
    assert (asked() == [due]) is (days == usual)


def test_by_when_a_start_is_to_be_offered_stands_on_the_card_until_it_is_taken_away(
    desk: Desk, clock: FixedClock
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)

    def said() -> list[tuple[str, str]]:
        card = people.person(desk, client_id).part.card
        return [(line.words, line.tone) for line in card if "Offer" in line.words]

    changed = waiting.plan_contact(
        desk, referral_id, AGREED, {"target_offer_on": LATER}
    )
    words = "Offer a start by Sun 3 Jun 2018"
    assert words in changed.said
    assert said() == [(words, "")]
    waiting.plan_contact(desk, referral_id, None)
    clock.ms = FixedClock.on(LATER + timedelta(1)).ms
    assert said() == [(words, "warn")]
    waiting.plan_contact(desk, referral_id, None, {"target_offer_on": None})
    assert said() == []
