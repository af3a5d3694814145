"""A worker's week and everybody's: what is booked, and what is free.

Somebody limited to a caseload sees their own diary; who may open everybody chooses a
worker. Source: screen specification, "Diary"; practices, P32.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations

from provider_desk.model.bank_holidays import name_of
from provider_desk.model.choices import choices
from provider_desk.model.diary import (
    DiarySession,
    Meeting,
    Week,
    WeekSlots,
    WorkerWeek,
    monday_of,
)
from provider_desk.model.errors import NotAllowed, NotValid, Problem
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.store.queries import diary as questions
from provider_desk.store.queries import groups as group_questions
from provider_desk.store.queries.staff import accounts, gone

_WEEK = timedelta(days=6)
_GROUP_MINUTES = 90
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@needs(Permission.RECORD_SESSIONS)
def week(desk: Desk, on: date, worker: str = "") -> Week:
    """The week of a day.

    Args:
        desk: who looks.
        on: any day of the week.
        worker: initials; "" for one's own.

    Raises:
        NotAllowed: it is somebody else's, and the role is limited to a caseload.
        NotValid: the calendar has no such week.
    """
    whose = _whose(desk, worker)
    monday = _monday_of(on)
    sunday = monday + _WEEK
    with desk.store.reading() as rows:
        # Whoever has no initials has no diary: many sessions name nobody.
        held = questions.of_worker(rows, monday, sunday, whose) if whose else []
        mine = caseload.among(desk, rows, (each.client_id for each in held))
        held = [each for each in held if mine.holds(each.client_id)]
        meetings = _meetings(rows, monday, whose, held) if whose else ()
        clashing = _clashing(rows, held, monday, sunday)
        slots = _slots(rows, monday, whose) if whose else {}
    return Week(
        whose,
        monday,
        tuple(held),
        meetings,
        _slots_of(held, slots.get(whose)),
        holidays_of(monday),
        clashing,
    )


def _monday_of(on: date) -> date:
    """The Monday of a day's week, where the whole week is in the calendar.

    Raises:
        NotValid: it is not; a year so far away is a slip of the keyboard.
    """
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        words = f"The diary goes from {_FIRST_YEAR} to {_LAST_YEAR}. Check the year."
        raise NotValid([Problem("on", words)])
    return monday_of(on)


def _whose(desk: Desk, worker: str) -> str:
    own = desk.user.initials
    if worker and worker != own and not may(desk, Permission.SEE_ALL):
        raise NotAllowed(
            "Your role shows your own diary only.",
            "Nothing was changed. A manager sees everybody's.",
        )
    return worker or own


def holidays_of(monday: date) -> dict[date, str]:
    """The bank holidays of a week."""
    week_days = (monday + timedelta(days=number) for number in range(7))
    return {on: name for on in week_days if (name := name_of(on))}


def takes_time(session: DiarySession) -> bool:
    """Whether a session takes up somebody's time: it was not cancelled."""
    return session.attendance not in choices("attendance").codes_where("cancelled")


def overlap(one: DiarySession, other: DiarySession) -> bool:
    """Whether two sessions of a day lie over each other."""
    together = bool(one.group) and one.group == other.group
    return (
        one.held_on == other.held_on
        and one.begins >= 0
        and other.begins >= 0
        and not together
        and one.begins < other.ends
        and other.begins < one.ends
    )


def _clashing(
    rows: Rows, held: list[DiarySession], first: date, last: date
) -> frozenset[str]:
    """Sessions that lie over another one of the worker or of the same person."""
    timed = [each for each in held if each.begins >= 0 and takes_time(each)]
    if not timed:
        return frozenset()
    found: set[str] = set()
    by_day: dict[date, list[DiarySession]] = {}
    for each in timed:
        by_day.setdefault(each.held_on, []).append(each)
    for of_day in by_day.values():
        for one, other in combinations(of_day, 2):
            if overlap(one, other):
                found |= {one.session_id, other.session_id}
    theirs: dict[str, list[DiarySession]] = {}
    people = {each.client_id for each in timed}
    for each in questions.of_people(rows, people, first, last):
        theirs.setdefault(each.client_id, []).append(each)
    for one in timed:
        for other in theirs.get(one.client_id, ()):
            if one.session_id != other.session_id and overlap(one, other):
                found.add(one.session_id)
    return frozenset(found)


def _slots(rows: Rows, monday: date, worker: str = "") -> dict[str, tuple[int, int]]:
    """Slots of those who are still here in the week."""
    left = gone(rows, monday)
    set_as = questions.slots(rows, monday, worker)
    return {name: each for name, each in set_as.items() if name not in left}


def _slots_of(held: Iterable[DiarySession], slots: tuple[int, int] | None) -> WeekSlots:
    individual = choices("session_type").codes_where("individual")
    taking = [each for each in held if takes_time(each)]
    return WeekSlots(
        slots[0] if slots else None,
        sum(each.type in individual for each in taking),
        slots[1] if slots else None,
        sum(each.type == "ASSESS" for each in taking),
    )


def _meetings(
    rows: Rows, monday: date, worker: str, held: list[DiarySession]
) -> tuple[Meeting, ...]:
    numbers = {v.code: v.flags["number"] for v in choices("weekday").values}
    taken = {(each.group, each.held_on) for each in held if each.group}
    found = []
    for group in group_questions.of_worker(rows, worker):
        number = numbers.get(group.weekday or "")
        if number is None:
            continue
        on = monday + timedelta(days=int(str(number)))
        if group.starts_on <= on and (group.ends_on is None or on <= group.ends_on):
            found.append(
                Meeting(
                    group.id,
                    group.name,
                    on,
                    group.starts_at or "",
                    group.minutes or _GROUP_MINUTES,
                    group_questions.members_on(rows, group.id, on),
                    (group.name, on) in taken,
                )
            )
    return tuple(found)


@needs(Permission.RECORD_SESSIONS)
def workers(desk: Desk, on: date) -> list[tuple[str, str]]:
    """Whose diaries may be looked at: initials and name, one's own first.

    Besides everybody who signs in those who have something in the week of that day.
    """
    own = desk.user.initials
    if not may(desk, Permission.SEE_ALL):
        return [(own, desk.user.name)] if own else []
    monday = _monday_of(on)
    with desk.store.reading() as rows:
        names = _names(rows)
        busy = {each.worker for each in questions.tallies(rows, monday, monday + _WEEK)}
        busy |= _slots(rows, monday).keys()
    known = {
        initials: names.get(initials, initials) for initials in names.keys() | busy
    }
    known.pop(own, None)
    first = [(own, desk.user.name)] if own else []
    return [*first, *sorted(known.items(), key=lambda pair: pair[1].casefold())]


def _names(rows: Rows) -> dict[str, str]:
    return {
        each.initials: each.name
        for each in accounts(rows)
        if each.initials and not each.ended and each.role != "TRUSTEE"
    }


@needs(Permission.RECORD_SESSIONS, Permission.SEE_ALL)
def everybody(desk: Desk, on: date) -> tuple[WorkerWeek, ...]:
    """How full the week of each worker is; the most free slots first.

    Raises:
        NotValid: the calendar has no such week.
    """
    monday = _monday_of(on)
    with desk.store.reading() as rows:
        names = _names(rows)
        held = questions.tallies(rows, monday, monday + _WEEK)
        slots = _slots(rows, monday)
    by_worker: dict[str, list[questions.Tally]] = {}
    for each in held:
        by_worker.setdefault(each.worker, []).append(each)
    found = [
        _line(worker, names, monday, by_worker.get(worker, []), slots)
        for worker in by_worker.keys() | slots.keys()
    ]
    return tuple(sorted(found, key=lambda each: (-each.slots.free, each.worker)))


def _line(
    worker: str,
    names: Mapping[str, str],
    monday: date,
    held: list[questions.Tally],
    slots: Mapping[str, tuple[int, int]],
) -> WorkerWeek:
    days = [0] * 7
    for each in held:
        days[(each.on - monday).days] += each.all
    set_as = slots.get(worker)
    mon, tue, wed, thu, fri, sat, sun = days
    return WorkerWeek(
        worker,
        names.get(worker, worker),
        (mon, tue, wed, thu, fri, sat, sun),
        WeekSlots(
            set_as[0] if set_as else None,
            sum(each.individual for each in held),
            set_as[1] if set_as else None,
            sum(each.assessments for each in held),
        ),
    )
