"""Sessions at the same time: each can be read, and each is reached by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from provider_desk.model.fields import Value
from provider_desk.services.casework.booking import bookings
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.diary import DiaryPage
from provider_desk.ui.pages.diarying.block import Block, More, first_line
from tests.builders.casework import TODAY, make_client, make_episode
from tests.builders.windows import Keyboard

Settled = Callable[[], None]
KEY = Qt.Key


def diary_of(view: DeskView) -> DiaryPage:
    page = view.page
    assert isinstance(page, DiaryPage)
    return page


def heard() -> str:
    """What a screen reader hears of where the cursor is."""
    at = QApplication.focusWidget()
    return "" if at is None else at.accessibleName()


def book_at_once(desk: Desk, count: int) -> None:
    """So many sessions today at ten."""
    values: dict[str, Value] = {"starts_at": "10:00", "type": "THERAPY", "worker": "RI"}
    for number in range(count):
        other, _ = make_episode(desk, make_client(desk, known_as=f"Person {number}"))
        bookings.book(desk, other, values, [TODAY])


def blocks_of(view: DeskView) -> list[Block]:
    """The blocks of today, from the left."""
    found = [b for b in diary_of(view).grid.findChildren(Block) if b.isVisible()]
    return sorted(found, key=lambda block: block.x())


def test_the_block_with_the_cursor_has_its_day_for_itself_and_gives_it_back(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    book_at_once(desk, 3)
    keys.press(KEY.Key_4, Qt.KeyboardModifier.AltModifier)
    settled()
    at = QApplication.focusWidget()
    assert isinstance(at, Block)
    wide = at.width()

    keys.press(KEY.Key_Right)
    widths = [block.width() for block in blocks_of(view)]

    assert len(widths) == 3
    assert max(widths) * 3 <= wide + 3
    assert len({block.x() for block in blocks_of(view)}) == 3


def test_what_has_no_room_side_by_side_stands_behind_a_number_and_in_reach(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    book_at_once(desk, 6)
    keys.press(KEY.Key_4, Qt.KeyboardModifier.AltModifier)
    settled()
    heard_of = {heard()}
    for _ in range(5):
        keys.press(KEY.Key_Down)
        heard_of.add(heard())
    assert sum("10:00 to" in words for words in heard_of) == 6
    keys.press(KEY.Key_Right)
    shown = blocks_of(view)
    (more,) = [m for m in diary_of(view).grid.findChildren(More) if m.isVisible()]
    assert more.accessibleName().startswith(f"{6 - len(shown)} more at this time: ")
    assert all(block.width() >= 50 for block in shown)

    QTest.mousePress(more, Qt.MouseButton.LeftButton)

    page = diary_of(view)
    assert page.table.isVisible()
    assert page.table.chosen() is not None


def test_the_number_names_nobody_once_names_are_hidden(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    book_at_once(desk, 6)
    keys.press(KEY.Key_4, Qt.KeyboardModifier.AltModifier)
    settled()
    keys.press(KEY.Key_Right)
    (more,) = [m for m in diary_of(view).grid.findChildren(More) if m.isVisible()]
    assert "Person" in more.toolTip()

    view.frame.set_privacy(True)

    assert "Person" not in more.toolTip() + more.accessibleName()


@pytest.mark.usefixtures("qapp")
def test_the_hour_gives_way_where_the_name_would_be_cut_off() -> None:
    metrics = QFontMetrics(QApplication.font())
    whole, name = "o 11:00 Gemma Invented", "o Gemma Invented"
    wide = metrics.horizontalAdvance(whole)

    said = [
        first_line(metrics, width, "o ", "11:00 ", "Gemma Invented")
        for width in (wide, wide - 1)
    ]

    assert said == [whole, name]
