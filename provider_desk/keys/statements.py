"""Statements: what members and sheets have said about who holds what, each signed.

The roster's log is a chain of them. A statement says its number and the hash of the one
before, so none can be left out, moved or changed. The first one is the desk itself: the
desk's id is the beginning of its hash, and whoever knows the id can't be given another
beginning.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from provider_desk.keys.key_pairs import KeyPair, raw

#: Signed in front of every statement; nothing else that is signed begins so.
SIGNED_AS = b"PDR\x02"

_SIGNATURE_BYTES = 64
_ID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a statement: a person by id, or a sheet, and the keys to sign with."""

    name: str
    pair: KeyPair


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """One signed sentence of the roster's log.

    Attributes:
        revision: 1, 2, 3, …
        before: hash of the statement before, 64 digits; "" for the first.
        deed: what is done: one of the kinds in ``standing``.
        by: a person's id, or "A" or "B" for a sheet.
        told: what the deed needs.
        signature: Ed25519, 64 bytes.
    """

    revision: int
    before: str
    deed: str
    by: str
    told: Mapping[str, Any]
    signature: bytes = b""

    def signed_data(self) -> bytes:
        """The bytes that are signed."""
        body = {
            "revision": self.revision,
            "before": self.before,
            "deed": self.deed,
            "by": self.by,
            "told": self.told,
        }
        return SIGNED_AS + canonical(body)

    def hash(self) -> str:
        """SHA-256 of what is signed and the signature, 64 digits."""
        return hashlib.sha256(self.signed_data() + self.signature).hexdigest()

    def as_told(self) -> dict[str, Any]:
        """As it stands in a file."""
        return {
            "revision": self.revision,
            "before": self.before,
            "deed": self.deed,
            "by": self.by,
            "told": self.told,
            "signature": self.signature.hex(),
        }


def said(
    revision: int, before: str, author: Author, deed: str, told: Mapping[str, Any]
) -> Statement:
    """A statement, signed."""
    bare = Statement(revision, before, deed, author.name, told)
    signature = author.pair.sign(bare.signed_data())
    return Statement(revision, before, deed, author.name, told, signature)


def read(body: Mapping[str, Any]) -> Statement:
    """A statement as a file tells it; who signed it is looked at later.

    Raises:
        KeyError, TypeError, ValueError: it is no statement.
    """
    if set(body) != {"revision", "before", "deed", "by", "told", "signature"}:
        raise ValueError("not a statement")
    told = body["told"]
    if not isinstance(told, dict):
        raise TypeError("not a statement")
    return Statement(
        revision=int(body["revision"]),
        before=str(body["before"]),
        deed=str(body["deed"]),
        by=str(body["by"]),
        told=told,
        signature=raw(body["signature"], _SIGNATURE_BYTES),
    )


def store_id(first: Statement) -> str:
    """The id of the desk that a first statement begins: 32 digits of its hash."""
    return first.hash()[:_ID_DIGITS]


def canonical(body: Mapping[str, Any]) -> bytes:
    """JSON in the one form that is hashed and signed."""
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
