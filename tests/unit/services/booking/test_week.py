"""A worker's week and everybody's; slots against what is booked; whose is seen."""

from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import User
from provider_desk.services.casework.booking import hints, slots, week
from provider_desk.services.desk import Desk
from provider_desk.services.planning import slots as planning
from provider_desk.ui.pages.diarying import entries
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)

TOMORROW = TODAY + timedelta(days=1)
MONDAY = date(2018, 4, 30)


def give_slots(desk: Desk, worker: str, on: date, weekly: int, more: int = 0) -> str:
    values: dict[str, Value] = {
        "worker": worker,
        "from_on": on,
        "weekly_slots": weekly,
        "assessments": more,
    }
    return slots.set_slots(desk, values)[0]


def test_assessments_and_cancelled_sessions_take_no_slot(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY, starts_at="09:00")
    make_session(desk, referral_id, TOMORROW, "BOOKED", starts_at="09:00")
    make_session(desk, referral_id, TODAY, "CX_PROV", type="REVIEW")
    make_session(desk, referral_id, TODAY, "ATT", type="ASSESS")
    give_slots(desk, "RI", MONDAY, 14, 2)

    held = week.week(desk, TOMORROW)

    assert held.monday == MONDAY
    assert held.slots.in_words() == "2 of 14 booked, 12 free · 1 of 2 assessments"
    assert len(held.sessions) == 4


def test_slots_hold_from_their_day_until_the_next_line(desk: Desk) -> None:
    give_slots(desk, "RI", date(2018, 1, 1), 10)
    newest = give_slots(desk, "RI", date(2018, 5, 7), 8)

    assert week.week(desk, TODAY).slots.slots == 10
    assert week.week(desk, date(2018, 5, 9)).slots.slots == 8
    assert week.week(desk, date(2017, 12, 1)).slots.slots is None
    assert week.week(desk, date(2017, 12, 1)).slots.in_words() == (
        "0 booked, slots not set"
    )
    give_slots(desk, "RI", date(2018, 5, 7), 9)
    assert len(slots.worker_slots(desk)) == 2
    slots.take_back_slots(desk, newest)
    assert week.week(desk, date(2018, 5, 9)).slots.slots == 10


def test_who_has_left_has_no_free_slots_from_the_week_after(desk: Desk) -> None:
    leaver = signed_in_as(desk, "COUNSELLOR", "LV").user
    give_slots(desk, "LV", date(2018, 1, 1), 20)
    give_slots(desk, "RI", date(2018, 1, 1), 5)
    with desk.store.writing("set last day") as deed:
        deed.change(User, leaver.id, {"ends_on": TODAY})

    now, after = (week.everybody(desk, TODAY + timedelta(days)) for days in (0, 7))
    planned = {each.worker: each.weeks for each in planning.booked(desk).workers}

    assert [each.worker for each in now] == ["LV", "RI"]
    assert [each.worker for each in after] == ["RI"]
    assert [each.slots for each in planned["LV"][:2]] == [20, None]
    assert [each.slots for each in planning.booked(desk).all.weeks[:2]] == [25, 5]
    with desk.store.writing("took the account away") as deed:
        deed.retire(User, leaver.id, "left")
    assert [each.worker for each in planning.booked(desk).workers] == ["RI"]
    assert [each.worker for each in week.everybody(desk, TODAY)] == ["RI"]


def test_more_than_the_slots_is_said_and_never_negative(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    for kind in ("THERAPY", "REVIEW"):
        make_session(desk, referral_id, TODAY, type=kind)
    give_slots(desk, "RI", MONDAY, 1)

    held = week.week(desk, TODAY).slots

    assert (held.free, held.in_words()) == (0, "2 booked, 1 over 1")


def test_a_limited_role_has_its_own_diary_and_no_other(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY, starts_at="09:00")
    other = signed_in_as(desk, "COUNSELLOR", "CO")

    assert week.week(other, TODAY).sessions == ()
    assert week.workers(other, TODAY) == [("CO", "Somebody Counsellor")]
    with pytest.raises(NotAllowed, match="own diary only"):
        week.week(other, TODAY, "RI")
    with pytest.raises(NotAllowed):
        week.everybody(other, TODAY)
    with pytest.raises(NotAllowed):
        slots.set_slots(other, {"worker": "CO", "from_on": TODAY, "weekly_slots": 1})
    assert len(week.week(desk, TODAY, "RI").sessions) == 1


def test_somebody_without_initials_has_an_empty_diary(desk: Desk) -> None:
    """Sessions of nobody in particular are not theirs."""
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY, worker="")
    nobody = signed_in_as(desk, "MANAGER", "")

    assert week.week(nobody, TODAY).sessions == ()
    assert [code for code, _ in week.workers(nobody, TODAY)] == ["RI"]


def test_everybodys_week_counts_days_and_puts_the_most_free_first(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY)
    make_session(desk, referral_id, TOMORROW, "BOOKED", worker="ZZ")
    make_session(desk, referral_id, TOMORROW, "CX_PROV", worker="ZZ", type="REVIEW")
    give_slots(desk, "ZZ", MONDAY, 5)

    first, second = week.everybody(desk, TODAY)

    assert (first.worker, first.days, first.slots.free) == (
        "ZZ",
        (0, 0, 1, 0, 0, 0, 0),
        4,
    )
    assert (second.worker, second.name, second.days[1]) == ("RI", "Robin Invented", 1)
    assert [code for code, _ in week.workers(desk, TODAY)] == ["RI", "ZZ"]


def test_an_overlap_of_worker_or_person_is_marked_and_what_was_cancelled_is_none(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    other, _ = make_episode(desk)
    made = [
        make_session(desk, referral_id, TODAY, "BOOKED", starts_at="10:00"),
        make_session(desk, other, TODAY, "BOOKED", starts_at="10:30"),
        make_session(desk, other, TODAY, "BOOKED", starts_at="11:20", type="REVIEW"),
        make_session(desk, referral_id, TOMORROW, "BOOKED", starts_at="09:00"),
        make_session(
            desk, referral_id, TOMORROW, "BOOKED", starts_at="09:30", worker="XX",
            type="REVIEW",
        ),
        make_session(desk, other, TOMORROW, "CX_PROV", starts_at="09:10"),
    ]  # fmt: skip

    assert week.week(desk, TODAY).clashes == {made[0], made[1], made[3]}


def test_blocks_stand_side_by_side_and_every_stop_is_reached(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    for kind, time in (("THERAPY", "07:30"), ("REVIEW", "07:45"), ("COURT", None)):
        make_session(desk, referral_id, TODAY, "BOOKED", starts_at=time, type=kind)
    held = week.week(desk, TODAY)

    found = entries.entries(held)
    stops = entries.stops(held, found, 1)

    assert entries.hours(found) == (7, 20)
    assert entries.days_shown(held, found, TODAY) == 5
    assert entries.days_shown(held, found, date(2018, 5, 5)) == 7
    lanes = entries.lanes([each for each in found if each.begins >= 0])
    assert sorted(lanes.values()) == [(0, 2), (1, 2)]
    assert [stop.minute for stop in stops[:5]] == [-1, 420, 450, 465, 540]
    assert stops[-1].minute == 19 * 60 + 30
    assert sum(stop.entry is not None for stop in stops) == 3


def test_what_to_know_before_a_session_is_told(desk: Desk) -> None:
    client_id = make_client(desk, justice_status="CHARGED")
    referral_id, _ = make_episode(desk, client_id)
    for number in range(8):
        make_session(
            desk, referral_id, date(2018, 1, 2) + timedelta(weeks=number), trial="PRE"
        )

    said = hints.hints(desk, referral_id)

    assert said.open_case
    assert said.agreement == "The agreement before trial is not signed yet."
    assert said.allowance.words("PRE").startswith("8 of 8")
    assert said.allowance.is_used("PRE")
    assert not said.allowance.is_used("POST")
    plain, _ = make_episode(desk)
    assert hints.hints(desk, plain).agreement == ""


@pytest.mark.parametrize("on", [date.min, date.max, date(2200, 1, 1)])
def test_a_week_that_no_calendar_has_is_told_in_a_sentence(
    desk: Desk, on: date
) -> None:
    for ask in (week.week, week.everybody, week.workers):
        with pytest.raises(NotValid, match="from 1900 to 2199"):
            ask(desk, on)
    assert week.week(desk, date(2199, 12, 31)).sessions == ()
    assert week.week(desk, date(1900, 1, 1)).sessions == ()
