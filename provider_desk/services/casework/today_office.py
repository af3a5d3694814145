"""What the office has to see to: backups, keys, accounts that end, looks outside.

Lines for Today, each for those whose role can do something about it.
Source: security design, §1; domain reference, F9.
"""

from collections.abc import Iterator
from datetime import timedelta

from provider_desk.model.clock import moment
from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Contract
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import counsel_key
from provider_desk.services.rights.counsel_key import Standing
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.rights.users import users
from provider_desk.services.safety import backups
from provider_desk.services.saying import day, some
from provider_desk.store.records import find

#: A copy outside this computer is to be no older. Source: security design, §1.
OUTSIDE_DAYS = 7

#: Accounts that end are told of so many days ahead.
ENDS_WITHIN = timedelta(days=14)


def things(desk: Desk) -> list[ToDo]:
    """Lines for the person at this desk, the most urgent first."""
    found = [*_own_password(desk)]
    if may(desk, Permission.CHANGE_SETTINGS):
        found += _no_contract(desk)
    if may(desk, Permission.READ_LOG):
        found += _outside(desk)
    if may(desk, Permission.BACK_UP):
        found += _backup(desk)
    if may(desk, Permission.GIVE_COUNSEL_KEY):
        found += _counsel_key(desk)
    if may(desk, Permission.MANAGE_PEOPLE):
        found += _accounts(desk)
    return found


def _line(title: str, detail: str, place: str) -> ToDo:
    return ToDo(ToDoKind.OFFICE, title, detail, None, place=place)


def _own_password(desk: Desk) -> Iterator[ToDo]:
    # On a demo desk everybody knows the password, and is to go on knowing it.
    if desk.keys.password_given and desk.provider().invented != "Y":
        yield _line(
            "Choose a password of your own",
            "somebody else gave you the one you have",
            "settings/password",
        )


def _no_contract(desk: Desk) -> Iterator[ToDo]:
    """A new desk begins with its contract: every referral belongs to one."""
    with desk.store.reading() as rows:
        found = find(rows, Contract)
    if not found:
        yield _line(
            "Add your first contract",
            "every referral belongs to one; then let colleagues sign in",
            "settings/contracts",
        )


def _outside(desk: Desk) -> Iterator[ToDo]:
    """People that somebody opened yesterday outside their caseload."""
    yesterday = desk.today() - timedelta(days=1)
    found = looks.log(
        desk, 0, _MOST, kind=LookKind.OUTSIDE, first=yesterday, last=yesterday
    )
    if found.rows:
        count = some(len(found.rows), "record was", "records were")
        more = "at least " if found.total > len(found.rows) else ""
        yield _line(
            "Look at who opened what outside their caseload",
            f"{more}{count} opened yesterday, with a reason",
            f"who_looked/{LookKind.OUTSIDE.value}/{yesterday.isoformat()}",
        )


_MOST = 200


def _backup(desk: Desk) -> Iterator[ToDo]:
    last = backups.last_outside_ms(desk)
    if last is None:
        detail = "no copy has left this computer yet"
    else:
        on = moment(last).date()
        if (desk.today() - on).days <= OUTSIDE_DAYS:
            return
        detail = f"the last copy outside this computer is of {day(on)}"
    yield _line("Bring a backup outside", detail, "settings/backups")


def _counsel_key(desk: Desk) -> Iterator[ToDo]:
    try:
        found = counsel_key.standing(desk)
    except DeskError:
        # The page itself says what is in the way.
        return
    yield from _key_lines(found)


def _key_lines(found: Standing) -> Iterator[ToDo]:
    place = "settings/counsel_key"
    if not found.has_lead:
        yield _line(
            "Take up the counselling key with sheet B",
            "until then nobody can read what is sealed",
            place,
        )
    if not found.leads:
        return
    if found.first_sheet:
        yield _line(
            "Renew recovery sheet B",
            "the one there is was printed when the desk was made",
            "settings/sheets",
        )
    for holder in found.holders:
        if holder.wanted:
            yield _line(
                f"Give the counselling key to {holder.user.name}",
                f"team “{holder.user.team}”",
                place,
            )


def _accounts(desk: Desk) -> Iterator[ToDo]:
    today = desk.today()
    for user in users(desk):
        if user.ends_on is None:
            continue
        if user.ends_on < today:
            yield _line(
                f"Finish the leaving of {user.name}",
                f"the account ended on {day(user.ends_on)}; the keys are still theirs",
                "settings/staff",
            )
        elif user.ends_on <= today + ENDS_WITHIN:
            yield _line(
                f"The account of {user.name} ends",
                f"on {day(user.ends_on)}",
                "settings/staff",
            )
