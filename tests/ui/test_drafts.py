"""Drafts: what was typed is there after a lock, where it was, for its writer only."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from provider_desk.model.views import Event
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.safety import drafts
from provider_desk.services.safety.drafts import Draft
from provider_desk.store import drafts as kept_drafts
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor, LineEditor, TextBox
from provider_desk.ui.kept_drafts import Kept, Opening, read
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.add_person import AddPersonPanel
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.event_panel import begin
from provider_desk.ui.pages.kept_words import KeptWordsPanel
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.setting.by_contract import CAPACITY, ask
from provider_desk.ui.pages.setting.contracts import ContractPanel
from provider_desk.ui.pages.setting.secret import PASSWORD, secret_box
from provider_desk.ui.pages.setting.staff_panels import AddUserPanel, ChangeUserPanel
from provider_desk.ui.pages.to_do_line import DraftLine
from provider_desk.ui.pages.today import TodayPage
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting.list_deeds import ListDeeds
from provider_desk.ui.pages.waiting_list import WaitingListPage
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import (
    contract_of,
    make_client,
    make_episode,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.keys import KEY as STORE_KEY
from tests.builders.windows import new_window, opened_again, settle, view_of

Settled = Callable[[], None]

WORDS, HALF_A_DAY = "Half a note, “éŁ”", "5 se"


@dataclass(frozen=True)
class Case:
    """Somebody with a session, and somebody who waits."""

    desk: Desk
    view: DeskView
    settled: Settled
    client_id: str
    waiting_id: str

    def event(self, table: str) -> Event:
        """The newest event of a table."""
        found = people.person(self.desk, self.client_id).events
        return next(each for each in found if each.table == table)

    def at_person(self) -> None:
        """Go to the person's page."""
        self.view.go("person", {"client_id": self.client_id})
        self.settled()

    def at_waiting(self) -> ContactPanel:
        """Open the panel of who waits longest."""
        self.view.go("waiting", {})
        self.settled()
        page = self.view.page
        assert isinstance(page, WaitingListPage)
        page.open_row(page.model.rows[0])
        self.settled()
        panel = self.view.panel
        assert isinstance(panel, ContactPanel)
        return panel


@pytest.fixture
def case(desk: Desk, view: DeskView, settled: Settled) -> Case:
    client_id = make_client(desk, known_as="Kim Calder")
    referral_id, _ = make_episode(desk, client_id)
    make_session(desk, referral_id, date(2018, 4, 20), "ATT")
    return Case(desk, view, settled, client_id, make_waiting(desk))


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "again.ini"


def log_session(case: Case) -> None:
    case.at_person()
    case.view.frame.open_panel(LogSessionPanel(case.view.frame, case.client_id))


def deed(key: deeds.Key) -> Callable[[Case], None]:
    def run(case: Case) -> None:
        case.at_person()
        assert case.view.page is not None
        (offer,) = [each for each in case.view.page.offers() if each.key is key]
        offer.run()

    return run


def add_person(case: Case) -> None:
    case.view.go("people", {})
    case.view.frame.open_panel(AddPersonPanel(case.view.frame))


def change_a_session(case: Case) -> None:
    case.at_person()
    event = case.event("session")
    frame = case.view.frame
    begin(frame, CHANGES["session"][0], event, "I-1", frame.failed.emit)


def contact(case: Case) -> None:
    case.at_waiting()


def offer(case: Case) -> None:
    found = case.at_waiting().findChild(ListDeeds)
    assert found is not None
    found.offer()


def contract(case: Case) -> None:
    case.view.go("settings", {"part": "contracts"})
    case.view.frame.open_panel(ContractPanel(case.view.frame))


def capacity(case: Case) -> None:
    case.view.go("settings", {"part": "capacity"})
    found = contract_of(case.desk)
    ask(case.view.frame, CAPACITY, found.id, ("THER",), {})


def add_user(case: Case) -> None:
    case.view.go("settings", {"part": "staff"})
    case.view.frame.open_panel(AddUserPanel(case.view.frame))


def change_user(case: Case) -> None:
    case.view.go("settings", {"part": "staff"})
    frame = case.view.frame
    frame.open_panel(ChangeUserPanel(frame, frame.desk.user))


OPENED = [
    log_session,
    deed(deeds.NEW_REFERRAL),
    deed(deeds.ADD_SCORE),
    deed(deeds.EXIT_STRATEGY),
    deed(deeds.STEP_DOWN),
    deed(deeds.CLOSE_EPISODE),
    deed(deeds.BOOK),
    deed(deeds.CHANGE_DETAILS),
    deed(deeds.SAFE_CONTACT),
    add_person,
    change_a_session,
    contact,
    offer,
    contract,
    capacity,
    add_user,
    change_user,
]


def shown_panel(view: DeskView) -> Panel:
    assert view.panel is not None
    return view.panel


def type_into(panel: Panel) -> dict[str, str]:
    """Type into every field that takes letters; returns what then stands there."""
    for box in panel.findChildren(FieldBox):
        if isinstance(box.editor, DayEditor):
            box.editor.retype(HALF_A_DAY)
        elif isinstance(box.editor, LineEditor | TextBox):
            box.editor.retype(
                WORDS[: box.editor.line.maxLength()]
                if isinstance(box.editor, LineEditor)
                else WORDS
            )
    return panel.typed()


@pytest.mark.parametrize("open_it", OPENED)
def test_a_panel_opens_after_a_lock_where_it_was_with_the_letters_that_were_typed(
    case: Case,
    window: MainWindow,
    qtbot: QtBot,
    settings_file: Path,
    open_it: Callable[[Case], None],
) -> None:
    open_it(case)
    case.settled()
    panel = shown_panel(case.view)
    kind, name = type(panel), panel.draft
    typed = type_into(panel)
    (where, _) = case.view.frame.drafts.where()
    window.lock()

    again = new_window(qtbot, opened_again(case.desk, STORE_KEY), settings_file)
    view = view_of(again)
    (line,) = view.findChildren(DraftLine)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, again)

    back = shown_panel(view)
    assert typed
    assert (type(back), back.draft) == (kind, name)
    assert back.typed() == typed
    assert back.is_dirty()
    assert view.frame.drafts.where()[0] == where
    assert view.frame.drafts.all() == []
    again.close()


def stored(desk: Desk) -> tuple[Draft, ...]:
    return drafts.kept(desk).drafts


def stored_later(desk: Desk) -> tuple[Draft, ...]:
    """What the next process finds."""
    with closing(opened_again(desk, STORE_KEY)) as again:
        return stored(again)


def test_while_somebody_types_it_is_in_the_store_after_three_seconds(
    case: Case, qtbot: QtBot
) -> None:
    log_session(case)
    case.settled()
    shown_panel(case.view).findChildren(TextBox)[0].retype(WORDS)

    qtbot.waitUntil(lambda: bool(stored(case.desk)), timeout=20_000)

    (kept,) = stored(case.desk)
    assert WORDS in (read(kept.text) or Kept("", "")).typed.values()


def test_what_was_saved_is_no_draft_any_more(case: Case, settled: Settled) -> None:
    log_session(case)
    settled()
    panel = shown_panel(case.view)
    assert isinstance(panel, LogSessionPanel)
    panel.form.boxes["attendance"].editor.set_value("ATT")
    case.view.frame.drafts.save()
    settled()
    before = stored(case.desk)

    panel.save()
    settled()

    assert len(before) == 1
    assert stored(case.desk) == ()
    assert case.view.frame.drafts.all() == []


def test_what_was_thrown_away_does_not_come_back(case: Case, settled: Settled) -> None:
    log_session(case)
    settled()
    type_into(shown_panel(case.view))
    case.view.go("today", {})
    settled()
    (kept,) = case.view.frame.drafts.all()

    case.view.frame.drafts.drop(kept)
    settled()

    assert stored(case.desk) == ()
    assert case.view.findChildren(DraftLine) == []


def test_a_panel_that_was_left_while_it_was_being_saved_is_no_draft(
    case: Case, settled: Settled
) -> None:
    add_person(case)
    settled()
    panel = shown_panel(case.view)
    assert isinstance(panel, AddPersonPanel)
    panel.form.boxes["known_as"].editor.set_value("Invented Newcomer")

    panel.save()
    case.view.close_panel()
    left = len(case.view.frame.drafts.all())
    settled()

    assert left == 1
    assert case.view.frame.drafts.all() == []
    assert stored(case.desk) == ()


def test_what_could_not_be_saved_is_still_a_draft(case: Case, settled: Settled) -> None:
    add_person(case)
    settled()
    panel = shown_panel(case.view)
    assert isinstance(panel, AddPersonPanel)
    panel.form.boxes["known_as"].editor.set_value("Invented Newcomer")
    taken = people.person(case.desk, case.client_id).client.code
    panel.form.boxes["code"].editor.set_value(taken)

    panel.save()
    case.view.close_panel()
    settled()

    assert [kept.words for kept in case.view.frame.drafts.all()] == ["Add a person"]
    assert len(stored(case.desk)) == 1
    assert case.view.banner.words


def test_somebody_else_sees_no_draft_of_the_one_before(
    case: Case, window: MainWindow, qtbot: QtBot, settings_file: Path
) -> None:
    other = signed_in_as(case.desk, "MANAGER")
    log_session(case)
    case.settled()
    type_into(shown_panel(case.view))
    window.lock()

    store = opened_again(case.desk, STORE_KEY).store
    again = new_window(qtbot, replace(other, store=store), settings_file)
    listed = view_of(again).frame.drafts.all()
    again.close()
    mine = stored_later(case.desk)

    assert listed == []
    assert len(mine) == 1


def test_a_draft_that_no_key_opens_is_given_up_and_told(
    case: Case, settled: Settled
) -> None:
    desk = case.desk
    kept_drafts.keep(desk.store, desk.user.id, "x" * 32, 1, b"PDd\x01" + bytes(80))

    case.view.frame.drafts.load()
    settled()

    assert "1 draft can't be opened" in case.view.banner.words
    with desk.store.reading() as rows:
        assert kept_drafts.listed(rows, desk.user.id) == []


def test_a_draft_of_a_newer_version_is_left_alone(case: Case) -> None:
    desk = case.desk
    kept_drafts.keep(desk.store, desk.user.id, "x" * 32, 1, b"PDd\x02" + bytes(80))

    assert drafts.kept(desk) == drafts.Drafts((), 0)
    with desk.store.reading() as rows:
        assert len(kept_drafts.listed(rows, desk.user.id)) == 1


def test_the_store_holds_neither_the_words_nor_whom_they_are_about(case: Case) -> None:
    desk = case.desk
    name = f"session:{case.client_id}"
    drafts.keep(desk, {name: WORDS * 10})

    with desk.store.reading() as rows:
        (found,) = kept_drafts.listed(rows, desk.user.id)

    assert WORDS.encode() not in found.sealed
    assert case.client_id not in found.name
    assert len(found.sealed) % 1024 == 4 + 12 + 16
    with pytest.raises(Exception, match=r".*"):
        drafts._opened(desk, "y" * 32, found.sealed)


def test_a_password_is_never_in_a_draft(case: Case, settled: Settled) -> None:
    panel = AddPersonPanel(case.view.frame)
    secret = secret_box(PASSWORD)
    panel.body.addWidget(secret)
    case.view.frame.open_panel(panel)
    settled()
    secret.editor.set_value("a lamp in the rain")
    # Somebody looks at what they typed: the letters are no dots any more.
    line = secret.editor.inner
    line.setProperty("echoMode", 0)
    panel.form.boxes["known_as"].editor.set_value("Invented Newcomer")

    case.view.frame.drafts.save()
    settled()

    (kept,) = stored(case.desk)
    assert "Newcomer" in kept.text
    assert "lamp" not in kept.text


def test_words_whose_panel_is_gone_can_still_be_read_and_copied(
    case: Case, settled: Settled
) -> None:
    kept = Kept(
        "change:gone",
        "Put it right: Session",
        "I-1",
        Opening("deed", {"deed": "Nothing like it", "client_id": case.client_id}),
        typed={"session.note": WORDS},
    )
    today = case.view.page
    assert isinstance(today, TodayPage)
    line = DraftLine(today, kept)

    line.go_on()
    settled()

    panel = shown_panel(case.view)
    assert isinstance(panel, KeptWordsPanel)
    assert [box.toPlainText() for box in panel.findChildren(QPlainTextEdit)] == [WORDS]
    assert "Note" in [label.text() for label in panel.findChildren(QLabel)]
    line.deleteLater()


def test_closing_the_window_keeps_what_was_typed_without_asking(
    case: Case, window: MainWindow, settled: Settled
) -> None:
    log_session(case)
    settled()
    type_into(shown_panel(case.view))

    window.close()

    assert not window.isVisible()
    assert len(stored_later(case.desk)) == 1


WHAT = st.dictionaries(
    st.text(min_size=1),
    st.text().filter(lambda t: not t.startswith("day:")) | st.dates(),
)


@settings(max_examples=50)
@given(
    name=st.text(),
    words=st.text(),
    args=st.dictionaries(st.text(), st.text()),
    what=WHAT,
    typed=st.dictionaries(st.text(), st.text()),
)
def test_what_is_kept_is_read_back_as_it_was(
    name: str,
    words: str,
    args: dict[str, str],
    what: dict[str, str | date],
    typed: dict[str, str],
) -> None:
    kept = Kept(name, words, "I-1", Opening("deed", args), "people", what, typed)

    assert read(kept.text()) == kept


def test_the_file_of_settings_holds_no_word_of_a_draft(
    case: Case, window: MainWindow, preferences: Preferences, tmp_path: Path
) -> None:
    del preferences
    log_session(case)
    case.settled()
    type_into(shown_panel(case.view))
    window.lock()

    written = (tmp_path / "window.ini").read_bytes()
    assert b"place" in written
    assert not [w for w in (b"Kim", b"Calder", b"Half", b"session") if w in written]
