"""Saying what came of a booked session: in place, with its note, in one deed."""

from collections.abc import Collection, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.diary import DiarySession
from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Value
from provider_desk.model.records import Session, SupportTag
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework import session_deeds, support_tags
from provider_desk.services.casework.booking import stepping
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, label, sentences
from provider_desk.store.history import last_deed
from provider_desk.store.queries import diary as questions
from provider_desk.store.records import find


@needs(Permission.RECORD_SESSIONS)
def booked(desk: Desk, session_id: str) -> DiarySession:
    """A session as the diary shows it.

    Raises:
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Session, session_id)
        found = questions.by_id(rows, session_id)
    if not found:
        raise NotFound(
            "This session is not on the desk any more.", "Look again in the diary."
        )
    return found[0]


@needs(Permission.RECORD_SESSIONS)
def complete(
    desk: Desk,
    session_id: str,
    values: Mapping[str, Value],
    *,
    process_note: str = "",
    outcomes: Collection[str] = (),
) -> tuple[str, Changed]:
    """Say what came of a booked session; the booking becomes the session.

    Args:
        desk: who records it.
        session_id: the booking.
        values: by field name; those left out stay as they were booked.
        process_note: words for a sealed note of it, "" for none.
        outcomes: which of the contract's outcomes it was for, by their codes.

    Raises:
        NotValid: a value or a rule stops it; support can't start.
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.writing(session_deeds.RECORD, by=desk.user.id) as deed:
        session, moved, warnings = session_deeds.put_right(
            desk, deed, session_id, values, own_reasons.TOOK_PLACE
        )
        process_notes.add_to_session(desk, deed, session, process_note)
        support_tags.add_to_session(desk, deed, session, outcomes)
        word = label("attendance", session.attendance)
        whose = session_deeds.code_of(deed, session)
        said = f"Session saved for {whose}: {word}, {day(session.held_on)}."
        return session_id, saving.done(deed, sentences(said, moved), warnings)


@needs(Permission.RECORD_SESSIONS)
def open_again(desk: Desk, session_id: str, reason: str = UNDONE) -> Changed:
    """Take back what was said of a booking: all of its form, its note and outcomes.

    Raises:
        NotValid: something else was recorded of it since; other records hang on an
            episode that would be without a session.
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.writing("open booking again", by=desk.user.id) as deed:
        with_it = last_deed(deed, Session.TABLE, session_id)
        for each in find(deed, SupportTag, session_id=session_id):
            if last_deed(deed, SupportTag.TABLE, each.id) == with_it:
                deed.retire(SupportTag, each.id, UNDONE)
        session, more, warnings = stepping.step_back(
            desk, deed, session_id, (session_deeds.RECORD,), reason
        )
        why = saving.why_of(desk, deed, session, reason)
        process_notes.take_back_with_session(desk, deed, session_id, why)
        said = f"Taken back: {stepping.as_before(session)}."
        return saving.done(deed, sentences(said, more), warnings)


@needs(Permission.RECORD_SESSIONS)
def take_back_mark(desk: Desk, session_id: str, reason: str = UNDONE) -> Changed:
    """Take back an attendance that one key marked, and all that came with it.

    Raises:
        NotValid: something else was recorded of it since; other records hang on an
            episode that would be without a session.
        NotFound: it is not there, or outside the caseload.
    """
    with desk.store.writing("take back attendance", by=desk.user.id) as deed:
        session, more, warnings = stepping.step_back(
            desk, deed, session_id, (session_deeds.RECORD,), reason
        )
        said = f"Attendance taken back: {stepping.as_before(session)}."
        return saving.done(deed, sentences(said, more), warnings)
