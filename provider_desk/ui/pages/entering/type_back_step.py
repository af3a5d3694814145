"""First run, step four: parts of both sheets are typed back from the paper."""

from collections.abc import Callable

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Text
from provider_desk.services.desk import Desk
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.pages.entering.card import enter_goes_on
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.parts.words import soft

_LONGEST = 12
_WHY = (
    "This is the proof that both sheets are on paper and can be read. Only then is "
    "the desk made."
)


class TypeBackStep(Step):
    """Asks the groups that the plan names, then makes the desk.

    Attributes:
        made: the open desk, once it is there.
    """

    NAME = "Type back"
    TITLE = "Type back from the paper"
    ABOUT = "Take the two printed sheets and type the groups that are asked."
    DEED = "Make the desk"

    def __init__(self, door: Door, plan: Callable[[], NewDesk | None]) -> None:
        """Lay it out.

        Args:
            door: what every way in needs.
            plan: the desk that is to be made.
        """
        super().__init__()
        self._door = door
        self._plan = plan
        self._asked_for: NewDesk | None = None
        self._why = soft(_WHY)
        self.column.addWidget(self._why)
        self.made: Desk | None = None

    def start(self) -> None:
        """Ask for the groups of this plan; what was typed for it before stays."""
        plan = self._plan()
        if plan is not None and plan is not self._asked_for:
            self._ask(plan)
        super().start()

    def go_on(self) -> None:
        """Compare, then make the desk."""
        plan = self._plan()
        if plan is None:
            return
        answers = {name: str(box.editor.value()) for name, box in self.boxes.items()}
        try:
            plan.confirm(answers)
        except NotValid as wrong:
            self.show_problems(list(wrong.problems))
            return
        folder = self._door.folder
        self.show_problems([])
        self.busy.emit("Making the desk …")
        self._door.tasks.write(
            self, lambda: plan.make(folder), self._done, self._failed
        )

    def _ask(self, plan: NewDesk) -> None:
        self._asked_for = plan
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for asked in plan.asked:
            kind = Text(label=f"Sheet {asked.sheet}, group {asked.group}")
            box = FieldBox(kind, LineEditor(_LONGEST), optional=False)
            self.boxes[asked.name] = box
            self.column.insertWidget(self.column.count() - 1, box)
            box.show()
        enter_goes_on(list(self.boxes.values()), self.go_on)

    def _done(self, desk: Desk) -> None:
        self.busy.emit("")
        self.made = desk
        self.answered.emit()

    def _failed(self, error: Exception) -> None:
        self.busy.emit("")
        self.raised.emit(error)
