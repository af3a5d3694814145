"""Referrals and the waiting list. Source: domain reference, B2, B4, B5."""

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
)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Referral(Record):
    """A request for one service area for one person. Its day starts the wait."""

    TABLE: ClassVar[str] = "referral"
    LABEL: ClassVar[str] = "Referral"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "received_on", "id"),
        ("received_on", "contract_id", "area", "client_id", "source", "id"),
        (
            "decided_on",
            "received_on",
            "contract_id",
            "area",
            "decision",
            "decline_reason",
            "id",
        ),
        ("reference",),
        ("id", "contract_id", "area", "client_id", "received_on", "source"),
        ("hub_sent_on",),
        ("hub_decided_on",),
        ("allocated_to",),
        ("created_by",),
        ("from_episode_id",),
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
    allocated_to: Annotated[
        str,
        Text(
            label="Allocated to",
            help="Initials of the worker who will see the person.",
            longest=40,
        ),
    ] = ""
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
    hub_reason: Annotated[str, Text(label="The hub's reason", lines=2)] = ""
    redirected_to: Annotated[
        str, Text(label="Redirected to", help="Where the hub sent it.", longest=120)
    ] = ""
    referrer_updated_on: Annotated[date | None, Day(label="Referrer last told on")] = (
        None
    )
    from_episode_id: Annotated[
        str | None,
        Reference(
            label="Comes from the episode",
            help="A step-up or a return: the earlier support that it follows.",
            to="episode",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class PresentingNeed(Record):
    """Something that a person came for, as the referral tells it."""

    TABLE: ClassVar[str] = "presenting_need"
    LABEL: ClassVar[str] = "What the person came for"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("referral_id", "need"),)

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    need: Annotated[
        str, OneOf(label="What for", choices="presenting_need", personal=True)
    ]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Triage(Record):
    """How soon somebody who waits should be offered a start, and why."""

    TABLE: ClassVar[str] = "triage"
    LABEL: ClassVar[str] = "Triage"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("referral_id", "set_on"),)

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    set_on: Annotated[date, Day(label="Set on")]
    level: Annotated[str, OneOf(label="How soon", choices="triage_level")]
    reason: Annotated[
        str, Text(label="Why", lines=2, personal=True, condition=True)
    ] = ""
    worker: Annotated[str, Text(label="Who", longest=40)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ListReview(Record):
    """A look at one place on the list: does this person still want to wait here?"""

    TABLE: ClassVar[str] = "list_review"
    LABEL: ClassVar[str] = "Review of a place on the list"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "reviewed_on"),
        ("reviewed_on", "outcome"),
    )

    referral_id: Annotated[str, Reference(label="Referral", to="referral")]
    reviewed_on: Annotated[date, Day(label="Reviewed on")]
    outcome: Annotated[str, OneOf(label="Outcome", choices="list_review")]
    redirected_to: Annotated[str, Text(label="Redirected to", longest=120)] = ""
    note: Annotated[str, Text(label="Note", lines=2, personal=True, condition=True)] = (
        ""
    )
    worker: Annotated[str, Text(label="Who", longest=40)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class WaitingEntry(Record):
    """A place on a contract's waiting list, made by accepting a referral."""

    TABLE: ClassVar[str] = "waiting_entry"
    LABEL: ClassVar[str] = "Place on the waiting list"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("referral_id", "accepted_on", "removed_on", "removal_reason", "id"),
        ("removed_on", "accepted_on", "referral_id", "removal_reason"),
        ("removal_reason", "referral_id"),
        ("changed_by",),
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
    # For who rings or writes next, administrators too; a risk is flagged apart.
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
    # When and where the person could start; administrators make appointments from it.
    note: Annotated[str, Text(label="Note", lines=2, personal=True)] = ""
