"""Columns that stay in sight, and the line that shows long work."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.errors import Cancelled
from provider_desk.ui.parts.steps import Steps
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.frozen import FrozenColumns
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.tasks import Tasks


@pytest.fixture
def table(qtbot: QtBot, light: None, preferences: Preferences) -> TableView:
    """Twelve columns of 120 pixels, thirty rows."""
    del light
    model: RowTable[int] = RowTable(
        [Column(f"A column, {number:02}", str, width=120) for number in range(12)]
    )
    model.set_rows(range(30))
    made = TableView("Numbers", model, preferences)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_first_columns_stay_when_the_table_is_scrolled(table: TableView) -> None:
    frozen = FrozenColumns(table, 2)
    across = table.horizontalScrollBar()
    across.setValue(across.maximum())

    assert frozen.isVisible()
    assert frozen.width() == table.columnWidth(0) + table.columnWidth(1)
    assert frozen.columnAt(5) == 0
    assert table.columnAt(5) != 0


def test_both_scroll_down_together(table: TableView) -> None:
    frozen = FrozenColumns(table, 2)

    table.verticalScrollBar().setValue(200)

    assert frozen.verticalScrollBar().value() == table.verticalScrollBar().value() > 0


def test_the_cursor_never_hides_below_them(table: TableView) -> None:
    frozen = FrozenColumns(table, 2)
    across = table.horizontalScrollBar()
    across.setValue(across.maximum())

    table.setCurrentIndex(table.model().index(0, 3))

    assert table.visualRect(table.currentIndex()).left() >= frozen.width()


def test_where_they_would_take_most_of_the_room_they_are_left_out(
    table: TableView,
) -> None:
    frozen = FrozenColumns(table, 2)

    table.resize(280, 300)

    assert not frozen.fits()
    assert frozen.isHidden()


def test_they_follow_the_width_of_a_column(table: TableView) -> None:
    frozen = FrozenColumns(table, 2)

    table.setColumnWidth(0, 90)

    assert frozen.columnWidth(0) == 90
    assert frozen.width() == 90 + table.columnWidth(1)


@pytest.fixture
def line(qtbot: QtBot, light: None) -> Iterator[WorkLine]:
    """A line for work, in a window of its own."""
    del light
    holder = QWidget()
    made = WorkLine()
    made.setParent(holder)
    qtbot.addWidget(holder)
    holder.show()
    yield made
    holder.close()


def test_quick_work_is_not_announced_and_slow_work_is(
    qtbot: QtBot, line: WorkLine
) -> None:
    stopped: list[bool] = []

    line.begin("Counting …", lambda: stopped.append(True))
    at_once = line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=20_000)
    line.stop.click()
    line.end()

    assert not at_once
    assert stopped == [True]
    assert line.isHidden()


def test_work_that_is_stopped_ends_with_the_line(qtbot: QtBot, line: WorkLine) -> None:
    owner = line.parentWidget()
    assert owner is not None
    tasks = Tasks(owner)
    ended: list[object] = []

    def work(progress: object, cancelled: object) -> None:
        assert callable(progress)
        assert callable(cancelled)
        progress(1, 3)
        while not cancelled():
            Event().wait(0.01)
        raise Cancelled("Stopped.")

    task = tasks.long(owner, work, ended.append, ended.append)
    line.follow(task, "Working …")
    qtbot.waitUntil(line.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: line.bar.maximum() == 3)

    line.stop.click()

    qtbot.waitUntil(line.isHidden, timeout=20_000)
    assert isinstance(ended[0], Cancelled)
    tasks.wait()


def test_steps_say_their_name_and_what_is_left(qtbot: QtBot, light: None) -> None:
    del light
    steps = Steps(("Check", "Look"))
    qtbot.addWidget(steps)
    heard: list[int] = []
    steps.chosen.connect(heard.append)

    steps.set_left(1, "3 over limits")
    steps.allow(0, allowed=False)
    button = steps._group.button(1)
    button.click()

    assert button.accessibleName() == "Step 2, Look: 3 over limits"
    assert heard == [1]
    assert steps.now() == 1
    assert not steps._group.button(0).isEnabled()
