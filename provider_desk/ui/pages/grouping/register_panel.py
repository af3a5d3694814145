"""The register of a group on a day: a line for each member, one key each."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Day
from provider_desk.model.group_views import Register, RegisterLine
from provider_desk.services.casework.booking import registers
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.to_do_line import marks
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary, quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_ON = Day(label="Day of the meeting", future=False)
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
        held = QWidget()
        flow = Flow(px(4), held)
        for number, code in enumerate(marks(), start=1):
            label = choices("attendance").label(code)
            button = plain(f"{number} {label}", partial(self.mark, code))
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setAccessibleName(f"{line.code}: {label}")
            flow.addWidget(button)
        column.addWidget(held)
        self.note = QLineEdit()
        self.note.setPlaceholderText("Short factual note")
        self.note.setMaxLength(_LONGEST)
        self.note.setAccessibleName(f"Note on {line.code}, optional")
        # Not before somebody wants it: there are as many as there are members.
        self.note.hide()
        if clinical:
            more = quiet("Note", self.write)
            more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            more.setAccessibleName(f"{line.code}: write a note")
            more.setToolTip("Short factual note  (N)")
            flow.addWidget(more)
        self._clinical = clinical
        veil.over(self.note)
        column.addWidget(self.note)
        self._say()

    def mark(self, code: str) -> None:
        """Say what came of it; "" for nothing."""
        self.code = code if code or not self.line.session_id else self.line.attendance
        self._say()
        self._panel.count()

    def write(self) -> None:
        """Write a note of this person's coming."""
        self.note.show()
        self.note.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        words = choices("attendance").label(self.code) if self.code else "not marked"
        self._state.setText(words)
        self.setAccessibleName(f"{self.line.code}: {words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key each."""
        key = event.key()
        digit = key - Qt.Key.Key_0.value
        codes = marks()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif 1 <= digit <= len(codes):
            self.mark(codes[digit - 1])
            self._panel.step(self, 1)
        elif digit == 0:
            self.mark("")
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._panel.step(self, 1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_N and self._clinical:
            self.write()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor here."""
        del event
        self.setFocus(Qt.FocusReason.MouseFocusReason)


class RegisterPanel(Panel):
    """Everybody who is a member on a day; saved as one deed.

    Attributes:
        lines: one for each member, by name.
        button: saves; Ctrl+Enter does the same.
    """

    def __init__(self, frame: Frame, register: Register) -> None:
        group = register.group
        super().__init__(f"Register: {group.name}")
        self.frame = frame
        self._group_id = group.id
        self._register = register
        self.banner = Banner()
        self.day = DayEditor(_ON, frame.desk.today)
        self.day.set_value(register.on)
        self.day.line.editingFinished.connect(self._other_day)
        self.said = soft()
        self.lines: list[RegisterLineView] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(px(4))
        self.body.addWidget(self.banner)
        self.body.addWidget(FieldBox(_ON, self.day, optional=False))
        self.body.addWidget(self.said)
        self.body.addLayout(self._column)
        self.button = primary("Save register", self.save)
        self.button.setToolTip("Save register  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self.show_register(register)

    def show_register(self, register: Register) -> None:
        """Show the register of a day."""
        self._register = register
        clinical = may(self.frame.desk, Permission.READ_CLINICAL)
        clear(self._column)
        self.lines = [
            RegisterLineView(self, line, clinical=clinical) for line in register.lines
        ]
        for line in self.lines:
            self._column.addWidget(line)
        self.count()

    def start(self) -> None:
        """On the first member who is not marked."""
        unmarked = [line for line in self.lines if not line.code]
        where: list[QWidget] = [*unmarked, *self.lines, self.day]
        where[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, line: RegisterLineView, by: int) -> None:
        """Go to the member above or below; after the last to the button."""
        at = self.lines.index(line) + by
        if at >= len(self.lines):
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif at >= 0:
            self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.lines[at])

    def count(self) -> None:
        """Say how many are marked."""
        marked = sum(bool(line.code) for line in self.lines)
        words = f"{marked} of {len(self.lines)} marked. 1 to 4 marks, 0 takes it back."
        if not self.lines:
            words = "Nobody is a member on this day. People join from their own page."
        if self._register.holiday:
            words = f"{self._register.holiday}. {words}"
        if self._register.hidden:
            words += f" {self._register.hidden} more outside your caseload."
        self.said.setText(words)

    def is_dirty(self) -> bool:
        """Whether somebody was marked since."""
        return bool(self._changed())

    def _changed(self) -> list[RegisterLineView]:
        return [
            line
            for line in self.lines
            if line.code != line.line.attendance or line.note.text().strip()
        ]

    def save(self) -> None:
        """Save everybody who is marked."""
        if not self.button.isEnabled():
            return
        changed = [line for line in self._changed() if line.code]
        marked = {line.line.referral_id: line.code for line in changed}
        notes = {
            line.line.referral_id: line.note.text().strip()
            for line in changed
            if line.note.text().strip()
        }
        self.button.setEnabled(False)
        self.saving = True
        desk, group_id, on = self.frame.desk, self._group_id, self._register.on
        self.frame.write(
            self,
            lambda: registers.take_register(desk, group_id, on, marked, notes),
            self._saved,
            self._failed,
        )

    def _saved(self, session_ids: str) -> None:
        self.saving = False
        self.lines = []
        if session_ids:
            desk = self.frame.desk
            self.frame.offer_undo(
                partial(registers.take_back_register, desk, session_ids)
            )
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            words = " ".join(problem.text for problem in error.problems)
            self.banner.show_words(words, "Nothing was saved.")
        else:
            self.banner.show_error(error)
        self.show_top()

    def _other_day(self) -> None:
        on = self.day.value()
        if isinstance(on, date) and on != self._register.on and not self.is_dirty():
            desk, group_id = self.frame.desk, self._group_id
            self.frame.read(
                self,
                partial(registers.register, desk, group_id, on),
                self.show_register,
            )


def open_register(frame: Frame, group_id: str, on: date) -> None:
    """Open the register of a group on a day; a day to come has none yet."""
    day = min(on, frame.desk.today())
    frame.read(
        frame,
        partial(registers.register, frame.desk, group_id, day),
        lambda found: frame.open_panel(RegisterPanel(frame, found)),
    )


def reopen(frame: Frame, args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the register that a draft was typed into."""
    open_register(frame, args["group_id"], date.fromisoformat(args["on"]))
