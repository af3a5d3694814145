"""Staff who sign in: adding, changing, letting go; one's own password.

Every change of rights stands in the log of who looked as well as in the history.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.keys import desk_keys
from provider_desk.keys.vault import SessionVault
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotFound, NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.entry import passwords
from provider_desk.services.looking import looks
from provider_desk.services.rights import counsel_key
from provider_desk.services.rights.initials import (
    free_initials,
    initials_of,
    problem_with_initials,
)
from provider_desk.services.rights.leaving import leaver_checklist, reassign_cases
from provider_desk.services.rights.permissions import Permission, needs, permissions_of
from provider_desk.services.safety import drafts
from provider_desk.services.saying import day, label, sentences, some
from provider_desk.store.records import find, get

__all__ = [
    "add_user",
    "change_password",
    "change_user",
    "initials_of",
    "leaver_checklist",
    "let_go",
    "reassign_cases",
    "reset_password",
    "users",
    "workers",
    "workers_of",
]

_MANAGER = "MANAGER"
#: The compartment whose key everybody holds.
_EVERYBODYS = "core"


@needs(Permission.READ)
def users(desk: Desk) -> list[User]:
    """Everybody who signs in, by name."""
    with desk.store.reading() as rows:
        found = find(rows, User)
    return sorted(found, key=lambda user: user.name.casefold())


@needs(Permission.READ)
def workers(desk: Desk) -> list[User]:
    """Those to whom a person can be allocated, by name."""
    with desk.store.reading() as rows:
        found = workers_of(rows)
    today = desk.today()
    here = [each for each in found if each.ends_on is None or each.ends_on >= today]
    return sorted(here, key=lambda user: user.name.casefold())


def workers_of(rows: Rows) -> list[User]:
    """Those whose role opens people, and who have initials to be named by."""
    return [
        user
        for user in find(rows, User)
        if user.initials and Permission.SEE_OWN in permissions_of(user.role)
    ]


@needs(Permission.MANAGE_PEOPLE)
def add_user(
    desk: Desk,
    name: str,
    role: str,
    password: str,
    *,
    initials: str = "",
    ends_on: date | None = None,
    team: str = "",
) -> Changed:
    """Let one more person sign in.

    Args:
        desk: the open desk.
        name: to sign in with.
        role: what they may do.
        password: the first one; they should choose another.
        initials: as sessions name them; made from the name where left out.
        ends_on: the account's last day; a student or bank counsellor has one.
        team: of counselling; the first one where left out.

    Raises:
        NotValid: the name or the initials are somebody's, the password won't do, or
            an account that must end has no last day.
    """
    plain = " ".join(name.split())
    with desk.store.writing("add user", by=desk.user.id) as deed:
        held = find(deed, User)
        code = initials.strip() or free_initials(deed, initials_of(plain))
        more = [*_name_taken(held, plain), *problem_with_initials(deed, code, plain)]
        weak = passwords.problem(password, (plain, desk.provider().name))
        if weak is not None:
            more.append(weak)
        values: dict[str, Value] = {
            "name": plain,
            "role": role,
            "initials": code,
            "ends_on": ends_on,
        }
        if team.strip():
            values["team"] = team.strip()
        user, warnings = saving.add(desk, deed, User, values, more)
        _drop_strays(desk, held)
        # Within the transaction: without a slot there is to be no such person.
        desk_keys.add_user(
            desk.folder, desk.keys, user.id, plain, password, admin=role == _MANAGER
        )
        said = f"{plain} can sign in as {label('role', role).lower()}."
        changed = saving.done(deed, said, warnings)
    _noted(desk, user.id, f"account for {plain}: {_rights(user)}")
    return changed


def _drop_strays(desk: Desk, held: list[User]) -> None:
    """Take the way in from whoever has no account: a crash came while one was made."""
    known = {user.id for user in held}
    for member in desk_keys.members_of(desk.folder, desk.keys, _EVERYBODYS):
        if member not in known:
            _disabled(desk, member)


def _rights(user: User) -> str:
    until = f", until {day(user.ends_on)}" if user.ends_on else ""
    return f"{label('role', user.role).lower()}{until}"


def _noted(desk: Desk, user_id: str, about: str, reason: str = "") -> None:
    looks.note(
        desk,
        LookKind.RIGHTS,
        table=User.TABLE,
        row_id=user_id,
        about=about,
        reason=reason,
    )


def _name_taken(held: list[User], name: str) -> list[Problem]:
    if any(user.name.casefold() == name.casefold() for user in held):
        return [Problem("name", "Somebody signs in with this name already.")]
    return []


@needs(Permission.MANAGE_PEOPLE)
def change_user(desk: Desk, user_id: str, values: Mapping[str, Value]) -> Changed:
    """Change somebody's role, initials, team or last day; the name stays.

    Who is a manager gets the managers' key, and who is none any more loses it. Who
    writes no sealed notes any more loses the counselling key, a clinical lead who is
    one no longer that of every team but their own; what it means is said.

    Raises:
        NotValid: a value stops it, or nobody would be left to change settings.
        NotAllowed: a manager was to be made of somebody with a counselling key.
    """
    if "name" in values:
        raise saving.stop("name", "The name is what this person signs in with.")
    with desk.store.writing("change user", by=desk.user.id) as deed:
        before = get(deed, User, user_id)
        code = str(values.get("initials") or "").strip()
        more = problem_with_initials(deed, code, before.name, user_id)
        user, warnings = saving.change(desk, deed, User, user_id, values, more)
        _keep_a_manager(deed)
        if (before.role == _MANAGER) != (user.role == _MANAGER):
            desk_keys.set_admin(desk.folder, desk.keys, user_id, user.role == _MANAGER)
        lost = counsel_key.follow_role(desk, user) if user.role != before.role else ""
        changed = saving.done(deed, sentences(f"{user.name} saved.", lost), warnings)
    if changed.records:
        taken = ", counselling key taken away" if lost else ""
        _noted(desk, user_id, f"account of {user.name}: {_rights(user)}{taken}")
    return changed


def _keep_a_manager(rows: Rows) -> None:
    if not any(user.ends_on is None for user in find(rows, User, role=_MANAGER)):
        raise NotValid(
            [Problem("role", "At least one manager must stay, without a last day.")]
        )


@needs(Permission.MANAGE_PEOPLE)
def reset_password(desk: Desk, user_id: str, password: str) -> Changed:
    """Give somebody a new password who forgot theirs.

    They lose what was sealed for them alone, and the counselling key until a clinical
    lead gives it again: a manager who sets passwords gets no way to those notes.

    Raises:
        NotValid: the password won't do.
        NotAllowed: it is oneself.
        NotFound: the person can't sign in.
    """
    with desk.store.reading() as rows:
        user = get(rows, User, user_id)
    _refuse_weak(desk, user, password)
    desk_keys.reset_password(desk.folder, desk.keys, user_id, user.name, password)
    _noted(desk, user_id, f"new password for {user.name}")
    counsel = Permission.WRITE_SEALED in permissions_of(user.role)
    return Changed(
        said=sentences(
            f"{user.name} signs in with the new password.",
            counsel_key.given_again(desk) if counsel else "",
        )
    )


def _refuse_weak(desk: Desk, user: User, password: str) -> None:
    weak = passwords.problem(password, (user.name, desk.provider().name))
    if weak is not None:
        raise NotValid([weak])


@needs(Permission.MANAGE_PEOPLE)
def let_go(desk: Desk, user_id: str, reason: str) -> Changed:
    """Take away somebody's way in at once; what they did stays under their name.

    New keys begin for all that they held and that the person at the desk may renew;
    the others at the next signing in of somebody who can.

    Raises:
        NotValid: the reason is missing, or nobody would be left to change settings.
        DeskError: it is oneself.
    """
    if user_id == desk.user.id:
        raise DeskError(
            "You can't take away your own way in.",
            "Nothing was changed. Another manager can.",
        )
    why = reason.strip()
    with desk.store.writing("let go of a user", desk.user.id, why) as deed:
        user = get(deed, User, user_id)
        deed.retire(User, user_id, why)
        _keep_a_manager(deed)
        renewed = _disabled(desk, user_id)
        keys = f"{some(len(renewed), 'key')} renewed." if renewed else ""
        said = sentences(f"{user.name} can't sign in any more.", keys)
        changed = saving.done(deed, said)
    _noted(desk, user_id, f"account of {user.name} ended", why)
    return changed


def _disabled(desk: Desk, user_id: str) -> list[str]:
    try:
        return desk_keys.disable_user(desk.folder, desk.keys, user_id)
    except NotFound:
        # Taken away already, and only the record of it was lost.
        return []


@needs(Permission.READ)
def change_password(desk: Desk, old: str, new: str) -> Changed:
    """Change one's own password, and with it one's keys; drafts go over to the new.

    Raises:
        WrongPassword: the old one is not right.
        NotValid: the new one won't do.
    """
    _refuse_weak(desk, desk.user, new)
    vault = desk.vault or SessionVault()
    planned = desk_keys.new_password(desk.folder, vault, desk.keys, old, new)
    drafts.carry_over(desk, planned.own_key, planned.write)
    _noted(desk, desk.user.id, "own password changed")
    return Changed(said="Password changed.")
