"""Invented referral life for the demo desk: the hub, coming back, people twice.

Nobody in it exists. It is drawn from a source of chance of its own, so that what else
is on the desk stays as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.ids import derived_id
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    PresentingNeed,
    Referral,
    SafeContact,
    WaitingEntry,
)

_ID = Callable[..., str]

_HOLDERS = ("Early Help (invented)", "GP (invented)", "Women's centre (invented)")
_HUB_SAID = (
    "Asked for counselling near home (invented).",
    "Known to us from an earlier referral (invented).",
    "Prefers a worker who speaks Urdu (invented).",
)
_ELSEWHERE = "Invented Haven"
#: Days since somebody came back, and how: by a new referral or a step-up. The hub is
#: late with one of them.
_BACK = ((4, "SELF"), (20, "GP"), (6, "STEPUP"), (17, "STEPUP"))
#: A second record of somebody, such as are made in a hurry.
_TWICE = 2
_LATE_ENDINGS = timedelta(days=40)


def with_referrals(
    seed: int, today: date, desk_id: str, held: Sequence[Record]
) -> list[Record]:
    """The demo desk's records with the life of its referrals filled in.

    Args:
        seed: the same one draws the same.
        today: the civil date.
        desk_id: goes into the ids.
        held: the people, with their referrals and episodes.
    """
    chance = Random(f"{seed} referrals")  # noqa: S311  (invented)
    new_id = partial(derived_id, desk_id, "demo", "referrals")
    found = [_filled(each, chance) for each in held]
    found += [need for each in found for need in _needs(each, chance, new_id)]
    found += _coming_back(found, today, new_id)
    found += _twice(found, new_id)
    return found


def _filled(record: Record, chance: Random) -> Record:
    if isinstance(record, SafeContact) and record.permission == "YES_RULES":
        speaks = choices("contact_channel").by_code[record.channel].flags.get("phone")
        return replace(
            record,
            rules="" if speaks else record.rules,
            hours="Weekdays after 10" if speaks else "",
            answered_by="Only the person" if speaks else "",
            we_say="Sam from the library" if speaks else "",
            code_word=chance.choice(("", "bluebell", "")) if speaks else "",
            if_other="Ask for the library card, then hang up" if speaks else "",
            must_not_know=chance.choice(("", "Her brother", "")),
        )
    if not isinstance(record, Referral):
        return record
    decided = record.decided_on
    held_by = chance.choice(_HOLDERS) if chance.random() < 0.3 else ""  # noqa: PLR2004
    reason = chance.choice(_HUB_SAID) if chance.random() < 0.2 else ""  # noqa: PLR2004
    told = decided if chance.random() < 0.8 else None  # noqa: PLR2004
    elsewhere = record.decision == "DECLINED" and chance.random() < 0.4  # noqa: PLR2004
    return replace(
        record,
        held_by=held_by,
        hub_reason=reason if record.hub_decided_on else "",
        referrer_updated_on=told,
        hub_status="ALLOCATED_ELSEWHERE" if elsewhere else record.hub_status,
        redirected_to=_ELSEWHERE if elsewhere else "",
    )


def _needs(record: Record, chance: Random, new_id: _ID) -> Iterator[Record]:
    if isinstance(record, Referral) and chance.random() < 0.7:  # noqa: PLR2004
        codes = tuple(choices("presenting_need").by_code)
        for code in chance.sample(codes, chance.choice((1, 2, 3))):
            yield PresentingNeed(
                id=new_id("need", record.id, code), referral_id=record.id, need=code
            )


def _coming_back(held: Sequence[Record], today: date, new_id: _ID) -> Iterator[Record]:
    """New referrals of people whose support ended some time ago."""
    referrals = {each.id: each for each in held if isinstance(each, Referral)}
    episodes = {each.id: each for each in held if isinstance(each, Episode)}
    ended = [
        each
        for each in held
        if isinstance(each, Closure) and each.closed_on < today - _LATE_ENDINGS
    ]
    for (days, source), closing in zip(_BACK, reversed(ended), strict=False):
        episode = episodes[closing.episode_id]
        before = referrals[episode.referral_id]
        on = today - timedelta(days)
        stepped = source == "STEPUP"
        again = Referral(
            id=new_id("again", before.id),
            client_id=before.client_id,
            contract_id=before.contract_id,
            area=before.area,
            received_on=on,
            source=source,
            held_by=before.held_by,
            allocated_to=episode.worker if stepped else "",
            hub_status="SENT",
            hub_sent_on=on,
            consent="Y",
            decision="ACCEPTED" if stepped else "PENDING",
            decided_on=on if stepped else None,
            from_episode_id=episode.id,
        )
        yield again
        if stepped:
            yield WaitingEntry(
                id=new_id("entry", again.id), referral_id=again.id, accepted_on=on
            )


def _twice(held: Sequence[Record], new_id: _ID) -> Iterator[Record]:
    """Second records of people who are there already, as a hurry makes them."""
    people = [each for each in held if isinstance(each, Client)]
    for number, person in enumerate(people[-_TWICE - 1 : -1], start=1):
        yield Client(
            id=new_id("twice", person.id),
            code=f"D-{len(people) + number:04d}",
            known_as=person.given_names,
            family_name=person.family_name if number == 1 else "",
            born_on=person.born_on,
            mobile=person.mobile,
        )
