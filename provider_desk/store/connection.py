"""Opening the encrypted file, in the one order that is safe, and lending connections.

Source: security design, §2.4. Nothing may run before the key; nothing but the key is
set on the cipher. The authorizer guards against our own mistakes and against what an
imported file might smuggle in: no second database, no unencrypted copy, no temporary
file, no change of key, and no change of the log of who looked.
"""

import threading
from pathlib import Path

from provider_desk.store.driver import Connection, connect, in_words
from provider_desk.store.schema import APPEND_ONLY

KEY_BYTES = 32

#: Memory for pages: one writer, who gets more while many rows are brought in, one
#: reader with room for a month's return, and further readers with little. Kilobytes.
WRITER_CACHE_KB = 32_000
BULK_CACHE_KB = 128_000
READER_CACHE_KB = 128_000
FURTHER_CACHE_KB = 8_000

#: All pages together, and what SQLite sorts; above it pages are used again sooner.
MEMORY_LIMIT_BYTES = 200_000_000

#: How long the write-ahead log may grow before it is taken into the store, as part of
#: the deed that made it so long, and what stays of it then; closing takes in the rest.
WAL_KEPT_BYTES = 16_000_000
_WAL_PAGE_BYTES = 4_096 + 24

#: How long closing waits for what is still being read, seconds.
PATIENCE_S = 1.0

_IDLE_READERS = 3
_OK, _DENY = 0, 1
_DELETE, _DROP_TABLE, _DROP_TRIGGER, _UPDATE = 9, 11, 16, 23
_PRAGMA, _ATTACH, _DETACH, _ALTER_TABLE, _FUNCTION = 19, 24, 25, 26, 31
#: For each deed, which of its two arguments names the table.
_CHANGES = {_DELETE: 0, _DROP_TABLE: 0, _DROP_TRIGGER: 1, _UPDATE: 0, _ALTER_TABLE: 1}

_ALLOWED_PRAGMAS = frozenset(
    {
        "analysis_limit",
        "cache_size",
        "data_version",
        "foreign_key_list",
        "freelist_count",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "max_page_count",
        "optimize",
        "page_count",
        "page_size",
        "quick_check",
        "recursive_triggers",
        "shrink_memory",
        "table_info",
        "table_list",
        "table_xinfo",
        "user_version",
        "wal_checkpoint",
    }
)
_DENIED_FUNCTIONS = frozenset({"sqlcipher_export", "load_extension"})


def open_connection(
    path: Path, key: bytes, *, writes: bool, cache_kb: int, wal: bool = True
) -> Connection:
    """A keyed, guarded connection to a file that is there.

    Args:
        path: the store; it must exist, so that it never comes to be with the wrong
            rights.
        key: 32 random bytes.
        writes: False makes every write fail.
        cache_kb: memory for pages.
        wal: False while the file is being made under another name.

    Raises:
        Damaged: the file is damaged or the key is not its key.
        Missing, ReadOnly, DiskFull, InUse, Trouble: the machine is in the way.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the key must be 32 bytes")
    with in_words(path):
        path.stat()
        connection = connect(path)
        try:
            _prepare(connection, key, wal=wal)
            connection.execute(f"PRAGMA cache_size=-{cache_kb}")
            if not writes:
                connection.execute("PRAGMA query_only=ON")
            connection.set_authorizer(_authorize)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_maintenance(path: Path, key: bytes) -> Connection:
    """A short-lived connection without the guard, for checks of the cipher.

    Raises:
        Damaged, Missing, ReadOnly, DiskFull, InUse, Trouble: as ``open_connection``.
    """
    with in_words(path):
        path.stat()
        connection = connect(path)
        try:
            _prepare(connection, key, wal=True)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_copy(path: Path, key: bytes) -> Connection:
    """A connection to an empty file that a whole store is copied into.

    Nothing in it can be lost before it is whole, so it keeps no journal; the caller
    brings it to the disk.

    Raises:
        Missing, ReadOnly, DiskFull, Trouble: the disk refused.
    """
    with in_words(path):
        path.stat()
        connection = connect(path)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for setting in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Connection, key: bytes, *, wal: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
    for setting in (
        "synchronous=FULL",
        "temp_store=MEMORY",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        f"journal_size_limit={WAL_KEPT_BYTES}",
        f"wal_autocheckpoint={WAL_KEPT_BYTES // _WAL_PAGE_BYTES}",
        f"soft_heap_limit={MEMORY_LIMIT_BYTES}",
    ):
        connection.execute(f"PRAGMA {setting}")


def _authorize(
    action: int, first: str | None, second: str | None, *_where: str | None
) -> int:
    """SQLite asks this as it compiles a statement."""
    if action in (_ATTACH, _DETACH):
        return _DENY
    if action == _PRAGMA and (first or "").lower() not in _ALLOWED_PRAGMAS:
        return _DENY
    if action == _FUNCTION and (second or "").lower() in _DENIED_FUNCTIONS:
        return _DENY
    if action in _CHANGES:
        table = (first, second)[_CHANGES[action]]
        if (table or "").lower() in APPEND_ONLY:
            return _DENY
    return _OK


class Readers:
    """Connections for reading, lent to one thread at a time.

    One of them has room for a month's return; it is lent whenever it is free.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._idle: list[Connection] = []
        self._guard = threading.Condition()
        self._lent = 0
        self._roomy: Connection | None = None
        self._closed = False

    def __repr__(self) -> str:
        return f"<readers of {self._path.name}>"

    def borrow(self) -> Connection:
        """A connection that nobody else uses until it is given back."""
        with self._guard:
            if self._closed:
                raise ValueError("the store is closed")
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            connection = open_connection(
                self._path, self._key, writes=False, cache_kb=FURTHER_CACHE_KB
            )
        except BaseException:
            self._came_back()
            raise
        with self._guard:
            if self._roomy is None:
                self._roomy = connection
                connection.execute(f"PRAGMA cache_size=-{READER_CACHE_KB}")
        return connection

    def give_back(self, connection: Connection) -> None:
        """Return a borrowed connection."""
        with self._guard:
            if not self._closed:
                self._idle.append(connection)
                # The roomy one is lent first: its pages are warm.
                self._idle.sort(key=lambda each: each is self._roomy)
                connection = None
                if len(self._idle) > _IDLE_READERS:
                    connection = self._idle.pop(0)
        if connection is not None:
            connection.close()
        self._came_back()

    def _came_back(self) -> None:
        with self._guard:
            self._lent -= 1
            self._guard.notify_all()

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """Close what is idle now, and the rest as it is given back.

        Args:
            patience_s: how long to wait for what is lent; with one of them left open
                the store can't be closed to its end.
        """
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        with self._guard:
            self._guard.wait_for(lambda: not self._lent, patience_s)
