"""A whole day at the window: keys and typed words only, and what is to be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
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

    def ask(self, key: Key) -> None:
        """Press the key of a deed that asks something.

        Raises:
            AssertionError: no panel opened, another one than the deed's, or the keys
                do not go into it.
        """
        before = view_of(self.window).panel
        self.do(key)
        panel = view_of(self.window).panel
        assert panel is not None, f"“{key.words}” opened nothing: {self.banner}"
        assert panel is not before, f"“{key.words}” left “{panel.words}” open"
        assert panel.words == key.words, f"“{key.words}” opened “{panel.words}”"
        assert self._in_the_panel, f"the keys go to “{self.heard}”, not “{key.words}”"

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
        """Type into fields by their names; "|" ends what is picked from a list.

        Raises:
            AssertionError: a field is not reached, stands outside the open panel, or
                the list has no such line.
        """
        for name, text in fields:
            self.tab_to(name)
            assert self._in_the_panel, f"“{name}” is not in the panel: {self.heard}"
            self.press("Ctrl+A")
            words = text.rstrip("|")
            self.type(words)
            if text.endswith("|"):
                self.press("Return")
                taken = self.typed
                assert words.casefold() in taken.casefold(), f"{name}: “{taken}”"

    def deed(self, key: Key, *fields: tuple[str, str]) -> str:
        """Do a deed for whoever is shown; what the foot of the window says then.

        Raises:
            AssertionError: its panel did not open, does not take the fields, stays
                (with its words), or the foot says nothing of it.
        """
        self.ask(key)
        self.fill(*fields)
        return self.saved()

    def saved(self) -> str:
        """Save what the panel asks; what the foot of the window says then.

        Raises:
            AssertionError: no panel is open, it stays, or the foot says nothing new.
        """
        before = view_of(self.window).panel
        assert before is not None, "there is nothing to save"
        with self._foot() as heard:
            self.save()
        assert view_of(self.window).panel is not before, self.panel
        assert heard, f"the foot says nothing of it: {self.said}"
        return self.said

    @contextmanager
    def _foot(self) -> Iterator[list[str]]:
        """What the foot is given to say meanwhile; the same words twice are two."""
        frame, heard = view_of(self.window).frame, list[str]()
        frame.said.connect(heard.append)
        yield heard
        frame.said.disconnect(heard.append)

    @property
    def _in_the_panel(self) -> bool:
        """Whether the keys go into the open panel; where there is none they may."""
        panel, at = view_of(self.window).panel, QApplication.focusWidget()
        return panel is None or (at is not None and panel.isAncestorOf(at))

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
        """Ctrl+Z; what the foot of the window says then.

        Raises:
            AssertionError: there was nothing to take back.
        """
        with self._foot() as heard:
            self.press("Ctrl+Z")
        assert heard, f"nothing was taken back: {self.said} {self.banner}"
        return self.said

    def find(self, name: str) -> None:
        """Go to somebody by their name, from anywhere."""
        self.press("Ctrl+K", "Ctrl+A")
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
    def typed(self) -> str:
        """What stands in the field where the keys go."""
        at = QApplication.focusWidget()
        if isinstance(at, QComboBox):
            return at.currentText()
        return at.text() if isinstance(at, QLineEdit) else ""

    @property
    def banner(self) -> str:
        """What is said above the page."""
        shown = view_of(self.window).banner
        parts = shown.findChildren(QLabel)
        return " ".join(part.text() for part in parts if part.isVisible())

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
