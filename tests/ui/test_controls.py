"""Every control has a name, nothing is cut off, the cursor goes in reading order."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.services.casework import safe_contact
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds, theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.places import LISTED
from provider_desk.ui.theme import Look, Scheme
from tests.builders.casework import TODAY, make_client, make_episode, make_waiting
from tests.builders.controls import cut_off, nameless
from tests.builders.windows import settle

Settled = Callable[[], None]


@pytest.fixture
def person(desk: Desk) -> str:
    """Somebody with everything that the page can show."""
    client_id = make_client(desk, known_as="Morgan Marsh", mobile="07700 900123")
    referral_id, _ = make_episode(desk, client_id)
    make_waiting(desk, client_id, area="PES_AD")
    rules = {"permission": "YES_RULES", "rules": "After six. Say it is Sam."}
    safe_contact.set_safe_contact(desk, client_id, "MOBILE", rules)
    values: Mapping[str, Value] = {
        "instrument": "PHQ9",
        "scored_on": TODAY,
        "total": 9,
        "risk_item": "0",
    }
    scores.add_score(desk, referral_id, values)
    return client_id


def everywhere(view: DeskView, person: str, settled: Settled) -> Iterator[str]:
    """Every place, then every panel of a person, each by its words."""
    for place in LISTED:
        view.go(place.name, {})
        settled()
        yield place.words
    view.go("people", {"add": True})
    settled()
    yield "Add a person"
    view.go("help", {"page": "keys"})
    settled()
    yield "Help"
    view.go("person", {"client_id": person})
    settled()
    yield "Person"
    for offer in view.offers():
        if not offer.why_not and offer.key in (deeds.LOG_SESSION, *deeds.PERSON_KEYS):
            offer.run()
            settled()
            yield offer.key.words
    page = view.page
    assert page is not None
    view.close_panel()


def test_every_control_has_a_name_for_a_screen_reader(
    window: MainWindow, view: DeskView, person: str, settled: Settled
) -> None:
    found = []

    for where in everywhere(view, person, settled):
        found += [(where, name) for name in nameless(window)]

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_words_are_cut_off_on_a_small_screen(
    qtbot: QtBot,
    qapp: QApplication,
    window: MainWindow,
    person: str,
    scheme: Scheme,
    percent: int,
) -> None:
    theme.apply(qapp, Look(scheme, percent))
    view = window.view
    assert view is not None
    frame = view.frame
    frame.look_changed.emit()
    window.resize(1366, 768)
    settle(qtbot, window)
    found = {}

    for where in everywhere(view, person, lambda: settle(qtbot, window)):
        cut = sorted(set(cut_off(window)))
        if cut:
            found[where] = cut

    assert found == {}
    assert window.minimumSizeHint().height() <= 768
    assert window.minimumSizeHint().width() <= 1366


class Shown(QObject):
    """Notes every window that is shown, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Look at what is shown."""
        is_shown = event.type() == QEvent.Type.Show
        # A menu is a window of its own, and is meant to be.
        part = isinstance(watched, QWidget) and not isinstance(watched, QMenu)
        if is_shown and part and watched.isWindow():  # type: ignore[attr-defined]
            self.found.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_is_shown_as_a_window_of_its_own(
    qapp: QApplication, view: DeskView, person: str, settled: Settled
) -> None:
    """A button made visible before it had a place flashed up as a window."""
    shown = Shown()
    qapp.installEventFilter(shown)

    for _ in everywhere(view, person, settled):
        pass

    qapp.removeEventFilter(shown)
    assert shown.found == []


def test_at_200_per_cent_the_window_still_fits_a_small_screen(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, person: str
) -> None:
    theme.apply(qapp, Look("light", 200))
    view = window.view
    assert view is not None
    view.frame.look_changed.emit()
    window.resize(1366, 768)

    for where in everywhere(view, person, lambda: settle(qtbot, window)):
        least = window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 768) == (True, True), where


def test_the_cursor_goes_through_a_panel_in_reading_order(
    qtbot: QtBot, window: MainWindow, view: DeskView, person: str, settled: Settled
) -> None:
    view.go("person", {"client_id": person})
    settled()
    (offer,) = [o for o in view.offers() if o.key is deeds.CLOSE_EPISODE]
    offer.run()
    settled()
    with qtbot.waitActive(window):
        window.activateWindow()
    panel = view.panel
    assert panel is not None
    panel.start()
    places = []

    for _ in range(6):
        at = QApplication.focusWidget()
        assert at is not None
        corner = at.mapTo(window, QPoint(0, 0))
        places.append((corner.y() // 8, corner.x()))
        qtbot.keyClick(at, Qt.Key.Key_Tab)

    assert places == sorted(places)
