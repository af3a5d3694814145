"""The worked example of the month's return, as records in a store."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    Session,
    WaitingContact,
    WaitingEntry,
)
from tests.builders.record_desks import CONTRACT, service

_FILE = Path(__file__).parent.parent / "golden" / "worked_example.json"


def worked_example() -> Mapping[str, Any]:
    """The worked example of the month's return, as it is written."""
    text = _FILE.read_text(encoding="utf-8")
    read: Mapping[str, Any] = json.loads(text)
    return read


def records_of_example(example: Mapping[str, Any]) -> list[Record]:
    """The worked example as records; their ids are its own, such as "R04"."""
    found = service("THER")
    found += [
        Client(id=person, code=person, born_on=_day(born))
        for person, born in example["people_dob"].items()
    ]
    for row in example["referrals"]:
        found += _referral_of_example(row)
    referral_of = {row["id"]: row["referral"] for row in example["episodes"]}
    for row in example["episodes"]:
        found += _episode_of_example(row)
    found += [
        Session(
            id=f"S{number:02d}",
            referral_id=referral_of[row["episode"]],
            episode_id=row["episode"],
            held_on=_known(row["date"]),
            type="THERAPY",
            mode=row["mode"],
            attendance=row["attendance"],
        )
        for number, row in enumerate(example["sessions"])
    ]
    found += [
        WaitingContact(
            referral_id=row["referral"],
            held_on=_known(row["date"]),
            method=row["method"],
            result=row["result"],
        )
        for row in example["waiting_contacts"]
    ]
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _known(text: str) -> date:
    return date.fromisoformat(text)


def _referral_of_example(row: Mapping[str, Any]) -> list[Record]:
    found: list[Record] = [
        Referral(
            id=row["id"],
            client_id=row["person"],
            contract_id=CONTRACT,
            area=row["area"],
            received_on=_known(row["received"]),
            source=row["source"],
            decision=row["decision"],
            decided_on=_day(row["decision_date"]),
        )
    ]
    if row["decision"] == "ACCEPTED":
        left, reason = row["waiting_removed"] or (None, None)
        found.append(
            WaitingEntry(
                id=f"W-{row['id']}",
                referral_id=row["id"],
                accepted_on=_known(row["decision_date"]),
                removed_on=_day(left),
                removal_reason=reason,
            )
        )
    return found


def _episode_of_example(row: Mapping[str, Any]) -> list[Record]:
    episode = row["id"]
    found: list[Record] = [
        Episode(
            id=episode, referral_id=row["referral"], started_on=_known(row["start"])
        )
    ]
    found += [
        Phase(episode_id=episode, phase=phase, started_on=_known(on))
        for phase, on in row["phases"]
    ]
    found += [
        ExitStrategy(episode_id=episode, made_on=_known(on))
        for on in row["exit_strategy_dates"]
    ]
    found += [
        Exceptional(
            episode_id=episode,
            reason=reason,
            approved_on=_known(given),
            review_by=_day(until),
        )
        for reason, given, until in row["exceptional"]
    ]
    if row["closed"]:
        on, reason = row["closed"]
        found.append(Closure(episode_id=episode, closed_on=_known(on), reason=reason))
    return found
