"""Making a desk, and signing in to one."""

import contextlib
from pathlib import Path

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import DeskError, NotAllowed, NotFound
from provider_desk.model.records import Provider, User
from provider_desk.model.rules import problems_of
from provider_desk.services.desk import Desk
from provider_desk.services.saving import refuse
from provider_desk.services.saying import day
from provider_desk.services.users import initials_of
from provider_desk.store import store as store_file
from provider_desk.store.records import get
from provider_desk.store.store import Store

_LONGEST_CODE = 20


def desk_exists(folder: Path) -> bool:
    """Whether a folder holds a desk, or what is left of one."""
    return desk_keys.exist(folder) or (folder / store_file.NAME).exists()


def create_desk(
    folder: Path,
    *,
    provider: str,
    user: str,
    password: str,
    clock: Clock,
    provider_code: str = "",
) -> Desk:
    """Make a desk in a folder and sign its first person in, a manager.

    Args:
        folder: made where it is not there.
        provider: the service's name.
        user: name of the person, to sign in with.
        password: at least 12 characters.
        clock: what tells the time.
        provider_code: used in file names; made from the name where it is left out.

    Raises:
        NotValid: a name or the password won't do.
        DeskError: the folder holds a desk already; it is left as it is.
        ReadOnly, DiskFull, Trouble: the folder refuses; nothing is left behind.
    """
    name = " ".join(user.split())
    first = User.made({"name": name, "role": "MANAGER", "initials": initials_of(name)})
    service = Provider.made(
        {"name": provider.strip(), "code": provider_code.strip() or _code_of(provider)}
    )
    refuse(problems_of(service, {}, today(clock)))
    if desk_exists(folder):
        raise DeskError(
            f"There is a desk in “{folder}” already.",
            "It was left as it is. Sign in to it, or choose an empty folder.",
        )
    keys = desk_keys.create(folder, first.id, name, password)
    store = None
    try:
        store = Store.create(folder, keys.key, clock, keys.store_id, keys.device)
        with store.writing("set up the desk", by=first.id) as deed:
            deed.add(service)
            deed.add(first)
    except BaseException:
        if store is not None:
            store.close()
        _leave_nothing(folder)
        raise
    return Desk(store, first, clock, keys)


def _leave_nothing(folder: Path) -> None:
    """A desk that could not be made to its end holds nothing: let it be made again."""
    names = [roster.NAME, local_key.NAME, store_file.NAME]
    names += [f"{store_file.NAME}-wal", f"{store_file.NAME}-shm"]
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def _code_of(provider: str) -> str:
    """Initials of a name of several words; a single word as it is."""
    words = ["".join(filter(str.isalnum, word)) for word in provider.split()]
    words = [word for word in words if word]
    if len(words) == 1:
        return words[0][:_LONGEST_CODE]
    return "".join(word[0].upper() for word in words)[:_LONGEST_CODE]


def sign_in(folder: Path, name: str, password: str, clock: Clock) -> Desk:
    """Open the desk of a folder.

    Raises:
        WrongPassword: name and password do not open it; which is wrong is not said.
        NotAllowed: the account has ended.
        Missing: there is no desk.
        Damaged, FromNewerVersion, InUse, ReadOnly, DiskFull, Trouble: it can't be
            opened; nothing was changed.
    """
    user_id, keys = desk_keys.unlock(folder, name, password)
    store = Store.open(folder, keys.key, clock)
    try:
        user = _account(store, user_id, clock)
    except BaseException:
        store.close()
        raise
    return Desk(store, user, clock, keys)


def _account(store: Store, user_id: str, clock: Clock) -> User:
    try:
        with store.reading() as rows:
            user = get(rows, User, user_id)
    except NotFound as error:
        raise NotAllowed(
            "This account is not on the desk any more.",
            "Nothing was changed. Ask a manager to add you again.",
        ) from error
    if user.ends_on is not None and user.ends_on < today(clock):
        raise NotAllowed(
            f"This account ended on {day(user.ends_on)}.",
            "Nothing was changed. A manager can let it run on.",
        )
    return user
