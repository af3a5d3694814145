"""A referral's way through the hub, who was told, and what the person came for."""

from datetime import date

import pytest

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import PresentingNeed, Referral, WaitingEntry
from provider_desk.model.views import EventKind
from provider_desk.services.casework import people, referrals, undoing, waiting
from provider_desk.services.casework.history import history
from provider_desk.services.casework.referring import life
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.caring import make_consent
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_waiting,
)

ANSWERED = date(2017, 9, 11)
UNTOLD = "Referrer not told of the decision yet"


def held(desk: Desk, referral_id: str) -> Referral:
    with desk.store.reading() as rows:
        return get(rows, Referral, referral_id)


def entries(desk: Desk) -> list[WaitingEntry]:
    with desk.store.reading() as rows:
        return find(rows, WaitingEntry)


def answer(desk: Desk, referral_id: str, status: str, **more: Value) -> Changed:
    given: dict[str, Value] = {
        "hub_status": status,
        "hub_decided_on": ANSWERED,
        "hub_sent_on": date(2017, 9, 2),
        **more,
    }
    return life.hub_answer(desk, referral_id, given)[1]


def fields(error: NotValid) -> set[str]:
    return {each.field for each in error.problems if each.severity == "stop"}


def test_the_hubs_answer_stands_in_the_time_line_with_its_reason(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)

    answered = answer(desk, referral_id, "ALLOCATED_HERE", hub_reason="Lives nearby")

    lines = people.person(desk, client_id).events
    told = [(e.on, e.title, e.detail) for e in lines if e.kind is EventKind.REFERRAL]
    assert (
        ANSWERED,
        "The hub's answer: Allocated to this provider",
        "Lives nearby",
    ) in told
    assert (date(2017, 9, 2), "Sent to the hub", "") in told
    assert held(desk, referral_id).decision == "PENDING"
    assert answered.said == "The hub: Allocated to this provider."


def test_of_one_day_the_hubs_answer_stands_above_what_was_sent(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    answer(desk, referral_id, "ALLOCATED_HERE", hub_sent_on=ANSWERED)
    life.referrer_told(desk, referral_id, {"referrer_updated_on": ANSWERED})

    lines = people.person(desk, client_id).events

    assert [each.title for each in lines if each.on == ANSWERED] == [
        "Referrer was told",
        "The hub's answer: Allocated to this provider",
        "Sent to the hub",
    ]


def test_what_the_hub_sent_elsewhere_is_declined_with_where_to(desk: Desk) -> None:
    referral_id = make_referral(desk)

    answered = answer(desk, referral_id, "ALLOCATED_ELSEWHERE", redirected_to="Haven")

    after = held(desk, referral_id)
    assert (after.decision, after.decided_on) == ("DECLINED", ANSWERED)
    assert after.signposted_to == "Haven"
    assert "elsewhere" in answered.said
    undoing.undo(desk, answered)
    back = held(desk, referral_id)
    assert (back.decision, back.decided_on, back.hub_status) == ("PENDING", None, None)
    assert (back.signposted_to, back.decline_reason) == ("", None)


def test_somebody_on_the_list_leaves_it_when_the_hub_sends_them_elsewhere(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)

    answered = answer(desk, referral_id, "ALLOCATED_ELSEWHERE", redirected_to="Haven")

    (entry,) = entries(desk)
    assert (entry.removed_on, entry.removal_reason) == (ANSWERED, "ELSEWHERE")
    assert held(desk, referral_id).decision == "ACCEPTED"
    assert "left the list" in answered.said
    on = date(2017, 9, 8)
    assert [r.referral_id for r in waiting.waiting_list(desk, on).rows] == [referral_id]
    undoing.undo(desk, answered)
    assert entries(desk)[0].removed_on is None


def test_who_left_the_list_before_stays_gone_on_that_day_for_that_reason(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    left = date(2017, 9, 7)
    waiting.leave_list(desk, referral_id, left, "MOVED")

    answer(desk, referral_id, "ALLOCATED_ELSEWHERE", redirected_to="Haven")

    (entry,) = entries(desk)
    assert (entry.removed_on, entry.removal_reason) == (left, "MOVED")


def test_a_day_of_the_hub_before_the_acceptance_is_told_beside_that_day(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)

    with pytest.raises(NotValid) as told:
        answer(
            desk,
            referral_id,
            "ALLOCATED_ELSEWHERE",
            redirected_to="Haven",
            hub_decided_on=date(2017, 9, 4),
        )

    assert fields(told.value) == {"hub_decided_on"}


def test_somebody_in_support_stays_in_it_whatever_the_hub_says(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)

    answer(desk, referral_id, "ALLOCATED_ELSEWHERE", redirected_to="Haven")

    assert held(desk, referral_id).decision == "ACCEPTED"
    assert entries(desk)[0].removed_on is None


def test_that_it_was_sent_can_be_recorded_before_there_is_an_answer(
    desk: Desk,
) -> None:
    referral_id = make_referral(desk)

    life.hub_answer(desk, referral_id, {"hub_status": "SENT"})

    after = held(desk, referral_id)
    assert (after.hub_sent_on, after.hub_decided_on) == (TODAY, None)


def test_an_answer_of_the_hub_needs_to_say_what_and_comes_after_sending(
    desk: Desk,
) -> None:
    referral_id = make_referral(desk)

    with pytest.raises(NotValid) as told:
        life.hub_answer(desk, referral_id, {"hub_decided_on": ANSWERED})
    assert fields(told.value) == {"hub_status"}
    with pytest.raises(NotValid) as told:
        referrals.change_referral(desk, referral_id, {"hub_decided_on": ANSWERED})
    assert fields(told.value) == {"hub_status"}
    with pytest.raises(NotValid) as told:
        answer(desk, referral_id, "RETURNED", hub_sent_on=date(2017, 9, 12))
    assert fields(told.value) == {"hub_decided_on"}
    changed = life.hub_answer(desk, referral_id, {"hub_status": "ALLOCATED_ELSEWHERE"})
    warned = {each.field for each in changed[1].warnings}
    assert "redirected_to" in warned


def test_an_answer_is_taken_back_only_while_nothing_came_after(desk: Desk) -> None:
    referral_id = make_referral(desk)
    answered = answer(desk, referral_id, "ALLOCATED_HERE")
    referrals.change_referral(desk, referral_id, {"held_by": "A colleague"})

    with pytest.raises(NotValid, match="was changed since"):
        undoing.undo(desk, answered)
    assert held(desk, referral_id).hub_status == "ALLOCATED_HERE"


def test_every_day_on_which_the_referrer_was_told_stays_in_the_history(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    first, second = date(2017, 9, 20), date(2017, 11, 3)

    life.referrer_told(desk, referral_id, {"referrer_updated_on": first})
    _, again = life.referrer_told(desk, referral_id, {"referrer_updated_on": second})

    lines = history(desk, "referral", referral_id)
    told = [words for line in lines for words in line.fields if "told" in words[0]]
    assert [(w[1], w[2]) for w in told] == [
        ("", "Wed 20 Sep 2017"),
        ("Wed 20 Sep 2017", "Fri 3 Nov 2017"),
    ]
    undoing.undo(desk, again)
    assert held(desk, referral_id).referrer_updated_on == first
    early: dict[str, Value] = {"referrer_updated_on": date(2017, 8, 1)}
    with pytest.raises(NotValid) as error:
        life.referrer_told(desk, referral_id, early)
    assert fields(error.value) == {"referrer_updated_on"}


def test_the_card_says_that_the_referrer_waits_for_an_answer(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)

    def said() -> list[str]:
        card = people.person(desk, client_id).part.card
        return [line.words for line in card if "Referrer" in line.words]

    assert said() == [f"{UNTOLD}. Ask the person first: no consent to it stands"]
    make_consent(desk, client_id, purpose="REFERRER")
    assert said() == [UNTOLD]
    life.referrer_told(desk, referral_id, {})
    assert said() == []


def test_what_a_person_came_for_is_what_is_ticked_and_no_more(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)

    life.set_needs(desk, referral_id, ("MOOD", "COURT"))
    life.set_needs(desk, referral_id, ("COURT", "HOUSING"))

    assert sorted(life.needs_of(desk, referral_id)) == ["COURT", "HOUSING"]
    with desk.store.reading() as rows:
        assert len(find(rows, PresentingNeed)) == 2
    (line,) = [c for c in people.person(desk, client_id).part.card if "Came" in c.words]
    assert line.words == "Came for: Police or court; Housing or money"
    assert line.hidden == "Came for: hidden"
    with pytest.raises(NotValid):
        life.set_needs(desk, referral_id, ("WEATHER",))


def test_somebody_accepted_who_no_longer_wants_support_leaves_the_list_instead(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, accepted_on=date(2017, 9, 5))

    for decision in ("WITHDRAWN", "DECLINED"):
        values: dict[str, Value] = {
            "decision": decision,
            "decided_on": date(2017, 10, 10),
        }
        with pytest.raises(NotValid, match="Take the person off the list") as told:
            referrals.change_referral(desk, referral_id, values)
        assert fields(told.value) == {"decision"}

    assert entries(desk)[0].removed_on is None
    mistake: dict[str, Value] = {"decision": "WITHDRAWN"}
    referrals.change_referral(desk, referral_id, mistake)
    assert entries(desk) == []
