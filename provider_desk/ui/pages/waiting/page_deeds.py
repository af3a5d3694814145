"""What can be done with the list as it is shown: call through, review, papers."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from provider_desk.model.errors import NotAllowed
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.services.rights.permissions import Permission, may, why_not
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.waiting.call_round import CallRound, ReviewRound
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting.letters_panel import LettersPanel
from provider_desk.ui.pages.waiting.review_panel import ReviewPanel, ReviewStart
from provider_desk.ui.pages.waiting.round_over import RoundOver
from provider_desk.ui.pages.waiting.sheet_panels import (
    CallSheetPanel,
    CapacityStatementPanel,
)
from provider_desk.ui.parts.buttons import plain, primary


class PageDeeds:
    """The deeds of the page, on the rows that are in the table.

    Attributes:
        call: begins a round of calls.
        review: begins a review.
        papers: opens the menu of papers.
    """

    def __init__(
        self,
        frame: Frame,
        page: QWidget,
        rows: Callable[[], list[WaitingRow]],
        at: Callable[[], int],
        as_of: Callable[[], date],
    ) -> None:
        """Make the buttons and their keys.

        Args:
            frame: the window.
            page: on which the keys work.
            rows: those in the table, in its order.
            at: number of the row where the cursor is.
            as_of: the day that the list is for.
        """
        self._frame, self._rows, self._at, self._as_of = frame, rows, at, as_of
        self._calls = CallRound()
        self._reviews = ReviewRound(show=self._next_review)
        self._turn: ContactPanel | None = None
        self.select: Callable[[str], None] = lambda _referral_id: None
        self.call = primary(deeds.CALL_THROUGH.words, self.call_through)
        self.call.setToolTip(
            "Goes along the list: rule, number, result, next  "
            f"({deeds.CALL_THROUGH.key})"
        )
        self.review = plain(deeds.REVIEW_LIST.words, self.review_list)
        self.review.setToolTip(
            f"Who still wants to wait, and who goes elsewhere  "
            f"({deeds.REVIEW_LIST.key})"
        )
        self.papers = plain("Papers", lambda: None)
        self.papers.setProperty("role", "menu")
        self._menu = QMenu(page)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.papers.setMenu(self._menu)
        for key in deeds.WAITING_KEYS:
            # A button's own shortcut would press it a tenth of a second later.
            shortcut = QShortcut(QKeySequence(key.key), page)
            shortcut.activated.connect(partial(self._run, key))

    def offers(self) -> list[Offer]:
        """Each, with the reason why where it can't be done now."""
        record = self._why_not("Nobody is in the list to call.")
        review = self._why_not("Nobody is in the list to review.")
        paper = self._why_not("Nobody is in the list.")
        figures = why_not(self._frame.desk, Permission.SEE_FIGURES)
        return [
            Offer(deeds.CALL_THROUGH, self.call_through, record),
            Offer(deeds.REVIEW_LIST, self.review_list, review),
            Offer(deeds.LETTERS, self.letters, paper),
            Offer(deeds.CALL_SHEET, self.call_sheet, paper),
            Offer(deeds.CAPACITY_STATEMENT, self.capacity, figures),
        ]

    def fit(self, *, anybody: bool) -> None:
        """Show the buttons that make sense, as the table is now."""
        can = not self._why_not("nobody")
        for button in (self.call, self.review):
            button.setVisible(anybody)
            button.setEnabled(can)
        figures = may(self._frame.desk, Permission.SEE_FIGURES)
        self.papers.setVisible(anybody or figures)

    def call_through(self) -> None:
        """Walk along those in the table, from where the cursor is."""
        rows = self._rows()
        if self._why_not("nobody") or not rows:
            return
        self._calls.begin(rows, max(self._at(), 0))
        self._next_call()

    def open_in_round(self, row: WaitingRow) -> bool:
        """Where a round is going on, go on with somebody chosen in the table."""
        turn = self._turn
        if turn is None or not isValid(turn) or not turn.isVisible():
            return False
        ids = [each.referral_id for each in self._calls.rows]
        if row.referral_id not in ids:
            return False
        self._calls.at = ids.index(row.referral_id)
        self._next_call()
        return True

    def review_list(self) -> None:
        """Ask since when, then walk along those not reviewed since."""
        if self._why_not("nobody"):
            return
        self._frame.open_panel(
            ReviewStart(self._frame, self._not_reviewed, self._begin_review)
        )

    def letters(self) -> None:
        """Letters to those in the table."""
        self._paper(LettersPanel)

    def call_sheet(self) -> None:
        """A call sheet of those in the table."""
        self._paper(CallSheetPanel)

    def capacity(self) -> None:
        """What the hub is told."""
        if may(self._frame.desk, Permission.SEE_FIGURES):
            self._frame.open_panel(CapacityStatementPanel(self._frame))

    def _paper(self, panel: type[LettersPanel | CallSheetPanel]) -> None:
        if not self._why_not("nobody"):
            ids = [row.referral_id for row in self._rows()]
            self._frame.open_panel(panel(self._frame, ids))

    def _why_not(self, nobody: str) -> str:
        forbidden = why_not(self._frame.desk, Permission.RECORD_CONTACTS)
        return forbidden or ("" if self._rows() else nobody)

    def _not_reviewed(self, since: date) -> list[WaitingRow]:
        return [
            row
            for row in self._rows()
            if row.reviewed_on is None or row.reviewed_on < since
        ]

    def _begin_review(self, rows: list[WaitingRow]) -> None:
        self._reviews.begin(rows)
        self._next_review()

    def _next_review(self) -> None:
        now = self._reviews.now
        if now is None:
            report = self._reviews.report()
            self._frame.open_panel(RoundOver(report, deeds.REVIEW_LIST.words))
            return
        panel = ReviewPanel(self._frame, now, self._reviews, self._as_of())
        self._frame.open_panel(panel)
        self.select(now.referral_id)

    def _next_call(self) -> None:
        now = self._calls.now
        if now is None:
            self._frame.open_panel(RoundOver(self._calls.report()))
            return
        as_of = self._as_of()
        panel = ContactPanel(self._frame, now, as_of, self._calls, self._next_call)
        self._turn = panel
        self._frame.open_panel(panel)
        self.select(now.referral_id)

    def _run(self, key: deeds.Key) -> None:
        for offer in self.offers():
            if offer.key is key and not offer.why_not:
                offer.run()
            elif offer.key is key:
                self._frame.failed.emit(NotAllowed(offer.why_not))

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.setToolTipsVisible(True)
        for offer in self.offers()[2:]:
            action = self._menu.addAction(f"{offer.key.words}\t{offer.key.key}")
            action.setEnabled(not offer.why_not)
            action.setToolTip(offer.why_not)
            action.triggered.connect(lambda _checked=False, run=offer.run: run())
