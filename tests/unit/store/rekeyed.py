"""Gives a store a new key in a process that dies at a chosen step.

    python rekeyed.py FOLDER OLD NEW

Reads numbers of steps from standard input, a line each; 0 ends. For each it copies the
folder's ``before`` to ``now``, and lets a child begin there that kills itself (SIGKILL)
when it makes that many steps; a step is each call of Python or of the system. Answers
"killed", or the number of steps that it took to the end.
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from provider_desk.store import rekey


def run(folder: Path, keys: tuple[bytes, bytes], last: int, told: int) -> None:
    """The child: never returns to the caller's loop; says its steps to a pipe."""
    made = 0

    def step(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal made
        if event in ("call", "c_call"):
            made += 1
            if made >= last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(step)
    rekey.rekey(folder, *keys)
    sys.setprofile(None)
    os.write(told, str(made).encode())
    os._exit(0)


def main() -> None:
    """Answer each line."""
    folder = Path(sys.argv[1])
    keys = (bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3]))
    for line in sys.stdin:
        if not int(line):
            break
        shutil.rmtree(folder / "now", ignore_errors=True)
        shutil.copytree(folder / "before", folder / "now")
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            run(folder / "now", keys, int(line), writes)
        os.close(writes)
        made = os.read(reads, 100).decode()
        os.close(reads)
        os.waitpid(child, 0)
        sys.stdout.write(f"{made or 'killed'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
