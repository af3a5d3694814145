"""The register of a group on a day: a line for each member, one key each."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Day, shown
from provider_desk.model.group_views import Register
from provider_desk.model.records import Group
from provider_desk.services.casework.booking import registers
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.grouping.group_panels import due_day
from provider_desk.ui.pages.grouping.register_line import RegisterLineView
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

_ON = Day(label="Day of the meeting", future=False)

#: How it is opened again.
_KIND = "group register"

#: Names in a draft beside a member's code.
_CAME, _NOTE = ": attendance", ": note"


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
        self._carried: Mapping[str, str] = {}
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
        self._day = FieldBox(_ON, self.day, optional=False)
        self.body.addWidget(self._day)
        self.body.addWidget(self.said)
        self.body.addLayout(self._column)
        self.button = primary("Save register", self.save)
        self.button.setToolTip("Save register  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self.show_register(register)

    def show_register(self, register: Register) -> None:
        """Show the register of a day; marks that were not saved go with it."""
        self._register = register
        self.subject = shown(_ON, register.on)
        args = {"group_id": self._group_id, "on": register.on.isoformat()}
        self.draft = f"group register:{args['group_id']}:{args['on']}"
        self.opening = Opening(_KIND, args)
        clinical = may(self.frame.desk, Permission.READ_CLINICAL)
        clear(self._column)
        self.lines = [
            RegisterLineView(self, line, clinical=clinical) for line in register.lines
        ]
        for line in self.lines:
            self._column.addWidget(line)
        self._by_tab()
        carried, self._carried = self._carried, {}
        self.retype(carried)

    def _by_tab(self) -> None:
        """Tab goes from the day through the lines to the button."""
        stops: list[QWidget] = [self.day.line]
        for line in self.lines:
            stops += (line, line.note)
        for before, after in pairwise((*stops, self.button)):
            QWidget.setTabOrder(before, after)

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

    def typed(self) -> dict[str, str]:
        """Who is marked as what, and notes, by the members' codes."""
        label = choices("attendance").label
        found = {}
        for line in self._changed():
            if line.code != line.line.attendance:
                found[line.line.code + _CAME] = label(line.code)
            if line.note.text().strip():
                found[line.line.code + _NOTE] = line.note.text()
        return found

    def retype(self, typed: Mapping[str, str]) -> None:
        """Put back what ``typed`` said of those who are members on this day."""
        codes = {choice.label: choice.code for choice in choices("attendance").values}
        for line in self.lines:
            said = typed.get(line.line.code + _CAME, "")
            if said in codes:
                line.mark(codes[said])
            note = typed.get(line.line.code + _NOTE, "")
            if note:
                line.note.setText(note)
                line.note.show()
        self.count()

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
        if self.day.value() != self._register.on:
            # Typed a moment ago: nobody saves a register that they have not seen.
            self.day.settle()
            self._other_day()
            return
        changed = self._changed()
        unmarked = next((line for line in changed if not line.code), None)
        if unmarked is not None:
            words = f"{unmarked.line.code} has a note and no mark. Say what came of it."
            self.banner.show_words(words, "Nothing was saved.")
            unmarked.setFocus(Qt.FocusReason.OtherFocusReason)
            return
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
        if not isinstance(on, date):
            words = self.day.problem() or "Say on which day the group met."
            self._day.show_problems([Problem("on", words)])
            return
        self._day.forget_problem()
        if on != self._register.on:
            self._carried = self.typed()
            desk, group_id = self.frame.desk, self._group_id
            self.frame.read(
                self,
                partial(registers.register, desk, group_id, on),
                self._of_other_day,
            )

    def _of_other_day(self, register: Register) -> None:
        """Show it, with the keys on its first line where they were in the panel."""
        at = QApplication.focusWidget()
        here = at is None or self.isAncestorOf(at)
        self.show_register(register)
        if here:
            self.start()


def open_due(frame: Frame, group: Group) -> None:
    """Open the register that is due; one that was begun and not saved goes before it.

    A group may meet on another day than its own: whoever left that register half
    taken looks for it here, and would take the last meeting's for it.
    """
    due = due_day(group, frame.desk.today())
    begun = [
        date.fromisoformat(kept.opening.args["on"])
        for kept in frame.drafts.all()
        if kept.opening.kind == _KIND and kept.opening.args["group_id"] == group.id
    ]
    day = due if due in begun or not begun else begun[-1]
    if begun:
        frame.say(f"The register of {shown(_ON, day)} is as you left it; save it.")
    open_register(frame, group.id, day)


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
