"""The lock that keeps a second process away from a desk.

The operating system holds it for as long as the process lives, so a crash never
leaves it behind; the file's text only says who holds it.
"""

import contextlib
import json
import os
import platform
from pathlib import Path
from typing import IO

from provider_desk.model import file_lock, files
from provider_desk.model.errors import InUse

NAME = "desk.lock"


class Lock:
    """Held from construction until ``release``.

    Raises:
        InUse: another process holds it; the message says which.
        ReadOnly, Missing, Trouble: the folder refuses.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        self._file: IO[bytes] | None = None
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise files.in_words(error, path) from error
        file = open(handle, "r+b", buffering=0)  # noqa: PTH123, SIM115
        try:
            file_lock.take(file)
        except OSError as error:
            holder = _holder(file)
            file.close()
            raise _in_use(holder) from error
        self._file = file
        self._sign()

    def _sign(self) -> None:
        words = {"host": platform.node(), "pid": os.getpid()}
        # Whether the text can be written decides nothing: the lock is held.
        with contextlib.suppress(OSError):
            assert self._file is not None  # noqa: S101
            self._file.seek(0)
            self._file.write(json.dumps(words).encode())
            self._file.truncate()

    def release(self) -> None:
        """Let others in; safe to call again."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.truncate(0)
        self._file.close()
        self._file = None


def _holder(file: IO[bytes]) -> tuple[str, int] | None:
    try:
        file.seek(0)
        said = json.loads(file.read(1000))
        return str(said["host"]), int(said["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _in_use(holder: tuple[str, int] | None) -> InUse:
    who = "another window or program"
    if holder is not None:
        host, pid = holder
        here = "this computer" if host == platform.node() else f"“{host}”"
        who = f"process {pid} on {here}"
    return InUse(
        f"This desk is open already: {who} holds it.",
        "Nothing was changed. Use the window that is open, or close it and try again.",
    )
