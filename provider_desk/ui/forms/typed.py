"""What was typed into the fields of a panel: kept, put back later, and hidden.

Only what differs from the start is kept, so that a draft brings back what somebody
typed and nothing that others have changed since. A field for a password is never read.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from provider_desk.model.fields import Kind, Text, field_map
from provider_desk.model.records import BY_TABLE
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.veil import Veil


def typed_in(panel: QWidget) -> dict[str, str]:
    """Which letters were typed where: by "table.field", or by the label."""
    found: dict[str, str] = {}
    for form in panel.findChildren(RecordForm):
        table = form.record_type.TABLE
        found |= {f"{table}.{name}": text for name, text in form.typed().items()}
    for box in _loose(panel):
        text = box.editor.typed()
        if text:
            found[box.kind.label] = text
    return found


def retype_in(panel: QWidget, typed: Mapping[str, str]) -> None:
    """Put back what ``typed_in`` found."""
    for form in panel.findChildren(RecordForm):
        before = f"{form.record_type.TABLE}."
        mine = {n: text for n, text in typed.items() if n.startswith(before)}
        form.retype({name.removeprefix(before): t for name, t in mine.items()})
    for box in _loose(panel):
        if box.kind.label in typed:
            box.editor.retype(typed[box.kind.label])


def label_of(name: str) -> str:
    """The words above the field of a name that ``typed_in`` gave."""
    table, _, field = name.partition(".")
    declared = field_map(BY_TABLE[table]) if table in BY_TABLE else {}
    return declared[field].kind.label if field in declared else name


def cover_fields(veil: Veil, panel: QWidget) -> None:
    """Put every field that holds something personal under the veil."""
    for box in panel.findChildren(FieldBox):
        if is_private(box.kind):
            veil.over(box.editor.inner)


def is_private(kind: Kind) -> bool:
    """Whether the privacy view hides a field: personal, or words of any length."""
    long_words = isinstance(kind, Text) and (kind.clinical or kind.lines > 1)
    return kind.personal or long_words


def _loose(panel: QWidget) -> list[FieldBox]:
    """Fields that stand in a panel without a form round them."""
    in_forms = {
        id(box)
        for form in panel.findChildren(RecordForm)
        for box in form.boxes.values()
    }
    return [
        box
        for box in panel.findChildren(FieldBox)
        if id(box) not in in_forms and not box.editor.secret
    ]
