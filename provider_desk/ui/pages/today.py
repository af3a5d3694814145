"""What needs doing today: things to do, worst first, each with its deed beside it."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Day, shown
from provider_desk.model.months import Month
from provider_desk.model.to_do import Today, ToDo, ToDoKind
from provider_desk.model.views import SessionRow
from provider_desk.services.casework import sessions, today
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.to_do_line import DiaryLine, DraftLine, ToDoLine
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.theme import px

_DAY = Day(label="")

#: Lines of each kind that are shown at first.
_FEW = 5

#: Kind of thing → where all of that kind are; "" where each opens its person.
_PLACES = {
    ToDoKind.CONTACT_DUE: "waiting",
    ToDoKind.SET_ASIDE: "bring_in",
    ToDoKind.RETURN_DUE: "return",
}


class TodayPage(Page):
    """A list of things to do; marking a session takes one key."""

    TITLE = "Today"
    HELP = "today"
    CONCERNS = (
        "session",
        "waiting_contact",
        "waiting_entry",
        "referral",
        "episode",
        "phase",
        "exit_strategy",
        "exceptional",
        "closure",
        "return_made",
        "issued_return",
        "return_signed",
        "return_sent",
        "not_submitted",
        "user",
        "case_access",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.lines: list[ToDoLine] = []
        self._opened: set[ToDoKind] = set()
        held = QWidget()
        held.setProperty("role", "clear")
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(12))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(held)
        self._area = area
        self.body.addWidget(area, 1)
        self._day = soft()
        self._day.setWordWrap(False)
        self.head.addWidget(self._day)
        frame.drafts.changed.connect(self._load)
        self._shown: Today | None = None

    def opened(self, **what: Any) -> None:
        """Load the list."""
        del what
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._load()

    def step(self, line: ToDoLine, by: int) -> None:
        """Move to the line above or below."""
        at = self.lines.index(line) + by
        if 0 <= at < len(self.lines):
            self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.lines[at])

    def mark(self, todo: ToDo, code: str) -> None:
        """Record what came of a session."""
        desk = self.frame.desk
        self.frame.write(
            self, partial(sessions.record_attendance, desk, todo.row_id, code)
        )

    def open_todo(self, todo: ToDo) -> None:
        """Open what a line is about."""
        if todo.client_id:
            self.frame.go("person", client_id=todo.client_id)
        elif todo.place:
            go_to(self.frame, todo.place)
        elif todo.kind is ToDoKind.RETURN_DUE and todo.due_on is not None:
            # A return is due in the month after its own.
            month = Month.of(todo.due_on).plus(-1)
            self.frame.go("return", month=str(month), contract=todo.row_id)
        elif todo.kind in _PLACES:
            self.frame.go(_PLACES[todo.kind])

    def _load(self) -> None:
        desk = self.frame.desk
        self.frame.read(self, partial(today.things_to_do, desk), self._show)

    def _show(self, found: Today) -> None:
        self._shown = found
        focused = next((n for n, li in enumerate(self.lines) if li.hasFocus()), None)
        had_focus = self._has_focus()
        if had_focus:
            # A line that goes would hand the cursor to whatever comes next.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._day.setText(shown(_DAY, found.on))
        clear(self._column)
        self.lines = []
        self._add_drafts()
        for kind in ToDoKind:
            self._add_kind(kind, found)
        if not self.lines:
            self._column.addWidget(section("Nothing is waiting for you"))
            self._add_next(found.next_booking)
        if found.diary:
            self._add_diary(found.diary)
        if self.lines and had_focus:
            at = min(focused or 0, len(self.lines) - 1)
            self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        """Whether the cursor is here, not in the search or a panel."""
        at = QApplication.focusWidget()
        return at is None or at is self or self.isAncestorOf(at)

    def _add_kind(self, kind: ToDoKind, found: Today) -> None:
        todos = [todo for todo in found.todos if todo.kind == kind]
        if not todos:
            return
        card = Card()
        card.inside.setSpacing(0)
        count = found.counts.get(kind, len(todos))
        head = QHBoxLayout()
        head.addWidget(section(f"{kind.value.capitalize()}  ·  {count:,}"))
        head.addStretch(1)
        card.inside.addLayout(head)
        opened = kind in self._opened
        for todo in todos if opened else todos[:_FEW]:
            line = ToDoLine(self.frame, todo, self)
            self.lines.append(line)
            card.inside.addWidget(line)
        if len(todos) > _FEW and not opened:
            more = quiet(f"Show all {len(todos):,}", partial(self._open_kind, kind))
            more.setAccessibleDescription(kind.value)
            card.inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        elif count > len(todos):
            card.inside.addWidget(soft(f"and {count - len(todos):,} more"))
        self._column.addWidget(card)

    def _open_kind(self, kind: ToDoKind) -> None:
        self._opened.add(kind)
        if self._shown is not None:
            self._show(self._shown)

    def _add_drafts(self) -> None:
        drafts = self.frame.drafts.all()
        if not drafts:
            return
        card = Card()
        card.inside.setSpacing(0)
        card.inside.addWidget(section(f"Drafts  ·  {len(drafts)}"))
        for kept in drafts:
            card.inside.addWidget(DraftLine(self.frame, kept))
        self._column.addWidget(card)

    def _add_diary(self, rows: tuple[SessionRow, ...]) -> None:
        card = Card("In the diary today")
        for row in rows:
            card.inside.addWidget(DiaryLine(self.frame, row))
        self._column.addWidget(card)

    def _add_next(self, row: SessionRow | None) -> None:
        if row is not None:
            card = Card("Next in the diary")
            card.inside.addWidget(DiaryLine(self.frame, row))
            self._column.addWidget(card)


def go_to(frame: Frame, place: str) -> None:
    """Go where a line of the office leads: a place, then what is asked for there."""
    name, *rest = place.split("/")
    if name == "who_looked":
        kind, on = rest
        day = date.fromisoformat(on)
        frame.go(name, kind=kind, first=day, last=day)
    else:
        frame.go(name, part="/".join(rest))
