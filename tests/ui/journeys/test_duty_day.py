"""A duty worker's whole day in the real window, by keyboard alone."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.records import (
    Client,
    ListReview,
    PersonMerge,
    Referral,
    RiskFlag,
    SafeContact,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from tests.builders.casework import TODAY, make_client, signed_in_as
from tests.builders.day_walk import Walk
from tests.builders.duty import NUMBER, RULE, held, waits


@pytest.fixture
def walk(qtbot: QtBot, window: MainWindow, desk: Desk) -> Walk:
    """The duty worker at the window, on Today; three people wait."""
    for name, on in (
        ("Avery Heron", date(2017, 9, 1)),
        ("Blake Heron", date(2018, 1, 8)),
        ("Casey Heron", date(2018, 2, 1)),
    ):
        waits(desk, name, on)
    window.open_desk(signed_in_as(desk, "CASEWORKER"))
    made = Walk(qtbot, window)
    made.press("Alt+1")
    return made


def test_a_duty_workers_day(
    walk: Walk, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    contacts_are_due_and_the_rule_is_in_sight(walk)
    somebody_new_is_referred(walk, desk)
    the_hub_answers_and_the_referral_is_accepted(walk, desk)
    another_is_declined_and_told_where_to_go(walk, desk)
    the_list_is_called_through(walk, desk)
    a_start_is_offered_and_answered(walk, desk)
    the_list_is_reviewed(walk, desk)
    danger_on_the_phone_stands_on_today(walk, desk)

    window.open_desk(desk)
    manager = Walk(qtbot, window)
    two_records_of_one_person_are_put_together_and_taken_apart(manager, desk)


def contacts_are_due_and_the_rule_is_in_sight(walk: Walk) -> None:
    assert "Contact due  ·  3" in walk.seen
    assert RULE in walk.seen
    assert NUMBER not in walk.seen


def somebody_new_is_referred(walk: Walk, desk: Desk) -> None:
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Avery Heron"))
    walk.wait_for("Is it somebody who is here already?")
    walk.fill(("Known as", "Robin Vale"), ("Date of birth", "5/3/1990"))
    walk.fill(("Mobile", "07700 900456"))
    walk.saved()
    (robin,) = held(desk, Client, known_as="Robin Vale")
    assert robin.born_on == date(1990, 3, 5)

    walk.deed(
        deeds.SAFE_CONTACT,
        ("Channel", "mobile|"),
        ("Is it safe", "safe with|"),
        ("Code word", "kingfisher"),
    )
    (way,) = held(desk, SafeContact, client_id=robin.id)
    assert (way.permission, way.code_word) == ("YES_RULES", "kingfisher")

    walk.deed(deeds.NEW_REFERRAL, ("Service area", "adults|"), ("Referred by", "gp|"))
    (referral,) = held(desk, Referral, client_id=robin.id)
    assert (referral.area, referral.source) == ("PES_AD", "GP")
    assert referral.decision == "PENDING"


def the_hub_answers_and_the_referral_is_accepted(walk: Walk, desk: Desk) -> None:
    walk.deed(deeds.HUB_ANSWER, ("With the hub", "allocated to this|"))
    walk.deed(deeds.DECIDE)
    (robin,) = held(desk, Client, known_as="Robin Vale")
    (referral,) = held(desk, Referral, client_id=robin.id)
    assert (referral.hub_status, referral.decision) == ("ALLOCATED_HERE", "ACCEPTED")
    assert held(desk, WaitingEntry, referral_id=referral.id) != []

    walk.deed(deeds.REFERRER_TOLD)
    (referral,) = held(desk, Referral, client_id=robin.id)
    assert referral.referrer_updated_on == TODAY


def another_is_declined_and_told_where_to_go(walk: Walk, desk: Desk) -> None:
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Sasha Elm"), ("Year of birth", "1985"))
    walk.saved()
    walk.deed(deeds.NEW_REFERRAL, ("Service area", "adults|"))
    walk.ask(deeds.DECIDE)
    walk.fill(("Decision", "declined|"), ("Why declined", "resident|"))
    walk.fill(("Signposted to", "Invented Centre"))
    walk.saved()
    (sasha,) = held(desk, Client, known_as="Sasha Elm")
    (referral,) = held(desk, Referral, client_id=sasha.id)
    assert (referral.decision, referral.signposted_to) == (
        "DECLINED",
        "Invented Centre",
    )


def the_list_is_called_through(walk: Walk, desk: Desk) -> None:
    walk.press("Alt+3")
    walk.do(deeds.CALL_THROUGH)
    assert RULE in walk.panel
    assert NUMBER not in walk.panel
    walk.press("Return")
    assert NUMBER in walk.panel
    walk.press("1")
    walk.type("Doing well")
    walk.saved()
    walk.press("Return", "3")
    walk.saved()
    walk.do(deeds.SKIP)
    walk.do(deeds.SKIP)
    assert "1 reached, 1 try without reaching" in walk.panel
    walk.leave()
    assert sorted(each.result for each in held(desk, WaitingContact)) == [
        "NO_ANSWER",
        "SPOKE",
    ]


def a_start_is_offered_and_answered(walk: Walk, desk: Desk) -> None:
    walk.find("Avery")
    walk.deed(deeds.OFFER)
    walk.deed(deeds.ANSWER_OFFER, ("Answer", "accept|"))
    (offer,) = held(desk, WaitingOffer)
    assert offer.response == "ACCEPTED"
    walk.undo()
    (offer,) = held(desk, WaitingOffer)
    assert offer.response == "PENDING"


def the_list_is_reviewed(walk: Walk, desk: Desk) -> None:
    walk.press("Alt+3")
    walk.do(deeds.REVIEW_LIST)
    walk.save()
    walk.press("Return", "1")
    walk.saved()
    walk.press("Return", "3")
    walk.type("Invented Centre")
    walk.saved()
    assert {each.outcome for each in held(desk, ListReview)} == {"KEEP", "REDIRECT"}
    left = [each for each in held(desk, WaitingEntry) if each.removed_on]
    assert [each.removal_reason for each in left] == ["ELSEWHERE"]
    walk.leave()
    walk.leave()


def danger_on_the_phone_stands_on_today(walk: Walk, desk: Desk) -> None:
    walk.find("Casey")
    walk.deed(
        deeds.RISK,
        ("How grave", "act now|"),
        ("What the concern is", "Said she is not safe tonight (invented)."),
        ("Plan", "Ring again at six."),
        ("Review on", "+1"),
    )
    (flag,) = held(desk, RiskFlag)
    assert flag.level == "URGENT"
    walk.press("Alt+1")
    assert "Urgent risk  ·  1" in walk.seen


def two_records_of_one_person_are_put_together_and_taken_apart(
    walk: Walk, desk: Desk
) -> None:
    make_client(desk, known_as="Casey Herron")
    walk.find("Casey Heron")
    walk.ask(deeds.MERGE_PEOPLE)
    walk.type("Herron")
    walk.press("Return")
    walk.saved()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on is None
    walk.undo()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on == TODAY
    assert len(held(desk, Client)) == 6
