"""roster.bin: who can sign in. It names nobody.

A name stands nowhere in it in the clear: what tells whether the name typed is that of
a slot lies sealed within the slot, beside the desk's secret. A guess of a password
costs one Argon2 for all slots of a desk; a desk has few.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.constant_time import bytes_eq

from provider_desk.keys import framing
from provider_desk.keys.slots import (
    SALT_BYTES,
    SECRET_BYTES,
    Box,
    Cost,
    OtherKey,
    Slot,
    plain,
    seal,
    stretched,
    unseal,
)
from provider_desk.model.errors import Damaged

NAME = "roster.bin"

_MOST_SLOTS = 1_000


@dataclass(frozen=True, slots=True, repr=False)
class Roster:
    """Who can sign in.

    Attributes:
        store: the id of the desk.
        salt: random, once for the desk.
        slots: a slot for each person.
    """

    store: str
    salt: bytes
    slots: tuple[Slot, ...]

    def with_slot(self, slot: Slot) -> "Roster":
        """The roster with a person's slot, which takes the place of an older one."""
        others = tuple(each for each in self.slots if each.user != slot.user)
        return replace(self, slots=(*others, slot))

    def next_version(self, user: str) -> int:
        """The version that a person's next slot gets."""
        return max((s.version for s in self.slots if s.user == user), default=0) + 1


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """What somebody typed, and the team's secret where there is one."""

    name: str
    password: str
    team_secret: bytes = b""


def made_slot(
    roster: Roster, user: str, login: Login, secret: bytes, salt: bytes
) -> Slot:
    """A new slot for a person, at today's cost of a guess."""
    cost = Cost()
    version = roster.next_version(user)
    stretch = stretched(login.password, roster.salt, cost)
    box = seal(
        stretch + login.team_secret,
        secret + _name_mark(login.name, salt),
        salt=salt,
        info=_info(roster.store, user, version),
        about=framing.head(framing.ROSTER),
    )
    return Slot(user, version, cost, salt, bool(login.team_secret), box)


def opened(roster: Roster, login: Login) -> list[tuple[str, bytes]]:
    """The users and the desk's secret that a name and password open.

    Args:
        roster: who can sign in.
        login: without a name, every slot that the password opens is meant; a schedule
            knows no name.

    Raises:
        Broken: the password is right, but the slot was changed.
    """
    found: list[tuple[str, bytes]] = []
    stretches: dict[Cost, bytes] = {}
    # All slots are tried: how long it takes does not tell whose slot it was.
    for slot in roster.slots:
        if slot.cost not in stretches:
            stretches[slot.cost] = stretched(login.password, roster.salt, slot.cost)
        secret = stretches[slot.cost] + (login.team_secret if slot.team_secret else b"")
        info = _info(roster.store, slot.user, slot.version)
        try:
            data = unseal(
                secret,
                slot.box,
                salt=slot.salt,
                info=info,
                about=framing.head(framing.ROSTER),
            )
        except OtherKey:
            continue
        mark = data[SECRET_BYTES:]
        if not login.name or bytes_eq(mark, _name_mark(login.name, slot.salt)):
            found.append((slot.user, data[:SECRET_BYTES]))
    return found


def read(folder: Path) -> Roster:
    """The roster of a folder.

    Raises:
        Missing, Damaged, FromNewerVersion, Trouble: as ``framing.read``; Damaged also
            where it asks for a cost that is not allowed.
    """
    path = folder / NAME
    body = framing.read(path, framing.ROSTER)
    try:
        slots = tuple(_read_slot(each) for each in body["slots"][:_MOST_SLOTS])
        found = Roster(str(body["store"]), bytes.fromhex(body["salt"]), slots)
    except (KeyError, TypeError, ValueError) as error:
        raise framing.damaged(path) from error
    if len(found.salt) != SALT_BYTES or not all(s.cost.allowed for s in slots):
        raise framing.damaged(path)
    return found


def write(folder: Path, roster: Roster) -> None:
    """Write the roster of a folder.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the old one stands.
    """
    body = {
        "store": roster.store,
        "salt": roster.salt.hex(),
        "slots": [_slot_body(slot) for slot in roster.slots],
    }
    framing.write(folder / NAME, framing.ROSTER, body)


def damaged(folder: Path) -> Damaged:
    """What to say of a roster that was changed."""
    return framing.damaged(folder / NAME)


def _name_mark(name: str, salt: bytes) -> bytes:
    """What tells a name from others; capitals and blanks do not matter."""
    said = " ".join(plain(name).casefold().split())
    return hashlib.sha256(salt + said.encode()).digest()


def _info(store: str, user: str, version: int) -> str:
    return f"pd1/user-kek|{store}|{user}|{version}"


def _slot_body(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.user,
        "version": slot.version,
        "kdf": {
            "name": "argon2id",
            "memory_kib": slot.cost.memory_kib,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
        },
        "salt": slot.salt.hex(),
        "team_secret": slot.team_secret,
        "commit": slot.box.commit.hex(),
        "sealed": slot.box.sealed.hex(),
    }


def _read_slot(body: dict[str, Any]) -> Slot:
    kdf = body["kdf"]
    if kdf["name"] != "argon2id":
        raise ValueError("unknown way of stretching a password")
    return Slot(
        user=str(body["user"]),
        version=int(body["version"]),
        cost=Cost(int(kdf["memory_kib"]), int(kdf["passes"]), int(kdf["lanes"])),
        salt=bytes.fromhex(body["salt"]),
        team_secret=bool(body["team_secret"]),
        box=Box(bytes.fromhex(body["commit"]), bytes.fromhex(body["sealed"])),
    )
