"""What the diary shows: a week of a worker, everybody's week, a row of bookings."""

from dataclasses import dataclass
from datetime import date, timedelta

from provider_desk.model.times import minutes_of

#: How long a session takes up where nobody said, in minutes.
USUAL_MINUTES = 60


@dataclass(frozen=True, slots=True)
class DiarySession:
    """A session in the diary; type, mode and attendance are codes.

    Attributes:
        series: id that it shares with those booked together with it, "" for none.
        group: the group's name, where it is one.
    """

    session_id: str
    client_id: str
    referral_id: str
    code: str
    name: str
    held_on: date
    starts_at: str
    type: str
    mode: str
    attendance: str
    minutes: int | None
    worker: str
    group: str = ""
    series: str = ""

    @property
    def begins(self) -> int:
        """Minutes since midnight; -1 where no time is known."""
        return minutes_of(self.starts_at) if self.starts_at else -1

    @property
    def ends(self) -> int:
        """Minutes since midnight at which it is over; -1 where no time is known."""
        if not self.starts_at:
            return -1
        return self.begins + (self.minutes or USUAL_MINUTES)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group's meeting on a day of its week; not a record, it follows from its day."""

    group_id: str
    name: str
    held_on: date
    starts_at: str
    minutes: int
    members: int
    taken: bool


@dataclass(frozen=True, slots=True)
class WeekSlots:
    """Slots of a worker in a week against what is booked. Source: practices, P32.

    Attributes:
        slots: individual sessions a week; None where nobody said.
        booked: individual sessions that were not cancelled.
        assessment_slots: assessments a week; None where nobody said.
        assessments: assessments that were not cancelled.
    """

    slots: int | None
    booked: int
    assessment_slots: int | None
    assessments: int

    @property
    def free(self) -> int:
        """Slots that are left, at least 0; 0 where nobody said how many there are."""
        return max(0, (self.slots or 0) - self.booked)

    def in_words(self) -> str:
        """Such as "11 of 14 booked, 3 free · 1 of 2 assessments"."""
        if self.slots is None:
            words = f"{self.booked} booked, slots not set"
        elif self.booked > self.slots:
            words = (
                f"{self.booked} booked, {self.booked - self.slots} over {self.slots}"
            )
        else:
            words = f"{self.booked} of {self.slots} booked, {self.free} free"
        if self.assessment_slots or self.assessments:
            of = f" of {self.assessment_slots}" if self.assessment_slots else ""
            noun = "assessment" if self.assessments == 1 and not of else "assessments"
            words += f" · {self.assessments}{of} {noun}"
        return words


@dataclass(frozen=True, slots=True)
class Week:
    """A worker's week, Monday to Sunday.

    Attributes:
        worker: initials; "" for somebody without any, whose diary is empty.
        sessions: by day and time; those without a time first.
        holidays: day → name of the bank holiday.
        clashes: ids of sessions that overlap another one, of the worker or the person.
    """

    worker: str
    monday: date
    sessions: tuple[DiarySession, ...]
    meetings: tuple[Meeting, ...]
    slots: WeekSlots
    holidays: dict[date, str]
    clashes: frozenset[str] = frozenset()

    def day(self, number: int) -> date:
        """A day of it, 0 for Monday."""
        return self.monday + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class WorkerWeek:
    """A line of everybody's week.

    Attributes:
        days: sessions that were not cancelled, Monday to Sunday.
    """

    worker: str
    name: str
    days: tuple[int, int, int, int, int, int, int]
    slots: WeekSlots


@dataclass(frozen=True, slots=True)
class Planned:
    """A day of a row of bookings, before it is saved.

    Attributes:
        words: what speaks against it, "" for nothing.
        kept: whether it is booked unless somebody says otherwise.
    """

    on: date
    words: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether somebody cancelled in good time.

    Attributes:
        code: of the attendance that is proposed, "" where it can't be told.
        words: why, in a sentence.
    """

    code: str
    words: str


def monday_of(on: date) -> date:
    """The Monday of a day's week."""
    return on - timedelta(days=on.weekday())
