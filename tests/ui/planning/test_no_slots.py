"""A desk where no capacity is entered: no wait is made up."""

from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.capacity import FORECASTS, CapacityPage
from provider_desk.ui.pages.planning.said import NOBODY_STARTS
from tests.builders.casework import make_waiting
from tests.builders.windows import Keyboard, settle, view_of


def test_without_slots_it_says_that_nobody_starts_until_there_are_some(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    make_waiting(desk)
    view_of(window).frame.go("capacity", part=0)
    settle(qtbot, window)
    page = view_of(window).page
    assert isinstance(page, CapacityPage)
    table = page.what_if.table.rows

    assert (table.rows[0].compared, table.rows[0].now) == (NOBODY_STARTS, NOBODY_STARTS)
    assert NOBODY_STARTS in page.what_if.wait.words()
    # No line is drawn for a wait that nobody has.
    assert page.what_if.wait.fans == (None, None)

    page.resume()
    Keyboard(window).type("40")
    settle(qtbot, window)
    assert table.rows[0].compared == NOBODY_STARTS
    assert "week" in table.rows[0].now
    now, compared = page.what_if.wait.fans
    assert now is not None
    assert compared is None


def test_a_desk_without_any_record_offers_no_rows_of_zeros(
    qtbot: QtBot, window: MainWindow
) -> None:
    view_of(window).frame.go("capacity", part=FORECASTS)
    settle(qtbot, window)
    page = view_of(window).page
    assert isinstance(page, CapacityPage)

    assert page.forecasts.ahead.isHidden()
    assert "nothing to go by yet" in page.forecasts.unknown.text()
    assert not page.forecasts.unknown.isHidden()
