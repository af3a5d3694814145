"""The diary by keyboard: move about, mark, book, move, cancel, another worker."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value, field_map
from provider_desk.model.records import FrequencyChange, Session
from provider_desk.services.casework.booking import bookings, slots
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.editors import editor_for
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.pages.diary import DiaryPage
from provider_desk.ui.pages.diarying.block import Block, FreeTime
from provider_desk.ui.pages.diarying.book_panel import BookPanel
from provider_desk.ui.pages.diarying.cancel_panel import CancelPanel
from provider_desk.ui.pages.diarying.complete_panel import CompletePanel
from tests.builders.casework import TODAY, make_client, make_episode, make_session
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def booked(desk: Desk) -> str:
    """A booking of today at ten, of somebody known; its id."""
    client_id = make_client(desk, known_as="Morgan Marsh", code="M-0001")
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    return make_session(
        desk, referral_id, TODAY, "BOOKED", starts_at="10:00", type="SUPPORT"
    )


def diary_of(view: DeskView) -> DiaryPage:
    page = view.page
    assert isinstance(page, DiaryPage)
    return page


def session(desk: Desk, session_id: str) -> Session:
    with desk.store.reading() as rows:
        return get(rows, Session, session_id)


def heard() -> str:
    """What a screen reader hears of where the cursor is."""
    at = QApplication.focusWidget()
    return "" if at is None else at.accessibleName()


@pytest.mark.usefixtures("view")
def test_four_keys_from_anywhere_say_that_a_known_person_came(
    desk: Desk, booked: str, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    assert heard() == (
        "Tue 1 May 2018, 10:00 to 10:50, Morgan Marsh, Practical / emotional support, "
        "booked, face to face"
    )

    keys.press(KEY.Key_1)
    settled()

    assert session(desk, booked).attendance == "ATT"
    assert keys.pressed <= 6
    keys.press(KEY.Key_Z, CTRL)
    settled()
    assert session(desk, booked).attendance == "BOOKED"


def test_a_booking_is_completed_in_place_with_a_note_in_a_few_keys(
    desk: Desk, booked: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, CompletePanel)
    keys.press(KEY.Key_1)
    besides = keys.pressed
    keys.type("Talked about work")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    held = session(desk, booked)
    assert (held.attendance, held.note) == ("ATT", "Talked about work")
    assert (held.starts_at, held.minutes) == ("10:00", 50)
    assert besides + 1 <= 6
    with desk.store.reading() as rows:
        assert len(find(rows, Session, held_on=TODAY)) == 1
    keys.press(KEY.Key_Z, CTRL)
    settled()
    assert session(desk, booked).attendance == "BOOKED"


@pytest.mark.usefixtures("booked", "view")
def test_arrows_move_among_blocks_and_free_times_and_each_is_heard(
    keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()

    keys.press(KEY.Key_Down)
    assert heard() == "Tue 1 May 2018, 11:00, free"
    keys.press(KEY.Key_Down)
    assert heard() == "Tue 1 May 2018, 11:30, free"
    keys.press(KEY.Key_Right)
    assert heard() == "Wed 2 May 2018, 11:30, free"
    assert isinstance(QApplication.focusWidget(), FreeTime)
    keys.press(KEY.Key_Left)
    keys.press(KEY.Key_Up)
    keys.press(KEY.Key_Up)
    assert isinstance(QApplication.focusWidget(), Block)
    assert "Morgan Marsh" in heard()


@pytest.mark.usefixtures("booked", "view")
def test_names_are_codes_while_they_are_hidden(
    keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()

    keys.press(KEY.Key_F12)

    assert "M-0001" in heard()
    assert "Morgan" not in heard()
    block = QApplication.focusWidget()
    assert block is not None
    assert "Morgan" not in block.toolTip()


def test_n_books_a_row_at_the_cursor_and_one_undo_takes_it_back(
    desk: Desk, booked: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_Right)
    keys.press(KEY.Key_N)
    settled()
    keys.type("morg")
    settled()
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, BookPanel)
    assert panel.form.values()["held_on"] == TOMORROW
    assert panel.form.values()["starts_at"] == "10:00"
    panel.repeat.set_code("WEEKLY")
    panel.repeat.picked.emit("WEEKLY")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        made = [s for s in find(rows, Session, attendance="BOOKED") if s.series]
    assert sorted(s.held_on for s in made) == [
        TOMORROW + timedelta(weeks=week) for week in range(6)
    ]
    keys.press(KEY.Key_Z, CTRL)
    settled()
    with desk.store.reading() as rows:
        left = find(rows, Session, attendance="BOOKED")
    assert [s.id for s in left] == [booked]


def test_the_days_are_shown_before_they_are_saved(
    qtbot: QtBot, desk: Desk, booked: str, view: DeskView, settled: Settled
) -> None:
    client_id = find_client(desk, booked)
    panel = BookPanel(view.frame, client_id, {"held_on": date(2018, 5, 21)})
    view.frame.open_panel(panel)
    settled()
    panel.repeat.set_code("WEEKLY")
    panel.times.set_value(3)
    qtbot.waitUntil(lambda: panel.days.count() == 3)

    words = [panel.days.item(row).text() for row in range(3)]

    assert words == [
        "Mon 21 May 2018",
        "Mon 28 May 2018 · bank holiday: Spring bank holiday",
        "Mon 4 Jun 2018",
    ]
    assert panel.button.text() == "Book 2 sessions"
    panel.days.item(1).setCheckState(Qt.CheckState.Checked)
    assert panel.button.text() == "Book 3 sessions"


def find_client(desk: Desk, session_id: str) -> str:
    from provider_desk.services.casework.booking import completing  # noqa: PLC0415

    return completing.booked(desk, session_id).client_id


@pytest.mark.usefixtures("view")
def test_ctrl_and_arrows_move_a_booking_and_undo_moves_it_back(
    desk: Desk, booked: str, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()

    keys.press(KEY.Key_Right, CTRL)
    settled()
    keys.press(KEY.Key_Down, CTRL)
    settled()

    held = session(desk, booked)
    assert (held.held_on, held.starts_at) == (TOMORROW, "10:15")
    assert "10:15" in heard()
    keys.press(KEY.Key_Z, CTRL)
    settled()
    assert session(desk, booked).starts_at == "10:00"


@pytest.mark.usefixtures("view")
def test_m_asks_for_day_and_time(
    desk: Desk, booked: str, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_M)
    settled()
    keys.type("4/5")
    keys.press(KEY.Key_Tab)
    keys.type("14")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    held = session(desk, booked)
    assert (held.held_on, held.starts_at) == (date(2018, 5, 4), "14:00")


def test_delete_cancels_by_the_notice_period_and_says_why(
    desk: Desk, booked: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    """The clock stands at ten in the morning: the session begins now."""
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_Delete)
    settled()
    panel = view.panel
    assert isinstance(panel, CancelPanel)
    assert panel.form.values()["attendance"] == "CX_CLIENT_LATE"
    assert panel.said.text() == (
        "Told 0 minutes before the session; the notice period is 24 hours: late."
    )
    panel.told_on.set_value(TODAY - timedelta(days=1))
    settled()
    assert panel.form.values()["attendance"] == "CX_CLIENT"

    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert session(desk, booked).attendance == "CX_CLIENT"
    keys.press(KEY.Key_Z, CTRL)
    settled()
    assert session(desk, booked).attendance == "BOOKED"


@pytest.mark.usefixtures("booked")
def test_tab_leads_down_the_panel_that_cancels(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_Delete)
    settled()
    assert isinstance(view.panel, CancelPanel)
    names = [heard()]
    for _ in range(4):
        keys.press(KEY.Key_Tab)
        names.append(heard())

    assert names == [
        "Who cancelled",
        "Told on",
        "Told at",
        "Why it was cancelled, optional",
        heard(),
    ]
    assert QApplication.focusWidget() is view.panel.button


def test_one_of_a_row_is_moved_with_the_cursor_on_its_day(
    desk: Desk, booked: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id = session(desk, booked).referral_id
    values: dict[str, Value] = {"starts_at": "08:00", "type": "SUPPORT", "worker": "RI"}
    days = [TODAY, TODAY + timedelta(weeks=1)]
    bookings.book(desk, referral_id, values, days)
    keys.press(KEY.Key_4, ALT)
    settled()

    keys.press(KEY.Key_M)
    settled()

    assert view.panel is not None
    assert heard() == "Date"
    # A list that was shown too early would be a window of its own, with the keys.
    assert QApplication.activeWindow() is view.window()


@pytest.mark.usefixtures("desk", "booked")
def test_who_overrides_the_proposal_is_not_overruled(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    keys.press(KEY.Key_Delete)
    settled()
    panel = view.panel
    assert isinstance(panel, CancelPanel)
    panel.form.boxes["attendance"].editor.set_value("CX_PROV")
    panel.told_on.set_value(TODAY - timedelta(days=2))
    settled()

    assert panel.form.values()["attendance"] == "CX_PROV"
    assert panel.said.text() == ""


def test_a_drag_moves_a_booking(
    desk: Desk, booked: str, view: DeskView, settled: Settled
) -> None:
    view.go("diary", {})
    settled()
    grid = diary_of(view).grid
    block = grid.findChild(Block)
    assert isinstance(block, Block)
    held = QPoint(10, 5)
    _, wide = grid.column(2)
    left, right = Qt.MouseButton.LeftButton, QPoint(10 + wide, 5)
    QTest.mousePress(block, left, pos=held)
    QTest.mouseMove(block, right)
    QTest.mouseRelease(block, left, pos=held)
    settled()

    assert session(desk, booked).held_on == TOMORROW


@pytest.mark.usefixtures("booked")
def test_weeks_turn_today_comes_back_and_the_list_says_the_same(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_4, ALT)
    settled()
    page = diary_of(view)
    keys.press(KEY.Key_PageDown)
    settled()
    assert page.summary.text().startswith("Mon 7 May 2018 to Sun 13 May 2018")
    assert page.model.rows == []
    keys.press(KEY.Key_PageUp)
    settled()
    keys.press(KEY.Key_L)
    settled()

    assert page.table.isVisible()
    assert [page.model.index(0, column).data() for column in range(1, 5)] == [
        "10:00 to 10:50",
        "Morgan Marsh",
        "Practical / emotional support",
        "○ booked",
    ]
    keys.press(KEY.Key_3)
    settled()
    assert page.model.index(0, 4).data() == "✗ did not come"


@pytest.mark.usefixtures("booked")
def test_slots_are_set_and_shown_against_what_is_booked(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    values: dict[str, Value] = {
        "worker": "RI",
        "from_on": TODAY,
        "weekly_slots": 14,
        "assessments": 2,
    }
    slots.set_slots(desk, values)
    view.go("diary", {})
    settled()

    page = diary_of(view)
    assert page.summary.text().endswith("1 of 14 booked, 13 free · 0 of 2 assessments")
    page.line.worker.set_code("*")
    page.line.worker.picked.emit("*")
    settled()
    assert page.all_table.isVisible()
    assert [row.worker for row in page.all_model.rows] == ["RI"]
    assert page.summary.text().endswith("13 slots free in all")


@pytest.mark.usefixtures("booked")
def test_overlaps_stand_side_by_side_and_are_said(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    other, _ = make_episode(desk, make_client(desk, known_as="Zoe Second"))
    values: dict[str, Value] = {
        "starts_at": "10:30",
        "type": "THERAPY",
        "worker": "RI",
        "minutes": 50,
    }
    bookings.book(desk, other, values, [TODAY])
    keys.press(KEY.Key_4, ALT)
    settled()

    keys.press(KEY.Key_Right)
    blocks = diary_of(view).grid.findChildren(Block)
    first, second = sorted(blocks, key=lambda block: block.entry.begins)[-2:]

    assert not first.geometry().intersects(second.geometry())
    assert first.geometry().right() < second.geometry().left()
    assert "overlaps another session" in first.accessibleName()
    assert "2 overlap another session" in diary_of(view).about.text()


def test_fortnightly_is_found_in_both_lists_that_say_every_two_weeks(
    qtbot: QtBot, desk: Desk, booked: str, view: DeskView, settled: Settled
) -> None:
    kind = field_map(FrequencyChange)["frequency"].kind
    editor = editor_for(kind, desk.today)
    qtbot.addWidget(editor)
    editor.inner.setEditText("fortn")  # type: ignore[attr-defined]
    editor.settle()
    assert editor.value() == "FORTNIGHTLY"
    assert editor.inner.currentText() == "Every two weeks"  # type: ignore[attr-defined]

    panel = BookPanel(view.frame, find_client(desk, booked))
    view.frame.open_panel(panel)
    settled()
    panel.repeat.setFocus()
    QTest.keyClicks(panel.repeat.box, "fort")
    assert panel.repeat.code() == "FORTNIGHTLY"
    assert panel.times.isVisible()


def test_a_row_past_sixty_is_told_beside_until_and_a_wrong_number_stops_it(
    qtbot: QtBot, desk: Desk, booked: str, view: DeskView, settled: Settled
) -> None:
    panel = BookPanel(view.frame, find_client(desk, booked), {"held_on": TOMORROW})
    view.frame.open_panel(panel)
    settled()
    panel.repeat.set_code("WEEKLY")
    panel.repeat.picked.emit("WEEKLY")
    panel.times.set_value(61)
    panel.save()
    settled()
    assert view.panel is panel
    assert "60 sessions at most" in beside(panel, "How many in all")

    panel.times.set_value(6)
    panel.until.set_value(date(2020, 5, 1))
    qtbot.waitUntil(lambda: "these end on Wed 19 Jun 2019" in beside(panel, "Or until"))
    panel.save()
    settled()
    with desk.store.reading() as rows:
        made = [s for s in find(rows, Session, attendance="BOOKED") if s.series]
    assert max(s.held_on for s in made) == TOMORROW + timedelta(weeks=59)


def beside(panel: BookPanel, label: str) -> str:
    """What stands below a field."""
    box = next(b for b in panel.findChildren(FieldBox) if b.kind.label == label)
    return box.problem


def test_what_is_usual_comes_in_late_and_leaves_the_day_to_be_typed_over(
    desk: Desk, booked: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    panel = BookPanel(view.frame, find_client(desk, booked), {"held_on": TODAY})
    view.frame.open_panel(panel)
    settled()

    keys.type("4/5")
    keys.press(KEY.Key_Tab)

    assert panel.form.values()["held_on"] == date(2018, 5, 4)
