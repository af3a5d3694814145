"""Groups with their registers, and each worker's slots.

Source: practices, P31, P32; domain reference, B6.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from provider_desk.model.fields import (
    Count,
    Day,
    OneOf,
    Record,
    Reference,
    Text,
    TimeOfDay,
    YesNo,
)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Group(Record):
    """A group that meets: who runs it, when, and whether a contract pays for it."""

    TABLE: ClassVar[str] = "support_group"
    LABEL: ClassVar[str] = "Group"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("contract_id",),
        ("name",),
        ("worker", "id"),
    )

    name: Annotated[
        str, Text(label="Name", help="Sessions carry it as their group.", longest=60)
    ]
    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    funded: Annotated[str, YesNo(label="The contract pays for it")]
    worker: Annotated[
        str, Text(label="Run by", help="Initials of the worker.", longest=40)
    ] = ""
    weekday: Annotated[str | None, OneOf(label="Meets on", choices="weekday")] = None
    starts_at: Annotated[str | None, TimeOfDay(label="Start")] = None
    minutes: Annotated[int | None, Count(label="Length", unit="minutes", high=600)] = (
        None
    )
    places: Annotated[int | None, Count(label="Places", low=1, high=200)] = None
    starts_on: Annotated[date, Day(label="First on", future=True)]
    ends_on: Annotated[
        date | None, Day(label="Last on", help="The last day.", future=True)
    ] = None
    note: Annotated[str, Text(label="Note", lines=2)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class GroupMember(Record):
    """Somebody's place in a group, by the referral that the work belongs to."""

    TABLE: ClassVar[str] = "group_member"
    LABEL: ClassVar[str] = "Place in a group"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("group_id", "joined_on", "left_on"),
        ("referral_id", "left_on"),
    )

    group_id: Annotated[str, Reference(label="Group", to="support_group")]
    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    joined_on: Annotated[date, Day(label="Joined on", future=True)]
    left_on: Annotated[
        date | None, Day(label="Left on", help="The last day.", future=True)
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WorkerSlots(Record):
    """How many individual sessions a worker has a week, until the next such row."""

    TABLE: ClassVar[str] = "worker_slots"
    LABEL: ClassVar[str] = "Slots of a worker"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("worker", "from_on"),)

    worker: Annotated[
        str, Text(label="Worker", help="Initials or staff code.", longest=40)
    ]
    from_on: Annotated[date, Day(label="From", future=True)]
    weekly_slots: Annotated[
        int, Count(label="Individual sessions", unit="a week", high=60)
    ]
    assessments: Annotated[int, Count(label="Assessments", unit="a week", high=60)] = 0
