"""Run by the canary drill: types a word into every field of the real window.

``python canary_window.py ROOT WHO`` makes the desk ROOT/data, opens the program on it
as its command does, signs in as the manager or the lead, goes to every place, opens
every panel, types into every field, copies, searches, prints "ready" and waits as
``canary_writer`` does.
"""

import os
import select
import sys
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from provider_desk.keys import calibration
from provider_desk.keys.vault import FileVault
from provider_desk.services.casework import people
from provider_desk.ui import app, deeds, places
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.settings import SettingsPage
from tests.builders.casework import make_episode, make_referral, make_waiting
from tests.builders.desks import planned
from tests.faults.canary_writer import (
    CLOCK,
    LEAD,
    MANAGER,
    PASSWORD,
    add_contract,
    counselling,
    word,
)
from tests.faults.leaks import STEM
from tests.faults.writer import say

_STEP_MS = 15
_DRAFTS_MS = 3_500
#: How long a page or a panel may take until it asks for what it shows.
_LOADS_MS = 100
LOGINS = {"manager": (MANAGER, PASSWORD), "lead": (LEAD, f"{PASSWORD} other")}


def made(root: Path) -> str:
    """A desk with a person in it; returns the person's id."""
    vault = FileVault(root / "secret.txt")
    plan = planned(
        CLOCK, vault, provider=word("service"), user=MANAGER, password=PASSWORD
    )
    plan.write_sheets(root / "exports")
    plan.vouched()
    desk = plan.make(root / "data")
    add_contract(desk)
    person, _ = people.add_person(
        desk, {"known_as": word("name"), "born_on": date(1985, 3, 2)}
    )
    make_episode(desk, person)
    make_waiting(desk, person)
    make_referral(desk, person, area="PES_AD")
    counselling(desk, " ".join(plan.sheets[1].groups), vault).close()
    return person


class Typist:
    """Goes through the window step by step, while the program runs as it does."""

    def __init__(self, person: str, name: str, password: str) -> None:
        self._person = person
        self._login = name, password
        self._steps = self._all()
        self._timer = QTimer()
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        # These would end the drill, or undo it.
        not_these = (deeds.LOCK, deeds.SWITCH, deeds.BACK, deeds.UNDO)
        self._done = {key.words for key in not_these}
        self.typed = 0
        self.panels = 0

    @property
    def window(self) -> MainWindow | None:
        """The program's window, once it is there."""
        found = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, MainWindow)
        ]
        return found[0] if found else None

    def _go_on(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()
            return
        if self.window is None or not self.window.tasks.idle():
            return
        self._timer.stop()
        try:
            wait = next(self._steps, None)
        except Exception:  # noqa: BLE001 - of whatever kind it is
            # Qt would go on without a word.
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(3)
        if wait is not None:
            self._timer.setInterval(wait or _STEP_MS)
            self._timer.start()

    def _all(self) -> Iterator[int]:
        yield from self._sign_in()
        yield from self._every_place()
        yield from self._search()
        yield _DRAFTS_MS
        say(f"fields {self.typed} in {self.panels} panels")
        say("ready")
        self._timer.setInterval(_STEP_MS)
        while not select.select([sys.stdin], [], [], 0)[0]:
            yield _STEP_MS
        asked = sys.stdin.readline().strip()
        assert self.window is not None
        self.window.lock() if asked == "lock" else self.window.close()

    def _sign_in(self) -> Iterator[int]:
        while self.window is None or not self.window.sign_in.button.isEnabled():
            yield 0
        page = self.window.sign_in
        name, right = self._login
        for password in (word("wrong password"), right):
            page.name.setText(name)
            page.password.setText(password)
            page.sign_in()
            yield 200
            while self.window.view is None and not page.button.isEnabled():
                yield 0
        while self.window.view is None:
            yield 0
        yield 300

    def _every_place(self) -> Iterator[int]:
        assert self.window is not None
        sections: list[tuple[str, dict[str, str]]] = [
            ("settings", {"part": name}) for name in self._sections()
        ]
        listed: list[tuple[str, dict[str, str]]] = [
            (place.name, {}) for place in places.PLACES if place.name != "person"
        ]
        person = ("person", {"client_id": self._person})
        for name, what in (*listed, *sections, person):
            self._view.go(name, what)
            yield _LOADS_MS
            self._type_into(self._view)
            yield 0
            for words in [offer.key.words for offer in self._view.offers()]:
                if words not in self._done:
                    self._done.add(words)
                    yield from self._do(words)

    def _do(self, words: str) -> Iterator[int]:
        """One of the deeds that are offered here."""
        offers = {offer.key.words: offer for offer in self._view.offers()}
        if words not in offers or offers[words].why_not:
            return
        # Not within this step: a deed may open something that waits.
        QTimer.singleShot(0, offers[words].run)
        yield _LOADS_MS
        if self._view.panel is not None:
            self._type_into(self._view.panel)
            self.panels += 1
            yield 0

    def _search(self) -> Iterator[int]:
        self._type_into_one(self._view.finder.edit)
        yield 200
        QGuiApplication.clipboard().setText(word("copied"))

    def _type_into(self, widget: QWidget) -> None:
        """A word into each field that takes words, and whatever stands there copied."""
        for field in widget.findChildren(QWidget):
            if field.isVisible() and field.isEnabled():
                self._type_into_one(field)

    def _type_into_one(self, field: QWidget) -> None:
        if isinstance(field, QLineEdit) and not field.isReadOnly():
            if not isinstance(field.parent(), QComboBox):
                # Pasted, as a person may: typing letter by letter searches each time.
                QGuiApplication.clipboard().setText(STEM)
                field.selectAll()
                field.paste()
                self.typed += 1
        elif isinstance(field, QPlainTextEdit | QTextEdit):
            if not field.isReadOnly():
                QTest.keyClicks(field, f"{STEM} note")
                self.typed += 1
            field.selectAll()
            field.copy()

    def _sections(self) -> list[str]:
        self._view.go("settings", {})
        page = self._view.page
        assert isinstance(page, SettingsPage)
        return list(page.sections)

    @property
    def _view(self) -> DeskView:
        """The open desk."""
        assert self.window is not None
        assert self.window.view is not None
        return self.window.view


def main(root_name: str, who: str, *after_lock: str) -> int:
    """Do all of it in the program's own loop of events; after a lock, just begin."""
    calibration.TARGET_MS = 0
    root = Path(root_name)
    if after_lock:
        return app.run(
            root / "data", team_secret=root / "secret.txt", locked=after_lock[-1]
        )
    for each in ("exports", "stick"):
        (root / each).mkdir()
    person = made(root)
    application = QApplication(sys.argv[:1])
    typist = Typist(person, *LOGINS[who])
    status = app.run(
        root / "data",
        clock=CLOCK,
        team_secret=root / "secret.txt",
        again=[root_name, who],
    )
    del typist, application
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
