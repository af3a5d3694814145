"""What can be done about a record that stands on the time line, as a declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.views import Event
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.forms.form import Row

#: The desk, what it is about, the values that differ, and the reason.
Run = Callable[[Desk, Event, Mapping[str, Value], str], Changed]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be done about a record.

    Attributes:
        words: what the button says.
        rows: the fields that can be changed; none where it is taken back whole.
        reason: whether it wants a reason.
        run: the service.
        needs: the permission.
    """

    words: str
    rows: Sequence[Row]
    reason: bool
    run: Run
    needs: Permission
