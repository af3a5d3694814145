"""What was done about a positive risk item: asked before the score can be saved."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, OneOf, Value, field_map, shown
from provider_desk.model.records import RiskAnswer
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.theme import px

_WHAT = "Question {number} was answered above 0. Say what was done; it is saved then."
_FLAG = "A risk flag is opened with it, or linked to the one that stands."
_DAY = Day(label="")


class RiskPart(Note):
    """The prompt: what is asked, when the measure was filled in, what was done.

    Attributes:
        form: what was done, and why it could not be followed up.
        done: the list of what can be done; a digit picks a line.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.setAccessibleName("Risk")
        self._today = today
        kind = field_map(RiskAnswer)["done"].kind
        assert isinstance(kind, OneOf)  # noqa: S101 - the declaration says so
        self.done = KeyChoice(kind)
        self.form = RecordForm(
            RiskAnswer,
            ["done", "why"],
            today,
            editors={"done": self.done},
            asked=("why",),
        )
        self.form.changed.connect(self._follow)
        self._what = state("", "bad")
        self._when = soft("")
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(self._what)
        column.addWidget(self._when)
        column.addWidget(self.form)
        self.inside.addLayout(column)
        self._follow()
        self.hide()

    def ask(self, number: int, on: Value) -> None:
        """Ask about a question of a measure that was filled in on a day."""
        words = _WHAT.format(number=number)
        set_state(self._what, words, "bad")
        when = ""
        if isinstance(on, date):
            when = f"Filled in on {shown(_DAY, on)}"
            days = (self._today() - on).days
            when += f", {days} days ago. " if days > 1 else ". "
        self._when.setText(f"{when}{_FLAG}")
        self.show()

    def asks_why(self) -> bool:
        """Whether the reason is asked for what is chosen."""
        return not self.form.boxes["why"].isHidden()

    def said(self) -> Mapping[str, Value]:
        """What was done.

        Raises:
            NotValid: nothing was chosen; it stands beside the field.
        """
        return self.form.read()

    def _follow(self) -> None:
        code = str(self.form.values()["done"] or "")
        self.form.show_fields(why=code in choices("risk_answer").codes_where("why"))
