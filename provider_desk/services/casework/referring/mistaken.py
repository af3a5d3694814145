"""Somebody added by mistake and found later: entered in error, and put back again.

Nothing is deleted: the person's row is retired, with what was only asked or filled in
for them, so that they are in no list, search or figure; the history keeps all of it.
Where work hangs on the record it is no mistake, and is refused. Source: domain
reference, B1; practices, P46.
"""

from collections import Counter

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    BY_TABLE,
    CaseAccess,
    Client,
    Consent,
    JusticeStep,
    ListReview,
    PersonMerge,
    PresentingNeed,
    Referral,
    SafeContact,
    SupportedBy,
    Triage,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import PersonRow, Standing
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import some
from provider_desk.store.history import last_change, last_deed, touch_of
from provider_desk.store.queries import merged as questions
from provider_desk.store.queries import mistaken as retired
from provider_desk.store.records import get

#: The deed's name, by which it is known again.
_DEED = "entered in error"

#: What was only asked or filled in goes with the person; on anything else somebody
#: worked with them.
_GOES_ALONG: tuple[type[Record], ...] = (
    SafeContact,
    CaseAccess,
    Consent,
    SupportedBy,
    JusticeStep,
    Referral,
    WaitingEntry,
    PresentingNeed,
    Triage,
    ListReview,
)

#: A row and the record type it is of.
_Row = tuple[type[Record], str]


@needs(Permission.RECORD_PEOPLE)
def entered_in_error(desk: Desk, client_id: str, reason: str) -> tuple[str, Changed]:
    """Take off somebody who was added by mistake, with their referrals.

    Args:
        desk: who says so.
        client_id: the person.
        reason: how it came.

    Returns:
        The person's id, with which they are put back, and what changed.

    Raises:
        NotValid: the reason is missing, or something hangs on the record.
        NotFound: the person is not there, or outside the caseload.
    """
    why = reason.strip()
    if not why:
        raise saving.stop("reason", "Say how it came, in a few words.")
    with desk.store.writing(_DEED, desk.user.id, why) as deed:
        client = caseload.within(desk, deed, Client, client_id)
        along, hanging = hanging_on(deed, Client, client_id)
        _refuse(client.code, hanging)
        for record_type, row_id in along:
            deed.retire(record_type, row_id, why)
        deed.retire(Client, client_id, why)
        gone = sum(record_type is Referral for record_type, _ in along)
        also = f", with {some(gone, 'referral')}" if gone else ""
        said = f"{client.code} is off the desk{also}. Its code still finds it."
        return client_id, saving.done(deed, said)


def hanging_on(
    rows: Rows, record_type: type[Record], row_id: str
) -> tuple[list[_Row], Counter[str]]:
    """What goes along with a person or a referral, and how much of what does not."""
    along: list[_Row] = []
    hanging: Counter[str] = Counter()
    to_look: list[_Row] = [(record_type, row_id)]
    while to_look:
        record_type, row_id = to_look.pop()
        for other, field in questions.references(record_type.TABLE):
            for each in questions.rows_of(rows, other, field, row_id):
                if other in _GOES_ALONG:
                    along.append((other, each))
                    to_look.append((other, each))
                elif other is not PersonMerge:
                    hanging[other.LABEL.lower()] += 1
                elif _together(rows, each):
                    hanging["record put together with it"] += 1
    return along, hanging


def in_words(hanging: Counter[str]) -> str:
    """What hangs on a record: “session: 2, goal: 1”."""
    return ", ".join(f"{label}: {count}" for label, count in hanging.items())


def _together(rows: Rows, merge_id: str) -> bool:
    held = get(rows, PersonMerge, merge_id)
    return bool(held.moved) and held.undone_on is None


def _refuse(code: str, hanging: Counter[str]) -> None:
    if hanging:
        raise saving.stop(
            "",
            f"Something was recorded on {code} ({in_words(hanging)}). Nothing was "
            "changed. If it is "
            "somebody else's, take it back on the time line first; if the person is "
            "here twice, put the two records together instead.",
        )


@needs(Permission.RECORD_PEOPLE)
def put_back(desk: Desk, client_id: str) -> Changed:
    """Let somebody stand again who was entered in error, with all that went along.

    Raises:
        NotFound: they were not entered in error, or by a colleague whose people are
            not seen here.
    """
    with desk.store.writing("put back person", desk.user.id) as deed:
        number = _entered_in(desk, deed, client_id)
        if not number:
            raise NotFound(
                "Nobody who was entered in error is put back by this.",
                "Nothing was changed. Search for the exact code.",
            )
        along = retired.gone_with(deed, client_id, number)
        # The person first: what is put back refers to somebody who stands.
        deed.put_back(Client, client_id)
        for table, row_id in along:
            deed.put_back(BY_TABLE[table], row_id)
        code = get(deed, Client, client_id).code
        return saving.done(deed, f"{code} is on the desk again.")


def _entered_in(desk: Desk, rows: Rows, client_id: str) -> int:
    """Number of the deed that took somebody off; 0 where this user may not undo it."""
    if last_change(rows, Client.TABLE, client_id)[0] != _DEED:
        return 0
    number = last_deed(rows, Client.TABLE, client_id)
    touch = touch_of(rows, Client.TABLE, client_id, number)
    own = touch is not None and touch.by == desk.user.id
    return number if own or may(desk, Permission.SEE_ALL) else 0


def by_code(desk: Desk, rows: Rows, text: str) -> list[PersonRow]:
    """The line of somebody entered in error, for their exact code; [] for nobody."""
    if not text.strip() or not may(desk, Permission.RECORD_PEOPLE):
        return []
    client_id, code = retired.of_code(rows, text.strip())
    if not client_id or not _entered_in(desk, rows, client_id):
        return []
    return [PersonRow(client_id, code, "", "", Standing.MISTAKEN, "", "")]
