"""Values, then rules, then the store; history tells what came of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.records import Client, Referral, Session
from provider_desk.services import saving
from provider_desk.services.casework import people, search_text, sessions
from provider_desk.services.casework.history import history
from provider_desk.services.desk import Desk
from provider_desk.store.records import get
from tests.builders.casework import TODAY, make_client, make_episode, make_session


def test_blanks_go_and_what_is_left_empty_takes_its_default() -> None:
    kept = saving.tidied(
        Referral, {"source": "", "note": "  two words \n", "held_by": None, "area": ""}
    )

    assert kept == {"source": "NK", "note": "two words", "held_by": "", "area": ""}


def test_a_check_looks_at_the_record_as_it_would_be(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(desk, referral_id, date(2017, 10, 10))

    with desk.store.reading() as rows:
        fine = saving.check(desk, rows, Session, {"minutes": 30}, session_id)
        early = saving.check(
            desk, rows, Session, {"held_on": date(2017, 8, 31)}, session_id
        )
        with pytest.raises(NotFound):
            saving.check(desk, rows, Session, {"minutes": 30}, "0" * 32)

    assert fine == []
    assert [(each.field, each.severity) for each in early] == [("held_on", "stop")]


def test_saving_what_is_so_already_writes_no_history(desk: Desk) -> None:
    client_id = make_client(desk, known_as="Same")

    changed = people.change_person(desk, client_id, {"known_as": " Same "})

    assert not changed.touches("client")
    assert len(history(desk, "client", client_id)) == 1


def test_a_field_that_can_be_empty_is_emptied(desk: Desk) -> None:
    client_id = make_client(desk, mobile="07700 900123", born_on=date(1980, 9, 5))

    people.change_person(desk, client_id, {"mobile": "", "born_on": None})

    with desk.store.reading() as rows:
        held = get(rows, Client, client_id)
    assert (held.mobile, held.born_on) == ("", None)


def test_history_tells_who_what_before_and_why(desk: Desk, clock: FixedClock) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    session_id = make_session(desk, referral_id, date(2017, 10, 10), "UNREC")
    clock.ms += 3_600_000

    sessions.record_attendance(desk, session_id, "DNA")
    sessions.correct_session(desk, session_id, {"attendance": "ATT"}, "was late, seen")

    first, marked, corrected = history(desk, "session", session_id)
    assert (first.deed, first.by) == ("log session", "Robin Invented")
    assert ("Attendance", "", "Not recorded yet") in first.fields
    assert marked.reason == "recorded afterwards"
    assert marked.at_ms - first.at_ms == 3_600_000
    assert corrected.reason == "was late, seen"
    assert corrected.fields == (("Attendance", "Did not come, no message", "Came"),)


def test_warnings_are_saved_with_and_stops_are_not(desk: Desk) -> None:
    _, changed = people.add_person(desk, {"known_as": "Ageless"})
    with pytest.raises(NotValid):
        people.add_person(desk, {"known_as": "Later", "born_on": date(2019, 1, 1)})

    assert [each.severity for each in changed.warnings] == ["warn"]
    assert people.search(desk, "ageless").total == 1
    assert people.search(desk, "later").total == 0


@given(st.text(max_size=30))
def test_no_search_text_breaks_the_search(desk: Desk, text: str) -> None:
    page = people.search(desk, text)

    assert page.total >= 0
    assert len(page.rows) <= 50


@given(st.dates(min_value=date(1930, 1, 1), max_value=TODAY))
def test_every_way_to_write_a_birthday_is_that_day(born: date) -> None:
    for text in (
        f"{born.day}/{born.month}/{born.year}",
        f"{born:%d.%m.%Y}",
        f"{born:%Y-%m-%d}",
        f"{born.day} {born:%b %Y}",
        f"{born:%d %B %Y}",
    ):
        assert search_text.read(text, TODAY).born == born
        assert search_text.read(f"zoe {text}", TODAY).words == ("zoe",)
