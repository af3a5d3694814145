"""Today by keyboard: the deed on its line, the numbers, the diary, the empty desk."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import RiskFlag, Session
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import episodes, referrals, safe_contact
from provider_desk.services.casework.caring import risk
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.diarying.cancel_panel import CancelPanel
from provider_desk.ui.pages.diarying.complete_panel import CompletePanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.today import TodayPage
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.windows import CTRL, Keyboard, new_window, view_of

KEY = Qt.Key
Settled = Callable[[], None]


def shown(view: DeskView, settled: Settled) -> TodayPage:
    view.go("today", {})
    settled()
    page = view.page
    assert isinstance(page, TodayPage)
    return page


def words_on(page: TodayPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_a_key_opens_the_person_and_the_panel_that_settles_the_line(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, known_as="Kim Invented")
    make_referral(desk, client_id)
    page = shown(view, settled)
    page.jump(ToDoKind.DECISION_DUE)

    keys.press(KEY.Key_1)
    settled()

    assert isinstance(view.page, PersonPageView)
    assert view.page.person_shown() == client_id
    assert isinstance(view.panel, FormPanel)
    assert view.panel.words == "Decide a referral"


def test_the_panel_begins_with_what_the_line_is_about(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, started_on=TODAY - timedelta(60), area="PES_AD")
    began = TODAY - timedelta(400)
    _, long_ago = make_episode(
        desk, client_id, received_on=began - timedelta(9), started_on=began
    )
    page = shown(view, settled)
    lines = [each.todo for each in page.lines]
    (line,) = [each for each in lines if each.kind is ToDoKind.WITHOUT_REASON]

    page.do(line, line.deed)
    settled()

    panel = view.panel
    assert isinstance(panel, FormPanel)
    assert panel.form.boxes["episode_id"].editor.value() == long_ago


def test_enter_opens_the_person_alone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    make_referral(desk)
    page = shown(view, settled)
    page.jump(ToDoKind.DECISION_DUE)

    keys.press(KEY.Key_Return)
    settled()

    assert isinstance(view.page, PersonPageView)
    assert view.panel is None


def test_how_somebody_may_be_reached_is_in_sight_and_hidden_with_the_names(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_waiting(desk, client_id)
    rules = {"permission": "YES_RULES", "rules": "After six, ask for Sam."}
    safe_contact.set_safe_contact(desk, client_id, "MOBILE", rules)
    safe_contact.set_safe_contact(desk, client_id, "LETTER", {"permission": "NO"})
    page = shown(view, settled)

    (rule,) = [words for words in words_on(page) if "After six" in words]
    assert "Mobile call (After six, ask for Sam.)" in rule
    assert "never: letter" in rule

    view.frame.set_privacy(True)
    settled()
    assert not any("After six" in words for words in words_on(page))


def test_each_number_leads_to_its_lines_and_all_of_them_open(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    for _ in range(8):
        make_referral(desk)
    make_waiting(desk)
    page = shown(view, settled)
    assert page.jumps is not None
    button = page.jumps.buttons[ToDoKind.DECISION_DUE]
    assert button.property("text") == "8 decisions"

    page.jump(ToDoKind.DECISION_DUE)
    at = QApplication.focusWidget()
    assert at in page.lines
    of_kind = [li for li in page.lines if li.todo.kind is ToDoKind.DECISION_DUE]
    assert at is of_kind[0]
    assert len(of_kind) < 8

    page._show_more(ToDoKind.DECISION_DUE)
    settled()
    of_kind = [li for li in page.lines if li.todo.kind is ToDoKind.DECISION_DUE]
    assert len(of_kind) == 8


def test_ctrl_and_an_arrow_go_from_kind_to_kind(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    for _ in range(3):
        make_referral(desk)
    make_waiting(desk)
    page = shown(view, settled)
    page.lines[0].setFocus()
    first = page.lines[0].todo.kind

    keys.press(KEY.Key_Down, Qt.KeyboardModifier.ControlModifier)

    at = next(line for line in page.lines if line.hasFocus())
    assert at.todo.kind is not first


def test_a_session_of_today_is_marked_where_it_stands(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(desk, referral_id, TODAY, "BOOKED", starts_at="09:30")
    page = shown(view, settled)
    line = next(li for li in page.lines if li.todo.row_id == session_id)
    assert line.todo.title.startswith("09:30")
    line.setFocus()

    keys.press(KEY.Key_1)
    settled()

    with desk.store.reading() as rows:
        (held,) = find(rows, Session, id=session_id)
    assert held.attendance == "ATT"


def attendance_of(desk: Desk, session_id: str) -> str:
    with desk.store.reading() as rows:
        (held,) = find(rows, Session, id=session_id)
    return held.attendance


def test_a_session_marked_by_mistake_is_undone_at_once(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(desk, referral_id, TODAY - timedelta(1), "UNREC")
    page = shown(view, settled)
    page.jump(ToDoKind.MARK_SESSION)
    keys.press(KEY.Key_3)
    settled()
    assert attendance_of(desk, session_id) == "DNA"

    keys.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert attendance_of(desk, session_id) == "UNREC"


def test_a_cancellation_asks_when_we_were_told_and_proposes_whether_it_was_late(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(
        desk, referral_id, TODAY - timedelta(1), "UNREC", starts_at="10:00"
    )
    page = shown(view, settled)
    page.jump(ToDoKind.MARK_SESSION)

    keys.press(KEY.Key_4)
    settled()

    panel = view.panel
    assert isinstance(panel, CancelPanel)
    assert attendance_of(desk, session_id) == "UNREC"
    assert panel.form.values()["attendance"] == "CX_CLIENT_LATE"

    panel.form.fill({"cancel_reason": "ILLNESS"})
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert attendance_of(desk, session_id) == "CX_CLIENT_LATE"


def test_enter_opens_a_session_beside_the_list(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY, "BOOKED", starts_at="09:30")
    page = shown(view, settled)
    page.lines[0].setFocus()

    keys.press(KEY.Key_Return)
    settled()

    assert view.page is page
    assert isinstance(view.panel, CompletePanel)


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (
            ToDoKind.HUB_SILENT,
            {"hub_status": "SENT", "hub_sent_on": TODAY - timedelta(20)},
            "Record the hub's answer",
        ),
        (
            ToDoKind.REFERRER_UNTOLD,
            {"decision": "ACCEPTED", "decided_on": TODAY},
            "Referrer was told",
        ),
    ],
)
def test_what_a_referral_asks_for_opens_its_panel(
    desk: Desk,
    view: DeskView,
    keys: Keyboard,
    settled: Settled,
    kind: ToDoKind,
    values: dict[str, Value],
    words: str,
) -> None:
    referral_id = make_referral(desk, received_on=TODAY - timedelta(20))
    referrals.change_referral(desk, referral_id, values)
    page = shown(view, settled)
    page.jump(kind)

    keys.press(KEY.Key_1)
    settled()

    assert isinstance(view.panel, FormPanel)
    assert view.panel.words == words


def test_an_urgent_risk_has_its_deed_on_the_line(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    values: dict[str, Value] = {
        "level": "URGENT",
        "plan": "Rings every day",
        "review_on": TODAY,
    }
    flag_id, _ = risk.raise_flag(desk, client_id, values)
    page = shown(view, settled)
    page.lines[0].setFocus()

    keys.press(KEY.Key_1)
    settled()
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (flag,) = find(rows, RiskFlag, id=flag_id)
    assert flag.review_on == TODAY + timedelta(14)
    assert flag.plan == "Rings every day"


def test_where_nothing_is_waiting_what_comes_next_is_said(
    qtbot: QtBot, light: None, desk: Desk, tmp_path: Path
) -> None:
    del light
    referral_id, episode_id = make_episode(desk, started_on=TODAY - timedelta(7))
    values: dict[str, Value] = {"made_on": TODAY, "review_on": TODAY + timedelta(60)}
    episodes.add_exit_strategy(desk, episode_id, values)
    make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED", starts_at="11:00")
    counsellor = signed_in_as(desk, "COUNSELLOR", desk.user.initials)
    window = new_window(qtbot, counsellor, tmp_path / "window.ini")
    page = view_of(window).page
    assert isinstance(page, TodayPage)

    assert page.lines == []
    assert "Nothing is waiting for you" in words_on(page)
    assert any("11:00" in words for words in words_on(page))


def test_numbers_beside_the_places_are_what_today_says(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    make_waiting(desk)
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY - timedelta(1), "UNREC")
    shown(view, settled)

    said = {
        name: button.accessibleName() for name, button in view.side._buttons.items()
    }

    assert said["waiting"] == "Waiting list, 1 waiting"
    assert said["diary"] == "Diary, 1 waiting"


def test_it_says_that_it_reads_until_it_knows(window: MainWindow) -> None:
    page = TodayPage(view_of(window).frame)

    said = [label.text() for label in page.findChildren(QLabel)]

    assert "Reading what there is to do …" in said
    page.deleteLater()


def test_the_same_answer_leaves_its_lines_where_they_are(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    make_waiting(desk)
    page = shown(view, settled)
    before = page.lines

    view.go("help", {})
    page = shown(view, settled)

    assert page.lines is before
    assert before


def test_only_the_card_that_says_something_else_is_made_anew(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    waiting = make_client(desk, known_as="Ash Invented")
    make_referral(desk, waiting)
    make_episode(desk, make_client(desk), started_on=TODAY - timedelta(60))
    page = shown(view, settled)
    before = {line.todo.kind: line for line in page.lines}
    page.jump(ToDoKind.DECISION_DUE)

    make_referral(desk, make_client(desk, known_as="Bay Invented"))
    view.frame.tell(Changed({"referral": frozenset({"one"})}))
    settled()

    after = {line.todo.kind: line for line in page.lines}
    assert after[ToDoKind.EXIT_MISSING] is before[ToDoKind.EXIT_MISSING]
    assert after[ToDoKind.DECISION_DUE] is not before[ToDoKind.DECISION_DUE]
    tops = [line.mapTo(page, QPoint()).y() for line in page.lines]
    assert tops == sorted(tops)


def test_tab_goes_from_top_to_bottom_after_a_card_was_made_anew(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    make_referral(desk, make_client(desk))
    make_episode(desk, make_client(desk), started_on=TODAY - timedelta(60))
    page = shown(view, settled)
    make_referral(desk, make_client(desk))
    view.frame.tell(Changed({"referral": frozenset({"one"})}))
    settled()
    page.lines[0].setFocus()

    met = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        if focused in page.lines:
            met.append(page.lines.index(focused))
        keys.press(KEY.Key_Tab)

    assert met[: len(page.lines)] == list(range(len(page.lines)))


def test_reading_again_that_takes_longer_is_said_until_it_is_over(
    desk: Desk, qtbot: QtBot, view: DeskView, settled: Settled
) -> None:
    make_referral(desk)
    page = shown(view, settled)
    day = words_on(page)
    assert "Reading what there is to do …" not in day

    view.frame.counting_begun.emit()
    qtbot.waitUntil(
        lambda: "Reading what there is to do …" in words_on(page), timeout=20_000
    )
    view.frame.counting_wanted.emit({})
    settled()

    assert words_on(page) == day
