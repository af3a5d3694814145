"""Gains ticked and counted, measures that are due, and what a session was for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import FunctionalGain
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import people, support_tags
from provider_desk.services.casework.measuring import due, gains, scores
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day
from provider_desk.store.records import find
from provider_desk.ui import deeds
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)

ON = date(2018, 4, 3)
LATER = date(2018, 4, 24)


def gains_in(desk: Desk) -> list[FunctionalGain]:
    with desk.store.reading() as rows:
        return find(rows, FunctionalGain)


def tick(desk: Desk, referral_id: str, on: date, *codes: str) -> str:
    return gains.tick_gains(desk, referral_id, {"seen_on": on}, codes=codes)[0]


def counted(desk: Desk, label: str) -> tuple[int, int]:
    found = gains.gains_counted(desk, date(2018, 4, 1), TODAY)
    (line,) = [each for each in found if each.label == label]
    return line.cases, line.again


def test_gains_are_ticked_seen_again_and_stand_in_the_time_line(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")

    tick(desk, referral_id, ON, "SLEEP", "WORK")
    _, changed = gains.tick_gains(
        desk, referral_id, {"seen_on": LATER}, codes=("SLEEP", "HOBBY")
    )

    assert changed.said == "2 gains saved, 1 of them seen before."
    lines = [
        (each.on, each.title, each.detail)
        for each in people.person(desk, client_id).events
        if each.table == FunctionalGain.TABLE
    ]
    assert len(lines) == 4
    sleep = "Gain in daily life"
    wellbeing = "Sleeps better · Mental health and wellbeing"
    assert (LATER, sleep, f"{wellbeing} · first seen Tue 3 Apr 2018") in lines
    assert (ON, sleep, wellbeing) in lines


def test_a_gain_of_the_same_day_stays_one_and_none_is_asked_for(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    tick(desk, referral_id, ON, "SLEEP")

    assert tick(desk, referral_id, ON, "SLEEP") == ""
    assert len(gains_in(desk)) == 1
    with pytest.raises(NotValid) as told:
        tick(desk, referral_id, ON)
    assert [each.field for each in told.value.problems] == ["gain"]


def test_ticks_are_taken_back_together(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    ids = tick(desk, referral_id, ON, "SLEEP", "WORK")

    with pytest.raises(NotValid):
        gains.take_back_gains(desk, ids, "")
    gains.take_back_gains(desk, ids, "ticked for somebody else")

    assert gains_in(desk) == []


def test_gains_count_a_case_once_and_those_seen_again(desk: Desk) -> None:
    first, _ = make_episode(desk, area="PES_AD")
    second, _ = make_episode(desk, area="PES_AD")
    tick(desk, first, date(2018, 3, 31), "SLEEP")
    tick(desk, first, ON, "SLEEP")
    tick(desk, first, LATER, "SLEEP")
    tick(desk, second, ON, "SLEEP", "WORK")

    assert counted(desk, "Sleeps better") == (2, 1)
    assert counted(desk, "Work") == (1, 0)
    assert counted(desk, "Volunteering") == (0, 0)


def asked(desk: Desk) -> list[ToDo]:
    found = things_to_do(desk).todos
    return [each for each in found if each.kind is ToDoKind.MEASURE_DUE]


def test_today_asks_for_the_first_measure_by_the_third_session(desk: Desk) -> None:
    own = signed_in_as(desk, "COUNSELLOR", "CO")
    client_id = make_client(own)
    referral_id, _ = make_episode(own, client_id)
    assert asked(own) == []

    make_session(own, referral_id, date(2017, 10, 10), worker="CO")
    _run_by(own, referral_id, "CO")

    (line,) = asked(own)
    assert (line.title, line.client_id) == ("No first measure yet", client_id)
    assert line.deed == due.MEASURE == deeds.MEASURE.words
    values: dict[str, Value] = {"instrument": "PHQ9", "total": 12, "risk_item": "0"}
    scores.add_score(own, referral_id, {**values, "scored_on": date(2017, 10, 10)})
    assert asked(own) == []
    # Somebody came since, and it is 8 weeks ago.
    make_session(own, referral_id, date(2018, 4, 24), worker="CO")
    (line,) = asked(own)
    assert line.title == "Fill in a measure again"
    assert line.due_on == date(2017, 10, 10) + due.AGAIN_AFTER
    scores.add_score(own, referral_id, {**values, "scored_on": TODAY - timedelta(1)})
    assert asked(own) == []


def test_after_the_third_session_no_measure_is_called_the_first(desk: Desk) -> None:
    own = signed_in_as(desk, "COUNSELLOR", "CO")
    referral_id, _ = make_episode(own)
    _run_by(own, referral_id, "CO")
    make_session(own, referral_id, TODAY - timedelta(7), worker="CO")
    make_session(own, referral_id, TODAY, worker="CO")
    # On the day of the third session itself it still counts.
    (line,) = asked(own)
    assert line.title == "No first measure yet"
    assert "up to the third session" in line.detail

    tomorrow = replace(own, clock=FixedClock.on(TODAY + timedelta(1)))
    (line,) = asked(tomorrow)

    assert line.title == "No measure yet"
    assert line.detail.startswith(f"The third session was on {day(TODAY)}")
    assert "no longer counts as the first" in line.detail
    assert "enter it with its own day" in line.detail


def _run_by(desk: Desk, referral_id: str, worker: str) -> None:
    from provider_desk.model.records import Episode  # noqa: PLC0415

    with desk.store.writing("run by") as deed:
        (episode,) = find(deed, Episode, referral_id=referral_id)
        deed.change(Episode, episode.id, {"worker": worker})


def test_nobody_else_is_asked_and_only_where_measures_are_in_use(desk: Desk) -> None:
    for area in ("THER", "PES_AD"):
        referral_id, _ = make_episode(desk, area=area)
        kind = "THERAPY" if area == "THER" else "SUPPORT"
        make_session(desk, referral_id, date(2017, 10, 10), type=kind)

    mine = asked(desk)
    other = asked(signed_in_as(desk, "CLINICAL_LEAD", "CL"))

    assert len(mine) == 1
    assert other == []


def test_what_a_session_was_for_can_be_said_anew_and_taken_back(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    session_id = make_session(desk, referral_id, ON, type="SUPPORT")

    support_tags.change_tags(desk, session_id, outcomes=("2", "6"))
    assert support_tags.tags_of(desk, session_id) == ("2", "6")
    said = support_tags.change_tags(desk, session_id, outcomes=("6", "4")).said
    assert support_tags.tags_of(desk, session_id) == ("4", "6")
    assert said == (
        "What it was for: Reduce risk of harm, Mental health and wellbeing."
    )
    # One that was taken off stands again under the same id.
    support_tags.change_tags(desk, session_id, outcomes=("2",))
    assert support_tags.tags_of(desk, session_id) == ("2",)
    support_tags.change_tags(desk, session_id)
    assert support_tags.tags_of(desk, session_id) == ()
    with pytest.raises(NotValid):
        support_tags.change_tags(desk, session_id, outcomes=("9",))
