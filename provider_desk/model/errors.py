"""Errors whose message is for the person at the screen.

::

    DeskError            message: what happened; advice: what is safe and what to do
      NotValid           some fields hold what they may not: .problems
      NotAllowed         this role may not do this
      NotFound           the record is not there (any more)
      WrongPassword      name or password do not open this desk
      TooManyTries       wait before the next try: .seconds
      SecretNeeded       the team secret is not on this computer: recovery sheet A is
      OlderDesk          the desk is older than this computer remembers it
      Trouble            the machine is in the way: disk full, read-only, in use
        DiskFull, ReadOnly, InUse, Missing, NoKeyring
      Damaged            a file is not what it was when it was written
      FromNewerVersion   a file was written by a newer version of this program
      Cancelled          the person stopped it; nothing was changed

Anything else that is raised is a fault of the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warn"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a field.

    Attributes:
        field: name of the field in the record's declaration; "" for the whole record.
        text: one sentence that says what is wrong and what to do.
        severity: "stop" means it can't be saved so; "warn" means it is kept, shown
            beside the field and listed for review.
    """

    field: str
    text: str
    severity: Severity = "stop"


class DeskError(Exception):
    """Something a person can understand and act on."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class NotValid(DeskError):
    """Some fields hold what they may not."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in self.problems))


class NotAllowed(DeskError):
    """This role may not do this."""


class NotFound(DeskError):
    """The record is not on this desk."""


class WrongPassword(DeskError):
    """Name and password do not open this desk."""


class TooManyTries(DeskError):
    """Too many wrong passwords one after the other.

    Attributes:
        seconds: how long to wait.
    """

    def __init__(self, message: str, advice: str, seconds: int) -> None:
        super().__init__(message, advice)
        self.seconds = seconds


class SecretNeeded(DeskError):
    """The team secret is not on this computer; recovery sheet A brings it back."""


class OlderDesk(DeskError):
    """The desk is older than this computer remembers it: a copy was put back."""


class Trouble(DeskError):
    """The machine is in the way; nothing that was saved is lost."""


class DiskFull(Trouble):
    """There is no room left to save."""


class ReadOnly(Trouble):
    """The folder or file can't be written."""


class InUse(Trouble):
    """Another process holds the desk."""


class Missing(Trouble):
    """A file or folder that should be there is not."""


class NoKeyring(Trouble):
    """The system offers no safe place for the team secret."""


class Damaged(DeskError):
    """A file is not what it was when it was written."""


class FromNewerVersion(DeskError):
    """A file was written by a newer version of this program."""


class Cancelled(DeskError):
    """The person stopped it; nothing was changed."""
