"""Every record type, declared once.

Field names are for ever: a field is added, never renamed or given another meaning,
because changes made by older versions name it. Ids refer softly: a row may arrive
before the row it refers to. Source: domain reference, section B.
"""

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
    TimeOfDay,
    YesNo,
)


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
        str, Text(label="Your word for a person you support", longest=30)
    ] = "person"
    notice_hours: Annotated[
        int,
        Count(label="Notice to cancel in good time", unit="hours", low=0, high=168),
    ] = 24
    contact_every_days: Annotated[
        int,
        Count(label="Keep in touch while waiting every", unit="days", low=1, high=92),
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


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class User(Record):
    """Somebody who signs in."""

    TABLE: ClassVar[str] = "user"
    LABEL: ClassVar[str] = "Member of staff"

    name: Annotated[str, Text(label="Name", longest=80)]
    role: Annotated[str, OneOf(label="Role", choices="role")]
    initials: Annotated[str, Text(label="Initials or staff code", longest=10)] = ""
    ends_on: Annotated[date | None, Day(label="Account ends on", future=True)] = None


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


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ContractArea(Record):
    """A service area that a contract pays for."""

    TABLE: ClassVar[str] = "contract_area"
    LABEL: ClassVar[str] = "Service area of a contract"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]


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
class Client(Record):
    """A person who uses, waits for or was referred to the service."""

    TABLE: ClassVar[str] = "client"
    LABEL: ClassVar[str] = "Person"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("code",), ("born_on",))

    code: Annotated[
        str,
        Text(
            label="Code",
            help="Given by the program where none is typed; never made from the name.",
            longest=30,
        ),
    ]
    known_as: Annotated[str, Text(label="Known as", personal=True)] = ""
    given_names: Annotated[str, Text(label="First names", personal=True)] = ""
    family_name: Annotated[str, Text(label="Family name", personal=True)] = ""
    previous_names: Annotated[
        str,
        Text(label="Previous names", help="Used only to find someone.", personal=True),
    ] = ""
    born_on: Annotated[date | None, Day(label="Date of birth", personal=True)] = None
    birth_year: Annotated[
        int | None,
        Count(
            label="Year of birth",
            help="Where the day is not known.",
            low=1900,
            high=2100,
            personal=True,
        ),
    ] = None
    age_band: Annotated[
        str | None,
        OneOf(
            label="Age band",
            choices="age_band",
            help="Where neither day nor year is known.",
            personal=True,
        ),
    ] = None
    address: Annotated[str, Text(label="Address", lines=3, personal=True)] = ""
    postcode: Annotated[str, Text(label="Postcode", longest=12, personal=True)] = ""
    mobile: Annotated[str, Text(label="Mobile", longest=40, personal=True)] = ""
    landline: Annotated[str, Text(label="Landline", longest=40, personal=True)] = ""
    email: Annotated[str, Text(label="Email", longest=200, personal=True)] = ""
    gender: Annotated[
        str | None, OneOf(label="Gender", choices="sex_gender", personal=True)
    ] = None
    gender_same_as_birth: Annotated[
        str | None,
        OneOf(
            label="Same as registered at birth",
            choices="gender_same_as_birth",
            personal=True,
        ),
    ] = None
    ethnic_group: Annotated[
        str | None, OneOf(label="Ethnic group", choices="ethnic_group", personal=True)
    ] = None
    disability: Annotated[
        str | None,
        OneOf(
            label="Condition lasting 12 months or more",
            choices="disability_q1",
            personal=True,
        ),
    ] = None
    disability_effect: Annotated[
        str | None,
        OneOf(
            label="Does it reduce day-to-day activity",
            choices="disability_q2",
            personal=True,
        ),
    ] = None
    disability_type: Annotated[
        str | None,
        OneOf(label="Kind of condition", choices="disability_type", personal=True),
    ] = None
    orientation: Annotated[
        str | None,
        OneOf(label="Sexual orientation", choices="sexual_orientation", personal=True),
    ] = None
    religion: Annotated[
        str | None, OneOf(label="Religion", choices="religion", personal=True)
    ] = None
    access_needs: Annotated[
        str,
        Text(label="Language, interpreter, access needs", lines=2, personal=True),
    ] = ""
    justice_status: Annotated[
        str | None,
        OneOf(
            label="Criminal justice status",
            choices="criminal_justice_status",
            personal=True,
        ),
    ] = None
    stovewood: Annotated[
        str | None,
        OneOf(
            label="Part of Operation Stovewood",
            choices="yes_no_pns_nk",
            personal=True,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SafeContact(Record):
    """Whether and how one channel may be used. Not asked means no."""

    TABLE: ClassVar[str] = "safe_contact"
    LABEL: ClassVar[str] = "Safe contact"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("client_id", "permission"),)

    client_id: Annotated[str, Reference(label="Person", to="client")]
    channel: Annotated[str, OneOf(label="Channel", choices="contact_channel")]
    permission: Annotated[
        str, OneOf(label="Is it safe", choices="safe_contact_permission")
    ]
    rules: Annotated[
        str,
        Text(
            label="Rules",
            help="Days and hours, who may answer, what we say we are, code word.",
            lines=3,
            personal=True,
        ),
    ] = ""
    checked_on: Annotated[date | None, Day(label="Last checked on")] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Referral(Record):
    """A request for one service area for one person. Its day starts the wait."""

    TABLE: ClassVar[str] = "referral"
    LABEL: ClassVar[str] = "Referral"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "received_on"),
        ("received_on", "contract_id", "area", "client_id", "source", "id"),
        ("decided_on", "received_on", "contract_id", "area", "decision", "id"),
        ("reference",),
        ("id", "contract_id", "area", "client_id", "received_on", "source"),
        ("hub_sent_on",),
        ("hub_decided_on",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    received_on: Annotated[
        date,
        Day(label="Received on", help="The day it reached you. The wait starts here."),
    ]
    source: Annotated[str, OneOf(label="Referred by", choices="referral_source")] = "NK"
    reference: Annotated[str, Text(label="Your reference", longest=40)] = ""
    held_by: Annotated[
        str, Text(label="Held meanwhile by", help="Who supports the person until then.")
    ] = ""
    hub_status: Annotated[
        str | None, OneOf(label="With the hub", choices="hub_outcome")
    ] = None
    hub_sent_on: Annotated[date | None, Day(label="Sent to the hub on")] = None
    hub_decided_on: Annotated[date | None, Day(label="Hub's answer on")] = None
    consent: Annotated[
        str | None,
        OneOf(label="The person agreed to the referral", choices="yes_no_nk"),
    ] = None
    decision: Annotated[str, OneOf(label="Decision", choices="referral_decision")] = (
        "PENDING"
    )
    decided_on: Annotated[date | None, Day(label="Decided on")] = None
    decline_reason: Annotated[
        str | None, OneOf(label="Why declined", choices="decline_reason")
    ] = None
    signposted_to: Annotated[
        str, Text(label="Signposted to", help="“None possible” where that is so.")
    ] = ""
    note: Annotated[str, Text(label="Note", lines=3, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WaitingEntry(Record):
    """A place on a contract's waiting list, made by accepting a referral."""

    TABLE: ClassVar[str] = "waiting_entry"
    LABEL: ClassVar[str] = "Place on the waiting list"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "accepted_on", "removed_on", "removal_reason", "id"),
        ("removed_on", "accepted_on", "referral_id"),
        ("removal_reason", "referral_id"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    accepted_on: Annotated[date, Day(label="Accepted on")]
    next_contact_on: Annotated[
        date | None, Day(label="Next contact due", future=True)
    ] = None
    target_offer_on: Annotated[
        date | None, Day(label="Aim to offer a start by", future=True)
    ] = None
    removed_on: Annotated[date | None, Day(label="Left the list on")] = None
    removal_reason: Annotated[
        str | None, OneOf(label="Why they left", choices="wait_removal_reason")
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WaitingContact(Record):
    """A call, message or letter to someone who waits. Stops no clock."""

    TABLE: ClassVar[str] = "waiting_contact"
    LABEL: ClassVar[str] = "Contact while waiting"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "held_on", "result"),
        ("held_on", "referral_id", "result", "method"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    held_on: Annotated[date, Day(label="Date")]
    method: Annotated[str, OneOf(label="How", choices="wait_contact_method")]
    result: Annotated[str, OneOf(label="Result", choices="wait_contact_result")]
    purpose: Annotated[
        str | None, OneOf(label="What it was about", choices="wait_contact_purpose")
    ] = None
    worker: Annotated[str, Text(label="Worker", longest=40)] = ""
    minutes: Annotated[
        int | None, Count(label="Length", unit="minutes", low=0, high=480)
    ] = None
    note: Annotated[str, Text(label="Note", lines=3, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WaitingOffer(Record):
    """A start that was offered to someone who waits."""

    TABLE: ClassVar[str] = "waiting_offer"
    LABEL: ClassVar[str] = "Offer of a start"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id",),
        ("offered_on",),
        ("answered_on", "offered_on"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    offered_on: Annotated[date, Day(label="Offered on")]
    response: Annotated[str, OneOf(label="Answer", choices="offer_response")] = (
        "PENDING"
    )
    answered_on: Annotated[date | None, Day(label="Answered on")] = None
    note: Annotated[str, Text(label="Note", lines=2, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Episode(Record):
    """Support from the first attended session to closure."""

    TABLE: ClassVar[str] = "episode"
    LABEL: ClassVar[str] = "Episode"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "started_on", "id"),
        ("started_on", "referral_id", "id", "worker"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    started_on: Annotated[
        date,
        Day(
            label="Started on",
            help="The first attended support or therapy session.",
        ),
    ]
    worker: Annotated[str, Text(label="Worker", longest=40)] = ""
    frequency: Annotated[str | None, OneOf(label="How often", choices="frequency")] = (
        None
    )
    planned_sessions: Annotated[
        int | None, Count(label="Planned sessions", low=1, high=200)
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Phase(Record):
    """Core or step-down support, from a day on. An episode without one is core."""

    TABLE: ClassVar[str] = "phase"
    LABEL: ClassVar[str] = "Phase"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "started_on", "created", "phase"),
        ("started_on", "episode_id", "phase"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    phase: Annotated[str, OneOf(label="Phase", choices="phase")]
    started_on: Annotated[date, Day(label="From")]
    review_on: Annotated[date | None, Day(label="Review on", future=True)] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Session(Record):
    """One appointment. Put right by an addendum, never edited.

    It hangs on the referral; the episode is empty for an assessment and for what
    was missed before the first attended session.
    """

    TABLE: ClassVar[str] = "session"
    LABEL: ClassVar[str] = "Session"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("held_on", "referral_id", "type", "attendance", "mode", "trial", "group_code"),
        ("referral_id", "held_on", "type", "attendance"),
        ("episode_id", "held_on", "type", "attendance"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    episode_id: Annotated[str | None, Reference(label="Episode", to="episode")] = None
    held_on: Annotated[date, Day(label="Date", future=True)]
    starts_at: Annotated[str | None, TimeOfDay(label="Start")] = None
    type: Annotated[str, OneOf(label="Kind of session", choices="session_type")]
    mode: Annotated[str, OneOf(label="Where or how", choices="session_mode")] = "F2F"
    attendance: Annotated[str, OneOf(label="Attendance", choices="attendance")] = (
        "UNREC"
    )
    minutes: Annotated[
        int | None, Count(label="Length", unit="minutes", low=0, high=600)
    ] = None
    worker: Annotated[str, Text(label="Worker", longest=40)] = ""
    trial: Annotated[
        str | None, OneOf(label="Before or after a trial", choices="trial")
    ] = None
    group_code: Annotated[
        str, Text(label="Group", help="The group's name, where it is one.", longest=60)
    ] = ""
    cancel_reason: Annotated[
        str | None, OneOf(label="Why it was cancelled", choices="cancel_reason")
    ] = None
    note: Annotated[
        str,
        Text(
            label="Note",
            help="Short and factual. Process notes do not belong here.",
            lines=4,
            personal=True,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Score(Record):
    """The total of an outcome measure on a day."""

    TABLE: ClassVar[str] = "score"
    LABEL: ClassVar[str] = "Outcome score"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "scored_on", "instrument", "total", "created"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    instrument: Annotated[str, OneOf(label="Measure", choices="outcome_measure")]
    scored_on: Annotated[date, Day(label="Date")]
    total: Annotated[int, Count(label="Total", low=0, high=100, personal=True)]
    administered: Annotated[
        str | None, OneOf(label="Filled in", choices="administered")
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ExitStrategy(Record):
    """A version of how the person will do without us, and come back if need be."""

    TABLE: ClassVar[str] = "exit_strategy"
    LABEL: ClassVar[str] = "Exit strategy"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "made_on", "created", "review_on", "id"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    made_on: Annotated[date, Day(label="Made on")]
    status: Annotated[str, OneOf(label="Status", choices="exit_strategy_status")] = (
        "DRAFT"
    )
    agreed_on: Annotated[date | None, Day(label="Agreed with the person on")] = None
    success: Annotated[
        str, Text(label="What success means", lines=3, personal=True)
    ] = ""
    signs: Annotated[str, Text(label="Signs of progress", lines=3, personal=True)] = ""
    support_after: Annotated[
        str, Text(label="Who will support afterwards", lines=2, personal=True)
    ] = ""
    warning_signs: Annotated[
        str, Text(label="Warning signs", lines=2, personal=True)
    ] = ""
    way_back: Annotated[str, Text(label="How to come back", lines=2, personal=True)] = (
        ""
    )
    review_on: Annotated[date | None, Day(label="Review on", future=True)] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Exceptional(Record):
    """Why an episode may go past 12 months, who agreed and until when."""

    TABLE: ClassVar[str] = "exceptional"
    LABEL: ClassVar[str] = "Exceptional circumstance"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "approved_on", "review_by"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    reason: Annotated[str, OneOf(label="Reason", choices="exceptional_reason")]
    approved_on: Annotated[date, Day(label="Approved on")]
    approved_by: Annotated[str, Text(label="Approved by", longest=80)] = ""
    review_by: Annotated[
        date | None,
        Day(
            label="Review by",
            help="Valid to the end of this day; without a day it stays valid.",
            future=True,
        ),
    ] = None
    evidence: Annotated[str, Text(label="Evidence", lines=2, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Closure(Record):
    """The end of an episode; that evening the case is no longer live."""

    TABLE: ClassVar[str] = "closure"
    LABEL: ClassVar[str] = "Closing"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "closed_on", "reason"),
        ("closed_on", "episode_id", "reason", "id"),
        ("reason", "episode_id"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    closed_on: Annotated[date, Day(label="Closed on", help="The last day.")]
    reason: Annotated[str, OneOf(label="Reason", choices="closure_reason")]
    decided_by: Annotated[str, Text(label="Who decided", longest=80)] = ""
    exit_done: Annotated[str | None, YesNo(label="Exit strategy carried out")] = None
    measures_taken: Annotated[str | None, YesNo(label="Last measures taken")] = None
    survey_given: Annotated[str | None, YesNo(label="Survey given")] = None
    way_back_told: Annotated[str | None, YesNo(label="Told how to come back")] = None
    note: Annotated[str, Text(label="Note", lines=3, personal=True)] = ""


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


#: Every record type, in the order in which rows may refer to rows.
RECORDS: tuple[type[Record], ...] = (
    Provider,
    User,
    Contract,
    ContractArea,
    Capacity,
    OpeningBalance,
    Client,
    SafeContact,
    Referral,
    WaitingEntry,
    WaitingContact,
    WaitingOffer,
    Episode,
    Phase,
    Session,
    Score,
    ExitStrategy,
    Exceptional,
    Closure,
    ReturnMade,
)

BY_TABLE: dict[str, type[Record]] = {each.TABLE: each for each in RECORDS}
