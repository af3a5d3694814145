"""Copying a store under another key, and looking whether a copy is what it should be.

The copy is of one moment, whatever is written meanwhile. It counts only after it was
opened again with its own key: every page's seal, the file's structure, every table's
rows and the last deed are compared with what was copied.

The pages of the store are looked at too, because copying does not: where a page's seal
is broken, SQLCipher's backup puts an empty page with a sound seal into the copy, and
says nothing. Source: security design, §2.5, §4.2.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.errors import Cancelled, Damaged, DiskFull
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.store import fresh, op_log
from provider_desk.store.connection import (
    FURTHER_CACHE_KB,
    open_connection,
    open_for_copy,
    open_for_maintenance,
)
from provider_desk.store.driver import Connection, DriverError, damaged, in_words
from provider_desk.store.fresh import Mark
from provider_desk.store.reader import Reader
from provider_desk.store.store import Store

#: Ends of the names of files that the driver puts beside a store.
BESIDE = ("-wal", "-shm", "-journal")

_PAGES_AT_ONCE = 1_000
#: Room that is left free beside a copy.
_SPARE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds, in short: two that are alike in this are the same.

    Attributes:
        mark: how far it has come.
        rows: number of rows by table.
    """

    mark: Mark
    rows: dict[str, int]


def copy_store(
    store: Store,
    path: Path,
    key: bytes,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Contents:
    """Copy an open store to a new file under another key, and verify the copy.

    Others go on reading and writing; the copy is of the moment at which it began.

    Args:
        store: the open store.
        path: of the copy; it must not be there.
        key: 32 bytes, of the copy.
        progress: told pages of pages.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was asked to stop.
        Damaged: a page of the store can't be read, or the copy is not as it should be.
        DiskFull, ReadOnly, Missing, Trouble: the disk refused.
            In each case there is no copy.
    """

    def stop() -> bool:
        return cancelled() or store.leaving.is_set()

    with contextlib.closing(store.maintenance()) as source:
        return _copy(source, store.path, path, key, (progress, stop))


def copy_file(
    source: Path,
    source_key: bytes,
    path: Path,
    key: bytes,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Contents:
    """Copy a store that nobody has open; else as ``copy_store``."""
    with contextlib.closing(open_for_maintenance(source, source_key)) as connection:
        return _copy(connection, source, path, key, (progress, cancelled))


def verify(path: Path, key: bytes, expected: Contents) -> None:
    """Open a copy with its key and compare it with what it should hold.

    Raises:
        Damaged: it can't be opened, a page was changed, or it holds something else.
        Missing, ReadOnly, Trouble: it can't be read.
    """
    with contextlib.closing(open_for_maintenance(path, key)) as connection:
        with in_words(path):
            connection.execute("PRAGMA query_only=ON")
        if not _pages_are_sound(connection):
            raise not_sound(path)
        with in_words(path):
            said = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != ("ok",) or _contents(connection, path) != expected:
            raise not_sound(path)


def contents(path: Path, key: bytes) -> Contents:
    """What a store that nobody has open holds, in short.

    Raises:
        Damaged, Missing, ReadOnly, Trouble: it can't be read.
    """
    with contextlib.closing(open_for_maintenance(path, key)) as connection:
        return _contents(connection, path)


def adopt(path: Path, key: bytes, device: str, more: Mapping[str, str]) -> None:
    """Make a copy that nobody has open the store of another computer.

    What was true of the computer that it came from is forgotten.

    Args:
        path: of the store.
        key: 32 bytes, its own.
        device: id of this copy.
        more: settings that this copy begins with.

    Raises:
        Damaged, DiskFull, ReadOnly, Missing, Trouble: it can't be read or written.
    """
    connection = open_connection(path, key, writes=True, cache_kb=FURTHER_CACHE_KB)
    with contextlib.closing(connection), in_words(path):
        connection.execute("BEGIN IMMEDIATE")
        kept = ", ".join("?" * len(op_log.OF_THE_DESK))
        connection.execute(
            f"DELETE FROM desk WHERE name NOT IN ({kept})", op_log.OF_THE_DESK
        )
        settings = {**more, "device": device}
        connection.executemany(op_log.PUT_SETTING, settings.items())
        connection.execute("COMMIT")


def remove(path: Path) -> None:
    """Remove a file that was being made, and what the driver put beside it."""
    for ending in ("", *BESIDE):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def refuse_without_room(folder: Path, wanted: int) -> None:
    """Look whether a disk has room for so many bytes more, and a little to spare.

    Raises:
        DiskFull: it has not; the sentence says how much is needed.
        Missing, Trouble: it can't be asked.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise files.in_words(error, folder) from error
    if free < wanted + _SPARE_BYTES:
        raise DiskFull(
            f"The disk that holds “{folder}” has {_mb(free)} MB free; "
            f"{_mb(wanted + _SPARE_BYTES)} MB are needed.",
            "Nothing was changed. Make room on the disk, then do it again.",
        )


def not_sound(path: Path) -> Damaged:
    """What to say of a copy that is not what it should be."""
    return Damaged(
        f"The copy “{path.name}” was looked at after it was made, and is not sound.",
        "It was not kept; what you had before stands. Do it again; if it goes on, have "
        "the disk looked at.",
    )


def _copy(
    source: Connection,
    named: Path,
    path: Path,
    key: bytes,
    watching: tuple[Progress, Stopped],
) -> Contents:
    progress, cancelled = watching
    refuse_without_room(path.parent, named.stat().st_size)
    _make_private(path)
    try:
        with _one_moment(source, named):
            held = _contents(source, named)
            _write(source, path, key, watching)
            _stop_if_asked(cancelled)
            sound = _pages_are_sound(source)
        if not sound:
            _look_again(source, named)
        _stop_if_asked(cancelled)
        verify(path, key, held)
        progress(1, 1)
    except BaseException:
        remove(path)
        raise
    return held


def _write(
    source: Connection, path: Path, key: bytes, watching: tuple[Progress, Stopped]
) -> None:
    progress, cancelled = watching

    def told(_status: int, left: int, total: int) -> None:
        _stop_if_asked(cancelled)
        # Looking at the copy takes about as long again as making it.
        progress(total - left, 2 * total)

    with contextlib.closing(open_for_copy(path, key)) as target, in_words(path):
        source.backup(target, pages=_PAGES_AT_ONCE, progress=told)
    with in_words(path), path.open("rb+") as file:
        os.fsync(file.fileno())


def _look_again(source: Connection, path: Path) -> None:
    """Take the log in, then look once more at the pages of the store.

    Where the power was cut while the log was taken in, a page is whole in the log only,
    and was copied from there.
    """
    with contextlib.suppress(DriverError):
        source.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
    if not _pages_are_sound(source):
        raise damaged(path)


def _pages_are_sound(connection: Connection) -> bool:
    """Whether the seal of every page is whole."""
    try:
        return not connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except DriverError:
        return False


@contextlib.contextmanager
def _one_moment(source: Connection, path: Path) -> Iterator[None]:
    """A read transaction: the copy does not begin anew when somebody saves."""
    with in_words(path):
        source.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with contextlib.suppress(DriverError):
            source.execute("ROLLBACK")


def _contents(connection: Connection, path: Path) -> Contents:
    reader = Reader(connection, path)
    names = reader.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    rows = {
        str(name): int(reader.rows(f'SELECT count(*) FROM "{name}"')[0][0])
        for (name,) in names
    }
    return Contents(fresh.mark(reader), rows)


def _make_private(path: Path) -> None:
    with in_words(path):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _stop_if_asked(cancelled: Stopped) -> None:
    if cancelled():
        raise Cancelled("The copy was stopped. What you had before stands.")


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.0f}"
