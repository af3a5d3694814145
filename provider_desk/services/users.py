"""Staff who sign in: adding, changing, letting go; one's own password."""

from collections.abc import Mapping

from provider_desk.keys import desk_keys
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import User
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.permissions import Permission, needs
from provider_desk.services.saying import label
from provider_desk.store.records import find, get

_LONGEST_INITIALS = 10


def initials_of(name: str) -> str:
    """First letters of a name: "Robin Invented" gives "RI"."""
    return "".join(word[0].upper() for word in name.split())[:_LONGEST_INITIALS]


@needs(Permission.READ)
def users(desk: Desk) -> list[User]:
    """Everybody who signs in, by name."""
    with desk.store.reading() as rows:
        found = find(rows, User)
    return sorted(found, key=lambda user: user.name.casefold())


@needs(Permission.CHANGE_SETTINGS)
def add_user(
    desk: Desk, name: str, role: str, password: str, *, initials: str = ""
) -> Changed:
    """Let one more person sign in.

    Raises:
        NotValid: the name is somebody's, or the password won't do.
        DeskError: this desk was opened without a password.
    """
    keys = _keys(desk)
    plain = " ".join(name.split())
    with desk.store.writing("add user", by=desk.user.id) as deed:
        held = find(deed, User)
        more = _name_taken(held, plain)
        weak = desk_keys.password_problem(password)
        if weak is not None:
            more.append(weak)
        values: dict[str, Value] = {
            "name": plain,
            "role": role,
            "initials": initials.strip() or _free_initials(held, initials_of(plain)),
        }
        user, _ = saving.add(desk, deed, User, values, more)
        # Within the transaction: without a slot there is to be no such person.
        desk_keys.add_user(desk.folder, keys, user.id, plain, password)
        said = f"{plain} can sign in as {label('role', role).lower()}."
        return saving.done(deed, said)


def _keys(desk: Desk) -> DeskKeys:
    if desk.keys is None:
        raise DeskError(
            "This desk was opened without a password.",
            "Nothing was changed. Sign in with name and password first.",
        )
    return desk.keys


def _name_taken(held: list[User], name: str) -> list[Problem]:
    if any(user.name.casefold() == name.casefold() for user in held):
        return [Problem("name", "Somebody signs in with this name already.")]
    return []


def _free_initials(held: list[User], wanted: str) -> str:
    taken = {user.initials for user in held}
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: _LONGEST_INITIALS - 2]}{number}" for number in range(2, 99))
    return next((each for each in numbered if each not in taken), wanted)


@needs(Permission.CHANGE_SETTINGS)
def change_user(desk: Desk, user_id: str, values: Mapping[str, Value]) -> Changed:
    """Change somebody's role, staff code or last day; the name stays.

    Raises:
        NotValid: a value stops it, or nobody would be left to change settings.
    """
    if "name" in values:
        raise saving.stop("name", "The name is what this person signs in with.")
    with desk.store.writing("change user", by=desk.user.id) as deed:
        user, warnings = saving.change(desk, deed, User, user_id, values)
        _keep_a_manager(deed)
        return saving.done(deed, f"{user.name} saved.", warnings)


def _keep_a_manager(rows: Rows) -> None:
    if not any(user.ends_on is None for user in find(rows, User, role="MANAGER")):
        raise NotValid(
            [Problem("role", "At least one manager must stay, without a last day.")]
        )


@needs(Permission.CHANGE_SETTINGS)
def let_go(desk: Desk, user_id: str, reason: str) -> Changed:
    """Take away somebody's way in at once; what they did stays under their name.

    Raises:
        NotValid: the reason is missing, or nobody would be left to change settings.
        DeskError: it is oneself.
    """
    if user_id == desk.user.id:
        raise DeskError(
            "You can't take away your own way in.",
            "Nothing was changed. Another manager can.",
        )
    with desk.store.writing("let go of a user", desk.user.id, reason.strip()) as deed:
        user = get(deed, User, user_id)
        deed.retire(User, user_id, reason.strip())
        _keep_a_manager(deed)
        if desk.keys is not None:
            desk_keys.remove_user(desk.folder, user_id)
        return saving.done(deed, f"{user.name} can't sign in any more.")


def change_password(desk: Desk, old: str, new: str) -> Changed:
    """Change one's own password.

    Raises:
        WrongPassword: the old one is not right.
        NotValid: the new one won't do.
    """
    desk_keys.change_password(desk.folder, desk.user.name, old, new)
    return Changed(said="Password changed.")
