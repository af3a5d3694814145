"""What the waiting list shows while it reads, and how much of it has room."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.model.choices import choices
from provider_desk.model.fields import field_map
from provider_desk.model.records import Provider
from provider_desk.model.waiting_rows import SOONER
from provider_desk.services import settings
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.casework.waiting_on import letters
from provider_desk.services.casework.waiting_on.last_list import LastList
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.waiting.columns import HELD_BY, LEVEL
from provider_desk.ui.pages.waiting.letters_panel import LettersPanel
from provider_desk.ui.pages.waiting.some_lines import SomeLines
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import TODAY, make_client, make_waiting, signed_in_as

Settled = Callable[[], None]
MARCH = date(2018, 3, 1)


@pytest.fixture
def page(desk: Desk, view: DeskView, settled: Settled) -> WaitingListPage:
    for name, on in (("Avery", date(2017, 9, 1)), ("Blake", date(2018, 4, 2))):
        make_waiting(desk, make_client(desk, known_as=name), received_on=on)
    view.frame.go("waiting")
    settled()
    assert isinstance(view.page, WaitingListPage)
    return view.page


def cells(page: WaitingListPage, header: str) -> list[str]:
    column = [each.header for each in page.model.columns].index(header)
    rows = range(page.model.rowCount())
    return [str(page.model.index(row, column).data()) for row in rows]


def test_rows_and_their_day_change_together_and_reading_is_said(
    page: WaitingListPage,
    qtbot: QtBot,
    settled: Settled,
) -> None:
    go_on = Event()
    for _ in range(3):
        # Every reader has something else to do, so that this read has to wait.
        page.frame.read(page, lambda: go_on.wait(20), lambda _over: None)
    before = [cells(page, each.header) for each in page.model.columns]

    page.filters.set_as_of(MARCH)
    page.filters.changed.emit()
    qtbot.waitUntil(
        lambda: page.summary.text().startswith("Reading the waiting list as of"),
        timeout=20_000,
    )
    meanwhile = [cells(page, each.header) for each in page.model.columns]
    day_meanwhile = page.shown_for()
    go_on.set()
    settled()

    assert (meanwhile, day_meanwhile) == (before, TODAY)
    assert page.shown_for() == MARCH
    assert cells(page, "Waiting") == ["181"]
    assert page.summary.text().startswith("As of Thu 1 Mar 2018: 1 person is waiting")


def test_an_older_answer_never_replaces_a_newer_one(page: WaitingListPage) -> None:
    desk = page.frame.desk
    newer, older = waiting.waiting_list(desk, MARCH), waiting.waiting_list(desk, TODAY)
    page._asked = 7

    page._show(7, newer)
    page._show(6, older)

    assert page.shown_for() == MARCH


def test_the_same_list_is_not_read_again_until_a_deed_was_done(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk)
    last = LastList()
    first = last.ask(desk, TODAY)

    assert last.ask(desk, TODAY) is first
    assert last.ask(desk, MARCH) is not first
    assert last.ask(desk, TODAY) is not first
    waiting.plan_contact(desk, referral_id, TODAY + timedelta(3))
    assert last.ask(desk, TODAY) == waiting.waiting_list(desk, TODAY)
    assert last.ask(signed_in_as(desk, "COUNSELLOR", "XX"), TODAY).rows == ()
    assert last.ask(desk, TODAY).rows[0].next_contact_on == TODAY + timedelta(3)
    settings.change_provider(desk, {"triage": "Y"})
    assert last.ask(desk, TODAY).triage


def test_no_shown_column_cuts_its_heading_or_its_usual_words(
    desk: Desk, page: WaitingListPage, settled: Settled
) -> None:
    make_waiting(desk, make_client(desk, known_as="Imran Ravenscroft"), area="PES_AD")
    page.opened()
    settled()
    metrics = page.table.fontMetrics()
    for number, column in enumerate(page.model.columns):
        if page.table.isColumnHidden(number):
            silent = (LEVEL, HELD_BY)
            assert column.header in silent or column.header in page.table.beside.words()
            continue
        words = [column.header, *cells(page, column.header)]
        widest = max(metrics.horizontalAdvance(each) for each in words)
        assert widest + 20 <= page.table.columnWidth(number), column.header


def test_a_panel_that_was_open_takes_no_column_away_for_good(
    page: WaitingListPage, view: DeskView, settled: Settled
) -> None:
    before = [page.table.isColumnHidden(n) for n in range(len(page.model.columns))]
    page.open_row(page.model.rows[0])
    settled()
    beside = [page.table.isColumnHidden(n) for n in range(len(page.model.columns))]
    view.close_panel()
    settled()

    after = [page.table.isColumnHidden(n) for n in range(len(page.model.columns))]
    assert sum(beside) > sum(before)
    assert after == before


def test_short_words_are_told_in_full(page: WaitingListPage) -> None:
    headings = [each.header for each in page.model.columns]
    roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)

    def full(header: str) -> set[str]:
        index = page.model.index(0, headings.index(header))
        return {str(index.data(role)) for role in roles}

    assert full("Service area") == {choices("service_area").label("THER")}
    assert full("By phone") == {"no safe way is known"}
    assert full("Waiting") == {"242 days since it was received on Fri 1 Sep 2017"}
    across = Qt.Orientation.Horizontal
    column = headings.index("Tries")
    assert {page.model.headerData(column, across, role) for role in roles} == {
        "Tries since the person was last reached"
    }


def test_a_long_list_of_rules_is_shown_a_few_at_a_time(
    view: DeskView, settled: Settled, desk: Desk
) -> None:
    ids = []
    for number in range(25):
        client_id = make_client(desk, known_as=f"P{number}", address="1 Street")
        values = {"permission": "YES_RULES", "rules": f"rule {number}"}
        set_safe_contact(desk, client_id, "LETTER", values)
        ids.append(make_waiting(desk, client_id))
    panel = LettersPanel(view.frame, ids)
    view.frame.open_panel(panel)
    settled()
    (lines,) = panel.findChildren(SomeLines)
    before = lines.all_shown(), panel.read.isEnabled()

    lines.more.click()

    assert before == (False, False)
    assert (lines.all_shown(), panel.read.isEnabled()) == (True, True)
    assert len(letters.recipients(desk, ids).sending) == 25


def test_triage_is_called_the_same_in_settings_and_on_the_list(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    settings.change_provider(desk, {"triage": "Y"})
    client_id = make_client(desk)
    make_waiting(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.TRIAGE]
    offer.run()
    settled()

    assert isinstance(view.panel, FormPanel)
    why = view.panel.form.boxes["reason"]
    assert field_map(Provider)["triage"].kind.label.endswith(SOONER)
    assert SOONER in waiting.waiting_list(desk, TODAY).order
    assert not why._aside.isVisible()
    assert "optional" not in why.editor.inner.accessibleName()
