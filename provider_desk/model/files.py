"""Files that are written whole or not at all, and what the disk says in words."""

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path

from provider_desk.model.errors import (
    DiskFull,
    InUse,
    Missing,
    ReadOnly,
    Trouble,
)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENXIO}
_HELD = {errno.EAGAIN, errno.EBUSY, errno.ETXTBSY, errno.EDEADLK}

#: Below this many bytes a disk counts as full.
NO_ROOM_BYTES = 2_000_000


def disk_full(path: Path) -> DiskFull:
    """What to say when there is no room."""
    return DiskFull(
        f"The disk that holds “{_place(path)}” is full. This was not saved.",
        "Everything saved before is safe. Make room on the disk, then do it again.",
    )


def read_only(path: Path) -> ReadOnly:
    """What to say when a folder or file refuses to be written."""
    return ReadOnly(
        f"“{_place(path)}” can't be written: it is read-only, or belongs to someone "
        "else.",
        "Nothing was changed. Ask whoever looks after this computer for the right to "
        "write there, or choose another folder.",
    )


def missing(path: Path) -> Missing:
    """What to say when a file or folder is not there."""
    return Missing(
        f"“{path}” is not there.",
        "Nothing was changed. If it is on a drive or another computer, connect that; "
        "otherwise choose the folder again or bring it back from a backup.",
    )


def in_words(error: OSError, path: Path) -> Trouble:
    """What an error of the operating system means for the person."""
    if error.errno in _FULL:
        return disk_full(path)
    if error.errno in _FORBIDDEN:
        return read_only(path)
    if error.errno in _ABSENT:
        return missing(path)
    if error.errno in _HELD:
        return InUse(
            f"“{path.name}” is being used by another program.",
            "Nothing was changed. Close that program, then try again.",
        )
    return Trouble(
        f"The disk did not do what was asked with “{path.name}” "
        f"({os.strerror(error.errno or 0)}).",
        "Everything saved before is safe. Try again; if it goes on, have the disk "
        "looked at.",
    )


def has_room(path: Path) -> bool:
    """Whether the disk that holds a file has room for more than a scrap."""
    try:
        return shutil.disk_usage(path.parent).free > NO_ROOM_BYTES
    except OSError:
        return True


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that a crash leaves the old one or the new one, never half.

    It is written beside, brought to the disk, and renamed.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the disk refused; the old file stands.
    """
    beside = path.with_name(f"{path.name}.part-{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise in_words(error, path) from error


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only this account may look into.

    Raises:
        ReadOnly, DiskFull, Trouble: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        raise Trouble(
            f"“{folder}” is a file, not a folder.", "Choose another folder."
        ) from error
    except OSError as error:
        raise in_words(error, folder) from error


def _place(path: Path) -> Path:
    return path if path.is_dir() else path.parent
