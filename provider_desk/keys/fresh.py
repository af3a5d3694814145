"""fresh.bin: how new the desk was when this computer last had it. Source: §2.5.

Whoever can put an old store back can put back what lies beside it, so the same text is
kept in the vault too; the one with the higher number counts. The text tells no secret.
A code under the team secret (HMAC) shows that this desk wrote it.

::

    text = JSON of the record | "." | HMAC-SHA256(HKDF(TS, "pd1/fresh|device"), JSON)
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provider_desk.keys import framing
from provider_desk.keys.boxes import derived
from provider_desk.model.errors import Damaged, Missing

NAME = "fresh.bin"

#: So many copies that were given up are remembered: a keyring holds few letters.
_MOST_FORMER = 8


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is remembered.

    Attributes:
        store: the id of the desk.
        device: the id of the copy that this was written about.
        number: one more with each writing.
        seq: number of the last deed.
        hlc: its stamp.
        look_seq: number of the copy's last entry of who looked.
        look_hash: its hash.
        digest: of the store's file as it was closed; "" while it is open.
        roster: number of the last statement on who can sign in.
        roster_hash: its hash.
        former: copies on this computer that a restored one took the place of.
    """

    store: str
    device: str
    number: int = 0
    seq: int = 0
    hlc: str = ""
    look_seq: int = 0
    look_hash: str = ""
    digest: str = ""
    roster: int = 0
    roster_hash: str = ""
    former: tuple[str, ...] = ()

    def text(self, team_secret: bytes) -> str:
        """As it is kept: at most 600 characters."""
        parts = [
            self.store,
            self.device,
            self.number,
            [self.seq, self.hlc],
            [self.look_seq, self.look_hash],
            self.digest,
            [self.roster, self.roster_hash],
            self.former[-_MOST_FORMER:],
        ]
        said = json.dumps(parts, separators=(",", ":"))
        return f"{said}.{_code(team_secret, self.device, said)}"


def read_text(text: str, store: str, team_secret: bytes) -> Fresh:
    """What ``Fresh.text`` wrote.

    Raises:
        ValueError: another wrote it, or it was changed.
    """
    said, _, code = text.rpartition(".")
    try:
        found = _read(json.loads(said))
    except (TypeError, IndexError, RecursionError, OverflowError) as error:
        raise ValueError("it is no such record") from error
    right = _code(team_secret, found.device, said)
    if not hmac.compare_digest(right.encode(), code.encode()) or found.store != store:
        raise ValueError("another wrote it")
    return found


def write(folder: Path, fresh: Fresh, team_secret: bytes) -> None:
    """Write fresh.bin.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the old one stands.
    """
    framing.write(folder / NAME, framing.FRESH, {"text": fresh.text(team_secret)})


def read(folder: Path, store: str, team_secret: bytes) -> Fresh | None:
    """What fresh.bin says, or None where there is none.

    Raises:
        Damaged: it is not as this desk wrote it.
        FromNewerVersion, ReadOnly, Trouble: as ``framing.read``.
    """
    path = folder / NAME
    try:
        body = framing.read(path, framing.FRESH)
        return read_text(str(body["text"]), store, team_secret)
    except Missing:
        return None
    except (KeyError, ValueError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> Damaged:
    """What to say of a record that this desk did not write."""
    return Damaged(
        f"“{path.name}” is damaged: it should say how new this desk was when it was "
        "last closed.",
        "Nothing was changed.",
    )


def _read(parts: Any) -> Fresh:
    store, device, number, deed, look, digest, roster, former = parts
    return Fresh(
        store=str(store),
        device=str(device),
        number=int(number),
        seq=int(deed[0]),
        hlc=str(deed[1]),
        look_seq=int(look[0]),
        look_hash=str(look[1]),
        digest=str(digest),
        roster=int(roster[0]),
        roster_hash=str(roster[1]),
        former=tuple(str(each) for each in former),
    )


def _code(team_secret: bytes, device: str, said: str) -> str:
    key = derived(team_secret, info=f"pd1/fresh|{device}")
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
