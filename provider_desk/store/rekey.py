"""Giving a closed store a new key.

A copy under the new key is made beside the store, verified, brought to the disk and
renamed over it. At every moment the whole store lies under its name, under the old key
or the new one; whoever asks for this keeps both until it is done.

Source: security design, §2.7.
"""

from collections.abc import Iterable
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.errors import Damaged, InUse
from provider_desk.model.progress import Progress, silent
from provider_desk.store import backup, fresh
from provider_desk.store.connection import open_for_maintenance
from provider_desk.store.driver import damaged, in_words
from provider_desk.store.store import NAME

#: The copy that is being made; one that a crash left means nothing.
PART = f"{NAME}.rekey.part"


def rekey(folder: Path, old: bytes, new: bytes, progress: Progress = silent) -> None:
    """Bring a store under a new key; nothing is done where it has that key already.

    The caller holds the folder's lock, and keeps both keys until this returns.

    Raises:
        Damaged: the store has neither key, or a page of it can't be read.
        DiskFull: there is no room for a second store beside the first.
        InUse, ReadOnly, Missing, Trouble: the disk refused.
            In each case the store stands under the old key.
    """
    path, part = folder / NAME, folder / PART
    backup.remove(part)
    if not opens(path, old) and opens(path, new):
        return
    _take_in_log(path, old)
    backup.copy_file(path, old, part, new, progress)
    if fresh.left_beside(path):
        # A log of the old store beside the new one would ruin it.
        backup.remove(part)
        raise _still_open()
    with in_words(path):
        part.replace(path)
        files.sync_folder(folder)


def opens(path: Path, key: bytes) -> bool:
    """Whether a key is that of a store.

    Raises:
        Missing, ReadOnly, InUse, Trouble: it can't be read.
    """
    try:
        open_for_maintenance(path, key).close()
    except Damaged:
        return False
    return True


def key_of(path: Path, keys: Iterable[bytes]) -> bytes:
    """The first of some keys that opens a store.

    Raises:
        Damaged: none does.
        Missing, ReadOnly, InUse, Trouble: it can't be read.
    """
    for key in keys:
        if opens(path, key):
            return key
    raise damaged(path)


def _take_in_log(path: Path, key: bytes) -> None:
    """Write what a crash left in the log into the store, and close it."""
    connection = open_for_maintenance(path, key)
    try:
        with in_words(path):
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise _still_open()


def _still_open() -> InUse:
    return InUse(
        "The store is open elsewhere, so it can't get its new key now.",
        "Nothing was changed. Close other windows of this desk, then sign in again.",
    )
