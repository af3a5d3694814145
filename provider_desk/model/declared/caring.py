"""What keeps a person safe: risk, safeguarding, consent, courts, who else helps.

Source: domain reference, B1, B8, B13, F4, F5, F8; practices, P5, P28 to P30, P38.
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
class RiskFlag(Record):
    """A concern for a person from a day on: how grave, the plan, the next review."""

    TABLE: ClassVar[str] = "risk_flag"
    LABEL: ClassVar[str] = "Risk flag"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "raised_on"),
        ("ended_on", "review_on", "level", "client_id"),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    level: Annotated[str, OneOf(label="How grave", choices="risk_level")]
    raised_on: Annotated[date, Day(label="Raised on")]
    reason: Annotated[
        str,
        Text(
            label="What the concern is",
            help="Facts, and who said it. Nothing about the evidence of a case.",
            lines=3,
            personal=True,
            clinical=True,
        ),
    ] = ""
    plan: Annotated[str, Text(label="Plan", lines=3, personal=True, clinical=True)] = ""
    review_on: Annotated[date | None, Day(label="Review on", future=True)] = None
    told: Annotated[
        str, Text(label="Who was told", longest=200, personal=True, clinical=True)
    ] = ""
    agreed_to_tell: Annotated[
        str | None, OneOf(label="The person agreed to this", choices="yes_no_nk")
    ] = None
    override_reason: Annotated[
        str,
        Text(
            label="Why others were told all the same",
            help="Only where the person did not agree.",
            lines=2,
            personal=True,
            clinical=True,
        ),
    ] = ""
    child_at_risk: Annotated[str | None, YesNo(label="A child may be at risk")] = None
    ended_on: Annotated[date | None, Day(label="Ended on")] = None
    end_note: Annotated[
        str, Text(label="Why it ended", lines=2, personal=True, clinical=True)
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SafeguardingReferral(Record):
    """A referral that the service made to protect somebody, until its outcome."""

    TABLE: ClassVar[str] = "safeguarding_referral"
    LABEL: ClassVar[str] = "Safeguarding referral"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "made_on"),
        ("made_on", "referral_id"),
        ("ended_on", "made_on"),
        ("referral_id",),
        ("risk_flag_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    referral_id: Annotated[
        str | None, Reference(label="For which work", to="referral")
    ] = None
    risk_flag_id: Annotated[
        str | None, Reference(label="Risk flag", to="risk_flag")
    ] = None
    made_on: Annotated[date, Day(label="Made on")]
    made_to: Annotated[str, OneOf(label="Made to", choices="safeguarding_to")]
    reason: Annotated[str, Text(label="Why", lines=3, personal=True, clinical=True)] = (
        ""
    )
    made_by: Annotated[str, Text(label="Made by", longest=40)] = ""
    ended_on: Annotated[date | None, Day(label="Ended on")] = None
    outcome: Annotated[
        str | None, OneOf(label="Outcome", choices="safeguarding_outcome")
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class RiskAnswer(Record):
    """What was done when the risk item of a measure was answered above 0."""

    TABLE: ClassVar[str] = "risk_answer"
    LABEL: ClassVar[str] = "Answer to a risk item"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("score_id",),
        ("risk_flag_id",),
    )

    score_id: Annotated[str, Reference(label="Score", to="score")]
    risk_flag_id: Annotated[
        str | None, Reference(label="Risk flag", to="risk_flag")
    ] = None
    done: Annotated[str, OneOf(label="What was done", choices="risk_answer")]
    why: Annotated[
        str,
        Text(label="Why it could not be followed up", lines=2, personal=True),
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Consent(Record):
    """Whether a person agrees to one use of what they told. Not asked means no."""

    TABLE: ClassVar[str] = "consent"
    LABEL: ClassVar[str] = "Consent"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "purpose", "asked_on"),
        ("expires_on",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    purpose: Annotated[str, OneOf(label="What for", choices="consent_purpose")]
    with_whom: Annotated[str, Text(label="With whom", longest=120, personal=True)] = ""
    asked_on: Annotated[date, Day(label="Asked on")]
    answer: Annotated[str, OneOf(label="Answer", choices="consent_answer")]
    explained: Annotated[
        str,
        Text(label="What was explained", lines=2, personal=True),
    ] = ""
    evidence: Annotated[
        str,
        Text(
            label="How it is known",
            help="Signed form, said in a session, by message.",
            longest=200,
            personal=True,
        ),
    ] = ""
    expires_on: Annotated[date | None, Day(label="Until", future=True)] = None
    withdrawn_on: Annotated[date | None, Day(label="Withdrawn on")] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SupportedBy(Record):
    """Who else helps or belongs to the person: GP, other service, emergency contact."""

    TABLE: ClassVar[str] = "supported_by"
    LABEL: ClassVar[str] = "Also supported by"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "until_on"),
        ("kind", "client_id"),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    kind: Annotated[str, OneOf(label="Who", choices="supporter_kind")]
    name: Annotated[str, Text(label="Name", longest=120, personal=True)] = ""
    reach: Annotated[
        str, Text(label="How to reach them", longest=200, personal=True)
    ] = ""
    from_on: Annotated[date | None, Day(label="Since")] = None
    until_on: Annotated[date | None, Day(label="Until")] = None
    # How to work with them; whoever rings or writes needs it, so it is not clinical.
    note: Annotated[str, Text(label="Note", lines=2, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class JusticeStep(Record):
    """Where a criminal case stands from a day on."""

    TABLE: ClassVar[str] = "justice_step"
    LABEL: ClassVar[str] = "Criminal justice status"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "from_on"),
        ("court_date_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    from_on: Annotated[date, Day(label="From")]
    status: Annotated[
        str, OneOf(label="Criminal justice status", choices="criminal_justice_status")
    ]
    status_before: Annotated[
        str | None, OneOf(label="Before that", choices="criminal_justice_status")
    ] = None
    court_date_id: Annotated[
        str | None, Reference(label="Follows from the verdict of", to="court_date")
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class CourtDate(Record):
    """A day in court or with the police, and a verdict where there is one."""

    TABLE: ClassVar[str] = "court_date"
    LABEL: ClassVar[str] = "Court date"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "on"),
        ("on", "client_id"),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    kind: Annotated[str, OneOf(label="What", choices="court_event")]
    on: Annotated[date, Day(label="Date", future=True)]
    place: Annotated[str, Text(label="Where", longest=120, personal=True)] = ""
    with_worker: Annotated[str, Text(label="Who goes along", longest=40)] = ""
    verdict: Annotated[str | None, OneOf(label="Verdict", choices="verdict")] = None
    verdict_on: Annotated[date | None, Day(label="Verdict on")] = None
    status_after: Annotated[
        str | None,
        OneOf(
            label="Criminal justice status from then on",
            choices="criminal_justice_status",
            help="Follows from the verdict; choose another where a case is still open.",
        ),
    ] = None
    note: Annotated[str, Text(label="Note", lines=2, personal=True, clinical=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class FollowUp(Record):
    """Something to do for a person by a day: after a verdict, or later."""

    TABLE: ClassVar[str] = "follow_up"
    LABEL: ClassVar[str] = "Follow-up"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "due_on"),
        ("done_on", "due_on", "client_id"),
        ("court_date_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    court_date_id: Annotated[
        str | None, Reference(label="Court date", to="court_date")
    ] = None
    what: Annotated[str, Text(label="What", longest=200, personal=True, clinical=True)]
    due_on: Annotated[date, Day(label="Due on", future=True)]
    worker: Annotated[str, Text(label="Who", longest=40)] = ""
    done_on: Annotated[date | None, Day(label="Done on")] = None
    result: Annotated[
        str, Text(label="Result", lines=2, personal=True, clinical=True)
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class TrialAgreement(Record):
    """The written agreement not to go into the evidence while a case is open."""

    TABLE: ClassVar[str] = "trial_agreement"
    LABEL: ClassVar[str] = "Agreement before trial"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("client_id", "signed_on"),)

    client_id: Annotated[str, Reference(label="Person", to="client")]
    signed: Annotated[str, YesNo(label="Signed by the person")]
    signed_on: Annotated[date, Day(label="On")]
    version: Annotated[str, Text(label="Version of the form", longest=40)] = ""
    # Of the form: where it is kept, who was there. Registration, so not clinical.
    note: Annotated[str, Text(label="Note", lines=2, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class DisclosureRequest(Record):
    """Somebody asked for what is recorded of a person: what, why, what became of it."""

    TABLE: ClassVar[str] = "disclosure_request"
    LABEL: ClassVar[str] = "Disclosure request"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "received_on"),
        ("decision", "received_on"),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    received_on: Annotated[date, Day(label="Received on")]
    asked_by: Annotated[str, OneOf(label="Asked by", choices="request_from")]
    reference: Annotated[
        str, Text(label="Their reference", longest=60, personal=True)
    ] = ""
    notice_seen: Annotated[
        str | None, YesNo(label="Written notice to the person seen")
    ] = None
    asked_for: Annotated[
        str, Text(label="What they ask for", lines=2, personal=True)
    ] = ""
    period: Annotated[str, Text(label="Which period", longest=120)] = ""
    why: Annotated[str, Text(label="Their reason", lines=2, personal=True)] = ""
    counselling: Annotated[
        str | None,
        YesNo(
            label="Notes of counselling are asked for",
            help="They are presumed not to be needed unless shown to be.",
        ),
    ] = None
    told_on: Annotated[date | None, Day(label="The person was told on")] = None
    their_view: Annotated[
        str, Text(label="What the person says to it", lines=2, personal=True)
    ] = ""
    advice: Annotated[str, Text(label="Legal advice", lines=2, personal=True)] = ""
    decision: Annotated[str, OneOf(label="Decision", choices="request_decision")] = (
        "OPEN"
    )
    decided_on: Annotated[date | None, Day(label="Decided on")] = None
    decided_by: Annotated[str, Text(label="Decided by", longest=80)] = ""
    pages: Annotated[int | None, Count(label="Pages given", high=100_000)] = None
    redacted: Annotated[
        str | None, YesNo(label="Other people's details were taken out")
    ] = None
    sent_how: Annotated[str, Text(label="Sent how", longest=120)] = ""
    challenge: Annotated[
        str, Text(label="Challenged, and what came of it", lines=2, personal=True)
    ] = ""
