"""New keys after somebody left: of compartments, and of the store on this PC."""

import secrets
from dataclasses import replace
from pathlib import Path

from provider_desk.keys import epochs, local_key, roster
from provider_desk.keys.compartments import CORE
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KEY_BYTES
from provider_desk.keys.local_key import LocalKey


def rotate_due(folder: Path, keys: DeskKeys) -> list[str]:
    """Begin new keys of every compartment that is due and that this person gives.

    Returns:
        The names of the compartments.

    Raises:
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble: the
            roster can't be read or written; the old one stands.
    """
    listed = keys.current(folder)
    done = epochs.begin_due(listed, keys.author(), keys.ring())
    if done:
        roster.write(folder, listed)
    keys.take(listed)
    return done


def due(folder: Path, keys: DeskKeys) -> list[str]:
    """The compartments whose newest key somebody knows who should not.

    Raises:
        Missing, Damaged, FromNewerVersion, OlderDesk, Trouble: the roster can't be
            read.
    """
    found = keys.current(folder).now.compartments
    return [name for name, each in found.items() if each.due]


def rekey_due(keys: DeskKeys) -> bool:
    """Whether the store is to get a new key before it is opened.

    So it is after a new ``core`` key began, and where giving it one was interrupted.
    """
    return bool(keys.next_key) or keys.local_epoch < keys.newest_epoch(CORE)


def begin_rekey(folder: Path, keys: DeskKeys) -> None:
    """Keep a new key for the store beside the old one: ``keys.next_key``.

    Then the store is given the new key, then ``end_rekey`` forgets the old one. Where a
    crash comes between, the file holds both, and the same is done again.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: nothing was changed.
    """
    if keys.next_key:
        return
    local = _local(keys)
    local = replace(
        local, epoch=keys.newest_epoch(CORE), next=secrets.token_bytes(KEY_BYTES)
    )
    _write(folder, keys, local)


def end_rekey(folder: Path, keys: DeskKeys) -> None:
    """Forget the store's old key: it has the new one.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: local.key holds both still.
    """
    if keys.next_key:
        _write(folder, keys, replace(_local(keys), key=keys.next_key, next=b""))


def _local(keys: DeskKeys) -> LocalKey:
    return LocalKey(
        keys.store_id, keys.device, keys.local_epoch, keys.key, keys.next_key
    )


def _write(folder: Path, keys: DeskKeys, local: LocalKey) -> None:
    local_key.write(folder, local, keys.epoch_key(CORE, local.epoch))
    keys.key, keys.next_key = local.key, local.next
    keys.local_epoch = local.epoch
