"""Locks that the operating system holds for as long as a process lives.

A crash never leaves one behind.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: On Windows a locked byte can't be read by others; this one lies past the text.
_LOCKED_BYTE = 1 << 20

_PAUSE_S = 0.005


def take(file: IO[bytes]) -> None:
    """Lock an open file until it is closed.

    Raises:
        OSError: somebody else holds it.
    """
    if sys.platform == "win32":
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def held(path: Path, patience_s: float) -> Iterator[bool]:
    """Hold the lock of a file for some lines of work; the file is made and stays.

    Args:
        path: of the file.
        patience_s: how long to wait for somebody else, seconds.

    Yields:
        Whether it is held: not where the disk refuses, or somebody else keeps it.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield False
        return
    with open(handle, "r+b", buffering=0) as file:  # noqa: PTH123
        yield _taken(file, time.monotonic() + patience_s)


def _taken(file: IO[bytes], until: float) -> bool:
    while True:
        try:
            take(file)
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(_PAUSE_S)
        else:
            return True
