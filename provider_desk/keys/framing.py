"""The frame of every key file, the same in all versions.

::

    "PD" | type (1 byte) | version (1 byte) | body | SHA-256 of all that precedes

The hash finds damage before any password is asked about. Whoever can write the file
can write the hash too; against that stand the commitments and seals in the body.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from provider_desk.model import files
from provider_desk.model.errors import Damaged, DeskError, FromNewerVersion

MAGIC = b"PD"
LOCAL_KEY = b"L"
ROSTER = b"R"
FRESH = b"F"
#: Of files that are not named in ``_VERSIONS``.
VERSION = 1

_VERSIONS = {LOCAL_KEY: 2, ROSTER: 2}

_HASH_BYTES = 32
_HEAD_BYTES = 4
_LARGEST = 16_000_000


def write(path: Path, kind: bytes, body: dict[str, Any]) -> None:
    """Write a key file whole, readable by this account only.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the disk refused; the old file stands.
    """
    files.write_whole(path, framed(kind, body))


def framed(kind: bytes, body: dict[str, Any]) -> bytes:
    """The bytes of a key file."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    data = head(kind) + text
    return data + hashlib.sha256(data).digest()


def version_of(kind: bytes) -> int:
    """The version that this program writes."""
    return _VERSIONS.get(kind, VERSION)


def head(kind: bytes, version: int | None = None) -> bytes:
    """The first four bytes of a file."""
    return MAGIC + kind + bytes([version_of(kind) if version is None else version])


def read(path: Path, kind: bytes) -> dict[str, Any]:
    """The body of a key file.

    Raises:
        Missing: there is no such file.
        Damaged: it is not as it was written.
        FromNewerVersion: a newer version wrote it.
        DeskError: a trial version wrote it, which no desk with records came from.
        ReadOnly, Trouble: it can't be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise damaged(path)
        data = path.read_bytes()
    except OSError as error:
        raise files.in_words(error, path) from error
    return parsed(data, path, kind)


def parsed(data: bytes, path: Path, kind: bytes) -> dict[str, Any]:
    """The body in the bytes of a key file.

    Raises:
        Damaged, FromNewerVersion, DeskError: as ``read``.
    """
    whole, told = data[:-_HASH_BYTES], data[-_HASH_BYTES:]
    if (
        len(whole) < _HEAD_BYTES
        or hashlib.sha256(whole).digest() != told
        or whole[:3] != MAGIC + kind
    ):
        raise damaged(path)
    _refuse_version(whole[3], path, kind)
    try:
        body = json.loads(whole[_HEAD_BYTES:])
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(body, dict):
        raise damaged(path)
    return body


def _refuse_version(version: int, path: Path, kind: bytes) -> None:
    ours = version_of(kind)
    if version > ours:
        raise FromNewerVersion(
            f"“{path.name}” was written by a newer version of this program.",
            "Nothing was changed. Update the program on this computer, then sign in "
            "again.",
        )
    if 1 <= version < ours:
        raise DeskError(
            f"“{path.name}” is from a trial version of this program, whose desks were "
            "not to hold real records.",
            "Nothing was changed. Make a new desk in another folder.",
        )
    if version != ours:
        raise damaged(path)


def damaged(path: Path) -> Damaged:
    """What to say of a key file that is not as it was written."""
    return Damaged(
        f"“{path.name}” is damaged. Your password was not tried.",
        "Nothing was changed. Keep the folder as it is, and bring this file back from "
        "the newest backup.",
    )
