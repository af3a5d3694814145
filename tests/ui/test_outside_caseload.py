"""What a limited role finds: its own people, and a question before anybody else's."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client
from provider_desk.model.views import Standing
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning import issuing
from provider_desk.services.rights import caseload
from provider_desk.store.records import get
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.add_person import AddPersonPanel
from provider_desk.ui.pages.monthly_return import MonthlyReturnPage
from provider_desk.ui.pages.outside_panel import OutsidePanel
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import make_client, make_episode, signed_in_as
from tests.builders.windows import Keyboard, settle

KEY = Qt.Key
Settled = Callable[[], None]


class Signed:
    """A window with somebody of a role signed in."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self.window = window
        assert window.view is not None
        self.view: DeskView = window.view

    def settle(self) -> None:
        """Wait until nothing is under way."""
        settle(self._qtbot, self.window)


Opener = Callable[[str], Signed]


@pytest.fixture
def signed(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Opener]:
    del light
    windows = []

    def made(role: str) -> Signed:
        window = MainWindow(desk.folder, preferences, clock)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.open_desk(signed_in_as(desk, role))
        windows.append(window)
        found = Signed(qtbot, window)
        found.settle()
        return found

    yield made
    for window in windows:
        window.tasks.wait()


def code_of(desk: Desk, client_id: str) -> str:
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).code


@pytest.fixture
def stranger(desk: Desk) -> str:
    """Somebody of another worker's caseload."""
    client_id = make_client(desk, known_as="Kim Calder")
    make_episode(desk, client_id)
    return client_id


def test_somebody_elses_person_is_one_line_without_details_and_asks_why(
    desk: Desk, stranger: str, signed: Opener
) -> None:
    at = signed("COUNSELLOR")
    at.view.go("people", {})
    page = at.view.page
    assert isinstance(page, PeoplePage)
    page.search.setText(code_of(desk, stranger))
    page._ask(page.search.text())
    at.settle()
    row = page.model.row(page.model.index(0, 0))
    assert row is not None

    page._open(row)
    at.settle()

    assert row.status == Standing.OUTSIDE
    assert (row.name, row.code) == ("", "")
    assert isinstance(at.view.panel, OutsidePanel)
    assert not looks.log(desk, kind=LookKind.OPENED).rows


def test_a_reason_opens_the_record_and_stands_in_the_log_first(
    desk: Desk, stranger: str, signed: Opener
) -> None:
    at = signed("COUNSELLOR")
    at.view.frame.open_panel(OutsidePanel(at.view.frame, stranger))
    at.settle()
    panel = at.view.panel
    assert isinstance(panel, OutsidePanel)
    panel.save()
    told = panel.form.boxes["reason"].problem
    panel.form.boxes["reason"].editor.set_value("Covers for Robin this week")

    panel.save()
    at.settle()

    assert "Say why" in told
    assert isinstance(at.view.page, PersonPageView)
    kinds = [line.kind for line in reversed(looks.log(desk).rows)]
    assert kinds.index(LookKind.OUTSIDE) < kinds.index(LookKind.OPENED)
    (line,) = looks.log(desk, kind=LookKind.OUTSIDE).rows
    assert line.reason == "Covers for Robin this week"
    assert line.client_id == stranger


def test_the_search_at_the_top_leads_to_the_same_question(
    qtbot: QtBot, desk: Desk, stranger: str, signed: Opener
) -> None:
    at = signed("COUNSELLOR")
    with qtbot.waitActive(at.window):
        at.window.activateWindow()
    keys = Keyboard(at.window)
    at.view.finder.start()
    keys.type(code_of(desk, stranger))
    at.settle()
    lines = at.view.finder.found()

    keys.press(KEY.Key_Return)
    at.settle()

    assert not any("Kim" in line for line in lines)
    assert any(Standing.OUTSIDE in line for line in lines)
    assert isinstance(at.view.panel, OutsidePanel)


def test_a_name_alone_finds_nobody_elses_person(stranger: str, signed: Opener) -> None:
    del stranger
    at = signed("COUNSELLOR")
    at.view.go("people", {})
    page = at.view.page
    assert isinstance(page, PeoplePage)

    page.search.setText("Kim")
    page._ask("Kim")
    at.settle()

    assert page.model.total == 0


def test_a_trustee_sees_figures_and_nothing_behind_them(
    desk: Desk, stranger: str, signed: Opener
) -> None:
    del stranger
    at = signed("TRUSTEE")
    places = list(at.view.side._buttons)
    at.view.go("return", {})
    at.settle()
    page = at.view.page
    assert isinstance(page, MonthlyReturnPage)
    assert "is not issued yet. Choose an earlier month." in page.banner.words
    issuing.issue(desk, page.choose.contract.code(), page.choose.chosen())
    at.view.go("return", {})
    at.settle()
    assert page.table is not None
    index = page.look.model.index(1, page.look.model.now_column)
    page.look.figures.setCurrentIndex(index)

    page.look._open()
    at.settle()

    assert places == ["today", "return", "settings"]
    assert page.table.copy == "council"
    assert page.steps.isHidden()
    assert "internal" not in page.look.row._codes
    assert not page.table.checks
    assert page._views.currentIndex() == 1
    assert at.view.panel is None
    assert not looks.log(desk, kind=LookKind.FIGURE).rows


@pytest.mark.parametrize("role", ["COUNSELLOR", "STUDENT"])
def test_a_search_says_the_same_of_a_stranger_and_of_nobody_and_what_to_do(
    qtbot: QtBot, stranger: str, signed: Opener, role: str
) -> None:
    del stranger
    at = signed(role)
    with qtbot.waitActive(at.window):
        at.window.activateWindow()
    keys = Keyboard(at.window)
    told = []
    for name in ("kim calder", "nobody atall"):
        at.view.finder.start()
        keys.type(name)
        at.settle()
        at.view.go("people", {})
        page = at.view.page
        assert isinstance(page, PeoplePage)
        page.search.setText(name)
        page._ask(name)
        at.settle()
        assert page.nobody.isVisibleTo(page)
        told.append((page._said.text(), page.nobody.text(), at.view.finder.found()))

    first, second = told
    assert first == second
    assert first[0] == "Nobody of your caseload by that name"
    assert "ask a clinical lead, an administrator or a manager" in first[1]
    assert "Whether a colleague sees them is not shown here." in first[1]
    adds = role == "COUNSELLOR"
    assert ("Add the person" in first[1]) is adds
    assert ("exact code" in first[1]) is adds
    assert any(deeds.ADD_PERSON.words in line for line in first[2]) is adds


def test_who_has_nobody_yet_is_told_how_somebody_comes_to_stand_there(
    signed: Opener,
) -> None:
    at = signed("COUNSELLOR")
    at.view.go("people", {})
    at.settle()

    page = at.view.page
    assert isinstance(page, PeoplePage)
    assert page.nobody.isVisibleTo(page)
    assert "once their referral is allocated to you. Ask" in page.nobody.text()


def test_from_a_search_for_nobody_enter_leads_to_the_form_for_a_new_person(
    qtbot: QtBot, signed: Opener
) -> None:
    at = signed("COUNSELLOR")
    with qtbot.waitActive(at.window):
        at.window.activateWindow()
    keys = Keyboard(at.window)
    at.view.finder.start()
    keys.type("nobody atall")
    at.settle()

    keys.press(KEY.Key_Return)
    at.settle()

    assert isinstance(at.view.panel, AddPersonPanel)


def test_a_trustee_finds_deeds_and_nobody(
    qtbot: QtBot, desk: Desk, stranger: str, signed: Opener
) -> None:
    at = signed("TRUSTEE")
    with qtbot.waitActive(at.window):
        at.window.activateWindow()
    keys = Keyboard(at.window)
    at.view.finder.start()

    keys.type(code_of(desk, stranger))
    at.settle()

    assert at.view.finder.found() == ["No deed by that name"]
    assert at.view.banner.isHidden()


def test_a_trustee_gets_to_no_person_and_no_list(
    desk: Desk, stranger: str, signed: Opener
) -> None:
    del desk
    at = signed("TRUSTEE")
    before = at.view.page

    for place, what in (
        ("people", {}),
        ("waiting", {}),
        ("person", {"client_id": stranger}),
        ("bring_in", {}),
        ("who_looked", {}),
        ("leaver", {"user_id": "x"}),
    ):
        at.view.go(place, what)
        at.settle()

    assert at.view.page is before


def test_a_colleague_is_let_into_one_record_until_a_day(
    desk: Desk, stranger: str, view: DeskView, settled: Settled
) -> None:
    colleague = signed_in_as(desk, "COUNSELLOR")
    view.go("person", {"client_id": stranger})
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.GIVE_ACCESS]
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    panel.save()
    told = panel.form.boxes["reason"].problem
    panel.form.boxes["user_id"].editor.set_value(colleague.user.id)
    panel.form.boxes["reason"].editor.set_value("Joint work")

    panel.save()
    settled()

    assert told
    assert view.panel is None
    with desk.store.reading() as rows:
        assert caseload.holds(colleague, rows, stranger)
    (line,) = looks.log(desk, kind=LookKind.RIGHTS).rows
    assert line.reason == "Joint work"


def test_a_counsellor_lets_nobody_in(desk: Desk, signed: Opener) -> None:
    del desk
    at = signed("COUNSELLOR")
    client_id = make_client(at.view.frame.desk)
    at.view.go("person", {"client_id": client_id})
    at.settle()

    (offer,) = [each for each in at.view.offers() if each.key is deeds.GIVE_ACCESS]

    assert "Your role may not" in offer.why_not
