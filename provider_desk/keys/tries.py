"""Wrong passwords one after the other: after five, each costs a wait.

Nobody is locked out for good and nothing is wiped; the wait only takes the pleasure out
of guessing at somebody else's PC. Against a copied folder stand the cost of a guess
and the team secret. The count lies in ``tries.bin`` beside the store, so that starting
the program anew does not end the wait. Source: security design, §2.7.
"""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provider_desk.keys import framing
from provider_desk.model import file_lock
from provider_desk.model.clock import Clock
from provider_desk.model.errors import DeskError, Missing, TooManyTries, WrongPassword

NAME = "tries.bin"
#: Held while the count is read and written again.
LOCK = "tries.lock"
#: Tries that cost no wait.
FREE = 5
#: The longest wait, in seconds.
LONGEST_WAIT = 60

_KIND = b"T"
_MOST_COUNTED = 1_000_000
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Tries:
    """What is kept of them.

    Attributes:
        failed: wrong tries since somebody last signed in.
        at_ms: when the last of them was, in milliseconds since 1970 (UTC).
    """

    failed: int = 0
    at_ms: int = 0

    def seconds_left(self, now_ms: int) -> int:
        """How long to wait before the next try."""
        if self.failed < FREE:
            return 0
        wait = min(1 << min(self.failed - FREE, 10), LONGEST_WAIT)
        return max(0, math.ceil(wait - (now_ms - self.at_ms) / 1000))


@contextlib.contextmanager
def counted(folder: Path, clock: Clock) -> Iterator[Tries]:
    """One try: it counts before it is made, so that ending the program saves nobody.

    Only a wrong password counts; a desk that can't be opened for another reason gives
    the try back, and signing in forgets them all.

    Yields:
        What was counted before.

    Raises:
        TooManyTries: it is too soon; nothing was tried.
    """
    before = _begun(folder, clock.now_ms())
    try:
        yield before
    except WrongPassword:
        raise
    except BaseException:
        _give_back(folder, before)
        raise
    with _alone(folder):
        _write(folder, Tries())


def _begun(folder: Path, now: int) -> Tries:
    """Count a try that is about to be made; returns what was counted before."""
    with _alone(folder):
        before = read(folder)
        if now < before.at_ms:
            # The clock was put back: the wait begins anew, rather than last for years.
            before = Tries(before.failed, now)
            _write(folder, before)
        wait = before.seconds_left(now)
        if wait:
            raise _too_many(before.failed, wait)
        _write(folder, Tries(min(before.failed + 1, _MOST_COUNTED), now))
    return before


def _give_back(folder: Path, before: Tries) -> None:
    """Take one try off the count; those of others that came meanwhile stay."""
    with _alone(folder):
        held = read(folder)
        if held.failed <= before.failed + 1:
            _write(folder, before)
        else:
            _write(folder, Tries(held.failed - 1, held.at_ms))


def _alone(folder: Path) -> contextlib.AbstractContextManager[bool]:
    """Keep others from counting for a moment, so that no try of theirs is lost.

    Whoever can't be kept away is counted nevertheless, and keeps nobody out.
    """
    return file_lock.held(folder / LOCK, _PATIENCE_S)


def read(folder: Path) -> Tries:
    """What is kept in a folder.

    A file that can't be made sense of counts as five tries: it keeps nobody out, and
    spoiling it gains nobody anything.
    """
    try:
        body = framing.read(folder / NAME, _KIND)
        return Tries(_number(body["failed"]), _number(body["at_ms"]))
    except Missing:
        return Tries()
    except (DeskError, KeyError, TypeError, ValueError):
        return Tries(failed=FREE)


def _number(said: object) -> int:
    if not isinstance(said, int) or said < 0:
        raise ValueError("it is no count")
    return said


def _write(folder: Path, tries: Tries) -> None:
    path = folder / NAME
    # A disk that is full or read-only keeps nobody out of their own desk.
    with contextlib.suppress(DeskError, OSError):
        if tries.failed:
            body = {"failed": tries.failed, "at_ms": tries.at_ms}
            framing.write(path, _KIND, body)
        else:
            path.unlink(missing_ok=True)


def _too_many(failed: int, seconds: int) -> TooManyTries:
    unit = "second" if seconds == 1 else "seconds"
    return TooManyTries(
        f"There were {failed} wrong tries one after the other.",
        f"Nobody is locked out. Wait {seconds} {unit}, then try again. Whoever has "
        "forgotten a password asks a manager for a new one; a manager can use recovery "
        "sheet A.",
        seconds,
    )
