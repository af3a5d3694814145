"""A member in the register of a group: one key says what came of it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.group_views import RegisterLine
from provider_desk.services.casework.session_checks import ended_words
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.to_do_line import marks
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import state, strong
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.ui.pages.grouping.register_panel import RegisterPanel

_LONGEST = 500


class RegisterLineView(QFrame):
    """A member: digits mark, 0 unmarks, Up and Down go to the next, N writes a note.

    Attributes:
        code: of the attendance, "" where nothing is said.
        note: a short factual note.
    """

    def __init__(
        self, panel: "RegisterPanel", line: RegisterLine, *, clinical: bool
    ) -> None:
        super().__init__()
        self.line = line
        self.code = line.attendance
        self._panel = panel
        self.setProperty("role", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(4), px(8), px(4))
        column.setSpacing(px(4))
        veil = panel.frame.veil
        column.addWidget(veil.over(strong(line.name or line.code), line.code))
        self._state = QLabel()
        self._state.setProperty("role", "soft")
        column.addWidget(self._state)
        if line.closed_on is not None:
            column.addWidget(self._ended())
        else:
            column.addWidget(self._marks(clinical=clinical))
        self.note = QLineEdit()
        self.note.setPlaceholderText("Short factual note")
        self.note.setMaxLength(_LONGEST)
        self.note.setAccessibleName(f"Note on {line.code}, optional")
        self.note.returnPressed.connect(partial(panel.step, self, 1))
        # Not before somebody wants it: there are as many as there are members.
        self.note.hide()
        self._clinical = clinical and line.closed_on is None
        veil.over(self.note)
        column.addWidget(self.note)
        self._say()

    def _marks(self, *, clinical: bool) -> QWidget:
        """A button for each mark, and one for a note."""
        line, held = self.line, QWidget()
        flow = Flow(px(4), held)
        for number, code in enumerate(marks(), start=1):
            label = choices("attendance").label(code)
            button = plain(f"{number} {label}", partial(self.mark, code))
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAccessibleName(f"{line.code}: {label}")
            flow.addWidget(button)
        if clinical:
            more = quiet("Note", self.write)
            more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            more.setAccessibleName(f"{line.code}: write a note")
            more.setToolTip("Short factual note  (N)")
            flow.addWidget(more)
        return held

    def _ended(self) -> QWidget:
        """Why nobody can be marked here, and the way to what comes next."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        assert self.line.closed_on is not None  # noqa: S101 - asked by the caller
        words = ended_words(self.line.closed_on)
        said = state(words, "warn")
        said.setWordWrap(True)
        column.addWidget(said)
        going = quiet("Open this person", self._open)
        going.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        going.setToolTip("Open this person  (Enter)")
        column.addWidget(going, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleDescription(own(words))
        return held

    def _open(self) -> None:
        self._panel.frame.go("person", client_id=self.line.client_id)

    def mark(self, code: str) -> None:
        """Say what came of it; "" for nothing."""
        if self.line.closed_on is not None:
            return
        self.code = code if code or not self.line.session_id else self.line.attendance
        self._say()
        self._panel.count()

    def write(self) -> None:
        """Write a note of this person's coming."""
        self.note.show()
        self.note.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        words = choices("attendance").label(self.code) if self.code else "not marked"
        if self.line.closed_on is not None:
            words = "can't be marked"
        self._state.setText(own(words))
        self.setAccessibleName(f"{self.line.code}: {words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key each."""
        key = event.key()
        digit = key - Qt.Key.Key_0.value
        codes = marks()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif self.line.closed_on is not None and 0 <= digit <= len(codes):
            # The cursor stays: the next mark is meant for the next person.
            return
        elif 1 <= digit <= len(codes):
            self.mark(codes[digit - 1])
            self._panel.step(self, 1)
        elif digit == 0:
            self.mark("")
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._panel.step(self, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.closed_on:
            self._open()
        elif key == Qt.Key.Key_N and self._clinical:
            self.write()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor here."""
        del event
        self.setFocus(Qt.FocusReason.MouseFocusReason)
