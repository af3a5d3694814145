"""The key of one backup, and what its header says that nobody else may read or change.

::

    K        32 random bytes, this backup's alone: the raw key of the store in it
    box      seal(E[core,n], K, salt, "pd1/backup|store")      about: the open part
    details  seal(K, what the store holds, salt, "pd1/backup-details")  about: the same

Whoever holds ``core`` opens it: everybody of the desk, and recovery sheet A. The open
part names the hash of the store's bytes, so changing either is noticed.
Source: security design, §2.1, §2.7.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from provider_desk.keys.boxes import (
    SALT_BYTES,
    SECRET_BYTES,
    Box,
    Broken,
    OtherKey,
    seal,
    unseal,
)
from provider_desk.keys.compartments import CORE
from provider_desk.model.errors import NotAllowed


class Opener(Protocol):
    """Whoever holds the keys of ``core``: somebody signed in, or recovery sheet A."""

    @property
    def store_id(self) -> str:
        """The id of the desk."""
        ...

    def newest_epoch(self, compartment: str) -> int:
        """The number of a compartment's newest key."""
        ...

    def epoch_key(self, compartment: str, epoch: int) -> bytes:
        """A key of a compartment; NotAllowed where it is not held."""
        ...


class Unopened(Exception):
    """The header was changed, or is of another desk."""


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a header says to those who can open it.

    Attributes:
        key: 32 bytes, the raw key of the store in the backup.
        details: what the store holds, in short.
    """

    key: bytes
    details: Mapping[str, Any]


def new_key() -> bytes:
    """A random key for a backup."""
    return secrets.token_bytes(SECRET_BYTES)


def closed(
    opener: Opener, key: bytes, told: Mapping[str, Any], details: Mapping[str, Any]
) -> dict[str, Any]:
    """A backup's header.

    Args:
        opener: under whose newest ``core`` key it is put.
        key: of the backup.
        told: what everybody may read.
        details: what only those may read who can open it.
    """
    epoch = opener.newest_epoch(CORE)
    salt = secrets.token_bytes(SALT_BYTES)
    whole = {**told, "epoch": epoch, "salt": salt.hex()}
    about = _about(whole)
    box = seal(
        opener.epoch_key(CORE, epoch),
        key,
        salt=salt,
        info=f"pd1/backup|{opener.store_id}",
        about=about,
    )
    sealed = seal(
        key,
        json.dumps(details, sort_keys=True).encode(),
        salt=salt,
        info="pd1/backup-details",
        about=about,
    )
    return {**whole, "box": box.told(), "details": sealed.told()}


def opened(opener: Opener, header: Mapping[str, Any]) -> Opened:
    """The key and details of a header.

    Raises:
        NotAllowed: the key of its time is not held: it needs the sheet of its time.
        Unopened: it was changed, or is of another desk.
    """
    whole = {k: v for k, v in header.items() if k not in ("box", "details")}
    about = _about(whole)
    try:
        salt, epoch = bytes.fromhex(whole["salt"]), int(whole["epoch"])
        key = unseal(
            _epoch_key(opener, epoch),
            Box.read(header["box"]),
            salt=salt,
            info=f"pd1/backup|{opener.store_id}",
            about=about,
        )
        details = unseal(
            key,
            Box.read(header["details"]),
            salt=salt,
            info="pd1/backup-details",
            about=about,
        )
        return Opened(key, dict(json.loads(details)))
    except (KeyError, TypeError, ValueError, OtherKey, Broken) as error:
        raise Unopened from error


def _epoch_key(opener: Opener, epoch: int) -> bytes:
    try:
        return opener.epoch_key(CORE, epoch)
    except NotAllowed as error:
        raise NotAllowed(
            "The keys at hand do not open this backup.",
            "Nothing was changed. A backup opens with the recovery sheet A that was in "
            "use when it was made.",
        ) from error


def _about(whole: Mapping[str, Any]) -> bytes:
    return b"PDB\x01" + json.dumps(whole, sort_keys=True).encode()
