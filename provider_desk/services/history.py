"""What happened to a record: when, by whom, what it said before, and why."""

from provider_desk.model.fields import Value
from provider_desk.model.records import BY_TABLE
from provider_desk.model.views import HistoryLine
from provider_desk.services.desk import Desk
from provider_desk.services.permissions import Permission, needs
from provider_desk.store.history import history as read_history
from provider_desk.store.records import get


@needs(Permission.READ)
def history(desk: Desk, table: str, row_id: str) -> list[HistoryLine]:
    """Every deed that touched a record, oldest first, in words."""
    with desk.store.reading() as rows:
        return read_history(rows, table, row_id)


@needs(Permission.READ)
def values_of(desk: Desk, table: str, row_id: str) -> dict[str, Value]:
    """What a record holds now, by field name; to be put right in a form.

    Raises:
        NotFound: the record is not there (any more).
    """
    with desk.store.reading() as rows:
        return get(rows, BY_TABLE[table], row_id).values()
