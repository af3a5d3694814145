"""Every key in the list of keys reaches one deed, and only one, wherever the cursor is.

Each key is really pressed; what it would do is caught on its way there, so that a
locked window or a changed record does not end the round.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShortcutEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.places import LISTED
from tests.builders.casework import make_client, make_episode, make_waiting

Settled = Callable[[], None]


class Caught(QObject):
    """Every shortcut on its way to who has it: kept, and not let through."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[QObject] = []
        self.two_had_it = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep it, and whether two had it."""
        if event.type() != QEvent.Type.Shortcut:
            return super().eventFilter(watched, event)
        assert isinstance(event, QShortcutEvent)
        self.reached.append(watched)
        self.two_had_it |= event.isAmbiguous()
        return True


@contextmanager
def caught() -> Iterator[Caught]:
    """What keys reach while it lasts."""
    app = QApplication.instance()
    assert app is not None
    found = Caught()
    app.installEventFilter(found)
    try:
        yield found
    finally:
        app.removeEventFilter(found)


def press(window: QWidget, key: str) -> None:
    """Press a key, or two one after the other, where the cursor is."""
    sequence = QKeySequence(key)
    for at in range(sequence.count()):
        pressed: QKeyCombination = sequence[at]  # type: ignore[index,unused-ignore]
        where = QApplication.focusWidget() or window
        QTest.keyClick(where, pressed.key(), pressed.keyboardModifiers())


def on_screen(window: QWidget) -> set[str]:
    """Keys of all that is shown and can be done."""
    return {
        shortcut.key().toString()
        for shortcut in window.findChildren(QShortcut)
        if shortcut.isEnabled() and _can_be_seen(shortcut.parent())
    }


def _can_be_seen(of: QObject | None) -> bool:
    return isinstance(of, QWidget) and of.isVisible() and of.isEnabled()


def astray(window: QWidget) -> list[str]:
    """Keys that reach nothing from where the cursor is, or of which two had one."""
    found = []
    for key in sorted(on_screen(window)):
        with caught() as by:
            press(window, key)
        if by.two_had_it:
            found.append(f"{key}: two have it")
        elif len(by.reached) != 1:
            found.append(f"{key}: reaches nothing")
    return found


class Round:
    """Presses all keys in each place, from each kind of thing that has the cursor."""

    def __init__(self, window: MainWindow) -> None:
        self.found: dict[str, list[str]] = {}
        self._window = window
        self._kinds: set[type] = set()

    def look(self, where: str, part: QWidget) -> None:
        """From where the cursor is, then from every kind of control not met before."""
        self._press_all(where)
        for widget in part.findChildren(QWidget):
            takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes_keys and _can_be_seen(widget) and type(widget) not in self._kinds:
                widget.setFocus()
                self._press_all(where)

    def _press_all(self, where: str) -> None:
        at = QApplication.focusWidget()
        self._kinds.add(type(at))
        if wrong := astray(self._window):
            self.found[f"{where}, in {type(at).__name__}"] = wrong


@pytest.fixture
def person(qtbot: QtBot, window: MainWindow, desk: Desk, settled: Settled) -> str:
    """Somebody with an episode, who waits for another; the window takes keys."""
    with qtbot.waitActive(window):
        window.activateWindow()
    client_id = make_client(desk, known_as="Morgan Marsh", mobile="07700 900123")
    make_episode(desk, client_id)
    make_waiting(desk, client_id, area="PES_AD")
    settled()
    return client_id


def test_every_key_is_in_the_list_of_keys() -> None:
    declared = [each for each in vars(deeds).values() if isinstance(each, deeds.Key)]

    assert [key.words for key in declared if key not in deeds.ALL] == []
    assert [deed.key.words for deed in DEEDS if deed.key not in deeds.PERSON_KEYS] == []


def test_every_key_of_a_place_reaches_one_deed(
    window: MainWindow, view: DeskView, person: str, settled: Settled
) -> None:
    assert person
    keys = Round(window)

    for place in LISTED:
        view.go(place.name, {})
        settled()
        keys.look(place.words, window)

    assert keys.found == {}


def test_every_key_beside_a_panel_reaches_one_deed(
    window: MainWindow, view: DeskView, person: str, settled: Settled
) -> None:
    keys = Round(window)
    view.go("person", {"client_id": person})
    settled()

    for offer in view.offers():
        # "More" opens a menu, which has the keyboard to itself while it is open.
        opens = offer.key in (deeds.LOG_SESSION, *deeds.PERSON_KEYS)
        if offer.why_not or not opens or offer.key is deeds.MORE:
            continue
        offer.run()
        settled()
        if view.panel is not None:
            keys.look(offer.key.words, view.panel)

    assert keys.found == {}


def test_every_key_of_a_person_says_elsewhere_that_a_person_is_to_be_opened(
    window: MainWindow, view: DeskView, person: str, settled: Settled
) -> None:
    assert person
    view.go("today", {})
    settled()
    wrong = []

    for key in deeds.PERSON_KEYS:
        view.banner.hide()
        press(window, key.key)
        if not view.banner.isVisible() or key.words not in view.banner.words:
            wrong.append(key.words)

    assert wrong == []


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("waiting", deeds.WAITING_KEYS),
        ("capacity", (*deeds.CAPACITY_PARTS, *deeds.CAPACITY_DEEDS)),
        ("return", deeds.STEP_KEYS),
    ],
)
def test_every_key_of_a_page_is_there_whatever_it_shows(
    window: MainWindow,
    view: DeskView,
    person: str,
    settled: Settled,
    place: str,
    keys: tuple[deeds.Key, ...],
) -> None:
    assert person
    view.go(place, {})
    settled()

    live = on_screen(window)

    assert {QKeySequence(key.key).toString() for key in keys} - live == set()
