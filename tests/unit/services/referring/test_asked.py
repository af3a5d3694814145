"""Today asks after the hub's answer, and for word to who referred."""

from datetime import timedelta

import pytest

from provider_desk.model.fields import Value
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import referrals, today, waiting
from provider_desk.services.casework.referring import life
from provider_desk.services.desk import Desk
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_waiting,
    signed_in_as,
)


def asked(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [each for each in today.things_to_do(desk).todos if each.kind is kind]


def sent(desk: Desk, days_ago: int) -> str:
    on = TODAY - timedelta(days_ago)
    return make_referral(
        desk, received_on=on, source="GP", hub_status="SENT", hub_sent_on=on
    )


@pytest.mark.parametrize(("days_ago", "lines"), [(13, 0), (14, 1), (200, 1)])
def test_a_referral_with_the_hub_is_asked_after_when_14_days_have_passed(
    desk: Desk, days_ago: int, lines: int
) -> None:
    sent(desk, days_ago)

    assert len(asked(desk, ToDoKind.HUB_SILENT)) == lines


def test_it_is_not_asked_after_once_the_hub_has_answered_or_support_has_begun(
    desk: Desk,
) -> None:
    on = TODAY - timedelta(30)
    answered = sent(desk, 30)
    values: dict[str, Value] = {"hub_status": "ALLOCATED_HERE", "hub_decided_on": TODAY}
    life.hub_answer(desk, answered, values)
    begun, _ = make_episode(desk)
    referrals.change_referral(desk, begun, {"hub_status": "SENT", "hub_sent_on": on})
    left = make_waiting(desk)
    referrals.change_referral(desk, left, {"hub_status": "SENT", "hub_sent_on": on})
    waiting.leave_list(desk, left, TODAY, "MOVED")

    assert asked(desk, ToDoKind.HUB_SILENT) == []


def test_who_referred_is_to_be_told_of_a_decision_for_28_days(desk: Desk) -> None:
    for days_ago in (0, 28, 29):
        day = TODAY - timedelta(days_ago)
        make_waiting(desk, received_on=day, accepted_on=day)

    lines = asked(desk, ToDoKind.REFERRER_UNTOLD)

    assert [line.due_on for line in lines] == [TODAY - timedelta(28), TODAY]
    assert lines[0].title == "Tell who referred: GP or primary care"


def test_nobody_is_to_be_told_twice_or_of_somebody_who_came_by_themselves(
    desk: Desk,
) -> None:
    told = make_waiting(desk, received_on=TODAY, accepted_on=TODAY)
    life.referrer_told(desk, told, {})
    by_themselves = make_referral(desk, received_on=TODAY, source="SELF")
    accepted: dict[str, Value] = {"decision": "ACCEPTED", "decided_on": TODAY}
    referrals.decide(desk, by_themselves, accepted)

    assert asked(desk, ToDoKind.REFERRER_UNTOLD) == []


def test_whoever_does_not_open_the_person_is_not_asked(desk: Desk) -> None:
    make_referral(
        desk,
        make_client(desk),
        received_on=TODAY - timedelta(40),
        hub_status="SENT",
        hub_sent_on=TODAY - timedelta(40),
    )

    assert asked(signed_in_as(desk, "COUNSELLOR"), ToDoKind.HUB_SILENT) == []
    assert asked(signed_in_as(desk, "STUDENT"), ToDoKind.HUB_SILENT) == []
    assert len(asked(signed_in_as(desk, "ADMINISTRATOR"), ToDoKind.HUB_SILENT)) == 1
