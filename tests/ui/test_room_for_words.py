"""Words that were cut off once have room: buttons, headings, dates, lists."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Day
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds, theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.forms.pick_list import PickList
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import Look, px
from tests.builders.casework import make_client
from tests.builders.controls import cut_off

LONG = "Practical and emotional support and advocacy - young people up to 25"


@pytest.mark.parametrize("percent", [100, 150])
def test_buttons_below_a_panel_go_on_in_a_second_line(
    qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    theme.apply(qapp, Look("light", percent))
    panel = Panel("Court date")
    qtbot.addWidget(panel)
    for words in (
        "Change it",
        "Take it back",
        "Change the verdict",
        "Undo the verdict",
    ):
        button = plain(words, panel.show_top)
        panel.foot.addWidget(button, button.sizeHint().width())
    panel.setFixedSize(px(400), px(500))
    panel.show()

    assert list(cut_off(panel)) == []


def test_the_only_button_below_a_panel_is_as_wide_as_the_panel(
    qtbot: QtBot, light: None
) -> None:
    del light
    panel = Panel("Record contact")
    qtbot.addWidget(panel)
    button = plain("Record contact", panel.show_top)
    panel.foot.addWidget(button, 1)
    panel.setFixedSize(px(400), px(500))
    panel.show()

    assert button.width() > px(350)


def test_a_column_is_never_narrower_than_its_heading(
    qtbot: QtBot, light: None, preferences: Preferences
) -> None:
    del light
    model = RowTable([Column("Assessments (a week)", str, width=50)] * 2)
    table = TableView("Slots", model, preferences)
    qtbot.addWidget(table)
    words = (
        table.horizontalHeader().fontMetrics().horizontalAdvance("Assessments (a week)")
    )

    assert table.columnWidth(0) > words


def test_long_words_in_a_list_are_seen_from_where_they_begin(
    qtbot: QtBot, light: None
) -> None:
    del light
    held = QWidget()
    qtbot.addWidget(held)
    column = QVBoxLayout(held)
    column.addWidget(plain("Before", held.show))
    picks = PickList([("PES_YP", LONG)])
    column.addWidget(picks)
    held.setFixedWidth(200)
    held.show()
    line = picks.lineEdit()
    assert line is not None

    picks.set_code("PES_YP")
    with qtbot.waitActive(held):
        held.activateWindow()
    picks.setFocus(Qt.FocusReason.TabFocusReason)

    assert (line.cursorPosition(), line.selectedText()) == (0, LONG)
    assert line.toolTip() == LONG


def test_a_date_has_room_beside_wider_fields(qtbot: QtBot, light: None) -> None:
    del light
    editor = DayEditor(Day(label="On"), lambda: date(2026, 9, 30))
    qtbot.addWidget(editor)

    wide = editor.line.fontMetrics().horizontalAdvance("Wed 30 Sep 2026")

    assert editor.line.minimumWidth() > wide


def test_a_panel_says_once_whom_it_is_about(
    desk: Desk, view: DeskView, settled: Callable[[], None]
) -> None:
    view.go("person", {"client_id": make_client(desk, code="I-0901")})
    settled()
    (offer,) = [o for o in view.offers() if o.key is deeds.SAFEGUARD]
    offer.run()
    settled()
    assert view.panel is not None

    said = [each.text() for each in view.panel.findChildren(QLabel)]

    assert said.count("I-0901") == 1


def test_a_long_sentence_at_the_foot_loses_neither_end(
    view: DeskView, settled: Callable[[], None]
) -> None:
    said = view.bottom.said

    view.bottom.say("Stepped up: a new referral, accepted. " * 4)
    settled()

    assert said.heightForWidth(said.width()) <= said.height()


def test_a_person_without_entries_has_no_empty_list_to_choose_from(
    desk: Desk, view: DeskView, settled: Callable[[], None]
) -> None:
    view.go("person", {"client_id": make_client(desk)})
    settled()

    page = view.page
    assert page is not None
    assert not any(each.isVisible() for each in page.findChildren(Pick))
