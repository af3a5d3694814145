"""What can be done about a record that stands on the time line, as a declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.views import Event
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame

#: The desk, what it is about, the values that differ, and the reason.
Run = Callable[[Desk, Event, Mapping[str, Value], str], Changed]

#: The window, what it is about, the person's code, what the record holds now.
Panel = Callable[[Frame, Event, str, Mapping[str, Value]], QWidget]

#: Name of a field that refers to a record → id and words of each that can be chosen.
Options = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be done about a record.

    Attributes:
        words: what the button says.
        rows: the fields that can be changed; none where it is taken back whole.
        reason: whether it wants a reason.
        run: the service.
        needs: the permission.
        needs_too: one more permission that it needs.
        panel: opens a panel of its own instead of the form; gets what the record
            holds now, by field name.
        options: asks ids and words for each field that refers to another record.
        beside: puts more into the panel of the form, and follows what is typed; gets
            the panel and what the record holds now.
    """

    words: str
    rows: Sequence[Row]
    reason: bool
    run: Run
    needs: Permission
    follow: Callable[[RecordForm], None] | None = None
    panel: Panel | None = None
    beside: Callable[[FormPanel, Mapping[str, Value]], None] | None = None
    options: Callable[[Desk], Options] | None = None
    needs_too: Permission = Permission.READ

    def may(self, desk: Desk) -> bool:
        """Whether the person at the desk may do it."""
        return may(desk, self.needs) and may(desk, self.needs_too)
