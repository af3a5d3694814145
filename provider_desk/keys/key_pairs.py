"""Key pairs of people and sheets: one to be sealed to (X25519), one to sign (Ed25519).

Sealing to somebody is HPKE in base mode: X25519, HKDF-SHA256, AES-256-GCM. It takes no
data besides ``info``, so all that a sealed thing belongs to stands there. 32 bytes
sealed are 80. Source: security design, §2.1 and §2.2.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)

from provider_desk.keys.boxes import Broken, derived

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may know of a key pair.

    Attributes:
        seals: X25519, 32 bytes: what is sealed to it, its owner alone opens.
        signs: Ed25519, 32 bytes: tells its owner's signatures.
    """

    seals: bytes
    signs: bytes

    def told(self) -> dict[str, str]:
        """As it stands in a file."""
        return {"seals": self.seals.hex(), "signs": self.signs.hex()}

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Public":
        """As a file tells it.

        Raises:
            KeyError, TypeError, ValueError: it is no such key.
        """
        return cls(sealing_key(body["seals"]), raw(body["signs"]))


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """What only its owner has; never printed.

    Attributes:
        opens: X25519 private key, 32 bytes.
        signs: Ed25519 private key, 32 bytes.
    """

    opens: bytes
    signs: bytes

    @classmethod
    def fresh(cls) -> "KeyPair":
        """A random one."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))

    @classmethod
    def of_sheet(cls, which: str, code: bytes) -> "KeyPair":
        """The one that a recovery sheet's code gives.

        Args:
            which: "A" or "B"; the code of one sheet never opens the other.
            code: the 160 bits on the sheet.
        """
        both = derived(code, info=f"pd1/sheet|{which}", length=2 * KEY_BYTES)
        return cls(both[:KEY_BYTES], both[KEY_BYTES:])

    def public(self) -> Public:
        """What everybody may know of it."""
        signer = Ed25519PrivateKey.from_private_bytes(self.signs)
        return Public(public_of(self.opens), signer.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.signs).sign(data)

    def open(self, sealed: bytes, info: str) -> bytes:
        """What was sealed to this pair.

        Raises:
            Broken: it was sealed to another, about something else, or changed.
        """
        return open_with(self.opens, sealed, info)


def public_of(private: bytes) -> bytes:
    """The public half of an X25519 key."""
    key = X25519PrivateKey.from_private_bytes(private)
    return key.public_key().public_bytes_raw()


def seal_for(public: bytes, data: bytes, info: str) -> bytes:
    """Seal data so that the owner of an X25519 public key alone opens it.

    Raises:
        ValueError: no such key can be.
    """
    key = X25519PublicKey.from_public_bytes(public)
    return _suite().encrypt(data, key, info=info.encode())


def open_with(private: bytes, sealed: bytes, info: str) -> bytes:
    """What was sealed to the owner of an X25519 private key.

    Raises:
        Broken: it was sealed to another, about something else, or changed.
    """
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return _suite().decrypt(sealed, key, info=info.encode())
    except (InvalidTag, ValueError) as error:
        raise Broken from error


def is_signed(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of an Ed25519 public key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def sealing_key(text: str) -> bytes:
    """An X25519 public key in hexadecimal digits that can be sealed to.

    A few points give everybody the same secret: whoever puts one on a roster would
    stop every new key that is to be sealed to it.

    Raises:
        TypeError, ValueError: it is no such key.
    """
    found = raw(text)
    anybody = X25519PrivateKey.from_private_bytes(bytes(range(KEY_BYTES)))
    anybody.exchange(X25519PublicKey.from_public_bytes(found))
    return found


def raw(text: str, length: int = KEY_BYTES) -> bytes:
    """Bytes of hexadecimal digits, of the length they must have.

    Raises:
        TypeError, ValueError: it is something else.
    """
    data = bytes.fromhex(text)
    if len(data) != length:
        raise ValueError("of another length")
    return data


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
