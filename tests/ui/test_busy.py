"""What takes longer than it should is said at the foot of the window, until it ends."""

from importlib import import_module
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.changed import Changed
from provider_desk.ui import busy
from provider_desk.ui.busy import READING, SAVING
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.help import HelpPage
from provider_desk.ui.places import PLACES
from tests.builders.windows import settle


def test_slow_reading_is_said_until_it_is_over(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    go_on = Event()
    view.frame.read(window, go_on.wait, lambda _answer: None)

    qtbot.waitUntil(lambda: view.bottom.busy.text() == READING)
    go_on.set()
    settle(qtbot, window)

    assert view.bottom.busy.text() == ""


def test_slow_saving_is_said_even_where_it_comes_to_nothing(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    go_on = Event()

    def deed() -> Changed:
        go_on.wait()
        raise ValueError("invented")

    view.frame.write(window, deed)
    qtbot.waitUntil(lambda: view.bottom.busy.text() == SAVING)
    go_on.set()
    settle(qtbot, window)

    assert view.bottom.busy.text() == ""


def test_a_question_that_follows_upon_another_is_one_wait(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    settle(qtbot, window)
    said: list[str] = []
    under_way = view.frame.busy
    under_way.said.connect(said.append)
    first_over = under_way.begin(READING)
    qtbot.waitUntil(lambda: said == [READING])

    second_over = under_way.begin(READING)
    first_over()
    assert said == [READING]
    second_over()

    assert said == [READING, ""]


def test_making_a_page_is_part_of_the_wait_for_what_it_reads(
    qtbot: QtBot,
    window: MainWindow,
    view: DeskView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settle(qtbot, window)
    now, go_on = [0.0], Event()

    def opened(page: HelpPage, **_what: object) -> None:
        now[0] += 1
        view.frame.read(page, go_on.wait, lambda _answer: None)

    monkeypatch.setattr(busy, "monotonic", lambda: now[0])
    monkeypatch.setattr(HelpPage, "opened", opened)
    view.go("help", {})

    try:
        qtbot.waitUntil(lambda: view.bottom.busy.text() == READING)
    finally:
        go_on.set()
    settle(qtbot, window)
    assert view.bottom.busy.text() == ""


def test_what_is_quick_is_not_spoken_of(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    said: list[str] = []
    view.frame.busy.said.connect(said.append)
    over = view.frame.busy.begin(READING)

    over()
    settle(qtbot, window)

    assert said == []


def test_what_is_brought_in_beside_the_window_knows_no_window() -> None:
    beside = [name for place in PLACES for name in place.beside]
    assert beside
    for name in beside:
        import_module(name)
        assert not name.startswith("provider_desk.ui")
