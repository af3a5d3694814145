"""The office: what people said, what changed, and whether they were told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Feedback
from provider_desk.services import settings
from provider_desk.services.office import feedback
from provider_desk.services.saying import UNDONE
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.officing.take_back_panel import TakeBackPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView

_ROWS = (
    "heard_on",
    "kind",
    ("area", "contract_id"),
    "heard",
    "what_changed",
    "changed_on",
    "told_back",
)


class FeedbackSection(Section):
    """A table, what has changed nothing yet first; opening a line says what changed.

    Attributes:
        table: of what was heard.
        button: records more.
    """

    TITLE = "Feedback"
    ABOUT = (
        "What you heard, what changed because of it, and whether people were told. It "
        "names nobody: a name that is on this desk is not saved. Enter on a line says "
        "what changed."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowTable[Feedback] = RowTable(_columns())
        self.table = TableView(
            self.TITLE,
            self.model,
            frame.preferences,
            self._open,
            name_key="heard and changed",
        )
        self._none = soft(
            "Nothing is recorded yet. Write down what you hear, good and bad, as soon "
            "as you hear it."
        )
        self.button = primary("Record feedback", self.add)
        self.column.addWidget(self._none)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(0)

    def load(self) -> None:
        """Show what was heard."""
        desk = self.frame.desk
        self.frame.read(self, lambda: feedback.feedback(desk), self._show)

    def start(self) -> None:
        """The button that records more."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for what was heard."""
        ask(self.frame, None)

    def _open(self, row: Feedback) -> None:
        ask(self.frame, row)

    def _show(self, rows: Sequence[Feedback]) -> None:
        self.model.set_rows(rows)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))


class FeedbackPanel(FormPanel):
    """What was heard and what changed; one that is there can be taken back."""

    def __init__(
        self, frame: Frame, row: Feedback | None, contracts: Sequence[Contract]
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            row: what is changed; None for something new.
            contracts: it can be of one of them.
        """
        desk = frame.desk
        options = [(each.id, f"{each.reference}: {each.title}") for each in contracts]
        form = RecordForm(Feedback, _ROWS, desk.today, options={"contract_id": options})
        before = row.values() if row else {"heard_on": desk.today()}
        form.set_values(before)

        def run(values: Mapping[str, Value]) -> Changed | tuple[str, Changed]:
            if row is None:
                return feedback.record_feedback(desk, values)
            return feedback.change_feedback(desk, row.id, values)

        def undo(new_id: str) -> Changed:
            if row is None:
                return feedback.take_back_feedback(desk, new_id, UNDONE)
            return feedback.change_feedback(desk, row.id, before)

        row_id = row.id if row else ""
        super().__init__(
            frame,
            "Change feedback" if row else "Record feedback",
            form,
            "Save feedback",
            run,
            draft=f"feedback:{row_id}",
            opening=Opening("feedback", {"feedback_id": row_id}),
            undo=undo,
        )
        if row is not None:
            self._row = row
            self.foot.addWidget(plain("Take back", self._take_back))

    def start(self) -> None:
        """What changed is asked for next, once something was heard."""
        self.form.go_to("what_changed" if self.form.values()["heard"] else "heard_on")

    def _take_back(self) -> None:
        desk, row_id = self.frame.desk, self._row.id

        def run(reason: str) -> Changed:
            return feedback.take_back_feedback(desk, row_id, reason)

        self.frame.open_panel(TakeBackPanel(self.frame, self._row, run))


def ask(frame: Frame, row: Feedback | None) -> None:
    """Open the panel, once it is known which contracts there are."""
    frame.read(
        frame,
        lambda: settings.contracts(frame.desk),
        lambda found: frame.open_panel(FeedbackPanel(frame, row, found)),
    )


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of feedback that a draft was typed into."""
    wanted = args["feedback_id"]

    def show(rows: Sequence[Feedback]) -> None:
        same = next((row for row in rows if row.id == wanted), None)
        if wanted and same is None:
            gone()
        else:
            ask(frame, same)

    desk = frame.desk
    frame.read(frame, lambda: feedback.feedback(desk), show, lambda _error: gone())


def _columns() -> list[Column[Feedback]]:
    """What fits; the day of the change and the area stand in the panel of a line."""
    told: Column[Feedback] = declared(
        Feedback, "told_back", lambda row: row.told_back, 105, leaves=1
    )
    return [
        declared(Feedback, "heard_on", lambda row: row.heard_on, 152),
        declared(Feedback, "kind", lambda row: row.kind, 175, leaves=2),
        declared(Feedback, "heard", lambda row: row.heard, 238),
        declared(Feedback, "what_changed", lambda row: row.what_changed, 200),
        replace(told, header="Told", told=told.header),
    ]
