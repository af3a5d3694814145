"""Tab goes through a measure as it is read: measure, way, questions, day, button."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.measuring.measure_panel import MeasurePanel
from tests.builders.casework import make_client, make_episode
from tests.builders.windows import Keyboard

Settled = Callable[[], None]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(
    desk: Desk,
    view: DeskView,
    window: MainWindow,
    qtbot: QtBot,
    settled: Settled,
) -> MeasurePanel:
    """An empty measure, beside the person's page."""
    with qtbot.waitActive(window):
        window.activateWindow()
    client_id = make_client(desk)
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.MEASURE]
    offer.run()
    settled()
    assert isinstance(view.panel, MeasurePanel)
    return view.panel


def heard() -> str:
    at = QApplication.focusWidget()
    assert at is not None
    return at.accessibleName() or str(getattr(at, "text", str)())


def test_back_from_the_first_question_the_total_can_be_typed_instead(
    panel: MeasurePanel, window: MainWindow
) -> None:
    keys = Keyboard(window)
    keys.type("1")
    assert heard().startswith("Question 1")

    keys.press(Qt.Key.Key_Backtab, SHIFT)
    assert heard() == "Type the total instead"
    keys.press(Qt.Key.Key_Space)

    assert panel.by_total
    assert heard().startswith("Total")


def test_the_total_stays_in_sight_when_its_words_come_in_below(
    panel: MeasurePanel, window: MainWindow, settled: Settled
) -> None:
    keys = Keyboard(window)
    keys.type("1")
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    keys.press(Qt.Key.Key_Space)
    for high in range(440, 560, 10):
        window.resize(1000, high)
        panel.form.boxes["total"].editor.set_value(None)
        panel.form.go_to("instrument")
        settled()
        panel.form.go_to("total")
        settled()
        keys.type("14")
        settled()

        at = QApplication.focusWidget()
        assert at is not None
        assert at.visibleRegion().boundingRect() == at.rect()


def test_tab_goes_from_question_to_question_and_then_to_the_day(
    panel: MeasurePanel, window: MainWindow, settled: Settled
) -> None:
    keys = Keyboard(window)
    for code in ("1", "2"):
        panel.form.boxes["instrument"].editor.setFocus()
        keys.type(code)
        settled()
        asked = len(panel.items.questions)
        walked: list[str] = []
        for _ in range(asked + 1):
            at = heard().split(":")[0]
            if not walked or walked[-1] != at:
                walked.append(at)
            keys.press(Qt.Key.Key_Tab)
            if heard().split(":")[0] == at:
                keys.press(Qt.Key.Key_Tab)

        assert walked[:asked] == [f"Question {n}" for n in range(1, asked + 1)]
        assert walked[asked].startswith("Date")
