"""What happened to a record: when, by whom, what it said before, and why.

Sealed words are opened for those who hold the key; clinical words are left out for
those who may not read them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    DisclosureRequest,
    Episode,
    IssuedReturn,
    JusticeStep,
    PersonMerge,
    Phase,
    ReturnKey,
    SupportTag,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import HistoryLine
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes.unsealing import for_form, of_row
from provider_desk.services.own_reasons import OWN_REASONS
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import (
    Permission,
    needs,
    refuse_without,
    why_not,
)
from provider_desk.store.history import WHY
from provider_desk.store.history import history as read_history
from provider_desk.store.queries.caseload import way_to_client
from provider_desk.store.queries.merged import also_known, kept_now
from provider_desk.store.records import get

#: The key of the rounding, and exact figures beside it.
_NEVER_SHOWN = (ReturnKey, IssuedReturn)

#: What else is needed to read records of a kind; others see only that one is open.
_ALSO: Mapping[type[Record], tuple[Permission, ...]] = {
    DisclosureRequest: (Permission.HANDLE_REQUESTS,),
    # It holds what both records said, and the other one may be another caseload's.
    PersonMerge: (Permission.MERGE_PEOPLE,),
}

#: What only the program reads: rows and values, so that two are taken apart again.
_INNER = ("moved", "gone_id")

#: Records without clinical words that change by one deed, and for one reason, with
#: those that have some.
_TOGETHER = (Episode, JusticeStep, Phase, SupportTag, WaitingEntry)

#: Names of the deeds between which two people had one record.
PUT_TOGETHER, TAKE_APART = "put records together", "take records apart"

#: Stands for a reason that may hold clinical words, for who reads none.
KEPT_BACK = "Given, and read by who works with the person."


@needs(Permission.READ)
def history(desk: Desk, table: str, row_id: str) -> list[HistoryLine]:
    """Every deed that touched a record, oldest first, in words.

    Raises:
        NotFound: it is of somebody outside the caseload, or not there.
        NotAllowed: the role may not read such records, or nobody may.
    """
    person, clinical = _open(desk, table, row_id)
    waiting = masking.reads_waiting(desk)
    hidden: frozenset[str] = frozenset()
    if not clinical:
        hidden = masking.fields_hidden(BY_TABLE[table], waiting=waiting)
    goes_with = bool(hidden) or (not clinical and BY_TABLE[table] in _TOGETHER)
    with desk.store.reading() as rows:
        unsealed = of_row(desk, rows, table, row_id, person)

        def opened(name: str, value: Value) -> Value:
            if name == WHY and goes_with and not _is_own(value):
                return KEPT_BACK
            left_out = name in hidden or name in _INNER
            return "" if left_out else unsealed(name, value)

        lines = read_history(rows, table, row_id, opened)
        if BY_TABLE[table] is Client and _was_a_stranger(desk, rows, row_id):
            return list(_without_the_other(lines))
        return lines


def _was_a_stranger(desk: Desk, rows: Rows, client_id: str) -> bool:
    """Whether this was one with the record of somebody outside the caseload."""
    now = {kept_now(rows, each) for each in also_known(rows, client_id)}
    return any(
        each != client_id and not caseload.holds(desk, rows, each) for each in now
    )


def _without_the_other(lines: Iterable[HistoryLine]) -> Iterator[HistoryLine]:
    """What was done, without what the record said while it was two people's."""
    together = 0
    for line in lines:
        together += line.deed == PUT_TOGETHER
        yield replace(line, fields=()) if together else line
        together -= line.deed == TAKE_APART


def _is_own(reason: Value) -> bool:
    """Whether the program gave a reason itself, or there is none."""
    said = {each for each in str(reason or "").split("; ") if each}
    return said <= OWN_REASONS


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
        waiting = masking.reads_waiting(desk)
        held = masking.masked(record, clinical=clinical, waiting=waiting)
        shown = for_form(desk, held, person)
        return {name: value for name, value in shown.items() if name not in _INNER}


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
