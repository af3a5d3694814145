"""Taking back what was just done with sessions: all of it, and it is said."""

from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Session
from provider_desk.model.sealed_text import is_sealed
from provider_desk.services.casework import people, sessions, support_tags
from provider_desk.services.casework.booking import (
    bookings,
    completing,
    groups,
    registers,
)
from provider_desk.services.casework.booking.repeating import Repeat
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_session,
    make_waiting,
)

BOOKED: dict[str, Value] = {"starts_at": "10:00", "type": "THERAPY", "worker": "RI"}
MET = date(2018, 4, 24)


def held(desk: Desk, session_id: str) -> Session:
    with desk.store.reading() as rows:
        return get(rows, Session, session_id)


@pytest.fixture
def before_trial(desk: Desk) -> str:
    """Somebody with one session before a trial, whose case is open."""
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    make_session(desk, referral_id, date(2018, 4, 24), trial="PRE")
    people.change_person(desk, client_id, {"justice_status": "REPORTED"})
    return referral_id


def test_undoing_a_mark_takes_the_session_off_the_counter_and_says_so(
    desk: Desk, before_trial: str
) -> None:
    session_id = make_session(desk, before_trial, TODAY, "BOOKED", starts_at="10:00")
    marked = sessions.record_attendance(desk, session_id, "ATT")
    assert marked.said == (
        "Attendance saved: Came, Tue 1 May 2018. 2 of 8 before trial."
    )

    said = completing.take_back_mark(desk, session_id).said

    now = held(desk, session_id)
    assert (now.attendance, now.trial) == ("BOOKED", None)
    assert said == (
        "Attendance taken back: booked, Tue 1 May 2018. 1 of 8 before trial."
    )


def test_undoing_the_mark_that_started_support_lets_the_person_wait_again(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    session_id = make_session(desk, referral_id, TODAY, "BOOKED", starts_at="10:00")
    sessions.record_attendance(desk, session_id, "ATT")

    said = completing.take_back_mark(desk, session_id).said

    assert "the person waits" in said
    assert held(desk, session_id).episode_id is None


def test_nothing_is_taken_back_over_what_came_later(
    desk: Desk, before_trial: str
) -> None:
    session_id = make_session(desk, before_trial, TODAY, "BOOKED", starts_at="10:00")
    sessions.record_attendance(desk, session_id, "ATT")
    sessions.correct_session(desk, session_id, {"minutes": 40}, "shorter")

    with pytest.raises(NotValid, match="The session was changed since"):
        completing.take_back_mark(desk, session_id)
    assert held(desk, session_id).minutes == 40


def test_undoing_a_form_takes_back_every_field_of_it_and_what_it_was_for(
    desk: Desk, before_trial: str
) -> None:
    session_id = make_session(
        desk, before_trial, TODAY, "BOOKED", starts_at="10:00", minutes=50
    )
    booking = held(desk, session_id)
    values: dict[str, Value] = {
        "attendance": "ATT",
        "trial": "PRE",
        "mode": "PHONE",
        "minutes": 30,
        "note": "facts",
    }
    completing.complete(desk, session_id, values, outcomes=["2"])

    completing.open_again(desk, session_id)

    assert held(desk, session_id).values() == booking.values()
    assert support_tags.tags_of(desk, session_id) == ()
    completing.complete(desk, session_id, values, outcomes=["2"])
    assert support_tags.tags_of(desk, session_id) == ("2",)


def test_a_sealed_note_comes_back_as_it_was_sealed(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="THER")
    group_id = _group(desk)
    groups.join(desk, referral_id, {"group_id": group_id, "joined_on": MET})
    marks = {referral_id: "ATT"}
    registers.take_register(desk, group_id, MET, marks, {referral_id: "first words"})
    (first,) = _of(desk, referral_id)
    assert is_sealed(first.note)

    ids, _ = registers.take_register(
        desk, group_id, MET, {referral_id: "DNA"}, {referral_id: "other words"}
    )
    registers.take_back_register(desk, ids)

    assert _of(desk, referral_id) == [first]


def _group(desk: Desk) -> str:
    values: dict[str, Value] = {
        "name": "Moving on",
        "contract_id": contract_of(desk).id,
        "area": "PES_AD",
        "funded": "N",
        "weekday": "TUE",
        "starts_on": date(2018, 1, 2),
    }
    return groups.add_group(desk, values)[0]


def _of(desk: Desk, referral_id: str) -> list[Session]:
    with desk.store.reading() as rows:
        return find(rows, Session, referral_id=referral_id, held_on=MET)


def test_one_undo_of_a_register_takes_added_lines_off_and_puts_right_ones_back(
    desk: Desk,
) -> None:
    group_id = _group(desk)
    first, second = (make_episode(desk, area="PES_AD")[0] for _ in range(2))
    for each in (first, second):
        groups.join(desk, each, {"group_id": group_id, "joined_on": MET})
    registers.take_register(desk, group_id, MET, {first: "DNA"})

    ids, _ = registers.take_register(desk, group_id, MET, {first: "ATT", second: "ATT"})
    assert [s.attendance for s in _of(desk, first)] == ["ATT"]
    said = registers.take_back_register(desk, ids).said

    assert [s.attendance for s in _of(desk, first)] == ["DNA"]
    assert _of(desk, second) == []
    assert said == "Register taken back for 2 people."


def test_moving_back_gives_each_of_a_row_its_own_time_again(
    desk: Desk, before_trial: str
) -> None:
    first_day = date(2018, 5, 8)
    values = {**BOOKED, "held_on": first_day}
    planned = bookings.plan(desk, before_trial, values, Repeat("WEEKLY", 3))
    first, _ = bookings.book(desk, before_trial, values, [each.on for each in planned])
    with desk.store.reading() as rows:
        row = [s for s in find(rows, Session, referral_id=before_trial) if s.series]
    last = max(row, key=lambda s: s.held_on)
    bookings.move(desk, last.id, last.held_on, "15:00")

    ids, _ = bookings.move(
        desk, first, first_day + timedelta(days=1), "09:00", later=True
    )
    said = bookings.move_back(desk, ids).said

    days = [(held(desk, s.id).held_on, held(desk, s.id).starts_at) for s in row]
    assert sorted(days) == [
        (date(2018, 5, 8), "10:00"),
        (date(2018, 5, 15), "10:00"),
        (date(2018, 5, 22), "15:00"),
    ]
    assert said == (
        "Booking moved back to Tue 8 May 2018, 10:00. 2 later ones moved back with it."
    )


def test_a_booking_of_yesterday_that_was_moved_on_goes_back_to_yesterday(
    desk: Desk, before_trial: str
) -> None:
    yesterday = TODAY - timedelta(days=1)
    session_id = make_session(desk, before_trial, yesterday, "UNREC", starts_at="10:00")
    ids, _ = bookings.move(desk, session_id, TODAY + timedelta(days=1), "10:00")

    bookings.move_back(desk, ids)

    now = held(desk, session_id)
    assert (now.held_on, now.attendance) == (yesterday, "UNREC")
