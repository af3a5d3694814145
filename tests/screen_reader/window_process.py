"""The real window on a real screen, told by lines where to go.

Started by the tests, in an interpreter of its own, as a screen reader meets it. Each
line on standard input is answered with one of JSON once nothing is under way any more:

- ``place NAME``, ``section PLACE NAME``, ``person``, ``help PAGE`` go there;
- ``deed WORDS`` does what can be done there, ``close`` closes the panel;
- ``key KEY`` presses a key, ``type TEXT`` types a text, ``tab`` goes once round by Tab;
- ``way_in KIND`` shows another window instead, that nobody signed in to yet: the
  first run of a new desk ("first"), a desk ("known") or one that was locked
  ("locked"); ``way_in`` alone ends that;
- ``places``, ``sections``, ``deeds`` list what there is; ``quit``.

The answer names the panel that is open. What follows a tabulator is said aloud before
it is given: whoever hears that has heard all that came before.
"""

import json
import sys
from pathlib import Path
from threading import Thread
from time import monotonic

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from provider_desk.keys.vault import FileVault
from provider_desk.model.clock import FixedClock
from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.ending import Locked, Why
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.setting.sections_page import SectionsPage
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.places import LISTED
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import Look
from tests.builders.desks import made_desk as made_real_desk
from tests.builders.tab_round import tab_round
from tests.screen_reader.made_desk import TODAY, made_desk

_LOOK_EVERY_MS = 10
#: So often in a row nothing is to be under way.
_STILL = 5
_PATIENCE_S = 20
_AFTER_S = 0.3
_ALL = QEventLoop.ProcessEventsFlag.AllEvents
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Lines(QObject):
    """Standard input, line by line, in the window's thread."""

    came = Signal(str)

    def begin(self) -> None:
        """Read until the input ends."""
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())


class Seen(QObject):
    """Notes which key events come by."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.kinds: set[QEvent.Type] = set()
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Something comes by."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.kinds.add(event.type())
        return super().eventFilter(watched, event)


class Taken:
    """Waits for a key to come to a widget.

    Where a reader listens, each key is first shown to it over the bus, and comes to the
    widget only when that has answered. A key that is a shortcut comes as its letting go
    alone.
    """

    def __init__(self, at: QWidget) -> None:
        app = QApplication.instance()
        assert app is not None
        self._at = at
        self._sent, self._come = Seen(app), Seen(at)

    def wait(self) -> None:
        """Until all that was sent came, or what it was for is gone."""
        until = monotonic() + _PATIENCE_S
        while self._missing() and isValid(self._at) and monotonic() < until:
            if QEvent.Type.KeyRelease in self._come.kinds:
                # Its pressing comes first, or hardly later; or somebody else took it.
                until = min(until, monotonic() + _AFTER_S)
            QApplication.processEvents(_ALL, 5)

    def _missing(self) -> bool:
        return not self._sent.kinds <= self._come.kinds


def press(
    at: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER
) -> None:
    """Press a key, and wait until it was taken."""
    taken = Taken(at)
    QTest.keyClick(at, key, modifiers)
    taken.wait()


class Driver:
    """Does what a line says and answers when it is done."""

    def __init__(self, window: MainWindow, person: str, folder: Path) -> None:
        self._window = self._shown = window
        self._person, self._folder = person, folder
        self._still = 0
        self._mark = ""
        self._answer: dict[str, object] = {}
        self._timer = QTimer(window)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def take(self, line: str) -> None:
        """Do one line."""
        line, _, self._mark = line.partition("\t")
        word, _, rest = line.partition(" ")
        view = self._window.view
        if word == "quit" or view is None:
            QApplication.quit()
            return
        self._answer = {"did": line}
        try:
            if word == "way_in":
                self._way_in(rest)
            elif not self._go(view, word, rest):
                self._do(view, word, rest)
        finally:
            # An answer comes even where the deed stumbles.
            self._still = 0
            self._timer.start()

    def _go(self, view: DeskView, word: str, rest: str) -> bool:
        if word == "place":
            view.go(rest, {})
        elif word == "section":
            place, _, part = rest.partition(" ")
            view.go(place, {"part": part})
        elif word == "person":
            view.go("person", {"client_id": self._person})
        elif word == "help":
            view.go("help", {"page": rest})
        else:
            return False
        return True

    def _do(self, view: DeskView, word: str, rest: str) -> None:
        if word == "deed":
            self._deed(view, rest)
        elif word == "close":
            view.close_panel()
        elif word == "key":
            sequence = QKeySequence(rest)
            pressed = sequence[0]  # type: ignore[index,unused-ignore]
            at = QApplication.focusWidget() or self._shown
            press(at, pressed.key(), pressed.keyboardModifiers())
        elif word == "type":
            for letter in rest:
                at = QApplication.focusWidget() or self._shown
                taken = Taken(at)
                QTest.keyClicks(at, letter)
                taken.wait()
        elif word == "tab":
            went = tab_round(self._shown, press=press)
            self._answer |= {"missed": went.missed, "trap": went.trap}
        elif word == "places":
            self._answer["places"] = [place.name for place in LISTED]
        elif word == "sections":
            page = view.page
            shown = page.sections if isinstance(page, SectionsPage) else {}
            self._answer["sections"] = list(shown)
        elif word == "deeds":
            self._answer["deeds"] = [
                [offer.key.words, offer.key.where]
                for offer in view.offers()
                if not offer.why_not
            ]

    def _way_in(self, kind: str) -> None:
        main, folder = self._window, self._folder
        if self._shown is not main:
            self._shown.close()
            self._shown = main
        if not kind:
            main.show()
            main.activateWindow()
            return
        main.hide()
        secret, where = folder / "team secret", folder / kind
        clock = FixedClock.on(TODAY)
        if kind != "first" and not where.exists():
            made_real_desk(where, clock, FileVault(secret)).close()
        preferences = Preferences(folder / f"{kind}.ini")
        made = MainWindow(where, preferences, clock, team_secret=secret)
        made.resize(1366, 740)
        if kind == "locked":
            made.come_back(Locked(Why.IDLE))
        made.show()
        made.activateWindow()
        if kind == "first":
            made.sign_in.prepare()
        self._shown = made

    def _deed(self, view: DeskView, words: str) -> None:
        for offer in view.offers():
            if offer.key.words == words and not offer.why_not:
                offer.run()
                return
        self._answer["missing"] = words

    def _look(self) -> None:
        self._still = self._still + 1 if self._shown.tasks.idle() else 0
        if self._still >= _STILL:
            self._timer.stop()
            view = self._window.view
            self._answer["panel"] = view.panel.words if view and view.panel else ""
            announce(self._shown, self._mark)
            print(json.dumps(self._answer), flush=True)  # noqa: T201


def main(folder: Path) -> int:
    """Make a desk of invented people and show it."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Provider Desk")
    theme.apply(app, Look("light", 100))
    clock = FixedClock.on(TODAY)
    desk, person = made_desk(folder, clock)
    window = MainWindow(folder, Preferences(folder / "window.ini"), clock)
    window.resize(1366, 768)
    window.show()
    window.open_desk(desk)
    # There is no window manager on this screen that would.
    window.activateWindow()
    driver, lines = Driver(window, person, folder.parent), Lines(window)
    lines.came.connect(driver.take)
    lines.begin()
    QTimer.singleShot(0, lambda: driver.take("places"))
    status = app.exec()
    window.tasks.wait()
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
