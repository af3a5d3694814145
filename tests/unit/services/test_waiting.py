"""The waiting list as of any day, and keeping in touch."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import WaitingContact, WaitingEntry
from provider_desk.model.waits import BANDS, band_of
from provider_desk.services import settings
from provider_desk.services.casework import episodes, people, waiting
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
)

SEPTEMBER = date(2017, 9, 30)


def on_list(desk: Desk, as_of: date) -> list[str]:
    return [row.referral_id for row in waiting.waiting_list(desk, as_of).rows]


def call(on: date, result: str = "SPOKE", **more: Value) -> dict[str, Value]:
    return {"held_on": on, "method": "F2F", "result": result, **more}


def test_a_person_waits_from_acceptance_until_the_first_attended_session(
    desk: Desk,
) -> None:
    referral_id = make_waiting(
        desk, received_on=date(2017, 9, 1), accepted_on=date(2017, 9, 10)
    )
    make_session(desk, referral_id, date(2017, 9, 20), "DNA")
    make_session(desk, referral_id, date(2017, 10, 3))

    days = [date(2017, 9, 9), date(2017, 9, 10), date(2017, 10, 2), date(2017, 10, 3)]
    assert [len(on_list(desk, day)) for day in days] == [0, 1, 1, 0]


def test_an_assessment_does_not_end_the_wait(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    make_session(desk, referral_id, date(2017, 9, 20), type="ASSESS")

    assert on_list(desk, TODAY) == [referral_id]


def test_leaving_counts_from_its_own_day(desk: Desk) -> None:
    referral_id = make_waiting(desk)

    changed = waiting.leave_list(desk, referral_id, date(2017, 11, 6), "MOVED")

    assert on_list(desk, date(2017, 11, 5)) == [referral_id]
    assert on_list(desk, date(2017, 11, 6)) == []
    assert changed.said == "Left the list on Mon 6 Nov 2017: Moved out of area."


def test_a_start_ends_the_wait_by_itself_and_is_no_reason_to_leave(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)

    with pytest.raises(NotValid, match="Say why"):
        waiting.leave_list(desk, referral_id, date(2017, 11, 6), "STARTED")

    assert on_list(desk, TODAY) == [referral_id]


def test_somebody_who_started_does_not_leave_the_list(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    make_session(desk, referral_id, date(2017, 10, 3))

    with pytest.raises(NotValid, match="has started already"):
        waiting.leave_list(desk, referral_id, TODAY, "MOVED")
    with pytest.raises(NotFound):
        waiting.leave_list(desk, make_referral(desk), TODAY, "MOVED")


def test_who_left_the_list_does_not_leave_it_again_on_another_day(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    waiting.leave_list(desk, referral_id, date(2017, 11, 6), "MOVED")

    with pytest.raises(NotValid, match="left the list on Mon 6 Nov 2017 already"):
        waiting.leave_list(desk, referral_id, TODAY, "NOT_WANTED")

    assert on_list(desk, date(2017, 11, 6)) == []


def test_a_past_days_list_is_the_same_after_later_events(desk: Desk) -> None:
    starts = make_waiting(desk, received_on=date(2017, 8, 1))
    leaves = make_waiting(desk, received_on=date(2017, 8, 20))
    stays = make_waiting(desk, received_on=date(2017, 9, 5))
    waiting.record_contact(desk, stays, call(date(2017, 9, 12)))
    before = waiting.waiting_list(desk, SEPTEMBER)

    make_session(desk, starts, date(2017, 10, 3))
    waiting.leave_list(desk, leaves, date(2017, 10, 9), "ELSEWHERE")
    waiting.record_contact(desk, stays, call(date(2017, 10, 10)))
    waiting.record_contact(desk, stays, call(date(2017, 10, 11), "NO_ANSWER"))
    waiting.plan_contact(desk, stays, date(2018, 5, 20))
    waiting.record_offer(desk, stays, {"offered_on": date(2017, 10, 12)})
    make_waiting(desk, received_on=date(2017, 10, 1))

    assert waiting.waiting_list(desk, SEPTEMBER) == before
    assert len(before.rows) == 3
    assert on_list(desk, TODAY)[0] == stays


def test_an_event_of_the_past_that_is_recorded_late_counts_in_its_place(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    assert on_list(desk, SEPTEMBER) == [referral_id]

    make_session(desk, referral_id, date(2017, 9, 19))

    assert on_list(desk, SEPTEMBER) == []


def test_waits_are_counted_from_the_day_received_in_bands_with_their_middle(
    desk: Desk,
) -> None:
    for days in (10, 28, 29, 400):
        received = SEPTEMBER - timedelta(days)
        make_waiting(desk, received_on=received, accepted_on=received)

    found = waiting.waiting_list(desk, SEPTEMBER)

    assert [row.waited_days for row in found.rows] == [400, 29, 28, 10]
    assert found.bands == {**dict.fromkeys(BANDS, 0), "0-28": 2, "29-56": 1, "365+": 1}
    assert (found.median_days, found.longest_days) == (28.5, 400)


def test_nobody_waiting_has_no_middle_and_every_band_at_nil(desk: Desk) -> None:
    found = waiting.waiting_list(desk, TODAY)

    assert (found.median_days, found.longest_days, found.rows) == (None, None, ())
    assert found.bands == dict.fromkeys(BANDS, 0)


def test_each_area_and_contract_has_its_own_list(desk: Desk) -> None:
    therapy = make_waiting(desk)
    make_waiting(desk, area="PES_AD")

    listed = waiting.waiting_list(
        desk, TODAY, contract_id=contract_of(desk).id, area="THER"
    )

    assert [row.referral_id for row in listed.rows] == [therapy]
    assert waiting.waiting_list(desk, TODAY, contract_id="another").rows == ()


def test_the_next_contact_is_due_28_days_after_the_last_one_made(desk: Desk) -> None:
    referral_id = make_waiting(desk, accepted_on=date(2017, 9, 5))

    (row,) = waiting.waiting_list(desk, SEPTEMBER).rows
    assert (row.next_contact_on, row.overdue) == (date(2017, 10, 3), False)

    waiting.record_contact(desk, referral_id, call(date(2017, 9, 20)))
    waiting.record_contact(desk, referral_id, call(date(2017, 9, 25), "NO_ANSWER"))
    waiting.record_contact(desk, referral_id, call(date(2017, 9, 26), "VOICEMAIL"))
    (row,) = waiting.waiting_list(desk, SEPTEMBER).rows
    assert (row.last_reached_on, row.attempts_since) == (date(2017, 9, 20), 2)
    assert row.next_contact_on == date(2017, 10, 18)
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert row.overdue


def test_the_interval_is_the_providers(desk: Desk) -> None:
    make_waiting(desk, accepted_on=date(2017, 9, 5))

    settings.change_provider(desk, {"contact_every_days": 7})

    (row,) = waiting.waiting_list(desk, SEPTEMBER).rows
    assert row.next_contact_on == date(2017, 9, 12)


def test_an_agreed_day_holds_until_the_person_is_reached(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    agreed = TODAY + timedelta(4)
    said = waiting.record_contact(
        desk, referral_id, call(TODAY - timedelta(1)), next_on=agreed
    ).said
    assert said == "Contact saved. Next contact Sat 5 May 2018."

    attempt = waiting.record_contact(desk, referral_id, call(TODAY, "NO_ANSWER")).said
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert row.next_contact_on == agreed
    assert attempt == "Attempt saved. Next contact Sat 5 May 2018."

    waiting.record_contact(desk, referral_id, call(TODAY))
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert row.next_contact_on == TODAY + timedelta(28)


def test_a_contact_needs_a_safe_way_only_where_it_claims_one(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    text: dict[str, Value] = {"method": "TEXT", "result": "SENT", "held_on": TODAY}

    with pytest.raises(NotValid, match="not marked safe") as told:
        waiting.record_contact(desk, referral_id, text)
    made = waiting.record_contact(
        desk, referral_id, {**text, "method": "PHONE", "result": "SPOKE"}
    )

    assert [each.field for each in told.value.problems] == ["result"]
    assert [each.field for each in made.warnings] == ["method"]
    people.set_safe_contact(desk, client_id, "TEXT", {"permission": "YES"})
    assert waiting.record_contact(desk, referral_id, text).warnings == ()


def test_a_voicemail_needs_its_own_answer_however_safe_the_phone_is(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    people.set_safe_contact(desk, client_id, "MOBILE", {"permission": "YES"})
    left: dict[str, Value] = {"method": "PHONE", "result": "VOICEMAIL"}

    with pytest.raises(NotValid, match="Voicemail is not marked safe") as told:
        waiting.record_contact(desk, referral_id, left)
    was_left = {**left, "result": "NOT_AGREED"}
    made = waiting.record_contact(desk, referral_id, was_left)
    assert [each.field for each in made.warnings] == ["note"]

    assert [each.field for each in told.value.problems] == ["result"]
    people.set_safe_contact(desk, client_id, "VOICEMAIL", {"permission": "YES"})
    people.set_safe_contact(desk, client_id, "MOBILE", {"permission": "NO"})
    assert waiting.record_contact(desk, referral_id, left).warnings == ()


def test_an_old_voicemail_is_put_right_where_the_answer_has_changed_since(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    for channel in ("MOBILE", "VOICEMAIL"):
        people.set_safe_contact(desk, client_id, channel, {"permission": "YES"})
    left: dict[str, Value] = {"method": "PHONE", "result": "VOICEMAIL"}
    waiting.record_contact(desk, referral_id, left)
    people.set_safe_contact(desk, client_id, "VOICEMAIL", {"permission": "NO"})
    with desk.store.reading() as rows:
        contact_id = find(rows, WaitingContact)[0].id

    done = waiting.correct_contact(desk, contact_id, {"minutes": 5}, "forgotten")
    assert [(each.field, each.severity) for each in done.warnings] == [
        ("result", "warn")
    ]
    waiting.correct_contact(desk, contact_id, {"result": "ANOTHER"}, "misheard")
    with pytest.raises(NotValid, match="Voicemail is not marked safe"):
        waiting.correct_contact(desk, contact_id, left, "misheard again")


def test_a_call_is_a_fact_that_is_put_right_and_not_edited(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    waiting.record_contact(desk, referral_id, call(TODAY, note="as it was"))
    with desk.store.reading() as rows:
        contact_id = find(rows, WaitingContact)[0].id

    waiting.correct_contact(desk, contact_id, {"result": "NO_ANSWER"}, "misheard")

    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert (row.last_reached_on, row.attempts_since) == (None, 1)


def test_an_offer_is_open_until_it_is_answered_and_keeps_the_wait(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    offered = date(2018, 4, 3)
    offer_id, _ = waiting.record_offer(desk, referral_id, {"offered_on": offered})

    with pytest.raises(NotValid, match="Answered before"):
        waiting.answer_offer(desk, offer_id, "DECLINED", date(2018, 4, 2))
    waiting.answer_offer(desk, offer_id, "DECLINED", date(2018, 4, 10))

    open_on = {
        day: waiting.waiting_list(desk, day).rows[0].open_offer
        for day in (date(2018, 4, 2), offered, date(2018, 4, 9), date(2018, 4, 10))
    }
    assert list(open_on.values()) == [False, True, True, False]
    assert waiting.waiting_list(desk, TODAY).rows[0].received_on == date(2017, 9, 1)


def test_back_on_the_list_counts_from_the_same_day(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    waiting.leave_list(desk, referral_id, date(2017, 11, 6), "NOT_READY")

    changed = waiting.back_on_list(desk, referral_id)

    assert changed.said == "Back on the list; the wait counts from Fri 1 Sep 2017."
    assert on_list(desk, TODAY) == [referral_id]
    with desk.store.reading() as rows:
        assert find(rows, WaitingEntry)[0].removal_reason is None


def test_phones_and_safe_ways_are_told_from_what_was_asked(desk: Desk) -> None:
    client_id = make_client(desk)
    make_waiting(desk, client_id)
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert (row.can_phone, row.no_safe_way) == (False, True)

    people.set_safe_contact(desk, client_id, "LETTER", {"permission": "YES"})
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert (row.can_phone, row.no_safe_way) == (False, False)

    rules: dict[str, Value] = {"permission": "YES_RULES", "rules": "after six"}
    people.set_safe_contact(desk, client_id, "MOBILE", rules)
    (row,) = waiting.waiting_list(desk, TODAY).rows
    assert (row.can_phone, row.no_safe_way) == (True, False)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "0-28"),
        (28, "0-28"),
        (29, "29-56"),
        (91, "57-91"),
        (126, "92-126"),
        (182, "127-182"),
        (183, "183-364"),
        (364, "183-364"),
        (365, "365+"),
    ],
)
def test_bands_break_where_the_papers_do(days: int, band: str) -> None:
    assert band_of(days) == band


@given(st.integers(min_value=-5, max_value=3000))
def test_every_wait_is_in_a_band(days: int) -> None:
    assert band_of(days) in BANDS


def test_what_was_entered_in_error_counts_on_no_day(desk: Desk) -> None:
    never_listed = make_waiting(desk)
    waiting.leave_list(desk, never_listed, date(2017, 11, 6), "ERROR")
    client_id = make_client(desk)
    never_started, episode_id = make_episode(
        desk, client_id, started_on=date(2017, 10, 3)
    )
    wrong: dict[str, Value] = {"closed_on": date(2017, 10, 3), "reason": "ERROR"}
    episodes.close_episode(desk, episode_id, wrong)

    assert on_list(desk, SEPTEMBER) == [never_started]
    assert on_list(desk, TODAY) == [never_started]
    assert people.person(desk, client_id).referrals[0].status == "waiting"
    assert people.search(desk, "").rows[0].status == "waiting"

    make_session(desk, never_started, date(2018, 4, 3))
    assert on_list(desk, TODAY) == []
    assert people.person(desk, client_id).referrals[0].status == "live"
