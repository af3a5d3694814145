"""Run by the full-disk drill on a small disk of its own: fills it, saves, reads, opens.

``python full_disk.py FOLDER SEED`` prints, what the drill tells.
"""

import contextlib
import os
import random
import sys
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, DiskFull
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store import ballast, drafts, looks
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.faults.effort import Told
from tests.faults.processes import faults

CLOCK = FixedClock.on(date(2018, 5, 1))
KEY = bytes(range(32))
USER = "u" * 32
_FILLER = "somebody-elses-file"


class Scene:
    """A desk on a disk that another program fills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)  # noqa: S311
        self.told = Told()
        self.saved: list[Client] = []
        self.looked = 0
        self.last_word = ""
        Store.create(folder, KEY, CLOCK, new_id()).close()
        ballast.take(folder)
        self.told.expect(
            ballast.size(folder) == ballast.WHOLE_BYTES, "no reserve on a roomy disk"
        )

    def fill(self) -> None:
        """Another program takes all the room that there is, to the last byte."""
        with (self.folder.parent / _FILLER).open("ab", buffering=0) as file:
            for size in (1_000_000, 4_096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def empty(self) -> None:
        """Somebody makes room."""
        (self.folder.parent / _FILLER).unlink()

    def save(self, store: Store) -> bool:
        """Save a person; returns whether it could be."""
        person = Client(code=str(len(self.saved)), access_needs="x" * 3_000)
        try:
            with store.writing("add person") as deed:
                deed.add(person)
        except DiskFull as error:
            self.told.counts["refused saves"] += 1
            self.told.expect("This was not saved" in str(error), str(error))
            self.last_word = str(error)
            return False
        self.saved.append(person)
        self.told.counts["saved"] += 1
        return True

    def save_until_full(self, store: Store) -> None:
        """Save people until the disk is full, at most a hundred thousand."""
        for _ in range(100_000):
            if not self.save(store):
                return
        self.told.wrong.append("the disk never got full")

    def look(self, store: Store) -> None:
        """Note who looked."""
        looks.append(store, USER, CLOCK.ms, b"looked", lambda _data: bytes(64))
        self.looked += 1

    def compare(self, store: Store, when: str) -> None:
        """What is there is what was saved."""
        with store.reading() as rows:
            there = find(rows, Client)
            looked = looks.count(rows)
        self.told.expect(there == self.saved, f"{when}: not what was saved")
        self.told.expect(looked == self.looked, f"{when}: who looked is not whole")
        self.told.counts["comparisons"] += 1

    def open(self, when: str) -> Store | None:
        """Open the desk; a full disk must not stop that."""
        try:
            return Store.open(self.folder, KEY, CLOCK)
        except DeskError as error:
            self.told.wrong.append(f"{when}: could not be opened: {error}")
            return None


def go_through(scene: Scene) -> None:
    """A working day on a disk that fills up."""
    store = scene.open("at first")
    assert store is not None
    for _ in range(scene.chance.randrange(1, 40)):
        scene.save(store)
    scene.fill()
    scene.save_until_full(store)
    scene.told.expect("save once more now" in scene.last_word, "no word of the reserve")
    scene.told.expect(scene.save(store), "the reserve did not let the deed be saved")
    scene.compare(store, "after the reserve was given up")
    scene.fill()
    scene.save_until_full(store)
    scene.told.expect(
        "no room left in reserve" in scene.last_word, "no word that nothing is left"
    )
    scene.compare(store, "on a disk that is full to the last byte")
    drafts.keep(store, USER, "panel", CLOCK.ms, b"typed before the disk was full")
    scene.look(store)
    store.close()
    scene.fill()
    for number in range(6):
        again = scene.open(f"opening number {number} on a full disk")
        if again is None:
            return
        scene.look(again)
        scene.compare(again, "opened on a full disk")
        again.close()
        scene.fill()
    scene.empty()
    room = scene.open("when there is room again")
    assert room is not None
    kept = [each.sealed for each in _drafts(room)]
    scene.told.expect(kept == [b"typed before the disk was full"], "the draft is gone")
    scene.told.expect(scene.save(room), "not saved though there is room again")
    scene.told.expect(not faults(room), "the store is not sound")
    scene.compare(room, "when there is room again")
    room.close()
    held = ballast.size(scene.folder)
    scene.told.expect(held == ballast.WHOLE_BYTES, f"reserve of {held} taken again")


def _drafts(store: Store) -> list[drafts.Draft]:
    with store.reading() as rows:
        return drafts.listed(rows, USER)


def main(folder: str, seed: str) -> None:
    """Go through it once and tell."""
    os.umask(0o077)
    scene = Scene(Path(folder), int(seed))
    try:
        go_through(scene)
    except DeskError as error:
        scene.told.wrong.append(f"{type(error).__name__}: {error}")
    sys.stdout.write(scene.told.written())


if __name__ == "__main__":
    main(*sys.argv[1:])
