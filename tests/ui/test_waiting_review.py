"""Reviewing the list, papers and deeds for those who wait, mostly by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    ListReview,
    Triage,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.to_do import ToDoKind
from provider_desk.services import settings
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.casework.waiting_on import list_review, offers, triage
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.waiting.call_round import ReviewRound, in_words
from provider_desk.ui.pages.waiting.letters_panel import LettersPanel
from provider_desk.ui.pages.waiting.review_panel import ReviewPanel, ReviewStart
from provider_desk.ui.pages.waiting.round_over import RoundOver
from provider_desk.ui.pages.waiting.sheet_panels import (
    CallSheetPanel,
    CapacityStatementPanel,
)
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import TODAY, make_client, make_waiting, signed_in_as
from tests.builders.windows import CTRL, Keyboard, new_window, settle, view_of

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Settled = Callable[[], None]
NUMBER, RULE = "07700 900123", "Only after six. Say it is Sam."


def person(desk: Desk, name: str, received_on: date) -> str:
    client_id = make_client(
        desk, known_as=name, family_name="Heron", mobile=NUMBER, address="1 Street"
    )
    for channel in ("MOBILE", "LETTER"):
        values = {"permission": "YES_RULES", "rules": RULE}
        set_safe_contact(desk, client_id, channel, values)
    return make_waiting(desk, client_id, received_on=received_on)


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """Three people who wait; the second was reviewed last week."""
    ids = [
        person(desk, "Avery", date(2017, 9, 1)),
        person(desk, "Blake", date(2018, 1, 8)),
        person(desk, "Casey", date(2018, 2, 1)),
    ]
    on = TODAY - timedelta(7)
    reviewed: dict[str, Value] = {"outcome": "KEEP", "reviewed_on": on}
    list_review.record_review(desk, ids[1], reviewed)
    return ids


@pytest.fixture
def page(view: DeskView, settled: Settled) -> WaitingListPage:
    view.frame.go("waiting")
    settled()
    assert isinstance(view.page, WaitingListPage)
    return view.page


def words_of(view: DeskView) -> str:
    assert view.panel is not None
    return " ".join(label.text() for label in view.panel.findChildren(QLabel))


def reviews_of(desk: Desk, referral_id: str) -> list[ListReview]:
    with desk.store.reading() as rows:
        return find(rows, ListReview, referral_id=referral_id)


def names(page: WaitingListPage) -> list[str]:
    return [row.name.split()[0] for row in page.model.rows]


def panel_of(view: DeskView) -> ReviewPanel:
    assert isinstance(view.panel, ReviewPanel)
    return view.panel


def test_a_duty_worker_reviews_the_list_by_keyboard_alone(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    """Day, then rule, number, outcome, next; nobody is asked twice."""
    keys.press(KEY.Key_B, CTRL | SHIFT)
    settled()
    assert isinstance(view.panel, ReviewStart)
    assert "2 people to review" in words_of(view)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    first = panel_of(view)
    assert first.subject == page.model.rows[0].code
    assert RULE in words_of(view)
    assert NUMBER not in words_of(view)
    keys.press(KEY.Key_Return)
    settled()
    assert NUMBER in words_of(view)
    keys.press(KEY.Key_1)
    keys.type("Wants to wait")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert panel_of(view).row.referral_id == three[2]
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_3)
    keys.type("Invented Centre")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert isinstance(view.panel, RoundOver)
    said = words_of(view)
    assert "Fewer than 5 kept their place, fewer than 5 redirected" in said
    (kept,) = reviews_of(desk, three[0])
    (gone,) = reviews_of(desk, three[2])
    assert (kept.outcome, kept.note) == ("KEEP", "Wants to wait")
    assert (gone.outcome, gone.redirected_to) == ("REDIRECT", "Invented Centre")
    assert names(page) == ["Avery", "Blake"]


def test_one_undo_takes_back_the_review_the_leaving_and_the_contact(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
) -> None:
    page.deeds.review_list()
    settled()
    assert isinstance(view.panel, ReviewStart)
    view.panel.save()
    settled()
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_4)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    gone = names(page)

    keys.press(KEY.Key_Z, CTRL)
    settled()

    with desk.store.reading() as rows:
        (entry,) = find(rows, WaitingEntry, referral_id=three[0])
        contacts = find(rows, WaitingContact, referral_id=three[0])
    assert gone == ["Blake", "Casey"]
    assert names(page) == ["Avery", "Blake", "Casey"]
    assert (entry.removed_on, contacts, reviews_of(desk, three[0])) == (None, [], [])


def test_a_redirect_without_where_to_says_so_beside_its_field(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    settled: Settled,
) -> None:
    page.deeds.review_list()
    settled()
    assert isinstance(view.panel, ReviewStart)
    view.panel.save()
    settled()
    panel = panel_of(view)
    assert not panel.form.boxes["redirected_to"].isVisible()
    panel.form.boxes["outcome"].editor.set_value("REDIRECT")
    assert panel.form.boxes["redirected_to"].isVisible()

    panel.save()
    settled()

    assert "Say where" in panel.form.boxes["redirected_to"].problem
    assert reviews_of(desk, three[0]) == []


@pytest.mark.parametrize(
    ("count", "said"), [(0, "nobody"), (4, "fewer than 5"), (5, "5"), (1200, "1,200")]
)
def test_small_numbers_of_a_summary_are_words(count: int, said: str) -> None:
    assert in_words(count) == said


def test_the_summary_leaves_out_what_did_not_happen(desk: Desk) -> None:
    make_waiting(desk)
    walk = ReviewRound(waiting.waiting_list(desk, TODAY).rows)
    walk.note("KEEP")

    assert walk.report() == "Fewer than 5 kept their place, nobody left for later."


@pytest.mark.usefixtures("three")
def test_the_list_always_says_by_what_it_is_sorted(
    page: WaitingListPage, settled: Settled
) -> None:
    before = page.order.text()
    page.table.horizontalHeader().setSortIndicator(4, Qt.SortOrder.AscendingOrder)
    settled()

    assert before.startswith("Sorted by the day the referral was received.")
    assert page.order.text().startswith("Sorted by “Next contact”.")


def test_levels_are_shown_and_sort_only_where_they_are_switched_on(
    desk: Desk,
    three: list[str],
    page: WaitingListPage,
    view: DeskView,
    settled: Settled,
) -> None:
    header = [column.header for column in page.model.columns]
    level = header.index("How soon")
    hidden = page.table.isColumnHidden(level)
    settings.change_provider(desk, {"triage": "Y"})
    triage.set_triage(desk, three[2], {"level": "URGENT", "reason": "alone"})
    view.frame.go("today")
    view.frame.go("waiting")
    settled()

    assert hidden
    assert not page.table.isColumnHidden(level)
    assert names(page) == ["Casey", "Avery", "Blake"]
    assert "how soon a start is wanted, then" in page.order.text()


def test_letters_are_made_and_recorded_once_they_were_posted(
    desk: Desk,
    three: list[str],
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
    tmp_path: Path,
) -> None:
    page.table.setFocus()
    keys.press(KEY.Key_F7)
    settled()
    panel = view.panel
    assert isinstance(panel, LettersPanel)
    assert RULE in words_of(view)
    panel.boxes["phone"].editor.set_value("01632 960000")
    panel.folder.line.setText(str(tmp_path / "out"))
    panel.read.setChecked(True)

    keys.press(KEY.Key_Return, CTRL)
    settled()
    missing = panel.boxes["ask_for"].problem
    panel.boxes["ask_for"].editor.set_value("Sam")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    made = list((tmp_path / "out").iterdir())
    assert panel.posted is not None
    panel.posted.click()  # type: ignore[attr-defined]
    settled()

    with desk.store.reading() as rows:
        contacts = [find(rows, WaitingContact, referral_id=each) for each in three]
    assert "needs this" in missing
    assert [path.suffix for path in made] == [".pdf"]
    assert [contact.result for (contact,) in contacts] == ["SENT"] * 3
    assert view.panel is None
    keys.press(KEY.Key_Z, CTRL)
    settled()
    with desk.store.reading() as rows:
        assert find(rows, WaitingContact, referral_id=three[0]) == []


@pytest.mark.usefixtures("three")
def test_the_call_sheet_is_made_and_deleted_again(
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
    tmp_path: Path,
) -> None:
    page.table.setFocus()
    keys.press(KEY.Key_F8)
    settled()
    panel = view.panel
    assert isinstance(panel, CallSheetPanel)
    panel.folder.line.setText(str(tmp_path / "out"))

    keys.press(KEY.Key_Return, CTRL)
    settled()
    made = list((tmp_path / "out").iterdir())
    panel._delete(made)

    assert len(made) == 1
    assert list((tmp_path / "out").iterdir()) == []
    assert "The file is deleted." in words_of(view)


@pytest.mark.usefixtures("three")
def test_the_capacity_statement_is_looked_at_before_it_is_written(
    view: DeskView,
    page: WaitingListPage,
    keys: Keyboard,
    settled: Settled,
    tmp_path: Path,
) -> None:
    page.table.setFocus()
    keys.press(KEY.Key_F9)
    settled()
    panel = view.panel
    assert isinstance(panel, CapacityStatementPanel)
    shown = words_of(view)
    panel.folder.line.setText(str(tmp_path / "out"))
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert "People waiting: fewer than 5" in shown
    assert "Avery" not in shown
    suffixes = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert suffixes == [".csv", ".pdf"]


def test_who_may_not_see_figures_is_not_offered_the_statement(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    make_waiting(desk)
    worker = signed_in_as(desk, "CASEWORKER")
    window = new_window(qtbot, worker, tmp_path / "w.ini")
    view = view_of(window)
    view.frame.go("waiting")
    settle(qtbot, window)
    page = view.page
    assert isinstance(page, WaitingListPage)

    offered = {offer.key: offer.why_not for offer in page.offers()}

    assert "may not see the figures" in offered[deeds.CAPACITY_STATEMENT]
    assert offered[deeds.REVIEW_LIST] == ""


@pytest.mark.parametrize(
    ("key", "values", "table"),
    [
        (deeds.REVIEW_PLACE, {"outcome": "KEEP"}, ListReview),
        (deeds.ANSWER_OFFER, {"response": "NO_ANSWER"}, WaitingOffer),
        (deeds.TRIAGE, {"level": "SOON", "reason": "a trial"}, Triage),
        (deeds.PLAN_CONTACT, {"next_contact_on": date(2018, 5, 20)}, WaitingEntry),
    ],
    ids=lambda value: getattr(value, "words", ""),
)
def test_each_deed_for_somebody_who_waits_is_done_from_their_page_and_taken_back(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    values: dict[str, Value],
    table: type[WaitingEntry],
) -> None:
    settings.change_provider(desk, {"triage": "Y"})
    client_id = make_client(desk, known_as="Avery")
    referral_id = make_waiting(desk, client_id)
    waiting.record_offer(desk, referral_id, {"offered_on": TODAY - timedelta(3)})
    view.frame.go("person", client_id=client_id)
    settled()
    (offer,) = [each for each in view.offers() if each.key is key]
    assert offer.why_not == ""
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    for name, value in values.items():
        panel.form.boxes[name].editor.set_value(value)

    panel.save()
    settled()

    with desk.store.reading() as rows:
        (saved,) = find(rows, table, referral_id=referral_id)
    kept = saved.values()
    assert {name: kept[name] for name in values} == values
    assert view.panel is None


def test_without_an_open_offer_there_is_nothing_to_answer(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    offer_id, _ = waiting.record_offer(desk, referral_id, {})
    offers.answered(desk, offer_id, {"response": "DECLINED"})
    view.frame.go("person", client_id=client_id)
    settled()

    why = {each.key: each.why_not for each in view.offers()}

    assert "no offer of a start waits" in why[deeds.ANSWER_OFFER]
    assert "not sorted" in why[deeds.TRIAGE]
    assert why[deeds.LETTER] == ""


def test_the_line_on_today_offers_the_deed_that_settles_it(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    referral_id = make_waiting(desk)
    on = TODAY - timedelta(8)
    waiting.record_offer(desk, referral_id, {"offered_on": on})

    lines = things_to_do(desk).todos
    (line,) = [each for each in lines if each.kind is ToDoKind.OFFER_OPEN]
    view.frame.go("person", client_id=line.client_id)
    settled()

    offered = {each.key.words: each.why_not for each in view.offers()}
    assert offered[line.deed] == ""


def test_a_letter_to_one_person_is_begun_from_their_page(
    desk: Desk, three: list[str], view: DeskView, settled: Settled
) -> None:
    with desk.store.reading() as rows:
        (row,) = rows.rows("SELECT client_id FROM referral WHERE id = ?", (three[0],))
    view.frame.go("person", client_id=row[0])
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.LETTER]

    offer.run()
    settled()

    assert isinstance(view.panel, LettersPanel)
    assert view.panel.kind.code() == "offer"
    assert "1 person can get a letter" in words_of(view)
