"""A slot: what a password opens. Source: security design, §2.1.

::

    A   = Argon2id(NFKC(password), salt, parameters of the slot, 32 bytes)
    K   = HKDF-SHA256(A || TS, salt of the slot, "pd1/user-kek|store|user|version", 64)
    K   = enc (32 bytes) || commit (32 bytes)
    box = AES-256-GCM(enc, secrets)

TS is the team's secret, a second one that does not lie beside the store. Desks have
none yet: then it is empty, and the slot says so. ``commit`` lies in the slot and is
compared first, in constant time: it tells a wrong password from a damaged file, which
GCM alone can't.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT_BYTES = 16
SECRET_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess of a password costs.

    Attributes:
        memory_kib: memory of a guess.
        passes: how often it is gone through.
        lanes: how many parts run side by side.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def allowed(self) -> bool:
        """Whether it lies between the floor and what a PC can bear.

        Below the floor somebody has made the file weaker; far above it, somebody
        wants this computer to stand still.
        """
        return (
            FLOOR.memory_kib <= self.memory_kib <= MOST.memory_kib
            and FLOOR.passes <= self.passes <= MOST.passes
            and FLOOR.lanes <= self.lanes <= MOST.lanes
        )


#: RFC 9106's second recommended setting.
FLOOR = Cost()
MOST = Cost(memory_kib=256 * 1024, passes=16, lanes=16)


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """Something sealed under a key, with the key's commitment.

    Attributes:
        commit: 32 bytes that only the right key gives.
        sealed: nonce and ciphertext.
    """

    commit: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """One person's way into the desk.

    Attributes:
        user: id of the person's User record.
        version: one more with each new password.
        cost: what a guess costs.
        salt: of HKDF; random for each slot.
        team_secret: whether the team's secret is needed beside the password.
        box: the desk's secret, sealed.
    """

    user: str
    version: int
    cost: Cost
    salt: bytes
    team_secret: bool
    box: Box


class OtherKey(Exception):
    """The commitment says that this is not the key."""


class Broken(Exception):
    """The key is right, and yet what it sealed can't be opened."""


def stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a password, at the cost of a guess."""
    kdf = Argon2id(
        salt=salt,
        length=SECRET_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(plain(password).encode())


def plain(text: str) -> str:
    """Text as it is compared: the same letters in the same code (NFKC)."""
    return unicodedata.normalize("NFKC", text)


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
    kdf = HKDF(algorithm=hashes.SHA256(), length=64, salt=salt, info=info.encode())
    derived = kdf.derive(secret)
    return derived[:SECRET_BYTES], derived[SECRET_BYTES:]
