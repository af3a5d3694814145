"""Who waits, as of any day, and calling through them one by one."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout

from provider_desk.model.changed import Changed
from provider_desk.model.waiting_rows import WaitingList, WaitingRow
from provider_desk.services.casework.waiting_on.last_list import LastList
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.charts import Band, BandBar
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.page import Page
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.columns import AREA, HELD_BY, LEVEL, columns
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting.empty import Empty
from provider_desk.ui.pages.waiting.filters import Filters, Lists, lists_of
from provider_desk.ui.pages.waiting.page_deeds import PageDeeds
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

#: Pixels at 100 % from which sentence and chips stand in one line.
_NARROW = 560

#: Pixels at 100 % of a window below which the table stands above its bands.
_LOW = 600

#: Pixels at 100 % that headings and three rows need.
_LEAST = 152

#: Reading that takes longer than this is said, milliseconds.
_SLOW_MS = 100


class WaitingListPage(Page):
    """One table; above it how long they wait; beside it the person to contact."""

    TITLE = "Waiting list"
    HELP = "waiting"
    CONCERNS = (
        "client",
        "contract",
        "contract_area",
        "episode",
        "list_review",
        "provider",
        "referral",
        "safe_contact",
        "triage",
        "waiting_contact",
        "waiting_entry",
        "waiting_offer",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._found: WaitingList | None = None
        self._last = LastList()
        self._asked = 0
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._say_reading)
        self.filters = Filters(frame.desk.today)
        self.filters.changed.connect(self._load)
        self.summary = strong()
        self.order = soft("")
        self.due = _chip("Contact due", self._fill)
        self.no_way = _chip("No safe way", self._fill)
        self.bands = BandBar("Length of wait")
        self.bands.chosen.connect(lambda _name: self._fill())
        self.model: RowTable[WaitingRow] = RowTable(columns(self.shown_for))
        self.table = TableView(
            "Waiting list",
            self.model,
            frame.preferences,
            self.open_row,
            name_key="who waits",
        )
        self.table.sort_by_header()
        header = self.table.horizontalHeader()
        header.sortIndicatorChanged.connect(lambda *_order: self._say_order())
        self.deeds = PageDeeds(
            frame,
            self,
            lambda: self.model.rows,
            lambda: self.table.currentIndex().row(),
            self.shown_for,
        )
        self.deeds.select = self._go_to
        self.call = self.deeds.call
        self._line = QHBoxLayout()
        self._line.setSpacing(px(8))
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self.empty = Empty(self._show_all)
        self._lay_out()

    def opened(self, **what: Any) -> None:
        """Load the list; ``as_of`` asks for a day, ``due=True`` for those due."""
        self.filters.follow_today()
        day = what.get("as_of")
        if isinstance(day, date):
            self.filters.set_as_of(day)
        if "due" in what:
            self.due.setChecked(bool(what["due"]))
        desk = self.frame.desk
        self.frame.read(self, lambda: lists_of(desk), self._offer_lists)
        self._load()
        self.resume()

    def resume(self) -> None:
        """The table, or the day where there is nobody in it."""
        shown = bool(self.model.rows) or self._found is None
        first = self.table if shown else self.filters.day
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the chips stand below the sentence, not beside it."""
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._stand_strip()

    def shown_for(self) -> date:
        """The day that the rows in sight are for, whatever is being read."""
        return self.filters.as_of() if self._found is None else self._found.as_of

    def offers(self) -> list[Offer]:
        """Calling through, reviewing, and papers."""
        return self.deeds.offers()

    def open_row(self, row: WaitingRow) -> None:
        """How to reach somebody, and what to record of it; in a round, their turn."""
        if self.deeds.open_in_round(row):
            return
        self.frame.open_panel(ContactPanel(self.frame, row, self.shown_for()))

    def call_through(self) -> None:
        """Walk along those in the table, from where the cursor is."""
        self.deeds.call_through()

    def _go_to(self, referral_id: str) -> None:
        for number, row in enumerate(self.model.rows):
            if row.referral_id == referral_id:
                # With Ctrl still held down it would be selected beside the last one.
                self.table.clearSelection()
                self.table.selectRow(number)

    def _load(self) -> None:
        desk, as_of = self.frame.desk, self.filters.as_of()
        contract, area = self.filters.contract.code(), self.filters.area.code()
        self._asked += 1
        self._slow.start()
        self.frame.read(
            self,
            lambda: self._last.ask(desk, as_of, contract_id=contract, area=area),
            partial(self._show, self._asked),
            partial(self._not_read, self._asked),
        )

    def _say_reading(self) -> None:
        """What stands here is of before, until what was asked for is there."""
        today = self.frame.desk.today()
        self.summary.setText(words.reading(self.filters.as_of(), today))
        self.summary.show()

    def _not_read(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._slow.stop()
            self._say_summary()
        self.frame.failed.emit(error)

    def _offer_lists(self, lists: Lists) -> None:
        self.filters.offer(lists)

    def _show(self, asked: int, found: WaitingList) -> None:
        """Rows, bands and the day they are for change together; only the newest do."""
        if asked != self._asked:
            return
        self._slow.stop()
        self._found = found
        self._say_summary()
        bands = [
            Band(name, f"{name} days", count) for name, count in found.bands.items()
        ]
        self.bands.set_bands(bands)
        as_of = found.as_of
        due = sum(1 for row in found.rows if words.is_due(row, as_of))
        unsafe = sum(1 for row in found.rows if row.no_safe_way)
        self.due.setText(f"Contact due: {due:,}")
        self.no_way.setText(f"No safe way known: {unsafe:,}")
        self._fill()

    def _say_summary(self) -> None:
        found, today = self._found, self.frame.desk.today()
        self.summary.setText(own(words.summary(found, today)) if found else "")

    def _fill(self) -> None:
        if self._found is None:
            return
        held = self.table.chosen()
        rows = self._wanted(self._found)
        self._leave_silent(self._found)
        self.model.set_rows(rows)
        today = self.frame.desk.today()
        whole = may(self.frame.desk, Permission.SEE_WAITING)
        self.empty.show_for(self._found, len(rows), today, whole=whole)
        anybody = bool(self._found.rows)
        for part in (self.bands, self.due, self.no_way, self.summary, self.order):
            part.setVisible(anybody)
        self.table.setVisible(bool(rows))
        self.deeds.fit(anybody=anybody)
        self._say_order()
        self._select(held)

    def _stand_strip(self) -> None:
        """In a low window bands and notes stand below the table: rows come first."""
        low = self.window().height() < px(_LOW)
        self.table.setMinimumHeight(px(_LEAST))
        place = self._below if low else self._above
        if place.indexOf(self.bands) < 0:
            for part in (self.bands, self.order):
                place.addWidget(part)
            first, then = (self.table, self.bands) if low else (self.no_way, self.bands)
            self.setTabOrder(first, then)

    def _leave_silent(self, found: WaitingList) -> None:
        """Columns that would say nothing, or the same of all, are not shown."""
        several = len({row.area for row in found.rows}) > 1
        silent = {AREA} if not several else set()
        silent |= {LEVEL} if not found.triage else set()
        silent |= {HELD_BY} if not any(row.held_by for row in found.rows) else set()
        headings = [column.header for column in self.model.columns]
        self.table.set_silent([headings.index(each) for each in silent])

    def _say_order(self) -> None:
        """The list always says by what it is sorted."""
        found = self._found
        if found is None:
            return
        column = self.table.horizontalHeader().sortIndicatorSection()
        by = found.order
        if 0 <= column < len(self.model.columns):
            by = f"“{self.model.columns[column].header}”"
        self.order.setText(words.sorted_by(by))

    def _wanted(self, found: WaitingList) -> list[WaitingRow]:
        band, due = self.bands.picked(), self.due.isChecked()
        unsafe, as_of = self.no_way.isChecked(), found.as_of
        return [
            row
            for row in found.rows
            if (not band or row.band == band)
            and (not due or words.is_due(row, as_of))
            and (not unsafe or row.no_safe_way)
        ]

    def _select(self, held: WaitingRow | None) -> None:
        ids = [row.referral_id for row in self.model.rows]
        if held is not None and held.referral_id in ids:
            self.table.selectRow(ids.index(held.referral_id))
        elif ids:
            self.table.selectRow(0)

    def _show_all(self) -> None:
        self.due.setChecked(False)
        self.no_way.setChecked(False)
        self.bands.pick("")
        self._fill()

    def _lay_out(self) -> None:
        for button in (self.deeds.papers, self.deeds.review, self.deeds.call):
            self.head.addWidget(button)
        self.body.addWidget(self.filters)
        chips = QHBoxLayout()
        chips.setSpacing(px(8))
        chips.addWidget(self.due)
        chips.addWidget(self.no_way)
        self._line.addWidget(self.summary, 1)
        self._line.addLayout(chips)
        self._above.setSpacing(px(8))
        self._above.addLayout(self._line)
        self.body.addLayout(self._above)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table, 1)
        self._below.setSpacing(px(8))
        self.body.addLayout(self._below)
        self._stand_strip()
        self.body.addStretch(0)


def _chip(text: str, changed: Any) -> QPushButton:
    button = plain(text, changed)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    return button
