"""A desk that was not made to its end: told from a desk, and cleared away.

While a desk is being made, the file ``being-made`` in its folder holds the desk's id.
It is written first and removed last, before anything can be recorded; so whatever lies
beside it holds no record of anybody.
"""

import contextlib
from pathlib import Path

from provider_desk.keys import desk_keys, fresh, local_key, roster
from provider_desk.keys.vault import Vault
from provider_desk.model import files
from provider_desk.model.errors import Damaged, DeskError
from provider_desk.store import ballast
from provider_desk.store import store as store_file

NAME = "being-made"

_STORE = store_file.NAME
#: What making a desk leaves, the roster last: it tells whose the rest is.
_LEFT = (
    _STORE,
    f"{_STORE}-wal",
    f"{_STORE}-shm",
    f"{_STORE}-journal",
    f"{_STORE}.part",
    ballast.NAME,
    fresh.NAME,
    local_key.NAME,
    roster.NAME,
)


def is_desk(folder: Path) -> bool:
    """Whether a folder holds a desk, or what is left of one that had records."""
    found = desk_keys.exist(folder) or (folder / _STORE).exists()
    return found and not _is_half_made(folder)


def refuse_desk(folder: Path) -> None:
    """See that a folder holds no desk.

    Raises:
        DeskError: it does.
    """
    if is_desk(folder):
        raise DeskError(
            f"There is a desk in “{folder}” already.",
            "It was left as it is. Sign in to it, or choose an empty folder.",
        )


def begin(folder: Path, store_id: str) -> None:
    """Write down that a desk is being made. The caller holds the folder's lock.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the folder refuses.
    """
    files.write_whole(folder / NAME, f"{store_id}\n".encode())


def end(folder: Path) -> None:
    """The desk is there, whole.

    Raises:
        ReadOnly, Trouble: the folder refuses.
    """
    path = folder / NAME
    try:
        path.unlink()
        files.sync_folder(folder)
    except OSError as error:
        raise files.in_words(error, path) from error


def clear(folder: Path, vault: Vault) -> None:
    """Remove what a desk that was not made to its end left, and nothing else.

    The caller holds the folder's lock.

    Raises:
        ReadOnly, Trouble: something can't be removed.
    """
    if not _is_half_made(folder):
        return
    store_id = _told(folder)
    if store_id:
        with contextlib.suppress(DeskError):
            vault.forget(store_id, "team-secret")
    left = [folder / name for name in _LEFT]
    refused = [_removed(path) for path in (*left, *folder.glob("*.part-*"))]
    for error in filter(None, refused):
        # The note stays, so that the rest is never taken for a desk.
        raise error
    end(folder)


def _is_half_made(folder: Path) -> bool:
    """Whether the note is there and is about what lies beside it."""
    store_id = _told(folder)
    if store_id is None:
        return False
    try:
        return roster.read(folder).store == store_id
    except Damaged:
        return False
    except DeskError:
        # No roster yet: it comes before the store.
        return not (folder / _STORE).exists()


def _told(folder: Path) -> str | None:
    """The id in the note; None where there is no note."""
    try:
        return (folder / NAME).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


def _removed(path: Path) -> DeskError | None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return files.in_words(error, path)
    return None
