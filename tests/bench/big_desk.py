"""A desk far larger than any provider's: invented people with years of sessions.

    python -m tests.bench.big_desk FOLDER [PEOPLE [SESSIONS]]

makes one, and leaves it for other measurements to open.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from provider_desk.model.clock import Clock, FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    ExitStrategy,
    Phase,
    Referral,
    SafeContact,
    Score,
    Session,
    User,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.builders.casework import TODAY, contract_of, keys_for, make_desk
from tests.builders.keys import KEY

PEOPLE, SESSIONS = 50_000, 1_000_000
_SEED = 20180501
_FIRST = date(2013, 1, 1)
_WORKERS = [f"W{number:02d}" for number in range(40)]
_GIVEN = [
    "Zoë",
    "Anna",
    "Ben",
    "Carla",
    "Dana",
    "Ella",
    "Farah",
    "Grace",
    "Hana",
    "Iris",
    "Jodie",
    "Kate",
    "Lena",
    "Mia",
    "Nadia",
    "Olive",
    "Priya",
    "Quinn",
    "Rosa",
    "Sofia",
    "Tara",
    "Una",
    "Vera",
    "Wanda",
    "Xenia",
    "Yara",
    "Zainab",
    "Amélie",
    "Chloé",
    "Noor",
    "Ines",
    "Maja",
    "Freya",
    "Sian",
    "Aoife",
    "Leila",
    "Tess",
    "Ruth",
    "Joan",
    "Beth",
]
_STEMS = [
    "Ash",
    "Birch",
    "Cal",
    "Dun",
    "East",
    "Fair",
    "Green",
    "Hart",
    "Ivy",
    "Kel",
    "Lang",
    "Mill",
    "North",
    "Oak",
    "Pen",
]
_ENDS = [
    "by",
    "croft",
    "dale",
    "field",
    "ford",
    "gate",
    "ham",
    "house",
    "ley",
    "man",
    "mere",
    "shaw",
    "ton",
    "well",
    "wood",
]
_ATTENDANCE = ["ATT"] * 14 + ["DNA"] * 3 + ["CX_CLIENT", "CX_CLIENT_LATE", "CX_PROV"]


def make_big_desk(
    folder: Path,
    people: int = PEOPLE,
    sessions: int = SESSIONS,
    clock: Clock | None = None,
) -> Desk:
    """A desk with so many people and sessions; the same at each making but for ids."""
    desk = make_desk(folder, clock, name="Invented and Large")
    luck = random.Random(_SEED)  # noqa: S311
    contract_id = contract_of(desk).id
    each = max(1, round(sessions / (people * 0.9)))
    step = 1_000
    for first in range(0, people, step):
        batch: dict[str, list[Record]] = {}
        for number in range(first, min(first + step, people)):
            for record in _case(luck, number, contract_id, each):
                batch.setdefault(record.TABLE, []).append(record)
        with desk.store.writing("make a large desk", by=desk.user.id) as deed:
            for records in batch.values():
                deed.add_all(records)
    return desk


def _case(
    luck: random.Random, number: int, contract_id: str, sessions: int
) -> Iterator[Record]:
    """One person with a referral and what came of it."""
    client = _client(luck, number)
    yield client
    yield SafeContact(
        client_id=client.id,
        channel="MOBILE",
        permission=luck.choice(["YES", "YES_RULES", "NO"]),
    )
    span = (TODAY - _FIRST).days
    received = _FIRST + timedelta(luck.randrange(span))
    fate = luck.random()
    accepted = received + timedelta(luck.randrange(3, 20))
    decided = accepted <= TODAY and fate > 0.02
    referral = Referral(
        client_id=client.id,
        contract_id=contract_id,
        area=luck.choice(["PES_AD", "THER"]),
        received_on=received,
        source=luck.choice(["GP", "SELF", "NK"]),
        decision="ACCEPTED" if decided else "PENDING",
        decided_on=accepted if decided else None,
    )
    yield referral
    if not decided:
        return
    left = fate < 0.08
    start = accepted + timedelta(luck.randrange(20, 180))
    yield WaitingEntry(
        referral_id=referral.id,
        accepted_on=accepted,
        removed_on=min(start, TODAY) if left else None,
        removal_reason="NOT_WANTED" if left else None,
    )
    for months in range(1, 1 + (min(start, TODAY) - accepted).days // 28):
        yield WaitingContact(
            referral_id=referral.id,
            held_on=accepted + timedelta(28 * months),
            method="PHONE",
            result=luck.choice(["SPOKE", "NO_ANSWER"]),
        )
    if not left and start <= TODAY:
        yield from _support(luck, referral, start, sessions)


def _support(
    luck: random.Random, referral: Referral, start: date, sessions: int
) -> Iterator[Record]:
    worker = luck.choice(_WORKERS)
    episode = Episode(referral_id=referral.id, started_on=start, worker=worker)
    yield episode
    yield Phase(episode_id=episode.id, phase="CORE", started_on=start)
    if luck.random() < 0.9:
        yield ExitStrategy(
            episode_id=episode.id,
            made_on=start,
            status="AGREED",
            review_on=start + timedelta(90),
        )
    held_on = start
    for number in range(luck.randint(sessions // 2, sessions * 3 // 2)):
        code = "ATT" if number == 0 else luck.choice(_ATTENDANCE)
        if held_on > TODAY:
            code = "BOOKED"
        elif held_on > TODAY - timedelta(3) and luck.random() < 0.5:
            code = "UNREC"
        yield Session(
            referral_id=referral.id,
            episode_id=episode.id,
            held_on=held_on,
            type="THERAPY" if referral.area == "THER" else "SUPPORT",
            mode=luck.choice(["F2F", "F2F", "PHONE", "VIDEO", "OUTREACH"]),
            attendance=code,
            minutes=50,
            worker=worker,
        )
        if held_on > TODAY + timedelta(14):
            return
        held_on += timedelta(luck.choice([7, 7, 14]))
    for on, total in ((start, 18), (held_on, 9)):
        if on <= TODAY:
            yield Score(
                referral_id=referral.id, instrument="PHQ9", scored_on=on, total=total
            )
    if held_on + timedelta(7) <= TODAY:
        yield Closure(
            episode_id=episode.id,
            closed_on=held_on + timedelta(7),
            reason=luck.choice(["COMPLETED", "AGREED", "DISENGAGED"]),
        )


def _client(luck: random.Random, number: int) -> Client:
    given = luck.choice(_GIVEN)
    family = luck.choice(_STEMS) + luck.choice(_ENDS)
    return Client(
        code=f"I-{number + 1:05d}",
        known_as=given if luck.random() < 0.5 else "",
        given_names=given,
        family_name=f"{family}-{luck.choice(_STEMS)}" if number % 9 == 0 else family,
        born_on=date(1950, 1, 1) + timedelta(luck.randrange(18_000)),
        mobile=f"07700 {luck.randrange(1_000_000):06d}",
    )


def open_big_desk(folder: Path) -> Desk:
    """Open a desk that was made before, on the day on which it was made."""
    clock = FixedClock.on(TODAY)
    store = Store.open(folder, KEY, clock)
    with store.reading() as rows:
        user = find(rows, User)[0]
    return Desk(store, user, clock, keys_for(store, user))


def main() -> None:
    """Make one, and say how long it took."""
    folder = Path(sys.argv[1])
    numbers = [int(each) for each in sys.argv[2:4]]
    people, sessions = [*numbers, *(PEOPLE, SESSIONS)[len(numbers) :]]
    began = time.perf_counter()
    desk = make_big_desk(folder, people, sessions)
    took = time.perf_counter() - began
    size = desk.store.path.stat().st_size / 1e6
    desk.close()
    print(f"made in {took:.0f} s, {size:.0f} MB")


if __name__ == "__main__":
    main()
