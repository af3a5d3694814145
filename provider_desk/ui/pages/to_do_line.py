"""One thing to do on a line of its own, with its deed and its keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, field_map, shown
from provider_desk.model.records import Session
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.model.views import SessionRow
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Kept
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.pages.diarying import complete_panel
from provider_desk.ui.pages.kept_words import KeptWordsPanel
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import body, soft, strong
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.ui.pages.today import TodayPage

_DAY = Day(label="")

#: What the first key opens, where nothing is done on the line itself.
_OPEN = "Open"
_OPENS = {
    ToDoKind.STAFF: "Open the register",
    ToDoKind.CONTRACT_ENDS: "Open the contracts",
    ToDoKind.RETURN_DUE: "Open the return",
    ToDoKind.SET_ASIDE: "Bring in",
    ToDoKind.OFFICE: "See to it",
}

#: From this width on, the keys of a session stand beside its words.
_BESIDE = 860


def marks() -> list[str]:
    """Attendance codes with a key on Today: those that happen most, in list order."""
    found = choices("attendance")
    return list(found.codes_where("quick"))


class ToDoLine(QFrame):
    """Who and what, with its deed; arrow keys move, digits do, Enter opens.

    Attributes:
        todo: what it asks for.
        keys: digit → what it does.
    """

    def __init__(self, frame: Frame, todo: ToDo, page: "TodayPage") -> None:
        super().__init__()
        self.todo = todo
        self._page = page
        self.keys: list[tuple[str, Callable[[], None]]] = self._deeds()
        self.setProperty("role", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(px(8), px(6), px(8), px(6))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        who = todo.name or todo.code
        asks, more = own(todo.title), own(todo.detail)
        title, *rest = [part for part in (who, asks, more) if part]
        detail = " · ".join(rest)
        words.addWidget(frame.veil.over(strong(title), todo.code or title))
        if detail:
            words.addWidget(soft(detail))
        if todo.private:
            rule = body(f"Safe contact: {todo.private}")
            words.addWidget(frame.veil.over(rule, "Safe contact: hidden"))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{todo.kind.value}: {todo.code or title}")
        keys = "; ".join(f"{n} {said}" for n, (said, _) in enumerate(self.keys, 1))
        self.setAccessibleDescription(f"{detail}. {keys}" if keys else detail)
        row.addWidget(self._buttons())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the keys stand below the words."""
        several = len(self.keys) > 1
        below = several and event.size().width() < px(_BESIDE)
        direction = QBoxLayout.Direction
        self._row.setDirection(
            direction.TopToBottom if below else direction.LeftToRight
        )
        self.updateGeometry()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page remembers where one is."""
        super().focusInEvent(event)
        self._page.note(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move, with Ctrl from kind to kind; a digit does; Enter opens."""
        key = event.key()
        digit = key - Qt.Key.Key_0.value
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if key == Qt.Key.Key_Down else -1
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._page.step_kind(self, by)
            else:
                self._page.step(self, by)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._page.open_todo(self.todo)
        elif 1 <= digit <= len(self.keys) and not event.modifiers():
            self.keys[digit - 1][1]()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what the line is about."""
        del event
        self._page.open_todo(self.todo)

    def _deeds(self) -> list[tuple[str, Callable[[], None]]]:
        """What the digits do: mark a session, or the deed that settles the line."""
        todo, page = self.todo, self._page
        marked = may(page.frame.desk, Permission.RECORD_SESSIONS)
        if todo.kind is ToDoKind.MARK_SESSION and marked:
            label = choices("attendance").label
            return [
                (own(label(code)), partial(page.mark, todo, code)) for code in marks()
            ]
        words = [each for each in (todo.deed, todo.other) if each]
        if todo.client_id and words and _may_do(page.frame, todo):
            return [(own(each), partial(page.do, todo, each)) for each in words]
        return [(_OPENS.get(todo.kind, _OPEN), self._open)]

    def _open(self) -> None:
        self._page.open_todo(self.todo)

    def _buttons(self) -> QWidget:
        held = QWidget()
        flow = Flow(px(4), held)
        for number, (words, run) in enumerate(self.keys, start=1):
            button = plain(f"{number} {words}", run)
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAccessibleName(words)
            flow.addWidget(button)
        if self.keys[0][1] != self._open:
            opening = quiet(_OPEN, self._open)
            opening.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            opening.setAccessibleName(f"Open {self.todo.code or self.todo.title}")
            flow.addWidget(opening)
        return held


def _may_do(frame: Frame, todo: ToDo) -> bool:
    """Whether the role may do the deed of a line; otherwise it is there to be known."""
    changes = CHANGES.get(todo.table, ())
    able = {change.words: change.may(frame.desk) for change in changes}
    able |= {each.key.words: not each.why_not(frame.desk) for each in DEEDS}
    return able.get(todo.deed, True)


class DiaryLine(QWidget):
    """A booked session: when, who, what."""

    def __init__(self, frame: Frame, row: SessionRow) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), 0, px(8), 0)
        line.setSpacing(px(12))
        declared = field_map(Session)
        time = row.starts_at or "no time"
        same_day = row.held_on == frame.desk.today()
        when = time if same_day else f"{shown(_DAY, row.held_on)}, {time}"
        kind = shown(declared["type"].kind, row.type)
        mode = shown(declared["mode"].kind, row.mode)
        rest = f"{kind} · {mode}"
        words = body(f"{row.name or row.code} · {rest}")
        day = soft(when)
        day.setWordWrap(False)
        line.addWidget(day)
        line.addWidget(frame.veil.over(words, f"{row.code} · {rest}"), 1)
        opening = quiet(
            "Open", partial(complete_panel.open_session, frame, row.session_id)
        )
        opening.setAccessibleName(f"Open {row.code}")
        line.addWidget(opening)


class DraftLine(QFrame):
    """Something that was begun and not saved; Enter goes on with it."""

    def __init__(self, page: "TodayPage", kept: Kept) -> None:
        super().__init__()
        self._page = page
        self._frame = frame = page.frame
        self._kept = kept
        self.setProperty("role", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(6), px(8), px(6))
        line.setSpacing(px(8))
        words = " · ".join(part for part in (kept.words, kept.subject) if part)
        self.setAccessibleName(f"Draft: {words}")
        line.addWidget(body(words), 1)
        go_on = quiet("Go on", self.go_on)
        go_on.setAccessibleName(f"Go on with {words}")
        line.addWidget(go_on)
        drop = quiet("Throw away", lambda: frame.drafts.throw_away(kept))
        drop.setAccessibleName(f"Throw away {words}")
        line.addWidget(drop)

    def go_on(self) -> None:
        """Open it where it was."""
        frame, kept = self._frame, self._kept
        # Going there replaces the list that this line stands in.
        kept.open(frame, lambda: frame.open_panel(KeptWordsPanel(frame, kept)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move, Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._page.step_draft(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
