"""The parts of the page on which an episode is closed, each with what is there."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Text, Value, YesNo, shown
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import OnwardReferral, Score
from provider_desk.services.casework.course.closing_sheet import Course, Sheet
from provider_desk.ui.forms.choice_editors import ChoiceEditor, YesNoEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.course.goal_words import goal_words
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import body, section, soft, state
from provider_desk.ui.theme import px

_DAY = Day(label="")
LEFT = Qt.AlignmentFlag.AlignLeft
_ENDS = [("Y", "Reached"), ("N", "Ended, not reached")]


class ClosingPart(QWidget):
    """A heading, and lines that are filled in once they are known.

    Attributes:
        lines: where they go.
    """

    def __init__(self, heading: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(4))
        column.addWidget(section(heading))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(px(4))
        column.addLayout(self.lines)
        self.column = column


class AddedForm(QWidget):
    """A form that is opened by its button, and empty until then.

    Attributes:
        form: what is asked.
        changed: something was typed.
    """

    changed = Signal()

    def __init__(
        self,
        words: str,
        record_type: type[Score | OnwardReferral],
        rows: Sequence[Row],
        today: Callable[[], date],
        begins: Mapping[str, Value],
        follow: Callable[[RecordForm], None] = lambda _form: None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self._opening = quiet(words, self.open)
        column.addWidget(self._opening, 0, LEFT)
        self.form = RecordForm(record_type, rows, today)
        self.form.set_values(begins)
        follow(self.form)
        self.form.hide()
        self.form.changed.connect(self.changed)
        column.addWidget(self.form)

    @property
    def is_open(self) -> bool:
        """Whether it is asked for."""
        return not self.form.isHidden()

    def open(self) -> None:
        """Show the fields, and go there."""
        self.form.show()
        self._opening.hide()
        self.form.go_to(next(iter(self.form.boxes)))

    def read(self) -> dict[str, Value]:
        """What is typed; {} where it was not opened, or nothing was typed.

        Raises:
            NotValid: something of it is wrong; it stands beside its field.
        """
        return self.form.read() if self.is_open and self.form.is_dirty() else {}


class GoalsPart(ClosingPart):
    """Each open goal, to be ended here."""

    def __init__(self, frame: Frame) -> None:
        super().__init__("Goals still open")
        self._frame = frame
        self.boxes: dict[str, FieldBox] = {}

    def show_goals(self, goals: Sequence[GoalCard], after: QWidget) -> None:
        """Ask of each what became of it; Tab comes to them from ``after``."""
        clear(self.lines)
        self.boxes = {}
        self.setVisible(bool(goals))
        for number, goal in enumerate(goals, 1):
            words = body(goal_words(goal))
            self.lines.addWidget(self._frame.veil.over(words, f"Goal {number}"))
            kind = Text(label=f"Goal {number}: what became of it")
            box = FieldBox(kind, ChoiceEditor(_ENDS), optional=True)
            self.boxes[goal.goal_id] = box
            self.lines.addWidget(box)
            QWidget.setTabOrder(after, box.editor.inner)
            after = box.editor.inner

    def ended(self) -> dict[str, str]:
        """Goal → whether it was reached; those left alone stay open."""
        return {
            goal_id: str(box.editor.value())
            for goal_id, box in self.boxes.items()
            if box.editor.value()
        }


class BookedPart(ClosingPart):
    """What is still in the diary, to be cancelled as by us."""

    def __init__(self) -> None:
        super().__init__("Still in the diary")
        self._words = soft()
        self.lines.addWidget(self._words)
        kind = YesNo(label="Cancel them, as by us")
        self.box = FieldBox(kind, YesNoEditor(kind), optional=False)
        self.lines.addWidget(self.box)

    def show_days(self, days: Sequence[date]) -> None:
        """Say which days, and offer it."""
        self.setVisible(bool(days))
        self._words.setText(", ".join(shown(_DAY, each) for each in days))
        self.box.editor.set_value("Y" if days else None)

    @property
    def cancel(self) -> bool:
        """Whether they are to be cancelled."""
        return self.box.editor.value() == "Y"


def say_exit(frame: Frame, part: ClosingPart, found: Sheet) -> None:
    """The exit strategy that holds, and what it calls success."""
    clear(part.lines)
    version = found.version
    if version is None:
        part.lines.addWidget(state("There is no exit strategy", "warn"))
        return
    made = f"Version {version.number}, made {shown(_DAY, version.made_on)}"
    agreed = version.agreed_on
    said = f", agreed {shown(_DAY, agreed)}" if agreed else ", not agreed yet"
    part.lines.addWidget(soft(made + said))
    words = version.said[0].words
    if words:
        part.lines.addWidget(frame.veil.over(body(words)))


def say_way_back(frame: Frame, part: ClosingPart, found: Sheet) -> None:
    """What was agreed on how to come back, to be told in these words."""
    clear(part.lines)
    words = found.version.said[-1].words if found.version else ""
    if words:
        part.lines.addWidget(frame.veil.over(body(words)))
    else:
        part.lines.addWidget(soft("Nothing is written down on how to come back."))


def say_scores(frame: Frame, part: ClosingPart, courses: Sequence[Course]) -> None:
    """Each measure at the first and at the last time."""
    clear(part.lines)
    if not courses:
        part.lines.addWidget(soft("No measure was taken yet."))
    for each in courses:
        first = f"{each.measure}: {each.first} on {shown(_DAY, each.first_on)}"
        if each.last is None or each.last_on is None:
            words = f"{first}, and none since"
        else:
            words = f"{first}, then {each.last} on {shown(_DAY, each.last_on)}"
        part.lines.addWidget(frame.veil.over(body(words), f"{each.measure}: hidden"))


def say_onward(
    frame: Frame, part: ClosingPart, found: Sequence[OnwardReferral]
) -> None:
    """Where the person was referred on to already."""
    clear(part.lines)
    for each in found:
        words = f"{shown(_DAY, each.made_on)}: {each.made_to}"
        hidden = shown(_DAY, each.made_on)
        part.lines.addWidget(frame.veil.over(body(words), hidden))


def split_problems(
    problems: Sequence[Problem], part: str
) -> tuple[list[Problem], list[Problem]]:
    """Problems of a part, without its name before the field; and all others."""
    mine = [
        Problem(each.field.removeprefix(part), each.text, each.severity)
        for each in problems
        if each.field.startswith(part)
    ]
    return mine, [each for each in problems if not each.field.startswith(part)]
