"""Noticing that an old desk was put back in place of the newer one.

What this computer remembers lies beside the store (fresh.bin) and in the vault, with a
number that goes up; the higher one counts::

    open_store   compare the file, then what it holds; remember that it is open
    remember     every minute: how far it has come
    close        how far it came, and the hash of the closed file

Noticed: an older store, one that was used on elsewhere, a single page put back in a
store that was closed, a list of who can sign in that is older, and all of them put back
together with fresh.bin, as long as the vault is another place than the folder. After a
crash there is no hash to compare: then the check of the whole store is due, which
compares every row with the log. Source: security design, §2.5, §4.2.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from os import stat_result
from pathlib import Path

from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.fresh import Fresh
from provider_desk.keys.vault import Vault
from provider_desk.model.clock import Clock
from provider_desk.model.errors import DeskError, OlderDesk, Trouble
from provider_desk.services.desk import Desk
from provider_desk.services.safety.remembered import Remembered
from provider_desk.store import fresh, log_scan, op_log
from provider_desk.store import store as store_file
from provider_desk.store.fresh import Mark
from provider_desk.store.lock import Lock
from provider_desk.store.store import Store

#: How often the window calls ``remember``, seconds.
EVERY_S = 60

#: Setting that says that the whole store is to be checked: it was not closed.
CHECK_DUE = "check_due"

_MANAGERS = "admin"


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that was opened.

    Attributes:
        store: it.
        older: what speaks for an old copy and was accepted; for the log of who looked.
        after_crash: it was not closed the last time: the whole check is due.
    """

    store: Store
    older: tuple[str, ...]
    after_crash: bool


class Prehash:
    """Hashes a store's file in a thread, while the password is being stretched."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / store_file.NAME
        self._digest: str | None = None
        self._seen: tuple[int, ...] = ()
        self._thread = threading.Thread(target=self._hash, daemon=True)
        self._thread.start()

    def _hash(self) -> None:
        with contextlib.suppress(OSError, DeskError):
            seen = _identity(self._path.stat())
            self._digest = fresh.digest(self._path)
            self._seen = seen

    def digest(self) -> str | None:
        """The hash, made anew where the file was written meanwhile; None if it is open.

        Raises:
            Missing, ReadOnly, Trouble: the file can't be read.
        """
        self._thread.join()
        with contextlib.suppress(OSError):
            same = self._seen == _identity(self._path.stat())
            if same and self._digest and not fresh.left_beside(self._path):
                return self._digest
        return fresh.digest(self._path)


def open_store(
    folder: Path,
    keys: DeskKeys,
    clock: Clock,
    vault: Vault,
    *,
    prehash: Prehash | None = None,
    accept_older: bool = False,
    key: Callable[[], bytes] | None = None,
) -> Opened:
    """Open the store of somebody who gave the right password.

    Args:
        folder: of the desk.
        keys: of the person.
        clock: what tells the time.
        vault: where this computer keeps what must not lie in the folder.
        prehash: begun before the password was stretched; saves that time here.
        accept_older: go on although it is older; counts for somebody who holds the
            managers' key.
        key: called while nobody else can open the folder, before the store is opened:
            brings the store under a new key where that is due, and gives the key.

    Raises:
        OlderDesk: it is older than this computer remembers it. Nothing was changed,
            and what is remembered stands.
        Missing, Damaged, FromNewerVersion, InUse, ReadOnly, DiskFull, Trouble: it
            can't be opened.
    """
    if not (folder / store_file.NAME).exists():
        raise store_file.no_store(folder)
    accept = accept_older and keys.holds(_MANAGERS)
    lock = Lock(folder)
    try:
        memory = Remembered(folder, keys, vault)
        file = _file(folder, memory, keys, prehash)
        said = _told(memory.said, *file, _log(folder))
        lists = [_older_list(keys, each) for each in memory.records]
        older_list = " ".join(_told(*lists))
        _refuse(_told(*said, older_list), accept=accept)
        if not said and not older_list:
            memory.keep_open()
        store = Store.open(folder, key() if key else keys.key, clock, lock)
    except BaseException:
        lock.release()
        raise
    return _compared(store, memory, (said, older_list), accept=accept)


def _compared(
    store: Store,
    memory: Remembered,
    against: tuple[list[str], str],
    *,
    accept: bool,
) -> Opened:
    """Compare what an opened store holds; it is closed again where it is refused."""
    said, older_list = against
    try:
        said += _compare(store, memory)
        found = _told(*said, older_list)
        # An old list beside a store that is not old has no innocent cause.
        _refuse(found, accept=accept and (bool(said) or not older_list))
        _go_on(store, memory)
    except BaseException:
        store.close()
        raise
    return Opened(store, tuple(found), memory.crashed)


def _file(
    folder: Path, memory: Remembered, keys: DeskKeys, prehash: Prehash | None
) -> list[str]:
    """What is wrong where the file is not the one that was closed here last."""
    record = memory.record
    if record is None or not record.digest:
        return []
    path = folder / store_file.NAME
    found = prehash.digest() if prehash is not None else fresh.digest(path)
    if found is None:
        return ["Beside its file lies a log, though it was closed without one."]
    if found == record.digest:
        return []
    numbers = fresh.peek(path, keys.key, _mark_of(record))
    return ["Its file is not the one that was closed here last.", *numbers]


def _log(folder: Path) -> str:
    """What is wrong where the log that a crash left is damaged."""
    lost = log_scan.lost_commits(folder / store_file.NAME)
    if not lost:
        return ""
    return (
        f"The log that a crash left beside its file is damaged: the last {lost:,} "
        "things that were saved can't be read in it."
    )


def _older_list(keys: DeskKeys, record: Fresh) -> str:
    """What is wrong where the list of who can sign in is one from before."""
    if not record.roster:
        return ""
    hashes = keys.ring().hashes
    if len(hashes) < record.roster:
        return (
            f"Its list of who can sign in ends with change {len(hashes):,}; this "
            f"computer remembers {record.roster:,}."
        )
    if hashes[record.roster - 1] != record.roster_hash:
        return (
            f"Change {record.roster:,} of its list of who can sign in is not the one "
            "that this computer remembers."
        )
    return ""


def _compare(store: Store, memory: Remembered) -> list[str]:
    """What is wrong where the store does not hold what is remembered of it."""
    with store.reading() as rows:
        if memory.records:
            marks = map(_mark_of, memory.records)
            return _told(*(said for mark in marks for said in fresh.behind(rows, mark)))
        lost = fresh.kept_outside(rows) and not memory.said
    if not lost:
        return []
    gone = "What this computer remembered is gone, from the folder and the keyring."
    return [gone]


def _mark_of(record: Fresh) -> Mark:
    return Mark(
        record.device, record.seq, record.hlc, record.look_seq, record.look_hash
    )


def _go_on(store: Store, memory: Remembered) -> None:
    """Remember an open store; where that can't be written, what was known stands."""
    with store.reading() as rows:
        mark = fresh.mark(rows)
        known = fresh.kept_outside(rows)
    settings = [] if known else [(fresh.KEPT_OUTSIDE, store.device)]
    settings += [(CHECK_DUE, "whole")] if memory.crashed else []
    with contextlib.suppress(Trouble):
        if settings:
            with store.aside() as aside:
                aside.run_many(op_log.PUT_SETTING, settings)
        memory.keep(memory.next(mark))


def remember(desk: Desk) -> None:
    """Write down how far an open desk has come; nothing where that is known.

    Raises:
        Damaged, DiskFull, ReadOnly, Trouble: what was remembered before stands.
    """
    if desk.vault is None:
        return
    with desk.store.reading() as rows:
        mark = fresh.mark(rows)
    memory = Remembered(desk.folder, desk.keys, desk.vault)
    memory.keep(memory.next(mark))


def close(desk: Desk) -> None:
    """Close a desk's store and write down how it was left.

    What can't be written down costs a check at the next signing in, nothing more.
    """
    mark: Mark | None = None
    with contextlib.suppress(DeskError, ValueError), desk.store.reading() as rows:
        mark = fresh.mark(rows)

    def closed() -> None:
        if desk.vault is None or mark is None:
            return
        with contextlib.suppress(DeskError):
            digest = fresh.digest(desk.store.path) or ""
            memory = Remembered(desk.folder, desk.keys, desk.vault)
            memory.keep(memory.next(mark, digest))

    desk.store.close(closed)


def _told(*said: str) -> list[str]:
    """The sentences that say something, each once."""
    return [each for each in dict.fromkeys(said) if each]


def _refuse(said: list[str], *, accept: bool) -> None:
    if said and not accept:
        raise OlderDesk(
            f"This desk is not as this computer remembers it. {' '.join(said)}",
            "Nothing was changed. Somebody may have put an old copy in its place: if "
            "the newer one is somewhere, put that back. If the old one was put back on "
            "purpose, a manager can go on with it, and that is written down.",
        )


def _identity(found: stat_result) -> tuple[int, ...]:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
