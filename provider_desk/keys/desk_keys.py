"""Keys of a desk: made with it, opened with name and password.

::

    password ─ Argon2id, HKDF ─► slot in roster.bin ─► the desk's secret
    the desk's secret ─ HKDF ─► local.key ─► the store's key
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from provider_desk.keys import local_key, roster
from provider_desk.keys.local_key import LocalKey
from provider_desk.keys.roster import Login, Roster
from provider_desk.keys.slots import SALT_BYTES, SECRET_BYTES, Broken, Slot, plain
from provider_desk.model import files
from provider_desk.model.errors import DeskError, NotValid, Problem, WrongPassword
from provider_desk.model.ids import new_id

#: Source: security design, §4.3.
SHORTEST_PASSWORD = 12

_LONGEST_PASSWORD = 1_000
_DEVICE_BYTES = 8


@dataclass(frozen=True, slots=True, repr=False)
class DeskKeys:
    """What an open desk needs; never printed, never logged.

    Attributes:
        key: 32 bytes, the store's raw key.
        store_id: the id that all copies of the desk share.
        device: the id of this copy.
        secret: 32 bytes under which local.key lies; every slot holds it.
    """

    key: bytes
    store_id: str
    device: str
    secret: bytes

    def __repr__(self) -> str:
        return f"<keys of desk {self.store_id}>"


def password_problem(password: str) -> Problem | None:
    """What is wrong with a new password, or None."""
    length = len(plain(password))
    if length < SHORTEST_PASSWORD:
        return Problem(
            "password",
            f"A password needs at least {SHORTEST_PASSWORD} characters; this has "
            f"{length}. Three or four words picked by chance are easy to remember.",
        )
    if length > _LONGEST_PASSWORD:
        return Problem("password", "This password is too long: 1,000 characters.")
    return None


def exist(folder: Path) -> bool:
    """Whether a folder holds keys of a desk."""
    return (folder / roster.NAME).exists() or (folder / local_key.NAME).exists()


def create(folder: Path, user_id: str, user_name: str, password: str) -> DeskKeys:
    """Make the keys of a new desk, with one person who can sign in.

    Raises:
        NotValid: the password or the name won't do.
        DeskError: the folder holds keys already; they are left as they are.
        DiskFull, ReadOnly, Trouble: the folder refuses.
    """
    _refuse_weak(user_name, password)
    if exist(folder):
        raise DeskError(
            f"There are keys of a desk in “{folder}” already.",
            "They were left as they are, because without them that desk could never be "
            "opened again. Choose an empty folder.",
        )
    files.make_private_folder(folder)
    made = DeskKeys(
        key=secrets.token_bytes(SECRET_BYTES),
        store_id=new_id(),
        device=secrets.token_hex(_DEVICE_BYTES),
        secret=secrets.token_bytes(SECRET_BYTES),
    )
    empty = Roster(made.store_id, secrets.token_bytes(SALT_BYTES), ())
    slot = _slot(empty, user_id, Login(user_name, password), made.secret)
    local_key.write(folder, LocalKey(made.store_id, made.device, made.key), made.secret)
    try:
        roster.write(folder, empty.with_slot(slot))
    except BaseException:
        # One without the other would bar the way to a desk that never was.
        (folder / local_key.NAME).unlink(missing_ok=True)
        raise
    return made


def unlock(folder: Path, user_name: str, password: str) -> tuple[str, DeskKeys]:
    """The user's id and the keys that a name and password open.

    Args:
        folder: of the desk.
        user_name: "" where only one person can be meant: a schedule knows no name.
        password: as it was typed.

    Raises:
        WrongPassword: no slot opens; which of the two is wrong is not said.
        Missing: the folder holds no desk.
        Damaged: a file is not as it was written; the password may be right.
        FromNewerVersion: a newer version wrote a file.
        ReadOnly, Trouble: a file can't be read.
    """
    listed = roster.read(folder)
    user_id, secret = _opened(folder, listed, user_name, password)
    local = local_key.read(folder, secret, listed.store)
    return user_id, DeskKeys(local.key, local.store, local.device, secret)


def add_user(
    folder: Path, keys: DeskKeys, user_id: str, user_name: str, password: str
) -> None:
    """Let one more person sign in; a slot that the same user has is replaced.

    Raises:
        NotValid: the password or the name won't do.
        Missing, Damaged, FromNewerVersion, DiskFull, ReadOnly, Trouble: the roster
            can't be read or written; the old one stands.
    """
    _refuse_weak(user_name, password)
    listed = roster.read(folder)
    _put(folder, listed, user_id, Login(user_name, password), keys.secret)


def change_password(folder: Path, user_name: str, old: str, new: str) -> None:
    """Give a person a new password.

    Raises:
        WrongPassword: the old one is not right.
        NotValid: the new one won't do.
        Missing, Damaged, FromNewerVersion, DiskFull, ReadOnly, Trouble: the old
            password still holds.
    """
    _refuse_weak(user_name, new)
    listed = roster.read(folder)
    user_id, secret = _opened(folder, listed, user_name, old)
    _put(folder, listed, user_id, Login(user_name, new), secret)


def remove_user(folder: Path, user_id: str) -> None:
    """Take a person's slot away. What they learned before they keep.

    Raises:
        Missing, Damaged, FromNewerVersion, DiskFull, ReadOnly, Trouble: the roster
            can't be read or written; the old one stands.
        DeskError: nobody else could sign in any more.
    """
    listed = roster.read(folder)
    others = tuple(slot for slot in listed.slots if slot.user != user_id)
    if not others:
        raise DeskError(
            "This is the only person who can sign in.",
            "Nothing was changed. Let somebody else sign in first.",
        )
    roster.write(folder, Roster(listed.store, listed.salt, others))


def _put(
    folder: Path, listed: Roster, user_id: str, login: Login, secret: bytes
) -> None:
    slot = _slot(listed, user_id, login, secret)
    roster.write(folder, listed.with_slot(slot))


def _slot(listed: Roster, user_id: str, login: Login, secret: bytes) -> Slot:
    salt = secrets.token_bytes(SALT_BYTES)
    return roster.made_slot(listed, user_id, login, secret, salt)


def _opened(
    folder: Path, listed: Roster, user_name: str, password: str
) -> tuple[str, bytes]:
    try:
        found = roster.opened(listed, Login(user_name, password))
    except Broken as error:
        raise roster.damaged(folder) from error
    if not found:
        raise WrongPassword(
            "This name and password do not open the desk.",
            "Nothing was changed. Check the spelling of both, and whether Caps Lock "
            "is on.",
        )
    if len(found) > 1:
        raise WrongPassword(
            "Several people could be meant.", "Nothing was changed. Say who signs in."
        )
    return found[0]


def _refuse_weak(user_name: str, password: str) -> None:
    problems = []
    if not user_name.strip():
        problems.append(Problem("name", "A name to sign in with is needed."))
    weak = password_problem(password)
    if weak is not None:
        problems.append(weak)
    if problems:
        raise NotValid(problems)
