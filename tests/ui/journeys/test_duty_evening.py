"""What else a duty worker's day brings, by keyboard alone, and how it is taken back.

Nobody found, a start declined and offered again, calls that reach nobody, a place
given up, a letter posted.
"""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.records import (
    Client,
    ListReview,
    Referral,
    SafeContact,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.services.casework import people
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from tests.builders.casework import signed_in_as
from tests.builders.day_walk import Walk
from tests.builders.duty import NUMBER, held, waits
from tests.builders.windows import view_of


@pytest.fixture
def walk(qtbot: QtBot, window: MainWindow, desk: Desk) -> Walk:
    """The duty worker at the window; four people wait, one may get a letter."""
    for name, on in (
        ("Avery Heron", date(2017, 9, 1)),
        ("Blake Heron", date(2018, 1, 8)),
        ("Casey Heron", date(2018, 2, 1)),
    ):
        waits(desk, name, on)
    devon = waits(desk, "Devon Heron", date(2018, 2, 2))
    where = {"address": "1 Invented Row", "postcode": "S60 1AA"}
    people.change_person(desk, devon, where)
    set_safe_contact(desk, devon, "LETTER", {"permission": "YES"})
    window.open_desk(signed_in_as(desk, "CASEWORKER"))
    return Walk(qtbot, window)


def test_nobody_is_found_and_help_is_near(walk: Walk) -> None:
    walk.press("Ctrl+K", "Ctrl+A")
    walk.type("Nobody Atall")
    walk.press("Return")
    assert "Add a person" in walk.panel
    assert (walk.heard, walk.typed) == ("Known as, optional", "Nobody Atall")
    walk.leave()
    assert walk.panel == ""
    walk.press("Alt+3", "F1")
    assert walk.heard == "Help text"
    walk.leave()
    assert "4 people are waiting" in walk.seen


def test_a_new_person_is_taken_back_deed_by_deed(walk: Walk, desk: Desk) -> None:
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Jo Wren"), ("Year of birth", "1979"))
    walk.saved()
    (jo,) = held(desk, Client, known_as="Jo Wren")
    mobile = (("Channel", "mobile|"), ("Is it safe", "safe with|"))
    walk.deed(deeds.SAFE_CONTACT, *mobile, ("Code word", "wren"))
    walk.undo()
    assert all(not way.code_word for way in held(desk, SafeContact, client_id=jo.id))
    walk.deed(deeds.NEW_REFERRAL, ("Service area", "adults|"))
    walk.deed(deeds.HUB_ANSWER, ("With the hub", "allocated to this|"))
    walk.undo()
    (referral,) = held(desk, Referral, client_id=jo.id)
    assert referral.hub_status != "ALLOCATED_HERE"
    walk.deed(deeds.DECIDE)
    assert len(held(desk, WaitingEntry, referral_id=referral.id)) == 1
    walk.undo()
    assert held(desk, WaitingEntry, referral_id=referral.id) == []
    walk.deed(deeds.REFERRER_TOLD)
    walk.undo()
    (referral,) = held(desk, Referral, client_id=jo.id)
    assert (referral.decision, referral.referrer_updated_on) == ("PENDING", None)


def test_a_start_is_declined_and_offered_again(walk: Walk, desk: Desk) -> None:
    walk.find("Avery")
    walk.deed(deeds.OFFER)
    walk.undo()
    assert held(desk, WaitingOffer) == []
    walk.deed(deeds.OFFER)
    walk.deed(deeds.ANSWER_OFFER, ("Answer", "decline|"))
    assert [each.response for each in held(desk, WaitingOffer)] == ["DECLINED"]
    assert [e for e in held(desk, WaitingEntry) if e.removed_on] == []
    walk.deed(deeds.OFFER)
    walk.deed(deeds.ANSWER_OFFER, ("Answer", "accept|"))
    answers = sorted(str(each.response) for each in held(desk, WaitingOffer))
    assert answers == ["ACCEPTED", "DECLINED"]


def test_calls_that_reach_nobody(walk: Walk, desk: Desk) -> None:
    """The rule first; the number after Enter; then a digit."""
    (blake,) = held(desk, Client, known_as="Blake Heron")
    set_safe_contact(desk, blake.id, "VOICEMAIL", {"permission": "YES"})
    walk.press("Alt+3")
    walk.do(deeds.CALL_THROUGH)
    for digit, result in (("3", "NO_ANSWER"), ("4", "VOICEMAIL"), ("6", "NOT_SAFE")):
        assert NUMBER not in walk.panel
        walk.press("Return")
        assert NUMBER in walk.panel
        walk.press(digit)
        walk.saved()
        assert result in {each.result for each in held(desk, WaitingContact)}
    walk.do(deeds.SKIP)
    assert "0 reached, 3 tries without reaching" in walk.panel
    walk.leave()
    walk.undo()
    results = {each.result for each in held(desk, WaitingContact)}
    assert results == {"NO_ANSWER", "VOICEMAIL"}


def test_a_message_is_left_only_where_that_was_agreed(walk: Walk, desk: Desk) -> None:
    """And what is typed stays in sight when the draft is taken up again."""
    (avery,) = held(desk, Client, known_as="Avery Heron")
    for channel in ("TEXT", "EMAIL", "VOICEMAIL"):
        set_safe_contact(desk, avery.id, channel, {"permission": "NO"})
    walk.press("Alt+3")
    walk.do(deeds.CALL_THROUGH)
    walk.press("Return", "4")
    walk.type("Rang at")
    walk.leave()
    walk.do(deeds.CALL_THROUGH)
    assert walk.heard.startswith("Note")
    assert walk.in_sight
    walk.type(" six")
    walk.save()
    assert "Voicemail is not marked safe for this person" in walk.panel
    assert held(desk, WaitingContact) == []
    walk.press("3")
    walk.saved()
    (contact,) = held(desk, WaitingContact)
    assert (contact.result, contact.note) == ("NO_ANSWER", "Rang at six")


def test_a_place_is_given_up_and_had_back(walk: Walk, desk: Desk) -> None:
    walk.find("Blake")
    walk.deed(deeds.REVIEW_PLACE, ("Outcome", "does not want|"))
    (review,) = held(desk, ListReview)
    assert review.outcome == "WITHDRAW"
    assert len([e for e in held(desk, WaitingEntry) if e.removed_on]) == 1
    walk.undo()
    assert held(desk, ListReview) == []
    assert [e for e in held(desk, WaitingEntry) if e.removed_on] == []


def test_a_letter_is_posted(walk: Walk, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    before = len(held(desk, WaitingContact))
    walk.press("Alt+3", "F7")
    walk.fill(("Number to ring", NUMBER), ("Whom to ask for", "Sam"))
    walk.tab_to("Folder")
    walk.press("Ctrl+A")
    walk.type(str(folder))
    walk.save()
    (letter,) = folder.iterdir()
    assert letter.read_bytes().startswith(b"%PDF")
    assert "Heron" not in letter.name
    assert len(held(desk, WaitingContact)) == before
    walk.tab_to("They were posted today")
    walk.press("Space")
    assert view_of(walk.window).panel is None
    sent = held(desk, WaitingContact, method="LETTER")
    assert [each.result for each in sent] == ["SENT"]
    walk.undo()
    assert len(held(desk, WaitingContact)) == before


def test_tab_goes_from_the_number_to_the_result(walk: Walk) -> None:
    walk.press("Alt+3")
    walk.do(deeds.CALL_THROUGH)
    assert walk.heard.startswith("Show the number")
    walk.press("Tab")
    assert walk.heard.startswith("Result")
