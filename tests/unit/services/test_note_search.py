"""The search over sealed notes: what may be read, as it is now."""

import pytest

from provider_desk.model.errors import NotAllowed
from provider_desk.services.casework import referrals, sessions
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.note_search import NoteSearch
from tests.builders.casework import (
    make_client,
    make_referral,
    signed_in_as,
)
from tests.builders.counselling import PROCESS


def test_the_search_finds_words_of_ones_own_caseload(
    counsellor: Desk, colleague: Desk, lead: Desk, case: tuple[str, str, str]
) -> None:
    process_notes.write(counsellor, case[0], "The sea", PROCESS)
    mine, theirs, leads = map(NoteSearch, (counsellor, colleague, lead))

    assert [f.table for f in mine.find("FRIEND mov")] == ["session"]
    assert [f.title for f in mine.find("stíll sea")] == ["Process note: The sea"]
    assert mine.find("friend sea") == []
    assert mine.find('" OR * (') == []
    assert theirs.find("friend") == []
    assert {f.table for f in leads.find("the")} == {"session", "process_note"}
    assert mine.find("friend")[0].code


def test_the_search_follows_what_is_written_changed_and_taken_back(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    search = NoteSearch(counsellor)
    assert search.find("harbour") == []

    note_id, _ = process_notes.write(counsellor, case[0], "", "The harbour.")
    assert len(search.find("harbour")) == 1
    process_notes.continue_note(counsellor, note_id, "", "A bridge.", "misheard")
    assert search.find("harbour") == []
    assert len(search.find("bridge")) == 1
    sessions.correct_session(counsellor, case[2], {"note": "At the quay."}, "wrong")
    assert [found.row_id for found in search.find("quay")] == [case[2]]
    assert search.find("friend") == []
    process_notes.take_back(counsellor, note_id, "not needed")
    assert search.find("bridge") == []


def test_the_search_takes_in_who_comes_into_the_caseload_and_lets_go_of_who_leaves(
    desk: Desk, colleague: Desk, case: tuple[str, str, str]
) -> None:
    search = NoteSearch(colleague)
    assert search.find("friend") == []

    referrals.change_referral(desk, case[1], {"allocated_to": "CC"})
    assert len(search.find("friend")) == 1
    referrals.change_referral(desk, case[1], {"allocated_to": "CO"})
    assert search.find("friend") == []
    referrals.change_referral(desk, case[1], {"allocated_to": "CC"})
    assert len(search.find("friend")) == 1


def test_a_search_for_one_person_finds_no_other(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    process_notes.write(counsellor, case[0], "", "Of nobody else.")
    other = make_client(counsellor)
    make_referral(counsellor, other)
    process_notes.write(counsellor, other, "", "A friend of hers.")
    search = NoteSearch(counsellor)

    assert len(search.find("friend")) == 2
    assert [f.client_id for f in search.find("friend", client_id=other)] == [other]
    assert search.find("friend", client_id="0" * 32) == []


def test_a_search_that_was_let_go_of_begins_anew(
    counsellor: Desk, case: tuple[str, str, str]
) -> None:
    search = NoteSearch(counsellor)
    assert search.find("friend")

    search.forget()

    assert search.find("friend")[0].row_id == case[2]


def test_roles_without_clinical_words_search_none(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        NoteSearch(signed_in_as(desk, "ADMINISTRATOR", "AD")).find("friend")
