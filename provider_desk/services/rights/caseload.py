"""Whom somebody may open: their own caseload, or everybody, and leave for one person.

Every service that lists, searches, counts or opens people asks here. The limit is a
rule of the program with a log of who looked behind it; it is no lock against somebody
who has the store's key. Source: security design, §1; domain reference, A6.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Record
from provider_desk.model.looks import LookKind
from provider_desk.model.records import BY_TABLE, CaseAccess, Client, User
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    permissions_of,
)
from provider_desk.services.saying import day
from provider_desk.store.queries import caseload as questions
from provider_desk.store.queries.caseload import Caseload, Scope
from provider_desk.store.queries.people import id_of_code
from provider_desk.store.records import find, get

R = TypeVar("R", bound=Record)

_ADVICE = (
    "It may have been removed, or be somebody else's. Search for the person's exact "
    "code: there you can say why you need to open the record."
)


def scope_of(desk: Desk) -> Scope | None:
    """How far the person at this desk sees; None where there is no limit."""
    if may(desk, Permission.SEE_ALL):
        return None
    user = desk.user
    return Scope(
        user=user.id if may(desk, Permission.SEE_OWN) else "",
        worker=user.initials,
        on=desk.today(),
        waiting=may(desk, Permission.SEE_WAITING),
    )


def of_desk(desk: Desk, rows: Rows) -> Caseload:
    """The people that the person at this desk may be shown, for lists and counts."""
    return questions.of_scope(rows, scope_of(desk))


def among(desk: Desk, rows: Rows, client_ids: Iterable[str]) -> Caseload:
    """Those of some people that the person at this desk may be shown.

    For a list of a few: a caseload, or a waiting list, is never read for it.
    """
    return questions.among(rows, scope_of(desk), client_ids)


def holds(desk: Desk, rows: Rows, client_id: str) -> bool:
    """Whether the person at this desk may open somebody."""
    scope = scope_of(desk)
    return scope is None or questions.is_in(rows, scope, client_id)


def require(desk: Desk, rows: Rows, client_id: str) -> None:
    """Stop where somebody is outside the caseload of the person at this desk.

    Raises:
        NotFound: in the words that stand for an id which is not there at all.
    """
    if not holds(desk, rows, client_id):
        raise _not_yours(Client)


def require_row(desk: Desk, rows: Rows, table: str, row_id: str) -> str:
    """Stop where a row is of somebody outside the caseload; else say whose it is.

    Returns:
        The person's id, "" for an id that is not there and an unlimited role.

    Raises:
        NotFound: in the words that stand for an id which is not there at all.
        LookupError: rows of this table belong to nobody.
    """
    client_id = questions.client_of(rows, table, row_id)
    if not holds(desk, rows, client_id):
        raise _not_yours(BY_TABLE[table])
    return client_id


def within(desk: Desk, rows: Rows, record_type: type[R], row_id: str) -> R:
    """The record with an id, which must be of somebody within the caseload.

    Raises:
        NotFound: it is not there, was retired, or is of somebody else's caseload.
    """
    if scope_of(desk) is not None:
        require_row(desk, rows, record_type.TABLE, row_id)
    return get(rows, record_type, row_id)


def sees_clinical(desk: Desk, rows: Rows, client_id: str) -> bool:
    """Whether the person at this desk may read clinical words about somebody.

    Whoever sees somebody only because they are on the waiting list reads none.
    Source: domain reference, A6, waiting-list worker.
    """
    if not may(desk, Permission.READ_CLINICAL):
        return False
    scope = scope_of(desk)
    return scope is None or questions.is_own(rows, scope, client_id)


def reads_clinical_of(desk: Desk, rows: Rows, record: Record) -> bool:
    """Whether the person at this desk may read the clinical words of a record."""
    client_id = questions.client_of(rows, record.TABLE, record.id)
    return sees_clinical(desk, rows, client_id)


def _not_yours(record_type: type[Record]) -> NotFound:
    label = record_type.LABEL.lower()
    return NotFound(
        f"This {label} is not on the desk, or not in your caseload.", _ADVICE
    )


@needs(Permission.SEE_OWN, Permission.ASK_OUTSIDE)
def ask_for_access(desk: Desk, person: str, reason: str) -> Changed:
    """Open somebody outside one's own caseload until the end of the day.

    It is written down first, with the reason, where a manager reads it.

    Args:
        desk: who needs to.
        person: the id that a search gave, or the exact code.
        reason: why, in a few words.

    Raises:
        NotValid: the reason is missing.
        NotFound: nobody on this desk has that code.
    """
    why = _reason(reason)
    with desk.store.reading() as rows:
        client_id = _id_of(rows, person)
    looks.note(desk, LookKind.OUTSIDE, table=Client.TABLE, row_id=client_id, reason=why)
    return _give(
        desk,
        CaseAccess(
            client_id=client_id,
            user_id=desk.user.id,
            from_on=desk.today(),
            until_on=desk.today(),
            reason=why,
        ),
        "You can open this record until the end of the day.",
    )


def _id_of(rows: Rows, person: str) -> str:
    client_id = id_of_code(rows, person.strip()) if person.strip() else ""
    if not client_id and find(rows, Client, id=person):
        client_id = person
    if not client_id:
        raise NotFound(
            "Nobody on this desk has this code.", "Check it letter by letter."
        )
    return client_id


def _reason(reason: str) -> str:
    if not reason.strip():
        raise saving.stop("reason", "Say why this record has to be opened.")
    return reason.strip()


def _give(desk: Desk, access: CaseAccess, said: str) -> Changed:
    with desk.store.writing("give access", by=desk.user.id) as deed:
        saving.add(desk, deed, CaseAccess, access.values())
        return saving.done(deed, said)


@needs(Permission.SEE_ALL, Permission.APPROVE)
def give_access(
    desk: Desk, client_id: str, user_id: str, until_on: date, reason: str
) -> Changed:
    """Let a colleague open somebody outside their caseload, up to a day.

    Raises:
        NotValid: the reason is missing, the day is past, or the colleague's role
            opens nobody.
        NotFound: the person or the colleague is not on this desk.
    """
    why = _reason(reason)
    with desk.store.reading() as rows:
        code = get(rows, Client, client_id).code
        colleague = get(rows, User, user_id)
    if until_on < desk.today():
        raise saving.stop("until_on", "This day is past.")
    if Permission.SEE_OWN not in permissions_of(colleague.role):
        raise saving.stop("user_id", f"The role of {colleague.name} opens nobody.")
    _noted(desk, f"access for {colleague.name} until {day(until_on)}", client_id, why)
    access = CaseAccess(
        client_id=client_id,
        user_id=user_id,
        from_on=desk.today(),
        until_on=until_on,
        reason=why,
    )
    said = f"{colleague.name} can open {code} until {day(until_on)}."
    return _give(desk, access, said)


@needs(Permission.SEE_ALL, Permission.APPROVE)
def end_access(desk: Desk, access_id: str, reason: str) -> Changed:
    """Take back leave that was given; what was opened meanwhile stays in the log.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not there, or was taken back already.
    """
    why = _reason(reason)
    with desk.store.reading() as rows:
        access = get(rows, CaseAccess, access_id)
    _noted(desk, "access taken back", access.client_id, why)
    with desk.store.writing("take back access", desk.user.id, why) as deed:
        deed.retire(CaseAccess, access_id, why)
        return saving.done(deed, "Access taken back.")


def _noted(desk: Desk, about: str, client_id: str, reason: str) -> None:
    looks.note(
        desk,
        LookKind.RIGHTS,
        table=Client.TABLE,
        row_id=client_id,
        about=about,
        reason=reason,
    )


@needs(Permission.SEE_ALL, Permission.APPROVE)
def access_given(desk: Desk, client_id: str = "") -> list[CaseAccess]:
    """Leave that holds today, newest first; to one person's record, or to all."""
    with desk.store.reading() as rows:
        found = (
            find(rows, CaseAccess, client_id=client_id)
            if client_id
            else find(rows, CaseAccess)
        )
    today = desk.today()
    return [each for each in reversed(found) if each.from_on <= today <= each.until_on]
