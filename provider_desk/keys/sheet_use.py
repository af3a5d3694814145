"""That recovery sheet A brought the team secret back, kept until somebody signs in.

Nobody is signed in then who could write it into the log of who looked. The note lies in
``sheet-used.bin`` with a code made from the team secret; whoever holds the sheet opens
the desk without this program too, so it is no guard, but a memory.
"""

import contextlib
import hmac
import json
from pathlib import Path

from provider_desk.keys import framing
from provider_desk.keys.boxes import derived
from provider_desk.model.errors import DeskError

NAME = "sheet-used.bin"

_KIND = b"U"
_MOST = 100
#: The year 9000: whoever has the team secret can write what no clock shows.
_NO_CLOCK_MS = 221_845_392_000_000


def remember(folder: Path, store: str, team_secret: bytes, at_ms: int) -> None:
    """Note that the secret was brought back now.

    A disk that refuses keeps nobody from bringing it back.
    """
    told = [*told_of(folder, store, team_secret), at_ms][-_MOST:]
    body = {"at_ms": told, "code": _code(store, team_secret, told)}
    with contextlib.suppress(DeskError):
        framing.write(folder / NAME, _KIND, body)


def told_of(folder: Path, store: str, team_secret: bytes) -> list[int]:
    """When it was brought back, milliseconds since 1970 (UTC); [] where never.

    What can't be made sense of, or was not written by this desk, tells nothing.
    """
    refused = (DeskError, KeyError, TypeError, ValueError, OverflowError)
    with contextlib.suppress(*refused):
        body = framing.read(folder / NAME, _KIND)
        told = [int(each) for each in body["at_ms"]]
        right = _code(store, team_secret, told)
        sound = all(0 <= each < _NO_CLOCK_MS for each in told)
        if sound and hmac.compare_digest(right.encode(), str(body["code"]).encode()):
            return told
    return []


def forget(folder: Path) -> None:
    """Remove the note: it stands in the log."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def _code(store: str, team_secret: bytes, told: list[int]) -> str:
    key = derived(team_secret, info=f"pd1/sheet-used|{store}")
    return hmac.digest(key, json.dumps(told).encode(), "sha256").hex()
