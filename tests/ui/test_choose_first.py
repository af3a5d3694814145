"""Saving before anybody is chosen says so beside the field, and goes there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.diarying.book_panel import BookPanel
from provider_desk.ui.pages.log_session import LogSessionPanel
from tests.builders.casework import make_client, make_episode
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key


@pytest.mark.parametrize("kind", [LogSessionPanel, BookPanel])
@pytest.mark.parametrize("by_key", [True, False])
def test_saving_for_nobody_says_what_comes_first(
    qtbot: QtBot,
    desk: Desk,
    window: MainWindow,
    view: DeskView,
    settled: Callable[[], None],
    kind: type[LogSessionPanel | BookPanel],
    *,
    by_key: bool,
) -> None:
    make_episode(desk, make_client(desk, known_as="Anna First"))
    with qtbot.waitActive(window):
        window.activateWindow()
    panel = kind(view.frame)
    view.frame.open_panel(panel)
    settled()
    assert panel.button.isEnabled()
    assert not panel.picker.problem.isVisible()

    if by_key:
        Keyboard(window).press(KEY.Key_Return, CTRL)
    else:
        panel.button.setFocus()
        panel.button.click()
    settled()

    assert view.panel is panel
    assert panel.picker.problem.isVisible()
    assert "Choose a person first." in panel.picker.problem.text()
    assert panel.picker.edit.hasFocus()

    Keyboard(window).type("anna")
    assert not panel.picker.problem.isVisible()
    settled()
    Keyboard(window).press(KEY.Key_Return)
    settled()
    assert panel.form.isVisible()
