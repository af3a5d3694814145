"""Letting a record say again what it said before the deed that touched it last."""

from typing import TypeVar

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Record
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.store.history import last_change
from provider_desk.store.store import Deed

R = TypeVar("R", bound=Record)


def stepped_back(
    desk: Desk, deed: Deed, record_type: type[R], row_id: str, name: str, instead: str
) -> tuple[R, list[Problem]]:
    """What it said before a deed, where nothing came after.

    Args:
        desk: who takes it back.
        deed: the open deed.
        record_type: of the record.
        row_id: which one; within the caseload, as the caller has asked.
        name: of the deed that is taken back.
        instead: what to do where something else was done since.

    Raises:
        NotValid: another deed touched it since; a rule stops it.
    """
    last, before = last_change(deed, record_type.TABLE, row_id)
    if last != name:
        raise saving.stop("", instead)
    return saving.change(desk, deed, record_type, row_id, before)
