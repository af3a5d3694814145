"""Runs the fault drills for long, on all cores, and tells what they found.

    python -m tests.faults [--minutes N] [--only NAME ...] [--seed S]

Each drill gets its part of the time in as many processes as there are cores, each with
chances of its own; one that a process does not survive is a fault too. The status is 1
where anything is wrong. What a drill does stands at the top of ``drill_NAME.py``.
"""

import argparse
import importlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.effort import Effort, Told
from tests.faults.processes import environment

#: Name → its part of the time; 0 runs once, in one process.
DRILLS = {
    "pytest": 0.0,
    "guesses": 0.0,
    "kills": 4.0,
    "power_cut": 4.0,
    "desk_cuts": 3.0,
    "flips": 2.0,
    "key_files": 1.0,
    "old_desks": 1.0,
    "disk_full": 1.0,
    "canary": 2.0,
    "clock": 0.5,
    "spreadsheets": 1.5,
}

_MOST_SAID = 20


def main(arguments: Sequence[str]) -> int:
    """Run the drills named, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--minutes", type=float, default=10, help="for all together")
    parser.add_argument("--only", nargs="*", default=[], choices=list(DRILLS))
    parser.add_argument("--seed", type=int, default=None, help="same chances again")
    parser.add_argument("--alone", nargs=2, metavar=("NAME", "PLACE"), help="one part")
    given = parser.parse_args(arguments)
    seed = secrets.randbelow(1 << 30) if given.seed is None else given.seed
    if given.alone:
        name, place = given.alone
        return _alone(name, place, Effort(seed, *_times(given.minutes)))
    names = given.only or list(DRILLS)
    whole = sum(DRILLS[name] for name in names) or 1.0
    _say(f"seed {seed}; drills: {', '.join(names)}")
    failed = []
    for name in names:
        told = _everywhere(name, given.minutes * DRILLS[name] / whole, seed)
        _print(name, told)
        if told.wrong:
            failed.append(name)
    _say(f"FAILED: {', '.join(failed)} (seed {seed})" if failed else "All is well.")
    return 1 if failed else 0


def _times(minutes: float) -> tuple[int, float]:
    return (0, minutes) if minutes else (1, 0)


def _alone(name: str, place: str, effort: Effort) -> int:
    drill: Callable[[Path, Effort], Told] = importlib.import_module(
        f"tests.faults.drill_{name}"
    ).run
    sys.stdout.write(drill(Path(place), effort).written())
    return 0


def _everywhere(name: str, minutes: float, seed: int) -> Told:
    """A drill in a process for each core."""
    parts = (os.cpu_count() or 1) if DRILLS[name] else 1
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        started = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "tests.faults"),
                    *("--alone", name, str(place / str(part))),
                    *("--minutes", str(minutes), "--seed", str(seed + part)),
                ],
                stdout=subprocess.PIPE,
                text=True,
                env=environment(),
            )
            for part in range(parts)
        ]
        told = Told()
        for part, process in enumerate(started):
            said, _ = process.communicate()
            told.add(_read(said, process.returncode, seed + part))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return told


def _read(said: str, status: int, seed: int) -> Told:
    if status:
        return Told(wrong=[f"seed {seed}: the drill itself ended with {status}"])
    return Told.read(said)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _print(name: str, told: Told) -> None:
    result = "skipped" if told.skipped else "WRONG" if told.wrong else "sound"
    _say(f"== {name}: {result} {told.skipped}".rstrip())
    for what, count in sorted(told.counts.items()):
        _say(f"   {count:>12,}  {what}")
    for what, figure in told.figures.items():
        _say(f"   {figure:>12}  {what}")
    for wrong in told.wrong[:_MOST_SAID]:
        _say(f"   ! {wrong}")
    if len(told.wrong) > _MOST_SAID:
        _say(f"   ! and {len(told.wrong) - _MOST_SAID:,} more")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
