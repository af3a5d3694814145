"""Who may do what: roles and their permissions, asked in this one place."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from provider_desk.model import resources
from provider_desk.model.errors import NotAllowed
from provider_desk.services.desk import Desk

P = ParamSpec("P")
R = TypeVar("R")


class Permission(StrEnum):
    """What a role can be allowed; the words that resources/roles.toml uses."""

    READ = "read"
    RECORD_PEOPLE = "record people"
    RECORD_REFERRALS = "record referrals"
    RECORD_CONTACTS = "record contacts"
    RECORD_SESSIONS = "record sessions"
    RUN_EPISODES = "run episodes"
    APPROVE = "approve exceptions"
    BRING_IN = "bring in spreadsheets"
    MAKE_RETURN = "make the return"
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
    """Why the person at this desk may not do it; "" where they may."""
    return "" if may(desk, permission) else f"Your role may not {permission.value}."


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """Refuses a deed to roles without the permission, before anything is read.

    Raises:
        NotAllowed: when called by somebody whose role lacks it.
    """

    def guard(
        deed: Callable[Concatenate[Desk, P], R],
    ) -> Callable[Concatenate[Desk, P], R]:
        @wraps(deed)
        def guarded(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(desk, permission):
                raise NotAllowed(
                    f"Your role may not {permission.value}.",
                    "Nothing was changed. A manager can do it, or change your role.",
                )
            return deed(desk, *args, **kwargs)

        return guarded

    return guard
