"""The power is cut: what was said to be saved is there, and nothing is half there.

The writers are recorded call by call; from the record the folder is put together as it
may stand after a cut at any moment, and looked at.
Source: security design, §4.2 and §5.1.
"""

import contextlib
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.faults.disk import FATES, Disk
from tests.faults.effort import Effort, Told
from tests.faults.processes import faults
from tests.faults.recording import Asked, can_record, recorded
from tests.faults.writer import ROWS

CLOCK = FixedClock.on(date(2018, 5, 1))
KEY = bytes(range(32))
WRITER = Path(__file__).with_name("cut_writer.py")

#: Cuts of one recording.
CUTS = 60

#: What is wrong with a folder after a cut: who said what was saved.
Check = Callable[[Path, Sequence[str]], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Something that writes, and how to look at what is left of it.

    Attributes:
        task: name of the task in the script.
        prepare: makes the folder that the writer finds.
        check: what is wrong after a cut.
        script: the program.
        cuts: how many of one recording.
    """

    task: str
    prepare: Callable[[Path], None]
    check: Check
    script: Path = WRITER
    cuts: int = CUTS


def run(place: Path, effort: Effort, writers: Sequence[Writer] = ()) -> Told:
    """Record the writers in turn, and cut the power of each recording many times."""
    told = Told(skipped=can_record())
    if told.skipped:
        return told
    cut(place, effort, writers or WRITERS, told)
    return told


def cut(place: Path, effort: Effort, writers: Sequence[Writer], told: Told) -> None:
    """Cut the power of one writer a turn."""
    chance = effort.chance()
    for turn in effort:
        scene = place / f"turn-{turn}"
        _cuts(writers[turn % len(writers)], scene, chance, told)
        if told.wrong:
            break
        shutil.rmtree(scene)


def _cuts(writer: Writer, place: Path, chance: random.Random, told: Told) -> None:
    place.mkdir(parents=True)
    folder, seed = place / "desk", chance.randrange(1 << 30)
    folder.mkdir()
    writer.prepare(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    program = (str(writer.script), writer.task, str(folder), KEY.hex(), str(seed))
    calls = recorded(program, place / "calls")
    disk = Disk(folder, chance)
    for path, data in before.items():
        disk.stand(path, data)
    moments = sorted(chance.choices(range(len(calls) + 1), k=writer.cuts))
    said: list[str] = []
    for number in range(len(calls) + 1):
        while moments and moments[0] == number:
            moments.pop(0)
            fate = chance.choice(FATES)
            left = place / "left"
            left.mkdir()
            disk.leave(left, fate)
            told.counts["cuts"] += 1
            told.counts["sayings held to"] += len(said)
            told.wrong += [
                f"{writer.task}, seed {seed}, call {number}, {fate}: {wrong}"
                for wrong in writer.check(left, said)
            ]
            shutil.rmtree(left)
        if number < len(calls):
            disk.ask(calls[number])
            said += _said(calls, number)


def _said(calls: Sequence[Asked], number: int) -> list[str]:
    call = calls[number]
    return call.data.decode().split("\n")[:-1] if call.what == "said" else []


def _make_store(folder: Path) -> None:
    Store.create(folder, KEY, CLOCK, new_id()).close()


def check_deeds(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """What is wrong with a store after the task "store"."""
    try:
        with contextlib.closing(Store.open(folder, KEY, CLOCK)) as store:
            with store.reading() as rows:
                people = find(rows, Client)
            found = faults(store)
    except DeskError as error:
        yield f"corrupt: {error}"
        return
    yield from (f"corrupt: {wrong}" for wrong in found)
    yield from _halves(people)
    changed = [int(each.known_as or "") for each in people if each.code == "c"]
    added = {(each.code or "").split("-")[0] for each in people}
    for words in said:
        what, _, number = words.partition(" ")
        if (what == "add" and number not in added) or (
            what == "change" and int(number) > max(changed, default=-2)
        ):
            yield f"lost: {words}"


def _halves(people: Sequence[Client]) -> Iterator[str]:
    """Deeds of which only a part is there."""
    rows = Counter((each.code or "").split("-")[0] for each in people)
    del rows["c"]
    yield from (
        f"half a deed: {rows[each]} rows" for each in rows if rows[each] != ROWS
    )
    for each in people:
        note = each.access_needs or "-1"
        if each.code == "c" and note.split()[0] != each.known_as:
            yield "half a deed: one field changed, the other not"


def check_whole(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """What is wrong with the file of the task "whole"."""
    path = folder / "whole.bin"
    last = int(said[-1].split()[1]) if said else -1
    if not path.exists():
        if said:
            yield "lost: the file"
        return
    words = path.read_bytes().decode(errors="replace").split()
    if len(set(words)) != 1 or len(words) not in (1, 100, 3_000):
        yield f"half a file: {len(words)} words"
    elif int(words[0]) not in (last, last + 1):
        yield f"lost: {words[0]} stands, {last} was said"


def _nothing(_folder: Path) -> None:
    """The writer finds an empty folder."""


WRITERS = (
    Writer("store", _make_store, check_deeds),
    Writer("whole", _nothing, check_whole),
)

#: Writers that lose what they said: the drill must see it.
CARELESS = (
    Writer("hasty", _make_store, check_deeds),
    Writer("heedless", _make_store, check_deeds),
    Writer("careless", _nothing, check_whole),
)
