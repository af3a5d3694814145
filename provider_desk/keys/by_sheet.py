"""What recovery sheet A opens where nobody can sign in. Source: security design, §2.7.

It brings the team secret to a computer, the keys to a copy of the desk, and a new
password to a manager.
"""

from pathlib import Path

from provider_desk.keys import epochs, local_key, new_keys, people_in, roster, vault
from provider_desk.keys.boxes import Broken
from provider_desk.keys.compartments import CORE
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.local_key import LocalKey
from provider_desk.keys.new_keys import team_info
from provider_desk.keys.ring import Ring, opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.sheets import no_sheet
from provider_desk.keys.slots import Cost, Login, same_name
from provider_desk.keys.statements import Author
from provider_desk.keys.vault import Vault
from provider_desk.model.errors import NotAllowed, WrongPassword


class SheetKeys:
    """What recovery sheet A opens; never printed.

    Attributes:
        store_id: id of the desk.
        team_secret: 32 bytes.
    """

    __slots__ = ("_listed", "_pair", "_ring", "store_id", "team_secret")

    def __init__(
        self, listed: Roster, pair: KeyPair, ring: Ring, team_secret: bytes
    ) -> None:
        self._listed, self._pair, self._ring = listed, pair, ring
        self.store_id = listed.store
        self.team_secret = team_secret

    def __repr__(self) -> str:
        return f"<sheet A of desk {self.store_id}>"

    def newest_epoch(self, compartment: str) -> int:
        """The number of a compartment's newest key."""
        return self._ring.newest[compartment][0]

    def epoch_key(self, compartment: str, epoch: int) -> bytes:
        """A key of ``core`` or ``admin``, 32 bytes.

        Raises:
            NotAllowed: sheet A does not open it.
        """
        found = self._ring.epochs.get(compartment, {}).get(epoch)
        if found is None:
            raise NotAllowed("Recovery sheet A does not open this.")
        return found

    def names(self) -> dict[str, str]:
        """What everybody signs in with, by id.

        Raises:
            Damaged: the roster was changed.
        """
        try:
            return self._listed.names(self.team_secret)
        except Broken as error:
            raise roster.damaged(Path()) from error

    def keep_secret(self, vault_: Vault) -> None:
        """Bring the team secret to this computer.

        Raises:
            NoKeyring, Trouble: the place refuses.
        """
        vault_.put(self.store_id, "team-secret", vault.secret_text(self.team_secret))

    def local(self, folder: Path) -> LocalKey:
        """What local.key of a folder holds.

        Raises:
            Missing, Damaged, FromNewerVersion, Trouble: it can't be read.
        """
        core = self._ring.epochs[CORE]
        return local_key.read(folder, self.store_id, core.get)

    def write_copy(self, folder: Path) -> LocalKey:
        """Make the key files of a new copy of the desk: same people, new store's key.

        Raises:
            DeskError: the folder holds keys already.
            DiskFull, ReadOnly, Missing, Trouble: the folder refuses.
        """
        new_keys.refuse_existing(folder)
        epoch = self.newest_epoch(CORE)
        local = local_key.fresh(self.store_id, epoch)
        local_key.write(folder, local, self.epoch_key(CORE, epoch))
        try:
            roster.write(folder, self._listed)
        except BaseException:
            (folder / local_key.NAME).unlink(missing_ok=True)
            raise
        return local

    def manager_named(self, name: str) -> str:
        """Id of the manager who signs in with a name.

        Raises:
            WrongPassword: there is none.
        """
        members = self._listed.now.members
        for user, held in self.names().items():
            if same_name(held, name) and members[user].admin:
                return user
        raise WrongPassword(
            "No manager of this desk signs in with this name.",
            "Nothing was changed. Check the spelling; others get a new password from "
            "a manager.",
        )

    def new_password(
        self, folder: Path, user_id: str, password: str, *, cost: Cost | None = None
    ) -> None:
        """Give a manager a new password, typed by the manager, and new keys.

        Raises:
            NotAllowed: it is no manager.
            NotValid: the password won't do.
            Missing, Damaged, FromNewerVersion, DiskFull, ReadOnly, Trouble: the roster
                can't be read or written; the old one stands.
        """
        listed = roster.read(folder)
        ring = opened_ring(listed, "A", self._pair)
        member = listed.now.members.get(user_id)
        name = self.names().get(user_id, "")
        if member is None or not member.admin or not name:
            raise NotAllowed(
                "Recovery sheet A gives a new password to managers only.",
                "Nothing was changed. A manager gives one to others.",
            )
        people_in.refuse_weak(name, password)
        people_in.new_person(
            listed,
            Author("A", self._pair),
            ring,
            user_id,
            Login(name, password, self.team_secret),
            admin=True,
            cost=cost,
            chosen=True,
        )
        epochs.begin_due(listed, Author("A", self._pair), ring)
        roster.write(folder, listed)
        self._listed, self._ring = listed, opened_ring(listed, "A", self._pair)


def by_sheet_a(where: Path | Roster, code: bytes) -> SheetKeys:
    """What recovery sheet A opens.

    Args:
        where: a desk's folder, or the roster that a backup carries.
        code: the 20 bytes of its code.

    Raises:
        WrongPassword: it is not this desk's sheet A.
        Missing, Damaged, FromNewerVersion, Trouble: the roster can't be read.
    """
    listed = where if isinstance(where, Roster) else roster.read(where)
    pair = KeyPair.of_sheet("A", code)
    if pair.public() != listed.now.sheets["A"]:
        raise no_sheet("A")
    ring = opened_ring(listed, "A", pair)
    try:
        team_secret = pair.open(listed.now.team, team_info(listed.store))
    except Broken as error:
        raise roster.damaged(Path()) from error
    listed.check_team_secret(team_secret)
    return SheetKeys(listed, pair, ring, team_secret)
