"""Sessions: finding the case, logging, marking attendance, putting right."""

from collections.abc import Collection, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import ExitStrategy, Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.model.views import Case, Page, SessionRow, Standing
from provider_desk.services import saving
from provider_desk.services.casework import (
    people,
    session_deeds,
    starts,
    support_tags,
)
from provider_desk.services.casework.course import allowance
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes import process_notes
from provider_desk.services.own_reasons import AFTERWARDS
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.deed import Deed
from provider_desk.store.queries import sessions as questions
from provider_desk.store.records import find

#: A case can take a session while it stands so; closed ones come last, if asked for.
_TAKES_SESSIONS = (Standing.LIVE, Standing.WAITING, Standing.AWAITING)

#: Asked for from the first session on. Source: practices, P17.
_EXIT_NEXT = "Next: the exit strategy."

#: How many people a typed name may stand for before the picker stops looking.
_PEOPLE = 60


@needs(Permission.SEE_OWN)
def cases(desk: Desk, text: str, *, count: int = 20) -> list[Case]:
    """Cases of the caseload that a session can be logged for, one's own first.

    Args:
        desk: whose cases come first.
        text: as in ``people.search``; "" gives those worked on lately, and referrals
            received lately for a first appointment.
        count: how many at most.
    """
    worker = desk.user.initials
    if text.strip():
        looks.searched(desk, text)
    with desk.store.reading() as rows:
        mine = caseload.of_desk(desk, rows)
        if text.strip():
            ids = people.ids_of(rows, desk, text, mine, count=_PEOPLE)
            found = questions.cases_of_clients(rows, ids, worker)
            kept = [c for c in found if c.status in (*_TAKES_SESSIONS, "closed")]
            kept.sort(key=_by_relevance)
        else:
            lately = questions.worked_on_lately(rows, desk.today(), worker, mine)
            found = questions.cases_of_referrals(rows, lately, worker)
            place = {referral_id: n for n, referral_id in enumerate(lately)}
            kept = [c for c in found if c.status in _TAKES_SESSIONS]
            kept.sort(key=lambda case: (not case.mine, place[case.referral_id]))
    return kept[:count]


@needs(Permission.SEE_OWN)
def cases_of_person(desk: Desk, client_id: str) -> list[Case]:
    """Cases of one person that a session can be logged for; as ``cases`` orders.

    Raises:
        NotFound: the person is outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.require(desk, rows, client_id)
        found = questions.cases_of_clients(rows, [client_id], desk.user.initials)
    kept = [case for case in found if case.status in _TAKES_SESSIONS]
    return sorted(kept, key=_by_relevance)


def _by_relevance(case: Case) -> tuple[bool, bool, int, str]:
    newest = case.last_session_on or date.min
    return (
        case.status == Standing.CLOSED,
        not case.mine,
        -newest.toordinal(),
        case.name.casefold(),
    )


@needs(Permission.SEE_OWN)
def last_values(desk: Desk, referral_id: str) -> dict[str, Value]:
    """What to begin a new session's form with: as the last one of this case was.

    Without one: the usual kind and length of the area, and one's own staff code.
    Source of the lengths: domain reference, B6.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        area = caseload.within(desk, rows, Referral, referral_id).area
        held = questions.newest(rows, referral_id)
        trial = allowance.usual_bucket(rows, referral_id)
    if held:
        return {**held, "trial": trial}
    therapy = area == "THER"
    return {
        "type": "THERAPY" if therapy else "SUPPORT",
        "mode": "F2F",
        "minutes": 50 if therapy else 60,
        "worker": desk.user.initials,
        "group_code": "",
        "trial": trial,
    }


@needs(Permission.RECORD_SESSIONS)
def log_session(
    desk: Desk,
    referral_id: str,
    values: Mapping[str, Value],
    *,
    process_note: str = "",
    outcomes: Collection[str] = (),
) -> tuple[str, Changed]:
    """Log a session, or book one that lies ahead.

    The first attended session of a kind that starts support makes the episode and
    its core phase, and ends the wait.

    Args:
        desk: who logs it.
        referral_id: whose session.
        values: by field name.
        process_note: words for a process note of the session, sealed and saved with
            it; "" for none.
        outcomes: which of the contract's outcomes it was for, by their codes.

    Returns:
        The session's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it; support can't start.
        NotAllowed: there is a process note, and the role writes none.
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.writing("log session", by=desk.user.id) as deed:
        session, started, warnings = session_deeds.add(desk, deed, referral_id, values)
        process_notes.add_to_session(desk, deed, session, process_note)
        support_tags.add_to_session(desk, deed, session, outcomes)
        whose = session_deeds.code_of(deed, session)
        said = f"Session saved for {whose}: {_in_short(session)}."
        if session.attendance == "BOOKED":
            said = f"Session booked for {whose}: {day(session.held_on)}."
        words = sentences(said, started, _exit_next(deed, session, started))
        return session.id, saving.done(deed, words, warnings)


def _exit_next(rows: Rows, session: Session, started: str) -> str:
    """That an exit strategy is wanted now that support starts, where there is none."""
    if not started or not session.episode_id:
        return ""
    held = find(rows, ExitStrategy, episode_id=session.episode_id)
    return "" if held else _EXIT_NEXT


@needs(Permission.RECORD_SESSIONS)
def record_attendance(
    desk: Desk, session_id: str, code: str, reason: str = AFTERWARDS
) -> Changed:
    """Say afterwards what came of a session, by an addendum.

    One that took place counts before, or after, a trial as the ones before it did.
    Source: practices, P28.

    Raises:
        NotValid: a rule stops it; support can't start.
    """
    values: dict[str, Value] = {"attendance": code}
    return _put_right(desk, session_deeds.RECORD, session_id, values, reason)


@needs(Permission.RECORD_SESSIONS)
def correct_session(
    desk: Desk, session_id: str, values: Mapping[str, Value], reason: str
) -> Changed:
    """Put a session right by an addendum; what it said before stays in its history.

    The episode follows: it moves with its first attended session, and is taken back
    where nobody came after all.

    Raises:
        NotValid: a value or a rule stops it; the reason is missing; other records
            hang on an episode that would be without an attended session.
    """
    return _put_right(desk, "correct session", session_id, values, reason)


def _put_right(
    desk: Desk,
    deed_name: str,
    session_id: str,
    values: Mapping[str, Value],
    reason: str,
) -> Changed:
    marked = deed_name == session_deeds.RECORD
    with desk.store.writing(deed_name, by=desk.user.id) as deed:
        if marked:
            values = {**values, **_trial(desk, deed, session_id, values)}
        session, moved, warnings = session_deeds.put_right(
            desk, deed, session_id, values, reason
        )
        said = f"Session put right: {_in_short(session)}."
        if marked:
            said = f"Attendance saved: {_in_short(session)}."
            if session.trial and starts.came(session.attendance):
                used = allowance.of_referral(deed, session.referral_id)
                said = sentences(said, f"{used.words(session.trial)}.")
        return saving.done(deed, sentences(said, moved), warnings)


def _trial(
    desk: Desk, deed: Deed, session_id: str, values: Mapping[str, Value]
) -> Mapping[str, Value]:
    """Before or after a trial, of a session of which nobody said so yet."""
    held = caseload.within(desk, deed, Session, session_id)
    if held.trial or not starts.came(str(values["attendance"])):
        return {}
    return {"trial": allowance.usual_bucket(deed, held.referral_id)}


@needs(Permission.RECORD_SESSIONS)
def take_back_session(desk: Desk, session_id: str, reason: str) -> Changed:
    """Take back a session that was logged by mistake; its history stays.

    One's own process note of it goes with it.

    Raises:
        NotValid: the reason is missing, or other records hang on an episode that
            would be without an attended session.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back session", desk.user.id) as deed:
        before, moved = session_deeds.take_back(desk, deed, session_id, reason)
        said = f"Session taken back: {_in_short(before)}."
        return saving.done(deed, sentences(said, moved))


def _in_short(session: Session) -> str:
    return f"{label('attendance', session.attendance)}, {day(session.held_on)}"


@needs(Permission.SEE_OWN)
def unrecorded(desk: Desk, *, start: int = 0, count: int = 50) -> Page[SessionRow]:
    """Past sessions of which nobody said what came of them; one's own, oldest first."""
    with desk.store.reading() as rows:
        found, total = questions.without_outcome(
            rows,
            desk.today(),
            caseload.of_desk(desk, rows),
            worker=desk.user.initials,
            start=start,
            count=count,
        )
    return Page(tuple(found), total, start)
