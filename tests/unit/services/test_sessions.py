"""Logging sessions, and what an episode's start makes of them."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, Phase, Session
from provider_desk.services.casework import episodes, people, sessions, waiting
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)

ON = date(2017, 10, 3)


def held(desk: Desk, session_id: str) -> Session:
    with desk.store.reading() as rows:
        return get(rows, Session, session_id)


def phases(desk: Desk, episode_id: str) -> list[Phase]:
    with desk.store.reading() as rows:
        return find(rows, Phase, episode_id=episode_id)


def episodes_of(desk: Desk, referral_id: str) -> list[Episode]:
    with desk.store.reading() as rows:
        return find(rows, Episode, referral_id=referral_id)


def stopped(error: NotValid) -> set[str]:
    return {each.field for each in error.problems if each.severity == "stop"}


def therapy(on: date, attendance: str = "ATT", **more: Value) -> dict[str, Value]:
    return {"held_on": on, "type": "THERAPY", "attendance": attendance, **more}


def test_the_first_attended_session_starts_the_episode_with_its_core_phase(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)

    session_id, changed = sessions.log_session(
        desk, referral_id, therapy(ON, worker="RI")
    )

    episode = episode_of(desk, referral_id)
    assert (episode.started_on, episode.worker) == (ON, "RI")
    assert [(p.phase, p.started_on) for p in phases(desk, episode.id)] == [("CORE", ON)]
    assert held(desk, session_id).episode_id == episode.id
    assert changed.said == (
        "Session saved for I-0001: Came, Tue 3 Oct 2017. The episode starts on this "
        "day. Next: the exit strategy."
    )
    assert set(changed.records) == {"session", "episode", "phase"}


def test_what_was_missed_before_the_start_belongs_to_the_referral_alone(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    missed = make_session(desk, referral_id, ON - timedelta(7), "DNA")
    make_session(desk, referral_id, ON)
    later_missed = make_session(desk, referral_id, ON + timedelta(7), "DNA")

    assert held(desk, missed).episode_id is None
    assert held(desk, later_missed).episode_id == episode_of(desk, referral_id).id


def test_an_assessment_starts_nothing_and_belongs_to_no_episode(desk: Desk) -> None:
    referral_id = make_referral(desk)

    before = make_session(desk, referral_id, date(2017, 9, 4), type="ASSESS")

    assert held(desk, before).episode_id is None
    assert episodes_of(desk, referral_id) == []


def test_a_group_session_can_start_support(desk: Desk) -> None:
    referral_id = make_waiting(desk)

    make_session(desk, referral_id, ON, type="GROUP", group_code="Moving on")

    assert episode_of(desk, referral_id).started_on == ON


def test_support_cannot_start_on_a_referral_that_is_not_accepted(desk: Desk) -> None:
    referral_id = make_referral(desk)
    values = therapy(ON, note="typed with care")

    with pytest.raises(NotValid, match="Record the decision first") as told:
        sessions.log_session(desk, referral_id, values)

    assert stopped(told.value) == {"attendance"}
    assert values == therapy(ON, note="typed with care")
    with desk.store.reading() as rows:
        assert find(rows, Session) == []
        assert find(rows, Episode) == []


def test_somebody_who_left_the_list_cannot_simply_start(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    waiting.leave_list(desk, referral_id, date(2017, 9, 20), "NOT_READY")

    with pytest.raises(NotValid, match="left the waiting list on Wed 20 Sep 2017"):
        make_session(desk, referral_id, ON)
    waiting.back_on_list(desk, referral_id)
    make_session(desk, referral_id, ON)

    assert episode_of(desk, referral_id).started_on == ON


def test_two_open_episodes_in_one_area_are_refused_and_in_two_areas_kept(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    same = make_waiting(desk, client_id, received_on=date(2017, 11, 1))
    other = make_waiting(desk, client_id, area="PES_AD")

    with pytest.raises(NotValid, match="open episode in"):
        make_session(desk, same, date(2017, 12, 5))
    make_session(desk, other, date(2017, 12, 5), type="SUPPORT")

    assert episodes_of(desk, same) == []
    assert episode_of(desk, other).started_on == date(2017, 12, 5)


def test_a_session_that_lies_ahead_is_booked(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    ahead = TODAY + timedelta(7)

    session_id, changed = sessions.log_session(
        desk, referral_id, {"held_on": ahead, "type": "THERAPY"}
    )

    assert held(desk, session_id).attendance == "BOOKED"
    assert changed.said == "Session booked for I-0001: Tue 8 May 2018."
    with pytest.raises(NotValid, match="lies ahead of today"):
        sessions.log_session(desk, referral_id, therapy(ahead))


def test_a_past_session_without_an_answer_is_not_recorded_yet(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    past = TODAY - timedelta(2)

    for given in ({"attendance": "BOOKED"}, {"attendance": ""}, {}):
        session_id, _ = sessions.log_session(
            desk, referral_id, {"held_on": past, "type": "THERAPY", **given}
        )
        assert held(desk, session_id).attendance == "UNREC"


def test_every_problem_is_told_at_once_and_nothing_is_saved(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    values: dict[str, Value] = {"held_on": None, "type": "nonsense", "minutes": 9000}

    with pytest.raises(NotValid) as told:
        sessions.log_session(desk, referral_id, values)

    assert stopped(told.value) == {"held_on", "type", "minutes"}
    assert values == {"held_on": None, "type": "nonsense", "minutes": 9000}
    with desk.store.reading() as rows:
        assert len(find(rows, Session)) == 1


def test_marking_a_booking_attended_starts_the_episode(
    desk: Desk, clock: FixedClock
) -> None:
    referral_id = make_waiting(desk)
    booked = make_session(desk, referral_id, TODAY + timedelta(2), "BOOKED")
    clock.ms += 3 * 86_400_000

    changed = sessions.record_attendance(desk, booked, "ATT_LATE")

    episode = episode_of(desk, referral_id)
    assert episode.started_on == TODAY + timedelta(2)
    assert held(desk, booked).episode_id == episode.id
    assert "The episode starts on this day." in changed.said


def test_marking_attended_on_an_undecided_referral_is_refused_and_keeps_the_booking(
    desk: Desk,
) -> None:
    referral_id = make_referral(desk)
    booked = make_session(desk, referral_id, ON, "UNREC")

    with pytest.raises(NotValid, match="not accepted"):
        sessions.record_attendance(desk, booked, "ATT")

    assert held(desk, booked).attendance == "UNREC"


def test_an_earlier_attended_session_moves_the_start_and_what_lies_between(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    between = make_session(desk, referral_id, ON - timedelta(3), "DNA")
    make_session(desk, referral_id, ON)
    earlier = ON - timedelta(7)

    _, changed = sessions.log_session(desk, referral_id, therapy(earlier))

    episode = episode_of(desk, referral_id)
    assert episode.started_on == earlier
    assert [p.started_on for p in phases(desk, episode.id)] == [earlier]
    assert held(desk, between).episode_id == episode.id
    assert "The episode now starts on Tue 26 Sep 2017." in changed.said


def test_the_start_moves_on_when_nobody_came_to_the_first_session(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    first = make_session(desk, referral_id, ON)
    second = make_session(desk, referral_id, ON + timedelta(7))

    changed = sessions.correct_session(
        desk, first, {"attendance": "DNA"}, "mixed up with somebody else"
    )

    episode = episode_of(desk, referral_id)
    assert episode.started_on == ON + timedelta(7)
    assert [p.started_on for p in phases(desk, episode.id)] == [ON + timedelta(7)]
    assert held(desk, first).episode_id is None
    assert held(desk, second).episode_id == episode.id
    assert "now starts on Tue 10 Oct 2017" in changed.said


def test_a_follow_up_before_the_start_is_no_part_of_the_support(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    first = make_session(desk, referral_id, date(2017, 10, 3))
    make_session(desk, referral_id, date(2017, 10, 10))

    sessions.correct_session(desk, first, {"type": "FOLLOWUP"}, "a call, no therapy")

    with desk.store.reading() as rows:
        assert get(rows, Session, first).episode_id is None
    assert episode_of(desk, referral_id).started_on == date(2017, 10, 10)


def test_the_episode_is_taken_back_when_nobody_came_at_all(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    first = make_session(desk, referral_id, ON)
    later = make_session(desk, referral_id, ON + timedelta(7), "DNA")

    changed = sessions.correct_session(desk, first, {"attendance": "DNA"}, "mistyped")

    assert episodes_of(desk, referral_id) == []
    assert held(desk, later).episode_id is None
    assert "the person waits" in changed.said
    rows = waiting.waiting_list(desk, TODAY).rows
    assert [row.referral_id for row in rows] == [referral_id]
    make_session(desk, referral_id, ON + timedelta(14))
    assert episode_of(desk, referral_id).started_on == ON + timedelta(14)


def test_an_episode_on_which_something_hangs_is_not_taken_back(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk, started_on=ON)
    episodes.add_exit_strategy(desk, episode_id, {"made_on": ON})
    with desk.store.reading() as rows:
        first = find(rows, Session, referral_id=referral_id)[0].id

    with pytest.raises(NotValid, match="Log the session with which support did start"):
        sessions.correct_session(desk, first, {"attendance": "DNA"}, "mistyped")

    assert held(desk, first).attendance == "ATT"
    assert episode_of(desk, referral_id).id == episode_id


def test_a_session_taken_back_takes_its_start_with_it(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    first = make_session(desk, referral_id, ON)

    sessions.take_back_session(desk, first, "logged for the wrong person")

    assert episodes_of(desk, referral_id) == []
    with desk.store.reading() as rows:
        assert find(rows, Session) == []


def test_a_correction_needs_a_reason_and_an_addendum_keeps_both(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(desk, referral_id, date(2017, 10, 10))

    with pytest.raises(NotValid, match="Say why"):
        sessions.correct_session(desk, session_id, {"minutes": 30}, "  ")
    sessions.correct_session(desk, session_id, {"minutes": 30}, "left early")

    assert held(desk, session_id).minutes == 30


def test_after_closing_only_a_follow_up_can_be_logged(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk)
    values: dict[str, Value] = {"closed_on": date(2018, 2, 1), "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, values)

    with pytest.raises(NotValid, match="Follow-up after closure") as told:
        make_session(desk, referral_id, date(2018, 3, 1))
    follow_up = make_session(desk, referral_id, date(2018, 3, 1), type="FOLLOWUP")
    late_record = make_session(desk, referral_id, date(2018, 1, 9))

    assert stopped(told.value) == {"held_on"}
    assert held(desk, follow_up).episode_id is None
    assert held(desk, late_record).episode_id == episode_id


def test_the_same_session_twice_is_saved_with_a_warning(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    day = date(2017, 10, 10)
    make_session(desk, referral_id, day)

    _, changed = sessions.log_session(desk, referral_id, therapy(day))

    assert [each.field for each in changed.warnings] == ["held_on"]


def test_two_missed_in_a_row_ask_for_a_talk_with_the_supervisor(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, started_on=ON)
    _, once = sessions.log_session(desk, referral_id, therapy(ON + timedelta(7), "DNA"))
    make_session(desk, referral_id, ON + timedelta(10), "CX_PROV")
    _, twice = sessions.log_session(
        desk, referral_id, therapy(ON + timedelta(14), "LATE_NS")
    )

    assert once.warnings == ()
    assert ["supervisor" in each.text for each in twice.warnings] == [True]


def test_the_picker_offers_own_cases_first_and_closed_ones_last(desk: Desk) -> None:
    mine, _ = make_episode(desk, make_client(desk, known_as="Zoë", family_name="A"))
    theirs = make_waiting(desk, make_client(desk, known_as="Zora"))
    make_session(desk, theirs, date(2018, 4, 24), worker="XX")
    undecided = make_referral(desk, make_client(desk, known_as="Zola"))
    closed, episode_id = make_episode(desk, make_client(desk, known_as="Zoe"))
    ended: dict[str, Value] = {"closed_on": date(2018, 2, 1), "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, ended)

    found = sessions.cases(desk, "zo")

    assert [case.referral_id for case in found] == [mine, theirs, undecided, closed]
    assert [case.mine for case in found] == [True, False, False, True]
    assert [case.status for case in found] == [
        "live",
        "live",
        "awaiting decision",
        "closed",
    ]
    assert closed not in {case.referral_id for case in sessions.cases(desk, "")}
    assert {case.referral_id for case in sessions.cases(desk, "")} >= {mine, theirs}


def test_a_form_begins_as_the_last_session_was(desk: Desk) -> None:
    referral_id = make_waiting(desk)
    fresh = sessions.last_values(desk, referral_id)
    make_session(desk, referral_id, ON, type="REVIEW", mode="PHONE", minutes=35)

    assert fresh["type"] == "THERAPY"
    assert (fresh["minutes"], fresh["worker"]) == (50, "RI")
    assert sessions.last_values(desk, referral_id) == {
        "type": "REVIEW",
        "mode": "PHONE",
        "minutes": 35,
        "worker": "RI",
        "group_code": "",
        "trial": None,
    }


def test_before_a_trial_is_carried_on_while_the_case_is_open(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="CHARGED")
    referral_id = make_waiting(desk, client_id)
    make_session(desk, referral_id, ON, trial="PRE")
    marked = make_session(desk, referral_id, ON + timedelta(7), "UNREC")
    begins = sessions.last_values(desk, referral_id)["trial"]

    changed = sessions.record_attendance(desk, marked, "ATT")

    assert begins == "PRE"
    assert changed.said.endswith("2 of 8 before trial.")


def test_what_comes_after_the_case_does_not_count_before_trial(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="POST_NG")
    referral_id = make_waiting(desk, client_id)
    make_session(desk, referral_id, ON, trial="PRE")
    before = sessions.last_values(desk, referral_id)["trial"]

    make_session(desk, referral_id, ON + timedelta(7), trial="POST")

    assert before is None
    assert sessions.last_values(desk, referral_id)["trial"] == "POST"


def test_sessions_without_an_outcome_are_listed_own_first(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    other = make_session(desk, referral_id, date(2018, 4, 3), "UNREC", worker="XX")
    own = make_session(desk, referral_id, date(2018, 4, 10), "UNREC")
    make_session(desk, referral_id, TODAY + timedelta(1), "BOOKED")

    page = sessions.unrecorded(desk)

    assert [row.session_id for row in page.rows] == [own, other]
    assert page.total == 2
    assert sessions.unrecorded(desk, start=1, count=1).rows[0].session_id == other


def test_a_booking_whose_day_has_passed_asks_for_its_outcome(
    desk: Desk, clock: FixedClock
) -> None:
    referral_id, _ = make_episode(desk)
    booked = make_session(desk, referral_id, TODAY + timedelta(1), "BOOKED")
    clock.ms += 2 * 86_400_000

    assert [row.session_id for row in sessions.unrecorded(desk).rows] == [booked]
    sessions.record_attendance(desk, booked, "ATT")
    assert sessions.unrecorded(desk).total == 0


def test_a_person_at_the_desk_is_named_in_what_they_log(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "OT")
    referral_id, _ = make_episode(counsellor)

    assert sessions.cases(counsellor, "")[0].referral_id == referral_id
    page = people.search(counsellor, "")
    assert [row.status for row in page.rows] == ["live"]
