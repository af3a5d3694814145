"""A word typed into everything is in no file that the program leaves anywhere.

The program runs with a home and a folder for passing files of its own; it is killed,
or closed. Then every file that there is anywhere is searched, in all forms. What a
person exported is left out, and shows that the word was typed at all.
Source: security design, §4.2 (canary).
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from tests.faults.effort import Effort, Told
from tests.faults.leaks import hits
from tests.faults.processes import environment, line

SERVICES = Path(__file__).with_name("canary_writer.py")
WINDOW = Path(__file__).with_name("canary_window.py")
EXPORTS = "exports"

#: How the window comes to its end.
WAYS = ("killed", "closed", "locked", "crashed")


#: Who is at the window then, where it is not the manager.
WHO = {"killed": "lead", "locked": "lead"}

_LOCKS_S = 2.0
_MOST_S = 120.0


def surroundings(root: Path) -> Mapping[str, str]:
    """An environment in which every file that is left lies below a folder."""
    made = {
        "HOME": "home",
        "USERPROFILE": "home",
        "APPDATA": "home/appdata",
        "LOCALAPPDATA": "home/local",
        "XDG_RUNTIME_DIR": "run",
        "TMPDIR": "tmp",
        "TEMP": "tmp",
        "TMP": "tmp",
    }
    for name in made.values():
        (root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {k: v for k, v in environment().items() if not k.startswith("XDG_")}
    return {
        **kept,
        **{name: str(root / place) for name, place in made.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }


def run(place: Path, effort: Effort) -> Told:
    """The deeds, then the window; each killed, then each closed."""
    told = Told()
    for turn in effort:
        for script in (SERVICES, WINDOW):
            ways = ("killed", "closed") if script is SERVICES else WAYS
            for how in ways:
                root = place / f"{turn}-{script.stem}-{how}"
                type_and_search(script, root, how, told)
    return told


def type_and_search(script: Path, root: Path, how: str, told: Told) -> None:
    """Run a program that types the word, end it, and search what is left."""
    root.mkdir(parents=True)
    codes, fields = typed(script, root, how)
    found = [
        f"{script.stem}, {how}: {name}: {form}"
        for name, form in hits(root, tuple(codes))
        if not name.startswith(EXPORTS)
    ]
    files = [each for each in root.rglob("*") if each.is_file()]
    told.counts["files searched"] += len(files)
    told.counts["bytes searched"] += sum(each.stat().st_size for each in files)
    told.counts[f"{script.stem} {how}"] += 1
    told.counts["fields of the window typed into"] += fields
    told.wrong += found
    told.wrong += [
        f"{script.stem}, {how}: a fault of the program: {each.read_text()}"
        for each in files
        if each.name.endswith("faults.txt")
    ]
    if script is SERVICES:
        seen = any(name.startswith(EXPORTS) for name, _ in hits(root))
        told.expect(seen, "the word is not even in what was exported")


def typed(script: Path, root: Path, how: str) -> tuple[list[str], int]:
    """Run the program until it is ready, and end it.

    What it complains of goes to a file that is searched like all others.

    Returns:
        The codes of its sheets, and how many fields of the window it typed into.
    """
    codes: list[str] = []
    fields = 0
    complaints = root / "complaints.txt"
    with (
        complaints.open("w") as errors,
        subprocess.Popen(
            [sys.executable, str(script), str(root), WHO.get(how, "manager")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=surroundings(root),
            cwd=root / "home",
        ) as process,
    ):
        stop = threading.Timer(_MOST_S, process.kill)
        stop.start()
        while (said := line(process)) != "ready":
            if not said:
                raise AssertionError(
                    f"{script.name} ended with {process.wait()}: "
                    f"{complaints.read_text()[-2_000:]}"
                )
            if said.startswith("fields "):
                fields = int(said.split()[1])
            else:
                codes += [said, said.replace(" ", ""), said.replace(" ", "-")]
        stop.cancel()
        _end(process, how)
    return codes, fields


def _end(process: "subprocess.Popen[str]", how: str) -> None:
    assert process.stdin is not None
    if how == "closed":
        process.communicate("close\n")
        assert process.returncode == 0, "the program did not close"
        return
    if how == "locked":
        process.stdin.write("lock\n")
        process.stdin.flush()
        # The program begins anew in the same process and shows that it is locked.
        time.sleep(_LOCKS_S)
    if how == "crashed" and os.name != "nt":
        process.send_signal(signal.SIGSEGV)
    else:
        process.kill()
    process.communicate()
