"""Fields for passwords: what is typed is not shown, and never kept."""

from PySide6.QtWidgets import QLineEdit

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor

PASSWORD = Text(
    label="Password",
    help="At least 12 letters; a few words are easy to keep in mind and hard to guess.",
)
AGAIN = Text(label="Password once more")


def secret_box(kind: Text) -> FieldBox:
    """A field whose letters are hidden."""
    editor = LineEditor(kind.longest)
    editor.line.setEchoMode(QLineEdit.EchoMode.Password)
    editor.secret = True
    return FieldBox(kind, editor, optional=False)


def typed(box: FieldBox) -> str:
    """What stands in a field."""
    return str(box.editor.value() or "")


def differing(first: FieldBox, again: FieldBox, field: str) -> list[Problem]:
    """A problem where the two are not the same."""
    if typed(first) == typed(again):
        return []
    return [Problem(field, "The two are not the same. Type it once more.")]


def empty(*boxes: FieldBox) -> None:
    """Forget what was typed."""
    for box in boxes:
        box.editor.set_value("")
        box.show_problems(())
