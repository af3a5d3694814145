"""The log of who looked: written once, never changed, each entry chained to the last.

::

    hash      = SHA-256("pd1/look" | device | seq | at | by | sealed | prev)
    prev      = hash of the device's entry before; of the first, SHA-256("pd1/look" |
                store | device)
    signature = of "pd1/look" | hash, by the person who looked

Each part stands in the hash behind its length (4 bytes, big end first), numbers as 8
bytes. Triggers and the guard of every connection refuse to change or remove an entry;
against whoever holds the store's key and another program stands the chain, and against
cutting off its end the head that is remembered outside the store.

What was looked at lies in ``sealed``; this module can't open it.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from provider_desk.model.errors import Cancelled
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.rows import Rows
from provider_desk.store import ballast, op_log
from provider_desk.store.aside import Aside
from provider_desk.store.store import Store

_DOMAIN = b"pd1/look"
_COLUMNS = 'device, seq, at, "by", sealed, prev, hash, signature'
_NEWEST_FIRST = "ORDER BY at DESC, device, seq DESC"
_STEP = 500
_MOST_SAID = 20


@dataclass(frozen=True, slots=True, repr=False)
class LookEntry:
    """One entry.

    Attributes:
        device: the id of the copy on which somebody looked.
        seq: its number on that device, from 1 without a gap.
        at: milliseconds since 1970 in UTC.
        by: the id of the user.
        sealed: what was looked at, sealed.
        prev: hash of the entry before.
        hash: 32 bytes.
        signature: 64 bytes.
    """

    device: str
    seq: int
    at: int
    by: str
    sealed: bytes
    prev: bytes
    hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a device, as it is remembered outside the store."""

    device: str
    seq: int
    hash: bytes


def append(
    store: Store, by: str, at_ms: int, sealed: bytes, sign: Callable[[bytes], bytes]
) -> LookEntry:
    """Write one entry; it is on the disk when this returns.

    Args:
        store: the open store.
        by: the id of the user who looks.
        at_ms: wall time.
        sealed: what is looked at, sealed.
        sign: the user's Ed25519 signature of some bytes.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: nothing was written, and nothing
            may be shown.
    """

    def write() -> LookEntry:
        with store.aside() as aside:
            return _append(aside, store, (by, at_ms, sealed), sign)

    return ballast.twice(store.path.parent, write)


def _append(
    aside: Aside,
    store: Store,
    said: tuple[str, int, bytes],
    sign: Callable[[bytes], bytes],
) -> LookEntry:
    by, at_ms, sealed = said
    last = head(aside, store.device)
    seq = last.seq + 1
    made = _hash(store.device, seq, at_ms, by, sealed, last.hash)
    signature = sign(_DOMAIN + made)
    entry = LookEntry(store.device, seq, at_ms, by, sealed, last.hash, made, signature)
    marks = ", ".join("?" * 8)
    aside.run(f"INSERT INTO look({_COLUMNS}) VALUES ({marks})", _row(entry))
    return entry


def head(rows: Rows, device: str = "") -> Head:
    """The last entry of a device, this copy's where none is named.

    Before the first entry its number is 0 and its hash what the first one follows.
    """
    device = device or op_log.setting(rows, "device") or ""
    found = rows.rows(
        "SELECT seq, hash FROM look WHERE device = ? ORDER BY seq DESC LIMIT 1",
        (device,),
    )
    if found:
        return Head(device, int(found[0][0]), _bytes(found[0][1]))
    return Head(device, 0, _first(op_log.setting(rows, "store") or "", device))


def hash_at(rows: Rows, device: str, seq: int) -> bytes | None:
    """The hash of an entry, or None where it is not there."""
    found = rows.rows(
        "SELECT hash FROM look WHERE device = ? AND seq = ?", (device, seq)
    )
    return _bytes(found[0][0]) if found else None


def entries(
    rows: Rows,
    start: int,
    count: int,
    *,
    by: str = "",
    since_ms: int | None = None,
    until_ms: int | None = None,
) -> list[LookEntry]:
    """Some entries, newest first.

    Args:
        rows: a read transaction.
        start: how many to leave out.
        count: how many at most.
        by: the id of a user, "" for everybody.
        since_ms: the first moment.
        until_ms: the first moment that is too late.
    """
    where, params = _filtered(by, since_ms, until_ms)
    found = rows.rows(
        f"SELECT {_COLUMNS} FROM look {where} {_NEWEST_FIRST} LIMIT ? OFFSET ?",
        (*params, count, start),
    )
    return [LookEntry(*row) for row in found]


def count(
    rows: Rows,
    *,
    by: str = "",
    since_ms: int | None = None,
    until_ms: int | None = None,
) -> int:
    """How many entries there are; arguments as for ``entries``."""
    where, params = _filtered(by, since_ms, until_ms)
    return int(rows.rows(f"SELECT count(*) FROM look {where}", params)[0][0])


def _filtered(
    by: str, since_ms: int | None, until_ms: int | None
) -> tuple[str, list[str | int]]:
    tests: list[str] = []
    params: list[str | int] = []
    for test, value in (
        ('"by" = ?', by or None),
        ("at >= ?", since_ms),
        ("at < ?", until_ms),
    ):
        if value is not None:
            tests.append(test)
            params.append(value)
    return (f"WHERE {' AND '.join(tests)}" if tests else ""), params


def verify(
    rows: Rows,
    public_keys: Mapping[str, Collection[bytes]] | None = None,
    remembered: Head | None = None,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> list[str]:
    """What is wrong with the log, a sentence each; empty when it is sound.

    Args:
        rows: a read transaction.
        public_keys: user id → every Ed25519 public key the person has had; None
            leaves the signatures out.
        remembered: the last entry that this computer remembers outside the store.
        progress: told how many entries of how many were looked at.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was asked to stop.
    """
    chain = _Chain(rows, public_keys)
    total = count(rows)
    for done, row in enumerate(
        rows.each(f"SELECT {_COLUMNS} FROM look ORDER BY device, seq"), start=1
    ):
        chain.follow(LookEntry(*row))
        if done % _STEP == 0:
            progress(done, total)
            if cancelled():
                raise Cancelled("The check was stopped. Nothing was changed.")
    progress(total, total)
    found = [*chain.found, *_cut_off(rows, remembered)]
    more = len(found) - _MOST_SAID
    return [*found[:_MOST_SAID], f"And {more:,} more."] if more > 0 else found


class _Chain:
    """Follows the entries of one device after the other."""

    def __init__(
        self, rows: Rows, public_keys: Mapping[str, Collection[bytes]] | None
    ) -> None:
        self._store = op_log.setting(rows, "store") or ""
        self._keys = public_keys
        self._loaded: dict[bytes, Ed25519PublicKey] = {}
        self._last = Head("", 0, b"")
        self.found: list[str] = []

    def follow(self, entry: LookEntry) -> None:
        if entry.device != self._last.device:
            first = _first(self._store, entry.device)
            self._last = Head(entry.device, 0, first)
        self.found += self._wrong(entry)
        self._last = Head(entry.device, entry.seq, entry.hash)

    def _wrong(self, entry: LookEntry) -> Iterator[str]:
        last = self._last
        told = f"The log of who looked, computer {entry.device[:8]}, entry {entry.seq}"
        made = _made(entry)
        if entry.seq != last.seq + 1:
            yield f"{told}: the entries before it from {last.seq + 1:,} on are missing."
        elif entry.prev != last.hash:
            yield f"{told}: it does not follow the entry before it."
        if entry.hash != made:
            yield f"{told}: it was changed after it was written."
        elif self._keys is not None and not self._signed(entry):
            yield f"{told}: it does not carry the signature of the person it names."

    def _signed(self, entry: LookEntry) -> bool:
        known = (self._keys or {}).get(entry.by, ())
        return any(self._verifies(key, entry) for key in known)

    def _verifies(self, key: bytes, entry: LookEntry) -> bool:
        loaded = self._loaded.get(key)
        if loaded is None:
            loaded = self._loaded[key] = Ed25519PublicKey.from_public_bytes(key)
        try:
            loaded.verify(entry.signature, _DOMAIN + entry.hash)
        except (InvalidSignature, TypeError):
            return False
        return True


def _cut_off(rows: Rows, remembered: Head | None) -> Iterator[str]:
    """Whether entries at the end are gone, or the end is another one."""
    if remembered is None or remembered.seq == 0:
        return
    last = head(rows, remembered.device)
    told = f"The log of who looked, computer {remembered.device[:8]}"
    if last.seq < remembered.seq:
        yield (
            f"{told}: it ends with entry {last.seq:,}; this computer remembers "
            f"{remembered.seq:,}. The last ones were removed."
        )
    elif hash_at(rows, remembered.device, remembered.seq) != remembered.hash:
        yield (
            f"{told}: entry {remembered.seq:,} is not the one that this computer "
            "remembers. The log was written anew."
        )


def _made(entry: LookEntry) -> bytes:
    """The hash that an entry should have; b"" where it is none of this program's."""
    try:
        return _hash(*_row(entry)[:6])
    except (TypeError, AttributeError, OverflowError):
        return b""


def _bytes(held: object) -> bytes:
    """A hash as it is held; one that somebody put in otherwise fits nothing."""
    return held if isinstance(held, bytes) else b""


def _first(store: str, device: str) -> bytes:
    return hashlib.sha256(_DOMAIN + _framed(store.encode(), device.encode())).digest()


def _hash(device: str, seq: int, at: int, by: str, sealed: bytes, prev: bytes) -> bytes:
    numbers = (number.to_bytes(8, "big", signed=True) for number in (seq, at))
    parts = (device.encode(), *numbers, by.encode(), sealed, prev)
    return hashlib.sha256(_DOMAIN + _framed(*parts)).digest()


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _row(
    entry: LookEntry,
) -> tuple[str, int, int, str, bytes, bytes, bytes, bytes]:
    return (
        entry.device,
        entry.seq,
        entry.at,
        entry.by,
        entry.sealed,
        entry.prev,
        entry.hash,
        entry.signature,
    )
