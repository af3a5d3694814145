"""What changed for people: goals, surveys, outcomes that support was for.

Source: domain reference, A5, B10; monthly return, E5 to E7.
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
    YesNo,
)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Goal(Record):
    """What the person wants to reach, in their own words, which never leave."""

    TABLE: ClassVar[str] = "goal"
    LABEL: ClassVar[str] = "Goal"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "set_on", "ended_on", "outcome", "reached", "id"),
        ("ended_on", "referral_id", "set_on", "outcome", "reached", "id"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    words: Annotated[
        str, Text(label="Goal, in their words", lines=2, personal=True, clinical=True)
    ] = ""
    outcome: Annotated[
        str | None, OneOf(label="Which outcome it is for", choices="contract_outcome")
    ] = None
    set_on: Annotated[date, Day(label="Set on")]
    ended_on: Annotated[date | None, Day(label="Ended on")] = None
    reached: Annotated[str | None, YesNo(label="Reached")] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class GoalRating(Record):
    """How near the person feels to a goal on a day, 0 to 10."""

    TABLE: ClassVar[str] = "goal_rating"
    LABEL: ClassVar[str] = "Rating of a goal"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("goal_id", "rated_on", "rating", "created"),
    )

    goal_id: Annotated[str, Reference(label="Goal", to="goal")]
    rated_on: Annotated[date, Day(label="Date")]
    rating: Annotated[
        int, Count(label="Rating", unit="of 10", low=0, high=10, personal=True)
    ]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SurveyAnswer(Record):
    """One filled-in survey; without a referral it is anonymous."""

    TABLE: ClassVar[str] = "survey_answer"
    LABEL: ClassVar[str] = "Survey"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("contract_id", "answered_on", "area"),
        ("referral_id",),
    )

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    answered_on: Annotated[date, Day(label="Answered on")]
    occasion: Annotated[str, OneOf(label="Which survey", choices="survey_occasion")] = (
        "EXIT"
    )
    referral_id: Annotated[
        str | None,
        Reference(label="Referral, where the person signed it", to="referral"),
    ] = None
    health: Annotated[
        str | None,
        OneOf(label="Health", choices="survey_answer", personal=True),
    ] = None
    coping: Annotated[
        str | None,
        OneOf(label="Coping", choices="survey_answer", personal=True),
    ] = None
    decisions: Annotated[
        str | None,
        OneOf(label="Decisions and control", choices="survey_answer", personal=True),
    ] = None
    self_esteem: Annotated[
        str | None,
        OneOf(
            label="Self-esteem and confidence", choices="survey_answer", personal=True
        ),
    ] = None
    safety: Annotated[
        str | None,
        OneOf(label="Safety", choices="survey_answer", personal=True),
    ] = None
    # Sealed where the person signed it and the work is counselling; what came in
    # without a name leads to nobody and is read by who may read the survey at all.
    words: Annotated[
        str,
        Text(
            label="In their own words",
            help="With a name and about counselling: read by the counselling team.",
            lines=3,
            personal=True,
            clinical=True,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class FunctionalGain(Record):
    """Something that got better in a person's life, ticked on a day."""

    TABLE: ClassVar[str] = "functional_gain"
    LABEL: ClassVar[str] = "Gain in daily life"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "gain", "seen_on"),
        ("seen_on", "gain", "referral_id"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    gain: Annotated[str, OneOf(label="Gain", choices="functional_gain", personal=True)]
    seen_on: Annotated[date, Day(label="Seen on")]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SupportTag(Record):
    """Which of the contract's outcomes a session was for."""

    TABLE: ClassVar[str] = "support_tag"
    LABEL: ClassVar[str] = "Outcome that a session was for"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("session_id", "outcome"),)

    session_id: Annotated[str, Reference(label="Session", to="session")]
    outcome: Annotated[str, OneOf(label="Outcome", choices="contract_outcome")]
