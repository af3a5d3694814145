"""Tab goes round every place, forwards and back, and comes by everything once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.places import LISTED
from provider_desk.ui.preferences import Preferences
from tests.builders.tab_round import tab_round
from tests.builders.windows import settle, view_of
from tests.screen_reader.made_desk import made_desk

KEY = Qt.Key
Settled = Callable[[], None]


@pytest.fixture
def window(
    qtbot: QtBot, light: None, folder: Path, clock: FixedClock, preferences: Preferences
) -> Iterator[MainWindow]:
    """A window with something in every place, that takes keys."""
    del light
    desk, _ = made_desk(folder, clock)
    made = MainWindow(folder, preferences, clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_desk(desk)
    settle(qtbot, made)
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    made.tasks.wait()
    desk.close()


def wrong(window: MainWindow) -> list[str]:
    """What a round misses or stays in, forwards and back."""
    found = []
    for key in (KEY.Key_Tab, KEY.Key_Backtab):
        went = tab_round(window, key)
        found += [*went.missed, *([f"stays in {went.trap}"] if went.trap else [])]
    return found


def test_tab_comes_by_everything_in_every_place(
    window: MainWindow, settled: Settled
) -> None:
    view, found = view_of(window), {}

    for place in LISTED:
        view.go(place.name, {})
        settled()
        found[place.name] = wrong(window)

    assert {place: missed for place, missed in found.items() if missed} == {}


def test_tab_moves_once_from_the_week_as_a_list(
    window: MainWindow, settled: Settled
) -> None:
    """What the diary did not want was passed on as if refused, and Tab moved twice."""
    view = view_of(window)
    view.go("diary", {})
    settled()
    for offer in view.offers():
        if offer.key is deeds.WEEK_LIST:
            offer.run()
    settled()

    assert wrong(window) == []


def test_tab_comes_to_the_place_where_one_is(
    window: MainWindow, settled: Settled
) -> None:
    view = view_of(window)
    view.go("waiting", {})
    settled()

    went = tab_round(window)

    passed = [each for each in went.met if view.side.isAncestorOf(each)]
    assert [each.accessibleName() for each in passed] == ["Waiting list, 1 waiting"]
