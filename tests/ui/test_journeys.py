"""Whole pieces of work by keyboard alone, as somebody does them in a day."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from provider_desk.model.records import Client, Referral, Session
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.today import TodayPage
from tests.builders.casework import (
    make_client,
    make_episode,
    make_session,
)
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]
KEY = Qt.Key
#: Somebody who types slowly presses two keys a second. Source: issue, "in under 15 s".
_KEYS_IN_15_SECONDS = 30


def sessions_on(desk: Desk, day: date) -> list[Session]:
    with desk.store.reading() as rows:
        return find(rows, Session, held_on=day)


def test_a_session_is_logged_by_keyboard_in_under_15_seconds(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    morgan = make_client(desk, known_as="Morgan Marsh")
    make_episode(desk, morgan, area="PES_AD")
    make_episode(desk, make_client(desk, known_as="Somebody Else"))

    keys.press(KEY.Key_J, CTRL)
    settled()
    keys.type("morg")
    settled()
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_1)
    keys.type("Talked about work")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    (logged,) = sessions_on(desk, desk.today())
    assert (logged.attendance, logged.note) == ("ATT", "Talked about work")
    assert (logged.type, logged.minutes, logged.worker) == ("THERAPY", 50, "RI")
    assert view.panel is None
    assert keys.pressed <= _KEYS_IN_15_SECONDS


def test_with_the_person_open_three_keys_log_a_session(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()

    keys.press(KEY.Key_J, CTRL)
    settled()
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    (logged,) = sessions_on(desk, desk.today())
    assert logged.attendance == "DNA"
    assert keys.pressed == 3


def test_a_box_for_a_note_is_in_sight_as_a_whole_when_the_cursor_comes_to_it(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, justice_status="CHARGED")
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(KEY.Key_J, CTRL)
    settled()

    keys.press(KEY.Key_1)
    settled()

    panel = view.panel
    assert isinstance(panel, LogSessionPanel)
    box = panel.form.boxes["note"].editor
    at = QApplication.focusWidget()
    assert at is not None
    assert box.isAncestorOf(at)
    assert box.visibleRegion().boundingRect() == box.rect()


def test_how_much_of_the_allowance_is_used_stands_where_it_is_chosen(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    make_session(desk, referral_id, date(2018, 4, 24), trial="PRE")
    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(KEY.Key_J, CTRL)
    settled()

    panel = view.panel
    assert isinstance(panel, LogSessionPanel)
    box = panel.form.boxes["trial"]
    box.editor.set_value("PRE")
    settled()

    words = [label.text() for label in box.findChildren(QLabel) if label.isVisible()]
    assert "1 of 8 before trial so far." in words


def test_enter_before_the_answer_is_there_still_takes_the_first_case(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    make_episode(desk, make_client(desk, known_as="Morgan Marsh"))

    keys.press(KEY.Key_J, CTRL)
    keys.type("morg")
    keys.press(KEY.Key_Return)
    settled()

    panel = view.panel
    assert isinstance(panel, LogSessionPanel)
    assert not panel.form.isHidden()


def test_a_past_session_is_not_saved_without_saying_what_came_of_it(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()

    keys.press(KEY.Key_J, CTRL)
    settled()
    keys.press(KEY.Key_Return, CTRL)
    settled()

    panel = view.panel
    assert isinstance(panel, LogSessionPanel)
    assert panel.form.boxes["attendance"].problem
    assert sessions_on(desk, desk.today()) == []


def test_a_session_of_yesterday_is_marked_on_today_with_one_key(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    session_id = make_session(desk, referral_id, date(2018, 4, 30), "UNREC")
    view.go("today", {})
    settled()
    page = view.page
    assert isinstance(page, TodayPage)

    keys.press(KEY.Key_3)
    settled()

    with desk.store.reading() as rows:
        (held,) = find(rows, Session, id=session_id)
    assert held.attendance == "DNA"
    assert all(line.todo.row_id != session_id for line in page.lines)


def test_somebody_on_the_phone_is_found_and_opened_from_anywhere(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, known_as="Kim Calder")

    keys.press(KEY.Key_K, CTRL)
    keys.type("kim")
    settled()
    keys.press(KEY.Key_Return)
    settled()

    assert isinstance(view.page, PersonPageView)
    assert view.page.person_shown() == client_id


def test_deeds_are_found_by_their_name(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_K, CTRL)
    keys.type("log ses")
    settled()
    keys.press(KEY.Key_Return)
    settled()

    assert isinstance(view.panel, LogSessionPanel)


def test_a_new_person_and_referral_are_recorded_by_keyboard(
    desk: Desk, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_N, CTRL)
    settled()
    keys.type("Alex Quinn")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    keys.press(KEY.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    keys.type("Evidence")
    keys.press(KEY.Key_Tab)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (person,) = find(rows, Client)
        (referral,) = find(rows, Referral)
    assert person.known_as == "Alex Quinn"
    assert (referral.client_id, referral.area) == (person.id, "THER")
    assert referral.received_on == desk.today()


def test_what_was_typed_is_kept_when_one_goes_elsewhere(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(KEY.Key_J, CTRL)
    settled()
    keys.press(KEY.Key_1)
    keys.type("Half a note")
    keys.press(KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    settled()
    left = [panel.words for panel in view.frame.drafts.all()]

    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(KEY.Key_J, CTRL)
    settled()

    panel = view.panel
    assert left == ["Log session"]
    assert isinstance(panel, LogSessionPanel)
    assert panel.form.values()["note"] == "Half a note"
    assert view.frame.drafts.all() == []


def test_esc_closes_the_panel_first_and_then_goes_back(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.go("people", {})
    view.go("person", {"client_id": make_client(desk)})
    settled()
    keys.press(KEY.Key_J, CTRL)
    settled()

    keys.press(KEY.Key_Escape)
    after_first = (view.panel, type(view.page))
    keys.press(KEY.Key_Escape)
    settled()

    assert after_first == (None, PersonPageView)
    assert view.page is not None
    assert view.page.TITLE == "People"


def test_f12_hides_every_name_and_shows_them_again(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, known_as="Kim Calder")
    view.go("person", {"client_id": client_id})
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    seen = _words_in(page)

    keys.press(KEY.Key_F12)
    settled()

    assert any("Kim Calder" in words for words in seen)
    assert not any("Kim" in words for words in _words_in(page))


def _words_in(page: PersonPageView) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_f1_opens_the_help_of_what_is_shown(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.go("people", {})
    settled()

    keys.press(KEY.Key_F1)
    settled()

    assert view.page is not None
    assert view.page.TITLE == "Help"


def test_an_open_criminal_case_is_told_before_the_note_is_written(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, justice_status="CHARGED")
    make_episode(desk, client_id)
    view.go("person", {"client_id": client_id})
    settled()

    keys.press(KEY.Key_J, CTRL)
    settled()

    assert view.panel is not None
    seen = [label.text() for label in view.panel.findChildren(QLabel)]
    shown = [words for words in seen if "criminal case is open" in words]
    assert len(shown) == 1


def test_after_marking_one_session_the_cursor_is_on_the_next(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    referral_id, _ = make_episode(desk)
    for day in (25, 26, 27):
        make_session(desk, referral_id, date(2018, 4, day), "UNREC")
    view.go("today", {})
    settled()
    page = view.page
    assert isinstance(page, TodayPage)

    keys.press(KEY.Key_1)
    settled()
    keys.press(KEY.Key_1)
    settled()

    assert page.lines[0].hasFocus()
    with desk.store.reading() as rows:
        marked = [find(rows, Session, held_on=date(2018, 4, d))[0] for d in (25, 26)]
    assert [session.attendance for session in marked] == ["ATT", "ATT"]
