"""The counselling key: who holds it, taking it up, giving it, taking it away, teams.

Whoever holds a team's key reads what is sealed for that team. The clinical lead holds
every team's and gives them; a manager never holds one, whatever else a role says. Each
deed is written down first, where managers read it.
Source: security design, §2.6; domain reference, A6.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from provider_desk.keys import desk_keys, sheet_code
from provider_desk.keys.desk_keys import ALL_COUNSEL, COUNSEL
from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotAllowed
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    permissions_of,
    refuse_without,
)
from provider_desk.store.records import find, get

#: The team of those who name none.
MAIN_TEAM = "main"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who signs in, and how they stand to the counselling key.

    Attributes:
        user: who.
        teams: whose keys they hold.
        lead: whether they hold all and give them.
        wanted: their role writes sealed notes, but the key of their team is missing.
    """

    user: User
    teams: tuple[str, ...]
    lead: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds which counselling key now.

    Attributes:
        leads: whether the person at this desk gives the key.
        has_lead: whether anybody does.
        teams: names of the teams.
        holders: who signs in and has to do with the key, by name.
        first_sheet: sheet B is still the one that the desk was made with.
    """

    leads: bool
    has_lead: bool
    teams: tuple[str, ...]
    holders: tuple[Holder, ...]
    first_sheet: bool


@needs(Permission.READ)
def standing(desk: Desk) -> Standing:
    """Who holds which key; for the clinical lead, and managers who look.

    Raises:
        NotAllowed: the role neither gives the key nor looks after accounts.
        Missing, Damaged, OlderDesk, Trouble: the desk's keys can't be read.
    """
    if not may(desk, Permission.MANAGE_PEOPLE):
        refuse_without(desk, Permission.GIVE_COUNSEL_KEY)
    folder, keys = desk.folder, desk.keys
    teams = desk_keys.teams(folder, keys)
    leads = desk_keys.members_of(folder, keys, ALL_COUNSEL)
    held = {name: desk_keys.members_of(folder, keys, name) for name in teams}
    with desk.store.reading() as rows:
        users = sorted(find(rows, User), key=lambda user: user.name.casefold())
    holders = [_holder(user, held, leads) for user in users]
    return Standing(
        leads=keys.is_lead,
        has_lead=bool(leads),
        teams=tuple(_team(name) for name in teams),
        holders=tuple(each for each in holders if _concerns(each)),
        first_sheet=desk_keys.is_first(folder, keys, "B"),
    )


def _holder(user: User, held: dict[str, list[str]], leads: Iterable[str]) -> Holder:
    teams = tuple(_team(name) for name, users in held.items() if user.id in users)
    lead = user.id in leads
    writes = Permission.WRITE_SEALED in permissions_of(user.role)
    lacks = compartment_of(user) not in (COUNSEL + team for team in teams)
    return Holder(user, teams, lead, wanted=writes and lacks and not lead)


def _concerns(holder: Holder) -> bool:
    return holder.lead or holder.wanted or bool(holder.teams)


def _team(compartment: str) -> str:
    return compartment.removeprefix(COUNSEL)


def compartment_of(user: User) -> str:
    """The compartment of somebody's counselling team."""
    return COUNSEL + (user.team.strip().lower() or MAIN_TEAM)


@needs(Permission.GIVE_COUNSEL_KEY)
def take_up(desk: Desk, code: str) -> Changed:
    """Take the counselling key up with recovery sheet B, as the clinical lead.

    Raises:
        NotValid: the code is mistyped.
        WrongPassword: it is not this desk's sheet B.
        NotAllowed: a manager never holds the key.
        DiskFull, ReadOnly, Trouble: nothing was changed.
    """
    raw = sheet_code.read(code)
    _note(desk, "counselling key taken up with sheet B")
    desk_keys.take_up(desk.folder, desk.keys, raw)
    return _changed(desk.user.id, "You hold the counselling key. Renew sheet B next.")


@needs(Permission.GIVE_COUNSEL_KEY)
def give(desk: Desk, user_id: str) -> Changed:
    """Give somebody the key of their counselling team; a new team begins with it.

    Raises:
        NotAllowed: the person at this desk has not taken the key up, the colleague is
            a manager, or their role writes no sealed notes.
        NotFound: there is no such person.
        NotValid: their team can't be called so.
    """
    user = _user(desk, user_id)
    if Permission.WRITE_SEALED not in permissions_of(user.role):
        raise NotAllowed(
            f"The role of {user.name} writes no sealed notes.",
            "Nothing was changed. A manager changes the role first.",
        )
    compartment = compartment_of(user)
    _note(desk, f"key of team “{_team(compartment)}” given to {user.name}")
    if compartment not in desk_keys.teams(desk.folder, desk.keys):
        desk_keys.add_team(desk.folder, desk.keys, _team(compartment))
    desk_keys.grant(desk.folder, desk.keys, compartment, user_id)
    said = f"{user.name} can read the notes of team “{_team(compartment)}”."
    return _changed(user_id, said)


@needs(Permission.GIVE_COUNSEL_KEY)
def make_lead(desk: Desk, user_id: str) -> Changed:
    """Let one more clinical lead hold every team's key, and give them.

    Raises:
        NotAllowed: as ``give``; or the colleague's role is not clinical lead.
        NotFound: there is no such person.
    """
    user = _user(desk, user_id)
    _refuse_other_role(user)
    _note(desk, f"all counselling keys given to {user.name}")
    desk_keys.grant(desk.folder, desk.keys, ALL_COUNSEL, user_id)
    return _changed(user_id, f"{user.name} holds every counselling key now.")


@needs(Permission.GIVE_COUNSEL_KEY)
def take_away(desk: Desk, user_id: str, reason: str) -> Changed:
    """Take every counselling key away from somebody; new ones begin at once.

    Raises:
        NotAllowed: it is oneself, or the person at this desk does not give the key.
        NotFound: there is no such person.
    """
    user = _user(desk, user_id)
    _note(desk, f"counselling key taken away from {user.name}", reason)
    desk_keys.revoke_grant(desk.folder, desk.keys, ALL_COUNSEL, user_id)
    return _changed(user_id, f"{user.name} reads no note that is sealed from now on.")


@needs(Permission.MANAGE_PEOPLE)
def follow_role(desk: Desk, user: User) -> str:
    """Take away the counselling keys that somebody's new role does not go with.

    Asked by ``users`` in the deed that changes the role. A manager may take these keys
    away, as by letting somebody go, and never gives one.

    Args:
        desk: of a manager.
        user: as they are from now on.

    Returns:
        What it means, in words; "" where nothing was held.
    """
    may_hold = permissions_of(user.role)
    if Permission.GIVE_COUNSEL_KEY in may_hold:
        return ""
    keeps = {compartment_of(user)} if Permission.WRITE_SEALED in may_hold else set()
    taken = desk_keys.follow_role(desk.folder, desk.keys, user.id, keeps)
    if not taken:
        return ""
    said = f"{user.name} holds no counselling key any more."
    if keeps:
        said = f"{user.name} holds no counselling key but that of their team any more."
    return f"{said} {_next(desk, 'A new one begins when a clinical lead signs in.')}"


@needs(Permission.MANAGE_PEOPLE)
def given_again(desk: Desk) -> str:
    """Who gives the key to somebody who got new keys from a manager, in words."""
    return _next(desk, "A clinical lead gives the counselling key again.")


def _next(desk: Desk, by_a_lead: str) -> str:
    if desk_keys.members_of(desk.folder, desk.keys, ALL_COUNSEL):
        return by_a_lead
    return (
        "There is no clinical lead now: whoever becomes one takes the key up with "
        "recovery sheet B."
    )


def _refuse_other_role(user: User) -> None:
    if Permission.GIVE_COUNSEL_KEY not in permissions_of(user.role):
        raise NotAllowed(
            f"The role of {user.name} is not clinical lead.",
            "Nothing was changed. A manager changes the role first.",
        )


def _user(desk: Desk, user_id: str) -> User:
    with desk.store.reading() as rows:
        return get(rows, User, user_id)


def _note(desk: Desk, about: str, reason: str = "") -> None:
    looks.note(desk, LookKind.RIGHTS, about=about, reason=reason)


def _changed(user_id: str, said: str) -> Changed:
    return Changed({User.TABLE: frozenset({user_id})}, said)
