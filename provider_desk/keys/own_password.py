"""One's own password."""

from pathlib import Path

from provider_desk.keys import epochs, people_in, roster, slots, unlocking
from provider_desk.keys.boxes import OtherKey
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.slots import Cost, Login
from provider_desk.keys.statements import Author
from provider_desk.keys.vault import Vault
from provider_desk.model.errors import NotFound


def change_password(
    folder: Path,
    vault: Vault,
    who: DeskKeys | str,
    old: str,
    new: str,
    *,
    cost: Cost | None = None,
) -> None:
    """Give oneself a new password: a new slot, one version on.

    Where somebody else had given the old one, they could have opened the keys in its
    slot; so the keys are made anew too, and carry over what is held.

    Args:
        folder: of the desk.
        vault: where this computer keeps the team secret.
        who: the keys of whoever signed in, or the name to sign in with.
        old: the password so far.
        new: the password from now on.
        cost: of a guess; measured on this PC where it is left out.

    Raises:
        WrongPassword: the old one is not right.
        NotValid: the new one won't do.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble: the
            old password still holds.
    """
    if isinstance(who, str):
        user, keys = unlocking.unlock(folder, vault, who, old)
        listed = keys.current(folder)
        pair = keys.author().pair
    else:
        user, keys, listed = who.user, who, who.current(folder)
        pair = _own_pair(folder, keys, listed, old)
    name = slots.name_in(listed.store, listed.slots[user], keys.team_secret)
    people_in.refuse_weak(name, new)
    if listed.now.slots[user].given:
        pair = _renew_pair(listed, keys)
    login = Login(name, new, keys.team_secret)
    people_in.put_slot(listed, Author(user, pair), user, pair, login, cost)
    roster.write(folder, listed)
    keys.take(listed, pair)


def _own_pair(folder: Path, keys: DeskKeys, listed: Roster, password: str) -> KeyPair:
    slot = listed.slots.get(keys.user)
    if slot is None:
        raise NotFound("This account is not on the desk any more.")
    try:
        return unlocking.pair_of(folder, listed, slot, password, keys.team_secret)
    except OtherKey as error:
        raise unlocking.wrong() from error


def _renew_pair(listed: Roster, keys: DeskKeys) -> KeyPair:
    """New keys of one's own, signed with the old ones."""
    old = keys.author()
    ring = opened_ring(listed, keys.user, old.pair)
    pair = KeyPair.fresh()
    public = pair.public()
    grants = epochs.to_oneself(listed, keys.user, public.seals, ring)
    listed.say(old, "keys", public=public.told(), grants=grants)
    return pair
