"""Process notes: their author and clinical leads read them."""

from datetime import date

import pytest

from provider_desk.model.errors import NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.notes import SEALED_NOTE
from provider_desk.model.views import EventKind
from provider_desk.services.casework import people, referrals, sessions
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from tests.builders.casework import (
    make_client,
    make_waiting,
)
from tests.builders.counselling import PROCESS, stands_in_the_clear


def test_author_and_lead_read_a_process_note_and_a_colleague_sees_that_it_is_there(
    desk: Desk, counsellor: Desk, colleague: Desk, lead: Desk
) -> None:
    client_id = make_client(counsellor)
    referral_id = make_waiting(counsellor, client_id)
    referrals.change_referral(desk, referral_id, {"allocated_to": "CC"})
    note_id, changed = process_notes.write(counsellor, client_id, "The sea", PROCESS)

    assert changed.said == "Process note saved and sealed."
    assert not stands_in_the_clear(desk, "The sea")
    assert not stands_in_the_clear(desk, "how still")
    for reader in (counsellor, lead):
        read = process_notes.read(reader, note_id)
        assert (read.versions[0].title, read.versions[0].text) == ("The sea", PROCESS)
        (line,) = process_notes.of_person(reader, client_id)
        assert (line.title, line.author) == ("The sea", "Somebody Counsellor")
    (line,) = process_notes.of_person(colleague, client_id)
    assert (line.title, line.author, line.readable) == (SEALED_NOTE, "", False)
    with pytest.raises(NotAllowed):
        process_notes.read(colleague, note_id)
    assert process_notes.of_person(desk, client_id) == []
    with pytest.raises(NotAllowed):
        process_notes.read(desk, note_id)


def test_process_notes_stand_on_the_time_line_of_the_team_alone(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    process_notes.write(counsellor, case[0], "The sea", PROCESS)

    def titles(who: Desk) -> list[str]:
        events = people.person(who, case[0]).events
        return [event.detail for event in events if event.kind == EventKind.NOTE]

    assert titles(counsellor) == ["The sea"]
    assert titles(desk) == []


def test_a_session_and_its_process_note_are_saved_together_or_not_at_all(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    client_id, referral_id, _ = case
    session: dict[str, Value] = {
        "held_on": date(2017, 11, 7),
        "type": "THERAPY",
        "attendance": "ATT",
    }
    session_id, _ = sessions.log_session(
        counsellor, referral_id, session, process_note=PROCESS
    )

    (line,) = process_notes.of_person(counsellor, client_id)
    assert line.session_id == session_id
    assert (line.title, line.begins) == ("", PROCESS)
    before = len(people.person(desk, client_id).events)
    with pytest.raises(NotAllowed):
        sessions.log_session(desk, referral_id, session, process_note="Mine.")
    assert len(people.person(desk, client_id).events) == before
    sessions.take_back_session(counsellor, session_id, "undone at once")
    assert process_notes.of_person(counsellor, client_id) == []


def test_a_note_is_continued_and_its_earlier_versions_stay(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    note_id, _ = process_notes.write(counsellor, case[0], "The sea", PROCESS)
    second, _ = process_notes.continue_note(
        counsellor, note_id, "The sea", f"{PROCESS} And again today."
    )
    process_notes.continue_note(
        counsellor, second, "The lake", "It was a lake.", "I had misheard"
    )

    read = process_notes.read(counsellor, note_id)

    assert [(v.version, v.title, v.reason) for v in read.versions] == [
        (3, "The lake", "I had misheard"),
        (2, "The sea", process_notes.ADDED_TO),
        (1, "The sea", ""),
    ]
    assert len(process_notes.of_person(counsellor, case[0])) == 1


def test_changing_what_stood_in_a_note_needs_a_reason(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    note_id, _ = process_notes.write(counsellor, case[0], "The sea", PROCESS)

    with pytest.raises(NotValid, match="Say why"):
        process_notes.continue_note(counsellor, note_id, "The sea", "Something else.")
    with pytest.raises(NotValid, match="Nothing was changed"):
        process_notes.continue_note(counsellor, note_id, "The sea", PROCESS, "why")


def test_nobody_continues_or_takes_back_a_colleagues_note(
    counsellor: Desk, lead: Desk, case: tuple[str, str, str]
) -> None:
    note_id, _ = process_notes.write(counsellor, case[0], "The sea", PROCESS)

    with pytest.raises(NotAllowed):
        process_notes.continue_note(lead, note_id, "x", f"{PROCESS} More.")
    with pytest.raises(NotAllowed):
        process_notes.take_back(lead, note_id, "not wanted")


def test_a_note_taken_back_is_gone_and_its_reason_sealed(
    desk: Desk, counsellor: Desk, case: tuple[str, str, str]
) -> None:
    note_id, _ = process_notes.write(counsellor, case[0], "The sea", PROCESS)

    process_notes.take_back(counsellor, note_id, "belongs to her sister")

    assert not stands_in_the_clear(desk, "sister")
    assert process_notes.of_person(counsellor, case[0]) == []
    with pytest.raises(NotFound):
        process_notes.read(counsellor, note_id)


@pytest.mark.parametrize("text", ["", "   ", "x" * (process_notes.LONGEST + 1)])
def test_an_empty_or_endless_process_note_is_refused(
    counsellor: Desk, case: tuple[str, str, str], text: str
) -> None:
    with pytest.raises(NotValid):
        process_notes.write(counsellor, case[0], "Title", text)


def test_a_process_note_of_somebody_outside_the_caseload_is_not_there(
    counsellor: Desk, colleague: Desk, case: tuple[str, str, str]
) -> None:
    note_id, _ = process_notes.write(counsellor, case[0], "The sea", PROCESS)

    with pytest.raises(NotFound):
        process_notes.read(colleague, note_id)
    with pytest.raises(NotFound):
        process_notes.write(colleague, case[0], "", "Mine.")


def test_ones_own_notes_are_listed_newest_first(
    counsellor: Desk, lead: Desk, case: tuple[str, str, str]
) -> None:
    first, _ = process_notes.write(counsellor, case[0], "First", PROCESS)
    process_notes.write(lead, case[0], "Not mine", PROCESS)
    process_notes.write(counsellor, case[0], "Second", PROCESS)
    counsellor.clock.ms += 86_400_000  # type: ignore[attr-defined]
    process_notes.continue_note(counsellor, first, "First", f"{PROCESS} More.")

    found = process_notes.mine(counsellor)

    assert [line.title for line in found.rows] == ["First", "Second"]
    assert found.rows[0].code
    assert process_notes.mine(counsellor, start=1, count=1).rows[0].title == "Second"
