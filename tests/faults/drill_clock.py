"""The clock is wrong: no informed edit is lost, stamps never go back, and it is told.

A person who changes what they see must find it changed, whatever the clock showed
before and shows now: a year back, a year ahead, a jump within a deed's minute, the two
nights on which Britain changes its hour.
Source: security design, §4.2 (clock).
"""

import contextlib
import random
import shutil
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.model.clock import FixedClock
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.services.safety.clock_check import (
    BEHIND_MS,
    JUMP_MS,
    ClockWatch,
    told,
)
from provider_desk.store.history import history
from provider_desk.store.op_log import setting
from provider_desk.store.records import get
from provider_desk.store.store import Store
from tests.faults.effort import Effort, Told
from tests.faults.processes import faults

KEY = bytes(range(32))
_MINUTE = 60_000
_DAY = 24 * 60 * _MINUTE

#: How far the clock may be moved at once, either way.
JUMPS_MS = (0, 0, 0, 1, 40_000, 10 * _MINUTE, 60 * _MINUTE, _DAY, 31 * _DAY, 365 * _DAY)

#: Where days begin: a common one, and the two nights of the year that change the hour.
DAYS = (date(2018, 5, 1), date(2018, 3, 25), date(2018, 10, 28))

SESSIONS, EDITS = 4, 8


def run(place: Path, effort: Effort) -> Told:
    """A few days at a desk whose clock is moved between deeds."""
    found = Told()
    chance = effort.chance()
    for turn in effort:
        _Days(place / f"desk-{turn}", chance, found).go()
        shutil.rmtree(place / f"desk-{turn}")
        if found.wrong:
            break
    return found


@dataclass(slots=True)
class _Days:
    folder: Path
    chance: random.Random
    found: Told
    clock: FixedClock = field(init=False)
    count: int = 10**9
    stamps: list[Stamp] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = FixedClock.on(self.chance.choice(DAYS), self.chance.randrange(24))
        self.person = Client(code="one")

    person: Client = field(init=False)

    def go(self) -> None:
        """Sign in, change things, sign out; the clock is moved at any moment."""
        with contextlib.closing(
            Store.create(self.folder, KEY, self.clock, new_id())
        ) as store:
            with store.writing("add person") as deed:
                deed.add(self.person)
            self.stamps.append(self._last(store))
        for _ in range(SESSIONS):
            self._pass(at_desk=False)
            with contextlib.closing(Store.open(self.folder, KEY, self.clock)) as store:
                self._session(store)
                if self.chance.random() < 0.2:
                    self.found.wrong += faults(store)

    def _session(self, store: Store) -> None:
        watch = ClockWatch(self.clock, lambda: self.count, counts_sleep=True)
        self._hold_to_sign_in(store)
        for _ in range(EDITS):
            jump = self._pass(at_desk=True)
            said = watch.jumped()
            if jump:
                self.found.counts["jumps at the desk"] += 1
            if abs(jump) > JUMP_MS:
                self.found.expect("jumped" in said, f"a jump by {jump} ms was not told")
            elif not jump:
                self.found.expect(not said, f"told of a jump that was none: {said}")
            self._edit(store)

    def _hold_to_sign_in(self, store: Store) -> None:
        last = ms_of(self._last(store))
        said = told(self.clock.ms, last)
        self.found.counts["sign-ins"] += 1
        if last - self.clock.ms > BEHIND_MS:
            self.found.counts["sign-ins with a clock behind"] += 1
            self.found.expect("before the last change" in said, "behind, not told")
        elif self.clock.ms - last > 300 * _DAY:
            self.found.counts["sign-ins with a clock far ahead"] += 1
            self.found.expect("nothing was changed" in said, "far ahead, not told")
        elif abs(self.clock.ms - last) < _MINUTE:
            self.found.expect(not said, f"told of a clock that is right: {said}")

    def _edit(self, store: Store) -> None:
        """Change what is seen; it is so at once, and it is the last in the history."""
        value = f"value {len(self.edits)}"
        with store.writing("change person") as deed:
            deed.change(Client, self.person.id, {"known_as": value})
        self.edits.append(value)
        self.found.counts["informed edits"] += 1
        with store.reading() as rows:
            shown = get(rows, Client, self.person.id).known_as
            lines = history(rows, "client", self.person.id)
        self.found.expect(shown == value, f"{value} was typed, {shown} stands")
        typed = [line.fields[0][2] for line in lines[1:]]
        self.found.expect(typed == self.edits, "the history has another order")
        self.stamps.append(self._last(store))
        grows = all(before < after for before, after in pairwise(self.stamps))
        self.found.expect(grows, "a stamp went back")

    def _pass(self, *, at_desk: bool) -> int:
        """Time passes, and the clock may be moved; returns by how much it was."""
        passed = self.chance.randrange(5 * _MINUTE if at_desk else 3 * _DAY)
        jump = self.chance.choice(JUMPS_MS) * self.chance.choice((-1, 1))
        self.count += passed
        self.clock.ms += passed + jump
        return jump

    @staticmethod
    def _last(store: Store) -> Stamp:
        with store.reading() as rows:
            return Stamp(setting(rows, "hlc") or "")
