"""The waiting list: who waits, how they may be reached, calling through by keyboard."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Value
from provider_desk.model.records import WaitingContact, WaitingEntry, WaitingOffer
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.call_round import CallRound
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting.list_deeds import ListDeeds
from provider_desk.ui.pages.waiting.round_over import RoundOver
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import make_client, make_episode, make_waiting
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Settled = Callable[[], None]

NUMBER = "07700 900123"
RULE = "Only after six. Say it is Sam."


def person(desk: Desk, name: str, received_on: date, *, rules: str = "") -> str:
    """Somebody who waits and may be phoned; returns the referral's id."""
    client_id = make_client(desk, known_as=name, mobile=NUMBER)
    values = {"permission": "YES_RULES" if rules else "YES", "rules": rules}
    set_safe_contact(desk, client_id, "MOBILE", values)
    return make_waiting(desk, client_id, received_on=received_on)


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """Three people who wait: with a rule, without one, and without a safe way."""
    return [
        person(desk, "Avery Longest", date(2017, 9, 1), rules=RULE),
        person(desk, "Blake Middle", date(2018, 2, 1)),
        make_waiting(
            desk,
            make_client(desk, known_as="Casey Unsafe", mobile=NUMBER),
            received_on=date(2018, 4, 20),
        ),
    ]


@pytest.fixture
def page(view: DeskView, settled: Settled) -> WaitingListPage:
    return opened(view, settled)


def opened(view: DeskView, settled: Settled, **what: object) -> WaitingListPage:
    view.frame.go("waiting", **what)
    settled()
    shown = view.page
    assert isinstance(shown, WaitingListPage)
    return shown


def contact_panel(view: DeskView) -> ContactPanel:
    assert isinstance(view.panel, ContactPanel)
    return view.panel


def deeds_of(view: DeskView, page: WaitingListPage, row: int, go: Settled) -> ListDeeds:
    """What else can be done for somebody on the list."""
    page.open_row(page.model.rows[row])
    go()
    (found,) = contact_panel(view).findChildren(ListDeeds)
    return found


def contacts_of(desk: Desk, referral_id: str) -> list[WaitingContact]:
    with desk.store.reading() as rows:
        return find(rows, WaitingContact, referral_id=referral_id)


def on_screen(view: DeskView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel))


def panel_words(view: DeskView) -> str:
    return " ".join(label.text() for label in contact_panel(view).findChildren(QLabel))


def names(page: WaitingListPage) -> list[str]:
    return [row.name for row in page.model.rows]


@pytest.mark.usefixtures("three")
def test_the_longest_wait_comes_first_and_the_sum_is_said_in_words(
    page: WaitingListPage,
) -> None:
    assert names(page) == ["Avery Longest", "Blake Middle", "Casey Unsafe"]
    assert page.summary.text() == (
        "3 people are waiting. Half of them have waited 89 days or more; the longest "
        "wait is 242 days."
    )


@pytest.mark.usefixtures("three")
def test_the_table_keeps_the_rules_of_a_model(page: WaitingListPage) -> None:
    tester = QAbstractItemModelTester(page.model)
    page.model.sort(1, Qt.SortOrder.AscendingOrder)

    assert page.model.rows[0].name == "Casey Unsafe"
    assert tester.model() is page.model


@pytest.mark.usefixtures("three")
def test_a_band_and_a_chip_show_only_their_people(page: WaitingListPage) -> None:
    page.bands.pick("0-28")
    of_band = names(page)
    page.bands.pick("")
    page.no_way.click()

    assert of_band == ["Casey Unsafe"]
    assert names(page) == ["Casey Unsafe"]
    assert page.no_way.text() == "No safe way known: 1"


@pytest.mark.usefixtures("three")
def test_where_the_chosen_part_is_empty_one_press_shows_everybody(
    page: WaitingListPage,
) -> None:
    page.bands.pick("365+")
    empty = page.empty.isVisible()
    page.empty._all.click()

    assert empty
    assert len(names(page)) == 3
    assert not page.empty.isVisible()


def test_an_empty_desk_says_what_to_do(page: WaitingListPage) -> None:
    assert page.empty.isVisible()
    assert page.empty._what.text() == "Nobody is waiting."
    assert "Ctrl+Shift+R" in page.empty._advice.text()
    assert not page.table.isVisible()
    assert not page.call.isVisible()


@pytest.mark.usefixtures("three")
def test_the_list_of_a_past_day_leaves_out_who_came_later(
    view: DeskView, settled: Settled, qtbot: QtBot
) -> None:
    page = opened(view, settled)
    page.filters.day.line.setFocus()
    page.filters.day.line.selectAll()
    qtbot.keyClicks(page.filters.day.line, "1 mar 2018")

    qtbot.waitUntil(lambda: len(page.model.rows) == 2, timeout=20_000)
    assert page.model.rows[0].waited_days == 181


def test_areas_are_offered_and_filter(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    make_waiting(desk, make_client(desk, known_as="In Therapy"), area="THER")
    make_waiting(desk, make_client(desk, known_as="In Support"), area="PES_AD")
    page = opened(view, settled)

    page.filters.area.set_code("PES_AD")
    page.filters.area.picked.emit("PES_AD")
    settled()

    assert names(page) == ["In Support"]
    assert page.filters.area.isVisible()
    assert not page.filters.contract.isVisible()


@pytest.mark.usefixtures("three")
def test_names_are_hidden_in_privacy(view: DeskView, page: WaitingListPage) -> None:
    view.frame.set_privacy(True)

    cell = page.model.index(0, 0)
    assert cell.data() == page.model.rows[0].code
    assert "Avery" not in str(cell.data())


@pytest.mark.usefixtures("three")
def test_in_privacy_the_panel_shows_neither_name_nor_number(
    view: DeskView, page: WaitingListPage, settled: Settled
) -> None:
    page.open_row(page.model.rows[0])
    settled()
    contact_panel(view).reach.ways["MOBILE"].turn()
    settled()
    before = panel_words(view)

    view.frame.set_privacy(True)

    assert "Avery Longest" in before
    assert NUMBER in before
    assert "Avery Longest" not in panel_words(view)
    assert NUMBER not in panel_words(view)


def test_a_window_open_overnight_shows_the_new_day(
    view: DeskView, settled: Settled, clock: FixedClock
) -> None:
    opened(view, settled)
    clock.ms += 24 * 60 * 60 * 1000

    today = opened(view, settled).filters.as_of()
    page = opened(view, settled, as_of=date(2018, 3, 1))
    clock.ms += 24 * 60 * 60 * 1000
    opened(view, settled)

    assert today == date(2018, 5, 2)
    assert page.filters.as_of() == date(2018, 3, 1)


@pytest.mark.usefixtures("three")
def test_the_number_is_nowhere_before_it_is_asked_for(
    view: DeskView, page: WaitingListPage, settled: Settled
) -> None:
    page.open_row(page.model.rows[0])
    settled()
    panel = contact_panel(view)
    before = on_screen(view)

    panel.reach.ways["MOBILE"].turn()
    settled()

    assert RULE in before
    assert NUMBER not in before
    assert panel.reach.ways["MOBILE"].reach.text() == NUMBER


@pytest.mark.usefixtures("three")
def test_without_a_safe_way_there_is_no_button_for_a_number(
    view: DeskView, page: WaitingListPage, settled: Settled
) -> None:
    page.open_row(page.model.rows[2])
    settled()
    panel = contact_panel(view)

    assert panel.reach.ways == {}
    assert "No safe way is known" in on_screen(view)
    assert NUMBER not in on_screen(view)


@pytest.mark.usefixtures("three")
def test_the_number_goes_away_by_itself(
    view: DeskView, page: WaitingListPage, settled: Settled
) -> None:
    page.open_row(page.model.rows[0])
    settled()
    way = contact_panel(view).reach.ways["MOBILE"]
    way.turn()
    settled()
    assert way._timer.isActive()

    way._timer.timeout.emit()

    assert way.reach.text() == ""
    assert way.reach.isHidden()


def test_a_duty_worker_calls_through_the_list_by_keyboard_alone(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    """Rule, number, result, next; one is reached, one tried, one skipped."""
    keys.press(KEY.Key_G, CTRL | SHIFT)
    settled()
    first = contact_panel(view)
    assert first.subject == page.model.rows[0].code
    assert RULE in on_screen(view)

    keys.press(KEY.Key_Return)
    settled()
    assert NUMBER in on_screen(view)
    keys.press(KEY.Key_1)
    keys.type("Doing well")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert contact_panel(view).row.name == "Blake Middle"

    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert contact_panel(view).row.name == "Casey Unsafe"

    keys.press(KEY.Key_Right, ALT)
    settled()
    over = view.panel
    assert isinstance(over, RoundOver)
    assert "1 reached, 1 try without reaching, 1 left for later." in on_screen(view)
    keys.press(KEY.Key_Escape)

    (made,) = contacts_of(desk, three[0])
    (tried,) = contacts_of(desk, three[1])
    assert (made.result, made.method, made.note) == ("SPOKE", "PHONE", "Doing well")
    assert (tried.result, tried.method) == ("NO_ANSWER", "PHONE")
    assert contacts_of(desk, three[2]) == []
    assert view.panel is None


@pytest.mark.usefixtures("three")
def test_after_a_contact_the_list_says_when_the_next_one_is_due(
    desk: Desk,
    view: DeskView,
    page: WaitingListPage,
    settled: Settled,
) -> None:
    was_due = words.is_due(page.model.rows[0], desk.today())
    page.open_row(page.model.rows[0])
    settled()
    panel = contact_panel(view)
    panel.form.boxes["result"].editor.set_value("SPOKE")
    panel.form.boxes["method"].editor.set_value("PHONE")
    panel.next_form.boxes["next_contact_on"].editor.set_value(date(2018, 5, 15))

    panel.save()
    settled()

    row = page.model.rows[0]
    assert was_due
    assert row.last_reached_on == desk.today()
    assert row.next_contact_on == date(2018, 5, 15)
    assert view.panel is None


def test_a_message_by_a_way_that_is_not_safe_is_refused_beside_the_field(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    settled: Settled,
) -> None:
    page.open_row(page.model.rows[2])
    settled()
    panel = contact_panel(view)
    panel.form.boxes["result"].editor.set_value("SENT")
    panel.form.boxes["method"].editor.set_value("TEXT")

    panel.save()
    settled()

    assert "not marked safe" in panel.form.boxes["result"].problem
    assert contacts_of(desk, three[2]) == []


def test_an_offer_is_made_and_answered_from_the_list(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    settled: Settled,
) -> None:
    deeds_of(view, page, 0, settled).offer()
    settled()
    assert isinstance(view.panel, FormPanel)
    view.panel.save()
    settled()
    assert page.model.rows[0].open_offer

    deeds_of(view, page, 0, settled).answer()
    settled()
    assert isinstance(view.panel, FormPanel)
    view.panel.form.boxes["response"].editor.set_value("DECLINED")
    view.panel.save()
    settled()

    with desk.store.reading() as rows:
        (offer,) = find(rows, WaitingOffer, referral_id=three[0])
    assert (offer.response, offer.answered_on) == ("DECLINED", desk.today())
    assert not page.model.rows[0].open_offer
    assert page.model.rows[0].waited_days == 242


def test_somebody_leaves_the_list_with_a_reason(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    settled: Settled,
) -> None:
    deeds_of(view, page, 1, settled).leave()
    settled()
    assert isinstance(view.panel, FormPanel)
    view.panel.form.boxes["removal_reason"].editor.set_value("MOVED")
    view.panel.save()
    settled()

    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry, referral_id=three[1])
    assert (entry.removed_on, entry.removal_reason) == (desk.today(), "MOVED")
    assert "Blake Middle" not in names(page)


@pytest.mark.usefixtures("three")
def test_somebody_who_starts_is_gone_from_the_list(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    make_episode(desk, make_client(desk, known_as="Drew Started"))

    assert "Drew Started" not in names(opened(view, settled))


@pytest.mark.usefixtures("three")
def test_a_round_goes_back_and_never_past_its_ends(desk: Desk) -> None:
    rows = waiting.waiting_list(desk, desk.today()).rows
    calls = CallRound(rows)

    calls.go_back()
    first = calls.now
    for _ in range(5):
        calls.go_on()

    assert first is rows[0]
    assert calls.now is None
    assert calls.report() == "0 reached, 0 tries without reaching, 3 left for later."


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 day"), (78, "78 days"), (77.5, "77.5 days")]
)
def test_days_are_said_as_people_say_them(count: float, said: str) -> None:
    assert words.days(count) == said


@pytest.mark.usefixtures("three")
def test_what_was_typed_for_somebody_skipped_is_there_when_going_back(
    view: DeskView, page: WaitingListPage, settled: Settled
) -> None:
    page.call_through()
    settled()
    first = contact_panel(view)
    first.form.boxes["note"].editor.set_value("Ask about Tuesdays")
    first.skip()
    settled()

    contact_panel(view).go_back()
    settled()

    again = contact_panel(view)
    assert again.row.name == "Avery Longest"
    assert again.form.boxes["note"].editor.value() == "Ask about Tuesdays"


def test_contact_due_shows_only_those_whose_day_has_come(
    desk: Desk, three: list[str], view: DeskView, settled: Settled
) -> None:
    spoke: dict[str, Value] = {"method": "PHONE", "result": "SPOKE"}
    waiting.record_contact(desk, three[0], spoke)
    waiting.plan_contact(desk, three[2], desk.today())
    page = opened(view, settled, due=True)

    assert page.due.isChecked()
    assert names(page) == ["Blake Middle", "Casey Unsafe"]
    assert page.due.text() == "Contact due: 2"
