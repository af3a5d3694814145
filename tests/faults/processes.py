"""Starting the writer, and looking at what it left behind."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from provider_desk.store.check import check_store
from provider_desk.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("writer.py")


def environment() -> dict[str, str]:
    """The environment of a program of the tests."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def start(
    folder: Path, key: bytes, task: str, before: tuple[str, ...] = ()
) -> subprocess.Popen[str]:
    """The writer in a process of its own.

    Args:
        folder: the desk's.
        key: the store's.
        task: "hold" or "write".
        before: a command that starts the writer's, with its own arguments.
    """
    return subprocess.Popen(
        [*before, sys.executable, str(WRITER), str(folder), key.hex(), task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )


def line(process: subprocess.Popen[str]) -> str:
    """The next line that the writer says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def rows_by_deed(store: Store) -> Counter[int]:
    """How many rows each deed of the writer left."""
    with store.reading() as rows:
        codes = [str(code) for (code,) in rows.rows("SELECT code FROM client")]
    return Counter(int(code.split("-")[0]) for code in codes)


def faults(store: Store) -> list[str]:
    """What the check of the store finds."""
    return check_store(store, lambda _done, _total: None, lambda: False)
