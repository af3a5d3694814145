"""A form made from a record's declaration: labels above fields, problems below."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.far_days import pointed_out
from provider_desk.model.fields import (
    Field,
    Record,
    Reference,
    Value,
    field_map,
    value_problems,
)
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.editors import editor_for
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor, Editor
from provider_desk.ui.forms.problem_list import ProblemList
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.theme import px

#: A field, or several that stand side by side.
Row = str | tuple[str, ...]

#: From this many fields on, problems are listed at the top too.
_LONG = 8

#: So many problems are said aloud one by one.
_SAID_ALOUD = 3


class RecordForm(QWidget):
    """Some fields of a record type, in the order and rows that are asked for.

    ::

        form = RecordForm(Session, ["held_on", ("minutes", "mode"), "note"], today)
        form.set_values({"held_on": day})
        form.read()                      # values, or NotValid shown beside fields

    Attributes:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(
        self,
        record_type: type[Record],
        rows: Sequence[Row],
        today: Callable[[], date],
        *,
        options: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        editors: Mapping[str, Editor] | None = None,
        may_be_empty: Sequence[str] = (),
        asked: Sequence[str] = (),
        before: Mapping[str, QWidget] | None = None,
    ) -> None:
        """Make the fields.

        Args:
            record_type: whose declaration is read.
            rows: field names; a tuple of names stands side by side.
            today: tells the civil date.
            options: ids and words for each ``Reference`` field.
            editors: editors to use instead of the usual ones.
            may_be_empty: required fields that the deed fills in itself.
            asked: fields with a default that are to be answered here all the same.
            before: words that stand above the row that begins with a field.
        """
        super().__init__()
        self.record_type = record_type
        self._today = today
        self._options = options or {}
        self._special = editors or {}
        self._may_be_empty = frozenset(may_be_empty)
        self._asked = frozenset(asked)
        self.boxes: dict[str, FieldBox] = {}
        self._start: dict[str, Value] = {}
        self._start_typed: dict[str, str] = {}
        self._kept: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.problem_list = ProblemList(self.go_to)
        column.addWidget(self.problem_list)
        for row in rows:
            names = (row,) if isinstance(row, str) else row
            if before and names[0] in before:
                column.addWidget(before[names[0]])
            self._add_row(column, names)
        self.set_values({})

    def values(self) -> dict[str, Value]:
        """What is typed; a field left empty holds its declared default."""
        declared = field_map(self.record_type)
        found: dict[str, Value] = {}
        for name, box in self.boxes.items():
            value = box.editor.value()
            empty = value is None or value == ""
            found[name] = declared[name].default if empty else value
            if declared[name].required and empty:
                found[name] = value
        return found

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show values and take them as the start; others take their default."""
        declared = field_map(self.record_type)
        for name, box in self.boxes.items():
            box.editor.set_value(values.get(name, declared[name].default))
        self._start = self._typed()
        self._start_typed = {n: box.editor.typed() for n, box in self.boxes.items()}
        now = self._today()
        self._kept = {name for name, value in self._start.items() if value == now}
        self.show_problems([])

    def suggest(self, values: Mapping[str, Value]) -> None:
        """Fill in what somebody typed elsewhere: a draft keeps it with the rest."""
        self.fill(values)
        self._kept |= values.keys() & self.boxes.keys()

    def fill(self, values: Mapping[str, Value]) -> None:
        """Fill in what is usual, where nothing was typed yet."""
        typed = self._typed()
        for name, value in values.items():
            if name in self.boxes and typed[name] == self._start[name]:
                editor = self.boxes[name].editor
                if editor.value() != value:
                    # What stands there already stays selected, to be typed over.
                    editor.set_value(value)
                self._start[name] = editor.value()
                self._start_typed[name] = editor.typed()

    def today(self) -> date:
        """The civil date, as the desk has it."""
        return self._today()

    def is_dirty(self) -> bool:
        """Whether something was typed since ``set_values``."""
        return self._typed() != self._start or any(
            box.editor.problem() for box in self.boxes.values()
        )

    def typed(self) -> dict[str, str]:
        """Field name → what was typed since ``set_values``, as it was typed.

        A day that was filled in because it was today's is among it: a call that was
        begun on Monday stays Monday's when its draft is taken up on Tuesday.
        """
        now = {
            name: box.editor.typed()
            for name, box in self.boxes.items()
            if not box.editor.secret
        }
        return {
            name: text
            for name, text in now.items()
            if name in self._kept or text != self._start_typed[name]
        }

    def retype(self, typed: Mapping[str, str]) -> None:
        """Put back what ``typed`` said; a field that is gone is passed over."""
        for name, text in typed.items():
            if name in self.boxes and not self.boxes[name].editor.secret:
                self.boxes[name].editor.retype(text)

    def read(self) -> dict[str, Value]:
        """The values, once each is of its kind; rules are asked on saving.

        Raises:
            NotValid: the problems, already shown beside their fields.
        """
        for box in self.boxes.values():
            # Ctrl+Enter saves before the field that has the focus is left.
            box.editor.settle()
        problems = [
            Problem(name, box.editor.problem())
            for name, box in self.boxes.items()
            if box.editor.problem()
        ]
        values = self.values()
        not_read = {problem.field for problem in problems}
        problems += [
            problem
            for problem in value_problems(self.record_type, values)
            if problem.field in self.boxes
            and problem.field not in not_read
            and not (problem.field in self._may_be_empty and not values[problem.field])
        ]
        self.show_problems(problems)
        if problems:
            raise NotValid(problems)
        return values

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show each problem beside its field, the rest at the top."""
        for name, box in self.boxes.items():
            box.show_problems([p for p in problems if p.field == name])
        elsewhere = [p for p in problems if p.field not in self.boxes]
        listed = problems if len(self.boxes) > _LONG else elsewhere
        self.problem_list.show_problems(listed)
        stopping = [p for p in problems if p.severity == "stop"]
        wrong = {problem.field for problem in stopping}
        first = next((name for name in self.boxes if name in wrong), "")
        at = QApplication.focusWidget()
        stays = bool(first) and at is not None and self.boxes[first].isAncestorOf(at)
        if first:
            self.go_to(first)
        # A field that the cursor comes to now says itself what is wrong there.
        self._say([p for p in problems if stays or not first or p.field != first])

    def _say(self, problems: Sequence[Problem]) -> None:
        """Let a screen reader hear of what is not where the cursor comes to."""
        if len(problems) > _SAID_ALOUD:
            announce(self, f"{len(problems)} more fields to look at.")
        else:
            announce(self, own(" ".join(problem.text for problem in problems)))

    def go_to(self, name: str) -> None:
        """Put the cursor into a field."""
        if name in self.boxes:
            self.boxes[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fields(self, **wanted: bool) -> None:
        """Show or hide fields that only make sense with the value of another."""
        for name, is_wanted in wanted.items():
            self.boxes[name].setVisible(is_wanted)

    def _typed(self) -> dict[str, Value]:
        return {name: box.editor.value() for name, box in self.boxes.items()}

    def _add_row(self, column: QVBoxLayout, names: tuple[str, ...]) -> None:
        declared = field_map(self.record_type)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for name in names:
            needed = declared[name].required or name in self._asked
            optional = not needed or name in self._may_be_empty
            editor = self._editor(declared[name])
            kind = declared[name].kind
            box = FieldBox(kind, editor, optional=optional, parent=self)
            box.editor.changed.connect(self.changed)
            self.boxes[name] = box
            if isinstance(editor, DayEditor):
                box.look_on_leaving(partial(self._far_off, name))
            row.addWidget(box, 1)
        column.addLayout(row)

    def _far_off(self, name: str, on: Value) -> str:
        return pointed_out(self.record_type, on, self._today(), name)

    def _editor(self, field: Field) -> Editor:
        if field.name in self._special:
            return self._special[field.name]
        if isinstance(field.kind, Reference):
            return ChoiceEditor(list(self._options.get(field.name, ())))
        return editor_for(field.kind, self._today)
