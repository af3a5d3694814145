"""Boxes: bytes sealed under a secret for one purpose. Source: security design, §2.1.

::

    K   = HKDF-SHA256(secret, salt, info, 64 bytes) = enc (32) || commit (32)
    box = commit || nonce (12) || AES-256-GCM(enc, nonce, data, about)

``commit`` is compared first, in constant time: it tells a wrong key from a damaged
file, which GCM alone can't, and holds the box to one key.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT_BYTES = 16
SECRET_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """Something sealed under a key, with the key's commitment.

    Attributes:
        commit: 32 bytes that only the right key gives.
        sealed: nonce and ciphertext.
    """

    commit: bytes
    sealed: bytes

    def told(self) -> dict[str, str]:
        """As it stands in a file."""
        return {"commit": self.commit.hex(), "sealed": self.sealed.hex()}

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Box":
        """As a file tells it.

        Raises:
            KeyError, TypeError, ValueError: it is no box.
        """
        return cls(bytes.fromhex(body["commit"]), bytes.fromhex(body["sealed"]))


class OtherKey(Exception):
    """The commitment says that this is not the key."""


class Broken(Exception):
    """The key is right, and yet what it sealed can't be opened."""


def derived(secret: bytes, *, salt: bytes = b"", info: str, length: int = 32) -> bytes:
    """Key material for one purpose (HKDF-SHA256)."""
    kdf = HKDF(hashes.SHA256(), length=length, salt=salt, info=info.encode())
    return kdf.derive(secret)


def commitment(secret: bytes, *, salt: bytes, info: str) -> bytes:
    """32 bytes that tell a secret from others, and nothing about it."""
    return _keys(secret, salt, info)[1]


def seal(secret: bytes, data: bytes, *, salt: bytes, info: str, about: bytes) -> Box:
    """Seal data under a secret, for one purpose.

    Args:
        secret: key material.
        data: what is sealed.
        salt: of HKDF.
        info: the purpose; the same secret gives another key for another purpose.
        about: bytes that are not hidden, but can't be changed without notice.
    """
    key, commit = _keys(secret, salt, info)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return Box(commit, nonce + AESGCM(key).encrypt(nonce, data, about))


def unseal(secret: bytes, box: Box, *, salt: bytes, info: str, about: bytes) -> bytes:
    """What ``seal`` sealed.

    Raises:
        OtherKey: the secret is another.
        Broken: the secret is right, but the box was changed.
    """
    key, commit = _keys(secret, salt, info)
    if not constant_time.bytes_eq(commit, box.commit):
        raise OtherKey
    nonce, sealed = box.sealed[:_NONCE_BYTES], box.sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, sealed, about)
    except (InvalidTag, ValueError) as error:
        raise Broken from error


def _keys(secret: bytes, salt: bytes, info: str) -> tuple[bytes, bytes]:
    both = derived(secret, salt=salt, info=info, length=2 * SECRET_BYTES)
    return both[:SECRET_BYTES], both[SECRET_BYTES:]
