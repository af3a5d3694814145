"""What happened to a record: when, by whom, what it said before, and why.

Sealed words are opened for those who hold the key; clinical words are left out for
those who may not read them.
"""

from collections.abc import Mapping

from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    BY_TABLE,
    DisclosureRequest,
    IssuedReturn,
    ReturnKey,
)
from provider_desk.model.views import HistoryLine
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes.unsealing import for_form, of_row
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import (
    Permission,
    needs,
    refuse_without,
    why_not,
)
from provider_desk.store.history import history as read_history
from provider_desk.store.queries.caseload import way_to_client
from provider_desk.store.records import get

#: The key of the rounding, and exact figures beside it.
_NEVER_SHOWN = (ReturnKey, IssuedReturn)

#: What else is needed to read records of a kind; others see only that one is open.
_ALSO: Mapping[type[Record], tuple[Permission, ...]] = {
    DisclosureRequest: (Permission.HANDLE_REQUESTS,)
}


@needs(Permission.READ)
def history(desk: Desk, table: str, row_id: str) -> list[HistoryLine]:
    """Every deed that touched a record, oldest first, in words.

    Raises:
        NotFound: it is of somebody outside the caseload, or not there.
        NotAllowed: the role may not read such records, or nobody may.
    """
    person, clinical = _open(desk, table, row_id)
    hidden = frozenset() if clinical else masking.fields_hidden(BY_TABLE[table])
    with desk.store.reading() as rows:
        unsealed = of_row(desk, rows, table, row_id, person)

        def opened(name: str, value: Value) -> Value:
            return "" if name in hidden else unsealed(name, value)

        return read_history(rows, table, row_id, opened)


@needs(Permission.READ)
def values_of(desk: Desk, table: str, row_id: str) -> dict[str, Value]:
    """What a record holds now, by field name; to be put right in a form.

    Words that can't be opened here come sealed; a form shows an empty field for them.
    Clinical words that this person may not read come empty, and saving them so leaves
    them as they are.

    Raises:
        NotFound: the record is not there (any more), or is of somebody outside the
            caseload.
        NotAllowed: the role may not read such records.
    """
    person, clinical = _open(desk, table, row_id)
    with desk.store.reading() as rows:
        record = get(rows, BY_TABLE[table], row_id)
        return for_form(desk, masking.masked(record, clinical=clinical), person)


def _open(desk: Desk, table: str, row_id: str) -> tuple[str, bool]:
    """Whose a record is, and whether clinical words in it are read; then it is noted.

    Records of nobody, such as contracts, are for those who change settings.
    """
    if issubclass(BY_TABLE[table], _NEVER_SHOWN):
        raise NotAllowed(
            f"{BY_TABLE[table].LABEL}: this is shown to nobody.",
            "Nothing was changed. The return page shows what was issued.",
        )
    if way_to_client(table) is None:
        refuse_without(desk, Permission.CHANGE_SETTINGS)
        return "", True
    refuse_without(desk, Permission.SEE_OWN, *_ALSO.get(BY_TABLE[table], ()))
    with desk.store.reading() as rows:
        person = caseload.require_row(desk, rows, table, row_id)
        clinical = caseload.sees_clinical(desk, rows, person)
    if not clinical and issubclass(BY_TABLE[table], masking.WHOLE):
        raise NotAllowed(
            why_not(desk, Permission.READ_CLINICAL)
            or "Clinical records are read by who works with the person.",
            "Nothing was changed.",
        )
    if person:
        looks.opened(desk, person)
    return person, clinical
