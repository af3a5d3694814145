"""What needs doing today: things to do, worst first, each with its deed beside it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from provider_desk.model.errors import DeskError
from provider_desk.model.fields import Day, shown
from provider_desk.model.months import Month
from provider_desk.model.to_do import Today, ToDo, ToDoKind
from provider_desk.model.views import PersonPage, SessionRow
from provider_desk.services.casework import people
from provider_desk.services.casework.today import SHOWN
from provider_desk.services.casework.today_lines import booked
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.diarying import complete_panel, marking
from provider_desk.ui.pages.event_panel import begin_change
from provider_desk.ui.pages.jump_list import JumpList
from provider_desk.ui.pages.person_deeds import PersonDeeds
from provider_desk.ui.pages.to_do_line import DiaryLine, DraftLine, ToDoLine
from provider_desk.ui.pages.today_column import TodayColumn
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.theme import px

_DAY = Day(label="")

#: Lines of each kind that are shown at first, and so many more each time.
_FEW, _MORE = 5, 30

#: Of today's bookings so many; the rest stands in the diary.
_BOOKED = 12

#: Reading that takes longer than this is said, milliseconds.
_SLOW_MS = 100
_READING = "Reading what there is to do …"

_NOT_BOOKED = (
    "Nothing is in the diary for the next three months. Whoever you work with stands "
    "under People (Alt+2). Book in the Diary (Alt+4), or log a session that was held "
    "(Ctrl+J)."
)
_WAITS_HERE = "Whatever asks for you will stand here."

#: The heading under which the card of today's bookings is kept.
_DIARY = "diary"

#: Kind of thing → where all of that kind are; "" where each opens its person.
_PLACES = {
    ToDoKind.CONTACT_DUE: "waiting",
    ToDoKind.SET_ASIDE: "bring_in",
    ToDoKind.RETURN_DUE: "return",
}


def _head(words: str, count: int) -> QLabel:
    """The heading of a kind of lines, clear of the frame round the first."""
    label = section(f"{words}  ·  {count:,}")
    label.setContentsMargins(0, 0, 0, px(4))
    return label


class TodayPage(Page):
    """A list of things to do; marking a session takes one key.

    The window asks what there is to do after every deed, for the numbers beside the
    places; the page shows the same answer.

    Attributes:
        jumps: the numbers above the lines.
    """

    TITLE = "Today"
    HELP = "today"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.jumps: JumpList | None = None
        self._few: dict[ToDoKind, int] = {}
        self._drafts: list[DraftLine] = []
        #: The line where one is or was, and how many stood above it.
        self._at: tuple[ToDo, int] | None = None
        self._was_at: tuple[ToDo, int] | None = None
        self._column = TodayColumn()
        # The first time a large desk is read takes a moment.
        self._column.put(soft(_READING))
        self._top = QVBoxLayout()
        self.body.addLayout(self._top)
        self.body.addWidget(self._column, 1)
        self._day = soft()
        self._day.setWordWrap(False)
        self.head.addWidget(self._day)
        self._shown: Today | None = None
        self._newest: Today | None = None
        frame.drafts.changed.connect(self._show_again)
        frame.counted.connect(self._counted)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self._day.setText(_READING))
        frame.counting_begun.connect(self._slow.start)
        frame.failed.connect(self._say_day)

    @property
    def lines(self) -> list[ToDoLine]:
        """What can be walked through with the arrow keys, top to bottom."""
        return self._column.lines

    def opened(self, **what: Any) -> None:
        """Go to the first line, and ask for the list."""
        del what
        self._was_at = self._at
        self._show_newest()
        first = self._column.first
        if first is not None:
            self._go_to(first)
        # Whatever comes first once the list is read again is where one begins.
        self._at = None
        self._ask()

    def came_back(self) -> None:
        """Go on at the line where one was."""
        if self.lines:
            self._go_to(self._line_at(self._was_at))

    def resume(self) -> None:
        """The line where one was, or the one that took its place."""
        if self.lines:
            self._go_to(self._line_at(self._at))
        else:
            super().resume()

    def note(self, line: ToDoLine) -> None:
        """The cursor came to a line; it is found again there."""
        self._at = (line.todo, self._column.place_of(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the first line."""
        if event.key() == Qt.Key.Key_Down and self.lines:
            self._go_to(self.lines[0])
        else:
            super().keyPressEvent(event)

    def step(self, line: ToDoLine, by: int) -> None:
        """Move to the line above or below."""
        near = self._column.lines_so_far
        lines = near if near.index(line) + by < len(near) else self.lines
        at = lines.index(line) + by
        if 0 <= at < len(lines):
            self._go_to(lines[at])
        elif at < 0 and self._drafts:
            self._go_to(self._drafts[-1])

    def step_draft(self, line: DraftLine, by: int) -> None:
        """Move to the draft above or below, and from the last to the first line."""
        lines: list[ToDoLine | DraftLine] = [*self._drafts, *self.lines[:1]]
        at = lines.index(line) + by
        if 0 <= at < len(lines):
            self._go_to(lines[at])

    def step_kind(self, line: ToDoLine, by: int) -> None:
        """Move to the first line of the kind above or below."""
        kinds = list(dict.fromkeys(each.todo.kind for each in self.lines))
        at = kinds.index(line.todo.kind) + by
        if 0 <= at < len(kinds):
            self.jump(kinds[at])

    def jump(self, kind: ToDoKind) -> None:
        """Go to the first line of a kind."""
        for line in self.lines:
            if line.todo.kind is kind:
                self._go_to(line)
                return

    def mark(self, todo: ToDo, code: str) -> None:
        """Record what came of a session."""
        marking.mark_by_id(self.frame, self, todo.row_id, code)

    def do(self, todo: ToDo, words: str) -> None:
        """Open the person, and beside them the panel of a deed that settles it."""
        frame = self.frame

        def found(page: PersonPage) -> None:
            for offer in PersonDeeds(frame, todo.row_id).offers(page):
                if offer.key.words == words:
                    if offer.why_not:
                        frame.failed.emit(DeskError(offer.why_not, ""))
                    else:
                        offer.run()
                    return
            for event in page.events:
                if (event.table, event.row_id) == (todo.table, todo.row_id):
                    begin_change(frame, event, page.client.code, words)
                    return

        frame.go("person", client_id=todo.client_id)
        frame.read(frame, partial(people.person, frame.desk, todo.client_id), found)

    def open_todo(self, todo: ToDo) -> None:
        """Open what a line is about: a session beside the list, or its person."""
        if todo.kind is ToDoKind.MARK_SESSION and may(
            self.frame.desk, Permission.RECORD_SESSIONS
        ):
            complete_panel.open_session(self.frame, todo.row_id)
        elif todo.client_id:
            self.frame.go("person", client_id=todo.client_id)
        elif todo.place:
            go_to(self.frame, todo.place, todo.row_id)
        elif todo.kind is ToDoKind.RETURN_DUE and todo.due_on is not None:
            # A return is due in the month after its own.
            month = Month.of(todo.due_on).plus(-1)
            self.frame.go("return", month=str(month), contract=todo.row_id)
        elif todo.kind in _PLACES:
            self.frame.go(_PLACES[todo.kind])

    def _ask(self) -> None:
        more = {kind: few for kind, few in self._few.items() if few > SHOWN}
        self.frame.counting_wanted.emit(more)

    def _go_to(self, line: ToDoLine | DraftLine) -> None:
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.ensureWidgetVisible(line)

    def _counted(self, found: Today) -> None:
        """Show what there is, unless that is what stands here already."""
        self._slow.stop()
        self._newest = found
        # Nobody waits for a page that is not seen; the deed's own page comes first.
        if self.isVisible():
            self._show_newest()
        self._say_day()

    def _show_newest(self) -> None:
        if self._newest is not None and self._newest != self._shown:
            self._show(self._newest)

    def _say_day(self) -> None:
        """Which day it is; while a large desk is read again, that it is."""
        self._slow.stop()
        on = self._shown.on if self._shown else self.frame.desk.today()
        self._day.setText(shown(_DAY, on))

    def _show_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, found: Today) -> None:
        self._shown = found
        at, had_focus = self._at, self._has_focus()
        if had_focus:
            # A line that goes would hand the cursor to whatever comes next.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._top)
        self._column.fill(self._steps(found))
        first = self._column.first
        if first is not None and had_focus:
            line = first if at is None else self._line_at(at)
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line_at(self, at: tuple[ToDo, int] | None) -> ToDoLine:
        """The same line, or the one that took its place; the first for None."""
        lines = self.lines
        if at is None:
            return lines[0]
        todo, place = at
        for line in lines:
            if line.todo.is_same(todo):
                return line
        return lines[min(place, len(lines) - 1)]

    def _steps(self, found: Today) -> list[Callable[[], None]]:
        """What puts the page together, from top to bottom."""
        kinds = list(dict.fromkeys(todo.kind for todo in found.todos))
        self.jumps = JumpList({kind: found.counts[kind] for kind in kinds}, self.jump)
        self._top.addWidget(self.jumps)
        self.jumps.setVisible(len(kinds) > 1)
        steps = [partial(self._add_kind, kind, found) for kind in kinds]
        first = 1 if kinds[:1] == [ToDoKind.RISK_URGENT] else 0
        after = [] if found.todos else [partial(self._add_next, found)]
        return [
            *([] if kinds else [self._say_nothing]),
            *steps[:first],
            partial(self._add_diary, found.diary),
            self._add_drafts,
            *steps[first:],
            *after,
        ]

    def _say_nothing(self) -> None:
        self._column.put(section("Nothing is waiting for you"))

    def _add_next(self, found: Today) -> None:
        if found.next_booking is None:
            diary = may(self.frame.desk, Permission.RECORD_SESSIONS)
            self._column.put(soft(_NOT_BOOKED if diary else _WAITS_HERE))
        else:
            card = Card("Next in the diary")
            card.inside.addWidget(DiaryLine(self.frame, found.next_booking))
            self._column.put(card)

    def _has_focus(self) -> bool:
        """Whether the cursor is here, not in the search or a panel."""
        at = QApplication.focusWidget()
        here = at is None or at is self or self.isAncestorOf(at)
        return here and self.isVisible()

    def _add_kind(self, kind: ToDoKind, found: Today) -> None:
        todos = [todo for todo in found.todos if todo.kind == kind]
        count = found.counts.get(kind, len(todos))
        few = self._few.get(kind, _FEW)
        says = (todos[:few], count, few)
        if self._column.put_back(kind.value, says):
            return
        card = Card()
        card.inside.setSpacing(0)
        card.inside.addWidget(_head(kind.value.capitalize(), count))
        lines = self._made(card, todos[:few])
        if count > few:
            more = quiet(_more(few, count), partial(self._show_more, kind))
            more.setAccessibleDescription(kind.value)
            card.inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.put_card(kind.value, says, card, lines)

    def _made(self, card: Card, todos: Sequence[ToDo]) -> list[ToDoLine]:
        lines = [ToDoLine(self.frame, todo, self) for todo in todos]
        for line in lines:
            card.inside.addWidget(line)
        return lines

    def _show_more(self, kind: ToDoKind) -> None:
        few = self._few.get(kind, _FEW)
        self._few[kind] = SHOWN if few < SHOWN else few + _MORE
        self._show_again()
        if self._few[kind] > SHOWN:
            self._ask()
        of_kind = [line for line in self.lines if line.todo.kind is kind]
        if of_kind:
            # What was pressed is gone; the first new line is where one goes on.
            self._go_to(of_kind[min(few, len(of_kind) - 1)])

    def _add_drafts(self) -> None:
        drafts = self.frame.drafts.all()
        self._drafts = [DraftLine(self, kept) for kept in drafts]
        if not drafts:
            return
        card = Card()
        card.inside.setSpacing(0)
        card.inside.addWidget(_head("Drafts", len(drafts)))
        for line in self._drafts:
            card.inside.addWidget(line)
        self._column.put(card)

    def _add_diary(self, rows: tuple[SessionRow, ...]) -> None:
        if not rows or self._column.put_back(_DIARY, rows):
            return
        card = Card()
        card.inside.setSpacing(0)
        card.inside.addWidget(_head("In the diary today", len(rows)))
        lines = self._made(card, [booked(row) for row in rows[:_BOOKED]])
        if len(rows) > _BOOKED:
            more = quiet(f"All {len(rows)} in the diary", self._go_to_diary)
            card.inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.put_card(_DIARY, rows, card, lines)

    def _go_to_diary(self) -> None:
        self.frame.go("diary")


def _more(few: int, count: int) -> str:
    """Words of the button that shows more lines of a kind."""
    if count <= SHOWN:
        return f"Show all {count:,}"
    step = SHOWN - few if few < SHOWN else _MORE
    return f"Show {min(step, count - few):,} more of {count:,}"


def go_to(frame: Frame, place: str, row_id: str = "") -> None:
    """Go where a line of the office leads: a place, then what is asked for there."""
    name, *rest = place.split("/")
    if name == "who_looked":
        kind, on = rest
        day = date.fromisoformat(on)
        frame.go(name, kind=kind, first=day, last=day)
    else:
        frame.go(name, part="/".join(rest), row_id=row_id)
