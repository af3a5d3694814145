"""Who may do what: roles and their permissions, asked in this one place.

What a role may is in resources/roles.toml. Whom somebody may open is asked in
``services.rights.caseload``; both are rules of the program. What nobody may read
whatever they know is sealed under a key that they are not given. Source: domain
reference, A6.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotAllowed
from provider_desk.services.desk import Desk

#: Where a guarded deed says what it needs.
_NEEDED = "needed"

#: More roles than this are not named in one sentence.
_MOST_NAMED = 4

P = ParamSpec("P")
R = TypeVar("R")


class Permission(StrEnum):
    """What a role can be allowed; the words that resources/roles.toml uses."""

    READ = "read"
    SEE_OWN = "open people of their own caseload"
    SEE_ALL = "open everybody"
    ASK_OUTSIDE = "open somebody else's people with a reason"
    SEE_WAITING = "see the whole waiting list"
    SEE_FIGURES = "see the figures"
    READ_CLINICAL = "read clinical notes"
    WRITE_SEALED = "write sealed notes"
    READ_PROCESS = "read process notes of the team"
    GIVE_COUNSEL_KEY = "give the counselling key"
    RECORD_PEOPLE = "record people"
    RECORD_REFERRALS = "record referrals"
    RECORD_CONTACTS = "record contacts"
    RECORD_SESSIONS = "record sessions"
    RUN_EPISODES = "run episodes"
    APPROVE = "approve exceptions"
    TRIAGE = "sort the waiting list"
    MERGE_PEOPLE = "put two records of a person together"
    HANDLE_REQUESTS = "answer requests for records"
    RECORD_FEEDBACK = "record feedback"
    KEEP_REGISTER = "keep the staff register"
    PLAN = "plan capacity"
    BRING_IN = "bring in spreadsheets"
    MAKE_RETURN = "make the return"
    SIGN_RETURN = "sign the return"
    MANAGE_PEOPLE = "change who signs in"
    READ_LOG = "read who looked"
    BACK_UP = "make backups"
    CHANGE_SETTINGS = "change settings"


@cache
def permissions_of(role: str) -> frozenset[Permission]:
    """What a role may do; nothing for a role that is not declared."""
    declared = resources.read_toml("roles.toml").get(role, {})
    return frozenset(Permission(word) for word in declared.get("may", ()))


def may(desk: Desk, permission: Permission) -> bool:
    """Whether the person at this desk may do it; menus ask the same."""
    return permission in permissions_of(desk.user.role)


def why_not(desk: Desk, permission: Permission) -> str:
    """Why the person at this desk may not do it, and whom to ask; "" where they may."""
    if may(desk, permission):
        return ""
    return f"Your role may not {permission.value}. Ask {who_may(permission)}."


@cache
def who_may(permission: Permission) -> str:
    """The roles that may do it, as whom to ask: "a clinical lead or a manager".

    Where many may, only those who open everybody are named. Nobody is sent to those
    who are here for a while, or for the figures alone.
    """
    able = [
        role
        for role in choices("role").by_code
        if {permission, Permission.RECORD_PEOPLE} <= permissions_of(role)
    ]
    if len(able) > _MOST_NAMED:
        able = [r for r in able if Permission.SEE_ALL in permissions_of(r)]
    named = [_with_article(choices("role").label(role)) for role in able]
    if not named:
        return "whoever keeps the roles of this program"
    return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _with_article(words: str) -> str:
    words = words[:1].lower() + words[1:]
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def refuse_without(desk: Desk, *permissions: Permission) -> None:
    """Stop somebody whose role lacks one of the permissions.

    Raises:
        NotAllowed: says which one is lacking.
    """
    for permission in permissions:
        if not may(desk, permission):
            raise NotAllowed(
                why_not(desk, permission),
                "Nothing was changed. A manager can change your role.",
            )


def needs(
    *permissions: Permission,
) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Refuses a deed to roles that lack one of the permissions, before it begins.

    Raises:
        NotAllowed: when called by somebody whose role lacks one.
    """

    def guard(
        deed: Callable[Concatenate[Desk, P], R],
    ) -> Callable[Concatenate[Desk, P], R]:
        @wraps(deed)
        def guarded(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            refuse_without(desk, *permissions)
            return deed(desk, *args, **kwargs)

        vars(guarded)[_NEEDED] = permissions
        return guarded

    return guard


def needed_for(deed: Callable[..., object]) -> tuple[Permission, ...]:
    """What a deed needs, as ``needs`` was told; () where it asks for nothing."""
    found: tuple[Permission, ...] = vars(deed).get(_NEEDED, ())
    return found
