"""Columns in little room: shrunk, left out, cut, and only then scrolled sideways."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.ui import theme
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.fitting import Need, fitted
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import Look

LEAST = 96

NEEDS = st.builds(
    Need,
    heading=st.integers(40, 200),
    words=st.integers(0, 900),
    wanted=st.integers(40, 500),
    chosen=st.booleans(),
    whole=st.booleans(),
    leaves=st.integers(0, 3),
)


@given(st.lists(NEEDS, min_size=1, max_size=14), st.integers(0, 3000))
def test_a_table_scrolls_only_where_nothing_more_can_give(
    needs: list[Need], room: int
) -> None:
    widths = fitted(needs, room, LEAST)

    staying = {number for number, need in enumerate(needs) if not need.leaves}
    assert staying <= set(widths) <= set(range(len(needs)))
    if widths and sum(widths.values()) > room:
        assert set(widths) == staying
        for number, width in widths.items():
            least = needs[number].tight
            assert width == (least if needs[number].whole else min(least, LEAST))
    elif widths:
        assert sum(widths.values()) == room


@given(st.lists(NEEDS, min_size=1, max_size=14), st.integers(0, 3000))
def test_dates_and_numbers_are_never_cut(needs: list[Need], room: int) -> None:
    for number, width in fitted(needs, room, LEAST).items():
        if needs[number].whole and not needs[number].chosen:
            assert width >= needs[number].content


def test_words_shrink_before_a_column_is_left_out_and_are_cut_only_after() -> None:
    needs = [
        Need(heading=60, words=300, wanted=200),
        Need(heading=60, words=80, wanted=160),
        Need(heading=60, words=80, wanted=160, leaves=1),
    ]

    assert set(fitted(needs, 310, LEAST)) == {0, 1, 2}
    assert fitted(needs, 300, LEAST) == {0: 185, 1: 115}
    assert fitted(needs, 200, LEAST) == {0: 120, 1: 80}


def test_in_place_of_a_wide_column_a_narrow_one_stays() -> None:
    needs = [
        Need(heading=60, words=100, wanted=100),
        Need(heading=200, words=40, wanted=200, whole=True, leaves=1),
        Need(heading=90, words=40, wanted=90, whole=True, leaves=2),
    ]

    assert fitted(needs, 390, LEAST) == {0: 100, 1: 200, 2: 90}
    assert set(fitted(needs, 310, LEAST)) == {0, 1}
    assert set(fitted(needs, 290, LEAST)) == {0, 2}


class Lists:
    """A table in a column of a page, and the parts beside it."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        self.model: RowTable[int] = RowTable(
            [
                Column("Code", lambda row: f"D-{row:04}", width=80, whole=True),
                Column("Name", lambda row: f"Avery {row}", private=True, leaves=2),
                Column("Said", lambda row: f"a fairly long word {row}", width=200),
                Column("Hub", lambda row: f"accepted {row}", leaves=1, whole=True),
            ]
        )
        self.model.set_rows(range(9))
        self.page = QWidget()
        qtbot.addWidget(self.page)
        column = QVBoxLayout(self.page)
        self.table = TableView("Lines", self.model, preferences)
        column.addWidget(self.table)
        self.page.show()

    def take(self, width: int) -> list[int]:
        """Give the page a width; which columns are left out then."""
        self.page.resize(width, 400)
        QApplication.processEvents()
        columns = range(self.model.columnCount())
        return [number for number in columns if self.table.isColumnHidden(number)]


@pytest.fixture
def lists(qtbot: QtBot, light: None, preferences: Preferences) -> Lists:
    del light
    return Lists(qtbot, preferences)


def test_columns_that_leave_come_back_with_the_room(lists: Lists) -> None:
    wide = lists.take(800)
    narrow = lists.take(310)

    assert wide == []
    assert narrow == [1, 3]
    assert lists.table.horizontalScrollBar().maximum() == 0
    assert lists.take(800) == []


def test_what_has_no_room_stands_below_for_the_row_at_the_cursor(lists: Lists) -> None:
    lists.take(310)
    label = lists.table.beside.label
    assert label is not None
    lists.table.setCurrentIndex(QModelIndex())
    asked = label.text()

    lists.table.setFocus()
    lists.table.selectRow(3)

    assert asked == "No room for Name, Hub: choose a row to read it here."
    assert label.text() == "Also: Name: Avery 3 · Hub: accepted 3"
    assert label.isVisible()
    lists.table.hide()
    assert label.isHidden()
    lists.table.show()
    lists.take(800)
    assert label.isHidden()


def test_it_is_told_with_the_first_cell_and_copied_and_hidden_with_the_personal(
    lists: Lists,
) -> None:
    lists.take(310)
    first = lists.model.index(3, 0)
    lists.table.selectRow(3)

    described = first.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Name: Avery 3. Hub: accepted 3"
    assert first.data(Qt.ItemDataRole.ToolTipRole).splitlines()[1:] == [
        "Name: Avery 3",
        "Hub: accepted 3",
    ]
    lists.table.copy()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == "Code\tName\tSaid\tHub"

    lists.model.set_privacy(True)

    assert lists.table.beside.words() == "Also: Name: hidden · Hub: accepted 3"


def test_a_table_that_was_made_before_its_page_has_the_line_too(
    qtbot: QtBot, light: None, preferences: Preferences
) -> None:
    del light
    model: RowTable[int] = RowTable(
        [Column(f"A heading, {n}", str, whole=True, leaves=n) for n in range(3)]
    )
    model.set_rows(range(3))
    table = TableView("Lines", model, preferences)
    table.resize(150, 300)
    table._widths.fit()
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(table)
    page.resize(170, 300)

    page.show()

    assert model.left_out == (1, 2)
    assert table.beside.label is not None
    assert table.beside.label.isVisible()


def test_the_cursor_leaves_a_column_that_is_left_out(lists: Lists) -> None:
    lists.take(800)
    lists.table.setCurrentIndex(lists.model.index(3, 3))

    lists.take(310)

    at = lists.table.currentIndex()
    assert (at.row(), at.column()) == (3, 0)


@pytest.fixture
def looks(qapp: QApplication, light: None) -> Callable[[int], None]:
    del light
    return lambda percent: theme.apply(qapp, Look("light", percent))


def test_a_width_that_was_left_grows_with_the_text(
    qtbot: QtBot, preferences: Preferences, looks: Callable[[int], None]
) -> None:
    first = Lists(qtbot, preferences)
    first.take(900)
    first.table.setColumnWidth(0, 160)

    looks(150)
    grown = Lists(qtbot, preferences)
    grown.take(1350)
    wide = grown.table.columnWidth(0)
    grown.table.setColumnWidth(0, 300)
    looks(100)
    back = Lists(qtbot, preferences)
    back.take(900)

    assert (wide, back.table.columnWidth(0)) == (240, 200)


def test_a_table_in_sight_grows_when_the_text_does(
    lists: Lists, looks: Callable[[int], None]
) -> None:
    lists.take(1400)
    usual = lists.table.columnWidth(0)

    looks(150)
    QApplication.processEvents()

    assert lists.table.columnWidth(0) > usual * 1.3
    assert lists.table.rowHeight(0) == 48


@pytest.mark.parametrize("kept", ["", "3|0:90.0", "4|", "4|9:90.0 x:1 0:-3.0", b"\xff"])
def test_widths_that_are_not_understood_count_as_none(
    preferences: Preferences, kept: object
) -> None:
    preferences._settings.setValue("tables/lines", kept)

    assert preferences.widths("lines", 4) == {}
