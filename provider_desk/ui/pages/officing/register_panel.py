"""Recording training or supervision of somebody, or putting it right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.office_rows import Register
from provider_desk.model.records import Supervision, Training, User
from provider_desk.services.office import register
from provider_desk.services.office.register import Kept
from provider_desk.services.saying import UNDONE
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.officing.take_back_panel import TakeBackPanel
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is asked of a row, and what is said about it."""

    rows: Sequence[Row]
    help: str


_SHAPES: Mapping[str, _Shape] = {
    register.TRAINING.words: _Shape(
        ["user_id", "kind", "title", ("done_on", "expires_on"), "evidence"],
        "Left empty, the day on which it is to be repeated follows from the training.",
    ),
    register.SUPERVISION.words: _Shape(
        ["user_id", ("held_on", "next_on"), "kind", ("with_whom", "minutes")],
        "Only that it was held. What was said stays out.",
    ),
}


class RegisterPanel(FormPanel):
    """One row of the register."""

    def __init__(
        self,
        frame: Frame,
        kept: Kept,
        staff: Sequence[User],
        row: Training | Supervision | None = None,
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            kept: training or supervision.
            staff: of whom it can be.
            row: what is changed; None for a new one.
        """
        desk, shape = frame.desk, _SHAPES[kept.words]
        options = [(each.id, each.name) for each in staff]
        rows = [each for each in shape.rows if row is None or each != "user_id"]
        form = RecordForm(
            kept.record_type, rows, desk.today, options={"user_id": options}
        )
        before = row.values() if row else {kept.done: desk.today()}
        form.set_values(before)

        def run(values: Mapping[str, Value]) -> Changed | tuple[str, Changed]:
            if row is None:
                user_id = str(values["user_id"])
                return register.record_entry(desk, kept, user_id, values)
            return register.change_entry(desk, kept, row.id, values)

        def undo(new_id: str) -> Changed:
            if row is None:
                return register.take_back_entry(desk, kept, new_id, UNDONE)
            return register.change_entry(desk, kept, row.id, before)

        args = {"table": kept.record_type.TABLE, "row_id": row.id if row else ""}
        super().__init__(
            frame,
            f"{'Change' if row else 'Record'} {kept.words}",
            form,
            f"Save {kept.words}",
            run,
            subject=next((u.name for u in staff if row and u.id == row.user_id), ""),
            draft=f"{kept.words}:{args['row_id']}",
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
        desk, kept = self.frame.desk, register.kept_of(row)

        def run(reason: str) -> Changed:
            return register.take_back_entry(desk, kept, row.id, reason)

        self.frame.open_panel(TakeBackPanel(self.frame, row, run))


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a row that a draft was typed into."""
    wanted = args["row_id"]
    supervision = args["table"] == Supervision.TABLE
    kept = register.SUPERVISION if supervision else register.TRAINING

    def show(found: Register) -> None:
        held = (entry.record for entry in found.entries)
        same = next((row for row in held if row.id == wanted), None)
        if wanted and same is None:
            gone()
        else:
            frame.open_panel(RegisterPanel(frame, kept, found.staff, same))

    desk = frame.desk
    frame.read(frame, lambda: register.register(desk), show, lambda _error: gone())
