"""The disk is full to the last byte: what is saved is what was said, and can be read.

On a disk of its own, in memory, where the machine lets that be mounted. The reserve
lets what is open be saved once more, drafts and closing work, and the desk opens.
Source: security design, §4.2 (disk full).
"""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.faults.effort import Effort, Told
from tests.faults.processes import environment

SCRIPT = Path(__file__).with_name("full_disk.py")

#: Room enough for the whole reserve to be taken, and little more.
SIZE_MB = 230

_MOUNT = 'mount -t tmpfs -o size="$1"m tmpfs "$2" && shift 2 && exec "$@"'


@cache
def mounting() -> tuple[str, ...]:
    """The command that lets a program mount a disk of its own; () where none does."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return ()
    for way in (("--mount",), ("--user", "--map-root-user", "--mount")):
        probe = ["unshare", *way, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return ("unshare", *way)
    return ()


def on_a_disk(place: Path, size_mb: int, program: list[str]) -> tuple[str, int]:
    """Run a program that sees a small empty disk at ``place``.

    Returns:
        What it said, and its exit status.
    """
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [*mounting(), "sh", "-c", _MOUNT, "sh", str(size_mb), str(place), *program],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        check=False,
    )
    return done.stdout, done.returncode


def run(place: Path, effort: Effort) -> Told:
    """Go through a day on a full disk, again and again."""
    told = Told()
    if not mounting():
        told.skipped = "no right to mount a small disk here"
        return told
    chance = effort.chance()
    for _turn in effort:
        seed = chance.randrange(1 << 30)
        folder = place / "disk" / "desk"
        program = [sys.executable, str(SCRIPT), str(folder), str(seed)]
        said, status = on_a_disk(place / "disk", SIZE_MB, program)
        told.counts["full disks"] += 1
        if status:
            told.wrong.append(f"seed {seed}: ended with {status}")
        else:
            found = Told.read(said)
            found.wrong = [f"seed {seed}: {wrong}" for wrong in found.wrong]
            told.add(found)
    return told
