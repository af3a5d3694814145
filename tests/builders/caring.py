"""Invented records of care for tests, made through the deeds; nobody in them exists."""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Client,
    Consent,
    CourtDate,
    FollowUp,
    JusticeStep,
    RiskFlag,
)
from provider_desk.services.casework.caring import (
    agreements,
    consents,
    courts,
    follow_ups,
    helping,
    justice,
    requests,
    risk,
    safeguarding,
)
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get

#: As in tests.builders.casework.
TODAY = date(2018, 5, 1)

REVIEW = date(2018, 5, 8)


def make_flag(desk: Desk, client_id: str, level: str = "ACTIVE", **more: Value) -> str:
    """A risk flag that stands; returns the id."""
    given: Mapping[str, Value] = {
        "level": level,
        "reason": "invented concern",
        "plan": "invented plan",
        "review_on": REVIEW,
        **more,
    }
    return risk.raise_flag(desk, client_id, given)[0]


def make_consent(
    desk: Desk, client_id: str, purpose: str = "GP", answer: str = "YES", **more: Value
) -> str:
    """An answer to the question for consent; returns the id."""
    given: Mapping[str, Value] = {
        "purpose": purpose,
        "answer": answer,
        "explained": "what and why",
        **more,
    }
    return consents.record_consent(desk, client_id, given)[0]


def make_trial(desk: Desk, client_id: str, on: date, **more: Value) -> str:
    """A trial that begins on a day; returns the id of the court date."""
    given: Mapping[str, Value] = {"kind": "TRIAL", "on": on, **more}
    return courts.add_court_date(desk, client_id, given)[0]


def make_care(desk: Desk, client_id: str, referral_id: str, word: str) -> None:
    """A record of every kind of care, with a word in each of its own words."""
    make_flag(desk, client_id, reason=f"{word} concern", plan=f"{word} plan")
    safeguarding.refer_for(
        desk, referral_id, {"made_to": "ASC", "reason": f"{word} reason"}
    )
    make_consent(desk, client_id, explained=f"{word} explained")
    helping.add_helper(desk, client_id, {"kind": "GP", "name": f"Dr {word}"})
    justice.record_status(desk, client_id, {"status": "TRIAL"})
    make_trial(desk, client_id, TODAY, place=f"{word} court")
    follow_ups.add_follow_up(
        desk, client_id, {"what": f"{word} to do", "due_on": TODAY}
    )
    agreements.record_agreement(
        desk, client_id, {"signed": "Y", "version": "1", "note": f"{word} note"}
    )
    requests.record_request(
        desk, client_id, {"asked_by": "POLICE", "asked_for": f"{word} records"}
    )


def flags_of(desk: Desk, client_id: str) -> list[RiskFlag]:
    """A person's flags, oldest first."""
    with desk.store.reading() as rows:
        return find(rows, RiskFlag, client_id=client_id)


def consents_of(desk: Desk, client_id: str) -> list[Consent]:
    """A person's consent rows, oldest first."""
    with desk.store.reading() as rows:
        return find(rows, Consent, client_id=client_id)


def court_of(desk: Desk, court_id: str) -> CourtDate:
    """A day in court."""
    with desk.store.reading() as rows:
        return get(rows, CourtDate, court_id)


def steps_of(desk: Desk, client_id: str) -> list[JusticeStep]:
    """Where a person's case stood, oldest record first."""
    with desk.store.reading() as rows:
        return find(rows, JusticeStep, client_id=client_id)


def follow_ups_of(desk: Desk, client_id: str) -> list[FollowUp]:
    """What is to be followed up for a person, soonest first."""
    with desk.store.reading() as rows:
        found = find(rows, FollowUp, client_id=client_id)
    return sorted(found, key=lambda each: each.due_on)


def status_of(desk: Desk, client_id: str) -> str | None:
    """The criminal justice status on a person's card."""
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).justice_status
