"""Keys and waiting for tests of the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is under way and what was answered is shown."""
    for _ in range(3):
        qtbot.waitUntil(window.tasks.idle, timeout=20_000)
        QApplication.sendPostedEvents()
        QApplication.processEvents()


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
