"""Tables: what Qt asks of a model, order, privacy, parts of a long list, copying."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from provider_desk.model.records import Session
from provider_desk.model.views import Event, EventKind, Page
from provider_desk.services.casework.course.grouping import EventGroup
from provider_desk.ui.pages.time_line import EventList
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.paged import PagedTable
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView

pytestmark = pytest.mark.usefixtures("light")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of these tests."""

    name: str
    on: date | None
    minutes: int | None


ROWS = (
    Row("Bea", date(2018, 4, 2), 50),
    Row("ada", None, 7),
    Row("Cyn", date(2018, 4, 1), None),
)


def columns() -> list[Column[Row]]:
    return [
        Column("Name", lambda row: row.name, private=True),
        declared(Session, "held_on", lambda row: row.on),
        declared(Session, "minutes", lambda row: row.minutes),
    ]


def names(model: RowTable[Row]) -> list[str]:
    return [row.name for row in model.rows]


def test_the_model_keeps_what_qt_expects_of_one(qtmodeltester: ModelTester) -> None:
    model = RowTable(columns())
    model.set_rows(ROWS)

    qtmodeltester.check(model)


def test_the_paged_model_keeps_what_qt_expects(qtmodeltester: ModelTester) -> None:
    model: PagedTable[Row] = PagedTable(columns(), lambda *_: None)
    model.start(Page(ROWS, total=120))

    qtmodeltester.check(model)


def test_the_time_line_keeps_what_qt_expects(qtmodeltester: ModelTester) -> None:
    model = EventList()
    day = date(2018, 4, 1)
    events = (
        Event(EventKind.SESSION, day, "Came", "50 minutes", "session", "1"),
        Event(EventKind.SCORE, day, "PHQ-9: 12", "", "score", "2"),
    )
    model.set_groups([EventGroup("", date.min, "", "", events)])

    qtmodeltester.check(model)


def test_headings_units_and_sides_come_from_the_declaration() -> None:
    model = RowTable(columns())
    across = Qt.Orientation.Horizontal

    assert model.headerData(2, across) == "Length (minutes)"
    side = model.headerData(2, across, Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    ("column", "order", "wanted"),
    [
        (0, Qt.SortOrder.AscendingOrder, ["ada", "Bea", "Cyn"]),
        (1, Qt.SortOrder.AscendingOrder, ["Cyn", "Bea", "ada"]),
        (1, Qt.SortOrder.DescendingOrder, ["Bea", "Cyn", "ada"]),
        (2, Qt.SortOrder.DescendingOrder, ["Bea", "ada", "Cyn"]),
    ],
)
def test_rows_are_sorted_by_value_and_empty_ones_come_last(
    column: int, order: Qt.SortOrder, wanted: list[str]
) -> None:
    model = RowTable(columns())
    model.set_rows(ROWS)

    model.sort(column, order)

    assert names(model) == wanted


def test_new_rows_keep_the_order_that_was_chosen() -> None:
    model = RowTable(columns())
    model.sort(0)

    model.set_rows(ROWS)

    assert names(model) == ["ada", "Bea", "Cyn"]


def test_private_columns_say_other_words_in_privacy_view() -> None:
    name, day = columns()[:2]
    instead = replace(name, instead=lambda row: f"code of {row.name[0]}")
    model = RowTable([name, day, instead])
    model.set_rows(ROWS)

    model.set_privacy(True)

    said = [model.index(0, column).data() for column in range(3)]
    assert said == ["hidden", "Mon 2 Apr 2018", f"code of {ROWS[0].name[0]}"]


def test_parts_of_a_long_list_come_when_they_are_seen() -> None:
    asked: list[tuple[int, int]] = []
    waiting: list[Callable[[Page[Any]], None]] = []

    def fetch(start: int, count: int, came: Callable[[Page[Any]], None]) -> None:
        asked.append((start, count))
        waiting.append(came)

    model: PagedTable[Row] = PagedTable(columns(), fetch)
    model.start(Page(ROWS * 10, total=200))
    first = model.index(120, 0).data()
    model.index(121, 0).data()
    waiting[0](Page((ROWS[0],) * 30, total=200, start=120))

    assert first == "…"
    assert asked == [(120, 30)]
    assert model.index(120, 0).data() == "Bea"


def test_a_part_of_the_list_before_is_dropped() -> None:
    waiting: list[Callable[[Page[Any]], None]] = []
    model: PagedTable[Row] = PagedTable(columns(), lambda *a: waiting.append(a[2]))
    model.start(Page(ROWS * 10, total=200))
    model.index(120, 0).data()

    model.start(Page((ROWS[2],) * 30, total=200))
    waiting[0](Page((ROWS[0],) * 30, total=200, start=120))

    assert model.index(120, 0).data() == "…"


def test_rows_are_copied_with_their_headings(
    qtbot: QtBot, preferences: Preferences
) -> None:
    model = RowTable(columns())
    model.set_rows(ROWS)
    view = TableView("Rows", model, preferences)
    qtbot.addWidget(view)

    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Name\tDate\tLength (minutes)"
    assert lines[1] == "Bea\tMon 2 Apr 2018\t50"


def test_enter_opens_the_row_under_the_cursor(
    qtbot: QtBot, preferences: Preferences
) -> None:
    opened: list[Row] = []
    model = RowTable(columns())
    model.set_rows(ROWS)
    view = TableView("Rows", model, preferences, opened.append)
    qtbot.addWidget(view)
    view.selectRow(1)

    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened == [ROWS[1]]


def test_widths_of_columns_are_remembered(
    qtbot: QtBot, preferences: Preferences
) -> None:
    first = TableView("Rows", RowTable(columns()), preferences)
    qtbot.addWidget(first)
    first.setColumnWidth(0, 213)

    second = TableView("Rows", RowTable(columns()), preferences)
    qtbot.addWidget(second)

    assert second.columnWidth(0) == 213
