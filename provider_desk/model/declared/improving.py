"""What makes the service better: feedback, training, supervision, need, forecasts.

Source: practices, P34, P35, P48, P50; domain reference, C6, F9.
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
class Feedback(Record):
    """What people who use the service said, and what changed. It names nobody."""

    TABLE: ClassVar[str] = "feedback"
    LABEL: ClassVar[str] = "Feedback"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("changed_on", "heard_on"),
        ("heard_on",),
    )

    heard_on: Annotated[date, Day(label="Heard on")]
    kind: Annotated[str, OneOf(label="How", choices="feedback_kind")]
    contract_id: Annotated[str | None, Reference(label="Contract", to="contract")] = (
        None
    )
    area: Annotated[str | None, OneOf(label="Service area", choices="service_area")] = (
        None
    )
    heard: Annotated[
        str,
        Text(
            label="What we heard",
            help="Nothing that tells who said it.",
            lines=3,
        ),
    ]
    what_changed: Annotated[str, Text(label="What changed", lines=3)] = ""
    changed_on: Annotated[date | None, Day(label="Changed on")] = None
    told_back: Annotated[str | None, YesNo(label="People were told what changed")] = (
        None
    )


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Training(Record):
    """A training that a member of staff did, and until when it counts."""

    TABLE: ClassVar[str] = "training"
    LABEL: ClassVar[str] = "Training"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("user_id", "kind", "done_on"),
        ("expires_on", "user_id"),
    )

    user_id: Annotated[str, Reference(label="Member of staff", to="user")]
    kind: Annotated[str, OneOf(label="Training", choices="training_kind")]
    title: Annotated[str, Text(label="Title", longest=120)] = ""
    done_on: Annotated[date, Day(label="Done on")]
    expires_on: Annotated[date | None, Day(label="To be repeated by", future=True)] = (
        None
    )
    evidence: Annotated[
        str, Text(label="Evidence", help="Certificate, sign-in list.", longest=200)
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Supervision(Record):
    """Supervision that a member of staff had. What was said stays out."""

    TABLE: ClassVar[str] = "supervision"
    LABEL: ClassVar[str] = "Supervision"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("user_id", "held_on"),)

    user_id: Annotated[str, Reference(label="Member of staff", to="user")]
    held_on: Annotated[date, Day(label="Held on")]
    kind: Annotated[str, OneOf(label="Kind", choices="supervision_kind")]
    with_whom: Annotated[str, Text(label="With whom", longest=80)] = ""
    minutes: Annotated[int | None, Count(label="Length", unit="minutes", high=600)] = (
        None
    )
    next_on: Annotated[date | None, Day(label="Next by", future=True)] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class NeedModel(Record):
    """A needs analysis with its assumptions, so that anybody can work it out again.

    Lists of numbers are written with commas, one for each year.
    """

    TABLE: ClassVar[str] = "need_model"
    LABEL: ClassVar[str] = "Needs analysis"

    title: Annotated[str, Text(label="Title", longest=120)]
    made_on: Annotated[date, Day(label="Made on")]
    first_year: Annotated[
        int, Count(label="First year", help="It begins in April.", low=2000, high=2100)
    ]
    legacy: Annotated[int, Count(label="People from earlier years")]
    excluded_percent: Annotated[
        int, Count(label="Of them not coming", unit="%", high=100)
    ] = 0
    legacy_shares: Annotated[
        str, Text(label="Of all earlier people, in each year", longest=200)
    ] = ""
    new_people: Annotated[str, Text(label="New people in each year", longest=200)] = ""
    new_shares: Annotated[
        str, Text(label="Of new people, coming in each year after", longest=200)
    ] = ""
    therapy_percent: Annotated[
        int, Count(label="Who need therapy", unit="%", high=100)
    ] = 0
    note: Annotated[str, Text(label="Where it comes from", lines=2)] = ""
    printed: Annotated[
        str,
        Text(
            label="The table as it was printed",
            help="To be checked: a line for each year, as 480, 30; 510; 155.",
            lines=5,
            longest=2_000,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Estimate(Record):
    """How many people were expected in an area over some months."""

    TABLE: ClassVar[str] = "estimate"
    LABEL: ClassVar[str] = "Estimate"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("contract_id", "area"),)

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    from_on: Annotated[date, Day(label="From", future=True)]
    until_on: Annotated[date, Day(label="Until", help="The last day.", future=True)]
    people: Annotated[int, Count(label="Referrals expected")]
    source: Annotated[str, Text(label="Where it comes from", longest=200)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Forecast(Record):
    """A figure said ahead for a month, kept as it was said, to be scored later."""

    TABLE: ClassVar[str] = "forecast"
    LABEL: ClassVar[str] = "Forecast"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("contract_id", "area", "month"),)

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    figure: Annotated[str, OneOf(label="Figure", choices="forecast_figure")]
    made_on: Annotated[date, Day(label="Said on")]
    month: Annotated[str, Text(label="For the month", longest=7)]
    low: Annotated[int, Count(label="At least")]
    expected: Annotated[int, Count(label="Expected")]
    high: Annotated[int, Count(label="At most")]
    method: Annotated[str, Text(label="How it was worked out", longest=400)] = ""
