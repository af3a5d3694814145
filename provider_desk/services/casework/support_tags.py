"""Which of the contract's six outcomes a session was for. Source: domain, A5."""

from collections.abc import Collection
from hashlib import blake2b

from provider_desk.model.changed import Changed
from provider_desk.model.records import Session, SupportTag
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.queries import measuring as questions
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: Why a tag is taken off; it tells nothing of a person.
_OTHERWISE = "it was for something else"


def add_to_session(
    desk: Desk, deed: Deed, session: Session, outcomes: Collection[str]
) -> None:
    """Say what a session was for; each outcome once.

    Args:
        desk: who says so.
        deed: the transaction in which the session was added, or said to take place.
        session: the session.
        outcomes: codes of the value list ``contract_outcome``.

    Raises:
        NotValid: a code is not in the list.
    """
    ever = questions.tags_ever(deed, session.id) if outcomes else {}
    for code in dict.fromkeys(outcomes):
        row_id, stands = ever.get(code, ("", False))
        if row_id and not stands:
            deed.put_back(SupportTag, row_id)
        elif not row_id:
            _add(desk, deed, session.id, code)


def _add(desk: Desk, deed: Deed, session_id: str, code: str) -> None:
    given = {"session_id": session_id, "outcome": code}
    saving.refuse(saving.check(desk, deed, SupportTag, given))
    deed.add(SupportTag.made(given, tag_id(session_id, code)))


@needs(Permission.RECORD_SESSIONS)
def tags_of(desk: Desk, session_id: str) -> tuple[str, ...]:
    """Codes of what a session was for.

    Raises:
        NotFound: the session is outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Session, session_id)
        held = find(rows, SupportTag, session_id=session_id)
    return tuple(sorted(each.outcome for each in held))


@needs(Permission.RECORD_SESSIONS)
def change_tags(
    desk: Desk, session_id: str, *, outcomes: Collection[str] = ()
) -> Changed:
    """Say anew what a session was for; what was said before stays in the history.

    Args:
        desk: who says so.
        session_id: the session.
        outcomes: all of them, by their codes; none takes off what was said.

    Raises:
        NotValid: a code is not in the list.
        NotFound: the session is outside the caseload.
    """
    with desk.store.writing("change what it was for", desk.user.id) as deed:
        caseload.within(desk, deed, Session, session_id)
        ever = questions.tags_ever(deed, session_id)
        for code, (row_id, stands) in ever.items():
            if stands and code not in outcomes:
                deed.retire(SupportTag, row_id, _OTHERWISE)
        for code in dict.fromkeys(outcomes):
            row_id, stands = ever.get(code, ("", False))
            if row_id and not stands:
                deed.put_back(SupportTag, row_id)
            elif not row_id:
                _add(desk, deed, session_id, code)
        words = ", ".join(label("contract_outcome", code) for code in outcomes)
        return saving.done(deed, f"What it was for: {words or 'nothing said'}.")


def tag_id(session_id: str, outcome: str) -> str:
    """The id of a tag: the same on every PC, so that none is there twice."""
    return blake2b(f"{session_id}|{outcome}".encode(), digest_size=16).hexdigest()
