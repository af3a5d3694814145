"""Taking back what was recorded by mistake, with the reason."""

from collections.abc import Callable, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Record, Text, Value
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame

_REASON = Text(label="Why is it taken back?", longest=200)


class TakeBackPanel(FormPanel):
    """Asks for the reason, and takes one record back; its history stays.

    Attributes:
        reason: where it is typed.
    """

    def __init__(
        self, frame: Frame, record: Record, run: Callable[[str], Changed]
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            record: what is taken back.
            run: the service; gets the reason.
        """
        form = RecordForm(type(record), [], frame.desk.today)

        def deed(_values: Mapping[str, Value]) -> Changed:
            return run(str(self.reason.editor.value()))

        super().__init__(
            frame,
            f"Take back: {record.LABEL.lower()}",
            form,
            "Take back",
            deed,
            whole=True,
        )
        editor = LineEditor(_REASON.longest)
        self.reason = FieldBox(_REASON, editor, optional=False)
        editor.changed.connect(self.reason.forget_problem)
        self.body.addWidget(self.reason)
        self.setTabOrder(editor, self.button)

    def start(self) -> None:
        """The reason."""
        self.reason.editor.setFocus()

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.editor.value())

    def save(self) -> None:
        """Refuse without a reason, beside the field."""
        if not self.reason.editor.value():
            problem = Problem("reason", "Say it in a few words.")
            self.reason.show_problems([problem])
            self.reason.editor.setFocus()
            return
        super().save()
