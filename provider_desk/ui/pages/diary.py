"""The diary: a worker's week with what is booked and what is free."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea

from provider_desk.model.changed import Changed
from provider_desk.model.diary import Week, WorkerWeek, monday_of
from provider_desk.model.fields import Day, shown
from provider_desk.services.casework.booking import week
from provider_desk.services.rights.permissions import Permission, may, why_not
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.diarying import entries
from provider_desk.ui.pages.diarying.block_work import BlockWork
from provider_desk.ui.pages.diarying.book_panel import BookPanel
from provider_desk.ui.pages.diarying.entries import Entry
from provider_desk.ui.pages.diarying.grid import WeekGrid
from provider_desk.ui.pages.diarying.lists import everybody_columns, week_columns
from provider_desk.ui.pages.diarying.slots_panel import SlotsPanel
from provider_desk.ui.pages.diarying.week_line import EVERYBODY, WeekLine
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.words import set_property, soft, strong
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_DAY = Day(label="")


class DiaryPage(Page):
    """A week as a grid or as a list; for who may, everybody's as a table."""

    TITLE = "Diary"
    HELP = "diary"
    CONCERNS = (
        "session",
        "client",
        "referral",
        "support_group",
        "group_member",
        "worker_slots",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._week: Week | None = None
        self._goes_to: date | None = None
        self.line = WeekLine(frame.desk.today)
        self.line.changed.connect(self._load)
        self.summary = strong()
        self.summary.setWordWrap(False)
        self.about = soft()
        self.names = QFrame()
        self.heads = [QLabel() for _ in range(7)]
        self.grid = WeekGrid(frame.veil)
        self.work = BlockWork(frame, self.grid)
        self.grid.pressed.connect(self._pressed)
        self.grid.opened.connect(self.work.open)
        self.grid.wanted.connect(self.book_at)
        self.grid.moved.connect(self.work.move_to)
        self.grid.went.connect(self._keep_in_sight)
        self.grid.crowded.connect(self._list_from)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.grid)
        kept = frame.preferences
        self.model: RowTable[Entry] = RowTable(week_columns())
        self.table = TableView("Week as a list", self.model, kept, self.work.open)
        self.table.sort_by_header()
        self.all_model: RowTable[WorkerWeek] = RowTable(everybody_columns())
        self.all_table = TableView(
            "Everybody's week", self.all_model, kept, self._open_worker
        )
        self.all_table.sort_by_header()
        self._lay_out()

    def opened(self, **what: Any) -> None:
        """Load a week; ``on`` asks for a day, ``worker`` for whose."""
        on, worker = what.get("on"), what.get("worker")
        day = on if isinstance(on, date) else self.frame.desk.today()
        self.line.on, self.line.monday = day, monday_of(day)
        self.line.day.set_value(day)
        self._goes_to = day
        desk = self.frame.desk

        def offered(found: list[tuple[str, str]]) -> None:
            self.line.offer(found, everybody=may(desk, Permission.SEE_ALL))
            if worker:
                self.line.worker.set_code(str(worker))
            self._load()

        self.frame.read(self, partial(week.workers, desk, day), offered)

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._load()

    def resume(self) -> None:
        """Back to where the cursor was."""
        if self.all_table.isVisible():
            self.all_table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.grid.focus_cursor()

    def offers(self) -> list[Offer]:
        """Booking, the list, and the slots of workers."""
        desk = self.frame.desk
        return [
            Offer(deeds.BOOK_HERE, self.book_here),
            Offer(deeds.WEEK_LIST, self.as_list.toggle),
            Offer(deeds.SET_SLOTS, self._set_slots, why_not(desk, Permission.APPROVE)),
        ]

    def book_here(self) -> None:
        """Book where the cursor is."""
        on, time = self.grid.place()
        self.book_at(on, time)

    def book_at(self, on: date, time: str) -> None:
        """Book at a day and time, for the worker whose week it is."""
        start: dict[str, Any] = {"held_on": max(on, self.frame.desk.today())}
        if time:
            start["starts_at"] = time
        if self._week is not None and self._week.worker:
            start["worker"] = self._week.worker
        self.frame.open_panel(BookPanel(self.frame, start=start))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names of the days stand over their days."""
        super().resizeEvent(event)
        self._place_heads()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the week work in its list as well, before it searches by letters."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._pressed(event)
            taken = event.isAccepted()
            # What nobody took goes on as it came: as if refused, Tab would move twice.
            event.accept()
            return taken
        return super().eventFilter(watched, event)

    def _set_slots(self) -> None:
        worker = self._week.worker if self._week else ""
        self.frame.open_panel(SlotsPanel(self.frame, worker))

    def _open_worker(self, line: WorkerWeek) -> None:
        self.line.worker.set_code(line.worker)
        self._goes_to = self.line.monday
        self._load()

    def _load(self) -> None:
        desk, on, worker = self.frame.desk, self.line.monday, self.line.worker.code()
        if worker == EVERYBODY:
            self.frame.read(
                self,
                partial(week.everybody, desk, on),
                partial(self._show_all, on),
            )
            return
        self.frame.read(
            self, partial(week.week, desk, on, worker), partial(self._show, worker)
        )

    def _show(self, asked: str, found: Week) -> None:
        if (found.monday, asked) != (self.line.monday, self.line.worker.code()):
            return
        self._week = found
        blocks = entries.entries(found)
        self.grid.show_week(found, self.frame.desk.today())
        self._list(blocks)
        self.summary.setText(f"{_span(found.monday)} · {found.slots.in_words()}")
        self.about.setText(self._asides(found, blocks))
        self.about.setVisible(bool(self.about.text()))
        self._show_parts()
        self._place_heads()
        if self._goes_to is not None:
            goes_to, self._goes_to = self._goes_to, None
            self.grid.go_to(goes_to, entries.begin_at(blocks, goes_to))
            self.resume()

    def _list(self, blocks: list[Entry]) -> None:
        """Show the list; the cursor stays on its line, or on the one in its place."""
        held: Entry | None = self.table.chosen()
        row = self.table.currentIndex().row()
        self.model.set_rows(blocks)
        keys = [each.key for each in self.model.rows]
        if held is not None and keys:
            same = keys.index(held.key) if held.key in keys else row
            self.table.selectRow(min(same, len(keys) - 1))

    def _asides(self, found: Week, blocks: list[Entry]) -> str:
        said = [
            f"{shown(_DAY, on)}: {name}" for on, name in sorted(found.holidays.items())
        ]
        if found.clashes:
            said.append(f"! {len(found.clashes)} overlap another session")
        left = self.grid.left_out()
        if left:
            said.append(f"{left} more without a time: see the list (L)")
        if not blocks:
            said.append("Nothing is booked. N books at the cursor.")
        if not found.worker:
            said = ["You have no initials yet, so nothing can be yours: see Settings."]
        return " · ".join(said)

    def _show_all(self, monday: date, found: tuple[WorkerWeek, ...]) -> None:
        if monday != self.line.monday or self.line.worker.code() != EVERYBODY:
            return
        self._week = None
        self.all_model.set_rows(found)
        free = sum(each.slots.free for each in found)
        self.summary.setText(f"{_span(monday)} · {free} slots free in all")
        self.about.setText("Enter on a line opens that worker's week.")
        self.about.show()
        self._show_parts()
        if found and self._goes_to is not None:
            self._goes_to = None
            self.all_table.selectRow(0)
            self.resume()

    def _show_parts(self) -> None:
        everybody = self.line.worker.code() == EVERYBODY
        listed = self.as_list.isChecked() and not everybody
        self.all_table.setVisible(everybody)
        self.table.setVisible(listed)
        self.area.setVisible(not everybody and not listed)
        self.names.setVisible(not everybody and not listed)
        self.as_list.setVisible(not everybody)

    def _listed(self) -> None:
        self._show_parts()
        if self.table.isVisible() and self.model.rows:
            self.table.selectRow(0)
        self.resume()

    def _list_from(self, entry: Entry) -> None:
        """Show the list with the cursor on a block that has no room in the week."""
        self.as_list.setChecked(True)
        keys = [each.key for each in self.model.rows]
        self.table.selectRow(keys.index(entry.key))

    def _entry(self) -> Entry | None:
        if self.table.isVisible():
            held: Entry | None = self.table.chosen()
            return held
        return self.grid.entry() if self.area.isVisible() else None

    def _pressed(self, event: QKeyEvent) -> None:
        """What a key does where the cursor is."""
        key, entry = Qt.Key(event.key()), self._entry()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        run = None
        if held == Qt.KeyboardModifier.ControlModifier and entry is not None:
            run = self.work.steps(entry).get(key)
        elif held == Qt.KeyboardModifier.NoModifier:
            run = self._anywhere().get(key) or self._here(entry).get(key)
        event.setAccepted(run is not None)
        if run is not None:
            run()

    def _here(self, entry: Entry | None) -> dict[Qt.Key, Callable[[], None]]:
        if entry is not None:
            return self.work.on(entry)
        if not self.area.isVisible():
            return {}
        return {Qt.Key.Key_Return: self.book_here, Qt.Key.Key_Enter: self.book_here}

    def _anywhere(self) -> dict[Qt.Key, Callable[[], None]]:
        found: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_PageUp: partial(self.line.step, -1),
            Qt.Key.Key_PageDown: partial(self.line.step, 1),
            Qt.Key.Key_T: self._go_today,
        }
        if self._week is not None:
            found |= {
                Qt.Key.Key_N: self.book_here,
                Qt.Key.Key_Insert: self.book_here,
                Qt.Key.Key_L: self.as_list.toggle,
            }
        return found

    def _go_today(self) -> None:
        self._goes_to = self.frame.desk.today()
        self.line.go_today()

    def _keep_in_sight(self) -> None:
        at = self.grid.cursor_rect()
        self.area.ensureVisible(at.left(), at.top(), px(8), px(8))
        self.area.ensureVisible(at.left(), at.bottom(), px(8), px(8))

    def _place_heads(self) -> None:
        if self._week is None:
            return
        today = self.frame.desk.today()
        for number, head in enumerate(self.heads):
            head.setVisible(number < self.grid.days)
            if number < self.grid.days:
                on = self._week.day(number)
                left, wide = self.grid.column(number)
                words = f"{on:%a} {on.day} {on:%b}"
                set_property(head, "role", "strong" if on == today else "soft")
                head.setText(f"{words} · today" if on == today else words)
                head.setToolTip(head.text())
                # Shorter where a day is narrow; the tooltip has all of it.
                for shorter in (words, f"{on:%a} {on.day}"):
                    if head.sizeHint().width() > wide - px(4):
                        head.setText(shorter)
                head.setGeometry(left + px(4), 0, max(wide - px(4), 1), px(24))

    def _lay_out(self) -> None:
        self.as_list = plain("As a list", lambda: None)
        self.as_list.setProperty("role", "chip")
        self.as_list.setCheckable(True)
        self.as_list.setToolTip(f"{deeds.WEEK_LIST.words}  ({deeds.WEEK_LIST.key})")
        self.as_list.toggled.connect(lambda _on: self._listed())
        self.book: QPushButton = primary(deeds.BOOK.words, self._book_button)
        self.book.setToolTip(f"{deeds.BOOK_HERE.words}  ({deeds.BOOK_HERE.key})")
        self.head.addWidget(self.as_list)
        if may(self.frame.desk, Permission.APPROVE):
            self.head.addWidget(plain(deeds.SET_SLOTS.words, self._set_slots))
        self.head.addWidget(self.book)
        self.body.addWidget(self.line)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.about)
        self.names.setFixedHeight(px(24))
        for head in self.heads:
            head.setParent(self.names)
            head.setTextFormat(Qt.TextFormat.PlainText)
        self.body.setSpacing(px(8))
        self.body.addWidget(self.names)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.all_table, 1)
        for part in (self.table, self.all_table):
            part.installEventFilter(self)
            part.hide()

    def _book_button(self) -> None:
        if self._week is not None:
            self.book_here()
        else:
            self.frame.open_panel(BookPanel(self.frame))


def _span(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{shown(_DAY, monday)} to {shown(_DAY, sunday)}"
