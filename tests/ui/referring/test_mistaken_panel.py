"""Entered in error in the window: by keyboard, undone at once, put back tomorrow."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.records import Client
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.referring.mistaken_panel import MistakenPanel
from tests.builders.casework import TODAY, make_client, make_session, make_waiting
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]


def standing(desk: Desk) -> set[str]:
    with desk.store.reading() as rows:
        return {each.id for each in find(rows, Client)}


def test_it_is_taken_off_undone_and_put_back_by_keyboard(
    desk: Desk, view: DeskView, window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    client_id = make_client(desk, known_as="Twicefold")
    make_waiting(desk, client_id)
    code = people.person(desk, client_id).client.code
    view.frame.go("people")
    settled()
    view.frame.go("person", client_id=client_id)
    settled()
    keys = Keyboard(window)

    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(Qt.Key.Key_Delete)
    settled()
    panel = view.panel
    assert isinstance(panel, MistakenPanel)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert panel.reason.problem
    keys.type("typed twice")
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()
    assert standing(desk) == set()
    assert not isinstance(view.page, PersonPageView)

    keys.press(Qt.Key.Key_Z, CTRL)
    settled()
    assert standing(desk) == {client_id}

    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(Qt.Key.Key_Delete)
    keys.type("typed twice")
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()
    view.frame.go("people")
    settled()
    assert isinstance(view.page, PeoplePage)
    keys.type(code)
    settled()
    assert view.page.model.total == 1
    keys.press(Qt.Key.Key_Return)
    settled()
    keys.press(Qt.Key.Key_Return)
    settled()
    assert standing(desk) == {client_id}
    assert isinstance(view.page, PersonPageView)
    assert view.page.person_shown() == client_id


def test_why_it_is_refused_stands_in_the_panel(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_session(desk, make_waiting(desk, client_id), TODAY, type="ASSESS")
    panel = MistakenPanel(view.frame, people.person(desk, client_id))
    view.frame.open_panel(panel)
    panel.reason.editor.set_value("typed twice")

    panel.save()
    settled()

    assert view.panel is panel
    said = [each.text() for each in panel.form.problem_list.findChildren(QLabel)]
    assert any("session: 1" in words for words in said)
    assert standing(desk) == {client_id}
