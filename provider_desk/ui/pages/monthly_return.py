"""The month's end: check, look, write, sign."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication

from provider_desk.model.changed import Changed
from provider_desk.model.months import Month
from provider_desk.model.records import RECORDS, Contract
from provider_desk.model.views import CountedRow
from provider_desk.returns.table import Cell, Check, Line, ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.returning import choosing, preparing, standing
from provider_desk.services.returning.choosing import COUNCIL
from provider_desk.services.returning.exporting import Exported
from provider_desk.services.returning.standing import Standing
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.returning import (
    check_view,
    look_view,
    sign_view,
    write_view,
)
from provider_desk.ui.pages.returning.check_view import CheckView
from provider_desk.ui.pages.returning.choose import Choose, months_to_offer
from provider_desk.ui.pages.returning.deed_panels import panel_for
from provider_desk.ui.pages.returning.figure_rows import cell_words
from provider_desk.ui.pages.returning.issue_panel import IssuePanel
from provider_desk.ui.pages.returning.loader import ReturnLoader
from provider_desk.ui.pages.returning.look_view import LookView
from provider_desk.ui.pages.returning.month_deeds import MonthDeeds
from provider_desk.ui.pages.returning.no_contract import NoContract
from provider_desk.ui.pages.returning.rows_panel import RowsPanel
from provider_desk.ui.pages.returning.shown_row import RESTATED, SIDES
from provider_desk.ui.pages.returning.sign_view import SignView
from provider_desk.ui.pages.returning.step_views import StepViews
from provider_desk.ui.pages.returning.write_view import WriteView
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.steps import Steps
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.theme import px

#: What somebody reads who looks at figures and makes no return.
_ONLY_FIGURES = (
    "These are the figures of the council's copy. Your role sees figures only: no rows "
    "behind them, and no files."
)
#: Pixels at 100 % from which the lists have room beside the title.
_NARROW = 600
#: What changes no figure, word or signature.
_NOT_CONCERNED = ("return_made",)
_LOOK = 1


@dataclass(frozen=True, slots=True)
class _Offered:
    """What can be chosen."""

    contracts: Sequence[Contract]
    months: Sequence[Month]


class MonthlyReturnPage(Page):
    """Choose a return at the top; then its steps."""

    TITLE = "Return"
    HELP = "return"
    CONCERNS = tuple(each.TABLE for each in RECORDS if each.TABLE not in _NOT_CONCERNED)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.table: ReturnTable | None = None
        self.standing: Standing | None = None
        self._month = self._contract = ""
        self._arrived = False
        self.makes = may(frame.desk, Permission.MAKE_RETURN)
        self.loader = ReturnLoader(frame, makes=self.makes)
        self.choose = Choose()
        self.steps = Steps(standing.STEPS)
        said = () if self.makes else (_ONLY_FIGURES,)
        self.check = CheckView(frame, self.open_check)
        self.look = LookView(frame, self.open_figure, *said, makes=self.makes)
        self.write = WriteView(frame)
        self.sign = SignView(frame, self._exported)
        self._views = StepViews()
        for view in (self.check, self.look, self.write, scrolling(self.sign)):
            self._views.addWidget(view)
        self._work = WorkLine()
        self.banner = Banner()
        self.month_deeds = MonthDeeds(frame, self.banner)
        self._nothing = NoContract(lambda: frame.go("settings", part="contracts"))
        self._beside_title = False
        self._place_choose(beside=True)
        for part in (self.steps, self.banner, self._work, self._nothing):
            self.body.addWidget(part)
        self.body.addWidget(self._views, 1)
        self.body.addStretch(0)
        self._connect()
        if not self.makes:
            self.go_to_step(_LOOK)

    def _connect(self) -> None:
        self.choose.changed.connect(self._count)
        self.steps.chosen.connect(self.go_to_step)
        self.check.nil.connect(self.month_deeds.turn_nil)
        self.check.not_submitted.connect(self.month_deeds.turn_not_submitted)
        self.look.wanted.connect(self._look_at)
        self.look.issue.connect(self._issue)
        self.write.kept.connect(self.loader.ask_standing)
        self.sign.more.connect(self._more)
        loader = self.loader
        loader.counted.connect(self._counted)
        loader.stood.connect(self._stands)
        loader.rounded.connect(self._rounded)
        loader.beside.connect(self.look.show_sides)
        loader.differing.connect(self.look.restated.show_restated)
        loader.stopped.connect(self._stopped)
        loader.refused.connect(self._refused)
        loader.failed.connect(self._failed)
        for number, key in enumerate(deeds.STEP_KEYS):
            self._key(key, partial(self._step_by_key, number))

    def _key(self, key: deeds.Key, run: Callable[[], None]) -> None:
        QShortcut(QKeySequence(key.key), self).activated.connect(run)

    def opened(self, **what: Any) -> None:
        """Count the return.

        Args:
            what: ``month="2017-09"`` asks for a month, ``step=1`` for a step,
                ``contract`` for a contract by its id.
        """
        self._month = str(what.get("month", ""))
        self._contract = str(what.get("contract", ""))
        self._arrived = True
        if "step" in what and self.makes:
            self.go_to_step(int(what["step"]))
        desk = self.frame.desk
        self.frame.read(self, lambda: _offered(desk), self._offer)

    def offers(self) -> list[Offer]:
        """The month's deeds; the search finds them by their words."""
        if not self.makes or self.table is None:
            return []
        found = [
            Offer(key, partial(self.go_to_step, number))
            for number, key in enumerate(deeds.STEP_KEYS)
        ]
        if self.look.row.can_issue():
            found.append(Offer(deeds.ISSUE, self._issue))
        found += [
            Offer(key, partial(self._more, key.words)) for key in deeds.RETURN_PANELS
        ]
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the title, the lists stand below it."""
        super().resizeEvent(event)
        self._place_choose(beside=self.width() >= px(_NARROW))

    def _place_choose(self, *, beside: bool) -> None:
        if beside == self._beside_title:
            return
        self._beside_title = beside
        self.choose.stand_beside(beside=beside)
        self.head.removeWidget(self.choose)
        self.body.removeWidget(self.choose)
        if beside:
            self.head.insertWidget(1, self.choose, 3)
        else:
            self.body.insertWidget(0, self.choose)

    def refresh(self, changed: Changed) -> None:
        """Count again; words that are kept change no figure."""
        if set(changed.records) <= {"narrative"}:
            self.loader.ask_standing()
        else:
            self._count()

    def resume(self) -> None:
        """The step that is shown."""
        if self.table is not None:
            (self.check, self.look, self.write, self.sign)[self.steps.now()].start()

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Figures name nobody."""

    def go_to_step(self, number: int) -> None:
        """Show a step and put the cursor there."""
        self.steps.go_to(number)
        self._views.setCurrentIndex(number)
        self.resume()

    def _step_by_key(self, number: int) -> None:
        if self.makes and self.table is not None:
            self.go_to_step(number)

    def open_figure(self, line: Line, cell: Cell, months: Sequence[Month]) -> None:
        """Show exactly the rows that a figure counts."""
        if not self.makes:
            self.banner.show_words(_ONLY_FIGURES, tone="plain")
            return
        desk, contract = self.frame.desk, self.loader.contract_id

        def find() -> list[CountedRow]:
            return [
                row
                for month in months
                for row in preparing.rows_behind(desk, contract, month, line.key)
            ]

        said = cell_words(replace(cell, mark=""), line.kind)
        if line.unit != "%" and cell.value is not None:
            said = f"{said} {line.unit}"
        period = months[0].name
        if len(months) > 1:
            period = f"{months[0].name} to {months[-1].name}"
        about = f"{self._area_words(line.key.area)}, {period}. {cell.note}".strip()
        panel = RowsPanel(self.frame, line.label, said, about, find)
        self.frame.open_panel(panel)

    def open_check(self, check: Check) -> None:
        """Show what a check says and the rows at fault."""
        find = partial(preparing.rows_at_fault, self.frame.desk, check)
        about = self._area_words(check.area)
        none = "It holds." if check.passed else "It is not about single rows."
        panel = RowsPanel(self.frame, check.title, check.text, about, find, none)
        self.frame.open_panel(panel)

    def _area_words(self, code: str) -> str:
        areas = self.table.areas if self.table else ()
        return next((area.label for area in areas if area.code == code), "All areas")

    def _offer(self, offered: _Offered) -> None:
        self.choose.offer(offered.contracts, offered.months)
        if self._contract:
            self.choose.contract.set_code(self._contract)
        if self._month:
            self.choose.month.set_code(self._month)
        self._count()

    def _count(self) -> None:
        """Count what is chosen; the steps are out of reach while another is counted."""
        contract = self.choose.contract.code()
        self._nothing.setVisible(not contract)
        self.choose.setVisible(bool(contract))
        self.steps.setVisible(bool(contract) and self.makes)
        if not contract:
            self._views.hide()
            return
        month = self.choose.chosen()
        before = (self.loader.contract_id, self.loader.month)
        if before != (contract, month):
            self.write.keep()
            self._views.setEnabled(False)
            self.standing = None
        self.banner.hide()
        self._work.begin(f"Counting {month.name} …", self.loader.stop)
        self.loader.count(contract, month)

    def _counted(self, table: ReturnTable) -> None:
        self.table = table
        self._work.end()
        self._views.setEnabled(True)
        self._views.show()
        self.look.show_counted(table)
        if self.makes:
            self.check.show_table(table)
            self.sign.show_return(self.loader.contract_id, table)
            self._look_at(self.look.showing())
            self.loader.ask_standing()
        else:
            self.look.show_table(table)
        self.steps.set_left(0, check_view.left_words(table))
        self.steps.set_left(1, look_view.left_words(table))
        at = QApplication.focusWidget()
        if self._arrived and (at in (None, self) or not self.isAncestorOf(at)):
            self.resume()
        self._arrived = False

    def _stopped(self) -> None:
        self._work.end()
        self._views.hide()
        words = "Choose a month to count again."
        self.banner.show_words("Counting was stopped.", words, "plain")

    def _failed(self, error: Exception) -> None:
        """Figures that can't be had hide what stood there for another month."""
        self._work.end()
        self._views.hide()
        self.banner.show_error(error)

    def _stands(self, found: Standing) -> None:
        self.standing = self.month_deeds.standing = found
        if self.table is not None and self.table.checks != found.checks:
            # What only asks for a look is found a moment after the figures.
            self.table = replace(self.table, checks=found.checks)
            self.check.show_table(self.table)
            self.steps.set_left(0, check_view.left_words(self.table))
        self.check.show_standing(found)
        self.look.row.show_issued(issued=found.issued, why_not=_why_not(found))
        self.sign.show_standing(found)
        self.steps.set_left(2, write_view.left_words(found))
        self.steps.set_left(3, sign_view.left_words(found))
        if found.narrative_due and not found.not_submitted:
            self.loader.ask_council()
        elif self.table is not None:
            # No words are due, so no figure of the council's is needed for them.
            self.write.show_return(self.loader.contract_id, self.table)

    def _look_at(self, shown: str) -> None:
        """Show the exact figures, the council's copy, or something made of them."""
        if self.table is None:
            return
        if shown == COUNCIL and self.makes:
            self.loader.ask_council()
        elif shown == SIDES:
            self.loader.ask_sides()
        elif shown == RESTATED:
            self.loader.ask_restated()
        else:
            self.look.show_table(self.table)

    def _rounded(self, table: ReturnTable) -> None:
        if self.look.showing() == COUNCIL:
            self.look.show_table(table)
        self.write.show_return(self.loader.contract_id, table)

    def _refused(self, error: Exception) -> None:
        """A month that can't have a council's copy says so, in its own words."""
        self.banner.show_error(error)
        if self.look.showing() in (COUNCIL, SIDES, RESTATED):
            self.look.show_exact()

    def _issue(self) -> None:
        of = self.loader.contract_id, self.loader.month
        self.frame.open_panel(IssuePanel(self.frame, *of))

    def _more(self, deed: str) -> None:
        of = self.loader.contract_id, self.loader.month
        self.frame.open_panel(panel_for(deed, self.frame, *of))

    def _exported(self, _made: Exported) -> None:
        self.loader.ask_standing()


def _why_not(found: Standing) -> str:
    """Why the council's figures can't be issued now, "" where they can."""
    if found.not_submitted:
        return f"Not submitted: {found.not_submitted}"
    step = found.step(standing.CHECK)
    return next((line for line in step.left if "not over yet" in line), "")


def _offered(desk: Desk) -> _Offered:
    contracts = choosing.contracts(desk)
    begin = desk.provider().records_begin_on
    first = Month.of(begin) if begin else None
    if first is None:
        starts = [each.starts_on for each in contracts if each.starts_on]
        first = Month.of(min(starts)) if starts else None
    return _Offered(contracts, months_to_offer(first, Month.of(desk.today())))
