"""The real window on a real screen, told by lines where to go.

Started by the tests, in an interpreter of its own, as a screen reader meets it. Lines
on standard input: ``place NAME``, ``person``, ``deed WORDS``, ``close``, ``deeds``,
``quit``. Each is answered with one line of JSON once nothing is under way any more.
"""

import json
import sys
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from provider_desk.model.clock import FixedClock
from provider_desk.services.casework import safe_contact
from provider_desk.ui import deeds, theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.places import LISTED
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import Look
from tests.builders.casework import (
    TODAY,
    make_client,
    make_desk,
    make_episode,
    make_waiting,
)

_LOOK_EVERY_MS = 20
#: So often in a row nothing is to be under way.
_STILL = 5


class Lines(QObject):
    """Standard input, line by line, in the window's thread."""

    came = Signal(str)

    def begin(self) -> None:
        """Read until the input ends."""
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())


class Driver:
    """Does what a line says and answers when it is done."""

    def __init__(self, window: MainWindow, person: str) -> None:
        self._window = window
        self._person = person
        self._still = 0
        self._answer: dict[str, object] = {}
        self._timer = QTimer(window)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def take(self, line: str) -> None:
        """Do one line."""
        word, _, rest = line.partition(" ")
        view = self._window.view
        if word == "quit" or view is None:
            QApplication.quit()
            return
        self._answer = {"did": line}
        if word == "place":
            view.go(rest, {})
        elif word == "person":
            view.go("person", {"client_id": self._person})
        elif word == "deed":
            self._do(view, rest)
        elif word == "close":
            view.close_panel()
        elif word == "deeds":
            self._answer["deeds"] = [
                offer.key.words
                for offer in view.offers()
                if offer.key in deeds.PERSON_KEYS and not offer.why_not
            ]
            self._answer["places"] = [place.name for place in LISTED]
        self._still = 0
        self._timer.start()

    def _do(self, view: DeskView, words: str) -> None:
        for offer in view.offers():
            if offer.key.words == words and not offer.why_not:
                offer.run()
                return
        self._answer["missing"] = words

    def _look(self) -> None:
        self._still = self._still + 1 if self._window.tasks.idle() else 0
        if self._still >= _STILL:
            self._timer.stop()
            print(json.dumps(self._answer), flush=True)  # noqa: T201


def main(folder: Path) -> int:
    """Make a desk of invented people and show it."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Provider Desk")
    theme.apply(app, Look("light", 100))
    clock = FixedClock.on(TODAY)
    desk = make_desk(folder, clock)
    person = make_client(desk, known_as="Morgan Marsh", mobile="07700 900123")
    make_episode(desk, person)
    make_waiting(desk, person, area="PES_AD")
    rules = {"permission": "YES_RULES", "rules": "After six. Say it is Sam."}
    safe_contact.set_safe_contact(desk, person, "MOBILE", rules)
    window = MainWindow(folder, Preferences(folder / "window.ini"), clock)
    window.resize(1366, 768)
    window.show()
    window.open_desk(desk)
    driver, lines = Driver(window, person), Lines(window)
    lines.came.connect(driver.take)
    lines.begin()
    QTimer.singleShot(0, lambda: driver.take("deeds"))
    status = app.exec()
    window.tasks.wait()
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
