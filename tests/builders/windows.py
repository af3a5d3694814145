"""Keys and waiting for tests of the window."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.store.store import Store
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is under way and what was answered is shown."""
    for _ in range(3):
        qtbot.waitUntil(window.tasks.idle, timeout=20_000)
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def opened_again(desk: Desk, key: bytes) -> Desk:
    """The same person on the same desk, once it was closed."""
    return replace(desk, store=Store.open(desk.folder, key, desk.clock))


def new_window(qtbot: QtBot, desk: Desk, settings: Path) -> MainWindow:
    """A window as a new process makes it, with somebody signed in.

    Whoever asks for it holds on to it: Qt keeps no window alive.
    """
    made = MainWindow(desk.folder, Preferences(settings), desk.clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_desk(desk)
    settle(qtbot, made)
    return made


def view_of(window: MainWindow) -> DeskView:
    """The open desk of a window."""
    assert window.view is not None
    return window.view


class Keyboard:
    """Types into whatever has the focus, and counts the keys pressed."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.pressed = 0

    def type(self, text: str) -> None:
        """Type letters, digits and blanks; ASCII only."""
        QTest.keyClicks(self._at(), text)
        self.pressed += len(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press one key; a modifier is not counted as another."""
        QTest.keyClick(self._at(), key, modifier)
        self.pressed += 1

    def _at(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self._window
