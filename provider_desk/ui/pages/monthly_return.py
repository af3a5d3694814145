"""The month's return: check, look, export."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Cancelled
from provider_desk.model.months import Month
from provider_desk.model.records import RECORDS, Contract
from provider_desk.model.views import CountedRow
from provider_desk.returns.table import Cell, Check, Line, ReturnTable
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.monthly_return import Exported
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.returning import check_view, export_view, look_view
from provider_desk.ui.pages.returning.check_view import CheckView
from provider_desk.ui.pages.returning.choose import Choose, months_to_offer
from provider_desk.ui.pages.returning.export_view import ExportView
from provider_desk.ui.pages.returning.figure_rows import cell_words
from provider_desk.ui.pages.returning.look_view import LookView
from provider_desk.ui.pages.returning.rows_panel import RowsPanel
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.steps import Steps
from provider_desk.ui.parts.words import body, strong
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.theme import px

#: What somebody reads who looks at figures and makes no return.
_ONLY_FIGURES = (
    "These are the figures of the council's copy. Your role sees figures only: no rows "
    "behind them, and no files."
)
_STEPS = ("Check", "Look", "Export")
#: Pixels at 100 % from which the lists have room beside the title.
_NARROW = 600


@dataclass(frozen=True, slots=True)
class _Offered:
    """What can be chosen."""

    contracts: Sequence[Contract]
    months: Sequence[Month]


class MonthlyReturnPage(Page):
    """Choose a return at the top; then its steps."""

    TITLE = "Return"
    HELP = "return"
    CONCERNS = tuple(each.TABLE for each in RECORDS if each.TABLE != "return_made")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.table: ReturnTable | None = None
        self._stop = Event()
        self._month = ""
        self._wanted = ("", "", "")
        self.makes = may(frame.desk, Permission.MAKE_RETURN)
        self.choose = Choose(only_council=not self.makes)
        self.choose.changed.connect(self._count)
        self.steps = Steps(_STEPS)
        self.steps.chosen.connect(self.go_to_step)
        self.check = CheckView(frame, self.open_check)
        said = () if self.makes else (_ONLY_FIGURES,)
        self.look = LookView(frame, self.open_figure, *said)
        self.export = ExportView(frame, self._exported)
        self._views = QStackedWidget()
        for view in (self.check, self.look, scrolling(self.export)):
            self._views.addWidget(view)
        self._work = WorkLine()
        self.banner = Banner()
        self._nothing = _NoContract(lambda: frame.go("settings", part="contracts"))
        self._beside_title = False
        self._place_choose(beside=True)
        for part in (self.steps, self.banner, self._work, self._nothing):
            self.body.addWidget(part)
        if not self.makes:
            self.go_to_step(1)
        self.body.addWidget(self._views, 1)
        self.body.addStretch(0)

    def opened(self, **what: Any) -> None:
        """Count the return; ``month="2017-09"`` asks for a month, ``step=1`` a step."""
        self._month = str(what.get("month", ""))
        if "step" in what and self.makes:
            self.go_to_step(int(what["step"]))
        desk = self.frame.desk
        self.frame.read(self, lambda: _offered(desk), self._offer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the title, the lists stand below it."""
        super().resizeEvent(event)
        self._place_choose(beside=self.width() >= px(_NARROW))

    def _place_choose(self, *, beside: bool) -> None:
        if beside == self._beside_title:
            return
        self._beside_title = beside
        self.head.removeWidget(self.choose)
        self.body.removeWidget(self.choose)
        if beside:
            self.head.insertWidget(1, self.choose, 3)
        else:
            self.body.insertWidget(0, self.choose)

    def refresh(self, changed: Changed) -> None:
        """Count again."""
        del changed
        self._count()

    def resume(self) -> None:
        """The step that is shown."""
        if self.table is not None:
            (self.check, self.look, self.export)[self.steps.now()].start()

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Figures name nobody."""

    def go_to_step(self, number: int) -> None:
        """Show a step and put the cursor there."""
        self.steps.go_to(number)
        self._views.setCurrentIndex(number)
        self.resume()

    def open_figure(self, line: Line, cell: Cell, months: Sequence[Month]) -> None:
        """Show exactly the rows that a figure counts."""
        if not self.makes:
            self.banner.show_words(_ONLY_FIGURES, tone="plain")
            return
        desk, contract = self.frame.desk, self.choose.contract.code()

        def find() -> list[CountedRow]:
            return [
                row
                for month in months
                for row in monthly_return.rows_behind(desk, contract, month, line.key)
            ]

        unit = "" if line.unit == "%" else f" {line.unit}"
        said = f"{cell_words(cell, line.kind)}{unit if cell.value is not None else ''}"
        period = months[0].name
        if len(months) > 1:
            period = f"{months[0].name} to {months[-1].name}"
        about = f"{self._area_words(line.key.area)}, {period}. {cell.note}".strip()
        panel = RowsPanel(self.frame, line.label, said, about, find)
        self.frame.open_panel(panel)

    def open_check(self, check: Check) -> None:
        """Show what a check says and the rows at fault."""
        find = partial(monthly_return.rows_at_fault, self.frame.desk, check)
        about = self._area_words(check.area)
        none = "It holds." if check.passed else "It is not about single rows."
        panel = RowsPanel(self.frame, check.title, check.text, about, find, none)
        self.frame.open_panel(panel)

    def _area_words(self, code: str) -> str:
        areas = self.table.areas if self.table else ()
        return next((area.label for area in areas if area.code == code), "All areas")

    def _offer(self, offered: _Offered) -> None:
        self.choose.offer(offered.contracts, offered.months)
        if self._month:
            self.choose.month.set_code(self._month)
        self._count()

    def _count(self) -> None:
        """Count in another thread; what was being counted before is stopped."""
        self._stop.set()
        contract = self.choose.contract.code()
        self._nothing.setVisible(not contract)
        self.choose.setVisible(bool(contract))
        self.steps.setVisible(bool(contract) and self.makes)
        if not contract:
            self._views.hide()
            return
        self._stop = stop = Event()
        wanted = (contract, self.choose.month.code(), self.choose.copy.code())
        same, self._wanted = wanted == self._wanted, wanted
        desk, month = self.frame.desk, self.choose.chosen()
        copy = self.choose.copy.code()
        self._work.begin(f"Counting {month.name} …", stop.set)
        self.banner.hide()
        self._views.setEnabled(same)
        self.frame.read(
            self,
            lambda: monthly_return.prepare(desk, contract, month, copy, stop.is_set),
            partial(self._counted, stop),
            partial(self._failed, stop),
        )

    def _counted(self, stop: Event, table: ReturnTable) -> None:
        if stop is not self._stop:
            return
        first = self.table is None
        self.table = table
        self._work.end()
        self._views.setEnabled(True)
        self._views.show()
        self.check.show_table(table)
        self.look.show_table(table)
        self.export.show_table(self.choose.contract.code(), table)
        self._say_left(table)
        if first:
            self.go_to_step(self.steps.now())

    def _failed(self, stop: Event, error: Exception) -> None:
        if stop is not self._stop:
            return
        self._views.setEnabled(self.table is not None)
        self._work.end()
        if isinstance(error, Cancelled):
            self._views.hide()
            words = "Choose a month to count again."
            self.banner.show_words("Counting was stopped.", words, "plain")
        else:
            self.frame.failed.emit(error)

    def _say_left(self, table: ReturnTable) -> None:
        self.steps.set_left(0, check_view.left_words(table))
        self.steps.set_left(1, look_view.left_words(table))
        self.steps.set_left(2, export_view.left_words(table))

    def _exported(self, made: Exported) -> None:
        self.steps.set_left(2, f"✓ version {made.version}")


class _NoContract(Card):
    """What to do before there can be a return."""

    def __init__(self, settings: Any) -> None:
        super().__init__()
        self.inside.addWidget(strong("This desk has no contract yet."))
        self.inside.addWidget(
            body(
                "A return is made for a contract and its service areas. Add one in "
                "Settings, or bring in the spreadsheet that you keep today."
            )
        )
        button = primary("Add a contract", settings)
        self.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()


def _offered(desk: Desk) -> _Offered:
    contracts = monthly_return.contracts(desk)
    begin = desk.provider().records_begin_on
    first = Month.of(begin) if begin else None
    if first is None:
        starts = [each.starts_on for each in contracts if each.starts_on]
        first = Month.of(min(starts)) if starts else None
    return _Offered(contracts, months_to_offer(first, Month.of(desk.today())))
