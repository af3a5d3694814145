"""A process is killed while two threads save and a third notes who looked.

Another process waits at the door meanwhile, takes over, and is killed in its turn.
Whatever was said to be saved is there, whole; of the rest at most one deed a thread.
Source: security design, §4.2 (kill -9 loop).
"""

import random
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store import drafts, looks
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.faults.effort import Effort, Told
from tests.faults.processes import environment, faults, line
from tests.faults.two_writers import USER
from tests.faults.writer import ROWS

CLOCK = FixedClock.on(date(2018, 5, 1))
WRITERS = Path(__file__).with_name("two_writers.py")

#: Kills until the store is looked at, and looks until a new one is made.
KILLS, CHECKS = 6, 8


def run(place: Path, effort: Effort) -> Told:
    """Kill ``KILLS`` writers a turn, then look at what they left."""
    told = Told()
    chance = effort.chance()
    scene = None
    for turn in effort:
        if scene is None or turn % CHECKS == 0:
            shutil.rmtree(place, ignore_errors=True)
            scene = Scene(place / f"desk-{turn}", chance)
        scene.kill(KILLS, told)
        scene.look(told)
        if told.wrong:
            break
    return told


@dataclass(slots=True)
class Scene:
    """A store that one process after another writes to.

    Attributes:
        folder: the desk's.
        chance: when each is killed.
        key: the store's.
        runs: how many processes there were.
        counted: how many sayings were told already.
    """

    folder: Path
    chance: random.Random
    key: bytes = field(init=False)
    runs: int = 0
    counted: int = 0

    def __post_init__(self) -> None:
        self.key = self.chance.randbytes(32)
        Store.create(self.folder, self.key, CLOCK, new_id()).close()

    @property
    def said(self) -> Path:
        """Where the writers put down what they have saved."""
        return self.folder.with_suffix(".said")

    def kill(self, times: int, told: Told) -> None:
        """Kill one writer after the other; the next waits at the door all the time."""
        writing = self._start()
        for number in range(times):
            waiting = self._start() if number < times - 1 else None
            assert line(writing) == "in"
            if waiting is not None:
                assert line(waiting) == "waits"
            time.sleep(self.chance.uniform(0.005, 0.15))
            writing.kill()
            writing.communicate()
            told.counts["kills"] += 1
            if waiting is not None:
                told.counts["takeovers"] += 1
                writing = waiting

    def _start(self) -> subprocess.Popen[str]:
        self.runs += 1
        started = subprocess.Popen(
            [
                sys.executable,
                str(WRITERS),
                str(self.folder),
                self.key.hex(),
                str(self.said),
                str(self.runs),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        if self.runs % KILLS == 1:
            assert line(started) == "waits"
        return started

    def look(self, told: Told) -> None:
        """Compare what is there with what was said."""
        saved: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for each in self.said.read_text().splitlines():
            kind, begun, number = each.split()
            saved[kind, int(begun)].append(int(number))
        acknowledged = sum(map(len, saved.values()))
        told.counts["acknowledged"] += acknowledged - self.counted
        self.counted = acknowledged
        told.counts["checks"] += 1
        try:
            store = Store.open(self.folder, self.key, CLOCK)
            told.wrong += [f"not sound: {wrong}" for wrong in faults(store)]
            for run in range(1, self.runs + 1):
                held = _Held.of(store, run)
                told.wrong += [
                    f"run {run}: {wrong}" for wrong in held.wrong(saved, run)
                ]
            store.close()
        except DeskError as error:
            told.wrong.append(f"not sound: {error}")


@dataclass(slots=True)
class _Held:
    """What one run left in the store."""

    added: Counter[int]
    changed: list[Client]
    looked: list[int]
    draft: int

    @classmethod
    def of(cls, store: Store, run: int) -> "_Held":
        with store.reading() as rows:
            people = [
                each
                for each in find(rows, Client)
                if (each.code or "").startswith(f"{run}-")
            ]
            seen = [
                int(words[1])
                for entry in looks.entries(rows, 0, 1_000_000)
                if (words := entry.sealed.decode().split())[0] == str(run)
            ]
            kept = drafts.take(rows, USER, f"panel {run}")
        added = [str(each.code) for each in people if each.code != f"{run}-c"]
        return cls(
            Counter(int(code.split("-")[1]) for code in added),
            [each for each in people if each.code == f"{run}-c"],
            sorted(seen),
            int(kept.sealed.split()[1]) if kept else -1,
        )

    def wrong(self, saved: dict[tuple[str, int], list[int]], run: int) -> Iterator[str]:
        """What is missing, half there, or there that nobody typed."""
        added, changed, looked, kept = (
            saved.get((kind, run), []) for kind in ("add", "change", "look", "draft")
        )
        reached = int(self.changed[0].known_as or "") if self.changed else -1
        yield from (f"lost: deed {each}" for each in added if not self.added[each])
        if changed and reached < changed[-1]:
            yield f"lost: change {changed[-1]}, {reached} stands"
        if not set(looked) <= set(self.looked):
            yield "lost: who looked"
        if kept and self.draft < kept[-1]:
            yield f"lost: draft {kept[-1]}, {self.draft} stands"
        yield from self._halves()
        most = max(self.added, default=-1)
        for words, there, said in (
            ("deeds", most, added),
            ("changes", reached, changed),
        ):
            if said and there > said[-1] + 1:
                yield f"{words} that nobody was told of: {there - said[-1]}"

    def _halves(self) -> Iterator[str]:
        for number, rows in self.added.items():
            if rows != ROWS:
                yield f"half a deed: {rows} rows of {number}"
        for person in self.changed:
            if person.known_as != person.access_needs:
                yield "half a deed: one field changed, the other not"
        if self.looked != list(range(len(self.looked))):
            yield "who looked: a gap"
