"""The opened keys of the person who signed in."""

from collections.abc import Mapping
from pathlib import Path

from provider_desk.keys import compartments, key_pairs, rollback, roster
from provider_desk.keys.boxes import Broken, derived
from provider_desk.keys.compartments import seal_info
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.ring import Ring, opened_ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.statements import SIGNED_AS, Author
from provider_desk.model.errors import Damaged, NotAllowed, NotFound

_EPOCH_BYTES = 4


class DeskKeys:
    """What an open desk needs; never printed, never logged.

    One object lasts from signing in to locking. A deed that changes the roster brings
    it up to date: whatever is sealed afterwards is sealed under the newest key.

    Attributes:
        store_id: the id that all copies of the desk share.
        device: the id of this copy.
        user: id of who signed in.
        key: 32 bytes, the store's raw key on this PC.
        next_key: 32 bytes, the key that the store is being given; b"" at other times.
        local_epoch: of ``core``, under whose key local.key lies.
        team_secret: 32 bytes, the second secret of every password.
    """

    __slots__ = (
        "_pair",
        "_ring",
        "device",
        "key",
        "local_epoch",
        "next_key",
        "store_id",
        "team_secret",
        "user",
    )

    def __init__(
        self,
        *,
        store_id: str,
        device: str,
        user: str,
        key: bytes,
        team_secret: bytes,
        pair: KeyPair,
        ring: Ring,
        next_key: bytes = b"",
        local_epoch: int = 1,
    ) -> None:
        self.store_id = store_id
        self.device = device
        self.user = user
        self.key = key
        self.next_key = next_key
        self.local_epoch = local_epoch
        self.team_secret = team_secret
        self._pair = pair
        self._ring = ring

    def __repr__(self) -> str:
        return f"<keys of desk {self.store_id}>"

    # What is held.

    def holds(self, compartment: str) -> bool:
        """Whether this person reads a compartment."""
        return compartment in self._ring.epochs

    def compartments(self) -> tuple[str, ...]:
        """The names of those held."""
        return tuple(self._ring.epochs)

    def newest_epoch(self, compartment: str) -> int:
        """The number of a compartment's newest key, held or not.

        Raises:
            NotFound: there is no such compartment.
        """
        return self._newest(compartment)[0]

    def epoch_key(self, compartment: str, epoch: int) -> bytes:
        """A key of a compartment, 32 bytes.

        Raises:
            NotAllowed: it is not held.
        """
        found = self._ring.epochs.get(compartment, {}).get(epoch)
        if found is None:
            raise NotAllowed(
                "The key to this was not given to you.",
                "Nothing was changed. Whoever gives it can: a manager for the desk, a "
                "clinical lead for the counselling key.",
            )
        return found

    @property
    def is_admin(self) -> bool:
        """Whether these are a manager's keys."""
        return self._ring.admin

    @property
    def is_lead(self) -> bool:
        """Whether these are a clinical lead's keys."""
        return self._ring.lead

    @property
    def password_given(self) -> bool:
        """Whether somebody else chose the password: it should be changed first."""
        return self._ring.password_given

    def _newest(self, compartment: str) -> tuple[int, bytes]:
        found = self._ring.newest.get(compartment)
        if found is None:
            raise NotFound(
                "There is no such counselling team on this desk.",
                "Nothing was changed. A clinical lead adds teams.",
            )
        return found

    # What is done with it.

    def own_key(self, purpose: str) -> bytes:
        """32 bytes that this person alone has, for one purpose: drafts."""
        return own_key_of(self._pair, self.store_id, self.user, purpose)

    def sign(self, data: bytes) -> bytes:
        """This person's signature (Ed25519), 64 bytes."""
        if data.startswith(SIGNED_AS[:3]):
            raise ValueError("statements of the roster are signed in the roster alone")
        return self._pair.sign(data)

    def public_key(self) -> bytes:
        """What tells this person's signatures (Ed25519), 32 bytes."""
        return self._pair.public().signs

    def signers(self) -> Mapping[str, tuple[bytes, ...]]:
        """Every public key that each person of the desk has ever signed with."""
        return {self.user: (self.public_key(),), **self._ring.signers}

    def seal_to(self, compartment: str, data: bytes, about: str) -> bytes:
        """Seal data so that holders of a compartment alone open it; anybody can.

        Returns:
            The epoch's number in 4 bytes, then HPKE.

        Raises:
            NotFound: there is no such compartment.
        """
        epoch, public = self._newest(compartment)
        info = seal_info(self.store_id, compartment, epoch, about)
        number = epoch.to_bytes(_EPOCH_BYTES, "big")
        return number + key_pairs.seal_for(public, data, info)

    def open_sealed(self, compartment: str, sealed: bytes, about: str) -> bytes:
        """What ``seal_to`` sealed about the same.

        Raises:
            NotAllowed: the compartment is not held.
            Damaged: it was changed, or is about something else.
        """
        epoch = int.from_bytes(sealed[:_EPOCH_BYTES], "big")
        self.epoch_key(compartment, self.newest_epoch(compartment))
        if not 1 <= epoch <= self.newest_epoch(compartment):
            raise _unsealable()
        key = self.epoch_key(compartment, epoch)
        private = compartments.private_of(key, self.store_id, compartment, epoch)
        info = seal_info(self.store_id, compartment, epoch, about)
        try:
            return key_pairs.open_with(private, sealed[_EPOCH_BYTES:], info)
        except Broken as error:
            raise _unsealable() from error

    # The roster that they were taken from.

    @property
    def roster_revision(self) -> int:
        """How many statements the roster held."""
        return len(self._ring.hashes)

    @property
    def roster_head(self) -> str:
        """Hash of the roster's last statement, 64 digits."""
        return self._ring.hashes[-1] if self._ring.hashes else ""

    @property
    def slot_versions(self) -> Mapping[str, int]:
        """The version of each person's slot, by id."""
        return self._ring.slot_versions

    def refuse_older(self, revision: int, head: str = "") -> None:
        """Compare with what this computer has seen of the desk's roster before.

        The roster's log tells of every slot, so an older slot is found here as well.

        Args:
            revision: the highest ``roster_revision`` seen.
            head: the ``roster_head`` then; "" where it is not known.

        Raises:
            OlderDesk: the roster is older, or another history than the one seen.
        """
        rollback.refuse_older(self._ring.hashes, revision, head)

    # For the deeds in this package.

    def author(self) -> Author:
        """This person, as somebody who makes statements."""
        return Author(self.user, self._pair)

    def ring(self) -> Ring:
        """The keys of epochs."""
        return self._ring

    def current(self, folder: Path) -> Roster:
        """The folder's roster, which must go on from the one these keys came from.

        The keys are brought up to date with it: another process may have written it.

        Raises:
            Missing, Damaged, FromNewerVersion, Trouble: as ``roster.read``.
            OlderDesk: it is older, or another.
            NotAllowed: this person can't sign in any more.
        """
        listed = roster.read(folder)
        if listed.store != self.store_id:
            raise roster.damaged(folder)
        hashes = tuple(listed.now.hashes)
        rollback.refuse_older(hashes, self.roster_revision, self.roster_head)
        if listed.now.public_of(self.user) != self._pair.public():
            raise NotAllowed(
                "Your account was changed by somebody else meanwhile.",
                "Nothing was changed. Lock the desk and sign in again.",
            )
        self.take(listed)
        return listed

    def take(self, listed: Roster, pair: KeyPair | None = None) -> None:
        """Bring the keys up to date with a roster that was just written.

        Raises:
            Damaged: a grant in it does not open.
        """
        self._pair = pair or self._pair
        self._ring = opened_ring(listed, self.user, self._pair)


def own_key_of(pair: KeyPair, store: str, user: str, purpose: str) -> bytes:
    """What the owner of a pair alone has, 32 bytes, for one purpose."""
    info = f"pd1/own|{store}|{user}|{purpose}"
    return derived(pair.opens + pair.signs, info=info)


def _unsealable() -> Damaged:
    return Damaged(
        "Something sealed for your team does not open: it was changed.",
        "Nothing else was touched. Bring it back from the newest backup.",
    )
