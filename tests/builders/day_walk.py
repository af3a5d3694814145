"""A whole day at the window: keys and typed words only, and what is to be seen."""

from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.ui.deeds import Key
from provider_desk.ui.main_window import MainWindow
from tests.builders.windows import Keyboard, settle, view_of

#: So many Tabs lead from anywhere in a panel to anywhere else in it.
_MOST_TABS = 80


class Walk:
    """Somebody at the window, without a mouse.

    Attributes:
        keys: what presses; counts the keys.
    """

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self.window = window
        with qtbot.waitActive(window):
            window.activateWindow()
        self.keys = Keyboard(window)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as Qt writes them: "Ctrl+Return", "1"."""
        for key in keys:
            self._come_back()
            sequence: Any = QKeySequence(key)
            chord: QKeyCombination = sequence[0]
            self.keys.press(chord.key(), chord.keyboardModifiers())
            settle(self._qtbot, self.window)

    def _come_back(self) -> None:
        """Without a desktop round it a list that closed leaves no window in front."""
        if QApplication.activeWindow() is None:
            with self._qtbot.waitActive(self.window):
                self.window.activateWindow()

    def do(self, key: Key) -> None:
        """Press the key of a deed, or its two keys."""
        self.press(*key.key.split(", "))

    def type(self, *texts: str) -> None:
        """Type into one field after the other."""
        for number, text in enumerate(texts):
            if number:
                self.press("Tab")
            self._come_back()
            self.keys.type(text)
            settle(self._qtbot, self.window)

    def choose(self, words: str) -> None:
        """Type part of a line of a list, and take the first line that has it."""
        self.type(words)
        self.press("Down", "Return")

    def fill(self, *fields: tuple[str, str]) -> None:
        """Type into fields by their names; "|" ends what is picked from a list."""
        for name, text in fields:
            self.tab_to(name)
            self.press("Ctrl+A")
            self.type(text.rstrip("|"))
            if text.endswith("|"):
                self.press("Return")

    def deed(self, key: Key, *fields: tuple[str, str]) -> str:
        """Do a deed for whoever is shown; what the foot of the window says then.

        Raises:
            AssertionError: the panel stays, with its words.
        """
        self.do(key)
        self.fill(*fields)
        self.save()
        assert self.panel == "", self.panel
        return self.said

    def tab_to(self, name: str) -> int:
        """Press Tab until a control of that name has the focus; how often.

        Raises:
            AssertionError: it is not reached.
        """
        heard = []
        for count in range(_MOST_TABS):
            heard.append(self.heard)
            if name in heard[-1]:
                return count
            self.press("Tab")
        raise AssertionError(f"“{name}” is not reached by Tab: {heard}")

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press("Ctrl+Return")

    def wait_for(self, words: str) -> None:
        """Until some words are to be seen.

        Raises:
            TimeoutError: they never are.
        """
        self._qtbot.waitUntil(lambda: words in self.seen, timeout=20_000)

    def undo(self) -> str:
        """Ctrl+Z; what the foot of the window says then."""
        self.press("Ctrl+Z")
        return self.said

    def find(self, name: str) -> None:
        """Go to somebody by their name, from anywhere."""
        self.press("Ctrl+K")
        self.type(name)
        self.press("Return")

    @property
    def heard(self) -> str:
        """What a screen reader hears of where the keys go."""
        at = QApplication.focusWidget()
        if at is None:
            return ""
        words = at.text() if isinstance(at, QAbstractButton) else ""
        return at.accessibleName() or words

    @property
    def said(self) -> str:
        """What the foot of the window says."""
        return view_of(self.window).bottom.said.text()

    @property
    def seen(self) -> str:
        """All words that are shown, on the page and in its panel."""
        parts: list[QLabel | QAbstractButton] = [
            *self.window.findChildren(QLabel),
            *self.window.findChildren(QAbstractButton),
        ]
        return "\n".join(part.text() for part in parts if part.isVisible())

    @property
    def panel(self) -> str:
        """All words of the open panel; "" where none is open."""
        panel = view_of(self.window).panel
        if panel is None:
            return ""
        labels = panel.findChildren(QLabel) + panel.findChildren(QAbstractButton)
        return "\n".join(part.text() for part in labels if part.isVisible())

    @property
    def in_sight(self) -> bool:
        """Whether all of where the keys go can be seen without scrolling."""
        at = QApplication.focusWidget()
        return at is not None and at.visibleRegion().boundingRect() == at.rect()

    @property
    def charts(self) -> str:
        """What the charts that are shown tell a screen reader."""
        parts = self.window.findChildren(QWidget)
        return "\n".join(p.accessibleDescription() for p in parts if p.isVisible())

    def leave(self) -> None:
        """Esc."""
        self.keys.press(Qt.Key.Key_Escape)
        settle(self._qtbot, self.window)
