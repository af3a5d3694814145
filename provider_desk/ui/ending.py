"""The end of the process that held the keys, and a new one in its place.

Nothing that a program does inside itself takes a password, a key or a note out of its
memory for sure. So a lock ends the process image: the same program is started in its
place, with the same arguments and a word that says why, and asks for the password. No
name and no secret stands in its arguments or its environment. Source: security design,
§2.8.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, Protocol


class Why(StrEnum):
    """Why the desk was locked; the word stands in the new process's arguments."""

    ASKED = "asked"
    IDLE = "idle"
    SESSION = "session"
    SLEEP = "sleep"
    SWITCH = "switch"


#: What the sign-in page says afterwards.
WORDS = {
    Why.ASKED: "Locked.",
    Why.IDLE: "Locked, because nobody typed or moved the mouse for a while.",
    Why.SESSION: "Locked together with this computer.",
    Why.SLEEP: "Locked, because this computer was asleep.",
    Why.SWITCH: "Locked for somebody else to sign in.",
}
_KEPT = "What you were typing is kept and is there when you sign in again."
_STOPPED = "Something long was under way and was stopped; nothing of it was saved."


@dataclass(frozen=True, slots=True)
class Locked:
    """How the desk was locked; nothing of a person is in it.

    Attributes:
        why: the reason.
        stopped: long work was under way and was stopped.
        behind: another program had the keyboard, and keeps it.
    """

    why: Why = Why.ASKED
    stopped: bool = False
    behind: bool = False

    def arguments(self) -> list[str]:
        """For the command line of the new process."""
        marks = [self.why.value]
        marks += ["stopped"] if self.stopped else []
        marks += ["behind"] if self.behind else []
        return ["--locked", ",".join(marks)]

    @classmethod
    def read(cls, text: str) -> "Locked":
        """What ``arguments`` wrote; a word that is not known is passed over."""
        marks = text.split(",")
        why = next((each for each in Why if each.value in marks), Why.ASKED)
        return cls(why, "stopped" in marks, "behind" in marks)

    def words(self) -> str:
        """What to say about it before signing in again."""
        return f"{WORDS[self.why]} {_STOPPED if self.stopped else _KEPT}"


class Ending(Protocol):
    """What ends the process once the desk is closed."""

    def end(self, locked: Locked) -> None:
        """End it; in the program itself this does not return."""


class NewProcess:
    """Ends the process and starts the program anew in its place."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Remember how to start again.

        Args:
            arguments: the program's own, such as the desk's folder; no secret.
        """
        self._arguments = list(arguments)

    def command(self, locked: Locked) -> list[str]:
        """The command that is run: interpreter, its options, the program, arguments."""
        own = max(len(sys.argv) - 1, 0)
        before = sys.orig_argv[1 : len(sys.orig_argv) - own]
        return [sys.executable, *before, *self._arguments, *locked.arguments()]

    def end(self, locked: Locked) -> NoReturn:
        """Replace this process; where that can't be, end it all the same."""
        command = self.command(locked)
        try:
            if sys.platform == "win32":
                # There a process can't be replaced, only followed by another.
                quoted = [_quoted(each) for each in command]
                os.spawnv(os.P_NOWAIT, command[0], quoted)  # noqa: S606 - as below
            else:
                _close_on_exec()
                os.execv(command[0], command)  # noqa: S606 - no shell is wanted
        finally:
            os._exit(0)


def _quoted(argument: str) -> str:
    """Windows joins arguments with blanks, so those that hold one are quoted."""
    import subprocess  # noqa: PLC0415 - for its quoting only

    return subprocess.list2cmdline([argument])


def _close_on_exec() -> None:
    """Leave no open file, lock or connection to the new process but the usual three."""
    folder = Path("/proc/self/fd")
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    for number in [int(name) for name in names] or range(3, 1024):
        if number > 2:  # noqa: PLR2004 - standard input, output, error
            with contextlib.suppress(OSError):
                os.set_inheritable(number, False)
