"""How long the keys of a desk take to open, with what a password costs here.

    python -m tests.bench.bench_keys

First a new desk, then one of 20 people after 100 have come and left. Milliseconds,
the median of seven; the limit leaves half of the second that signing in may take to
the store. Source: security design, §4.2.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from provider_desk.keys import desk_keys, roster
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.desk_keys import FIRST_TEAM, FLOOR, Cost
from provider_desk.keys.slots import stretched
from tests.builders.keys import NAME, PASSWORD, RealDesk, staffed_desk

_LIMIT_MS = 500.0
_RUNS = 7
_STAFF, _LEAVERS = 16, 100
_NEW = "thunder basket yellow piano"


def milliseconds(deed: Callable[[], object]) -> float:
    """The median of some runs."""
    took = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        deed()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def come_and_go(desk: RealDesk) -> None:
    """Some people come and stay; many come, hold keys, and leave."""
    for number in range(_STAFF):
        add(desk, f"staff{number}")
    for number in range(_LEAVERS):
        user = f"leaver{number}"
        add(desk, user)
        desk_keys.grant(desk.folder, desk.signed_in("lead"), FIRST_TEAM, user)
        desk_keys.disable_user(desk.folder, desk.signed_in("manager"), user)
        desk_keys.rotate_due(desk.folder, desk.signed_in("lead"))


def add(desk: RealDesk, user: str) -> None:
    """One more person."""
    keys = desk.signed_in("manager")
    desk_keys.add_user(desk.folder, keys, user, user, _NEW, admin=False, cost=FLOOR)


def shown(what: str, took: float, limit: float | None = None) -> bool:
    """Print a line; whether it is over its limit."""
    wanted = "" if limit is None else f"   (at most {limit:.0f})"
    print(f"{what:44} {took:8.1f} ms{wanted}")
    return limit is not None and took > limit


def cost_lines() -> bool:
    """What a guess costs; whether the calibrated one is over the limit."""
    chosen = calibrated()
    shown("a guess at the least", milliseconds(lambda: guess(FLOOR)))
    memory = f"a guess as measured here, {chosen.memory_kib // 1024} MiB"
    return shown(memory, milliseconds(lambda: guess(chosen)), _LIMIT_MS)


def guess(cost: Cost) -> None:
    """Stretch a password."""
    stretched("a password to measure with", bytes(16), cost)


def main() -> int:
    """Print the table; 1 where something is over its limit."""
    over = cost_lines()
    with tempfile.TemporaryDirectory() as name:
        desk = staffed_desk(Path(name) / "desk")
        over = measured(desk, "of a new desk") or over
        come_and_go(desk)
        over = measured(desk, f"after {_LEAVERS} have left") or over
    return int(over)


def measured(desk: RealDesk, which: str) -> bool:
    """Print the lines of a desk; whether one is over its limit."""
    listed = roster.read(desk.folder)
    size = (desk.folder / roster.NAME).stat().st_size / 1000
    print(f"{which}: {listed.now.revision} statements, {size:.0f} kB")
    shown("  roster read and checked", milliseconds(lambda: roster.read(desk.folder)))
    changed = milliseconds(lambda: desk.signed_in("lead"))
    shown("  keys opened, without the password", changed)
    whole = milliseconds(lambda: desk.unlock(NAME, PASSWORD))
    return shown("  name and password to keys, at the least", whole, _LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
