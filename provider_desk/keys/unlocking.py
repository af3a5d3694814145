"""From a name, a password and the team secret to the opened keys of a person.

::

    team secret ── its commitment ──► is it this desk's?
    name ───────── sealed names ────► slot
    password ───── Argon2id, HKDF ──► private keys ──► grants ──► core ──► local.key
"""

from pathlib import Path

from provider_desk.keys import local_key, rollback, roster, slots, vault
from provider_desk.keys.boxes import SALT_BYTES, Broken, OtherKey
from provider_desk.keys.compartments import CORE
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.slots import FLOOR, Cost, Login, Slot
from provider_desk.keys.vault import Vault
from provider_desk.model.errors import SecretNeeded, WrongPassword


def unlock(
    folder: Path, vault: Vault, name: str, password: str
) -> tuple[str, DeskKeys]:
    """The user's id and the keys that a name and password open.

    Args:
        folder: of the desk.
        vault: where this computer keeps the team secret.
        name: "" where only one person can be meant: a schedule knows no name.
        password: as it was typed.

    Raises:
        SecretNeeded: this computer has no team secret, or another desk's.
        WrongPassword: no slot opens; which of the two is wrong is not said.
        OlderDesk: the roster is not the one that the person's slot was made in.
        Missing: the folder holds no desk.
        Damaged: a file is not as it was written; the password may be right.
        FromNewerVersion: a newer version wrote a file.
        NoKeyring, ReadOnly, Trouble: a file or the keyring can't be read.
    """
    listed = roster.read(folder)
    team_secret = team_secret_of(listed, vault)
    user, pair = _person(folder, listed, Login(name, password, team_secret))
    return user, opened(folder, listed, user, pair, team_secret)


def team_secret_of(listed: Roster, place: Vault) -> bytes:
    """The team secret that a computer keeps for a desk.

    Raises:
        SecretNeeded: it keeps none, or another desk's.
        NoKeyring, Trouble: it can't be read.
    """
    text = place.get(listed.store, "team-secret")
    try:
        found = vault.secret_of(text) if text is not None else None
    except ValueError:
        found = None
    if found is None:
        raise SecretNeeded(
            "The team secret of this desk is not on this computer.",
            "Nothing was changed. Type the code of recovery sheet A; the desk and "
            "everything in it are safe.",
        )
    listed.check_team_secret(found)
    return found


def opened(
    folder: Path, listed: Roster, user: str, pair: KeyPair, team_secret: bytes
) -> DeskKeys:
    """The keys of a person whose private keys are known.

    Raises:
        Damaged, Missing, FromNewerVersion, Trouble: a file can't be read.
    """
    ring = opened_ring(listed, user, pair)
    core = ring.epochs.get(CORE, {})
    local = local_key.read(folder, listed.store, core.get)
    return DeskKeys(
        store_id=listed.store,
        device=local.device,
        user=user,
        key=local.key,
        next_key=local.next,
        local_epoch=local.epoch,
        team_secret=team_secret,
        pair=pair,
        ring=ring,
    )


def pair_of(
    folder: Path, listed: Roster, slot: Slot, password: str, team_secret: bytes
) -> KeyPair:
    """The private keys in a slot.

    Raises:
        OtherKey: the password is another.
        Damaged: the slot holds other keys than the roster tells of.
        OlderDesk: the roster is not the one that the slot was made in.
    """
    try:
        found = slots.opened(listed.store, slot, password, team_secret)
    except Broken as error:
        raise roster.damaged(folder) from error
    rollback.refuse_older(tuple(listed.now.hashes), found.revision, found.head)
    if found.pair.public() != listed.now.public_of(slot.user):
        raise roster.damaged(folder)
    return found.pair


def wrong() -> WrongPassword:
    """What to say where name and password do not open the desk."""
    return WrongPassword(
        "This name and password do not open the desk.",
        "Nothing was changed. Check the spelling of both, and whether Caps Lock is on.",
    )


def _person(folder: Path, listed: Roster, login: Login) -> tuple[str, KeyPair]:
    try:
        meant = listed.named(login.name, login.team_secret)
    except Broken as error:
        raise roster.damaged(folder) from error
    found = []
    for slot in meant:
        try:
            pair = pair_of(folder, listed, slot, login.password, login.team_secret)
        except OtherKey:
            continue
        found.append((slot.user, pair))
    if not meant:
        # How long it takes does not tell whether the name is known.
        slots.stretched(login.password, bytes(SALT_BYTES), _usual_cost(listed))
    if not found:
        raise wrong()
    if len(found) > 1:
        raise WrongPassword(
            "Several people could be meant.", "Nothing was changed. Say who signs in."
        )
    return found[0]


def _usual_cost(listed: Roster) -> Cost:
    return next((slot.cost for slot in listed.slots.values()), FLOOR)
