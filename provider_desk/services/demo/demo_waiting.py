"""Invented offers, reviews and addresses for the demo desk. Nobody in it exists.

Laid over the caseload that was made, each from its own source of chance, so that what
else is on the desk stays as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.records import (
    Client,
    Episode,
    ListReview,
    SafeContact,
    WaitingEntry,
    WaitingOffer,
)

_RULE = "Plain envelope. Only “P. Sam” as the sender, if any."


def with_waiting(
    records: Iterable[Record], seed: int, today: date, desk_id: str
) -> Iterator[Record]:
    """The same records, and what was done for those who wait.

    Args:
        records: the caseload, a referral before its place on the list.
        seed: the same one draws the same.
        today: nothing lies after it.
        desk_id: goes into the ids.
    """
    waits: dict[str, WaitingEntry] = {}
    for record in records:
        chance = Random(f"{seed} waiting {record.id}")  # noqa: S311  (invented)
        match record:
            case Client():
                yield _with_address(record, chance)
                yield from _letter(record, chance, desk_id)
                continue
            case WaitingEntry(removed_on=None):
                waits[record.referral_id] = record
            case Episode():
                waits.pop(record.referral_id, None)
        yield record
    for number, entry in enumerate(waits.values()):
        yield from _while_waiting(entry, number, today, desk_id)


def _with_address(client: Client, chance: Random) -> Client:
    """Two in three have an address; the street and the town are invented."""
    if chance.random() > 0.67:  # noqa: PLR2004
        return client
    street = f"{chance.randint(1, 99)} Invented Street\nNotown"
    # No post town has such a code.
    return replace(client, address=street, postcode="ZZ9 9ZZ")


def _letter(client: Client, chance: Random, desk_id: str) -> Iterator[Record]:
    permission = chance.choice(("YES", "YES", "YES_RULES", "NO", "NK"))
    if permission != "NK":
        yield SafeContact(
            id=derived_id(desk_id, "demo", "safe", client.code, "LETTER"),
            client_id=client.id,
            channel="LETTER",
            permission=permission,
            rules=_RULE if permission == "YES_RULES" else "",
        )


def _while_waiting(
    entry: WaitingEntry, number: int, today: date, desk_id: str
) -> Iterator[Record]:
    """Some were offered a start, some places were reviewed."""
    referral_id, accepted = entry.referral_id, entry.accepted_on
    if number % 5 == 1:
        offered = max(accepted, today - timedelta(4 + number % 12))
        yield WaitingOffer(
            id=derived_id(desk_id, "demo", "open offer", referral_id),
            referral_id=referral_id,
            offered_on=offered,
        )
    reviewed = accepted + timedelta(30 + number % 9)
    if number % 3 == 0 and reviewed < today:
        yield ListReview(
            id=derived_id(desk_id, "demo", "review", referral_id),
            referral_id=referral_id,
            reviewed_on=reviewed,
            outcome="KEEP" if number % 2 else "NOT_REACHED",
            worker="JT",
        )
