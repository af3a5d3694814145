"""The days of a row of bookings: every week, every two or three, or every month."""

from dataclasses import dataclass
from datetime import date, timedelta

from provider_desk.model.errors import Problem
from provider_desk.model.months import add_months
from provider_desk.services.saying import day

#: Repeat → weeks between two; 0 stands for once, a month for -1.
_WEEKS = {"WEEKLY": 1, "FORTNIGHTLY": 2, "THREE_WEEKLY": 3}

#: As many as are ever booked at once.
MOST = 60


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a booking is repeated.

    Attributes:
        every: a code of the list "frequency", "" for once.
        times: how many in all, where ``until`` is not said.
        until: the last day that may be booked.
    """

    every: str = ""
    times: int = 1
    until: date | None = None


def days(first: date, repeat: Repeat) -> list[date]:
    """The days, in order; the first one always.

    Monthly keeps to the weekday and its place in the month: the second Tuesday; a
    fifth one that a month lacks is its last.
    """
    found = [first]
    wanted = MOST if repeat.until is not None else min(max(repeat.times, 1), MOST)
    if repeat.every not in (*_WEEKS, "MONTHLY"):
        return found
    while len(found) < wanted:
        following = _after(first, repeat.every, len(found))
        if following is None:
            break
        if repeat.until is not None and following > repeat.until:
            break
        found.append(following)
    return found


def problems(first: date, repeat: Repeat) -> list[Problem]:
    """What is to be said beside how often a booking is repeated, and until when.

    Args:
        first: the first day.
        repeat: how it is repeated.
    """
    until = repeat.until
    if repeat.every not in (*_WEEKS, "MONTHLY"):
        return []
    if until is None:
        return _of_times(repeat.times)
    if until < first:
        return [Problem("until", f"{day(until)} is before the first session.")]
    booked = days(first, repeat)
    following = _after(first, repeat.every, len(booked))
    if len(booked) < MOST or following is None or following > until:
        return []
    return [
        Problem(
            "until",
            f"{MOST} sessions at most are booked at once: these end on "
            f"{day(booked[-1])}. Book again from there for the rest.",
            "warn",
        )
    ]


def _of_times(times: int) -> list[Problem]:
    if times < 1:
        return [Problem("times", "Say how many, or until when.")]
    if times > MOST:
        words = f"{MOST} sessions at most are booked at once. Book again for the rest."
        return [Problem("times", words)]
    return []


def _after(first: date, every: str, number: int) -> date | None:
    """The day ``number`` repeats after the first; None past the calendar's end."""
    try:
        if every in _WEEKS:
            return first + timedelta(weeks=_WEEKS[every] * number)
        month = add_months(first.replace(day=1), number)
        place = (first.day - 1) // 7
        on = month + timedelta(days=(first.weekday() - month.weekday()) % 7)
        on += timedelta(weeks=place)
        return on if on.month == month.month else on - timedelta(weeks=1)
    except (OverflowError, ValueError):
        return None
