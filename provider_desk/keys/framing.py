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
from provider_desk.model.errors import Damaged, FromNewerVersion

MAGIC = b"PD"
LOCAL_KEY = b"L"
ROSTER = b"R"
VERSION = 1

_HASH_BYTES = 32
_HEAD_BYTES = 4
_LARGEST = 4_000_000


def write(path: Path, kind: bytes, body: dict[str, Any]) -> None:
    """Write a key file whole, readable by this account only.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the disk refused; the old file stands.
    """
    text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    data = head(kind) + text
    files.write_whole(path, data + hashlib.sha256(data).digest())


def head(kind: bytes, version: int = VERSION) -> bytes:
    """The first four bytes of a file."""
    return MAGIC + kind + bytes([version])


def read(path: Path, kind: bytes) -> dict[str, Any]:
    """The body of a key file.

    Raises:
        Missing: there is no such file.
        Damaged: it is not as it was written.
        FromNewerVersion: a newer version wrote it.
        ReadOnly, Trouble: it can't be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise damaged(path)
        data = path.read_bytes()
    except OSError as error:
        raise files.in_words(error, path) from error
    framed, told = data[:-_HASH_BYTES], data[-_HASH_BYTES:]
    if (
        len(framed) < _HEAD_BYTES
        or hashlib.sha256(framed).digest() != told
        or framed[:3] != MAGIC + kind
    ):
        raise damaged(path)
    if framed[3] > VERSION:
        raise FromNewerVersion(
            f"“{path.name}” was written by a newer version of this program.",
            "Nothing was changed. Update the program on this computer, then sign in "
            "again.",
        )
    try:
        body = json.loads(framed[_HEAD_BYTES:])
    except ValueError as error:
        raise damaged(path) from error
    if not isinstance(body, dict) or framed[3] != VERSION:
        raise damaged(path)
    return body


def damaged(path: Path) -> Damaged:
    """What to say of a key file that is not as it was written."""
    return Damaged(
        f"“{path.name}” is damaged. Your password was not tried.",
        "Nothing was changed. Keep the folder as it is, and bring this file back from "
        "the newest backup.",
    )
