"""Episodes: sessions, scores, phases, exit strategies, closing.

Source: domain reference, B3, B6 to B10.
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
class Episode(Record):
    """Support from the first attended session to closure."""

    TABLE: ClassVar[str] = "episode"
    LABEL: ClassVar[str] = "Episode"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "started_on", "id"),
        ("id", "referral_id", "started_on"),
        ("started_on", "referral_id", "id", "worker"),
        ("worker", "referral_id"),
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
    supervisor: Annotated[str, Text(label="Supervisor", longest=40)] = ""
    frequency: Annotated[str | None, OneOf(label="How often", choices="frequency")] = (
        None
    )
    planned_sessions: Annotated[
        int | None, Count(label="Planned sessions", low=1, high=200)
    ] = None
    missed_talked_on: Annotated[
        date | None,
        Day(
            label="Missed sessions talked over on",
            help="With the supervisor: what might help the person to come.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Phase(Record):
    """Core or step-down support, from a day on. An episode without one is core."""

    TABLE: ClassVar[str] = "phase"
    LABEL: ClassVar[str] = "Phase"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "started_on", "created", "phase"),
        ("started_on", "episode_id", "phase"),
        ("phase", "review_on", "episode_id"),
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
        (
            "held_on",
            "referral_id",
            "type",
            "attendance",
            "mode",
            "trial",
            "group_code",
            "id",
        ),
        ("held_on", "attendance", "id", "referral_id"),
        ("referral_id", "held_on", "type", "attendance"),
        ("episode_id", "held_on", "type", "attendance"),
        ("worker", "referral_id"),
        ("held_on", "worker", "attendance", "type"),
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
            help="Short and factual. A process note is written apart from it.",
            lines=4,
            personal=True,
            clinical=True,
        ),
    ] = ""
    series: Annotated[
        str,
        Text(
            label="Booked together with",
            help="One id for a row of bookings.",
            longest=32,
        ),
    ] = ""
    trial_reason: Annotated[
        str,
        Text(
            label="Why more sessions than agreed",
            help="Said once for all that follow before, or after, the trial.",
            lines=2,
            personal=True,
            clinical=True,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Score(Record):
    """The total of an outcome measure on a day."""

    TABLE: ClassVar[str] = "score"
    LABEL: ClassVar[str] = "Outcome score"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        (
            "referral_id",
            "scored_on",
            "instrument",
            "total",
            "created",
            "scale_name",
        ),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    instrument: Annotated[str, OneOf(label="Measure", choices="outcome_measure")]
    scored_on: Annotated[date, Day(label="Date")]
    total: Annotated[int, Count(label="Total", low=0, high=100, personal=True)]
    administered: Annotated[
        str | None, OneOf(label="Filled in", choices="administered")
    ] = None
    occasion: Annotated[
        str | None, OneOf(label="Occasion", choices="score_occasion")
    ] = None
    items: Annotated[
        str,
        Text(
            label="Answers",
            help="One for each question, with commas; NA where none was given.",
            longest=200,
            personal=True,
        ),
    ] = ""
    missing: Annotated[
        int | None, Count(label="Questions without an answer", high=100)
    ] = None
    tenths: Annotated[
        int | None,
        Count(
            label="Total in tenths",
            help="Where answers are missing and the total is worked out from the rest.",
            high=1_000,
            personal=True,
        ),
    ] = None
    scale_name: Annotated[
        str,
        Text(
            label="Which scale",
            help="Its name, and nothing else of it. Only the number is kept.",
            longest=60,
        ),
    ] = ""
    risk_item: Annotated[
        str | None,
        OneOf(
            label="Answer to the question about risk",
            choices="risk_item",
            help="Of a total typed without its answers: question 9 of PHQ-9, 6 of "
            "CORE-10.",
            personal=True,
        ),
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
        str, Text(label="What success means", lines=3, personal=True, clinical=True)
    ] = ""
    signs: Annotated[
        str, Text(label="Signs of progress", lines=3, personal=True, clinical=True)
    ] = ""
    support_after: Annotated[
        str,
        Text(
            label="Who will support afterwards", lines=2, personal=True, clinical=True
        ),
    ] = ""
    step_down_plan: Annotated[
        str,
        Text(
            label="Step-down plan",
            help="How support gets lighter towards the end.",
            lines=2,
            personal=True,
            clinical=True,
        ),
    ] = ""
    warning_signs: Annotated[
        str, Text(label="Warning signs", lines=2, personal=True, clinical=True)
    ] = ""
    way_back: Annotated[
        str, Text(label="How to come back", lines=2, personal=True, clinical=True)
    ] = ""
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
    evidence: Annotated[
        str, Text(label="Evidence", lines=2, personal=True, clinical=True)
    ] = ""


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
    note: Annotated[str, Text(label="Note", lines=3, personal=True, clinical=True)] = ""
