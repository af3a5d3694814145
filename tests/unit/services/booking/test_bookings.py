"""Bookings in a row: saved, moved, cancelled and taken back as one."""

from datetime import date

import pytest

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Pause, Session
from provider_desk.services import saving
from provider_desk.services.casework import sessions
from provider_desk.services.casework.booking import bookings, completing, week
from provider_desk.services.casework.booking.repeating import Repeat
from provider_desk.services.casework.history import history
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)

#: Of the invented booking: the Tuesday after the day of the tests.
FIRST = date(2018, 5, 8)
BOOKING: dict[str, Value] = {
    "held_on": FIRST,
    "starts_at": "10:00",
    "type": "THERAPY",
    "mode": "F2F",
    "minutes": 50,
    "worker": "RI",
}


@pytest.fixture
def referral_id(desk: Desk) -> str:
    """Somebody in support since October."""
    return make_episode(desk, area="PES_AD")[0]


def booked(desk: Desk, referral_id: str) -> list[Session]:
    with desk.store.reading() as rows:
        held = find(rows, Session, referral_id=referral_id)
    return sorted((s for s in held if s.held_on > TODAY), key=lambda s: s.held_on)


def row_of(desk: Desk, referral_id: str, count: int = 3) -> list[Session]:
    planned = bookings.plan(desk, referral_id, BOOKING, Repeat("WEEKLY", count))
    days = [each.on for each in planned if each.kept]
    bookings.book(desk, referral_id, BOOKING, days)
    return booked(desk, referral_id)


def resting(desk: Desk, referral_id: str) -> None:
    with desk.store.reading() as rows:
        episode_id = find(rows, Session, referral_id=referral_id)[0].episode_id
    with desk.store.writing("pause") as deed:
        values: dict[str, Value] = {
            "episode_id": episode_id,
            "from_on": TODAY,
            "back_by": date(2018, 5, 12),
            "reason": "OTHER",
        }
        saving.add(desk, deed, Pause, values)


def test_a_row_of_bookings_is_one_deed_and_one_undo_takes_all(
    desk: Desk, referral_id: str
) -> None:
    days = [FIRST, date(2018, 5, 15), date(2018, 5, 22)]

    first, changed = bookings.book(desk, referral_id, BOOKING, days)

    held = booked(desk, referral_id)
    assert [each.held_on for each in held] == days
    assert {each.attendance for each in held} == {"BOOKED"}
    assert len({each.series for each in held}) == 1
    assert held[0].series
    assert changed.said == "3 sessions booked: Tue 8 May 2018 to Tue 22 May 2018."

    said = bookings.take_back_bookings(desk, first).said

    assert said == "3 bookings taken back."
    assert booked(desk, referral_id) == []


def test_a_single_booking_is_in_no_row(desk: Desk, referral_id: str) -> None:
    first, _ = bookings.book(desk, referral_id, BOOKING, [FIRST])

    assert booked(desk, referral_id)[0].series == ""
    assert bookings.later_ones(desk, first) == 0


def test_a_bank_holiday_and_a_pause_are_left_out_with_a_word(
    desk: Desk, referral_id: str
) -> None:
    resting(desk, referral_id)
    monday: dict[str, Value] = {**BOOKING, "held_on": date(2018, 5, 7)}

    planned = bookings.plan(desk, referral_id, monday, Repeat("WEEKLY", 5))

    assert [(each.on.day, each.kept) for each in planned] == [
        (7, False),
        (14, True),
        (21, True),
        (28, False),
        (4, True),
    ]
    assert planned[0].words == (
        "bank holiday: Early May bank holiday; the episode is paused until "
        "Sat 12 May 2018"
    )
    assert planned[3].words == "bank holiday: Spring bank holiday"


def test_double_booking_of_worker_or_person_is_pointed_out_and_saved(
    desk: Desk, referral_id: str
) -> None:
    other, _ = make_episode(desk)
    make_session(desk, other, FIRST, "BOOKED", starts_at="10:30")
    make_session(desk, referral_id, FIRST, "BOOKED", starts_at="09:30", worker="XY")
    make_session(desk, other, FIRST, "BOOKED", starts_at="10:50", type="REVIEW")

    (planned,) = bookings.plan(desk, referral_id, BOOKING, Repeat())
    _, changed = bookings.book(desk, referral_id, BOOKING, [FIRST])

    assert planned.kept
    assert set(planned.words.split("; ")) == {
        "RI has another session at 10:30",
        "the person has another session at 09:30",
    }
    told = " ".join(each.text for each in changed.warnings)
    assert "RI has another session at 10:30" in told
    assert all(each.severity == "warn" for each in changed.warnings)


def test_a_move_is_a_correction_with_a_reason_nobody_types(
    desk: Desk, referral_id: str
) -> None:
    first, second, third = row_of(desk, referral_id)

    bookings.move(desk, first.id, date(2018, 5, 9), "14:00")

    moved = booked(desk, referral_id)[0]
    assert (moved.held_on, moved.starts_at) == (date(2018, 5, 9), "14:00")
    assert history(desk, "session", first.id)[-1].reason == "booking moved"
    assert [s.held_on for s in booked(desk, referral_id)[1:]] == [
        second.held_on,
        third.held_on,
    ]


def test_this_one_and_all_later_ones_move_and_move_back(
    desk: Desk, referral_id: str
) -> None:
    row = row_of(desk, referral_id, 4)

    _, changed = bookings.move(desk, row[1].id, date(2018, 5, 17), "11:00", later=True)

    held = booked(desk, referral_id)
    assert [s.held_on.day for s in held] == [8, 17, 24, 31]
    assert [s.starts_at for s in held] == ["10:00", "11:00", "11:00", "11:00"]
    assert "2 later ones moved with it" in changed.said
    bookings.move(desk, row[1].id, row[1].held_on, row[1].starts_at, later=True)
    assert [s.held_on.day for s in booked(desk, referral_id)] == [8, 15, 22, 29]


def test_a_row_that_comes_to_lie_on_a_bank_holiday_or_in_a_pause_says_so(
    desk: Desk, referral_id: str
) -> None:
    row = row_of(desk, referral_id, 2)
    resting(desk, referral_id)
    monday = date(2018, 5, 21)

    _, changed = bookings.move(desk, row[0].id, monday, "10:00", later=True)
    _, again = bookings.move(desk, row[0].id, monday, "11:00", later=True)

    (warning,) = changed.warnings
    assert warning.text == "Mon 28 May 2018: bank holiday: Spring bank holiday."
    assert again.warnings == ()
    _, paused = bookings.move(desk, row[0].id, date(2018, 5, 9), "11:00")
    (warning,) = paused.warnings
    assert "the episode is paused until Sat 12 May 2018" in warning.text


def test_cancelling_this_and_later_ones_gives_each_its_own_notice(
    desk: Desk, referral_id: str
) -> None:
    bookings.book(desk, referral_id, BOOKING, [date(2018, 5, 2), date(2018, 5, 9)])
    first = booked(desk, referral_id)[0]
    values: dict[str, Value] = {"attendance": "CX_CLIENT_LATE", "cancel_reason": "ILL"}

    ids, changed = bookings.cancel(desk, first.id, values, later=True)

    held = booked(desk, referral_id)
    assert [s.attendance for s in held] == ["CX_CLIENT_LATE", "CX_CLIENT"]
    assert [s.cancel_reason for s in held] == ["ILL", "ILL"]
    assert changed.said == "Cancelled late by the person: 2 sessions."
    bookings.book_again(desk, ids)
    held = booked(desk, referral_id)
    assert [s.attendance for s in held] == ["BOOKED", "BOOKED"]
    assert [s.cancel_reason for s in held] == [None, None]


def test_what_took_place_is_neither_moved_nor_cancelled(
    desk: Desk, referral_id: str
) -> None:
    session_id = make_session(desk, referral_id, date(2018, 4, 24))

    with pytest.raises(NotValid, match="no booking any more: came"):
        bookings.move(desk, session_id, FIRST, "10:00")
    with pytest.raises(NotValid, match="no booking any more"):
        bookings.cancel(desk, session_id, {"attendance": "CX_PROV"})
    with pytest.raises(NotValid, match="not cancelled"):
        bookings.book_again(desk, session_id)


def test_a_past_day_is_not_booked_and_no_day_is_nothing(
    desk: Desk, referral_id: str
) -> None:
    with pytest.raises(NotValid, match="is past"):
        bookings.book(desk, referral_id, BOOKING, [date(2018, 4, 30)])
    with pytest.raises(NotValid, match="No day is left"):
        bookings.book(desk, referral_id, BOOKING, [])
    with pytest.raises(NotValid, match="Say who cancelled"):
        bookings.cancel(desk, referral_id, {"attendance": "DNA"})


def test_a_booked_session_is_completed_in_place(desk: Desk, referral_id: str) -> None:
    session_id = make_session(
        desk, referral_id, TODAY, "BOOKED", starts_at="10:00", trial="PRE"
    )

    _, changed = completing.complete(
        desk, session_id, {"attendance": "ATT", "note": "facts"}, outcomes=["2"]
    )
    completing.complete(desk, session_id, {"attendance": "ATT_LATE"}, outcomes=["2"])

    with desk.store.reading() as rows:
        held = get(rows, Session, session_id)
        assert len(find(rows, Session, referral_id=referral_id)) == 2
    assert (held.attendance, held.trial, held.starts_at) == ("ATT_LATE", "PRE", "10:00")
    assert changed.said == "Session saved for I-0001: Came, Tue 1 May 2018."
    completing.open_again(desk, session_id)
    assert completing.booked(desk, session_id).attendance == "ATT"


def test_a_booking_is_future_and_lacks_its_outcome_once_it_is_past(
    desk: Desk, referral_id: str
) -> None:
    bookings.book(desk, referral_id, BOOKING, [FIRST])
    assert sessions.unrecorded(desk).total == 0

    desk.clock.ms += 14 * 86_400_000  # type: ignore[attr-defined]

    assert sessions.unrecorded(desk).total == 1


def test_nobody_books_for_or_moves_somebody_elses_person(
    desk: Desk, referral_id: str
) -> None:
    (first,) = row_of(desk, referral_id, 1)
    other = signed_in_as(desk, "COUNSELLOR", "CO")

    with pytest.raises(NotFound):
        bookings.plan(other, referral_id, BOOKING, Repeat())
    with pytest.raises(NotFound):
        bookings.book(other, referral_id, BOOKING, [FIRST])
    with pytest.raises(NotFound):
        bookings.move(other, first.id, FIRST, "11:00")
    with pytest.raises(NotFound):
        bookings.cancel(other, first.id, {"attendance": "CX_PROV"})
    with pytest.raises(NotFound):
        completing.complete(other, first.id, {"attendance": "CX_PROV"})
    assert week.week(other, FIRST).sessions == ()


def test_a_repeat_until_a_day_and_a_client_without_a_time(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, make_client(desk))
    values: dict[str, Value] = {**BOOKING, "starts_at": None}

    planned = bookings.plan(
        desk, referral_id, values, Repeat("FORTNIGHTLY", until=date(2018, 6, 20))
    )

    assert [each.on for each in planned] == [
        FIRST,
        date(2018, 5, 22),
        date(2018, 6, 5),
        date(2018, 6, 19),
    ]
    assert [each.words for each in planned] == [""] * 4
