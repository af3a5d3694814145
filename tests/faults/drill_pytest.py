"""The tests of this folder, once: what they prove is not worth proving for long.

Read-only folders, two processes, memory after a lock, drafts that survive, the role
canary, and the short runs of all drills.
"""

import re
import subprocess
import sys
from pathlib import Path

from tests.faults.effort import Effort, Told
from tests.faults.processes import ROOT, environment

_COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?)")


def run(place: Path, effort: Effort) -> Told:
    """Run them; ``effort`` says how often."""
    told = Told()
    for turn in effort:
        base = place / str(turn)
        base.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "tests/faults", "-q"),
                *("-p", "no:cacheprovider", f"--basetemp={base}"),
            ],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        for count, what in _COUNTED.findall(done.stdout.strip().rsplit("\n", 1)[-1]):
            told.counts[f"tests {what}"] += int(count)
        if done.returncode:
            told.wrong += [
                each for each in done.stdout.splitlines() if each.startswith("FAILED")
            ] or [f"pytest ended with {done.returncode}"]
    return told
