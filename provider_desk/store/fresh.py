"""How new a store is: what to remember of it outside, and whether it stands by that.

A mark names a deed and an entry of who looked by number and content. A store that was
used on holds both; one that was put back lacks them, and one with another past has
others in their place. The digest is of the whole closed file, to the last bit:
SQLCipher itself does not notice a page that was put back.

Source: security design, §2.5 (not found: rollback).
"""

import contextlib
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.model import files
from provider_desk.model.clock import moment
from provider_desk.model.errors import DeskError
from provider_desk.model.rows import Rows
from provider_desk.store import looks
from provider_desk.store.connection import open_for_maintenance
from provider_desk.store.op_log import setting
from provider_desk.store.reader import Reader

#: Name of the setting that says which copy keeps a record of itself outside.
KEPT_OUTSIDE = "fresh"

_CHUNK_BYTES = 4_000_000
_READ_BYTES = 250_000
_THREADS = 4
_BESIDE = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a store has come.

    Attributes:
        device: the id of this copy.
        seq: number of the last deed; 0 before the first.
        hlc: its stamp, 32 hexadecimal digits; "" before the first.
        look_seq: number of this copy's last entry of who looked.
        look_hash: its hash, hexadecimal.
    """

    device: str
    seq: int
    hlc: str
    look_seq: int
    look_hash: str


def mark(rows: Rows) -> Mark:
    """How far the store has come in this transaction."""
    device = setting(rows, "device") or ""
    found = rows.rows("SELECT id, lower(hex(hlc)) FROM txn ORDER BY id DESC LIMIT 1")
    seq, hlc = found[0] if found else (0, "")
    head = looks.head(rows, device)
    return Mark(device, int(seq), str(hlc), head.seq, head.hash.hex())


def behind(rows: Rows, remembered: Mark) -> list[str]:
    """How a store falls short of a mark, a sentence each; empty when it does not.

    A store that is newer than the mark is sound: the mark is written after the deed.
    """
    now = mark(rows)
    said = []
    if remembered.seq and _stamp(rows, remembered.seq) != remembered.hlc:
        if now.seq < remembered.seq:
            said.append(
                f"It holds {_deeds(now.seq)}, the last of {_when(now.hlc)}; this "
                f"computer remembers {remembered.seq:,}, the last of "
                f"{_when(remembered.hlc)}."
            )
        else:
            said.append(
                f"Its deed number {remembered.seq:,} is not the one that this computer "
                "remembers: it was used on elsewhere."
            )
    if remembered.look_seq and now.look_seq < remembered.look_seq:
        said.append(
            f"Its log of who looked ends with entry {now.look_seq:,}; this computer "
            f"remembers {remembered.look_seq:,}."
        )
    elif remembered.look_seq:
        there = looks.hash_at(rows, remembered.device, remembered.look_seq)
        if there is None or there.hex() != remembered.look_hash:
            said.append(
                f"Entry {remembered.look_seq:,} of its log of who looked is not the "
                "one that this computer remembers."
            )
    return said


def peek(path: Path, key: bytes, remembered: Mark) -> list[str]:
    """As ``behind``, of a closed store, left as it is; [] where it can't be read.

    For the numbers in a refusal, once the file's hash has told that it is another.
    """
    with (
        contextlib.suppress(DeskError),
        contextlib.closing(open_for_maintenance(path, key)) as connection,
    ):
        return behind(Reader(connection, path), remembered)
    return []


def _deeds(count: int) -> str:
    return f"{count:,} {'deed' if count == 1 else 'deeds'}"


def _when(hlc: str) -> str:
    if not hlc:
        return "no day"
    when = moment(ms_of(Stamp(hlc)))
    return f"{when.day} {when:%B %Y, %H:%M}"


def _stamp(rows: Rows, seq: int) -> str:
    found = rows.rows("SELECT lower(hex(hlc)) FROM txn WHERE id = ?", (seq,))
    return str(found[0][0]) if found else ""


def digest(path: Path) -> str | None:
    """The hash of a closed store, 64 hexadecimal digits.

    Parts of 4 MB are hashed side by side: SHA-256 of the length (8 bytes, big end
    first) and their hashes.

    Returns:
        None where the file is not closed: a log lies beside it that is not taken in.

    Raises:
        Missing, ReadOnly, Trouble: it can't be read.
    """
    if left_beside(path):
        return None
    try:
        size = path.stat().st_size
        whole = hashlib.sha256(size.to_bytes(8, "big"))
        with ThreadPoolExecutor(_THREADS) as pool:
            places = range(0, size, _CHUNK_BYTES)
            for hashed in pool.map(partial(_hashed, path), places):
                whole.update(hashed)
    except OSError as error:
        raise files.in_words(error, path) from error
    return whole.hexdigest()


def left_beside(path: Path) -> bool:
    """Whether a log with something in it lies beside a store: it was not closed."""
    return any(_size(path.with_name(path.name + ending)) for ending in _BESIDE)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _hashed(path: Path, begin: int) -> bytes:
    """The hash of a part; a handle of its own lets the threads read side by side."""
    with path.open("rb", buffering=0) as file:
        file.seek(begin)
        part = hashlib.sha256()
        left = _CHUNK_BYTES
        while left and (piece := file.read(min(left, _READ_BYTES))):
            part.update(piece)
            left -= len(piece)
    return part.digest()


def kept_outside(rows: Rows) -> bool:
    """Whether this copy's record of how new it is was ever written."""
    return setting(rows, KEPT_OUTSIDE) == setting(rows, "device")
