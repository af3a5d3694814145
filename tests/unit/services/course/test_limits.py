"""The 12 months, step-down with its review, two sessions missed in a row."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Exceptional, Phase
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import episodes, people, undoing
from provider_desk.services.casework.course import lighter, pauses
from provider_desk.services.casework.referring import again
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)


def asked(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [todo for todo in things_to_do(desk).todos if todo.kind is kind]


def words(desk: Desk, client_id: str) -> list[str]:
    (lines,) = people.person(desk, client_id).part.lines.values()
    return [line.words for line in lines]


def missed(desk: Desk, referral_id: str, *days: date) -> None:
    for on in days:
        make_session(desk, referral_id, on, "DNA")


def test_a_reason_that_ran_out_counts_as_none_and_is_named(
    desk: Desk, clock: FixedClock
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(
        desk, client_id, received_on=date(2017, 1, 9), started_on=date(2017, 2, 7)
    )
    until: dict[str, Value] = {
        "reason": "TRIAL",
        "approved_by": "Lead",
        "review_by": TODAY,
    }
    approval_id, _ = episodes.add_exceptional(desk, episode_id, until)
    assert asked(desk, ToDoKind.WITHOUT_REASON) == []

    clock.ms = FixedClock.on(TODAY + timedelta(1)).ms

    assert len(asked(desk, ToDoKind.WITHOUT_REASON)) == 1
    assert (
        "The reason “Police investigation or trial under way” ran out on Tue 1 May 2018"
    ) in words(desk, client_id)
    longer: dict[str, Value] = {"review_by": TODAY + timedelta(30)}
    lighter.change_exceptional(desk, approval_id, longer)
    assert asked(desk, ToDoKind.WITHOUT_REASON) == []
    lighter.take_back_exceptional(desk, approval_id, "not approved after all")
    with desk.store.reading() as rows:
        assert find(rows, Exceptional) == []


def test_over_two_years_is_said(desk: Desk, clock: FixedClock) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, started_on=date(2017, 10, 3))
    clock.ms = FixedClock.on(date(2019, 10, 2)).ms
    before = words(desk, client_id)

    clock.ms = FixedClock.on(date(2019, 10, 3)).ms

    assert not any("years" in line for line in before)
    assert "Over 2 years with us" in words(desk, client_id)


def test_two_years_from_a_leap_day_are_over_on_28_february(
    desk: Desk, clock: FixedClock
) -> None:
    client_id = make_client(desk)
    clock.ms = FixedClock.on(date(2018, 2, 28)).ms
    make_episode(
        desk,
        client_id,
        received_on=date(2016, 2, 1),
        started_on=date(2016, 2, 29),
    )

    assert "Over 2 years with us" in words(desk, client_id)


def test_step_down_is_looked_at_again_after_eight_weeks_and_goes_on(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    begins: dict[str, Value] = {"started_on": date(2018, 3, 6)}
    phase_id, _ = episodes.step_down(desk, episode_id, begins)
    (todo,) = asked(desk, ToDoKind.STEP_DOWN_REVIEW)
    (bar,) = people.person(desk, client_id).part.bars[episode_id]

    said = lighter.review_step_down(desk, phase_id, {}).said

    assert (todo.row_id, todo.due_on) == (phase_id, TODAY)
    assert (bar.words, bar.done, bar.of, bar.tone) == (
        "Step-down week 9, review Tue 1 May 2018",
        9,
        8,
        "warn",
    )
    assert said == "Step-down reviewed. Next review Tue 26 Jun 2018."
    assert asked(desk, ToDoKind.STEP_DOWN_REVIEW) == []
    with pytest.raises(NotValid, match="after today"):
        lighter.review_step_down(desk, phase_id, {"review_on": TODAY})


def test_step_down_is_put_right_and_taken_back_and_core_support_is_not(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    phase_id, _ = episodes.step_down(desk, episode_id, {})
    lighter.change_phase(desk, phase_id, {"started_on": date(2018, 4, 24)})
    with desk.store.reading() as rows:
        assert get(rows, Phase, phase_id).started_on == date(2018, 4, 24)
        (core,) = find(rows, Phase, phase="CORE")

    lighter.take_back_step_down(desk, phase_id, "she needs more")

    assert people.person(desk, client_id).episodes[0].phase == "CORE"
    with pytest.raises(NotValid, match="first attended session"):
        lighter.take_back_step_down(desk, core.id, "wrong")


def test_two_missed_in_a_row_ask_to_talk_it_over_and_close_nothing(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id)
    missed(desk, referral_id, date(2018, 4, 10))
    make_session(desk, referral_id, date(2018, 4, 13), "CX_CLIENT")
    assert asked(desk, ToDoKind.MISSED) == []

    missed(desk, referral_id, date(2018, 4, 17))

    (todo,) = asked(desk, ToDoKind.MISSED)
    assert todo.row_id == episode_id
    assert "talk it over with the supervisor" in todo.detail
    assert people.person(desk, client_id).episodes[0].closed_on is None
    twice = "2 sessions missed in a row, the last on Tue 17 Apr 2018"
    assert f"{twice}: talk it over with the supervisor" in words(desk, client_id)
    talked = lighter.talked_over(desk, episode_id, {})
    assert asked(desk, ToDoKind.MISSED) == []
    said = f"{twice}; talked over with the supervisor on Tue 1 May 2018"
    assert said in words(desk, client_id)
    undoing.undo(desk, talked)
    assert len(asked(desk, ToDoKind.MISSED)) == 1


@pytest.mark.parametrize("settled", ["came", "pause", "closing", "missed long ago"])
def test_missed_sessions_are_asked_about_no_more(
    desk: Desk, clock: FixedClock, settled: str
) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id)
    missed(desk, referral_id, date(2018, 4, 10), date(2018, 4, 17))
    if settled == "came":
        make_session(desk, referral_id, date(2018, 4, 24))
    elif settled == "pause":
        pauses.pause(desk, episode_id, {"reason": "WISH", "from_on": TODAY})
    elif settled == "closing":
        episodes.close_episode(desk, episode_id, {"reason": "DISENGAGED"})
    else:
        clock.ms = FixedClock.on(date(2018, 12, 1)).ms

    assert asked(desk, ToDoKind.MISSED) == []
    if settled in {"came", "pause"}:
        said = " ".join(words(desk, client_id))
        assert "missed in a row" not in said


def test_once_it_was_talked_over_another_missed_session_asks_again(
    desk: Desk,
) -> None:
    referral_id, episode_id = make_episode(desk)
    missed(desk, referral_id, date(2018, 4, 10), date(2018, 4, 17))
    lighter.talked_over(desk, episode_id, {"missed_talked_on": date(2018, 4, 18)})
    assert asked(desk, ToDoKind.MISSED) == []

    missed(desk, referral_id, date(2018, 4, 24))

    assert len(asked(desk, ToDoKind.MISSED)) == 1


@pytest.mark.parametrize("role", ["TRUSTEE", "ADMINISTRATOR", "STUDENT"])
def test_who_runs_no_episodes_is_not_asked(desk: Desk, role: str) -> None:
    referral_id, _ = make_episode(desk)
    missed(desk, referral_id, date(2018, 4, 10), date(2018, 4, 17))

    assert asked(signed_in_as(desk, role), ToDoKind.MISSED) == []


def test_step_down_stays_where_the_episode_ended_with_it(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    phase_id, _ = episodes.step_down(desk, episode_id, {"started_on": date(2018, 3, 1)})

    with pytest.raises(NotValid, match="after this day"):
        episodes.close_episode(
            desk, episode_id, {"closed_on": date(2018, 2, 1), "reason": "COMPLETED"}
        )
    again.step_up(desk, episode_id, {"received_on": date(2018, 4, 3)})
    with pytest.raises(NotValid, match="as step-down completed"):
        lighter.take_back_step_down(desk, phase_id, "a mistake")
