"""Lines of Today: where the cursor stands, what the first key opens and settles."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.changed import Changed
from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Value
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework.caring import requests
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.pages.to_do_line import ToDoLine
from provider_desk.ui.pages.today import TodayPage
from tests.bench.big_casework import fill
from tests.bench.big_desk import make_big_desk
from tests.builders.caring import make_consent, make_flag
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.windows import CTRL, Keyboard, new_window, settle, view_of

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
Settled = Callable[[], None]


def shown(view: DeskView, settled: Settled) -> TodayPage:
    view.go("today", {})
    settled()
    page = view.page
    assert isinstance(page, TodayPage)
    return page


def here() -> ToDoLine:
    """The line that has the cursor."""
    at = QApplication.focusWidget()
    assert isinstance(at, ToDoLine)
    return at


def test_the_first_line_has_the_cursor_as_soon_as_one_is_there(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    for _ in range(3):
        make_referral(desk)
    page = shown(view, settled)
    assert here() is page.lines[0]

    view.go("help", {})
    keys.press(KEY.Key_1, ALT)
    settled()

    assert here() is page.lines[0]


def test_the_cursor_stays_on_its_line_when_the_list_is_read_again(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    for days in (10, 20, 30):
        make_referral(desk, received_on=TODAY - timedelta(days))
    make_episode(desk, started_on=TODAY - timedelta(60))
    page = shown(view, settled)
    of_kind = [li for li in page.lines if li.todo.kind is ToDoKind.DECISION_DUE]
    of_kind[1].setFocus()
    todo = here().todo

    make_referral(desk, received_on=TODAY - timedelta(40))
    view.frame.tell(Changed({"referral": frozenset({"one"})}))
    settled()

    assert here().todo.is_same(todo)
    of_kind = [li for li in page.lines if li.todo.kind is ToDoKind.DECISION_DUE]
    assert of_kind.index(here()) == 2


def test_esc_comes_back_to_the_line_that_was_left(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    for days in (10, 20, 30):
        make_referral(desk, received_on=TODAY - timedelta(days))
    page = shown(view, settled)
    page.lines[1].setFocus()
    todo = here().todo

    keys.press(KEY.Key_Return)
    settled()
    assert view.page is not page
    keys.press(KEY.Key_Escape)
    settled()

    assert view.page is page
    assert here().todo.is_same(todo)


def test_what_is_done_makes_room_for_the_next_line(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    for days in (3, 2, 1):
        make_session(desk, referral_id, TODAY - timedelta(days), "UNREC")
    page = shown(view, settled)
    page.jump(ToDoKind.MARK_SESSION)
    gone, comes = here().todo, page.lines[page.lines.index(here()) + 1].todo

    keys.press(KEY.Key_1)
    settled()

    assert not any(line.todo.is_same(gone) for line in page.lines)
    assert here().todo.is_same(comes)


def test_a_request_for_records_is_gone_on_with_from_its_line(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    asked: dict[str, Value] = {
        "received_on": TODAY - timedelta(3),
        "asked_by": "POLICE",
        "asked_for": "everything",
    }
    requests.record_request(desk, client_id, asked)
    page = shown(view, settled)
    page.jump(ToDoKind.REQUEST_OPEN)

    keys.press(KEY.Key_1)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    assert panel.form.values()["asked_for"] == "everything"
    panel.form.fill(
        {"decision": "REFUSE", "decided_on": TODAY, "decided_by": "Ada Invented"}
    )
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert view.panel is None
    lines = shown(view, settled).lines
    assert not any(line.todo.kind is ToDoKind.REQUEST_OPEN for line in lines)


def test_consent_that_ends_is_asked_for_anew_for_the_same_purpose(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_consent(desk, client_id, "HUB", expires_on=TODAY + timedelta(5))
    page = shown(view, settled)
    page.jump(ToDoKind.CONSENT_ENDS)

    keys.press(KEY.Key_1)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    assert panel.form.values()["purpose"] == "HUB"
    panel.form.fill({"answer": "YES", "explained": "Y", "evidence": "VERBAL"})
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert view.panel is None
    lines = shown(view, settled).lines
    assert not any(line.todo.kind is ToDoKind.CONSENT_ENDS for line in lines)


def test_who_may_not_do_a_deed_is_offered_to_open_the_person(
    qtbot: QtBot, light: None, desk: Desk, tmp_path: Path
) -> None:
    del light
    make_flag(desk, make_client(desk), "URGENT")
    make_waiting(desk)
    office = signed_in_as(desk, "ADMINISTRATOR")
    window = new_window(qtbot, office, tmp_path / "window.ini")
    page = view_of(window).page
    assert isinstance(page, TodayPage)
    page.jump(ToDoKind.RISK_URGENT)
    assert [words for words, _ in here().keys] == ["Open"]

    Keyboard(window).press(KEY.Key_1)
    settle(qtbot, window)

    assert view_of(window).page is not page
    assert not view_of(window).banner.isVisible()


@pytest.mark.parametrize(
    ("role", "words"),
    [("COUNSELLOR", "Book in the Diary (Alt+4)"), ("TRUSTEE", "will stand here")],
)
def test_an_empty_day_says_what_can_come_next(
    qtbot: QtBot, light: None, desk: Desk, tmp_path: Path, role: str, words: str
) -> None:
    del light
    window = new_window(qtbot, signed_in_as(desk, role), tmp_path / "window.ini")
    page = view_of(window).page
    assert isinstance(page, TodayPage)

    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]

    assert "Nothing is waiting for you" in said
    assert any(words in each for each in said)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with most kinds of lines."""
    folder: Path = tmp_path_factory.mktemp("large")
    desk = make_big_desk(folder / "desk", 300, 4_000, FixedClock.on(TODAY))
    fill(desk)
    yield desk
    desk.close()


def test_whatever_is_asked_for_names_a_deed_that_there_is_or_a_place(
    large: Desk,
) -> None:
    deeds = {deed.key.words for deed in DEEDS}
    manager = signed_in_as(large, "MANAGER", "W07")
    found = things_to_do(manager, dict.fromkeys(ToDoKind, 50)).todos
    # Ten to thirteen, as the desk falls out.
    assert len({todo.kind for todo in found}) > 6

    for todo in found:
        changes = {change.words for change in CHANGES.get(todo.table, ())}
        settled_here = todo.kind in (ToDoKind.MARK_SESSION, ToDoKind.RETURN_DUE)
        assert settled_here or todo.place or todo.deed in deeds | changes, todo.kind


def test_a_long_list_is_whole_for_whoever_walks_through_it(
    qtbot: QtBot, light: None, large: Desk, tmp_path: Path
) -> None:
    del light
    manager = signed_in_as(large, "MANAGER", "W07")
    window = new_window(qtbot, manager, tmp_path / "window.ini")
    page = view_of(window).page
    assert isinstance(page, TodayPage)

    assert page.lines[0].hasFocus()
    found = things_to_do(manager)
    kinds = list(dict.fromkeys(line.todo.kind for line in page.lines))
    assert set(kinds) >= {todo.kind for todo in found.todos}
    settle(qtbot, window)
    tops = [line.mapTo(page, line.rect().topLeft()).y() for line in page.lines]
    assert tops == sorted(tops)
