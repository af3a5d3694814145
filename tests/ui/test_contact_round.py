"""Contacts: a draft in a round, taking one back, the same start everywhere."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Referral,
    RiskFlag,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting.list_deeds import ListDeeds
from provider_desk.ui.pages.waiting.review_panel import ReviewPanel, ReviewStart
from provider_desk.ui.pages.waiting.round_over import RoundOver
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import TODAY, make_client, make_waiting
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Settled = Callable[[], None]
AGREED, LATER = date(2018, 5, 20), date(2018, 6, 18)


def person(desk: Desk, name: str, received_on: date) -> str:
    client_id = make_client(desk, known_as=name, mobile="07700 900123")
    set_safe_contact(desk, client_id, "MOBILE", {"permission": "YES"})
    return make_waiting(desk, client_id, received_on=received_on)


@pytest.fixture
def two(desk: Desk) -> list[str]:
    """Avery, whose next contact was agreed by hand, and Blake."""
    ids = [
        person(desk, "Avery", date(2017, 9, 1)),
        person(desk, "Blake", date(2018, 2, 1)),
    ]
    waiting.plan_contact(desk, ids[0], AGREED)
    return ids


@pytest.fixture
def page(view: DeskView, settled: Settled) -> WaitingListPage:
    view.frame.go("waiting")
    settled()
    assert isinstance(view.page, WaitingListPage)
    return view.page


def contact_panel(view: DeskView) -> ContactPanel:
    assert isinstance(view.panel, ContactPanel)
    return view.panel


def held(desk: Desk, referral_id: str) -> tuple[int, date | None]:
    """How many contacts there are, and the day agreed for the next."""
    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry, referral_id=referral_id)
        contacts = find(rows, WaitingContact, referral_id=referral_id)
    return len(contacts), entry.next_contact_on


@pytest.mark.usefixtures("two")
def test_a_round_over_a_draft_has_the_draft_and_the_cursor_in_it(
    desk: Desk,
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_1)
    keys.type("Half a sen")
    keys.press(KEY.Key_Escape)
    settled()
    assert view.panel is None

    keys.press(KEY.Key_G, CTRL | SHIFT)
    settled()
    panel = contact_panel(view)
    assert panel.form.boxes["note"].editor.value() == "Half a sen"
    at = QApplication.focusWidget()
    assert at is not None
    assert panel.form.boxes["note"].isAncestorOf(at)
    assert not at.visibleRegion().isEmpty()
    keys.type("tence")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (made,) = find(rows, WaitingContact, referral_id=two[0])
    assert (made.note, made.method) == ("Half a sentence", "PHONE")
    assert contact_panel(view).row.name == "Blake"
    assert page.deeds.call.isVisible()


def test_a_review_over_a_draft_has_the_cursor_in_it(
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    for _ in two:
        page.deeds.review_list()
        settled()
        assert isinstance(view.panel, ReviewStart)
        view.panel.save()
        settled()
        if view.panel.is_dirty():
            break
        keys.press(KEY.Key_Return)
        settled()
        keys.press(KEY.Key_1)
        keys.type("Wants")
        keys.press(KEY.Key_Escape)
        settled()

    panel = view.panel
    assert isinstance(panel, ReviewPanel)
    at = QApplication.focusWidget()
    assert at is not None
    assert panel.form.boxes["note"].isAncestorOf(at)


def test_one_undo_takes_back_a_contact_and_the_day_it_set_and_the_round_forgets_it(
    desk: Desk,
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    before = waiting.waiting_list(desk, TODAY)
    keys.press(KEY.Key_G, CTRL | SHIFT)
    settled()
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    recorded = held(desk, two[0])

    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert recorded == (1, None)
    assert held(desk, two[0]) == (0, AGREED)
    assert waiting.waiting_list(desk, TODAY) == before
    assert tuple(page.model.rows) == before.rows
    contact_panel(view).skip()
    settled()
    assert isinstance(view.panel, RoundOver)
    said = " ".join(label.text() for label in view.panel.findChildren(QLabel))
    assert "0 reached, 0 tries without reaching, 2 left for later." in said


def test_enter_in_the_table_during_a_round_goes_on_with_that_person(
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    keys.press(KEY.Key_G, CTRL | SHIFT)
    settled()
    page.table.setFocus()
    keys.press(KEY.Key_Down)
    keys.press(KEY.Key_Return)
    settled()

    assert contact_panel(view).words == "Call through: 2 of 2"
    assert contact_panel(view).row.referral_id == two[1]


def test_from_their_page_a_contact_begins_where_it_begins_from_the_list(
    desk: Desk,
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    """The rule first, then the number, then what came of it."""
    page.open_row(page.model.rows[0])
    settled()
    from_list = contact_panel(view).reach.ways["MOBILE"].button.hasFocus()
    view.frame.go("person", client_id=page.model.rows[0].client_id)
    settled()

    keys.press(KEY.Key_C, CTRL | SHIFT)
    settled()
    from_page = contact_panel(view).reach.ways["MOBILE"].button.hasFocus()
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    recorded = held(desk, two[0])
    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert (from_list, from_page) == (True, True)
    assert recorded == (1, AGREED)
    assert held(desk, two[0]) == (0, AGREED)


def test_a_contact_of_somebody_who_waits_twice_asks_on_which(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    first = make_waiting(desk, client_id, received_on=date(2017, 9, 1))
    second = make_waiting(desk, client_id, received_on=date(2018, 2, 1), area="PES_AD")
    view.frame.go("person", client_id=client_id)
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.RECORD_CONTACT]
    offer.run()
    settled()
    panel = contact_panel(view)
    assert panel.which is not None
    panel.which.set_value(second)
    panel.form.boxes["result"].editor.set_value("SPOKE")
    panel.form.boxes["method"].editor.set_value("F2F")

    panel.save()
    settled()

    assert (held(desk, first)[0], held(desk, second)[0]) == (0, 1)


@pytest.mark.parametrize("deed", ["offer", "answer", "leave"])
def test_what_else_is_done_from_the_list_is_undone_whole(
    desk: Desk,
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
    deed: str,
) -> None:
    if deed == "answer":
        waiting.record_offer(desk, two[0], {"note": "a Tuesday"})
        page.opened()
        settled()
    typed: dict[str, dict[str, Value]] = {
        "offer": {"note": "by phone"},
        "answer": {"response": "DECLINED", "note": "rather a Friday"},
        "leave": {"removal_reason": "MOVED"},
    }
    before = waiting.waiting_list(desk, TODAY), offers_of(desk, two[0])
    page.open_row(page.model.rows[0])
    settled()
    (others,) = contact_panel(view).findChildren(ListDeeds)
    getattr(others, deed)()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    for name, value in typed[deed].items():
        panel.form.boxes[name].editor.set_value(value)
    panel.save()
    settled()
    after = waiting.waiting_list(desk, TODAY), offers_of(desk, two[0])

    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert after != before
    assert (waiting.waiting_list(desk, TODAY), offers_of(desk, two[0])) == before


def offers_of(desk: Desk, referral_id: str) -> list[tuple[str, str]]:
    with desk.store.reading() as rows:
        found = find(rows, WaitingOffer, referral_id=referral_id)
    return [(each.response, each.note) for each in found]


def test_a_risk_that_is_heard_is_flagged_from_the_call_and_its_words_stay(
    desk: Desk,
    two: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    page.open_row(page.model.rows[0])
    settled()
    panel = contact_panel(view)
    panel.form.boxes["note"].editor.set_value("Sounded very low")
    panel.findChildren(ListDeeds)[0].flag()
    settled()
    flag = view.panel
    assert isinstance(flag, FormPanel)
    assert view.page is page
    flag.form.boxes["level"].editor.set_value("WATCH")
    flag.form.boxes["reason"].editor.set_value("said they can't go on")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (raised,) = find(rows, RiskFlag)
    assert raised.reason == "said they can't go on"
    page.open_row(page.model.rows[0])
    settled()
    assert contact_panel(view).form.values()["note"] == "Sounded very low"
    assert held(desk, two[0])[0] == 0


@pytest.mark.parametrize("changed", ["next_contact_on", "target_offer_on"])
def test_one_planned_day_is_changed_without_the_other(
    desk: Desk,
    two: list[str],
    view: DeskView,
    keys: Keyboard,
    settled: Settled,
    changed: str,
) -> None:
    planned = {"next_contact_on": AGREED, "target_offer_on": date(2018, 6, 5)}
    more: dict[str, Value] = {"target_offer_on": planned["target_offer_on"]}
    waiting.plan_contact(desk, two[1], AGREED, more)
    with desk.store.reading() as rows:
        (referral,) = find(rows, Referral, id=two[1])
    view.frame.go("person", client_id=referral.client_id)
    settled()

    (offer,) = [each for each in view.offers() if each.key is deeds.PLAN_CONTACT]
    offer.run()
    settled()
    assert isinstance(view.panel, FormPanel)
    view.panel.form.boxes[changed].editor.set_value(LATER)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry, referral_id=two[1])
    held_now = {name: entry.values()[name] for name in planned}
    assert held_now == {**planned, changed: LATER}
