"""Invented groups with their registers, and slots of workers, for the demo desk.

Nobody in it exists. It is drawn from its own source of chance after the caseload, so
that what else is on the desk stays as it is.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.records import (
    Closure,
    Contract,
    Episode,
    Group,
    GroupMember,
    Referral,
    Session,
    WorkerSlots,
)
from provider_desk.services.casework.booking.groups import meeting_days
from provider_desk.services.casework.booking.registers import kind_of

#: Worker → individual sessions and assessments a week.
_SLOTS = {"AK": (14, 2), "LB": (16, 1), "DW": (6, 0), "MO": (15, 2), "JT": (12, 0),
          "RS": (12, 1)}  # fmt: skip

#: Name, area of the members, funded, run by, weekday, time, how many members.
_GROUPS = (
    ("Moving on", "THER", "Y", "LB", "WED", "14:00", 6),
    ("Parents and babies", "PES_AD", "N", "MO", "TUE", "10:30", 5),
)
#: The student's people stay the student's own.
_STUDENT = "DW"
_WEEKS = 10
_MINUTES = 90
_ATTENDANCE = ("ATT", "ATT", "ATT", "ATT", "ATT_LATE", "DNA", "CX_CLIENT")


def booking_records(
    seed: int, today: date, desk_id: str, records: Sequence[Record]
) -> Iterator[Record]:
    """Slots, two groups with members, and their registers of some weeks.

    Args:
        seed: the same one draws the same.
        today: registers reach up to yesterday.
        desk_id: goes into the ids.
        records: the caseload; groups take their members from those in support.
    """
    begins = today - timedelta(weeks=_WEEKS)
    for worker, (weekly, assessments) in _SLOTS.items():
        yield WorkerSlots(
            id=derived_id(desk_id, "demo", "slots", worker),
            worker=worker,
            from_on=begins,
            weekly_slots=weekly,
            assessments=assessments,
        )
    contract = next(each for each in records if isinstance(each, Contract))
    chance = Random(f"{seed} booking")  # noqa: S311  (invented)
    for name, area, funded, worker, weekday, time, count in _GROUPS:
        group = Group(
            id=derived_id(desk_id, "demo", "group", name),
            name=name,
            contract_id=contract.id,
            area=area,
            funded=funded,
            worker=worker,
            weekday=weekday,
            starts_at=time,
            minutes=_MINUTES,
            places=8,
            starts_on=begins,
            note="Invented.",
        )
        yield group
        for referral_id, episode_id in _in_support(records, area, begins)[:count]:
            yield from _member(group, referral_id, episode_id, today, chance)


def _in_support(
    records: Sequence[Record], area: str, since: date
) -> list[tuple[str, str]]:
    """Referral and episode of those who were in support all the time, in an area."""
    closed = {each.episode_id for each in records if isinstance(each, Closure)}
    areas = {each.id: each.area for each in records if isinstance(each, Referral)}
    return [
        (each.referral_id, each.id)
        for each in records
        if isinstance(each, Episode)
        and each.id not in closed
        and each.started_on <= since
        and each.worker != _STUDENT
        and areas[each.referral_id] == area
    ]


def _member(
    group: Group, referral_id: str, episode_id: str, today: date, chance: Random
) -> Iterator[Record]:
    yield GroupMember(
        id=derived_id(group.id, "member", referral_id),
        group_id=group.id,
        referral_id=referral_id,
        joined_on=group.starts_on,
    )
    for on in meeting_days(group, group.starts_on, _WEEKS + 1):
        if on >= today:
            return
        yield Session(
            id=derived_id(group.id, "session", referral_id, on.isoformat()),
            referral_id=referral_id,
            episode_id=episode_id if group.funded == "Y" else None,
            held_on=on,
            starts_at=group.starts_at,
            minutes=group.minutes,
            type=kind_of(group),
            mode="F2F",
            attendance=chance.choice(_ATTENDANCE),
            worker=group.worker,
            group_code=group.name,
        )
