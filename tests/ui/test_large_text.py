"""At 150 % text, in a window of 1366 by 768, what one came for is in sight."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QScrollArea
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.pick_list import PickList
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.diary import DiaryPage
from provider_desk.ui.pages.setting.sections_page import SectionsPage
from provider_desk.ui.pages.waiting_list import WaitingListPage
from provider_desk.ui.theme import Look, px
from tests.builders.casework import make_client, make_waiting
from tests.builders.controls import cut_off
from tests.ui.test_forms_fit import FORMS, ROOM

Settled = Callable[[], None]


@pytest.fixture
def large(
    qapp: QApplication, window: MainWindow, view: DeskView, settled: Settled
) -> DeskView:
    theme.apply(qapp, Look("light", 150))
    view.frame.look_changed.emit()
    window.resize(1366, 768)
    settled()
    return view


@pytest.mark.parametrize(
    ("place", "part"), [("settings", "service"), ("office", "register")]
)
def test_a_section_does_not_scroll_sideways(
    large: DeskView, settled: Settled, place: str, part: str
) -> None:
    large.go(place, {"part": part})
    settled()
    page = large.page
    assert isinstance(page, SectionsPage)

    areas = [each for each in page.findChildren(QScrollArea) if each.isVisible()]

    assert areas
    assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)


def test_three_rows_of_the_waiting_list_are_in_sight(
    desk: Desk, large: DeskView, settled: Settled
) -> None:
    for name in ("Avery", "Blake", "Casey", "Devon"):
        client_id = make_client(desk, known_as=name)
        make_waiting(desk, client_id, received_on=date(2018, 3, 1))
    large.go("waiting", {})
    settled()
    page = large.page
    assert isinstance(page, WaitingListPage)

    table = page.table
    third = table.visualRect(page.model.index(2, 0)).bottomLeft()
    seen = table.viewport().visibleRegion()

    assert seen.contains(third - QPoint(-1, 1))
    assert page.bands.y() > table.y()


def test_the_bands_stand_above_the_waiting_list_at_the_usual_size(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    make_waiting(desk, make_client(desk), received_on=date(2018, 3, 1))
    view.go("waiting", {})
    settled()
    page = view.page
    assert isinstance(page, WaitingListPage)

    assert page.bands.y() < page.table.y()
    assert page.no_way.nextInFocusChain() is not page.table


def test_what_the_search_finds_is_as_wide_as_its_words(
    desk: Desk, qtbot: QtBot, large: DeskView, settled: Settled
) -> None:
    name = "Wilhelmina Featherstonehaugh-Cholmondeley"
    make_client(desk, known_as=name, born_on=date(1991, 10, 22))
    finder = large.finder
    finder.start()
    qtbot.waitUntil(finder.edit.hasFocus)
    QTest.keyClicks(finder.edit, "Wilhelmina")
    settled()
    found = next(
        each
        for each in large.findChildren(QListWidget)
        if each.isVisible() and each.accessibleName() == "Found"
    )

    assert any("22 Oct 1991" in line for line in finder.found())
    assert found.viewport().width() >= found.sizeHintForColumn(0)


def test_the_search_says_its_key(large: DeskView) -> None:
    edit = large.finder.edit
    words = edit.fontMetrics().horizontalAdvance(edit.placeholderText())

    # Beside the words stand the picture and the button that clears.
    assert edit.width() > words + 3 * edit.height() // 2


def test_every_day_of_the_week_has_its_whole_heading(
    large: DeskView, settled: Settled
) -> None:
    large.go("diary", {})
    settled()
    page = large.page
    assert isinstance(page, DiaryPage)
    page.grid.days = 7
    page._place_heads()

    assert list(cut_off(page)) == []


def test_a_list_of_a_deed_shows_the_whole_of_its_longest_line(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, Look("light", 150))
    cut = []
    for words, record_type, rows in FORMS:
        form = RecordForm(record_type, rows, lambda: date(2026, 9, 30))
        qtbot.addWidget(form)
        form.resize(px(ROOM), form.sizeHint().height())
        form.show()
        beside = [name for row in rows if isinstance(row, tuple) for name in row]
        for name in beside:
            inner = form.boxes[name].editor.inner
            if isinstance(inner, PickList):
                metrics = inner.fontMetrics()
                lines = (inner.itemText(at) for at in range(inner.count()))
                widest = max(map(metrics.horizontalAdvance, lines), default=0)
                if widest + px(32) > inner.width():
                    cut.append((words, name, inner.width(), widest))
        form.hide()

    assert cut == []
