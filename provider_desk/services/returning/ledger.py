"""The ledger: what was issued to the council, and the key that it was rounded with.

Key and ledger lie in the encrypted store and are backed up together. A row is never
changed; it carries the SHA-256 of its numbers and a check that only the key can make,
so that a number that was changed, or a key that is not the one of old, is noticed
before anything is written from it. Source: disclosure, §3.
"""

import hashlib
import hmac
import json
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from provider_desk.model.errors import Damaged
from provider_desk.model.months import Month
from provider_desk.model.records import IssuedReturn, ReturnKey
from provider_desk.model.rows import Rows
from provider_desk.returns.council.issued import Issued
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.store.store import Deed

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the ledger keeps of one return.

    Attributes:
        issued: published and exact figures by key; the next return begins here.
        exact: the exact figure of each line by its key, as the outsider's truth wants
            it: of a flow what this return counted first, else the number itself.
        frozen: the council copy as json, unsigned and without words: what every file
            of it is made of.
        rounded: the same without what an agreement lets go exact; None where nothing
            is exact.
    """

    issued: Issued = field(repr=False)
    exact: Mapping[str, int] = field(repr=False)
    frozen: bytes = field(repr=False)
    rounded: bytes | None = field(default=None, repr=False)

    def body(self) -> str:
        """Canonical json: the same numbers give the same text."""
        said = {
            "exact": dict(self.exact),
            "frozen": _packed(self.frozen),
            "issued": self.issued.to_json(),
            "rounded": _packed(self.rounded or b""),
        }
        return json.dumps(
            said, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )


def _packed(file: bytes) -> str:
    return b64encode(zlib.compress(file)).decode("ascii")


def _unpacked(text: str) -> bytes:
    return zlib.decompress(b64decode(text))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger that was found sound.

    Attributes:
        row: the record.
        month: what it is the return of.
    """

    row: IssuedReturn
    month: Month

    @property
    def version(self) -> int:
        """1, or 2 where it was issued again."""
        return self.row.version

    @property
    def sha256(self) -> str:
        """Hash of the numbers: what a signature of this return holds for."""
        return self.row.sha256

    @property
    def name(self) -> str:
        """As the outsider calls it: "2017-09", "2017-09#2" for a second version."""
        return f"{self.month}#{self.version}" if self.version > 1 else str(self.month)

    def issued(self) -> Issued:
        """Published and exact figures by key."""
        return Issued.from_json(self._said("issued"))

    def exact(self) -> Mapping[str, int]:
        """The exact figure of each line, as the outsider's truth wants it."""
        exact: Mapping[str, int] = self._said("exact")
        return exact

    def file(self) -> bytes:
        """The council copy as json, unsigned and without words."""
        return _unpacked(self._said("frozen"))

    def rounded_file(self) -> bytes:
        """The same without what an agreement lets go exact."""
        return _unpacked(self._said("rounded")) or self.file()

    def _said(self, part: str) -> Any:
        return json.loads(self.row.body)[part]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything issued under one contract, in the order of issuing.

    Attributes:
        entries: every return and version.
    """

    entries: tuple[Entry, ...] = ()

    def newest(self, month: Month) -> Entry | None:
        """The latest version of a month's return."""
        return next((e for e in reversed(self.entries) if e.month == month), None)

    def of(self, month: Month, version: int) -> Entry | None:
        """A version of a month's return."""
        wanted = (month, version)
        return next((e for e in self.entries if (e.month, e.version) == wanted), None)

    @property
    def last(self) -> Entry | None:
        """The latest version of the latest month."""
        return self.entries[-1] if self.entries else None

    def names(self) -> tuple[str, ...]:
        """Everything issued, as the outsider calls it."""
        return tuple(entry.name for entry in self.entries)

    def before(self, month: Month) -> tuple[Entry, ...]:
        """Every return and version of the months before one."""
        return tuple(entry for entry in self.entries if entry.month < month)

    def standing(self, before: Month | None = None) -> tuple[Entry, ...]:
        """The latest version of each month, oldest first."""
        by_month = {
            entry.month: entry
            for entry in self.entries
            if before is None or entry.month < before
        }
        return tuple(by_month[month] for month in sorted(by_month))


def _key_is_gone() -> Damaged:
    return Damaged(
        "The key that returns are rounded with is not on this desk, but returns that "
        "were made with it are.",
        "Nothing was issued, and nothing that was issued is lost. Bring the desk back "
        "from a backup that has both (Settings, Backups). Don't send anything "
        "meanwhile.",
    )


def read_ledger(rows: Rows, contract_id: str) -> Ledger:
    """What was issued under a contract.

    Raises:
        Damaged: the key is gone, a row is not what was written or was taken out, or
            there are two of one return.
    """
    _refuse_taken_out(rows, contract_id)
    held = find(rows, IssuedReturn, contract_id=contract_id)
    if not held:
        return Ledger()
    key = held_key(rows)
    entries = [_sound(row, key) for row in held]
    ledger = Ledger(tuple(sorted(entries, key=lambda e: (e.month, e.version))))
    for name, count in Counter(ledger.names()).items():
        if count > 1:
            raise Damaged(
                f"The return for {name} was issued twice, as on two computers.",
                "Nothing was issued. Bring the desk back from a backup that has one of "
                "them (Settings, Backups), and ask which one the council holds.",
            )
    return ledger


def _refuse_taken_out(rows: Rows, contract_id: str) -> None:
    """Stop where a row was retired: its month would be issued again, otherwise.

    Raises:
        Damaged: names the month.
    """
    found = rows.rows(
        f"SELECT month FROM {IssuedReturn.TABLE} "
        "WHERE contract_id = ? AND deleted IS NOT NULL LIMIT 1",
        (contract_id,),
    )
    if found:
        raise Damaged(
            f"The return for {Month.parse(found[0][0]).name} was issued and taken out "
            "of the list of issued returns.",
            "Nothing was issued. Bring the desk back from a backup that has it "
            "(Settings, Backups).",
        )


def months_issued(rows: Rows, contract_id: str) -> dict[Month, int]:
    """Month → latest version, without reading any number."""
    listed = rows.rows(
        f"SELECT month, MAX(version) FROM {IssuedReturn.TABLE} "
        "WHERE contract_id = ? AND deleted IS NULL GROUP BY month ORDER BY month",
        (contract_id,),
    )
    return {Month.parse(month): int(version) for month, version in listed}


def held_key(rows: Rows) -> bytes | None:
    """The key of the rounding; None before the first return.

    Raises:
        Damaged: it is gone although returns were issued, or there are two.
    """
    held = find(rows, ReturnKey)
    if not held:
        if rows.rows(f"SELECT 1 FROM {IssuedReturn.TABLE} LIMIT 1"):
            raise _key_is_gone()
        return None
    if len(held) > 1:
        raise Damaged(
            "There are two keys of the rounding on this desk.",
            "Nothing was issued. Bring the desk back from a backup (Settings, "
            "Backups); no key is ever made anew while there is one.",
        )
    return _key_bytes(held[0])


def _key_bytes(held: ReturnKey) -> bytes:
    try:
        key = bytes.fromhex(held.secret)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise _key_is_gone()
    return key


def key_to_use(desk: Desk, rows: Rows) -> bytes:
    """The key of the rounding; before the first return, the one that will be it.

    It is drawn from the desk's own random key, so that what is shown before the first
    return is what is issued then, however often somebody looks, and no other desk has
    it. The first return writes it down; from then on only the written one counts,
    whatever becomes of the desk's own.

    Raises:
        As ``held_key``.
    """
    key = held_key(rows)
    if key is not None:
        return key
    about = f"rounding of returns|{desk.store.store_id}".encode()
    return hmac.digest(desk.keys.key, about, "sha256")


def write(deed: Deed, key: bytes, row: IssuedReturn, *, at_ms: int) -> IssuedReturn:
    """Put a return into the ledger, and the key where it is the first of all.

    Args:
        deed: the transaction.
        key: it was rounded with.
        row: without its two checks.
        at_ms: now.

    Returns:
        The row as it was written.

    Raises:
        Damaged: another key is on the desk.
    """
    if held_key(deed) is None:
        deed.add(ReturnKey(secret=key.hex(), made_at=at_ms))
    elif held_key(deed) != key:
        raise _key_is_gone()
    checked = _checked(row, key)
    deed.add(checked)
    return checked


def _checked(row: IssuedReturn, key: bytes) -> IssuedReturn:
    """The row with hash and key check."""
    hashed = replace(row, sha256=_hash(row.body))
    return replace(hashed, key_check=_check(hashed, key))


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _check(row: IssuedReturn, key: bytes) -> str:
    """What only the key can say of a row's fields."""
    said = "|".join(
        str(part)
        for part in (
            *("issued return", row.contract_id, row.month, row.version),
            *(row.issued_at, row.issued_by, row.template, row.program, row.bound),
            *(row.why, row.sha256),
        )
    )
    return hmac.digest(key, said.encode(), "sha256").hex()


def _sound(row: IssuedReturn, key: bytes | None) -> Entry:
    """A row whose hash and key check hold.

    Raises:
        Damaged: one of them does not.
    """
    if key is None:
        raise _key_is_gone()
    name = Month.parse(row.month).name
    safe = (
        "Nothing was written, and the records are as they were. Bring the desk back "
        "from a backup (Settings, Backups)."
    )
    if row.sha256 != _hash(row.body):
        raise Damaged(
            f"The numbers of the return for {name} are not what was issued.", safe
        )
    if not hmac.compare_digest(row.key_check, _check(row, key)):
        raise Damaged(
            f"The return for {name} was not issued with the key that is on this desk.",
            safe,
        )
    return Entry(row, Month.parse(row.month))


def files_of(entries: Sequence[Entry]) -> list[bytes]:
    """The council copies of some returns, as the outsider gets them."""
    return [entry.file() for entry in entries]


def truth_of(entries: Sequence[Entry]) -> dict[str, Mapping[str, int]]:
    """The exact figures of some returns, by the outsider's name for each."""
    return {entry.name: entry.exact() for entry in entries}


def program_version() -> str:
    """The version that is installed; a checkout says so."""
    try:
        return version("provider-desk")
    except PackageNotFoundError:
        return "checkout"
