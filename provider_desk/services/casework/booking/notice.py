"""Whether a person cancelled in good time: the provider's notice period.

At or over the period it is a cancellation, under it a late one. The hours are those
that pass, so that the nights on which the clocks change count as they are. Source:
domain reference, B6.
"""

from datetime import date, datetime, time, timedelta

from provider_desk.model.clock import LOCAL, moment
from provider_desk.model.day_words import read_time
from provider_desk.model.diary import Notice
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.records import Session
from provider_desk.model.times import minutes_of
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import some

IN_TIME, LATE = "CX_CLIENT", "CX_CLIENT_LATE"
_HOUR_MS = 3_600_000


def local_ms(on: date, at: str) -> int:
    """The moment of a civil day and time in Britain, milliseconds since 1970.

    An hour that comes twice is taken as the first one.
    """
    minutes = minutes_of(at)
    civil = datetime.combine(on, time(minutes // 60, minutes % 60), LOCAL)
    return int(civil.timestamp() * 1000)


def proposed(told_ms: int, held_on: date, starts_at: str, hours: int) -> Notice:
    """What kind of cancellation it is, by when we were told.

    Args:
        told_ms: when, milliseconds since 1970.
        held_on: the session's day.
        starts_at: its time, "" where none is known.
        hours: the provider's notice period.
    """
    period = f"the notice period is {some(hours, 'hour')}"
    if not starts_at:
        return _without_time(told_ms, held_on, hours, period)
    left = local_ms(held_on, starts_at) - told_ms
    if left < 0:
        return Notice(LATE, f"Told after the session had begun; {period}: late.")
    ahead = f"Told {_ahead(left)} before the session; {period}"
    if left >= hours * _HOUR_MS:
        return Notice(IN_TIME, f"{ahead}: in good time.")
    return Notice(LATE, f"{ahead}: late.")


def _without_time(told_ms: int, held_on: date, hours: int, period: str) -> Notice:
    """Without a time of day it can be told only where any time would give the same."""
    needed = hours * _HOUR_MS
    if local_ms(held_on, "00:00") - told_ms >= needed:
        return Notice(IN_TIME, f"Told in good time for any hour of the day; {period}.")
    if local_ms(held_on + timedelta(days=1), "00:00") - told_ms < needed:
        return Notice(LATE, f"Too late for any hour of the day; {period}.")
    return Notice(
        "", f"The session has no time of day, so say yourself whether; {period}."
    )


def _ahead(ms: int) -> str:
    hours, minutes = divmod(ms // 60_000, 60)
    days, rest = divmod(hours, 24)
    if days > 1:
        return some(days, "day") + (f" and {some(rest, 'hour')}" if rest else "")
    if hours:
        return some(hours, "hour") + (f" {some(minutes, 'minute')}" if minutes else "")
    return some(minutes, "minute")


@needs(Permission.RECORD_SESSIONS)
def notice_of(
    desk: Desk, session_id: str, told_on: date | None = None, told_at: str = ""
) -> Notice:
    """What kind of cancellation it is, where the person cancels a session.

    Args:
        desk: whose notice period and clock.
        session_id: which session.
        told_on: the day on which we were told; None for now.
        told_at: the time of that day, "" for its beginning.

    Raises:
        NotValid: the moment lies ahead, or the time is none.
        NotFound: the session is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        session = caseload.within(desk, rows, Session, session_id)
    return notice_for(desk, session.held_on, session.starts_at or "", told_on, told_at)


@needs(Permission.RECORD_SESSIONS)
def notice_for(
    desk: Desk,
    held_on: date,
    starts_at: str,
    told_on: date | None = None,
    told_at: str = "",
) -> Notice:
    """As ``notice_of``, for a session that is not recorded yet.

    Raises:
        NotValid: the moment lies ahead, or the time is none.
    """
    now = desk.clock.now_ms()
    told = now
    if told_on is not None or told_at:
        at = read_time(told_at or "00:00")
        if at is None:
            raise NotValid([Problem("told_at", "This is no time of day.")])
        told = local_ms(told_on or moment(now).date(), at)
    if told > now:
        raise NotValid([Problem("told_on", "This moment lies ahead of now.")])
    time_known = read_time(starts_at) or ""
    return proposed(told, held_on, time_known, desk.provider().notice_hours)
