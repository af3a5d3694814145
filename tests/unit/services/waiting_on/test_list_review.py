"""Reviews of places on the waiting list."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import ListReview, WaitingContact, WaitingEntry
from provider_desk.services.casework import people, undoing, waiting
from provider_desk.services.casework.waiting_on import list_review
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_waiting,
    signed_in_as,
)


def entry_of(desk: Desk, referral_id: str) -> WaitingEntry:
    with desk.store.reading() as rows:
        return find(rows, WaitingEntry, referral_id=referral_id)[0]


def contacts_of(desk: Desk, referral_id: str) -> list[WaitingContact]:
    with desk.store.reading() as rows:
        return find(rows, WaitingContact, referral_id=referral_id)


def waits(desk: Desk) -> list[str]:
    return [row.referral_id for row in waiting.waiting_list(desk, TODAY).rows]


@pytest.mark.parametrize("outcome", ["KEEP", "NOT_REACHED"])
def test_who_keeps_the_place_waits_on_from_the_same_day(
    desk: Desk, outcome: str
) -> None:
    referral_id = make_waiting(desk)
    before = waiting.waiting_list(desk, TODAY).rows[0]

    list_review.record_review(desk, referral_id, {"outcome": outcome})
    after = waiting.waiting_list(desk, TODAY).rows[0]

    assert after.reviewed_on == TODAY
    assert before.reviewed_on is None
    assert (after.waited_days, after.accepted_days) == (
        before.waited_days,
        before.accepted_days,
    )


@pytest.mark.parametrize(
    ("outcome", "where", "reason"),
    [("REDIRECT", "Talking Therapies", "ELSEWHERE"), ("WITHDRAW", "", "NOT_READY")],
)
def test_who_goes_leaves_the_list_in_the_same_deed_and_one_undo_brings_them_back(
    desk: Desk, outcome: str, where: str, reason: str
) -> None:
    referral_id = make_waiting(desk)
    values = {"outcome": outcome, "redirected_to": where}

    review_id, changed = list_review.record_review(desk, referral_id, values)
    left = entry_of(desk, referral_id)
    gone = waits(desk)
    list_review.take_back_review(desk, review_id)
    back = entry_of(desk, referral_id)

    assert (left.removed_on, left.removal_reason) == (TODAY, reason)
    assert gone == []
    assert "Left the list" in changed.said
    assert (back.removed_on, back.removal_reason) == (None, None)
    assert waits(desk) == [referral_id]


def test_a_redirect_says_where_to_beside_its_field(desk: Desk) -> None:
    referral_id = make_waiting(desk)

    with pytest.raises(NotValid) as refused:
        list_review.record_review(desk, referral_id, {"outcome": "REDIRECT"})

    assert [problem.field for problem in refused.value.problems] == ["redirected_to"]
    assert waits(desk) == [referral_id]


@pytest.mark.parametrize(
    ("outcome", "result"), [("KEEP", "SPOKE"), ("NOT_REACHED", "NO_ANSWER")]
)
def test_a_review_by_phone_is_a_contact_or_a_try_as_well(
    desk: Desk, outcome: str, result: str
) -> None:
    referral_id = make_waiting(desk)

    _, changed = list_review.record_review(
        desk, referral_id, {"outcome": outcome}, method="F2F"
    )
    (contact,) = contacts_of(desk, referral_id)
    undoing.undo(desk, changed)

    assert (contact.method, contact.result) == ("F2F", result)
    assert changed.records[WaitingContact.TABLE] == {contact.id}
    assert contacts_of(desk, referral_id) == []


def test_nobody_is_reviewed_who_does_not_wait(desk: Desk) -> None:
    started, _ = make_episode(desk)
    left = make_waiting(desk)
    waiting.leave_list(desk, left, TODAY, "MOVED")

    for referral_id in (started, left):
        with pytest.raises(NotFound, match="not waiting"):
            list_review.record_review(desk, referral_id, {"outcome": "KEEP"})


def test_leaving_for_another_reason_meanwhile_is_not_undone_with_the_review(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    review_id, _ = list_review.record_review(desk, referral_id, {"outcome": "WITHDRAW"})
    waiting.back_on_list(desk, referral_id)
    waiting.leave_list(desk, referral_id, TODAY, "MOVED")

    list_review.take_back_review(desk, review_id)

    assert entry_of(desk, referral_id).removal_reason == "MOVED"


def test_a_review_stands_on_the_time_line_with_where_they_went(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    values = {"outcome": "REDIRECT", "redirected_to": "Invented Centre"}
    list_review.record_review(desk, referral_id, values)

    events = people.person(desk, client_id).events
    (shown,) = [each for each in events if each.table == ListReview.TABLE]

    assert "Redirected to other support" in shown.title
    assert "Invented Centre" in shown.detail


def test_a_review_before_the_referral_is_stopped(desk: Desk) -> None:
    on = date(2017, 8, 1)
    values: dict[str, Value] = {"outcome": "KEEP", "reviewed_on": on}

    with pytest.raises(NotValid, match="before the referral was received"):
        list_review.record_review(desk, make_waiting(desk), values)


def test_somebody_of_another_caseload_is_not_reviewed(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    outsider = signed_in_as(desk, "COUNSELLOR")

    with pytest.raises(NotFound):
        list_review.record_review(outsider, referral_id, {"outcome": "KEEP"})


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(outcomes=st.lists(st.sampled_from(["KEEP", "NOT_REACHED", "WITHDRAW"])))
def test_whatever_was_reviewed_taking_all_back_leaves_the_list_as_it_was(
    desk: Desk, outcomes: list[str]
) -> None:
    referral_id = make_waiting(desk, received_on=TODAY - timedelta(60))
    before = waiting.waiting_list(desk, TODAY)

    made = []
    for outcome in outcomes:
        try:
            values = {"outcome": outcome}
            made.append(list_review.record_review(desk, referral_id, values)[0])
        except NotFound:
            break
    for review_id in reversed(made):
        list_review.take_back_review(desk, review_id)

    assert waiting.waiting_list(desk, TODAY) == before


def test_undoing_an_older_review_puts_nobody_back_whom_a_newer_one_took_off(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, received_on=TODAY - timedelta(60))
    older, _ = list_review.record_review(desk, referral_id, {"outcome": "WITHDRAW"})
    waiting.back_on_list(desk, referral_id)
    newer, _ = list_review.record_review(desk, referral_id, {"outcome": "WITHDRAW"})

    list_review.take_back_review(desk, older)

    assert waits(desk) == []
    list_review.take_back_review(desk, newer)
    assert waits(desk) == [referral_id]
