"""Bookings: one or a row of them, moved, cancelled, taken back.

A row of bookings shares one id in ``Session.series``. It is saved in one deed, so that
one undo takes all of it. What speaks against a day is pointed out before it is saved,
and blocks nothing. Source: practices, P32, P33; domain reference, B6.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.diary import DiarySession, Planned
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.ids import new_id
from provider_desk.model.records import Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework import session_deeds
from provider_desk.services.casework.booking import notice, repeating, stepping
from provider_desk.services.casework.booking.days_off import words_for
from provider_desk.services.casework.booking.repeating import Repeat
from provider_desk.services.casework.booking.week import overlap
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, label, some
from provider_desk.store.queries import diary as questions
from provider_desk.store.store import Deed

#: Names of deeds that one key takes back.
_MOVE, _CANCEL = "move booking", "cancel booking"

#: A booking of which nothing came yet.
_OPEN = ("BOOKED", "UNREC")


@needs(Permission.RECORD_SESSIONS)
def plan(
    desk: Desk, referral_id: str, values: Mapping[str, Value], repeat: Repeat
) -> tuple[Planned, ...]:
    """The days of a row of bookings with what speaks against each.

    Bank holidays and days of a pause are left out unless somebody takes them in again;
    what else is on at that time is only said.

    Args:
        desk: who books.
        referral_id: for whom.
        values: of the booking, by field name; "held_on" is the first day.
        repeat: how it is repeated.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    first = values.get("held_on")
    with desk.store.reading() as rows:
        referral = caseload.within(desk, rows, Referral, referral_id)
        if not isinstance(first, date):
            return ()
        days = repeating.days(first, repeat)
        resting = questions.pauses(rows, referral_id)
        others = _others(rows, days, str(values.get("worker") or ""), referral)
    return tuple(_planned(on, values, resting, others) for on in days)


def _planned(
    on: date,
    values: Mapping[str, Value],
    resting: Sequence[tuple[date, date | None]],
    others: Iterable[DiarySession],
) -> Planned:
    words = words_for(on, resting)
    kept = not words
    words += _clashes(on, values, others)
    return Planned(on, "; ".join(words), kept)


def _others(
    rows: Rows, days: Sequence[date], worker: str, referral: Referral
) -> list[DiarySession]:
    """What else the worker and the person have on these days."""
    found = questions.of_worker_on(rows, days, worker) if worker else []
    theirs = questions.of_people(
        rows,
        [referral.client_id],
        min(days, default=date.max),
        max(days, default=date.min),
    )
    known = {each.session_id for each in found}
    found += [each for each in theirs if each.session_id not in known]
    return found


def _clashes(
    on: date, values: Mapping[str, Value], others: Iterable[DiarySession]
) -> list[str]:
    """What lies over it; people are named by nothing but the time."""
    starts_at = str(values.get("starts_at") or "")
    minutes = values.get("minutes")
    wanted = DiarySession(
        "", "", "", "", "", on, starts_at, "", "", "BOOKED",
        minutes if isinstance(minutes, int) else None, "",
    )  # fmt: skip
    worker = str(values.get("worker") or "")
    found = []
    for other in others:
        if not overlap(wanted, other):
            continue
        if worker and other.worker == worker:
            found.append(f"{worker} has another session at {other.starts_at}")
        else:
            found.append(f"the person has another session at {other.starts_at}")
    return list(dict.fromkeys(found))


@needs(Permission.RECORD_SESSIONS)
def book(
    desk: Desk, referral_id: str, values: Mapping[str, Value], days: Sequence[date]
) -> tuple[str, Changed]:
    """Book a session on each of these days, all or none.

    Args:
        desk: who books.
        referral_id: for whom.
        values: the same for all: time, length, kind, mode, worker.
        days: as somebody kept them of ``plan``.

    Returns:
        The id of the first one, and what changed.

    Raises:
        NotValid: no day is left, a day is past, or a rule stops it.
        NotFound: the referral is not there, or outside the caseload.
    """
    if not days:
        raise saving.stop("held_on", "No day is left to book. Keep at least one.")
    wanted = sorted(set(days))
    if wanted[0] < desk.today():
        raise saving.stop(
            "held_on", f"{day(wanted[0])} is past. Log it as a session instead."
        )
    with desk.store.writing("book sessions", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        others = _others(deed, wanted, str(values.get("worker") or ""), referral)
        series = new_id() if len(wanted) > 1 else ""
        first, warnings = "", []
        for on in wanted:
            given = {**values, "held_on": on, "attendance": "BOOKED", "series": series}
            session, _, more = session_deeds.add(desk, deed, referral_id, given)
            first = first or session.id
            warnings += [*more, *_pointed_out(on, given, others)]
        said = f"Session booked: {day(wanted[0])}."
        if series:
            span = f"{day(wanted[0])} to {day(wanted[-1])}"
            said = f"{some(len(wanted), 'session')} booked: {span}."
        return first, saving.done(deed, said, _once(warnings))


def _pointed_out(
    on: date, values: Mapping[str, Value], others: Iterable[DiarySession]
) -> list[Problem]:
    return [
        Problem("starts_at", f"{day(on)}: {words}.", "warn")
        for words in _clashes(on, values, others)
    ]


def _once(warnings: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(warnings))


@needs(Permission.RECORD_SESSIONS)
def take_back_bookings(desk: Desk, session_id: str, reason: str = UNDONE) -> Changed:
    """Take back a booking and all later ones of its row, as if never booked.

    Raises:
        NotValid: something came of one of them already, or the reason is missing.
        NotFound: it is not there, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back bookings", by=desk.user.id) as deed:
        ids = _row_of(desk, deed, session_id, later=True)
        held = caseload.within(desk, deed, Session, session_id)
        why = saving.why_of(desk, deed, held, reason)
        for each in ids:
            session_deeds.take_back(desk, deed, each, why)
        said = f"{some(len(ids), 'booking')} taken back."
        return saving.done(deed, said)


@needs(Permission.RECORD_SESSIONS)
def later_ones(desk: Desk, session_id: str) -> int:
    """How many later bookings were booked together with one, and are still open."""
    with desk.store.reading() as rows:
        session = caseload.within(desk, rows, Session, session_id)
        if session.attendance not in _OPEN:
            return 0
        return len(_row_of(desk, rows, session_id, later=True)) - 1


def _row_of(desk: Desk, rows: Rows, session_id: str, *, later: bool) -> list[str]:
    """A booking's id, and those of the later ones of its row where they are meant.

    Raises:
        NotValid: something came of it already.
    """
    session = caseload.within(desk, rows, Session, session_id)
    if session.attendance not in _OPEN:
        raise saving.stop(
            "attendance",
            f"This session is no booking any more: {_outcome(session)}. Put it right "
            "in the person's time line.",
        )
    if not (later and session.series):
        return [session_id]
    found = questions.of_series(
        rows, session.referral_id, session.series, session.held_on
    )
    return [session_id, *(each for each, _ in found if each != session_id)]


def _outcome(session: Session) -> str:
    return label("attendance", session.attendance).lower()


@needs(Permission.RECORD_SESSIONS)
def move(
    desk: Desk,
    session_id: str,
    on: date,
    starts_at: str | None,
    *,
    later: bool = False,
) -> tuple[str, Changed]:
    """Move a booking to another day or time; what it said before stays in its history.

    Args:
        desk: who moves it.
        session_id: which one.
        on: its new day.
        starts_at: its new time, None where there is none.
        later: all later ones of its row move by as many days, to the same time.

    Returns:
        The ids of all that moved, apart by blanks, and what changed.

    Raises:
        NotValid: something came of it already, or the new day is past.
        NotFound: it is not there, or outside the caseload.
    """
    if on < desk.today():
        raise saving.stop("held_on", f"{day(on)} is past. Choose a day to come.")
    with desk.store.writing(_MOVE, by=desk.user.id) as deed:
        ids = _row_of(desk, deed, session_id, later=later)
        shift = on - caseload.within(desk, deed, Session, session_id).held_on
        warnings: list[Problem] = []
        for each in ids:
            warnings += _moved(desk, deed, each, shift, starts_at)
        at = f", {starts_at}" if starts_at else ""
        said = f"Booking moved to {day(on)}{at}."
        if len(ids) > 1:
            said += f" {some(len(ids) - 1, 'later one')} moved with it."
        return " ".join(ids), saving.done(deed, said, _once(warnings))


@needs(Permission.RECORD_SESSIONS)
def move_back(desk: Desk, session_ids: str, reason: str = UNDONE) -> Changed:
    """Let bookings that were moved together stand where they stood, each at its time.

    Args:
        desk: who does it.
        session_ids: as ``move`` gave them, apart by blanks.
        reason: why.

    Raises:
        NotValid: something else was recorded of one of them since.
        NotFound: one is not there, or outside the caseload.
    """
    with desk.store.writing("move booking back", by=desk.user.id) as deed:
        ids = session_ids.split()
        held = [
            stepping.step_back(desk, deed, each, (_MOVE,), reason)[0] for each in ids
        ]
        at = f", {held[0].starts_at}" if held[0].starts_at else ""
        said = f"Booking moved back to {day(held[0].held_on)}{at}."
        if len(ids) > 1:
            said += f" {some(len(ids) - 1, 'later one')} moved back with it."
        return saving.done(deed, said)


def _moved(
    desk: Desk, deed: Deed, session_id: str, shift: timedelta, starts_at: str | None
) -> list[Problem]:
    held = caseload.within(desk, deed, Session, session_id)
    values: dict[str, Value] = {
        "held_on": held.held_on + shift,
        "starts_at": starts_at,
        "attendance": "BOOKED",
    }
    session, _, warnings = session_deeds.put_right(
        desk, deed, session_id, values, own_reasons.MOVED
    )
    referral = caseload.within(desk, deed, Referral, session.referral_id)
    others = [
        each
        for each in _others(deed, [session.held_on], session.worker, referral)
        if each.session_id != session_id
    ]
    if shift:
        on, resting = session.held_on, questions.pauses(deed, session.referral_id)
        warnings += [
            Problem("held_on", f"{day(on)}: {words}.", "warn")
            for words in words_for(on, resting)
        ]
    return [*warnings, *_pointed_out(session.held_on, session.values(), others)]


@needs(Permission.RECORD_SESSIONS)
def cancel(
    desk: Desk,
    session_id: str,
    values: Mapping[str, Value],
    *,
    told_ms: int | None = None,
    later: bool = False,
) -> tuple[str, Changed]:
    """Cancel a booking: who did, and why.

    Args:
        desk: who records it.
        session_id: which one.
        values: "attendance" and "cancel_reason".
        told_ms: when we were told, milliseconds since 1970; None for now.
        later: all later ones of its row too. Of those that the person cancels, each is
            in good time or late by its own hour.

    Raises:
        NotValid: the attendance is no cancellation, or something came of it already.
        NotFound: it is not there, or outside the caseload.
    """
    code = str(values.get("attendance") or "")
    if code not in choices("attendance").codes_where("cancelled"):
        raise saving.stop("attendance", "Say who cancelled.")
    told = desk.clock.now_ms() if told_ms is None else told_ms
    reason = values.get("cancel_reason")
    with desk.store.writing(_CANCEL, by=desk.user.id) as deed:
        ids = _row_of(desk, deed, session_id, later=later)
        warnings: list[Problem] = []
        for number, each in enumerate(ids):
            held = caseload.within(desk, deed, Session, each)
            mine = code if number == 0 else _later_code(desk, held, code, told)
            given: dict[str, Value] = {"attendance": mine, "cancel_reason": reason}
            _, _, more = session_deeds.put_right(
                desk, deed, each, given, own_reasons.CANCELLED
            )
            warnings += more
        said = f"{label('attendance', code)}: {some(len(ids), 'session')}."
        return " ".join(ids), saving.done(deed, said, _once(warnings))


def _later_code(desk: Desk, held: Session, code: str, told_ms: int) -> str:
    if code not in (notice.IN_TIME, notice.LATE):
        return code
    hours = desk.provider().notice_hours
    said = notice.proposed(told_ms, held.held_on, held.starts_at or "", hours)
    return said.code or notice.IN_TIME


@needs(Permission.RECORD_SESSIONS)
def book_again(desk: Desk, session_ids: str, reason: str = UNDONE) -> Changed:
    """Put cancelled sessions back to what they were booked as.

    Args:
        desk: who does it.
        session_ids: as ``cancel`` gave them, apart by blanks.
        reason: why.

    Raises:
        NotValid: one of them is not cancelled, or something else was recorded of it
            since.
        NotFound: one is not there, or outside the caseload.
    """
    with desk.store.writing("book again", by=desk.user.id) as deed:
        ids = session_ids.split()
        for each in ids:
            held = caseload.within(desk, deed, Session, each)
            if held.attendance not in choices("attendance").codes_where("cancelled"):
                raise NotValid(
                    [Problem("attendance", f"It is not cancelled: {_outcome(held)}.")]
                )
            stepping.step_back(desk, deed, each, (_CANCEL,), reason)
        said = f"{some(len(ids), 'session')} booked again."
        return saving.done(deed, said)
