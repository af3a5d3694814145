"""Drafts on Today by keyboard: reached with the arrows, thrown away, had back."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from provider_desk.services.desk import Desk
from provider_desk.services.safety import drafts
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.to_do_line import DraftLine
from provider_desk.ui.pages.today import TodayPage
from tests.builders.casework import make_client, make_episode, make_session

Settled = Callable[[], None]
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def today(
    desk: Desk, view: DeskView, window: MainWindow, settled: Settled
) -> TodayPage:
    """Two drafts and something to do."""
    window.activateWindow()
    for name in ("Kim Calder", "Sam Invented"):
        client_id = make_client(desk, known_as=name)
        referral_id, _ = make_episode(desk, client_id)
        make_session(desk, referral_id, date(2018, 4, 20), "UNREC")
        view.go("person", {"client_id": client_id})
        settled()
        panel = LogSessionPanel(view.frame, client_id)
        view.frame.open_panel(panel)
        settled()
        panel.retype({"session.note": "Half a note"})
    view.go("today", {})
    settled()
    assert isinstance(view.page, TodayPage)
    return view.page


def drafts_of(page: TodayPage) -> list[DraftLine]:
    return [line for line in page.findChildren(DraftLine) if line.isVisible()]


def test_the_arrows_walk_through_drafts_and_lines_alike(today: TodayPage) -> None:
    first, last = drafts_of(today)
    today.lines[0].setFocus()
    walked = []
    for key in (UP, UP, UP, DOWN, DOWN):
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
        walked.append(QApplication.focusWidget())

    assert walked == [last, first, first, last, today.lines[0]]


def test_a_draft_that_was_thrown_away_is_had_back_with_its_words(
    desk: Desk, view: DeskView, window: MainWindow, today: TodayPage, settled: Settled
) -> None:
    kept = view.frame.drafts.all()[0]
    assert kept.typed
    view.frame.drafts.throw_away(kept)
    settled()
    assert len(drafts_of(today)) == 1
    assert len(drafts.kept(desk).drafts) == 1

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert kept in view.frame.drafts.all()
    assert len(drafts_of(today)) == 2
    assert len(drafts.kept(desk).drafts) == 2
