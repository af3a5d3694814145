"""Finding somebody by name: what Enter takes, and where it leads when nobody is found.

Everybody here is invented.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.add_person import AddPersonPanel, as_name
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import make_client, make_episode
from tests.builders.windows import CTRL, Keyboard, settle

ENTER = Qt.Key.Key_Return


def known_as(view: DeskView) -> object:
    assert isinstance(view.panel, AddPersonPanel)
    return view.panel.form.boxes["known_as"].editor.value()


def left_half_done(view: DeskView, settled: Callable[[], None]) -> None:
    """A new person is begun by a name that was searched for, and left."""
    view.go("people", {"add": "Rowan"})
    settled()
    assert isinstance(view.panel, AddPersonPanel)
    view.panel.form.boxes["family_name"].editor.retype("Invented")
    view.close_panel()
    settled()


def test_enter_on_a_name_that_nobody_has_adds_the_person_by_that_name(
    keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    view.finder.start()
    keys.type("Rowan  Invented")
    settled()
    keys.press(ENTER)
    settled()

    assert known_as(view) == "Rowan Invented"
    keys.type("!")
    assert known_as(view) == "Rowan Invented!"
    keys.press(Qt.Key.Key_Backspace)
    assert view.panel is not None
    assert not view.panel.is_dirty()


@pytest.mark.parametrize("searched", ["GR-0912", "5/9/1984", " "])
def test_a_code_or_a_birthday_is_no_name(searched: str) -> None:
    assert not as_name(searched)


def test_enter_takes_what_was_typed_and_not_what_an_earlier_letter_found(
    desk: Desk, keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    make_client(desk, known_as="Robin Arden")
    wanted = make_client(desk, known_as="Robin Zeal")
    view.finder.start()
    keys.type("Robin ")
    settled()

    keys.type("Zeal")
    keys.press(ENTER)
    settled()

    assert isinstance(view.page, PersonPageView)
    assert view.page.person_shown() == wanted


def test_the_search_of_the_people_page_does_the_same(
    desk: Desk, keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    make_client(desk, known_as="Robin Arden")
    view.go("people", {})
    settled()
    keys.type("Rowan")
    keys.press(ENTER)
    settled()

    assert known_as(view) == "Rowan"


@pytest.mark.usefixtures("keys")
def test_a_draft_that_is_taken_up_keeps_its_own_name(
    view: DeskView, settled: Callable[[], None]
) -> None:
    left_half_done(view, settled)

    view.go("people", {"add": "Somebody Else"})
    settled()

    assert known_as(view) == "Rowan"


def test_typing_on_after_enter_opens_nothing(
    qtbot: QtBot, desk: Desk, keys: Keyboard, view: DeskView, window: MainWindow
) -> None:
    make_client(desk, known_as="Robin Arden")
    view.go("people", {})
    settle(qtbot, window)
    page = view.page
    assert isinstance(page, PeoplePage)

    keys.type("Robin")
    keys.press(ENTER)
    keys.type(" Arden")
    settle(qtbot, window)

    assert view.page is page
    assert view.panel is None


def test_a_name_typed_for_a_session_is_whose_it_is_whoever_stands_open(
    desk: Desk, keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    client_id = make_client(desk, known_as="Robin Arden")
    make_episode(desk, client_id)
    view.go("person", {"client_id": client_id})
    settled()
    keys.press(Qt.Key.Key_J, CTRL)
    settled()
    panel = view.panel
    assert isinstance(panel, LogSessionPanel)
    for letter in "Zeal":
        keys.type(letter)
        settled()

    assert panel.picker.edit.text() == "Zeal"
    assert panel.picker.edit.hasFocus()
    panel.save()
    assert panel.picker.problem.isVisible()


def test_a_draft_begun_for_another_name_says_so_when_somebody_is_searched_for(
    keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    del keys
    left_half_done(view, settled)

    view.go("people", {"add": "Somebody Else"})
    settled()

    assert isinstance(view.panel, AddPersonPanel)
    assert "for another name than you searched for" in view.panel.banner.words


def test_a_place_is_found_by_its_name(
    keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    view.finder.start()
    keys.type("waiting")
    settled()
    assert any(line.startswith("Waiting list") for line in view.finder.found())
    keys.type(" list")
    settled()
    keys.press(ENTER)
    settled()

    assert isinstance(view.page, WaitingListPage)


def test_a_deed_of_another_place_leads_there(
    keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    view.finder.start()
    keys.type("call through")
    settled()
    assert view.finder.found() == ["Call through the list (Waiting list)"]
    keys.press(ENTER)
    settled()

    assert isinstance(view.page, WaitingListPage)


def test_a_deed_for_a_person_leads_to_people(
    keys: Keyboard, view: DeskView, settled: Callable[[], None]
) -> None:
    view.finder.start()
    keys.type("fill in")
    settled()
    assert view.finder.found()[0] == "Fill in a measure (People)"
    keys.press(ENTER)
    settled()

    assert isinstance(view.page, PeoplePage)
    assert view.panel is None
