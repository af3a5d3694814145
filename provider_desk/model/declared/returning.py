"""What a return is made of besides figures: issued copies, signatures, words, sending.

Source: monthly return, §1.6, §1.7, §5; disclosure, §3, §4.
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
    YesNo,
)

_MONTH = Text(label="Month", help="As 2017-09.", longest=7)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnKey(Record):
    """The secret that rounding depends on; one row, never shown, never sent."""

    TABLE: ClassVar[str] = "return_key"
    LABEL: ClassVar[str] = "Key of the rounding"
    FACT: ClassVar[bool] = True

    secret: Annotated[str, Text(label="Secret", longest=64, personal=True)]
    made_at: Annotated[int, Moment(label="Made at")]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class IssuedReturn(Record):
    """The ledger: the numbers of a council copy, as they were issued, for ever.

    Every file of that copy is written from here, never from the records.
    """

    TABLE: ClassVar[str] = "issued_return"
    LABEL: ClassVar[str] = "Issued return"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("contract_id", "month", "version"),
    )

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, _MONTH]
    version: Annotated[int, Count(label="Version", low=1)]
    issued_at: Annotated[int, Moment(label="Issued at")]
    issued_by: Annotated[str, Text(label="Issued by", longest=80)]
    template: Annotated[str, Text(label="Template", longest=64)]
    program: Annotated[str, Text(label="Program", longest=40)]
    bound: Annotated[int, Count(label="Never more than away from the real figure")]
    key_check: Annotated[str, Text(label="Check of the key", longest=64)]
    body: Annotated[str, Text(label="Numbers", longest=5_000_000, personal=True)]
    sha256: Annotated[str, Text(label="Hash of the figures", longest=64)]
    why: Annotated[str, Text(label="Why it was issued again", longest=400)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnAgreement(Record):
    """A written agreement that lets area totals without attributes go exact."""

    TABLE: ClassVar[str] = "return_agreement"
    LABEL: ClassVar[str] = "Agreement on exact totals"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    agreed_on: Annotated[date, Day(label="Signed on")]
    reference: Annotated[
        str, Text(label="Where the signed paper is kept", longest=200)
    ] = ""
    from_month: Annotated[
        str, Text(label="First month", help="As 2017-09.", longest=7)
    ] = ""
    until_month: Annotated[
        str, Text(label="Last month", help="Empty while it holds.", longest=7)
    ] = ""
    exact: Annotated[
        str, Text(label="Totals that go exact", help="Codes, as A1 B1.", longest=200)
    ] = ""
    quarterly: Annotated[
        str,
        Text(label="Tables that are sent quarterly instead", longest=400),
    ] = ""
    left_out: Annotated[
        str, Text(label="Tables that are not sent at all", longest=400)
    ] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnChecked(Record):
    """Everything issued was attacked once more, all returns taken together."""

    TABLE: ClassVar[str] = "return_checked"
    LABEL: ClassVar[str] = "Attack on issued returns"
    FACT: ClassVar[bool] = True

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, Text(label="Newest month in it", longest=7)]
    version: Annotated[int, Count(label="Version", low=1)]
    checked_at: Annotated[int, Moment(label="Checked at")]
    tried: Annotated[int, Count(label="Figures and groups attacked", high=10_000_000)]
    disclosed: Annotated[int, Count(label="Figures narrowed down too far")]
    faults: Annotated[str, Text(label="What was not right", longest=2000)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnSigned(Record):
    """Somebody prepared, read or signed a return; it holds for one hash only."""

    TABLE: ClassVar[str] = "return_signed"
    LABEL: ClassVar[str] = "Signature of a return"
    FACT: ClassVar[bool] = True

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, _MONTH]
    version: Annotated[int, Count(label="Version", low=1)]
    step: Annotated[str, OneOf(label="Step", choices="return_step")]
    signed_at: Annotated[int, Moment(label="Signed at")]
    signed_by: Annotated[str, Reference(label="Signed by", to="user")]
    sha256: Annotated[str, Text(label="Hash of what was signed", longest=64)]
    frozen: Annotated[
        str, Text(label="Frozen copy", longest=5_000_000, personal=True)
    ] = ""
    note: Annotated[str, Text(label="Note", longest=400)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ReturnSent(Record):
    """A return left the office: when, to whom, how."""

    TABLE: ClassVar[str] = "return_sent"
    LABEL: ClassVar[str] = "Sent return"
    FACT: ClassVar[bool] = True

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, _MONTH]
    version: Annotated[int, Count(label="Version", low=1)]
    sent_on: Annotated[date, Day(label="Sent on")]
    sent_to: Annotated[
        str, Text(label="Sent to", help="The role or mailbox, not a name.", longest=120)
    ]
    route: Annotated[str, OneOf(label="How", choices="return_route")]
    sent_by: Annotated[str, Reference(label="Sent by", to="user")]
    sha256: Annotated[str, Text(label="Hash of the figures", longest=64)]
    note: Annotated[str, Text(label="Note", longest=400)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class NilChecked(Record):
    """Somebody looked and confirmed that nothing happened in an area in a month."""

    TABLE: ClassVar[str] = "nil_checked"
    LABEL: ClassVar[str] = "Nil month, checked"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    area: Annotated[str, OneOf(label="Service area", choices="service_area")]
    month: Annotated[str, _MONTH]
    checked_at: Annotated[int, Moment(label="Checked at")]
    checked_by: Annotated[str, Reference(label="Checked by", to="user")]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class NotSubmitted(Record):
    """A month that stays without figures, with its reason; never shown as nil."""

    TABLE: ClassVar[str] = "not_submitted"
    LABEL: ClassVar[str] = "Month not submitted"

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, _MONTH]
    reason: Annotated[str, Text(label="Why there are no figures", longest=200)]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Narrative(Record):
    """One box of the quarter's narrative for one area.

    Figures stand in it by reference, as {B1} or {B1@2017-09}.
    """

    TABLE: ClassVar[str] = "narrative"
    LABEL: ClassVar[str] = "Narrative of the quarter"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (("contract_id", "month"),)

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, Text(label="Last month of the quarter", longest=7)]
    area: Annotated[
        str, Text(label="Service area", help="ALL for the whole.", longest=10)
    ]
    box: Annotated[str, OneOf(label="Box", choices="narrative_box")]
    words: Annotated[str, Text(label="Words", lines=6, personal=True)] = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class CaseStudy(Record):
    """A case study or quote for a return: the riskiest thing that leaves."""

    TABLE: ClassVar[str] = "case_study"
    LABEL: ClassVar[str] = "Case study or quote"
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("contract_id", "month"),
        ("client_id",),
    )

    contract_id: Annotated[str, Reference(label="Contract", to="contract")]
    month: Annotated[str, Text(label="Last month of the quarter", longest=7)]
    kind: Annotated[str, OneOf(label="Kind", choices="case_study_kind")]
    words: Annotated[str, Text(label="Words", lines=8, personal=True)] = ""
    client_id: Annotated[
        str | None,
        Reference(label="Whose consent it rests on", to="client"),
    ] = None
    consent_on: Annotated[date | None, Day(label="Consent to this use given on")] = None
    consent_evidence: Annotated[
        str, Text(label="Where the consent is kept", longest=200)
    ] = ""
    composite: Annotated[
        str | None, YesNo(label="Made of several people's experience")
    ] = None
    blurred: Annotated[str, Text(label="Checklist points that hold", longest=400)] = ""
    read_by: Annotated[str | None, Reference(label="Second reader", to="user")] = None
    read_on: Annotated[date | None, Day(label="Read on")] = None
