"""The capacity page by keyboard: what if, need, forecasts, months, people and slots."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.model.records import Provider
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.services.planning import estimates, forecasts, needs
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages import capacity
from provider_desk.ui.pages.capacity import CapacityPage
from provider_desk.ui.pages.planning.panels import TakeBackPanel, reopen
from provider_desk.ui.pages.returning.rows_panel import RowsPanel
from tests.builders.casework import (
    contract_of,
    make_episode,
    make_referral,
    make_waiting,
    signed_in_as,
)
from tests.builders.windows import CTRL, Keyboard, new_window, settle, view_of


def opened(qtbot: QtBot, window: MainWindow, part: int = 0) -> CapacityPage:
    """The page, counted, at a part."""
    view_of(window).frame.go("capacity", part=part)
    settle(qtbot, window)
    page = view_of(window).page
    assert isinstance(page, CapacityPage)
    return page


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk where eight wait and some referrals came in each of six months."""
    for month in (11, 12, 13, 14, 15, 16):
        year, number = divmod(month - 1, 12)
        make_referral(desk, received_on=date(2017 + year, number + 1, 9))
    for _ in range(8):
        make_waiting(desk, received_on=date(2018, 2, 1))
    for _ in range(3):
        make_episode(desk, started_on=date(2018, 3, 6))
    for area in ("THER", "PES_AD"):
        settings.set_capacity(
            desk,
            {
                "contract_id": contract_of(desk).id,
                "area": area,
                "from_on": date(2018, 1, 1),
                "weekly_slots": 5,
            },
        )
    return desk


def test_alt_7_shows_it_filled_in_with_the_cursor_in_the_first_number(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    keys = Keyboard(window)

    keys.press(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)

    page = view_of(window).page
    assert isinstance(page, CapacityPage)
    dials = page.what_if.dials.dials
    assert dials["waiting"].value() == 8
    assert dials["live"].value() == 3
    assert dials["slots"].number.hasFocus()
    assert "8 waiting × 11 sessions ÷ 10 slots" in page.what_if.words.text()  # noqa: RUF001


def test_typing_a_number_changes_the_wait_and_leaves_what_it_is_compared_with(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page, keys = opened(qtbot, window), Keyboard(window)
    view = page.what_if
    page.area.set_code("THER")
    page.area.picked.emit("THER")
    settle(qtbot, window)
    before = view.table.rows.rows[0]

    page.resume()
    keys.type("40")
    settle(qtbot, window)

    after = view.table.rows.rows[0]
    assert view.dials.dials["slots"].value() == 40
    assert view.dials.dials["slots"].slider.value() == 40
    assert after.compared == before.compared == before.now
    assert after.now != before.now
    assert view.wait.points() == 13
    assert view.waiting.points() == 19
    assert "today: " in view.wait.words().casefold()


def test_posts_and_slots_follow_each_other(qtbot: QtBot, window: MainWindow) -> None:
    dials = opened(qtbot, window).what_if.dials

    dials.dials["a_post"].number.setValue(20)
    dials.dials["posts"].number.setValue(3.5)
    assert dials.scenario().slots == 70
    dials.dials["slots"].number.setValue(30)
    assert dials.dials["posts"].value() == Fraction("1.5")


def test_a_slider_by_keyboard_says_the_same_as_its_number(
    qtbot: QtBot, window: MainWindow
) -> None:
    dial = opened(qtbot, window).what_if.dials.dials["referrals"]
    dial.set_value(10)
    dial.slider.setFocus()

    Keyboard(window).press(Qt.Key.Key_Right)

    assert dial.value() == Fraction("10.1")
    assert dial.number.value() == pytest.approx(10.1)


def test_the_line_moves_while_the_slider_still_does(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    """What comes of one step is drawn though the next was taken meanwhile."""
    del busy
    page, keys = opened(qtbot, window), Keyboard(window)
    view = page.what_if
    page.area.set_code("THER")
    page.area.picked.emit("THER")
    settle(qtbot, window)
    view.dials.dials["slots"].slider.setFocus()
    first = view.table.rows.rows[0].now

    steps = 0

    def moved() -> bool:
        nonlocal steps
        steps += 1
        keys.press(Qt.Key.Key_Right)
        return view.table.rows.rows[0].now != first

    qtbot.waitUntil(moved)
    assert steps < view.dials.dials["slots"].slider.maximum()
    settle(qtbot, window)

    said = view.table.rows.rows[-5]
    assert said.words == "Slots a week for this contract and area"
    assert said.now == str(view.dials.dials["slots"].value())


def test_marks_put_a_course_of_twenty(qtbot: QtBot, window: MainWindow) -> None:
    dials = opened(qtbot, window).what_if.dials
    price = dials.dials["price"]
    price.number.setValue(101)
    dials.dials["sessions"].number.setValue(11)

    dials.dials["sessions"]._press(20)

    assert dials.scenario().cost_of_a_person == 2020


def test_numbers_can_be_compared_with_and_put_back(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    view = opened(qtbot, window).what_if
    own = view.dials.scenario()
    view.dials.dials["slots"].number.setValue(55)
    view.hold.click()
    settle(qtbot, window)

    assert [column.header for column in view.table.rows.columns][1] == "Compared with"
    row = view.table.rows.rows[0]
    assert row.compared == row.now
    view.back.click()
    settle(qtbot, window)
    assert view.dials.scenario() == own
    assert [column.header for column in view.table.rows.columns][1] == "As it is"


def test_slots_of_all_contracts_say_so_instead_of_a_wait(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    view = opened(qtbot, window).what_if
    assert view._own is not None
    shared = replace(
        view._own,
        scenario=replace(
            view._own.scenario, slots=Fraction(107), own_share=Fraction(0)
        ),
        slots_of="all contracts",
    )

    view.show_own(shared)
    settle(qtbot, window)
    assert "No wait can be worked out: 107 slots are for all contracts" in (
        view.words.text()
    )

    view.dials.dials["own_share"].number.setValue(60)
    settle(qtbot, window)
    assert "107 slots are for all contracts; 60 % of them, 64.2" in view.words.text()


def test_few_people_are_words_while_names_are_hidden(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page = opened(qtbot, window)
    view_of(window).frame.set_privacy(hidden=True)
    settle(qtbot, window)

    live = page.what_if.dials.dials["live"]
    assert live.number.isHidden()
    assert "fewer than 5 people are in support" in page.what_if.words.text()
    months = page.months
    assert "<5" in {p.words for p in months.charts[2]._months}
    shown = {
        month.points[number].words
        for month in months.table.rows.rows
        for number in range(5)
    }
    assert not shown & {"1", "2", "3", "4"}
    assert all(dial.source.isHidden() for dial in page.what_if.dials.dials.values())
    view_of(window).frame.set_privacy(hidden=False)
    assert not live.number.isHidden()


def test_the_published_analysis_is_kept_checked_and_undone(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    page, keys = opened(qtbot, window, capacity.NEED), Keyboard(window)
    assert page.need.begin.hasFocus()

    keys.press(Qt.Key.Key_Return)
    settle(qtbot, window)
    keys.press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)

    assert [each.name for each in page.need.years.rows.rows][-1] == "2019/20"
    assert page.need.checked.text() == (
        "! 4 printed numbers differ from its own arithmetic."
    )
    told = {
        (each.year, each.column, each.printed)
        for each in page.need.findings.rows.rows
        if each.differs
    }
    assert told == {
        ("2015/16", "Therapy", 155),
        ("2019/20", "New in 2018/19", 8),
        ("2019/20", "Total", 121),
        ("2019/20", "Therapy", 38),
    }
    keys.press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert needs.need_models(desk) == []


def test_an_estimate_is_compared_with_the_same_months(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    new_id, _ = estimates.add_estimate(
        busy,
        {
            "contract_id": contract_of(busy).id,
            "area": "THER",
            "from_on": date(2018, 1, 1),
            "until_on": date(2018, 12, 31),
            "people": 24,
        },
    )

    page = opened(qtbot, window, capacity.NEED)

    text = page.need.compared.text()
    assert "12 referrals in Jan 2018 to Apr 2018 (4 months)" in text
    assert "expected for the same months 8 (24 × 4/12)" in text  # noqa: RUF001
    assert "50 % more" in text
    page.need.estimates.selectRow(0)
    page.need.estimates.setFocus()
    Keyboard(window).press(Qt.Key.Key_Return)
    settle(qtbot, window)
    panel = view_of(window).panel
    assert panel is not None
    assert panel.words == "Change the estimate"
    del new_id


def test_forecasts_are_kept_undone_and_taken_back(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    page, keys = opened(qtbot, window, capacity.FORECASTS), Keyboard(window)
    view, contract = page.forecasts, contract_of(busy).id
    assert len(view.ahead.rows.rows) == 9

    view.keep_button.setFocus()
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert len(view.kept.rows.rows) == 18
    keys.press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert forecasts.forecasts(busy, contract).kept == ()

    view.keep_button.click()
    settle(qtbot, window)
    view.kept.selectRow(0)
    view.kept.setFocus()
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, window)
    assert isinstance(view_of(window).panel, TakeBackPanel)
    keys.type("wrong")
    keys.press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, window)
    assert len(forecasts.forecasts(busy, contract).kept) == 17


def test_a_bar_opens_exactly_its_rows(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page, keys = opened(qtbot, window, capacity.MONTHS), Keyboard(window)
    chart = page.months.charts[0]
    assert chart.hasFocus()

    keys.press(Qt.Key.Key_Left)
    keys.press(Qt.Key.Key_Left)
    assert chart.said() == "February 2018: 9 referrals"
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, window)

    panel = view_of(window).panel
    assert isinstance(panel, RowsPanel)
    assert len(panel.model.rows) == 9


def test_a_figure_of_the_table_opens_the_same_rows(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page, keys = opened(qtbot, window, capacity.MONTHS), Keyboard(window)
    table = page.months.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, 2))

    keys.press(Qt.Key.Key_Return)
    settle(qtbot, window)

    panel = view_of(window).panel
    assert isinstance(panel, RowsPanel)
    assert len(panel.model.rows) == 8


def test_months_before_the_records_are_gaps(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    provider = desk.provider()
    with desk.store.writing("records begin") as deed:
        deed.change(Provider, provider.id, {"records_begin_on": date(2018, 1, 1)})

    page = opened(qtbot, window, capacity.MONTHS)

    words = [row.points[0].words for row in page.months.table.rows.rows]
    assert words == ["0"] * 4 + ["not submitted"] * 9
    assert page.months.charts[0]._months[0].value is None


def test_a_desk_without_a_contract_says_what_to_do(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    contract = contract_of(desk)
    with desk.store.writing("no contract") as deed:
        deed.retire(type(contract), contract.id, "none")
    window = new_window(qtbot, desk, tmp_path / "w.ini")

    page = opened(qtbot, window)

    assert page._nothing.isVisible()
    assert not page.row.isVisible()


@pytest.mark.parametrize("role", ["CASEWORKER", "ADMINISTRATOR", "TRUSTEE"])
def test_who_does_not_plan_has_no_such_place(
    qtbot: QtBot, desk: Desk, tmp_path: Path, role: str
) -> None:
    window = new_window(qtbot, signed_in_as(desk, role), tmp_path / "w.ini")

    view_of(window).frame.go("capacity")
    settle(qtbot, window)

    assert not isinstance(view_of(window).page, CapacityPage)


def test_every_part_shows_people_and_slots_too(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page = opened(qtbot, window, capacity.PEOPLE)

    assert page.people.who.hasFocus()
    assert {row.group for row in page.people.who.rows.rows} == {
        "Age when referred",
        "Other services",
        "Groups",
        "Unplanned endings",
    }
    assert page.people.slots.rows.rows[-1].worker == "Everybody"


def test_what_was_typed_is_a_draft_and_opens_where_it_was(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    new_id, _ = needs.add_need_model(desk, needs.published())
    page, keys = opened(qtbot, window, capacity.NEED), Keyboard(window)
    page.need.change.click()
    settle(qtbot, window)
    keys.press(Qt.Key.Key_A, CTRL)
    keys.type("Ours")
    keys.press(Qt.Key.Key_Escape)
    settle(qtbot, window)

    frame = view_of(window).frame
    reopen(frame, {"what": "need", "row_id": new_id, "contract_id": ""}, lambda: None)
    settle(qtbot, window)
    panel = view_of(window).panel

    assert panel is not None
    assert "Ours" in panel.typed().values()
    needs.take_back_need_model(desk, new_id)
    gone: list[bool] = []
    args = {"what": "need", "row_id": new_id, "contract_id": ""}
    reopen(frame, args, lambda: gone.append(True))
    settle(qtbot, window)
    assert gone == [True]


def test_every_part_and_deed_has_a_key(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    page, keys = opened(qtbot, window), Keyboard(window)

    for number in range(4, -1, -1):
        keys.press(Qt.Key(Qt.Key.Key_1 + number), CTRL)
        assert page.row.now() == number
    keys.press(Qt.Key.Key_F6)
    settle(qtbot, window)
    assert len(forecasts.forecasts(busy, contract_of(busy).id).kept) == 18
    titles = []
    for key in (Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F7):
        keys.press(key)
        settle(qtbot, window)
        panel = view_of(window).panel
        titles.append(panel.words if panel is not None else "")
    assert titles == [
        "Add a needs analysis",
        "Add an estimate",
        "Keep a forecast of your own",
    ]
    own = page.what_if.dials.scenario()
    page.what_if.dials.dials["slots"].number.setValue(99)
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_F2)
    settle(qtbot, window)
    assert page.what_if.dials.scenario() == own
    assert len(page.offers()) == 11


def test_forecasts_say_that_they_are_worked_out_and_can_be_stopped(
    qtbot: QtBot, busy: Desk, window: MainWindow
) -> None:
    del busy
    page = opened(qtbot, window, capacity.FORECASTS)
    view, busy_until = page.forecasts, Event()
    for _ in range(3):
        # Every reader has something else to do, so that nothing is answered at once.
        page.frame.read(view, busy_until.wait, lambda _answer: None)

    view.load()
    qtbot.waitUntil(view.work.isVisible)
    view.work.stop.click()
    busy_until.set()
    settle(qtbot, window)

    assert view.banner.isVisible()
    assert not view.work.isVisible()
    view.load()
    settle(qtbot, window)
    assert not view.banner.isVisible()
    assert len(view.ahead.rows.rows) == 9
