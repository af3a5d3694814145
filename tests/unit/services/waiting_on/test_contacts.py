"""Taking a contact back, with the day for the next that it had set."""

from datetime import date

import pytest

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import RECORDS, WaitingContact, WaitingEntry
from provider_desk.services import settings
from provider_desk.services.casework import undoing, waiting
from provider_desk.services.casework.waiting_on import (
    contacts,
    list_review,
    offers,
    triage,
)
from provider_desk.services.desk import Desk
from provider_desk.store.records import every, find
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
