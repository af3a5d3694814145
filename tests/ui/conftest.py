"""Fixtures of the window: a look, and a window on an open desk of invented people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.services.desk import Desk
from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.frame import Frame
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tasks import Tasks
from provider_desk.ui.theme import Look
from tests.builders.windows import Keyboard, settle


@pytest.fixture(autouse=True)
def no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """A window that a test forgot would trouble the next one."""
    yield
    for left in qapp.topLevelWidgets():
        left.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """What this PC remembers; nothing yet."""
    return Preferences(tmp_path / "window.ini")


@pytest.fixture
def light(qapp: QApplication) -> None:
    """The light look at 100 %."""
    theme.apply(qapp, Look("light", 100))


@pytest.fixture
def frame(
    qtbot: QtBot, light: None, desk: Desk, preferences: Preferences
) -> Iterator[Frame]:
    """What pages ask, without a window round them."""
    del light
    holder = QWidget()
    qtbot.addWidget(holder)
    tasks = Tasks(holder)
    yield Frame(desk, preferences, tasks, holder)
    tasks.wait()


@pytest.fixture
def window(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[MainWindow]:
    """A window of 1366 by 768 with somebody signed in."""
    del light
    made = MainWindow(desk.store.path.parent, preferences, clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_desk(desk)
    settle(qtbot, made)
    yield made
    made.tasks.wait()


@pytest.fixture
def view(window: MainWindow) -> DeskView:
    """The open desk in the window."""
    assert window.view is not None
    return window.view


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Waits until the window has nothing under way."""
    return lambda: settle(qtbot, window)


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow) -> Keyboard:
    """The keyboard of the window, which is the active one."""
    with qtbot.waitActive(window):
        window.activateWindow()
    return Keyboard(window)
