"""A slot: what a password and the team secret open. Source: security design, §2.1.

::

    A    = Argon2id(NFKC(password), salt of the slot, parameters of the slot, 32 bytes)
    box  = seal(A || TS, secrets, salt, "pd1/user-kek|store|user|version")
    name = seal(TS, name, salt, "pd1/roster|store|user|version")

TS is the team secret, a second one that does not lie beside the store. The secrets are
the person's two private keys and the roster's state when the slot was made: a roster
that does not hold that state is not the one the person knew.
"""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from provider_desk.keys.boxes import (
    SALT_BYTES,
    SECRET_BYTES,
    Box,
    Broken,
    OtherKey,
    seal,
    unseal,
)
from provider_desk.keys.key_pairs import KEY_BYTES, KeyPair, raw

_HASH_BYTES = 32
_NUMBER_BYTES = 4
#: Names are padded to steps of this many bytes: their length tells nothing.
_NAME_STEP = 64


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
class Slot:
    """One person's way into the desk.

    Attributes:
        user: id of the person's User record.
        version: one more with each new password.
        cost: what a guess costs.
        salt: random for each slot.
        box: the person's private keys, sealed.
        name: what the person signs in with, sealed under the team secret.
    """

    user: str
    version: int
    cost: Cost
    salt: bytes
    box: Box
    name: Box

    def told(self) -> dict[str, Any]:
        """As it stands in a file."""
        return {
            "user": self.user,
            "version": self.version,
            "kdf": {
                "name": "argon2id",
                "memory_kib": self.cost.memory_kib,
                "passes": self.cost.passes,
                "lanes": self.cost.lanes,
            },
            "salt": self.salt.hex(),
            "box": self.box.told(),
            "name": self.name.told(),
        }

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Slot":
        """As a file tells it.

        Raises:
            KeyError, TypeError, ValueError: it is no slot, or asks for a cost that is
                not allowed.
        """
        kdf = body["kdf"]
        cost = Cost(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"]))
        if kdf["name"] != "argon2id" or not cost.allowed:
            raise ValueError("a way of stretching a password that is not allowed")
        return cls(
            user=str(body["user"]),
            version=int(body["version"]),
            cost=cost,
            salt=raw(body["salt"], SALT_BYTES),
            box=Box.read(body["box"]),
            name=Box.read(body["name"]),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What lies in a slot.

    Attributes:
        pair: the person's private keys.
        revision: of the roster when the slot was made.
        head: hash of the roster's last statement then, 64 hexadecimal digits.
    """

    pair: KeyPair
    revision: int
    head: str


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """What somebody typed, and the team secret.

    Attributes:
        name: "" where only one person can be meant: a schedule knows no name.
        password: as it was typed.
        team_secret: 32 bytes.
    """

    name: str
    password: str
    team_secret: bytes


def made(
    store: str, user: str, version: int, login: Login, held: Secrets, cost: Cost
) -> Slot:
    """A new slot for a person."""
    salt = secrets.token_bytes(SALT_BYTES)
    data = held.pair.opens + held.pair.signs
    data += held.revision.to_bytes(_NUMBER_BYTES) + bytes.fromhex(held.head)
    box = seal(
        stretched(login.password, salt, cost) + login.team_secret,
        data,
        salt=salt,
        info=_box_info(store, user, version),
        about=b"",
    )
    name = seal(
        login.team_secret,
        _padded(login.name),
        salt=salt,
        info=_name_info(store, user, version),
        about=b"",
    )
    return Slot(user, version, cost, salt, box, name)


def opened(store: str, slot: Slot, password: str, team_secret: bytes) -> Secrets:
    """What a password and the team secret open.

    Raises:
        OtherKey: one of the two is another.
        Broken: both are right, but the slot was changed.
    """
    data = unseal(
        stretched(password, slot.salt, slot.cost) + team_secret,
        slot.box,
        salt=slot.salt,
        info=_box_info(store, slot.user, slot.version),
        about=b"",
    )
    if len(data) != 2 * KEY_BYTES + _NUMBER_BYTES + _HASH_BYTES:
        raise Broken
    pair = KeyPair(data[:KEY_BYTES], data[KEY_BYTES : 2 * KEY_BYTES])
    rest = data[2 * KEY_BYTES :]
    return Secrets(pair, int.from_bytes(rest[:_NUMBER_BYTES]), rest[4:].hex())


def name_in(store: str, slot: Slot, team_secret: bytes) -> str:
    """The name that a slot's owner signs in with.

    Raises:
        Broken: the team secret is another, or the slot was changed.
    """
    info = _name_info(store, slot.user, slot.version)
    try:
        data = unseal(team_secret, slot.name, salt=slot.salt, info=info, about=b"")
        return data.rstrip(b"\0").decode()
    except (OtherKey, UnicodeDecodeError) as error:
        raise Broken from error


def stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a password, at the cost of a guess."""
    kdf = Argon2id(
        salt=salt,
        length=SECRET_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    # Half a letter, which a terminal may hand over, is a letter of its own here.
    return kdf.derive(plain(password).encode(errors="surrogatepass"))


def plain(text: str) -> str:
    """Text as it is compared: the same letters in the same code (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same; capitals and blanks do not matter."""
    return _compared(one) == _compared(other)


def _compared(name: str) -> str:
    return " ".join(plain(name).casefold().split())


def _padded(name: str) -> bytes:
    data = " ".join(name.split()).encode()
    return data + bytes(-len(data) % _NAME_STEP)


def _box_info(store: str, user: str, version: int) -> str:
    return f"pd1/user-kek|{store}|{user}|{version}"


def _name_info(store: str, user: str, version: int) -> str:
    return f"pd1/roster|{store}|{user}|{version}"
