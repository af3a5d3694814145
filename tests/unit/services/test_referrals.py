"""Receiving and deciding referrals; acceptance puts on the list."""

from datetime import date

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    ListReview,
    PresentingNeed,
    Referral,
    WaitingEntry,
)
from provider_desk.services import settings
from provider_desk.services.casework import (
    episodes,
    goals,
    people,
    referrals,
    waiting,
)
from provider_desk.services.casework.booking import groups
from provider_desk.services.casework.referring import life
from provider_desk.services.casework.waiting_on import list_review
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
)


def entries(desk: Desk) -> list[WaitingEntry]:
    with desk.store.reading() as rows:
        return find(rows, WaitingEntry)


def fields(error: NotValid) -> set[str]:
    return {each.field for each in error.problems if each.severity == "stop"}


def test_a_referral_awaits_its_decision_and_is_not_on_the_list(desk: Desk) -> None:
    client_id = make_client(desk)

    make_referral(desk, client_id)

    assert entries(desk) == []
    (card,) = people.person(desk, client_id).referrals
    assert (card.status, card.contract) == ("awaiting decision", "RMBC-2016")
    assert card.waited_days == (TODAY - date(2017, 9, 1)).days


def test_acceptance_makes_the_place_on_the_list(desk: Desk) -> None:
    referral_id = make_referral(desk)

    changed = referrals.decide(
        desk, referral_id, {"decision": "ACCEPTED", "decided_on": date(2017, 9, 6)}
    )

    (entry,) = entries(desk)
    assert (entry.referral_id, entry.accepted_on) == (referral_id, date(2017, 9, 6))
    assert changed.said == "Accepted. Now on the waiting list."
    assert changed.touches("waiting_entry")


def test_a_decision_without_a_day_was_made_today(desk: Desk) -> None:
    referral_id = make_referral(desk)

    referrals.decide(desk, referral_id, {"decision": "ACCEPTED"})

    assert entries(desk)[0].accepted_on == TODAY


def test_a_referral_can_come_with_its_acceptance(desk: Desk) -> None:
    make_referral(desk, decision="ACCEPTED", decided_on=date(2017, 9, 3))

    assert len(entries(desk)) == 1


def test_a_declined_person_is_told_why_and_where_else_to_go(desk: Desk) -> None:
    referral_id = make_referral(desk)
    declined: dict[str, Value] = {"decision": "DECLINED"}

    with pytest.raises(NotValid) as told:
        referrals.decide(desk, referral_id, declined)
    assert {each.field for each in told.value.problems} == {
        "decline_reason",
        "signposted_to",
    }
    declined |= {"decline_reason": "NOT_CSE", "signposted_to": "none possible"}
    changed = referrals.decide(desk, referral_id, declined)

    assert changed.warnings == ()
    assert entries(desk) == []


def test_an_old_row_may_say_nothing_of_where_else_to_go(desk: Desk) -> None:
    referral_id = make_referral(desk, decision="DECLINED", decided_on=TODAY)

    changed = referrals.change_referral(desk, referral_id, {"note": "from paper"})

    assert {each.field for each in changed.warnings} == {
        "decline_reason",
        "signposted_to",
    }


def test_a_decision_that_is_put_right_moves_or_takes_back_the_place(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, accepted_on=date(2017, 9, 6))

    referrals.change_referral(desk, referral_id, {"decided_on": date(2017, 9, 8)})
    assert [entry.accepted_on for entry in entries(desk)] == [date(2017, 9, 8)]

    values: dict[str, Value] = {"decision": "PENDING", "decided_on": None}
    changed = referrals.change_referral(desk, referral_id, values)
    assert entries(desk) == []
    assert changed.said.endswith("No longer on the waiting list.")


def test_what_followed_still_comes_after_the_referral(desk: Desk) -> None:
    referral_id, _ = make_episode(
        desk, received_on=date(2017, 9, 1), started_on=date(2017, 10, 3)
    )

    changes: dict[str, dict[str, Value]] = {
        "received_on": {"received_on": date(2017, 10, 4)},
        "decided_on": {"decided_on": date(2017, 10, 4)},
        "decision": {"decision": "PENDING", "decided_on": None},
    }
    for field, values in changes.items():
        with pytest.raises(NotValid) as told:
            referrals.change_referral(desk, referral_id, values)
        assert field in fields(told.value)

    with desk.store.reading() as rows:
        assert get(rows, Referral, referral_id).decision == "ACCEPTED"


def test_an_area_the_contract_does_not_cover_is_refused(desk: Desk) -> None:
    with pytest.raises(NotValid, match="does not cover") as told:
        make_referral(desk, area="PES_YP")

    assert fields(told.value) == {"area"}


def test_an_unknown_contract_or_person_is_refused(desk: Desk) -> None:
    values: dict[str, Value] = {
        "contract_id": "0" * 32,
        "area": "THER",
        "received_on": TODAY,
    }

    with pytest.raises(NotValid, match="not on the desk"):
        referrals.receive_referral(desk, make_client(desk), values)
    values["contract_id"] = contract_of(desk).id
    with pytest.raises(NotFound):
        referrals.receive_referral(desk, "0" * 32, values)


def test_a_second_open_referral_and_one_outside_the_contract_are_warned_of(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    values: dict[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "received_on": date(2016, 6, 30),
    }

    _, changed = referrals.receive_referral(desk, client_id, values)

    assert {each.field for each in changed.warnings} == {"area", "received_on"}


def test_every_wrong_field_is_told_and_what_was_typed_stays(desk: Desk) -> None:
    values: dict[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "received_on": "yesterday",
        "source": "my aunt",
        "note": "typed with care",
    }
    typed = dict(values)

    with pytest.raises(NotValid) as told:
        referrals.receive_referral(desk, make_client(desk), values)

    assert fields(told.value) == {"received_on", "source"}
    assert values == typed


def test_a_referral_is_taken_back_only_while_nothing_hangs_on_it(desk: Desk) -> None:
    client_id = make_client(desk)
    used = make_waiting(desk, client_id)
    make_session(desk, used, date(2017, 9, 12), type="ASSESS")
    mistaken = make_waiting(desk, client_id, area="PES_AD")

    with pytest.raises(NotValid, match="Take those back first"):
        referrals.take_back_referral(desk, used, "mistake")
    with pytest.raises(NotValid, match="Say why"):
        referrals.take_back_referral(desk, mistaken, "")
    referrals.take_back_referral(desk, mistaken, "recorded twice")

    assert [c.referral.id for c in people.person(desk, client_id).referrals] == [used]
    assert len(waiting.waiting_list(desk, TODAY).rows) == 1


def test_a_referral_that_is_with_the_hub_was_sent_today_where_nobody_says_when(
    desk: Desk,
) -> None:
    sent = make_referral(desk, hub_status="SENT")
    said = make_referral(desk, hub_status="SENT", hub_sent_on=date(2017, 9, 4))
    kept = make_referral(desk, hub_status="NOT_SENT")

    with desk.store.reading() as rows:
        days = [get(rows, Referral, each).hub_sent_on for each in (sent, said, kept)]

    assert days == [TODAY, date(2017, 9, 4), None]


def test_a_wrong_contract_and_its_area_are_put_right_together(desk: Desk) -> None:
    values: dict[str, Value] = {"reference": "OTHER-1", "title": "Young people"}
    other, _ = settings.add_contract(desk, values, ["PES_YP"])
    referral_id = make_referral(desk)

    with pytest.raises(NotValid) as told:
        referrals.change_referral(desk, referral_id, {"contract_id": other})
    assert fields(told.value) == {"area"}

    right: dict[str, Value] = {"contract_id": other, "area": "PES_YP"}
    referrals.change_referral(desk, referral_id, right)
    with desk.store.reading() as rows:
        held = get(rows, Referral, referral_id)
    assert (held.contract_id, held.area) == (other, "PES_YP")


def test_whoever_is_in_a_group_of_the_contract_stays_on_it(desk: Desk) -> None:
    values: dict[str, Value] = {"reference": "OTHER-1", "title": "Other"}
    other, _ = settings.add_contract(desk, values, ["THER"])
    referral_id = make_waiting(desk)
    group_id, _ = groups.add_group(
        desk,
        {
            "name": "Tuesday group",
            "funded": "Y",
            "area": "THER",
            "contract_id": contract_of(desk).id,
            "starts_on": TODAY,
        },
    )
    place_id, _ = groups.join(desk, referral_id, {"group_id": group_id})

    with pytest.raises(NotValid, match="Tuesday group") as told:
        referrals.change_referral(desk, referral_id, {"contract_id": other})
    assert fields(told.value) == {"contract_id"}

    groups.take_back_place(desk, place_id, "the wrong contract")
    referrals.change_referral(desk, referral_id, {"contract_id": other})


def test_a_referral_does_not_move_to_an_area_with_an_open_episode(desk: Desk) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, area="PES_AD")
    other, episode_id = make_episode(desk, client_id, area="THER")

    with pytest.raises(NotValid, match="open episode in") as told:
        referrals.change_referral(desk, other, {"area": "PES_AD"})
    episodes.close_episode(desk, episode_id, {"reason": "COMPLETED"})
    referrals.change_referral(desk, other, {"area": "PES_AD"})

    assert fields(told.value) == {"area"}


def test_what_was_only_filled_in_goes_with_a_referral_that_is_taken_back(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, make_client(desk), area="PES_AD")
    need = next(iter(choices("presenting_need").by_code))
    life.set_needs(desk, referral_id, [need])
    list_review.record_review(desk, referral_id, {"outcome": "KEEP"})
    goal_id, _ = goals.set_goal(
        desk, referral_id, {"words": "to sleep", "outcome": "2"}
    )

    with pytest.raises(NotValid, match="goal: 1"):
        referrals.take_back_referral(desk, referral_id, "recorded twice")
    goals.take_back_goal(desk, goal_id, "recorded twice")
    referrals.take_back_referral(desk, referral_id, "recorded twice")

    with desk.store.reading() as rows:
        for record_type in (PresentingNeed, ListReview, WaitingEntry):
            assert find(rows, record_type, referral_id=referral_id) == []


def test_what_was_written_before_a_case_is_counselling_is_said_to_stay_open(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    make_session(desk, referral_id, date(2017, 10, 3), "DNA", note="a note")

    moved = referrals.change_referral(desk, referral_id, {"area": "THER"})
    back = referrals.change_referral(desk, referral_id, {"area": "PES_AD"})

    (said,) = [each for each in moved.warnings if each.field == "area"]
    assert said.text.startswith("Notes written so far stay as they are")
    assert [each for each in back.warnings if each.field == "area"] == []
