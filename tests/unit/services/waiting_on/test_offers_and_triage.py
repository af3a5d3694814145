"""Offers after they were made, and how soon a start is wanted."""

from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Triage, WaitingEntry, WaitingOffer
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.model.views import Event
from provider_desk.services import settings
from provider_desk.services.casework import (
    people,
    sessions,
    today,
    undoing,
    waiting,
)
from provider_desk.services.casework.waiting_on import offers, triage
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    make_waiting,
    signed_in_as,
)


def offer(desk: Desk, referral_id: str, days_ago: int = 0) -> str:
    on = TODAY - timedelta(days_ago)
    return waiting.record_offer(desk, referral_id, {"offered_on": on})[0]


def asked_after(desk: Desk) -> list[ToDo]:
    found = today.things_to_do(desk).todos
    return [each for each in found if each.kind is ToDoKind.OFFER_OPEN]


def offers_of(desk: Desk, referral_id: str) -> list[WaitingOffer]:
    with desk.store.reading() as rows:
        return find(rows, WaitingOffer, referral_id=referral_id)


def events_of(desk: Desk, client_id: str, table: str) -> list[Event]:
    events = people.person(desk, client_id).events
    return [each for each in events if each.table == table]


def order_of(desk: Desk) -> list[str]:
    return [row.referral_id for row in waiting.waiting_list(desk, TODAY).rows]


@pytest.mark.parametrize(("days_ago", "asked"), [(6, 0), (7, 1), (30, 1)])
def test_today_asks_after_an_offer_that_nobody_answered_for_a_week(
    desk: Desk, days_ago: int, asked: int
) -> None:
    offer(desk, make_waiting(desk), days_ago)

    assert len(asked_after(desk)) == asked


def test_an_offer_is_not_asked_after_once_it_is_answered_or_the_wait_is_over(
    desk: Desk,
) -> None:
    answered, left = make_waiting(desk), make_waiting(desk)
    offers.answered(desk, offer(desk, answered, 20), {"response": "NO_ANSWER"})
    offer(desk, left, 20)
    waiting.leave_list(desk, left, TODAY, "MOVED")
    started, _ = make_episode(desk)
    offer(desk, started, 20)

    assert asked_after(desk) == []


def test_whoever_does_not_see_the_person_is_not_asked_after_their_offer(
    desk: Desk,
) -> None:
    offer(desk, make_waiting(desk), 20)

    assert asked_after(signed_in_as(desk, "COUNSELLOR")) == []
    assert len(asked_after(signed_in_as(desk, "CASEWORKER"))) == 1


@pytest.mark.parametrize("response", ["ACCEPTED", "DECLINED", "NO_ANSWER"])
def test_an_answer_resets_no_clock_and_can_be_taken_back(
    desk: Desk, response: str
) -> None:
    referral_id = make_waiting(desk)
    offer_id = offer(desk, referral_id, 3)
    before = waiting.waiting_list(desk, TODAY).rows[0]

    _, answered = offers.answered(desk, offer_id, {"response": response})
    after = waiting.waiting_list(desk, TODAY).rows[0]
    undoing.undo(desk, answered)
    again = waiting.waiting_list(desk, TODAY).rows[0]

    assert before.offered_on == again.offered_on == TODAY - timedelta(3)
    assert after.offered_on is None
    assert before.waited_days == after.waited_days == (TODAY - date(2017, 9, 1)).days
    assert offers_of(desk, referral_id)[0].answered_on is None


def test_whoever_says_yes_to_a_start_has_a_session_booked_next(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)

    def card() -> list[str]:
        return [line.words for line in people.person(desk, client_id).part.card]

    _, changed = offers.answered(
        desk, offer(desk, referral_id, 3), {"response": "ACCEPTED"}
    )
    assert changed.said.endswith("Next: book the first session.")
    assert any("no session booked" in line for line in card())
    session_id = make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED")
    assert not any("no session booked" in line for line in card())

    sessions.record_attendance(desk, session_id, "CX_CLIENT")
    assert any("no session booked" in line for line in card())
    offers.answered(desk, offer(desk, referral_id), {"response": "DECLINED"})
    assert not any("no session booked" in line for line in card())


def test_another_start_is_offered_once_the_offer_before_is_answered(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    offer_id = offer(desk, referral_id)

    with pytest.raises(NotValid, match="Record the answer first"):
        offer(desk, referral_id)
    offers.answered(desk, offer_id, {"response": "DECLINED"})
    offer(desk, referral_id)

    assert len(offers_of(desk, referral_id)) == 2


@pytest.mark.parametrize("response", [None, "", "PENDING"])
def test_an_answer_has_to_be_chosen(desk: Desk, response: Value) -> None:
    offer_id = offer(desk, make_waiting(desk))

    with pytest.raises(NotValid) as refused:
        offers.answered(desk, offer_id, {"response": response})

    assert refused.value.problems[0].field == "response"


def test_an_offer_is_put_right_and_taken_back_with_a_reason(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    offer_id = offer(desk, referral_id, 3)

    offers.change_offer(desk, offer_id, {"offered_on": TODAY - timedelta(9)})
    moved = offers_of(desk, referral_id)[0].offered_on
    with pytest.raises(NotValid):
        offers.take_back_offer(desk, offer_id, " ")
    offers.take_back_offer(desk, offer_id, "never made")

    assert moved == TODAY - timedelta(9)
    assert offers_of(desk, referral_id) == []


def test_an_answer_older_than_its_offer_is_stopped_when_put_right(desk: Desk) -> None:
    offer_id = offer(desk, make_waiting(desk), 3)
    on = TODAY - timedelta(4)
    values: dict[str, Value] = {"response": "ACCEPTED", "answered_on": on}

    with pytest.raises(NotValid, match="before it was offered"):
        offers.change_offer(desk, offer_id, values)


def test_an_offer_of_a_past_day_is_open_on_that_day(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    offers.answered(desk, offer(desk, referral_id, 20), {"response": "DECLINED"})

    then = waiting.waiting_list(desk, TODAY - timedelta(10)).rows[0]
    now = waiting.waiting_list(desk, TODAY).rows[0]

    assert (then.offered_on, now.offered_on) == (TODAY - timedelta(20), None)


def test_triage_is_off_unless_the_provider_switches_it_on(desk: Desk) -> None:
    referral_id = make_waiting(desk)

    with pytest.raises(NotAllowed, match="not sorted"):
        triage.set_triage(desk, referral_id, {"level": "URGENT", "reason": "r"})

    listed = waiting.waiting_list(desk, TODAY)
    assert not listed.triage
    assert listed.order == "the day the referral was received"


def test_the_list_is_by_level_then_by_the_day_received(desk: Desk) -> None:
    old = make_waiting(desk, received_on=date(2017, 9, 1))
    newer = make_waiting(desk, received_on=date(2017, 12, 1))
    newest = make_waiting(desk, received_on=date(2018, 2, 1))
    plain = order_of(desk)
    settings.change_provider(desk, {"triage": "Y"})
    triage.set_triage(desk, newest, {"level": "URGENT", "reason": "alone at night"})
    triage.set_triage(desk, newer, {"level": "SOON", "reason": "a trial in June"})

    sorted_ones = order_of(desk)
    settings.change_provider(desk, {"triage": "N"})

    assert plain == [old, newer, newest]
    assert sorted_ones == [newest, newer, old]
    assert order_of(desk) == plain


def test_a_triage_needs_a_reason_beside_its_field(desk: Desk) -> None:
    settings.change_provider(desk, {"triage": "Y"})

    with pytest.raises(NotValid) as refused:
        triage.set_triage(desk, make_waiting(desk), {"level": "SOON"})

    assert [problem.field for problem in refused.value.problems] == ["reason"]


def test_its_history_stays_in_rows_and_the_one_before_holds_again(desk: Desk) -> None:
    settings.change_provider(desk, {"triage": "Y"})
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    on = TODAY - timedelta(9)
    first: dict[str, Value] = {"level": "SOON", "reason": "one", "set_on": on}
    triage.set_triage(desk, referral_id, first)
    last, _ = triage.set_triage(desk, referral_id, {"level": "URGENT", "reason": "two"})

    then = waiting.waiting_list(desk, TODAY - timedelta(1)).rows[0].level
    shown = [event.title for event in events_of(desk, client_id, Triage.TABLE)]
    triage.take_back_triage(desk, last, "undone at once")
    now = waiting.waiting_list(desk, TODAY).rows[0].level

    assert (then, now) == ("SOON", "SOON")
    assert sorted(shown) == ["Triage: As soon as can be", "Triage: Soon"]


def test_nobody_is_triaged_who_was_never_on_a_list(desk: Desk) -> None:
    settings.change_provider(desk, {"triage": "Y"})

    with pytest.raises(NotFound):
        triage.set_triage(desk, "0" * 32, {"level": "SOON", "reason": "r"})


def test_a_planned_contact_is_due_as_before_when_the_plan_is_taken_back(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    soon, later = TODAY + timedelta(3), TODAY + timedelta(9)
    waiting.plan_contact(desk, referral_id, soon)
    planned = waiting.plan_contact(desk, referral_id, later)

    undoing.undo(desk, planned)

    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry, referral_id=referral_id)
    assert entry.next_contact_on == soon
    with pytest.raises(NotValid):
        undoing.undo(desk, planned)
