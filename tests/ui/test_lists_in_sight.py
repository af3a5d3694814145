"""Lists to pick from, chips and frames: whole words, one middle, a ring all round."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.pick_list import PickList
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.setting.sections_page import SectionsPage
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.list_room import CutLine
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.frozen import FrozenColumns
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import Look, px

pytestmark = pytest.mark.usefixtures("light")

LONG = "Practical and emotional support and advocacy - young people up to 25"
LINES = [("PES_YP", LONG), ("THER", "Counselling")]

Settled = Callable[[], None]


def shown(qtbot: QtBot, box: QWidget) -> QWidget:
    """A narrow field at the right edge of the screen, as in a panel."""
    held = QWidget()
    qtbot.addWidget(held)
    QVBoxLayout(held).addWidget(box)
    held.setFixedWidth(220)
    room = held.screen().availableGeometry()
    held.move(room.right() - 221, room.top() + 40)
    held.show()
    qtbot.waitExposed(held)
    return held


@pytest.mark.parametrize("typed", [True, False])
def test_a_list_that_opens_is_as_wide_as_its_longest_line_and_on_the_screen(
    qtbot: QtBot, *, typed: bool
) -> None:
    pick = Pick("Service area", LINES)
    box: QComboBox = PickList(LINES) if typed else pick.box
    held = shown(qtbot, box if typed else pick)

    box.showPopup()

    listed = box.view()
    qtbot.waitUntil(listed.isVisible)
    assert listed.viewport().width() >= listed.sizeHintForColumn(0)
    room, stands = held.screen().availableGeometry(), listed.window().geometry()
    assert room.left() <= stands.left()
    assert stands.right() <= room.right()
    box.hidePopup()


def test_what_is_found_by_typing_is_whole_and_on_the_screen(qtbot: QtBot) -> None:
    picks = PickList(LINES)
    held = shown(qtbot, picks)
    with qtbot.waitActive(held):
        held.activateWindow()
    picks.setFocus()

    QTest.keyClicks(picks, "advoc")

    completer = picks.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.viewport().width() >= popup.sizeHintForColumn(0)
    assert popup.geometry().right() <= held.screen().availableGeometry().right()
    popup.hide()


def test_words_without_room_end_in_dots_and_stand_in_the_tooltip(qtbot: QtBot) -> None:
    pick = Pick("Service area", [*LINES[1:], *LINES[:1]])
    pick.box.setMinimumContentsLength(1)
    held = shown(qtbot, pick)
    without = QComboBox()
    without.addItem(LONG)
    beside = shown(qtbot, without)

    pick.set_code("PES_YP")
    without.resize(pick.box.size())

    assert pick.box.toolTip() == LONG
    assert held.width() == beside.width() >= pick.box.width()
    assert pick.box.grab().toImage() != without.grab().toImage()
    pick.set_options([("", "Adults")])
    without.setItemText(0, "Adults")
    assert pick.box.grab().toImage() == without.grab().toImage()


def test_a_field_shows_the_beginning_and_dots_until_one_goes_into_it(
    qtbot: QtBot,
) -> None:
    line, cut = CutLine(), CutLine()
    for each in (line, cut):
        qtbot.addWidget(each)
        each.resize(180, 32)
        each.setText(LONG)
        each.setCursorPosition(0)
        each.ensurePolished()
    one, two = line.grab().toImage(), cut.grab().toImage()
    cut.setText(f"{LONG} and their families")
    cut.setCursorPosition(0)

    assert one == two == cut.grab().toImage()
    cut.setText(LONG[:10])
    assert one != cut.grab().toImage()


def test_a_chip_and_a_word_beside_it_stand_on_one_middle(qtbot: QtBot) -> None:
    held = QWidget()
    qtbot.addWidget(held)
    flow = Flow(px(4), held)
    chip, word = plain("1 Risk plan looked at", held.show), quiet("Open", held.show)
    chip.setProperty("role", "chip")
    for button in (chip, word):
        flow.addWidget(button)
    held.resize(500, 60)
    held.show()

    assert chip.height() != word.height()
    assert abs(chip.geometry().center().y() - word.geometry().center().y()) <= 1


def test_columns_that_stay_leave_the_ring_round_the_table_in_sight(
    qtbot: QtBot, preferences: Preferences
) -> None:
    model: RowTable[int] = RowTable([Column(f"C{n}", str, width=120) for n in range(9)])
    table = TableView("Numbers", model, preferences)
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    frozen = FrozenColumns(table, 2)

    assert (frozen.x(), frozen.y()) == (2, 2)


@pytest.mark.parametrize("place", ["settings", "office"])
def test_the_name_of_a_chosen_section_is_whole_in_large_text(
    qapp: QApplication,
    window: MainWindow,
    view: DeskView,
    settled: Settled,
    place: str,
) -> None:
    theme.apply(qapp, Look("light", 150))
    window.resize(1366, 768)
    view.go(place, {})
    settled()
    page = view.page
    assert isinstance(page, SectionsPage)

    bold = QFont(page.font())
    bold.setBold(True)
    advance = QFontMetrics(bold).horizontalAdvance
    for button in page._buttons.values():
        assert advance(button.text()) + px(16) + 4 <= button.width(), button.text()
