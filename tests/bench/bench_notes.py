"""How long sealing, opening, a person's page and the search over sealed notes take.

Run: python -m tests.bench.bench_notes [NOTES]

Everybody in it is invented. The words follow the frequencies of a language.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from provider_desk.keys.sealing import About, Opener, Sealer
from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.records import Client, Episode, Referral, Session
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import Sealing
from provider_desk.services.notes.note_search import NoteSearch
from tests.builders.casework import TODAY, contract_of, make_desk, signed_in_as

NOTES, PEOPLE, OF_ONE, WORDS = 20_000, 400, 500, 205
_ABOUT = About("a" * 32, "b" * 32, "session.note")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def vocabulary(chance: random.Random) -> list[str]:
    """Words of three to nine letters."""
    return [
        "".join(chance.choices(_LETTERS, k=chance.randint(3, 9))) for _ in range(8_000)
    ]


def timed(said: str, work: Callable[[], object], tries: int = 3) -> None:
    """Print the best of some tries."""
    best = min(_seconds(work) for _ in range(tries))
    print(f"{said:<58}{best * 1000:>10.1f} ms")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def records(desk: Desk, notes: int, words: Callable[[], str]) -> Iterator[Record]:
    """People with counselling cases and their sessions; the first has 500."""
    contract, count = contract_of(desk).id, 0
    while count < notes:
        client = Client(code=f"B-{count:06}", known_as="Invented")
        referral = Referral(
            client_id=client.id,
            contract_id=contract,
            area="THER",
            received_on=date(2017, 9, 1),
            decision="ACCEPTED",
            decided_on=date(2017, 9, 5),
        )
        episode = Episode(
            referral_id=referral.id, started_on=date(2017, 10, 3), worker="CO"
        )
        yield from (client, referral, episode)
        for number in range(OF_ONE if not count else notes // PEOPLE):
            count += 1
            yield Session(
                referral_id=referral.id,
                episode_id=episode.id,
                held_on=date(2017, 10, 3) + timedelta(days=number % 200),
                type="THERAPY",
                attendance="ATT",
                worker="CO",
                note=words(),
            )


def measure(desk: Desk, notes: int) -> None:
    """Fill a desk and measure."""
    chance = random.Random(1)  # noqa: S311 - no secret is made of it
    known = vocabulary(chance)
    weights = [1 / (place + 3) for place in range(len(known))]

    def words() -> str:
        return " ".join(chance.choices(known, weights, k=WORDS))

    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")
    one, manager = words(), Sealer(desk.keys, "counsel:main")
    sealer, opener = Sealer(counsellor.keys, "counsel:main"), Opener(counsellor.keys)
    text, blind = sealer.seal(one, _ABOUT), manager.seal(one, _ABOUT)
    timed("seal 1,000 notes", lambda: [sealer.seal(one, _ABOUT) for _ in range(1_000)])
    timed("open 1,000 notes", lambda: [opener.open(text, _ABOUT) for _ in range(1_000)])
    timed("seal 1 note without holding the key", lambda: _blindly(desk, one))
    timed("open it, a new opener", lambda: Opener(counsellor.keys).open(blind, _ABOUT))
    made = list(records(desk, notes, words))
    with desk.store.writing("fill") as deed:
        sealing = Sealing(counsellor, deed, made)
        begun = time.perf_counter()
        deed.add_all(map(sealing.record, made))
    print(f"{f'seal and store {notes:,}':<58}{_since(begun):>10.1f} ms")
    first = next(each.id for each in made if isinstance(each, Client))
    timed(f"a person's page, {OF_ONE} sealed notes", lambda: people.person(desk, first))
    timed("the same for who holds the key", lambda: people.person(counsellor, first), 5)
    search = NoteSearch(counsellor)
    timed(f"first search: {notes:,} notes opened", lambda: search.find("zzz"), 1)
    for asked in (known[0], known[700], known[3][:2], f"{known[5]} {known[80][:3]}"):
        timed(f"search: {asked}", partial(search.find, asked))


def _blindly(desk: Desk, words: str) -> str:
    return Sealer(desk.keys, "counsel:main").seal(words, _ABOUT)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        opened = make_desk(Path(folder) / "desk", FixedClock.on(TODAY))
        measure(opened, int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
        opened.close()
