"""What stands in a week: blocks, where they lie beside each other, where one can go.

Worked out without a widget, so that the grid and the list say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.diary import DiarySession, Meeting, Week
from provider_desk.model.fields import Day, shown
from provider_desk.model.times import minutes_of, time_of

#: Hours that are shown even where nothing is in them.
FIRST_HOUR, LAST_HOUR = 8, 20
#: Minutes from one free time to the next.
STEP = 30
_WEEKDAYS = 5
_NINE = 9 * 60
_DAY = Day(label="")

_SIGNS = {
    "ATT": "✓",
    "ATT_LATE": "✓",
    "LATE_NS": "✗",
    "DNA": "✗",
    "CX_CLIENT": "-",
    "CX_CLIENT_LATE": "-",
    "CX_PROV": "-",
    "BOOKED": "○",
    "UNREC": "!",
}

#: Attendance in a word or two: a block is narrow.
_SHORT = {
    "ATT": "came",
    "ATT_LATE": "came late",
    "LATE_NS": "too late",
    "DNA": "did not come",
    "CX_CLIENT": "cancelled",
    "CX_CLIENT_LATE": "cancelled late",
    "CX_PROV": "cancelled by us",
    "BOOKED": "booked",
    "UNREC": "not recorded",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A block: a session, or a group's meeting with all who are in it.

    Attributes:
        begins, ends: minutes since midnight; -1 where no time is known.
        sessions: one, or those of the meeting.
        meeting: None for a session.
        clashes: lies over another one of the worker or the person.
    """

    on: date
    begins: int
    ends: int
    sessions: tuple[DiarySession, ...]
    meeting: Meeting | None = None
    clashes: bool = False

    @property
    def session(self) -> DiarySession | None:
        """The session, None for a meeting."""
        return None if self.meeting else self.sessions[0]

    @property
    def is_open(self) -> bool:
        """Whether it is a booking of which nothing came yet."""
        held = self.session
        return held is not None and held.attendance in ("BOOKED", "UNREC")

    @property
    def attendance(self) -> str:
        """The attendance code; of a meeting whether its register was taken."""
        if self.meeting is None:
            return self.sessions[0].attendance
        return "ATT" if self.meeting.taken else "BOOKED"

    @property
    def sign(self) -> str:
        """A sign for what came of it, so that no colour says it alone."""
        return _SIGNS.get(self.attendance, "○")

    @property
    def key(self) -> str:
        """What it is found again by when the week is shown anew."""
        if self.meeting is not None:
            return f"{self.meeting.name} {self.on}"
        return self.sessions[0].session_id

    def time(self) -> str:
        """Such as "10:00 to 10:50"."""
        if self.begins < 0:
            return "no time"
        return f"{time_of(self.begins)} to {time_of(self.ends)}"

    def who(self, *, hidden: bool) -> str:
        """Whose it is, or which group."""
        if self.meeting is not None:
            return self.meeting.name
        held = self.sessions[0]
        return held.code if hidden or not held.name else held.name

    def kind(self) -> str:
        """What it is, in words."""
        if self.meeting is not None:
            count = self.meeting.members
            return f"Group, {count} {'member' if count == 1 else 'members'}"
        return choices("session_type").label(self.sessions[0].type)

    def state(self) -> str:
        """What came of it, in a word or two."""
        if self.meeting is not None:
            return "register taken" if self.meeting.taken else "no register yet"
        return _SHORT.get(self.attendance, self.attendance)

    def said(self, *, hidden: bool) -> str:
        """All of it in a sentence, for a screen reader and the tooltip."""
        parts = [
            f"{shown(_DAY, self.on)}, {self.time()}",
            self.who(hidden=hidden),
            self.kind(),
            self.state(),
        ]
        if self.meeting is None and self.sessions[0].mode:
            parts.append(choices("session_mode").short(self.sessions[0].mode))
        if self.clashes:
            parts.append("overlaps another session")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the cursor can be: on a block, or at a free time.

    Attributes:
        day: 0 for Monday.
        minute: since midnight; -1 for a block without a time.
    """

    day: int
    minute: int
    entry: Entry | None = None


def entries(week: Week) -> list[Entry]:
    """The blocks of a week, by day and time."""
    found = [_meeting(each, week) for each in week.meetings]
    in_groups = {(each.name, each.held_on) for each in week.meetings}
    loose: dict[tuple[str, date, str], list[DiarySession]] = {}
    for session in week.sessions:
        if session.group and (session.group, session.held_on) in in_groups:
            continue
        if session.group:
            key = (session.group, session.held_on, session.starts_at)
            loose.setdefault(key, []).append(session)
        else:
            clashes = session.session_id in week.clashes
            found.append(
                Entry(
                    session.held_on,
                    session.begins,
                    session.ends,
                    (session,),
                    clashes=clashes,
                )
            )
    for (name, on, starts_at), together in loose.items():
        first = together[0]
        minutes = first.ends - first.begins if starts_at else 0
        meeting = Meeting("", name, on, starts_at, minutes, len(together), taken=True)
        found.append(Entry(on, first.begins, first.ends, tuple(together), meeting))
    return sorted(found, key=lambda each: (each.on, each.begins, each.key))


def _meeting(meeting: Meeting, week: Week) -> Entry:
    held = tuple(
        each
        for each in week.sessions
        if each.group == meeting.name and each.held_on == meeting.held_on
    )
    begins = minutes_of(meeting.starts_at) if meeting.starts_at else -1
    ends = begins + meeting.minutes if meeting.starts_at else -1
    return Entry(meeting.held_on, begins, ends, held, meeting)


def hours(found: Iterable[Entry]) -> tuple[int, int]:
    """First and last hour to show: 8 to 20, more where something lies outside."""
    timed = [each for each in found if each.begins >= 0]
    first = min([FIRST_HOUR, *(each.begins // 60 for each in timed)])
    last = max([LAST_HOUR, *(-(-each.ends // 60) for each in timed)])
    return first, min(last, 24)


def days_shown(week: Week, found: Iterable[Entry], today: date) -> int:
    """7, or 5 where nothing is on at the weekend and it is not today."""
    weekend = {week.day(number) for number in (5, 6)}
    on = any(each.on in weekend for each in found)
    return 7 if on or today in weekend else _WEEKDAYS


#: Blocks that lie over each other, each with its lane from the left.
Crowd = list[tuple[Entry, int]]


def crowds(of_day: Iterable[Entry]) -> list[Crowd]:
    """The blocks of a day, those together that lie over each other."""
    found: list[Crowd] = []
    until = -1
    for each in sorted(of_day, key=lambda entry: (entry.begins, -entry.ends)):
        if each.begins >= until:
            found.append([])
        crowd = found[-1]
        taken = {lane for other, lane in crowd if other.ends > each.begins}
        lane = next(n for n in range(len(crowd) + 1) if n not in taken)
        crowd.append((each, lane))
        until = max(until, each.ends)
    return found


def lanes(of_day: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Key of each block → its lane and how many lanes stand side by side there."""
    return {
        each.key: (lane, max(of for _, of in crowd) + 1)
        for crowd in crowds(of_day)
        for each, lane in crowd
    }


def stops(week: Week, found: Sequence[Entry], day: int) -> list[Stop]:
    """Where the cursor can be on a day, from top to bottom."""
    of_day = [each for each in found if each.on == week.day(day)]
    first, last = hours(found)
    taking = [e for e in of_day if e.begins >= 0 and e.sign != "-"]
    free = [
        Stop(day, minute)
        for minute in range(first * 60, last * 60, STEP)
        if not any(e.begins < minute + STEP and minute < e.ends for e in taking)
    ]
    blocks = [Stop(day, each.begins, each) for each in of_day]
    return sorted(
        [*blocks, *free], key=lambda stop: (stop.minute, stop.entry is not None)
    )


def begin_at(found: Iterable[Entry], on: date) -> int:
    """Where the cursor begins on a day: the first booking to be marked, or nine."""
    waiting = [e.begins for e in found if e.on == on and e.is_open and e.begins >= 0]
    return min(waiting, default=_NINE)


def free_words(on: date, minute: int) -> str:
    """What a free time is called."""
    return f"{shown(_DAY, on)}, {time_of(minute)}, free"
