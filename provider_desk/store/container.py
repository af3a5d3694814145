"""The container of a backup: a header and a store's bytes in one file, with its hash.

::

    "PDB" | version (1 byte) | length of the header (4 bytes) | header, JSON
        | the store's bytes | SHA-256 of all that precedes (32 bytes)

Parts of it are in memory, never the whole. It is written under another name, read back
from the disk, and only then given its own: no good backup is replaced by a bad one.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from provider_desk.model import files
from provider_desk.model.errors import Cancelled, Damaged, FromNewerVersion, Trouble
from provider_desk.model.progress import Progress, Stopped, never, silent

ENDING = ".pdbackup"
#: What a container is called until it is whole.
PART_ENDING = ".pdbackup.part"

_MAGIC = b"PDB"
_VERSION = 1
_LENGTH_BYTES = 4
_HASH_BYTES = 32
_LARGEST_HEADER = 32_000_000
_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """Where things stand in a container.

    Attributes:
        told: the header.
        begin: where the store's bytes begin.
        size: how many there are.
    """

    told: Mapping[str, Any]
    begin: int
    size: int


def write(
    path: Path,
    told: Mapping[str, Any],
    payload: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> None:
    """Write a container; it has its name only when it was read back and is right.

    Args:
        path: where; there must be none of this name.
        told: the header.
        payload: a closed store.
        progress: told bytes of bytes.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was asked to stop.
        Damaged: what was read back is not what was written.
        DiskFull, ReadOnly, Missing, Trouble: the disk refused, or is gone.
            In each case there is no file of this name.
    """
    size = _size(payload)
    with _made_whole(path, size, progress, cancelled) as (out, step):
        _write(out, told, payload, step)


def copy(
    source: Path,
    path: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> None:
    """Copy a container to another folder; else as ``write``.

    Raises:
        Damaged: the source is not whole, or what was read back is not the same.
        Cancelled, DiskFull, ReadOnly, Missing, Trouble: as ``write``.
    """
    size = _size(source)
    with (
        _made_whole(path, size, progress, cancelled) as (out, step),
        source.open("rb") as file,
    ):
        for piece in _pieces(file, size):
            out.write(piece)
            step(len(piece))


def read_head(path: Path) -> Head:
    """The header of a container; that it is whole is not looked at here.

    Raises:
        Damaged: it is no backup, or cut short.
        FromNewerVersion: a newer version made it.
        Missing, ReadOnly, Trouble: it can't be read.
    """
    try:
        with path.open("rb") as file:
            return _head(file, path)
    except OSError as error:
        raise files.in_words(error, path) from error


def check(path: Path, step: Callable[[int], None] = lambda _bytes: None) -> Head:
    """Read a container to its end and compare its hash, from the disk where possible.

    Raises:
        Damaged, FromNewerVersion, Missing, ReadOnly, Trouble: as ``read_head``.
    """
    try:
        with path.open("rb") as file:
            _forget_cached(file)
            found = _head(file, path)
            file.seek(0)
            whole = hashlib.sha256()
            for piece in _pieces(file, found.begin + found.size):
                whole.update(piece)
                step(len(piece))
            if file.read(_HASH_BYTES + 1) != whole.digest():
                raise damaged(path)
    except OSError as error:
        raise files.in_words(error, path) from error
    return found


def take_out(
    path: Path,
    to: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Head:
    """Write the store's bytes of a container to a file, and compare all hashes.

    Raises:
        Damaged: it is not as it was made. There is no file then.
        Cancelled, FromNewerVersion, DiskFull, ReadOnly, Missing, Trouble: the same.
    """
    try:
        with _watched(_size(path), progress, cancelled) as step:
            return _take_out(path, to, step)
    except BaseException as error:
        with contextlib.suppress(OSError):
            to.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise files.in_words(error, path) from error
        raise


def damaged(path: Path) -> Damaged:
    """What to say of a container that is not as it was made."""
    return Damaged(
        f"The backup “{path.name}” is damaged or not whole.",
        "Nothing was changed. Use another backup: the one made before it, or one from "
        "another place.",
    )


def _take_out(path: Path, to: Path, step: Callable[[int], None]) -> Head:
    with path.open("rb") as file, _created(to) as out:
        found = _head(file, path)
        file.seek(0)
        whole, inside = hashlib.sha256(), hashlib.sha256()
        for piece in _pieces(file, found.begin):
            whole.update(piece)
        for piece in _pieces(file, found.size):
            whole.update(piece)
            inside.update(piece)
            out.write(piece)
            step(len(piece))
        if file.read(_HASH_BYTES + 1) != whole.digest():
            raise damaged(path)
    if inside.hexdigest() != found.told.get("hash"):
        raise damaged(path)
    return found


def hashed(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits.

    Raises:
        Missing, ReadOnly, Trouble: it can't be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise files.in_words(error, path) from error


@contextlib.contextmanager
def _made_whole(
    path: Path, size: int, progress: Progress, cancelled: Stopped
) -> Iterator[tuple[IO[bytes], Callable[[int], None]]]:
    """A file that has its name only after it was read back from the disk."""
    part = path.with_name(path.name.removesuffix(ENDING) + PART_ENDING)
    try:
        with _watched(2 * size, progress, cancelled) as step:
            with _created(part) as out:
                yield out, step
            check(part, step)
        _refuse_taken(path)
        part.replace(path)
        with contextlib.suppress(OSError):
            # Some file systems of sticks can't do this for a folder.
            files.sync_folder(path.parent)
    except OSError as error:
        raise files.in_words(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise files.in_words(error, path) from error


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise Trouble(
            f"There is a file “{path.name}” already.",
            "It was left as it is, and nothing was written.",
        )


def _write(
    out: IO[bytes],
    told: Mapping[str, Any],
    payload: Path,
    step: Callable[[int], None],
) -> None:
    text = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    head = _MAGIC + bytes([_VERSION]) + len(text).to_bytes(_LENGTH_BYTES, "big")
    whole = hashlib.sha256()
    for piece in (head, text):
        whole.update(piece)
        out.write(piece)
    with payload.open("rb") as file:
        for piece in _pieces(file, payload.stat().st_size):
            whole.update(piece)
            out.write(piece)
            step(len(piece))
    out.write(whole.digest())


def _head(file: IO[bytes], path: Path) -> Head:
    start = file.read(len(_MAGIC) + 1 + _LENGTH_BYTES)
    if len(start) < len(_MAGIC) + 1 + _LENGTH_BYTES or start[:3] != _MAGIC:
        raise damaged(path)
    if start[3] > _VERSION:
        raise FromNewerVersion(
            f"“{path.name}” was made by a newer version of this program.",
            "Nothing was changed. Update the program on this computer, then try again.",
        )
    length = int.from_bytes(start[4:], "big")
    begin = len(start) + length
    size = os.fstat(file.fileno()).st_size - begin - _HASH_BYTES
    if start[3] != _VERSION or length > _LARGEST_HEADER or size <= 0:
        raise damaged(path)
    try:
        told = json.loads(file.read(length))
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(told, dict) or told.get("size") != size:
        raise damaged(path)
    return Head(told, begin, size)


@contextlib.contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    """A new private file, on the disk when the block ends."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:  # noqa: PTH123
        yield file
        file.flush()
        os.fsync(file.fileno())


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """So many bytes in parts; fewer where the file ends before."""
    while size > 0 and (piece := file.read(min(_AT_ONCE, size))):
        size -= len(piece)
        yield piece


def _forget_cached(file: IO[bytes]) -> None:
    """Let what is read come from the disk, not from what was just written to memory."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextlib.contextmanager
def _watched(
    total: int, progress: Progress, cancelled: Stopped
) -> Iterator[Callable[[int], None]]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled("Stopped. The backups that you had before stand.")
        done += more
        progress(min(done, total), total)

    yield step
    progress(total, total)
