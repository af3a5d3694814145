"""What care writes on a person's time line.

Titles hold nothing that the privacy view hides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    FollowUp,
    JusticeStep,
    RiskFlag,
    SafeguardingReferral,
    SupportedBy,
    TrialAgreement,
)
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework.caring.agreements import words_of
from provider_desk.services.saying import day, label


@dataclass(frozen=True, slots=True)
class Cared:
    """What is recorded of one person, as the person at the desk may read it."""

    flags: list[RiskFlag]
    safeguarding: list[SafeguardingReferral]
    consents: list[Consent]
    helpers: list[SupportedBy]
    steps: list[JusticeStep]
    courts: list[CourtDate]
    follow_ups: list[FollowUp]
    agreements: list[TrialAgreement]
    requests: list[DisclosureRequest]


def joined(*parts: str) -> str:
    """Parts of a detail that are not empty, with a dot between them."""
    return " · ".join(part for part in parts if part)


def events_of(cared: Cared, since: date) -> Iterator[Event]:
    """A line for each, and one more where something ended.

    Args:
        cared: what is recorded.
        since: where somebody helps since a day that nobody knows.
    """
    yield from _risk(cared.flags)
    yield from _safeguarding(cared.safeguarding)
    yield from _consents(cared.consents)
    yield from _helpers(cared.helpers, since)
    yield from _justice(cared)
    yield from _requests(cared.requests)


def _risk(flags: Iterable[RiskFlag]) -> Iterator[Event]:
    for flag in flags:
        told = f"told: {flag.told}" if flag.told else ""
        plan = f"plan: {flag.plan}" if flag.plan else ""
        review = f"review {day(flag.review_on)}" if flag.review_on else ""
        level = label("risk_level", flag.level)
        detail = joined(level, flag.reason, plan, review, told)
        kind, table, row_id = EventKind.RISK, RiskFlag.TABLE, flag.id
        yield Event(kind, flag.raised_on, "Risk flag", detail, table, row_id)
        if flag.ended_on is not None:
            title = "Risk flag ended"
            yield Event(kind, flag.ended_on, title, flag.end_note, table, row_id)


def _safeguarding(made: Iterable[SafeguardingReferral]) -> Iterator[Event]:
    for each in made:
        to = label("safeguarding_to", each.made_to)
        kind, table = EventKind.RISK, SafeguardingReferral.TABLE
        title = "Safeguarding referral"
        detail = joined(to, each.reason, each.made_by)
        yield Event(kind, each.made_on, title, detail, table, each.id)
        if each.ended_on is not None:
            outcome = label("safeguarding_outcome", each.outcome)
            title, detail = "Safeguarding ended", joined(outcome, to)
            yield Event(kind, each.ended_on, title, detail, table, each.id)


def _consents(held: Iterable[Consent]) -> Iterator[Event]:
    for each in held:
        purpose = label("consent_purpose", each.purpose)
        answer = label("consent_answer", each.answer)
        until = f"until {day(each.expires_on)}" if each.expires_on else ""
        said = f"{purpose}: {answer}"
        detail = joined(said, each.with_whom, until, each.explained, each.evidence)
        kind, table = EventKind.CONSENT, Consent.TABLE
        yield Event(kind, each.asked_on, "Consent", detail, table, each.id)
        if each.withdrawn_on is not None:
            title, detail = "Consent withdrawn", joined(purpose, each.with_whom)
            yield Event(kind, each.withdrawn_on, title, detail, table, each.id)


def _helpers(held: Iterable[SupportedBy], since: date) -> Iterator[Event]:
    for each in held:
        who = label("supporter_kind", each.kind)
        unknown = "" if each.from_on else "since when is not known"
        kind, table = EventKind.HELPER, SupportedBy.TABLE
        detail = joined(who, each.name, each.reach, unknown, each.note)
        title = "Also supported by"
        yield Event(kind, each.from_on or since, title, detail, table, each.id)
        if each.until_on is not None:
            title, detail = "No longer supported by", joined(who, each.name)
            yield Event(kind, each.until_on, title, detail, table, each.id)


def _justice(cared: Cared) -> Iterator[Event]:
    kind = EventKind.COURT
    for step in cared.steps:
        status = label("criminal_justice_status", step.status)
        before = label("criminal_justice_status", step.status_before)
        detail = joined(status, f"before: {before}" if before else "")
        title = "Criminal case"
        yield Event(kind, step.from_on, title, detail, JusticeStep.TABLE, step.id)
    for court in cared.courts:
        yield from _court(court)
    for each in cared.follow_ups:
        if each.done_on is None:
            on, title = each.due_on, "To follow up"
            detail = joined(each.what, each.worker)
        else:
            on, title = each.done_on, "Followed up"
            detail = joined(each.what, each.result, each.worker)
        yield Event(kind, on, title, detail, FollowUp.TABLE, each.id)
    for signed in cared.agreements:
        title, table = "Agreement before trial", TrialAgreement.TABLE
        detail = joined(words_of([signed]), signed.note)
        yield Event(kind, signed.signed_on, title, detail, table, signed.id)


def _court(court: CourtDate) -> Iterator[Event]:
    kind, table = EventKind.COURT, CourtDate.TABLE
    along = f"goes along: {court.with_worker}" if court.with_worker else ""
    what = label("court_event", court.kind)
    detail = joined(what, court.place, along, court.note)
    yield Event(kind, court.on, "Court date", detail, table, court.id)
    if court.verdict_on is not None:
        detail = label("verdict", court.verdict)
        yield Event(kind, court.verdict_on, "Verdict", detail, table, court.id)


def _requests(held: Iterable[DisclosureRequest]) -> Iterator[Event]:
    still_open = choices("request_decision").codes_where("open")
    kind, table = EventKind.REQUEST, DisclosureRequest.TABLE
    for each in held:
        by = label("request_from", each.asked_by)
        decision = label("request_decision", each.decision)
        detail = joined(by, each.reference, each.asked_for, each.period)
        if each.decision in still_open:
            detail = joined(decision, detail)
        title = "Request for records"
        yield Event(kind, each.received_on, title, detail, table, each.id)
        if each.decision not in still_open and each.decided_on is not None:
            title = "Request for records decided"
            detail = joined(decision, by, each.decided_by)
            yield Event(kind, each.decided_on, title, detail, table, each.id)
