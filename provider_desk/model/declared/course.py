"""The course of an episode beside its sessions: pauses, how often, where to next.

Source: domain reference, B3, B7 to B9; practices, P18 to P21, P33.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from provider_desk.model.fields import Day, OneOf, Record, Reference, Text, YesNo


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Pause(Record):
    """Days on which an episode rests. The 12 months run on."""

    TABLE: ClassVar[str] = "pause"
    LABEL: ClassVar[str] = "Pause"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "from_on", "until_on"),
        ("until_on", "back_by", "episode_id"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    from_on: Annotated[date, Day(label="Paused from")]
    back_by: Annotated[
        date | None,
        Day(label="Ask again by", help="Today reminds you of it.", future=True),
    ] = None
    until_on: Annotated[
        date | None, Day(label="Came back on", help="The first day after the pause.")
    ] = None
    reason: Annotated[str, OneOf(label="Reason", choices="pause_reason")]
    note: Annotated[str, Text(label="Note", lines=2, personal=True, clinical=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class FrequencyChange(Record):
    """How often sessions are meant to be, from a day on, and who approved it."""

    TABLE: ClassVar[str] = "frequency_change"
    LABEL: ClassVar[str] = "Agreed frequency"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("episode_id", "from_on"),)

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    from_on: Annotated[date, Day(label="From")]
    frequency: Annotated[str, OneOf(label="How often", choices="frequency")]
    approved_by: Annotated[
        str,
        Text(
            label="Approved by",
            help="Needed where sessions come further apart.",
            longest=80,
        ),
    ] = ""
    reason: Annotated[str, Text(label="Why", lines=2, personal=True, clinical=True)] = (
        ""
    )


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ExitReview(Record):
    """A look at an exit strategy on a day: does it still hold?"""

    TABLE: ClassVar[str] = "exit_review"
    LABEL: ClassVar[str] = "Review of the exit strategy"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("exit_strategy_id", "reviewed_on"),
        ("episode_id", "reviewed_on"),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    exit_strategy_id: Annotated[
        str, Reference(label="Exit strategy", to="exit_strategy")
    ]
    reviewed_on: Annotated[date, Day(label="Reviewed on")]
    with_person: Annotated[
        str | None, YesNo(label="Reviewed together with the person")
    ] = None
    note: Annotated[
        str, Text(label="What was seen", lines=2, personal=True, clinical=True)
    ] = ""
    next_review_on: Annotated[date | None, Day(label="Next review on", future=True)] = (
        None
    )


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class OnwardReferral(Record):
    """Where a person was referred on to, with their consent."""

    TABLE: ClassVar[str] = "onward_referral"
    LABEL: ClassVar[str] = "Onward referral"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("episode_id", "made_on"),)

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    made_on: Annotated[date, Day(label="Made on")]
    made_to: Annotated[str, Text(label="To", longest=120, personal=True)]
    consent: Annotated[
        str | None,
        OneOf(label="The person agreed to it", choices="yes_no_nk"),
    ] = None
    note: Annotated[str, Text(label="Note", lines=2, personal=True, clinical=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ExtensionRequest(Record):
    """Somebody asks that an episode may go past 12 months. By itself it allows nothing.

    What allows it is the ``Exceptional`` that is made where it is approved.
    """

    TABLE: ClassVar[str] = "extension_request"
    LABEL: ClassVar[str] = "Request to go past 12 months"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("episode_id", "asked_on"),
        ("answered_on", "asked_on", "episode_id"),
        ("exceptional_id",),
    )

    episode_id: Annotated[str, Reference(label="Episode", to="episode")]
    asked_on: Annotated[date, Day(label="Asked on")]
    asked_by: Annotated[str, Text(label="Asked by", longest=80)] = ""
    reason: Annotated[str, OneOf(label="Reason", choices="exceptional_reason")]
    review_by: Annotated[
        date | None,
        Day(label="Review by", help="How long it is asked for.", future=True),
    ] = None
    evidence: Annotated[
        str, Text(label="Evidence", lines=2, personal=True, clinical=True)
    ] = ""
    answered_on: Annotated[date | None, Day(label="Answered on")] = None
    answered_by: Annotated[str, Text(label="Answered by", longest=80)] = ""
    approved: Annotated[str | None, YesNo(label="Approved")] = None
    answer_note: Annotated[
        str,
        Text(
            label="Why not, and what instead",
            lines=2,
            personal=True,
            clinical=True,
        ),
    ] = ""
    exceptional_id: Annotated[
        str | None, Reference(label="Approval", to="exceptional")
    ] = None
