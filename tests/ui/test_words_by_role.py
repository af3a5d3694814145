"""What the window says to those who see a part of the desk only."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.waiting_list import WaitingListPage
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import make_client, signed_in_as
from tests.builders.windows import settle

Opened = Callable[[str], DeskView]


@pytest.fixture
def opened(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
) -> Opened:
    """Opens the window for somebody of a role."""
    del light

    def open_as(role: str) -> DeskView:
        window = MainWindow(desk.folder, preferences, clock)
        qtbot.addWidget(window)
        window.show()
        window.open_desk(signed_in_as(desk, role))
        settle(qtbot, window)
        assert window.view is not None
        return window.view

    return open_as


@pytest.mark.parametrize(
    ("role", "words"), [("TRUSTEE", "deeds"), ("CASEWORKER", "people and deeds")]
)
def test_the_search_field_names_what_it_finds(
    opened: Opened, role: str, words: str
) -> None:
    edit = opened(role).finder.edit

    assert edit.placeholderText().startswith(f"Search for {words}  ")
    assert edit.accessibleName() == f"Search for {words}"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("COUNSELLOR", "Nobody of your caseload is waiting."),
        ("CASEWORKER", "Nobody is waiting."),
    ],
)
def test_a_part_of_the_waiting_list_is_not_called_the_whole(
    opened: Opened, qtbot: QtBot, role: str, words: str
) -> None:
    view = opened(role)
    view.frame.go("waiting")
    qtbot.waitUntil(lambda: isinstance(view.page, WaitingListPage))
    page = view.page
    assert isinstance(page, WaitingListPage)

    qtbot.waitUntil(page.empty.isVisible)

    assert page.empty._what.text() == words


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("COUNSELLOR", "Find words, in notes too"),
        ("ADMINISTRATOR", "Find words"),
        ("MANAGER", "Find words"),
    ],
)
def test_only_who_may_read_notes_is_told_that_they_are_looked_through(
    opened: Opened, desk: Desk, qtbot: QtBot, role: str, words: str
) -> None:
    client_id = make_client(desk)
    view = opened(role)
    view.frame.go("person", client_id=client_id)
    qtbot.waitUntil(lambda: isinstance(view.page, PersonPageView))
    page = view.page
    assert isinstance(page, PersonPageView)

    assert page.time_line.search.placeholderText() == words
