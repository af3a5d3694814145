"""The page of who looked: whether the log is whole, filters, a file."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import people, today
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.store import looks as kept
from provider_desk.store.records import get
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.looking.file_panel import FilePanel
from provider_desk.ui.pages.today import TodayPage
from provider_desk.ui.pages.who_looked import WhoLookedPage
from provider_desk.ui.places import BY_NAME
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import TODAY, make_client, signed_in_as
from tests.builders.windows import settle

Settled = Callable[[], None]


def shown(view: DeskView, settled: Settled, **what: object) -> WhoLookedPage:
    view.frame.go("who_looked", **what)
    settled()
    page = view.page
    assert isinstance(page, WhoLookedPage)
    return page


def code_of(desk: Desk, client_id: str) -> str:
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).code


def test_opening_a_record_stands_in_the_log_with_who_and_whom(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    people.person(desk, client_id)

    page = shown(view, settled)

    opened = [line for line in page.model.rows if line.kind is LookKind.OPENED]
    assert [(line.by, line.code) for line in opened] == [
        (desk.user.name, code_of(desk, client_id))
    ]
    assert "The log is whole" in page.whole.text()


def test_the_log_is_narrowed_down_by_kind_staff_person_and_day(
    desk: Desk, clock: FixedClock, view: DeskView, settled: Settled
) -> None:
    other = signed_in_as(desk, "CLINICAL_LEAD")
    one, two = make_client(desk), make_client(desk)
    people.person(desk, one)
    clock.ms += 86_400_000
    people.person(other, two)

    def count(**what: object) -> int:
        page = shown(view, settled, **what)
        return len([li for li in page.model.rows if li.kind is LookKind.OPENED])

    opened = LookKind.OPENED.value
    tomorrow = TODAY + timedelta(days=1)
    assert count(kind=opened) == 2
    assert count(kind=opened, by=other.user.id) == 1
    assert count(kind=opened, code=code_of(desk, one)) == 1
    assert count(first=tomorrow, last=tomorrow) == 1
    assert count(kind=LookKind.EXPORTED.value) == 0


def test_nothing_is_called_empty_before_the_log_has_answered(view: DeskView) -> None:
    view.frame.go("who_looked")
    page = view.page
    assert isinstance(page, WhoLookedPage)

    assert page._none.isHidden()


def test_an_empty_answer_says_how_to_see_all(view: DeskView, settled: Settled) -> None:
    page = shown(view, settled, kind=LookKind.PRINTED.value)

    assert not page.model.rows
    assert not page._none.isHidden()
    assert page.table.isHidden()


def test_a_code_that_nobody_has_is_told_beside_its_field(
    view: DeskView, settled: Settled
) -> None:
    page = shown(view, settled, code="Z9999")

    assert "Nobody on this desk" in page.filters.code.problem


def test_a_forged_entry_is_told(desk: Desk, view: DeskView, settled: Settled) -> None:
    looks.note(desk, LookKind.PRINTED, about="a list")
    kept.append(desk.store, desk.user.id, 0, b"", lambda _data: bytes(64))

    page = shown(view, settled)

    assert "not whole" in page.whole.text()


def test_the_file_holds_codes_and_is_itself_in_the_log(
    desk: Desk, view: DeskView, settled: Settled, tmp_path: Path
) -> None:
    client_id = make_client(desk, known_as="Morgan Marsh")
    people.person(desk, client_id)
    looks.note(desk, LookKind.SEARCHED, about="=HYPERLINK(1)")
    page = shown(view, settled)
    page.write_file()
    panel = view.panel
    assert isinstance(panel, FilePanel)
    panel.folder.line.setText(str(tmp_path))

    panel.save()
    settled()

    (path,) = tmp_path.glob("who-looked-*.csv")
    text = path.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert path.stat().st_mode & 0o077 == 0
    assert code_of(desk, client_id) in {row["person"] for row in rows}
    assert "Morgan" not in text
    assert "'=HYPERLINK(1)" in {row["about"] for row in rows}
    newest = looks.log(desk, 0, 1).rows[0]
    assert newest.kind is LookKind.EXPORTED


def test_records_opened_outside_a_caseload_are_counted_on_today_and_lead_there(
    desk: Desk, clock: FixedClock, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    other = signed_in_as(desk, "COUNSELLOR")
    caseload.ask_for_access(other, client_id, "covers for a colleague")
    clock.ms += 86_400_000
    found = today.things_to_do(desk)
    (line,) = [
        todo
        for todo in found.todos
        if todo.kind is ToDoKind.OFFICE and "caseload" in todo.title
    ]
    view.frame.go("today")
    settled()
    page = view.page
    assert isinstance(page, TodayPage)

    page.open_todo(line)
    settled()

    log = view.page
    assert isinstance(log, WhoLookedPage)
    assert "1 record was opened yesterday" in line.detail
    assert [each.reason for each in log.model.rows] == ["covers for a colleague"]


@pytest.mark.parametrize("role", ["COUNSELLOR", "CLINICAL_LEAD", "ADMINISTRATOR"])
def test_only_a_manager_finds_the_page(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
    role: str,
) -> None:
    del light
    window = MainWindow(desk.folder, preferences, clock)
    qtbot.addWidget(window)
    window.show()
    window.open_desk(signed_in_as(desk, role))
    settle(qtbot, window)
    assert window.view is not None

    window.view.frame.go("who_looked")
    settle(qtbot, window)

    assert BY_NAME["who_looked"].key not in [
        button.place.key for button in window.view.side._buttons.values()
    ]
    assert not isinstance(window.view.page, WhoLookedPage)
    window.tasks.wait()


def test_many_entries_come_in_parts(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    for number in range(230):
        looks.note(desk, LookKind.PRINTED, about=f"list {number}")
    page = shown(view, settled)
    first = len(page.model.rows)
    offered = not page.more.isHidden()

    page.more.click()
    settled()

    assert first == 200
    assert offered
    assert len(page.model.rows) >= 230
    assert page.more.isHidden()
