"""The store: one encrypted file per desk, read by many threads, written by one."""

import contextlib
import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from provider_desk.changes.hlc import DEVICE_DIGITS, NEVER, Stamp
from provider_desk.model import files
from provider_desk.model.clock import Clock
from provider_desk.model.errors import DeskError, Missing
from provider_desk.store import ballast, migrations, op_log
from provider_desk.store.aside import PATIENCE_S, Aside, busy
from provider_desk.store.connection import (
    WRITER_CACHE_KB,
    Readers,
    open_connection,
    open_for_maintenance,
)
from provider_desk.store.deed import Deed, Maker
from provider_desk.store.driver import Connection, damaged, in_words
from provider_desk.store.lock import Lock
from provider_desk.store.reader import Reader

__all__ = ["NAME", "Deed", "Reader", "Store"]

#: The store's name in a desk's folder.
NAME = "store.db"

#: How long closing waits until a copy is given up, seconds.
_COPY_PATIENCE_S = 2.0


class Store:
    """An open store; made by ``create`` and ``open``.

    Attributes:
        path: the file.
        device: the id of this copy, 16 hexadecimal digits.
        store_id: the id that all copies of the desk share.
        copying: held while a copy is made; one at a time.
        leaving: set when the store is about to be closed; a copy is given up then.
    """

    def __init__(self, path: Path, key: bytes, clock: Clock, lock: Lock) -> None:
        self.path = path
        self._key = key
        self._clock = clock
        self._lock = lock
        self._closed = False
        self.copying = threading.Lock()
        self.leaving = threading.Event()
        self._written: Counter[str] = Counter()
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._writer: Connection = open_connection(
            path, key, writes=True, cache_kb=WRITER_CACHE_KB
        )
        try:
            with in_words(path):
                migrations.refuse_newer(self._writer, path)
                migrations.bring_up_to_date(self._writer)
                about = dict(self._writer.execute("SELECT name, value FROM desk"))
        except BaseException:
            self._writer.close()
            raise
        self.device = str(about["device"])
        self.store_id = str(about["store"])
        self._last = Stamp(about.get("hlc") or NEVER)
        self._readers = Readers(path, key)

    def __repr__(self) -> str:
        return f"<store {self.store_id}>"

    @classmethod
    def create(
        cls,
        folder: Path,
        key: bytes,
        clock: Clock,
        store_id: str,
        device: str = "",
        lock: Lock | None = None,
    ) -> "Store":
        """Make an empty store in a folder, and open it.

        Args:
            folder: made where it is not there.
            key: 32 random bytes.
            clock: what tells the time.
            store_id: shared by all copies of the desk.
            device: this copy's id; a random one where it is left out.
            lock: of this folder, where the caller holds it already, as for ``open``.

        Raises:
            DeskError: there is a store in the folder already.
            InUse, ReadOnly, DiskFull, Trouble: the machine is in the way.
        """
        files.make_private_folder(folder)
        path = folder / NAME
        lock = lock or Lock(folder)
        try:
            _refuse_existing(path)
            _make_file(path, key, store_id, device or new_device())
            return cls(path, key, clock, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls, folder: Path, key: bytes, clock: Clock, lock: Lock | None = None
    ) -> "Store":
        """Open the store of a folder.

        Args:
            folder: of the desk.
            key: 32 bytes.
            clock: what tells the time.
            lock: of this folder, where the caller holds it already; it is the store's
                from now on, and released where the store can't be opened.

        Raises:
            Missing: there is none.
            Damaged: the file is damaged, or the key is that of another desk.
            FromNewerVersion: a newer version wrote it.
            InUse: another process holds it.
            ReadOnly, DiskFull, Trouble: the machine is in the way.
        """
        path = folder / NAME
        try:
            _refuse_absent(path)
            held = lock = lock or Lock(folder)
            return ballast.twice(folder, lambda: cls(path, key, clock, held))
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def written(self) -> Mapping[str, int]:
        """What was written → how many deeds have, since the store was opened.

        As ``Deed.parts`` calls it: a table of which rows came or went, or a column.
        """
        return dict(self._written)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        """One read transaction: all questions see the same moment."""
        connection = self._readers.borrow()
        reader = Reader(connection, self.path)
        try:
            with in_words(self.path):
                connection.execute("BEGIN DEFERRED")
            yield reader
        finally:
            reader.end()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._readers.give_back(connection)

    @contextlib.contextmanager
    def writing(self, deed: str, by: str = "", reason: str = "") -> Iterator[Deed]:
        """One write transaction: saved whole at the end, or not at all on an error.

        Args:
            deed: what is done, in the program's words: "log session".
            by: the id of the user who does it.
            reason: why, where that is asked for.

        Raises:
            DiskFull, InUse, ReadOnly, Damaged, Trouble: nothing was saved.
        """
        if self._writer_thread == threading.get_ident():
            raise ValueError("a deed can't begin within a deed")
        with self._writing:
            self._writer_thread = threading.get_ident()
            try:
                with ballast.at_hand(self.path.parent):
                    yield from self._one_deed(deed, by, reason)
            finally:
                self._writer_thread = None

    def _one_deed(self, name: str, by: str, reason: str) -> Iterator[Deed]:
        connection = self._writer
        with in_words(self.path):
            connection.execute("BEGIN IMMEDIATE")
        deed = None
        try:
            maker = Maker(by, self.device, self._last, self._clock.now_ms())
            deed = Deed(connection, self.path, maker, name, reason)
            yield deed
            last = deed.last_stamp
            wrote = deed.wrote
            deed.end()
            with in_words(self.path):
                connection.execute(op_log.PUT_SETTING, ("hlc", last))
                connection.execute("COMMIT" if wrote else "ROLLBACK")
            self._last = last if wrote else self._last
            # After it is saved: who asks before does not take old rows for new ones.
            self._written.update(deed.parts)
        finally:
            if deed is not None:
                deed.end()
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def aside(self, patience_s: float = PATIENCE_S) -> Iterator[Aside]:
        """A small write transaction that no deed tells of: saved whole or not at all.

        For what is no record: who looked, drafts, settings of this copy.

        Args:
            patience_s: how long to wait for another thread's deed, seconds.

        Raises:
            InUse: another thread's deed took longer.
            DiskFull, ReadOnly, Damaged, Trouble: nothing was saved.
        """
        if self._writer_thread == threading.get_ident():
            raise ValueError("this can't begin within a deed")
        if not self._writing.acquire(timeout=patience_s):
            raise busy()
        aside = Aside(self._writer, self.path)
        try:
            self._writer_thread = threading.get_ident()
            with in_words(self.path):
                self._writer.execute("BEGIN IMMEDIATE")
            yield aside
            with in_words(self.path):
                self._writer.execute("COMMIT")
        finally:
            try:
                aside.end()
                # After a full disk the driver may have ended the transaction itself.
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
            finally:
                self._writer_thread = None
                self._writing.release()

    def maintenance(self) -> Connection:
        """A connection of its own for checks of the cipher; the caller closes it."""
        return open_for_maintenance(self.path, self._key)

    def close(self, closed: Callable[[], None] = lambda: None) -> None:
        """Close the file and let others in; safe to call again.

        Args:
            closed: called when the file is closed and nobody else has it yet, once.
        """
        self.leaving.set()
        copied = self.copying.acquire(timeout=_COPY_PATIENCE_S)
        try:
            with self._writing:
                if not self._closed:
                    self._closed = True
                    self._close(closed)
        finally:
            if copied:
                self.copying.release()

    def _close(self, closed: Callable[[], None]) -> None:
        self._readers.close()
        if not files.has_room(self.path):
            # The log is taken into the store now, and then its room is free.
            ballast.give_all(self.path.parent)
        try:
            self._writer.close()
            closed()
            if ballast.is_kept(self.path.parent):
                ballast.take(self.path.parent, closing=True)
        finally:
            self._lock.release()


def new_device() -> str:
    """A random id for a copy of a desk."""
    return secrets.token_hex(DEVICE_DIGITS // 2)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise DeskError(
            f"There is a desk in “{path.parent}” already.",
            "It was left as it is. Sign in to it, or choose an empty folder.",
        )


def _refuse_absent(path: Path) -> None:
    if not path.exists():
        raise no_store(path.parent)
    if not path.stat().st_size:
        # The driver would take it for a new file and begin to fill it.
        raise damaged(path)


def no_store(folder: Path) -> Missing:
    """What to say of a folder without a store."""
    return Missing(
        f"There is no desk in “{folder}”.",
        "Nothing was changed. If the folder is on a drive or another computer, connect "
        "that; otherwise choose the folder again, or bring it back from a backup.",
    )


def _make_file(path: Path, key: bytes, store_id: str, device: str) -> None:
    """Make the file under another name, so that a crash leaves none that is half made.

    It exists with its rights before the driver sees it; the driver gives the files
    beside it the same.
    """
    beside = path.with_name(f"{path.name}.part")
    with in_words(path):
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = open_connection(
            beside, key, writes=True, cache_kb=WRITER_CACHE_KB, wal=False
        )
        with in_words(path), contextlib.closing(connection):
            migrations.make(connection)
            about = (("store", store_id), ("device", device), ("hlc", NEVER))
            connection.executemany(op_log.PUT_SETTING, about)
        with in_words(path):
            beside.replace(path)
            files.sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
