"""One's own password."""

from pathlib import Path

from provider_desk.keys import epochs, people_in, roster, slots, unlocking
from provider_desk.keys.boxes import OtherKey
from provider_desk.keys.held import DeskKeys, own_key_of
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.slots import Cost, Login
from provider_desk.keys.statements import Author
from provider_desk.keys.vault import Vault
from provider_desk.model.errors import NotFound, NotValid, Problem


class NewPassword:
    """A password that is about to take the place of one's old one; ``write`` does it.

    It comes with new keys, so that whatever lies under the old ones alone can be put
    under the new ones before.
    """

    __slots__ = ("_folder", "_keys", "_listed", "_pair")

    def __init__(
        self, folder: Path, keys: DeskKeys, listed: Roster, pair: KeyPair
    ) -> None:
        self._folder, self._keys = folder, keys
        self._listed, self._pair = listed, pair

    def __repr__(self) -> str:
        return f"<new password on desk {self._keys.store_id}>"

    def own_key(self, purpose: str) -> bytes:
        """As ``DeskKeys.own_key``, from the new keys."""
        keys = self._keys
        return own_key_of(self._pair, keys.store_id, keys.user, purpose)

    def write(self) -> None:
        """Let it hold from now on.

        Raises:
            DiskFull, ReadOnly, Missing, Trouble: the old password still holds.
        """
        roster.write(self._folder, self._listed)
        self._keys.take(self._listed, self._pair)


def new_password(
    folder: Path,
    vault: Vault,
    who: DeskKeys | str,
    old: str,
    new: str,
    *,
    cost: Cost | None = None,
) -> NewPassword:
    """A new password of one's own: a new slot, one version on, and new keys.

    Whoever knew the old password could have opened the old keys: somebody who gave it,
    looked on, or signed in first and chose it. So the keys are made anew, and all that
    they opened is renewed: at once where this person gives it, else marked as due.

    Args:
        folder: of the desk.
        vault: where this computer keeps the team secret.
        who: the keys of whoever signed in, or the name to sign in with.
        old: the password so far.
        new: the password from now on.
        cost: of a guess; measured on this PC where it is left out.

    Raises:
        WrongPassword: the old one is not right.
        NotValid: the new one won't do, or is the old one.
        Missing, Damaged, FromNewerVersion, OlderDesk, ReadOnly, Trouble: the roster
            can't be read.
    """
    if isinstance(who, str):
        user, keys = unlocking.unlock(folder, vault, who, old)
        listed = keys.current(folder)
    else:
        user, keys, listed = who.user, who, who.current(folder)
        _refuse_wrong(folder, keys, listed, old)
    name = slots.name_in(listed.store, listed.slots[user], keys.team_secret)
    people_in.refuse_weak(name, new)
    if slots.plain(new) == slots.plain(old):
        raise NotValid([Problem("password", "This is the password that you have.")])
    pair = _new_pair(listed, keys)
    author = Author(user, pair)
    epochs.begin_due(listed, author, opened_ring(listed, user, pair))
    login = Login(name, new, keys.team_secret)
    people_in.put_slot(listed, author, user, pair, login, cost)
    return NewPassword(folder, keys, listed, pair)


def change_password(
    folder: Path,
    vault: Vault,
    who: DeskKeys | str,
    old: str,
    new: str,
    *,
    cost: Cost | None = None,
) -> None:
    """Give oneself a new password, as ``new_password`` has it, at once.

    Raises:
        WrongPassword, NotValid: as ``new_password``.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble: the
            old password still holds.
    """
    new_password(folder, vault, who, old, new, cost=cost).write()


def _refuse_wrong(folder: Path, keys: DeskKeys, listed: Roster, password: str) -> None:
    slot = listed.slots.get(keys.user)
    if slot is None:
        raise NotFound("This account is not on the desk any more.")
    try:
        unlocking.pair_of(folder, listed, slot, password, keys.team_secret)
    except OtherKey as error:
        raise unlocking.wrong() from error


def _new_pair(listed: Roster, keys: DeskKeys) -> KeyPair:
    """New keys of one's own, signed with the old ones."""
    old = keys.author()
    ring = opened_ring(listed, keys.user, old.pair)
    pair = KeyPair.fresh()
    public = pair.public()
    grants = epochs.to_oneself(listed, keys.user, public.seals, ring)
    listed.say(old, "keys", public=public.told(), grants=grants)
    return pair
