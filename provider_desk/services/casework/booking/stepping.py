"""Letting a session say again what it said before the deed that touched it last.

Everything that deed changed goes back: attendance, reason, day and time, before or
after a trial, the note. Not by ``undoing``: a session is put right by an addendum with
a reason, its episode begins or ends anew, and the foot says which attendance stands
again and how many sessions before or after a trial are used. Source: screen
specification, "One frame".
"""

from collections.abc import Collection

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value, field_map
from provider_desk.model.records import Session
from provider_desk.services import saving
from provider_desk.services.casework import session_deeds
from provider_desk.services.casework.course import allowance
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import clinical_fields
from provider_desk.services.rights import caseload
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.history import last_change
from provider_desk.store.store import Deed

_INSTEAD = "Put it right in the person's time line."


def was_added_last(deed: Deed, session_id: str, name: str) -> bool:
    """Whether the deed of that name added the session, and nothing came after."""
    last, before = last_change(deed, Session.TABLE, session_id)
    return last == name and not before.keys() - {"episode_id"}


def step_back(
    desk: Desk, deed: Deed, session_id: str, names: Collection[str], reason: str
) -> tuple[Session, str, list[Problem]]:
    """Take back what the last deed said of a session.

    Args:
        desk: who takes it back.
        deed: the transaction.
        session_id: which session.
        names: of the deeds that may be taken back so.
        reason: why.

    Returns:
        The session as it is again, a sentence about an episode that moved, and the
        counter before or after a trial where that changed too; then warnings.

    Raises:
        NotValid: another deed touched it since; the episode can't follow.
        NotFound: it is not there, or outside the caseload.
    """
    held = caseload.within(desk, deed, Session, session_id)
    last, before = last_change(deed, Session.TABLE, session_id)
    if last not in names:
        raise saving.changed_since("The session", _INSTEAD)
    why = saving.why_of(desk, deed, held, reason)
    known = {n: v for n, v in before.items() if n in field_map(Session)}
    clinical = {n: v or "" for n, v in known.items() if n in clinical_fields(Session)}
    if clinical:
        # As they were stored, sealed or not: they are sealed for this very place.
        deed.addendum(Session, session_id, clinical, why)
    plain: dict[str, Value] = {
        n: v for n, v in known.items() if n not in clinical and n != "episode_id"
    }
    session, moved, warnings = session_deeds.put_right(
        desk, deed, session_id, plain, why
    )
    return session, sentences(moved, _counter(deed, held, session)), warnings


def _counter(deed: Deed, held: Session, session: Session) -> str:
    """How many are used now, where the session counted before or after a trial."""
    if not held.trial or (held.trial, held.attendance) == (
        session.trial,
        session.attendance,
    ):
        return ""
    used = allowance.of_referral(deed, session.referral_id)
    return f"{used.words(held.trial)}."


def as_before(session: Session) -> str:
    """What a session says again: “booked, Tue 1 May 2018”."""
    said = label("attendance", session.attendance).lower()
    return f"{said}, {day(session.held_on)}"
