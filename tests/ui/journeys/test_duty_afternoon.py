"""A duty worker's afternoon by keyboard alone: what a day brings besides.

The list sorted, people who can't be reached, who is referred again and steps up,
somebody who does not want to come, papers, another day's list, and the lock.
"""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.records import (
    Client,
    PersonMerge,
    Phase,
    Provider,
    Referral,
    Triage,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.services.casework import episodes
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.ending import Locked, Why
from provider_desk.ui.main_window import MainWindow
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.day_walk import Walk
from tests.builders.duty import NUMBER, held, waits
from tests.builders.keys import KEY
from tests.builders.windows import new_window, opened_again

HALF = "She rang back, but the line"
LATER = " (taken up again)"


class Ended:
    """An ending of the process that only remembers why."""

    def __init__(self) -> None:
        self.why: list[Why] = []

    def end(self, locked: Locked) -> None:
        """Remember it."""
        self.why.append(locked.why)


@pytest.fixture
def dana(desk: Desk) -> str:
    """Somebody whom the duty worker supported until a step-down; the episode's id."""
    client_id = make_client(desk, known_as="Dana Heron")
    received_on, began = date(2017, 9, 1), date(2017, 10, 3)
    referral_id = make_waiting(desk, client_id, received_on=received_on, area="PES_AD")
    make_session(desk, referral_id, began, type="SUPPORT", worker="OT")
    episode_id = episode_of(desk, referral_id).id
    episodes.step_down(desk, episode_id, {"started_on": date(2018, 2, 1)})
    episodes.close_episode(
        desk, episode_id, {"reason": "STEPDOWN_DONE", "closed_on": date(2018, 4, 3)}
    )
    return episode_id


@pytest.fixture
def walk(qtbot: QtBot, window: MainWindow, desk: Desk, dana: str) -> Walk:
    """The manager at the window; three people wait, one without a safe number."""
    del dana
    waits(desk, "Avery Heron", date(2017, 9, 1), "NO")
    waits(desk, "Blake Heron", date(2018, 1, 8))
    casey = waits(desk, "Casey Heron", date(2018, 2, 1))
    set_safe_contact(desk, casey, "VOICEMAIL", {"permission": "YES"})
    return Walk(qtbot, window)


def test_a_duty_workers_afternoon(
    walk: Walk,
    desk: Desk,
    dana: str,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    the_manager_lets_the_list_be_sorted(walk, desk)
    two_records_are_put_together(walk, desk)

    duty = signed_in_as(desk, "CASEWORKER")
    window.open_desk(duty)
    walk = Walk(qtbot, window)
    somebody_is_to_start_sooner(walk, desk)
    nobody_is_phoned_where_it_is_not_safe(walk, desk)
    half_a_call_is_kept_for_the_round(walk, desk)
    somebody_does_not_want_to_come(walk, desk)
    somebody_steps_up_and_somebody_is_referred_again(walk, desk, dana)
    papers_are_made(walk, desk, tmp_path / "papers")
    the_list_of_another_day(walk)

    window.open_desk(desk)
    the_records_are_taken_apart_on_another_day(Walk(qtbot, window), desk)

    window.open_desk(duty)
    locked_with_words_that_are_not_saved(
        Walk(qtbot, window), duty, qtbot, tmp_path / "again.ini"
    )


def the_manager_lets_the_list_be_sorted(walk: Walk, desk: Desk) -> None:
    walk.press("Alt+9")
    for once_more in (True, False):
        assert held(desk, Provider)[0].triage is None
        walk.tab_to("Sort the waiting list")
        walk.press("Left", "Left", "Space")
        assert walk.heard.endswith("Yes")
        walk.save()
        assert held(desk, Provider)[0].triage == "Y"
        if once_more:
            walk.undo()


def two_records_are_put_together(walk: Walk, desk: Desk) -> None:
    make_client(desk, known_as="Casey Herron")
    walk.find("Casey Heron")
    walk.ask(deeds.MERGE_PEOPLE)
    walk.type("Herron")
    walk.press("Return")
    walk.saved()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on is None


def somebody_is_to_start_sooner(walk: Walk, desk: Desk) -> None:
    walk.find("Casey")
    walk.deed(deeds.TRIAGE, ("How soon", "as soon|"), ("Why", "Sleeps in a car."))
    (triage,) = held(desk, Triage)
    assert (triage.level, triage.reason) == ("URGENT", "Sleeps in a car.")
    walk.undo()
    assert held(desk, Triage) == []
    walk.deed(deeds.TRIAGE, ("How soon", "as soon|"), ("Why", "Sleeps in a car."))
    walk.press("Alt+3")
    assert "how soon a start is wanted, then" in walk.seen


def nobody_is_phoned_where_it_is_not_safe(walk: Walk, desk: Desk) -> None:
    walk.find("Avery")
    walk.ask(deeds.RECORD_CONTACT)
    assert NUMBER not in walk.panel
    walk.press("Return")
    assert NUMBER not in walk.panel
    walk.leave()
    assert held(desk, WaitingContact) == []


def half_a_call_is_kept_for_the_round(walk: Walk, desk: Desk) -> None:
    """Casey comes first, being wanted sooner; then Avery, then Blake."""
    walk.press("Alt+3")
    walk.do(deeds.CALL_THROUGH)
    assert "Casey Heron" in walk.panel
    walk.press("Return")
    assert NUMBER in walk.panel
    walk.press("4")
    walk.type(HALF)
    walk.leave()
    assert walk.panel == ""

    walk.do(deeds.CALL_THROUGH)
    walk.type(LATER)
    walk.saved()
    (contact,) = held(desk, WaitingContact)
    assert (contact.result, contact.note) == ("VOICEMAIL", HALF + LATER)
    assert "Avery Heron" in walk.panel
    assert NUMBER not in walk.panel
    walk.do(deeds.SKIP)
    walk.do(deeds.BEFORE)
    assert "Avery Heron" in walk.panel
    walk.leave()
    walk.undo()
    assert held(desk, WaitingContact) == []


def somebody_does_not_want_to_come(walk: Walk, desk: Desk) -> None:
    walk.do(deeds.ADD_PERSON)
    walk.fill(("Known as", "Jo Wren"), ("Year of birth", "1979"))
    walk.saved()
    walk.deed(
        deeds.NEW_REFERRAL,
        ("Service area", "adults|"),
        ("With the hub", "sent, awaiting|"),
    )
    (jo,) = held(desk, Client, known_as="Jo Wren")
    (referral,) = held(desk, Referral, client_id=jo.id)
    assert (referral.hub_status, referral.hub_sent_on) == ("SENT", TODAY)
    walk.deed(deeds.DECIDE, ("Decision", "withdrawn|"))
    (referral,) = held(desk, Referral, client_id=jo.id)
    assert referral.decision == "WITHDRAWN"
    walk.undo()
    (referral,) = held(desk, Referral, client_id=jo.id)
    assert referral.decision == "PENDING"
    walk.deed(deeds.DECIDE, ("Decision", "withdrawn|"))
    assert held(desk, WaitingEntry, referral_id=referral.id) == []


def somebody_steps_up_and_somebody_is_referred_again(
    walk: Walk, desk: Desk, dana: str
) -> None:
    (person,) = held(desk, Client, known_as="Dana Heron")
    walk.find("Dana")
    walk.deed(deeds.STEP_UP)
    new = [r for r in held(desk, Referral, client_id=person.id) if r.from_episode_id]
    assert [(r.source, r.from_episode_id, r.area) for r in new] == [
        ("STEPUP", dana, "PES_AD")
    ]
    walk.undo()
    assert len(held(desk, Referral, client_id=person.id)) == 1
    walk.deed(deeds.REFER_AGAIN, ("Referred by", "self|"))
    (again,) = [
        r for r in held(desk, Referral, client_id=person.id) if r.from_episode_id
    ]
    assert (again.source, again.received_on) == ("SELF", TODAY)
    # The support that ended stays as it was; it is never opened again.
    phases = held(desk, Phase, episode_id=dana)
    assert sorted(each.phase for each in phases) == ["CORE", "STEP_DOWN"]


def papers_are_made(walk: Walk, desk: Desk, folder: Path) -> None:
    folder.mkdir()
    walk.press("Alt+3", "F8")
    walk.tab_to("Folder")
    walk.press("Ctrl+A")
    walk.type(str(folder))
    walk.save()
    (sheet,) = folder.iterdir()
    assert sheet.read_bytes().startswith(b"%PDF")
    assert not any(name in sheet.name for name in ("Heron", "Casey"))
    assert held(desk, WaitingContact) == []
    walk.leave()


def the_list_of_another_day(walk: Walk) -> None:
    walk.press("Alt+3")
    walk.tab_to("As of")
    walk.press("Ctrl+A")
    walk.type("31/12/2017")
    walk.press("Return")
    walk.wait_for("As of Sun 31 Dec 2017")
    assert "1 person is waiting" in walk.seen
    walk.tab_to("As of")
    walk.press("Ctrl+A")
    walk.type("today")
    walk.press("Return")
    walk.wait_for("3 people are waiting")


def the_records_are_taken_apart_on_another_day(walk: Walk, desk: Desk) -> None:
    people = len(held(desk, Client))
    walk.find("Casey Heron")
    walk.tab_to("Find in the time line")
    walk.type("put together")
    walk.tab_to("Time line")
    walk.press("Home", "Return")
    walk.tab_to("Take apart again")
    walk.press("Space")
    walk.fill(("Why", "Two people after all"))
    walk.saved()
    (merge,) = held(desk, PersonMerge)
    assert merge.undone_on == TODAY
    assert len(held(desk, Client)) == people + 1


def locked_with_words_that_are_not_saved(
    walk: Walk, desk: Desk, qtbot: QtBot, settings: Path
) -> None:
    """Ctrl+L ends the process; whoever signs in again has the words back."""
    ended = Ended()
    walk.window._ending = ended
    walk.find("Blake")
    walk.ask(deeds.RECORD_CONTACT)
    walk.press("Return", "1")
    walk.type(HALF)
    walk.press("Ctrl+L")
    assert ended.why == [Why.ASKED]

    again = opened_again(desk, KEY)
    window = new_window(qtbot, again, settings)
    walk = Walk(qtbot, window)
    walk.press("Alt+1")
    walk.tab_to("Draft: Record contact")
    walk.press("Return")
    walk.type(LATER)
    walk.saved()
    (contact,) = held(again, WaitingContact)
    assert contact.note == HALF + LATER
