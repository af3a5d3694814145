"""Notes in the window: two for a session, process notes, sealed fields, search."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.notes import SEALED_NOTE
from provider_desk.model.sealed_text import IN_LINE, IN_PLACE
from provider_desk.model.views import Event
from provider_desk.services.casework import referrals
from provider_desk.services.casework.history import values_of
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes, unsealing
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.change_event import ChangePanel
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.my_notes import MyNotesPage
from provider_desk.ui.pages.noting.fields import NotePanel
from provider_desk.ui.pages.noting.read_panel import ReadNotePanel, TakeBackPanel
from provider_desk.ui.pages.noting.sealed_said import SealedSaid
from provider_desk.ui.pages.noting.write_panel import (
    ContinueNotePanel,
    WriteNotePanel,
)
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.rows import ROW
from provider_desk.ui.veil import HIDDEN
from tests.builders.casework import (
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)
from tests.builders.keys import made_keys
from tests.builders.windows import settle

W = TypeVar("W", bound=QWidget)
SEA = "How still it went when the sea was mentioned."


@pytest.fixture
def counsellor(desk: Desk) -> Desk:
    """Somebody of the counselling team."""
    return signed_in_as(desk, "COUNSELLOR", "CO")


@pytest.fixture
def client_id(counsellor: Desk) -> str:
    """Somebody with a counselling episode and a session with a note."""
    made = make_client(counsellor)
    referral_id, _ = make_episode(counsellor, made)
    make_session(
        counsellor,
        referral_id,
        date(2017, 10, 10),
        note="Spoke of the move.",
        worker="CO",
    )
    return made


class Room:
    """A window on the desk of somebody, and the ways to look about in it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
        self._qtbot = qtbot
        self._window = window
        window.open_desk(desk)
        self.settle()
        assert window.view is not None
        self.view: DeskView = window.view

    def settle(self) -> None:
        """Wait until all is answered."""
        settle(self._qtbot, self._window)

    def person(self, client_id: str) -> PersonPageView:
        """Go to somebody."""
        self.view.frame.go("person", client_id=client_id)
        self.settle()
        page = self.view.page
        assert isinstance(page, PersonPageView)
        return page

    def notes(self, words: str = "") -> MyNotesPage:
        """Go to the notes, and look for words."""
        self.view.frame.go("notes")
        self.settle()
        page = self.view.page
        assert isinstance(page, MyNotesPage)
        page.search.setText(words)
        self.settle()
        return page

    def run(self, key: deeds.Key) -> QWidget:
        """Do a deed of the page; what panel stands there then."""
        (offer,) = [each for each in self.view.offers() if each.key is key]
        assert offer.why_not == ""
        offer.run()
        return self.panel(QWidget)

    def panel(self, kind: type[W]) -> W:
        """The panel, which must be of a kind."""
        self.settle()
        panel = self.view.panel
        assert isinstance(panel, kind)
        return panel

    def save(self) -> None:
        """Ctrl+Enter."""
        assert self.view.panel is not None
        self.view.panel.save()
        self.settle()

    def press(self, words: str) -> None:
        """Press a button of the panel."""
        assert self.view.panel is not None
        buttons = self.view.panel.findChildren(QPushButton)
        (button,) = [each for each in buttons if each.text() == words]
        button.click()
        self.settle()


Open = Callable[[Desk], Room]


@pytest.fixture
def open_for(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Open]:
    """Opens a window for somebody."""
    del light
    made = MainWindow(desk.folder, preferences, clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield lambda who: Room(qtbot, made, who)
    made.tasks.wait()


def words_in(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def titles(page: PersonPageView) -> list[str]:
    model = page.time_line.model
    rows = [model.index(row) for row in range(model.rowCount())]
    return [str(row.data()) for row in rows if isinstance(row.data(ROW), Event)]


def test_a_session_is_saved_with_its_factual_note_and_its_process_note(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    room = open_for(counsellor)
    room.person(client_id)
    room.run(deeds.LOG_SESSION)
    panel = room.panel(LogSessionPanel)

    note = panel.form.boxes["note"]
    assert note.label.text() == "Factual note"
    assert unsealing.TEAM_READS in words_in(note)
    panel.form.boxes["attendance"].editor.set_value("ATT")
    note.editor.set_value("Came on time.")
    panel.process_note.editor.set_value(SEA)
    room.save()

    (line,) = process_notes.of_person(counsellor, client_id)
    assert process_notes.read(counsellor, line.note_id).versions[0].text == SEA
    assert room.view.panel is None
    page = room.person(client_id)
    assert any("Came on time." in each for each in titles(page))
    assert any("Process note of a session" in each for each in titles(page))


def test_a_process_note_alone_is_kept_as_a_draft_and_comes_back(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    room = open_for(counsellor)
    room.person(client_id)
    room.run(deeds.LOG_SESSION)
    room.panel(LogSessionPanel).process_note.editor.set_value(SEA)
    room.view.close_panel()
    room.settle()

    room.run(deeds.LOG_SESSION)

    assert room.panel(LogSessionPanel).process_note.editor.value() == SEA


def test_roles_that_write_no_process_notes_are_not_asked_for_one(
    open_for: Open, desk: Desk, client_id: str
) -> None:
    room = open_for(desk)
    room.person(client_id)
    room.run(deeds.LOG_SESSION)
    panel = room.panel(LogSessionPanel)

    assert panel.process_note.isHidden()
    note = panel.form.boxes["note"]
    assert note.label.text() == "Note"
    assert unsealing.OTHERS_READ in words_in(note)
    offered = [each for each in room.view.offers() if each.key is deeds.PROCESS_NOTE]
    refused = "Your role may not write sealed notes."
    assert offered[0].why_not == f"{refused} Ask a counsellor or a clinical lead."
    room.view.frame.go("notes")
    assert not isinstance(room.view.page, MyNotesPage)


def test_a_process_note_is_written_read_continued_and_taken_back(
    open_for: Open, counsellor: Desk, client_id: str, clock: FixedClock
) -> None:
    room = open_for(counsellor)
    room.person(client_id)
    room.run(deeds.PROCESS_NOTE)
    room.save()
    empty = room.panel(WriteNotePanel)
    assert empty.boxes["text"].problem.endswith("Nothing is written yet.")
    empty.boxes["text"].editor.set_value(SEA)
    empty.boxes["title"].editor.set_value("The sea")
    room.save()

    read = opened_note(room, client_id)
    assert SEA in words_in(read)
    clock.ms += int(timedelta(days=1).total_seconds()) * 1_000
    room.press("Continue it")
    going_on = room.panel(ContinueNotePanel)
    assert not going_on.is_dirty()
    going_on.boxes["text"].editor.set_value("Something else.")
    room.save()
    assert "Say why" in going_on.boxes["reason"].problem
    going_on.boxes["reason"].editor.set_value("misheard")
    room.save()

    read = opened_note(room, client_id)
    told = words_in(read)
    assert "Something else." in told
    assert "“misheard”" in told
    earlier = [b for b in read.findChildren(QPushButton) if "Version 1" in b.text()]
    older = [each for each in read.findChildren(QLabel) if SEA in each.text()]
    assert older[0].isHidden()
    earlier[0].click()
    assert not older[0].isHidden()

    room.press("Take it back")
    room.panel(TakeBackPanel).boxes["reason"].editor.set_value("not needed")
    room.save()
    assert process_notes.of_person(counsellor, client_id) == []
    assert not [e for e in titles(room.person(client_id)) if "Process note" in e]


def opened_note(room: Room, client_id: str) -> ReadNotePanel:
    page = room.person(client_id)
    (event,) = [e for e in page.time_line.model.events if e.table == "process_note"]
    page._open_event(event)
    return room.panel(ReadNotePanel)


def test_a_colleague_is_told_that_there_is_a_note_and_a_lead_reads_it(
    open_for: Open, desk: Desk, counsellor: Desk, client_id: str
) -> None:
    process_notes.write(counsellor, client_id, "The sea", SEA)
    colleague = signed_in_as(desk, "COUNSELLOR", "CC")
    with desk.store.reading() as rows:
        (referral_id,) = rows.rows("SELECT id FROM referral")[0]
    referrals.change_referral(desk, referral_id, {"allocated_to": "CC"})

    room = open_for(colleague)
    panel = opened_note(room, client_id)
    assert panel.words == SEALED_NOTE
    assert "clinical lead" in words_in(panel)
    told = words_in(panel)
    for words in ("The sea", "still"):
        assert words not in "\n".join([*titles(room.person(client_id)), told])

    lead = open_for(signed_in_as(desk, "CLINICAL_LEAD", "CL"))
    read = opened_note(lead, client_id)
    assert SEA in words_in(read)
    assert not [b for b in read.findChildren(QPushButton) if b.text() == "Continue it"]


def test_a_manager_sees_nothing_of_process_notes_and_a_sentence_for_sealed_ones(
    open_for: Open, desk: Desk, counsellor: Desk, client_id: str
) -> None:
    process_notes.write(counsellor, client_id, "The sea", SEA)

    said = titles(open_for(desk).person(client_id))

    assert not [each for each in said if "Process note" in each]
    assert any(IN_LINE in each for each in said)


def test_a_sealed_field_stands_empty_for_who_cannot_read_and_is_kept(
    open_for: Open, desk: Desk, counsellor: Desk, client_id: str
) -> None:
    room = open_for(desk)
    page = room.person(client_id)
    event = next(e for e in page.time_line.model.events if IN_LINE in e.detail)
    room.view.frame.open_panel(EventPanel(room.view.frame, event, "I-0001"))
    room.settle()
    room.press("Put it right")
    panel = room.panel(ChangePanel)
    box = panel.form.boxes["note"].editor.inner

    assert isinstance(box, QPlainTextEdit)
    assert box.toPlainText() == ""
    assert IN_PLACE in box.placeholderText()
    assert not panel.is_dirty()
    panel.form.boxes["minutes"].editor.set_value(45)
    assert panel.reason is not None
    panel.reason.editor.set_value("was short")
    room.save()

    held = values_of(counsellor, "session", event.row_id)
    assert (held["note"], held["minutes"]) == ("Spoke of the move.", 45)


def test_forms_with_clinical_words_say_that_they_are_sealed(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    room = open_for(counsellor)
    room.person(client_id)
    room.run(deeds.EXIT_STRATEGY)
    panel = room.panel(FormPanel)

    (said,) = panel.findChildren(SealedSaid)
    assert said.words == unsealing.TEAM_READS


def test_my_notes_lists_ones_own_and_finds_words_in_all(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    process_notes.write(counsellor, client_id, "The sea", SEA)
    room = open_for(counsellor)

    page = room.notes()
    assert [str(page.model.index(0, c).data()) for c in (2, 3)] == ["The sea", SEA]
    found = room.notes("mov")
    assert found.model.total == 1
    assert "Spoke of the move." in str(found.model.index(0, 3).data())
    found._open(found.model.row(found.model.index(0, 0)))  # type: ignore[arg-type]
    room.settle()
    person = room.view.page
    assert isinstance(person, PersonPageView)
    assert len(titles(person)) == 1

    found = room.notes("stil")
    found._open(found.model.row(found.model.index(0, 0)))  # type: ignore[arg-type]
    assert SEA in words_in(room.panel(ReadNotePanel))
    assert room.notes("nothing like it").model.total == 0


def test_the_field_above_the_time_line_finds_words_of_process_notes(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    process_notes.write(counsellor, client_id, "Supervision", SEA)
    room = open_for(counsellor)
    page = room.person(client_id)

    page.time_line.search.setText("still sea")
    room.settle()
    assert len(titles(page)) == 1
    assert "Supervision" in titles(page)[0]
    page.time_line.search.setText("MOVE")
    room.settle()
    assert len(titles(page)) == 1
    page.time_line.search.clear()
    assert len(titles(page)) > 3


def test_the_privacy_view_hides_every_word_of_a_note(
    open_for: Open, counsellor: Desk, client_id: str
) -> None:
    process_notes.write(counsellor, client_id, "The sea", SEA)
    room = open_for(counsellor)
    read = opened_note(room, client_id)
    page = room.view.page
    assert isinstance(page, PersonPageView)
    room.view.frame.set_privacy(True)
    room.settle()

    shown = "\n".join([*titles(page), words_in(read)])
    for words in ("The sea", "still", "Spoke"):
        assert words not in shown
    assert HIDDEN in shown
    notes = room.notes()
    cells = [str(notes.model.index(0, column).data()) for column in range(4)]
    assert not [each for each in cells if "sea" in each or "Invented" in each]
    room.view.frame.set_privacy(False)


def test_who_has_no_key_yet_is_told_that_notes_cannot_be_read_back(
    open_for: Open, desk: Desk, client_id: str
) -> None:
    student = signed_in_as(desk, "STUDENT", "CO")
    store, user = desk.store, student.user
    keys = made_keys(store.store_id, store.device, user.id, "CASEWORKER")
    keyless = Desk(store, user, desk.clock, keys)
    room = open_for(keyless)
    room.person(client_id)
    room.run(deeds.PROCESS_NOTE)
    panel = room.panel(NotePanel)

    assert "not read it back" in words_in(panel)
    panel.boxes["text"].editor.set_value("Written without a key.")
    room.save()

    lead = signed_in_as(desk, "CLINICAL_LEAD", "CL")
    (line,) = process_notes.of_person(lead, client_id)
    text = process_notes.read(lead, line.note_id).versions[0].text
    assert text == "Written without a key."
