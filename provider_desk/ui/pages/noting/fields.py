"""What panels about process notes share: their fields, and how they are saved."""

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Text
from provider_desk.services.notes import process_notes
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor, TextBox
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, state

TITLE = Text(label="Title", longest=120, personal=True, clinical=True)
WORDS = Text(
    label="Process note",
    help="What you noticed and thought; the facts stand in the session's own note.",
    lines=14,
    personal=True,
    clinical=True,
)
WHY = Text(label="Why", longest=500, personal=True)

_WHO_READS = "Sealed: you and the clinical lead read this. Managers can't."
_BLIND = (
    "You have not been given the counselling key yet, so you can write this but not "
    "read it back. Ask the clinical lead."
)


class NotePanel(Panel):
    """Some fields and one deed with them.

    Attributes:
        frame: the window.
        boxes: the fields by the name under which the service knows them.
        button: does the deed; Ctrl+Enter does the same.
    """

    def __init__(
        self, frame: Frame, title: str, button: str, *, subject: str, draft: str
    ) -> None:
        super().__init__(title, subject, draft)
        self.frame = frame
        self.boxes: dict[str, FieldBox] = {}
        self._start: dict[str, str] = {}
        self.banner = Banner()
        self.body.addWidget(self.banner)
        self.button = primary(button, self.save)
        self.button.setToolTip(
            f"{button}  ({deeds.SAVE.key.replace('Return', 'Enter')})"
        )
        self.foot.addWidget(self.button, 1)

    def ask(self, name: str, kind: Text, *, optional: bool, value: str = "") -> None:
        """Add a field."""
        editor = TextBox(kind.lines) if kind.lines > 1 else LineEditor(kind.longest)
        editor.set_value(value)
        box = FieldBox(kind, editor, optional=optional)
        editor.changed.connect(box.forget_problem)
        editor.changed.connect(self.banner.hide)
        self.boxes[name] = box
        self._start[name] = str(editor.value() or "")
        self.body.addWidget(box)

    def start(self) -> None:
        """Put the cursor into the longest field."""
        name = "text" if "text" in self.boxes else next(iter(self.boxes))
        self.boxes[name].editor.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return self.values() != self._start

    def values(self) -> dict[str, str]:
        """What is typed."""
        return {n: str(box.editor.value() or "") for n, box in self.boxes.items()}

    def save(self) -> None:
        """Do the deed with what is typed."""
        if not self.button.isEnabled():
            return
        values = self.values()
        self.button.setEnabled(False)
        self.saving = True
        self.frame.write(
            self,
            lambda: self.deed(values),
            lambda _new: self._saved(),
            self._failed,
            whole=True,
        )

    def deed(self, values: dict[str, str]) -> Changed | tuple[str, Changed]:
        """What saving does; in another thread."""
        raise NotImplementedError

    def _saved(self) -> None:
        # What is saved is no draft.
        self.draft = ""
        self.saving = False
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        if self.isHidden():
            # Somebody went elsewhere meanwhile; what was typed is a draft now.
            self.frame.failed.emit(error)
            return
        known = isinstance(error, NotValid) and all(
            problem.field in self.boxes for problem in error.problems
        )
        if not isinstance(error, NotValid) or not known:
            self.banner.show_error(error)
            return
        for name, box in self.boxes.items():
            box.show_problems([p for p in error.problems if p.field == name])
        self.boxes[error.problems[0].field].editor.setFocus()


def say_who_reads(panel: NotePanel) -> None:
    """Say above the fields who will read what is written there."""
    panel.body.addWidget(soft(_WHO_READS))
    if process_notes.writes_blindly(panel.frame.desk):
        panel.body.addWidget(state(_BLIND, "warn"))
