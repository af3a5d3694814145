"""Signing in: from a name and a password to an open desk.

::

    tries ──► too many wrong ones: wait
    unlock ──► the person's keys                     (the store is hashed meanwhile)
    freshness ──► an old copy was put back: refused, or accepted with a reason
    rekey ──► a new key for the store, where somebody left
    store ──► the account: is it there, has it ended
    rotate ──► new keys that this person can give
    look log ──► who signed in, and how many tries failed before

Source: security design, §2.1, §2.7.
"""

import contextlib
from pathlib import Path

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.keys import desk_keys, tries
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.vault import Vault
from provider_desk.model.clock import Clock, moment, today
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    NotAllowed,
    NotFound,
    OlderDesk,
    Trouble,
)
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.services.casework import surveys
from provider_desk.services.desk import Desk
from provider_desk.services.entry import before_sign_in, half_made
from provider_desk.services.looking import looks
from provider_desk.services.safety import freshness, older_copy
from provider_desk.services.safety.freshness import Opened, Prehash
from provider_desk.services.saying import day, some
from provider_desk.store import check, fresh, op_log, rekey
from provider_desk.store import store as store_file
from provider_desk.store.driver import damaged
from provider_desk.store.records import get
from provider_desk.store.store import Store


def desk_exists(folder: Path) -> bool:
    """Whether a folder holds a desk, or what is left of one."""
    return half_made.is_desk(folder)


def sign_in(
    folder: Path,
    name: str,
    password: str,
    clock: Clock,
    vault: Vault,
    *,
    accept_older: str = "",
) -> Desk:
    """Open the desk of a folder.

    Args:
        folder: of the desk.
        name: "" where only one person can be meant: a schedule knows no name.
        password: as it was typed.
        clock: what tells the time.
        vault: where this computer keeps the team secret.
        accept_older: why a manager goes on with a desk that is older than this
            computer remembers it; it is written down. "" refuses such a desk.

    Raises:
        TooManyTries: it is too soon after wrong passwords.
        SecretNeeded: the team secret is not on this computer.
        WrongPassword: which of the two is wrong is not said.
        OlderDesk: an old copy was put back, and nobody who may said why.
        NotAllowed: the account has ended.
        Missing: there is no desk.
        NoKeyring, Damaged, FromNewerVersion, InUse, ReadOnly, DiskFull, Trouble: it
            can't be opened; nothing was changed.
    """
    if not desk_exists(folder):
        raise store_file.no_store(folder)
    _refuse_emptied(folder / store_file.NAME)
    prehash, why = Prehash(folder), accept_older.strip()
    with tries.counted(folder, clock) as before:
        user_id, keys = desk_keys.unlock(folder, vault, name, password)
    opened = _opened(folder, keys, clock, vault, prehash, why)
    try:
        desk = Desk(
            opened.store, _account(opened.store, user_id, clock), clock, keys, vault
        )
        _begin(desk, before.failed, opened, why)
    except BaseException:
        opened.store.close()
        raise
    return desk


def _opened(
    folder: Path, keys: DeskKeys, clock: Clock, vault: Vault, prehash: Prehash, why: str
) -> Opened:
    try:
        return freshness.open_store(
            *(folder, keys, clock, vault),
            prehash=prehash,
            accept_older=bool(why),
            key=lambda: _key(folder, keys),
        )
    except OlderDesk:
        _refuse_broken(folder / store_file.NAME, keys)
        raise


def _refuse_emptied(path: Path) -> None:
    """A store without a byte is no old copy, and nothing can go on with it."""
    with contextlib.suppress(OSError):
        if not path.stat().st_size:
            raise damaged(path)


def _refuse_broken(path: Path, keys: DeskKeys) -> None:
    """Tell a file that a failing disk has changed from an old copy of it."""
    with contextlib.suppress(Trouble):
        closed = not fresh.left_beside(path)
        if closed and not check.pages_are_sound(path, keys.key):
            raise damaged(path)


def _key(folder: Path, keys: DeskKeys) -> bytes:
    """The key to open the store with: a new one, where one is due and can be given."""
    if not desk_keys.rekey_due(keys):
        return keys.key
    try:
        desk_keys.begin_rekey(folder, keys)
        rekey.rekey(folder, keys.key, keys.next_key)
        desk_keys.end_rekey(folder, keys)
    except (Trouble, Damaged):
        # A disk that is full, or a page that can't be read, keeps nobody out who gets
        # in without a new key: it is tried again the next time.
        known = [each for each in (keys.key, keys.next_key) if each]
        return rekey.key_of(folder / store_file.NAME, known)
    return keys.key


def _account(store: Store, user_id: str, clock: Clock) -> User:
    try:
        with store.reading() as rows:
            user = get(rows, User, user_id)
            last = op_log.setting(rows, "hlc")
    except NotFound as error:
        raise NotAllowed(
            "This account is not on the desk any more.",
            "Nothing was changed. Ask a manager to add you again.",
        ) from error
    # Who sets the clock back gets no further than the day of the last change.
    day_at_least = moment(ms_of(Stamp(last))).date() if last else today(clock)
    if user.ends_on is not None and user.ends_on < max(today(clock), day_at_least):
        raise NotAllowed(
            f"This account ended on {day(user.ends_on)}.",
            "Nothing was changed. A manager can let it run on.",
        )
    return user


def _begin(desk: Desk, failed: int, opened: Opened, why: str) -> None:
    """Give new keys where they are due, and write down who signed in.

    Nothing is shown yet: a disk that is full lets people in, and the first record they
    open is refused.
    """
    with contextlib.suppress(Trouble):
        desk_keys.rotate_due(desk.folder, desk.keys)
    with contextlib.suppress(DeskError):
        before_sign_in.tell(desk)
    with contextlib.suppress(DeskError):
        surveys.empty_box(desk)
    with contextlib.suppress(DeskError):
        if failed:
            said = some(failed, "wrong try", "wrong tries")
            looks.note(desk, LookKind.WRONG_PASSWORD, about=said)
        if opened.older:
            older_copy.begin(desk)
            about = " ".join(opened.older)
            looks.note(desk, LookKind.OLDER_DESK, about=about, reason=why)
        looks.note(desk, LookKind.SIGNED_IN)
