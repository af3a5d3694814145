"""Rules between fields and records."""

from datetime import date

import pytest

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Client,
    Closure,
    Contract,
    Episode,
    Exceptional,
    ExitStrategy,
    Feedback,
    FunctionalGain,
    Phase,
    Referral,
    SafeContact,
    Score,
    Session,
    Supervision,
    Training,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.model.rules import problems_of, stopping

TODAY = date(2018, 5, 1)
CLIENT = Client(code="G-0001", given_names="Invented", born_on=date(1980, 1, 2))
REFERRAL = Referral(
    client_id=CLIENT.id,
    contract_id="c",
    area="THER",
    received_on=date(2017, 9, 5),
    decision="ACCEPTED",
    decided_on=date(2017, 9, 8),
)
EPISODE = Episode(referral_id=REFERRAL.id, started_on=date(2017, 10, 2))
PARENTS: dict[str, Record] = {
    "client": CLIENT,
    "referral": REFERRAL,
    "episode": EPISODE,
}


def referral(**values: object) -> Referral:
    given = REFERRAL.values() | values
    return Referral(**given)  # type: ignore[arg-type]


def session(**values: object) -> Session:
    base = {"referral_id": REFERRAL.id, "type": "THERAPY", "attendance": "ATT"}
    return Session(**(base | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (referral(decided_on=date(2017, 9, 4)), "decided_on"),
        (referral(decided_on=None), "decided_on"),
        (referral(decision="PENDING"), "decision"),
        (
            referral(received_on=date(2018, 5, 2), decision="PENDING", decided_on=None),
            "received_on",
        ),
        (referral(received_on=date(1979, 1, 1)), "received_on"),
        (
            referral(
                hub_status="ALLOCATED_HERE",
                hub_sent_on=date(2017, 9, 7),
                hub_decided_on=date(2017, 9, 6),
            ),
            "hub_decided_on",
        ),
        (
            WaitingEntry(referral_id="r", accepted_on=date(2017, 9, 4)),
            "accepted_on",
        ),
        (
            WaitingEntry(
                referral_id="r",
                accepted_on=date(2017, 9, 8),
                removed_on=date(2017, 9, 7),
                removal_reason="MOVED",
            ),
            "removed_on",
        ),
        (
            WaitingContact(
                referral_id="r",
                held_on=date(2017, 9, 4),
                method="PHONE",
                result="SPOKE",
            ),
            "held_on",
        ),
        (session(held_on=date(2017, 9, 4)), "held_on"),
        (session(held_on=date(2018, 5, 2)), "attendance"),
        (session(held_on=date(2017, 9, 5), group_code="Moving on"), "type"),
        (Episode(referral_id="r", started_on=date(2017, 9, 7)), "started_on"),
        (
            Phase(episode_id="e", phase="CORE", started_on=date(2017, 10, 1)),
            "started_on",
        ),
        (
            Closure(episode_id="e", closed_on=date(2017, 10, 1), reason="COMPLETED"),
            "closed_on",
        ),
        (
            ExitStrategy(
                episode_id="e",
                made_on=date(2017, 10, 2),
                agreed_on=date(2017, 10, 1),
            ),
            "agreed_on",
        ),
        (
            Exceptional(
                episode_id="e",
                reason="TRIAL",
                approved_on=date(2017, 10, 2),
                review_by=date(2017, 10, 1),
            ),
            "review_by",
        ),
        (
            Score(
                referral_id="r",
                instrument="PHQ9",
                scored_on=date(2017, 10, 2),
                total=28,
            ),
            "total",
        ),
        (
            Contract(
                reference="c",
                title="c",
                starts_on=date(2017, 1, 2),
                ends_on=date(2017, 1, 1),
            ),
            "ends_on",
        ),
        (
            FunctionalGain(referral_id="r", gain="SLEEP", seen_on=date(2199, 1, 1)),
            "seen_on",
        ),
        (
            Training(user_id="u", kind="OTHER", done_on=date(2199, 1, 1)),
            "done_on",
        ),
        (
            Training(
                user_id="u",
                kind="OTHER",
                done_on=date(2017, 10, 2),
                expires_on=date(2017, 10, 2),
            ),
            "expires_on",
        ),
        (
            Supervision(
                user_id="u",
                kind="CLINICAL",
                held_on=date(2017, 10, 2),
                next_on=date(2017, 10, 1),
            ),
            "next_on",
        ),
        (
            Feedback(
                kind="SURVEY",
                heard_on=date(2017, 10, 2),
                heard="heard",
                changed_on=date(2017, 10, 1),
            ),
            "changed_on",
        ),
        (
            SafeContact(
                client_id="c",
                channel="MOBILE",
                permission="YES",
                checked_on=date(2199, 1, 1),
            ),
            "checked_on",
        ),
    ],
)
def test_what_cannot_be_is_stopped_beside_its_field(record: Record, field: str) -> None:
    found = stopping(problems_of(record, PARENTS, TODAY))

    assert [problem.field for problem in found] == [field]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (referral(decision="DECLINED", decline_reason="OTHER"), "signposted_to"),
        (referral(decision="DECLINED", signposted_to="X"), "decline_reason"),
        (referral(consent="N"), "consent"),
        (Client(code="G-0002", given_names="Invented"), "born_on"),
        (Client(code="G-0003", birth_year=1980), "known_as"),
        (
            WaitingEntry(
                referral_id="r",
                accepted_on=date(2017, 9, 8),
                removed_on=date(2017, 9, 9),
            ),
            "removal_reason",
        ),
    ],
)
def test_what_is_odd_is_kept_and_pointed_out(record: Record, field: str) -> None:
    found = problems_of(record, PARENTS, TODAY)

    assert [(p.field, p.severity) for p in found] == [(field, "warn")]


@pytest.mark.parametrize(
    "record",
    [
        REFERRAL,
        EPISODE,
        CLIENT,
        session(held_on=date(2017, 9, 5)),
        session(held_on=date(2018, 6, 1), attendance="BOOKED"),
        Closure(episode_id="e", closed_on=date(2017, 10, 2), reason="COMPLETED"),
        Score(
            referral_id="r", instrument="PHQ9", scored_on=date(2017, 10, 2), total=27
        ),
    ],
)
def test_what_is_right_passes_in_silence(record: Record) -> None:
    assert problems_of(record, PARENTS, TODAY) == []


def test_a_rule_stays_silent_while_the_parent_has_not_arrived() -> None:
    assert problems_of(session(held_on=date(2017, 9, 4)), {}, TODAY) == []


def test_support_does_not_start_before_a_decision() -> None:
    waiting = {"referral": referral(decision="PENDING", decided_on=None)}

    found = problems_of(EPISODE, waiting, TODAY)

    assert "not accepted" in found[0].text
