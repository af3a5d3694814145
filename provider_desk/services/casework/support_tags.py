"""Which of the contract's six outcomes a session was for. Source: domain, A5."""

from collections.abc import Collection
from hashlib import blake2b

from provider_desk.model.records import Session, SupportTag
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.store.store import Deed


def add_to_session(
    desk: Desk, deed: Deed, session: Session, outcomes: Collection[str]
) -> None:
    """Say what a new session was for; each outcome once.

    Args:
        desk: who says so.
        deed: the transaction in which the session was added.
        session: the new session.
        outcomes: codes of the value list ``contract_outcome``.

    Raises:
        NotValid: a code is not in the list.
    """
    for code in dict.fromkeys(outcomes):
        given = {"session_id": session.id, "outcome": code}
        saving.refuse(saving.check(desk, deed, SupportTag, given))
        deed.add(SupportTag.made(given, tag_id(session.id, code)))


def tag_id(session_id: str, outcome: str) -> str:
    """The id of a tag: the same on every PC, so that none is there twice."""
    return blake2b(f"{session_id}|{outcome}".encode(), digest_size=16).hexdigest()
