"""Slots of each worker against what is booked, this week and the next four.

Source: practices, P32.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import planning
from provider_desk.store.queries.staff import gone

WEEKS = 5

#: Of sessions that no worker is named for.
NOBODY = "No worker named"


@dataclass(frozen=True, slots=True)
class Week:
    """A worker's week.

    Attributes:
        slots: individual sessions that the worker has; None where none are entered,
            or the worker has left.
        booked: booked or held.
        assessments: booked or held, apart from them.
        assessment_slots: how many the worker has; None where none are entered.
    """

    slots: int | None
    booked: int
    assessments: int
    assessment_slots: int | None

    @property
    def free(self) -> int | None:
        """Slots that are left, negative where more is booked; None without slots."""
        return None if self.slots is None else self.slots - self.booked


@dataclass(frozen=True, slots=True)
class WorkerWeeks:
    """A worker's weeks, this one first."""

    worker: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """Everybody's weeks.

    Attributes:
        mondays: first days of the weeks.
        workers: by name; those with slots or bookings.
        all: everybody together; a week's slots are of those who have some.
    """

    mondays: tuple[date, ...]
    workers: tuple[WorkerWeeks, ...]
    all: WorkerWeeks


@needs(Permission.PLAN)
def booked(desk: Desk) -> Booked:
    """Slots and bookings of this week and the next four, worker by worker."""
    today = desk.today()
    monday = today - timedelta(days=today.weekday())
    mondays = tuple(monday + timedelta(weeks=number) for number in range(WEEKS))
    with desk.store.reading() as rows:
        held = planning.worker_slots(rows)
        found = planning.booked_by_week(rows, monday, WEEKS)
        left = {on: gone(rows, on) for on in mondays}
    here = {each.worker for each in held} - left[monday]
    names = sorted(here | {name for name, _ in found})
    workers = tuple(
        WorkerWeeks(
            name or NOBODY,
            tuple(
                _week(
                    [] if name in left[on] else held,
                    name,
                    on,
                    found.get((name, number), (0, 0)),
                )
                for number, on in enumerate(mondays)
            ),
        )
        for name in names
    )
    together = tuple(
        _together([each.weeks[number] for each in workers]) for number in range(WEEKS)
    )
    return Booked(mondays, workers, WorkerWeeks("Everybody", together))


def _week(
    held: list[planning.Slots], worker: str, monday: date, found: tuple[int, int]
) -> Week:
    sunday = monday + timedelta(days=6)
    standing = [e for e in held if e.worker == worker and e.from_on <= sunday]
    newest = standing[-1] if standing else None
    return Week(
        None if newest is None else newest.weekly,
        found[0],
        found[1],
        None if newest is None else newest.assessments,
    )


def _together(weeks: list[Week]) -> Week:
    slots = [each.slots for each in weeks if each.slots is not None]
    apart = [e.assessment_slots for e in weeks if e.assessment_slots is not None]
    return Week(
        sum(slots) if slots else None,
        sum(each.booked for each in weeks),
        sum(each.assessments for each in weeks),
        sum(apart) if apart else None,
    )
