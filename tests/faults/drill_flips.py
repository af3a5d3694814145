"""Damage of the store and of the log beside it: told, never a crash, never unnoticed.

One bit flipped anywhere, two pages swapped, a page torn in its middle, a page too many,
a file cut short. What puts an old page or file back is the drill of old desks.
Source: security design, §4.2 (bit flips) and §2.5.
"""

import contextlib
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store import log_scan
from provider_desk.store import store as store_file
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.faults.effort import Effort, Told
from tests.faults.processes import faults, line, start

CLOCK = FixedClock.on(date(2018, 5, 1))
KEY = bytes(range(32))
PAGE = 4_096
LOG = f"{store_file.NAME}-wal"

Damage = Callable[[bytearray, random.Random], None]


def run(place: Path, effort: Effort) -> Told:
    """Damage a closed store and a log that a crash left, in turn."""
    told = Told()
    chance = effort.chance()
    closed, killed = place / "closed", place / "killed"
    people = _closed_store(closed)
    written = _killed_store(killed)
    for turn in effort:
        left = place / "left"
        if turn % 3:
            shutil.copytree(closed, left)
            _damage_store(left, people, chance, told)
        else:
            shutil.copytree(killed, left)
            _damage_log(left, written, chance, told)
        shutil.rmtree(left)
    return told


def flip(data: bytearray, chance: random.Random) -> None:
    """One bit, anywhere."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def swap(data: bytearray, chance: random.Random) -> None:
    """Two pages change places."""
    one, two = (each * PAGE for each in chance.sample(range(len(data) // PAGE), 2))
    first = data[one : one + PAGE]
    data[one : one + PAGE] = data[two : two + PAGE]
    data[two : two + PAGE] = first


def tear(data: bytearray, chance: random.Random) -> None:
    """A page of which the second half was never written."""
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at + PAGE // 2 : at + PAGE] = bytes(PAGE // 2)


def lengthen(data: bytearray, chance: random.Random) -> None:
    """A page too many, of nothing or of another place."""
    at = chance.randrange(len(data) // PAGE) * PAGE
    data += chance.choice((bytes(PAGE), chance.randbytes(PAGE), data[at : at + PAGE]))


def shorten(data: bytearray, chance: random.Random) -> None:
    """A file cut short, at the end of a page or within one."""
    at = chance.randrange(len(data))
    del data[at if chance.random() < 0.5 else at // PAGE * PAGE :]


DAMAGES: tuple[Damage, ...] = (
    flip,
    flip,
    flip,
    flip,
    flip,
    swap,
    tear,
    lengthen,
    shorten,
)


def _closed_store(folder: Path) -> list[Client]:
    store = Store.create(folder, KEY, CLOCK, new_id())
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}", access_needs="x" * 300) for n in range(300))
    with store.writing("remove") as deed:
        for person in find(deed, Client)[:150]:
            deed.retire(Client, person.id, "invented")
    with store.reading() as rows:
        people = find(rows, Client)
    store.close()
    return people


def _killed_store(folder: Path) -> set[int]:
    """A store whose writer was killed: its deeds lie in the log."""
    Store.create(folder, KEY, CLOCK, new_id()).close()
    with start(folder, KEY, "write") as writer:
        for _ in range(24):
            line(writer)
        writer.kill()
    (folder / "desk.lock").unlink()
    copy = folder.with_name("counted")
    shutil.copytree(folder, copy)
    written = _deeds(copy)
    shutil.rmtree(copy)
    return written


def _deeds(folder: Path) -> set[int]:
    with (
        contextlib.closing(Store.open(folder, KEY, CLOCK)) as store,
        store.reading() as rows,
    ):
        return {int(str(p.code).split("-")[0]) for p in find(rows, Client)}


def _damage_store(
    folder: Path, people: list[Client], chance: random.Random, told: Told
) -> None:
    path = folder / store_file.NAME
    data = bytearray(path.read_bytes())
    before = bytes(data)
    damage = chance.choice(DAMAGES)
    damage(data, chance)
    if data == before:
        return
    path.write_bytes(data)
    told.counts[f"store: {damage.__name__}"] += 1
    try:
        with contextlib.closing(Store.open(folder, KEY, CLOCK)) as store:
            found = faults(store)
            with store.reading() as rows:
                same = find(rows, Client) == people
    except DeskError:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no sentence
        told.wrong.append(f"{damage.__name__}: {type(error).__name__}: {error}")
        return
    what = f"{damage.__name__}, not told, {'nothing' if same else 'people'} lost"
    told.expect(bool(found), what)


def _damage_log(
    folder: Path, written: set[int], chance: random.Random, told: Told
) -> None:
    path = folder / LOG
    data = bytearray(path.read_bytes())
    flip(data, chance)
    path.write_bytes(data)
    told.counts["log: flip"] += 1
    try:
        lost = log_scan.lost_commits(folder / store_file.NAME)
        there = _deeds(folder)
    except DeskError:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no sentence
        told.wrong.append(f"log: {type(error).__name__}: {error}")
        return
    missing = written - there
    if lost:
        told.counts["log: told before opening"] += 1
    elif not missing:
        told.counts["log: harmless, every deed is there"] += 1
    elif missing == {max(written)}:
        told.counts["log: as if cut off in the last deed"] += 1
    else:
        told.wrong.append(f"log: {len(missing)} deeds lost, not told")
