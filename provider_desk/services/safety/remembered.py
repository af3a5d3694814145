"""What this computer remembers of a desk, beside the store and in the vault.

The record in the vault is about the copy that was opened here last. A copy that was
brought back from a backup has an id of its own and takes the former one's place, which
is kept in mind: whoever puts the former folder back is told.
"""

import contextlib
from dataclasses import replace
from pathlib import Path

from provider_desk.keys import fresh
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.fresh import Fresh
from provider_desk.keys.vault import Vault, What
from provider_desk.model.errors import Damaged, DeskError
from provider_desk.store import ballast
from provider_desk.store.fresh import Mark
from provider_desk.store.looks import Head

_WHAT: What = "fresh"


class Remembered:
    """The newer of what lies in the folder and in the vault, as it was read.

    Attributes:
        record: about this copy; None where nothing is remembered of it.
        records: that one and the older one, about this copy too. The desk must stand by
            both: whoever knows the team secret can write a newer one into the folder.
        crashed: the desk was not closed when it was left the last time.
        said: what speaks against the folder already; "" where nothing does.
    """

    def __init__(self, folder: Path, keys: DeskKeys, vault: Vault) -> None:
        self._folder = folder
        self._keys = keys
        self._vault = vault
        self._former: dict[str, None] = {}
        self.record: Fresh | None = None
        self.records: tuple[Fresh, ...] = ()
        self.said = ""
        self._read()
        self.crashed = self.record is not None and not self.record.digest

    def __repr__(self) -> str:
        return f"<remembered of {self._folder.name}>"

    def _read(self) -> None:
        kept = self._kept()
        beside = None
        try:
            beside = fresh.read(
                self._folder, self._keys.store_id, self._keys.team_secret
            )
        except Damaged as error:
            if kept is None:
                self.said = error.message
        known = [each for each in (beside, kept) if each is not None]
        ours = [each for each in known if each.device == self._keys.device]
        self.record = max(ours, key=lambda each: each.number, default=None)
        self.records = tuple(ours)
        for each in known:
            self._former.update(dict.fromkeys(each.former))
            if each.device != self._keys.device:
                self._former[each.device] = None
        if kept is not None and self._keys.device in kept.former:
            self.said = (
                "Another copy of this desk, brought back from a backup, has taken its "
                "place on this computer."
            )

    def _kept(self) -> Fresh | None:
        """What the vault keeps, whichever copy it is about."""
        with contextlib.suppress(DeskError, ValueError):
            text = self._vault.get(self._keys.store_id, _WHAT)
            if text is not None:
                return fresh.read_text(
                    text, self._keys.store_id, self._keys.team_secret
                )
        return None

    def next(self, mark: Mark | None, digest: str = "") -> Fresh:
        """The record that comes after.

        Args:
            mark: how far the store has come; None leaves what is known, of the list
                of who can sign in too.
            digest: of the closed file; "" while it is open.
        """
        record = self.record or Fresh(self._keys.store_id, self._keys.device)
        former = [each for each in self._former if each != self._keys.device]
        record = replace(record, digest=digest, former=tuple(former))
        if mark is None:
            return record
        return replace(
            record,
            seq=mark.seq,
            hlc=mark.hlc,
            look_seq=mark.look_seq,
            look_hash=mark.look_hash,
            roster=self._keys.roster_revision,
            roster_hash=self._keys.roster_head,
        )

    def keep_open(self) -> None:
        """Write that the file may change from here on, so that its hash counts no more.

        Raises:
            DiskFull, ReadOnly, Missing, Trouble: the desk can't be opened.
        """
        if self.record is not None:
            self.keep(self.next(None), outside=False)

    def keep(self, record: Fresh, *, outside: bool = True) -> None:
        """Write a record, which counts from now on, unless it says nothing new.

        Beside the store first; the vault may be away for now, and then keeps what it
        had.

        Args:
            record: from ``next``.
            outside: write it into the vault too.

        Raises:
            DiskFull, ReadOnly, Missing, Trouble: what was remembered before stands.
        """
        if record == self.record:
            return
        # Counts more than whatever the vault holds of this copy, put back or not.
        record = replace(record, number=record.number + 1)
        secret = self._keys.team_secret
        ballast.twice(self._folder, lambda: fresh.write(self._folder, record, secret))
        self.record = record
        if outside:
            with contextlib.suppress(DeskError):
                self._vault.put(self._keys.store_id, _WHAT, record.text(secret))


def look_head(folder: Path, keys: DeskKeys, vault: Vault | None) -> Head | None:
    """The last entry of who looked that is remembered of this copy; None if none is."""
    if vault is None:
        return None
    with contextlib.suppress(DeskError):
        record = Remembered(folder, keys, vault).record
        if record is not None:
            digest = bytes.fromhex(record.look_hash)
            return Head(record.device, record.look_seq, digest)
    return None
