"""The service, its staff, its contracts, and what it sent."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from provider_desk.model.fields import (
    Count,
    Day,
    Moment,
    OneOf,
    Record,
    Reference,
    Text,
    YesNo,
)
from provider_desk.model.waiting_rows import SOONER


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Provider(Record):
    """The service whose desk this is; one row."""

    TABLE: ClassVar[str] = "provider"
    LABEL: ClassVar[str] = "Provider"

    name: Annotated[str, Text(label="Name of the service")]
    code: Annotated[
        str, Text(label="Short name", help="Used in file names.", longest=20)
    ]
    word_for_person: Annotated[
        str,
        Text(
            label="Your word for a person you support",
            help="One word, as “survivor” or “client”; it stands in place of “person”.",
            longest=30,
        ),
    ] = "person"
    notice_hours: Annotated[
        int,
        Count(
            label="Notice to cancel in good time",
            help="A session cancelled later than this counts as cancelled late.",
            unit="hours",
            low=0,
            high=168,
        ),
    ] = 24
    contact_every_days: Annotated[
        int,
        Count(
            label="Keep in touch while waiting every",
            help="Today asks for a contact after so many days without one.",
            unit="days",
            low=1,
            high=92,
        ),
    ] = 28
    records_begin_on: Annotated[
        date | None,
        Day(
            label="Complete records begin on",
            help="Months before this are shown as not submitted, never as nil.",
        ),
    ] = None
    invented: Annotated[
        str | None,
        YesNo(label="Everyone on this desk is invented", help="Marks a demo desk."),
    ] = None
    return_due_day: Annotated[
        int,
        Count(
            label="Return due on this day of the next month",
            help="Today reminds you from a week before.",
            low=1,
            high=28,
        ),
    ] = 10
    second_reader: Annotated[
        str | None,
        YesNo(
            label="A second person reads each return before it is signed",
        ),
    ] = None
    triage: Annotated[
        str | None,
        YesNo(
            label=f"Sort the waiting list by {SOONER}",
            help="Off: by the day the referral was received, and nothing else.",
        ),
    ] = None
    trial_sessions: Annotated[
        int,
        Count(
            label="Sessions before a trial, and as many after",
            help="More need a reason; nothing stops them.",
            high=100,
        ),
    ] = 8
    return_contact: Annotated[
        str,
        Text(
            label="Whom the council may ask about a return",
            help="A role, as “Service manager”, not a name.",
            longest=80,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class User(Record):
    """Somebody who signs in."""

    TABLE: ClassVar[str] = "user"
    LABEL: ClassVar[str] = "Member of staff"

    name: Annotated[str, Text(label="Name", longest=80)]
    role: Annotated[str, OneOf(label="Role", choices="role")]
    initials: Annotated[str, Text(label="Initials or staff code", longest=10)] = ""
    ends_on: Annotated[date | None, Day(label="Account ends on", future=True)] = None
    team: Annotated[
        str,
        Text(
            label="Counselling team",
            help="Whose sealed notes they write.",
            longest=20,
        ),
    ] = "main"


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Contract(Record):
    """An agreement with a commissioner. Dates and areas are data, not code."""

    TABLE: ClassVar[str] = "contract"
    LABEL: ClassVar[str] = "Contract"

    reference: Annotated[str, Text(label="Reference", longest=40)]
    title: Annotated[str, Text(label="Title")]
    commissioner: Annotated[str, Text(label="Commissioner")] = ""
    starts_on: Annotated[date | None, Day(label="Starts on", future=True)] = None
    ends_on: Annotated[
        date | None, Day(label="Ends on", help="The last day.", future=True)
    ] = None
    yearly_value: Annotated[
        int | None,
        Count(
            label="Worth",
            help="In whole pounds. It stands in the Office and in no return.",
            unit="£ a year",
            high=100_000_000,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ContractArea(Record):
    """A service area that a contract pays for."""

    TABLE: ClassVar[str] = "contract_area"
    LABEL: ClassVar[str] = "Service area of a contract"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    starts_on: Annotated[
        date | None,
        Day(
            label="Opens on",
            help="Only where the area opens later than the contract.",
            future=True,
        ),
    ] = None
    ends_on: Annotated[
        date | None,
        Day(
            label="Closes on",
            help="The last day, only where the area closes before the contract.",
            future=True,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Capacity(Record):
    """Weekly individual slots from a day on, until the next such row."""

    TABLE: ClassVar[str] = "capacity"
    LABEL: ClassVar[str] = "Capacity"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    from_on: Annotated[date, Day(label="From", future=True)]
    weekly_slots: Annotated[
        int, Count(label="Individual sessions", unit="a week", high=2_000)
    ]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class OpeningBalance(Record):
    """What was open in an area when complete records begin.

    Counted by hand from the old records, so that the first month can be reconciled.
    Source: monthly return, §1.8.
    """

    TABLE: ClassVar[str] = "opening_balance"
    LABEL: ClassVar[str] = "Opening balance"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    on: Annotated[
        date,
        Day(label="At the start of", help="The first day of the first month."),
    ]
    awaiting: Annotated[int, Count(label="Referrals awaiting a decision")]
    waiting: Annotated[int, Count(label="People waiting")]
    live: Annotated[int, Count(label="Live cases")]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnMade(Record):
    """A return that was exported: which, when, by whom, and its hash."""

    TABLE: ClassVar[str] = "return_made"
    LABEL: ClassVar[str] = "Exported return"
    FACT: ClassVar[bool] = True

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, Text(label="Month", longest=7)]
    copy: Annotated[str, OneOf(label="Copy", choices="return_copy")]
    version: Annotated[int, Count(label="Version", low=1)]
    made_at: Annotated[int, Moment(label="Made at")]
    made_by: Annotated[str, Text(label="Made by", longest=80)]
    sha256: Annotated[str, Text(label="Hash of the figures", longest=64)]
