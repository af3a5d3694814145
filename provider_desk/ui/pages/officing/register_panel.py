"""Recording training or supervision of somebody, or putting it right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.office_rows import Register
from provider_desk.model.records import Supervision, Training, User
from provider_desk.services.desk import Desk
from provider_desk.services.office import register
from provider_desk.services.saying import UNDONE
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.officing.take_back_panel import TakeBackPanel
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft

Kept = type[Training] | type[Supervision]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is asked of a record, and which services do it."""

    words: str
    rows: Sequence[Row]
    day: str
    help: str
    record: Callable[[Desk, str, Mapping[str, Value]], tuple[str, Changed]]
    change: Callable[[Desk, str, Mapping[str, Value]], Changed]
    take_back: Callable[[Desk, str, str], Changed]


_SHAPES: dict[Any, _Shape] = {
    Training: _Shape(
        "training",
        ["user_id", "kind", "title", ("done_on", "expires_on"), "evidence"],
        "done_on",
        "Left empty, the day on which it is to be repeated follows from the training.",
        register.record_training,
        register.change_training,
        register.take_back_training,
    ),
    Supervision: _Shape(
        "supervision",
        ["user_id", ("held_on", "next_on"), "kind", ("with_whom", "minutes")],
        "held_on",
        "Only that it was held. What was said stays out.",
        register.record_supervision,
        register.change_supervision,
        register.take_back_supervision,
    ),
}


class RegisterPanel(FormPanel):
    """One row of the register."""

    def __init__(
        self,
        frame: Frame,
        record_type: Kept,
        staff: Sequence[User],
        row: Training | Supervision | None = None,
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            record_type: training or supervision.
            staff: of whom it can be.
            row: what is changed; None for a new one.
        """
        desk, shape = frame.desk, _SHAPES[record_type]
        options = [(each.id, each.name) for each in staff]
        rows = [each for each in shape.rows if row is None or each != "user_id"]
        form = RecordForm(record_type, rows, desk.today, options={"user_id": options})
        before = row.values() if row else {shape.day: desk.today()}
        form.set_values(before)

        def run(values: Mapping[str, Value]) -> Changed | tuple[str, Changed]:
            if row is None:
                return shape.record(desk, str(values["user_id"]), values)
            return shape.change(desk, row.id, values)

        def undo(new_id: str) -> Changed:
            if row is None:
                return shape.take_back(desk, new_id, UNDONE)
            return shape.change(desk, row.id, before)

        row_id = row.id if row else ""
        args = {"table": record_type.TABLE, "row_id": row_id}
        super().__init__(
            frame,
            f"{'Change' if row else 'Record'} {shape.words}",
            form,
            f"Save {shape.words}",
            run,
            subject=next((u.name for u in staff if row and u.id == row.user_id), ""),
            draft=f"{shape.words}:{row_id}",
            opening=Opening("register", args),
            undo=undo,
        )
        self.body.addWidget(soft(shape.help))
        self._row = row
        if row is not None:
            self.foot.addWidget(plain("Take back", self._take_back))

    def _take_back(self) -> None:
        row = self._row
        if row is None:
            return
        desk, shape = self.frame.desk, _SHAPES[type(row)]

        def run(reason: str) -> Changed:
            return shape.take_back(desk, row.id, reason)

        self.frame.open_panel(TakeBackPanel(self.frame, row, run))


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a row that a draft was typed into."""
    wanted = args["row_id"]
    record_type: Kept = Training
    if args["table"] == Supervision.TABLE:
        record_type = Supervision

    def show(found: Register) -> None:
        held = (entry.record for entry in found.entries)
        same = next((row for row in held if row.id == wanted), None)
        if wanted and same is None:
            gone()
        else:
            frame.open_panel(RegisterPanel(frame, record_type, found.staff, same))

    desk = frame.desk
    frame.read(frame, lambda: register.register(desk), show, lambda _error: gone())
