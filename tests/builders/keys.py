"""Opened keys for tests: in memory by role, without a password; or a real desk's.

Keys that are made for the same desk fit together: what one seals, another opens.
"""

import hashlib
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from provider_desk.keys import compartments, desk_keys, roster, unlocking
from provider_desk.keys.compartments import ADMIN, CORE, COUNSEL, FIRST_TEAM
from provider_desk.keys.desk_keys import FLOOR, DeskKeys, NewKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import Ring
from provider_desk.keys.vault import SessionVault

#: The store's raw key, unless a test gives its own.
KEY = bytes(range(32))
COUNSELLORS = ("COUNSELLOR", "CLINICAL_LEAD", "STUDENT")

NAME, PASSWORD = "Jo Invented", "quiet harbour lemon bicycle"
OTHER_NAME, OTHER_PASSWORD = "Sam Invented", "purple ladder winter spoon"


def made_keys(
    store_id: str,
    device: str,
    user: str,
    role: str,
    *,
    key: bytes = KEY,
    teams: tuple[str, ...] = ("main",),
) -> DeskKeys:
    """Keys as somebody of a role holds them, in memory.

    Args:
        store_id: of the desk.
        device: of the copy.
        user: id of the person.
        role: counsellors, students and clinical leads hold core and counsel, managers
            core and admin, everybody else core.
        key: the store's raw key.
        teams: the desk's counselling teams; whoever holds counsel holds all of them.
    """
    counsel = tuple(f"{COUNSEL}{team}" for team in teams)
    held = [CORE]
    held += [ADMIN] if role == "MANAGER" else []
    held += counsel if role in COUNSELLORS else []
    return DeskKeys(
        store_id=store_id,
        device=device,
        user=user,
        key=key,
        team_secret=_secret(store_id, "team secret"),
        pair=pair_of(store_id, user),
        ring=Ring(
            epochs={name: {1: _secret(store_id, name)} for name in held},
            newest={
                name: (1, _public(store_id, name)) for name in (CORE, ADMIN, *counsel)
            },
            admin=role == "MANAGER",
            lead=role == "CLINICAL_LEAD",
        ),
    )


def pair_of(store_id: str, user: str) -> KeyPair:
    """The key pair of a person in memory: always the same."""
    return KeyPair(_secret(store_id, user, "opens"), _secret(store_id, user, "signs"))


@dataclass(slots=True)
class RealDesk:
    """The key files of a desk, made at the floor's cost.

    Attributes:
        folder: where they lie.
        vault: holds the team secret.
        new: the sheets' codes.
        keys: of the manager, ``NAME``, as they were when the desk was made.
        pairs: key pairs by user, so that ``signed_in`` needs no password.
    """

    folder: Path
    vault: SessionVault
    new: NewKeys
    keys: DeskKeys
    pairs: dict[str, KeyPair] = field(default_factory=dict)

    def unlock(self, name: str = NAME, password: str = PASSWORD) -> DeskKeys:
        """The keys of whoever signs in; a password costs an eighth of a second."""
        user, keys = desk_keys.unlock(self.folder, self.vault, name, password)
        self.pairs[user] = keys.author().pair
        return keys

    def signed_in(self, user: str) -> DeskKeys:
        """The keys of somebody who has unlocked before, without the password."""
        listed = roster.read(self.folder)
        return unlocking.opened(
            self.folder, listed, user, self.pairs[user], self.keys.team_secret
        )

    def copied(self, folder: Path) -> "RealDesk":
        """The same desk in another folder."""
        shutil.copytree(self.folder, folder)
        vault, store = SessionVault(), self.new.store_id
        vault.put(store, "team-secret", self.vault.get(store, "team-secret") or "")
        return replace(self, folder=folder, vault=vault, pairs=dict(self.pairs))


def real_desk(folder: Path, user: str = "manager") -> RealDesk:
    """A desk's key files in a folder, with one manager."""
    vault, new = SessionVault(), desk_keys.plan()
    keys = new.write(folder, vault, user, NAME, PASSWORD, FLOOR)
    return RealDesk(folder, vault, new, keys, {user: keys.author().pair})


#: Who can sign in to a staffed desk, besides the manager: id, name, password.
STAFF = {
    "lead": ("Lee Invented", "copper river button sleeve"),
    "counsellor": (OTHER_NAME, OTHER_PASSWORD),
    "worker": ("Wren Invented", "orchard velvet pencil storm"),
}


def staffed_desk(folder: Path) -> RealDesk:
    """A desk with a manager, a clinical lead, a counsellor and a caseworker."""
    made = real_desk(folder)
    for user, (name, password) in STAFF.items():
        desk_keys.add_user(
            folder, made.keys, user, name, password, admin=False, cost=FLOOR
        )
        made.unlock(name, password)
    lead = made.signed_in("lead")
    desk_keys.take_up(folder, lead, made.new.sheet_b)
    desk_keys.grant(folder, lead, FIRST_TEAM, "counsellor")
    return made


def _public(store_id: str, name: str) -> bytes:
    return compartments.public_key(_secret(store_id, name), store_id, name, 1)


def _secret(*words: str) -> bytes:
    return hashlib.sha256("|".join(words).encode()).digest()
