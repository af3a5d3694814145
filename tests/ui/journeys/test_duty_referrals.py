"""A duty worker takes a referral by phone, by keyboard alone, from the sign-in page on.

Nobody is found, somebody is added and had back, what was typed twice is put together,
and a round of reviews is taken back within the round.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.records import (
    Client,
    ListReview,
    PersonMerge,
    Referral,
    WaitingEntry,
)
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import signed_in_as
from tests.builders.day_walk import Walk
from tests.builders.desks import MANAGER, PASSWORD
from tests.builders.duty import held, waits
from tests.builders.entering import Entrance

WRONG = "not the right words at all"


@pytest.fixture
def entrance(
    qtbot: QtBot,
    light: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Entrance]:
    """A desk that somebody made and closed; the program asks who wants in."""
    del light
    made = Entrance(qtbot, tmp_path, preferences, clock)
    made.make().close()
    yield made
    made.close()


@pytest.fixture
def walk(qtbot: QtBot, window: MainWindow, desk: Desk) -> Walk:
    """The duty worker at the window; three people wait."""
    for name, on in (
        ("Avery Heron", date(2017, 9, 1)),
        ("Blake Heron", date(2018, 1, 8)),
        ("Casey Heron", date(2018, 2, 1)),
    ):
        waits(desk, name, on)
    window.open_desk(signed_in_as(desk, "CASEWORKER"))
    return Walk(qtbot, window)


def test_the_day_begins_at_the_sign_in_page(qtbot: QtBot, entrance: Entrance) -> None:
    entrance.page.prepare()
    walk = Walk(qtbot, entrance.window)
    walk.tab_to("Name")
    walk.press("Ctrl+A")
    walk.type(MANAGER, WRONG)
    walk.press("Return")
    assert "do not open the desk" in walk.seen
    assert entrance.window.view is None

    walk.tab_to("Password")
    walk.press("Ctrl+A")
    walk.type(PASSWORD)
    walk.press("Return")
    assert entrance.desk().user.name == MANAGER
    assert "Today" in walk.seen


def test_somebody_added_by_mistake_is_had_back_at_once(walk: Walk, desk: Desk) -> None:
    before = len(held(desk, Client))
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Jo Wren"), ("Year of birth", "1979"))
    walk.saved()
    assert len(held(desk, Client, known_as="Jo Wren")) == 1
    walk.undo()
    assert len(held(desk, Client)) == before
    assert "Jo Wren" not in walk.seen


def test_a_referral_typed_by_mistake_is_had_back_at_once(
    walk: Walk, desk: Desk
) -> None:
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Jo Wren"), ("Year of birth", "1979"))
    walk.saved()
    (jo,) = held(desk, Client, known_as="Jo Wren")
    walk.ask(deeds.NEW_REFERRAL)
    walk.fill(("Service area", "adults|"), ("Received on", "+2"))
    walk.save()
    assert "lies ahead of today" in walk.panel
    assert held(desk, Referral, client_id=jo.id) == []

    walk.fill(("Received on", "-5"), ("With the hub", "sent, awaiting|"))
    walk.saved()
    assert len(held(desk, Referral, client_id=jo.id)) == 1
    walk.undo()
    assert held(desk, Referral, client_id=jo.id) == []
    assert "No referral yet" in walk.seen


def test_who_was_added_twice_is_put_together_at_once(
    qtbot: QtBot, window: MainWindow, walk: Walk, desk: Desk
) -> None:
    """The warning is passed over; then the twin is offered first."""
    window.open_desk(desk)
    walk = Walk(qtbot, window)
    before = len(held(desk, Client))
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Blake Heron"))
    walk.wait_for("Is it somebody who is here already?")
    walk.saved()
    assert len(held(desk, Client, known_as="Blake Heron")) == 2

    walk.ask(deeds.MERGE_PEOPLE)
    walk.type("Blake Heron")
    walk.press("Return")
    assert "What moves over" in walk.panel
    walk.saved()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on is None
    assert len(held(desk, Client)) == before
    walk.press("Alt+3")
    assert "3 people are waiting" in walk.seen

    walk.find("Blake Heron")
    walk.undo()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on is not None
    assert len(held(desk, Client)) == before + 1


def test_a_review_is_taken_back_within_its_round(walk: Walk, desk: Desk) -> None:
    def left() -> list[WaitingEntry]:
        return [each for each in held(desk, WaitingEntry) if each.removed_on]

    walk.press("Alt+3")
    walk.do(deeds.REVIEW_LIST)
    walk.save()
    assert "Avery Heron" in walk.panel
    walk.save()
    assert "Outcome is needed" in walk.panel
    walk.press("4")
    walk.saved()
    assert "Blake Heron" in walk.panel
    assert [each.outcome for each in held(desk, ListReview)] == ["WITHDRAW"]
    assert len(left()) == 1

    walk.undo()
    assert held(desk, ListReview) == []
    assert left() == []
    assert "3 people are waiting" in walk.seen
    walk.do(deeds.BEFORE)
    assert "Avery Heron" in walk.panel
    walk.press("Return", "1")
    walk.saved()
    assert [each.outcome for each in held(desk, ListReview)] == ["KEEP"]
    assert left() == []


def test_somebody_who_left_the_list_is_put_back_on_another_day(
    walk: Walk, desk: Desk
) -> None:
    walk.find("Casey Heron")
    walk.ask(deeds.LEAVE_LIST)
    walk.save()
    assert "Say why the person leaves the list" in walk.panel
    walk.fill(("Why they left", "no longer|"))
    walk.saved()
    walk.press("Alt+3")
    assert "2 people are waiting" in walk.seen

    walk.find("Casey Heron")
    walk.tab_to("Find in the time line")
    walk.type("left the waiting")
    walk.tab_to("Time line")
    walk.press("Home", "Return")
    walk.tab_to("Back on the list")
    walk.press("Space")
    walk.fill(("Why", "Wants to come after all"))
    walk.saved()
    assert [each for each in held(desk, WaitingEntry) if each.removed_on] == []
    walk.press("Alt+3")
    assert "3 people are waiting" in walk.seen


def test_a_day_that_there_is_not_changes_no_list_and_is_told_beside_its_field(
    walk: Walk,
) -> None:
    walk.press("Alt+3")
    walk.tab_to("As of")
    walk.press("Ctrl+A")
    walk.type("31/9/2017")
    walk.press("Return")
    assert "“31/9/2017” is not a date" in walk.seen
    walk.press("Ctrl+A")
    walk.type("31/12/2017")
    walk.press("Return")
    walk.wait_for("As of Sun 31 Dec 2017")
    assert "is not a date" not in walk.seen
