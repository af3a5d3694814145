"""Put a score right: its answers or its total, with the reason."""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text, Value
from provider_desk.model.views import Event
from provider_desk.services.casework.measuring import scores
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.measuring.measure_panel import ScorePanel

_REASON = Text(
    label="Why",
    help="What it said before stays in the history, with this reason.",
    longest=500,
    personal=True,
)
_WORDS = "Put it right"


class CorrectScorePanel(ScorePanel):
    """A score as it stands, to be put right.

    Attributes:
        reason: the field for the reason.
    """

    def __init__(
        self, frame: Frame, event: Event, code: str, values: Mapping[str, Value]
    ) -> None:
        super().__init__(
            frame,
            f"{_WORDS}: {event.title}",
            _WORDS,
            code,
            f"{_WORDS}:{event.row_id}",
        )
        self._event = event
        editor = LineEditor(_REASON.longest)
        self.reason = FieldBox(_REASON, editor, optional=False)
        editor.changed.connect(self.reason.forget_problem)
        self.body.addWidget(self.reason)
        self.by_total = not values.get("items")
        # Questions are made when the measure is known, so answers are shown after it.
        self.form.set_values({"instrument": values["instrument"]})
        self.form.set_values(values)
        self._start = self.form.values()
        self._follow()

    def start(self) -> None:
        """Begin with the answers, or the total where there are none."""
        if self.by_total:
            self.form.go_to("total")
        else:
            self.items.go_to(0)

    def is_dirty(self) -> bool:
        """Whether something was changed."""
        return bool(self.reason.editor.value()) or super().is_dirty()

    def save(self) -> None:
        """Refuse without a reason, beside the field."""
        if not self.reason.editor.value():
            problem = Problem("reason", f"{_REASON.label}: say it in a few words.")
            self.reason.show_problems([problem])
            self.reason.editor.setFocus()
            self.keep_whole(self.reason)
            return
        self._why = str(self.reason.editor.value())
        super().save()

    def _run(self, values: Mapping[str, Value]) -> Changed:
        kept, answers, done, why = self._split(values)
        different = {n: v for n, v in kept.items() if self._start.get(n) != v}
        had = bool(self._start.get("items"))
        same = values.get("items") == self._start.get("items")
        if not different and (same or not (answers or had)):
            raise NotValid([Problem("", "Nothing was changed yet.")])
        return scores.correct_score(
            self.frame.desk,
            self._event.row_id,
            different,
            self._why,
            answers=answers if answers or had else None,
            done=done,
            why=why,
        )
