"""What the deeds on sessions share: adding, putting right, taking back, in a deed.

Whoever opened the transaction asked for the permission; whose the session is, is asked
here. Source: domain reference, B3, B6.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.errors import DeskError, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, Episode, Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework import session_checks, starts
from provider_desk.services.casework.course import allowance
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.store.queries import sessions as questions
from provider_desk.store.records import get
from provider_desk.store.store import Deed

#: Name of the deed that says what came of a session; undo looks for it.
RECORD = "record attendance"


def code_of(rows: Rows, session: Session) -> str:
    """Whose session it is, in a way that anybody near the screen may read."""
    referral = get(rows, Referral, session.referral_id)
    return get(rows, Client, referral.client_id).code


def add(
    desk: Desk, deed: Deed, referral_id: str, values: Mapping[str, Value]
) -> tuple[Session, str, list[Problem]]:
    """Add a session, and the episode where it starts one.

    Args:
        desk: who does it.
        deed: the transaction.
        referral_id: whose session.
        values: by field name.

    Returns:
        The session, a sentence about an episode that it started, and warnings.

    Raises:
        NotValid: a value or a rule stops it; support can't start.
        NotFound: the referral is not there, or outside the caseload.
    """
    referral = caseload.within(desk, deed, Referral, referral_id)
    # Whoever logs a session works with the person from now on: the role decides.
    typed = masking.writable(
        Session, values, clinical=may(desk, Permission.READ_CLINICAL)
    )
    given = saving.tidied(Session, {**typed, "referral_id": referral_id})
    given["attendance"] = session_checks.attendance(given, desk.today())
    given["episode_id"] = None
    given["cancel_reason"] = session_checks.cancel_reason(given)
    held_on, kind, code = given.get("held_on"), given.get("type"), given["attendance"]
    more = saving.refuse(
        [
            *saving.check(desk, deed, Session, given),
            *session_checks.after_closing(
                deed, referral_id, held_on, kind, code, logging=True
            ),
            *session_checks.twice(deed, referral_id, held_on, kind),
            *session_checks.too_far_ahead("held_on", held_on, desk.today()),
        ]
    )
    if not isinstance(held_on, date):  # the check above has refused it
        raise DeskError("The session has no date.", "Nothing was saved.")
    episode, started = _episode_for(desk, deed, referral, given, held_on)
    inside = starts.belongs_to(episode, kind, held_on)
    given["episode_id"] = episode.id if episode is not None and inside else None
    session, _ = saving.add(desk, deed, Session, given)
    if started:
        starts.place(deed, referral, episode, started)
    more += [
        *session_checks.missed_in_a_row(deed, session),
        *allowance.past_it(deed, session),
    ]
    return session, started, more


def _episode_for(
    desk: Desk,
    deed: Deed,
    referral: Referral,
    given: Mapping[str, Value],
    held_on: date,
) -> tuple[Episode | None, str]:
    """The referral's episode, made or moved where this session starts it."""
    episode = starts.episode_of(deed, referral.id)
    if not starts.starts(given.get("type"), given.get("attendance")):
        return episode, ""
    if episode is None:
        known = questions.first_attended_on(
            deed, referral.id, since=referral.decided_on
        )
        on = min(known or held_on, held_on)
        worker = str(given.get("worker") or "")
        made = starts.begin(desk, deed, referral, on, worker)
        return made, starts.started_in_words(on, held_on)
    if held_on < episode.started_on:
        return starts.move(desk, deed, episode, held_on)
    return episode, ""


def put_right(
    desk: Desk,
    deed: Deed,
    session_id: str,
    values: Mapping[str, Value],
    reason: str,
) -> tuple[Session, str, list[Problem]]:
    """Put a session right by an addendum, and the episode with it.

    Returns:
        The session, a sentence about an episode that moved, and warnings.

    Raises:
        NotValid: a value or a rule stops it, or the reason is missing.
        NotFound: the session is not there, or outside the caseload.
    """
    before = caseload.within(desk, deed, Session, session_id)
    clinical = caseload.reads_clinical_of(desk, deed, before)
    values = masking.writable(Session, values, clinical=clinical)
    reason = saving.why_of(desk, deed, before, reason)
    was_start = _is_start(deed, before)
    kept = {name: value for name, value in values.items() if name != "referral_id"}
    after = {**before.values(), **saving.tidied(Session, kept)}
    kept["cancel_reason"] = session_checks.cancel_reason(after)
    more = [
        *session_checks.after_closing(
            deed,
            before.referral_id,
            after["held_on"],
            after["type"],
            after["attendance"],
            logging=False,
        ),
        *session_checks.too_far_ahead("held_on", after["held_on"], desk.today()),
    ]
    session, warnings = saving.put_right(
        desk, deed, Session, session_id, kept, reason, more
    )
    referral = get(deed, Referral, before.referral_id)
    moved = starts.follow(desk, deed, referral, session, reason, was_start=was_start)
    warnings += session_checks.missed_in_a_row(deed, session)
    warnings += allowance.past_it(deed, session)
    return session, moved, warnings


def _is_start(rows: Rows, session: Session) -> bool:
    episode = starts.episode_of(rows, session.referral_id)
    return (
        episode is not None
        and starts.starts(session.type, session.attendance)
        and session.held_on == episode.started_on
    )


def take_back(
    desk: Desk, deed: Deed, session_id: str, reason: str
) -> tuple[Session, str]:
    """Take a session back; one's own process note of it goes with it.

    Returns:
        The session as it was, and a sentence about an episode that moved.

    Raises:
        NotValid: other records hang on an episode that would be without an attended
            session.
        NotFound: the session is not there, or outside the caseload.
    """
    before = caseload.within(desk, deed, Session, session_id)
    why = saving.why_of(desk, deed, before, reason)
    was_start = _is_start(deed, before)
    deed.retire(Session, session_id, why)
    process_notes.take_back_with_session(desk, deed, session_id, why)
    referral = get(deed, Referral, before.referral_id)
    moved = starts.follow(desk, deed, referral, before, why, was_start=was_start)
    return before, moved
