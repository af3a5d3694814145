"""When somebody leaves: what is still open, and handing their people over."""

from dataclasses import dataclass

from provider_desk.keys import desk_keys
from provider_desk.model.changed import Changed
from provider_desk.model.clock import moment
from provider_desk.model.errors import NotFound
from provider_desk.model.records import Episode, Referral, Session, User
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs, permissions_of
from provider_desk.services.safety import backups
from provider_desk.services.saying import some
from provider_desk.store import drafts
from provider_desk.store.queries import staff
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: A copy outside should not be older.
_OUTSIDE_DAYS = 7


@dataclass(frozen=True, slots=True)
class LeaverPoint:
    """One point of the list; each is a fact of this desk.

    Attributes:
        key: short and stable: "cases", "waiting", "bookings", "outcomes", "access",
            "drafts", "account", "keys", "backup".
        title: what is to be done, in words.
        detail: how it stands.
        count: how many are open; 0 where nothing is.
    """

    key: str
    title: str
    detail: str
    count: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing is open."""
        return self.count == 0


@needs(Permission.MANAGE_PEOPLE)
def leaver_checklist(desk: Desk, user_id: str) -> list[LeaverPoint]:
    """What is still to be done for somebody who leaves or has left.

    Raises:
        NotFound: nobody with this id ever signed in here.
    """
    today = desk.today()
    with desk.store.reading() as rows:
        account = _account(rows, user_id)
        worker = account.initials
        points = [
            _open("cases", "Hand over live cases", "live case",
                  len(staff.live_cases(rows, worker))),
            _open("waiting", "Hand over people who wait to begin", "person allocated",
                  len(staff.allocated(rows, worker)), "people allocated"),
            _open("bookings", "Hand over sessions that are booked", "booking",
                  len(staff.booked(rows, worker, today))),
            _open("outcomes", "Record what came of past sessions",
                  "session without outcome",
                  staff.without_outcome(rows, worker, today),
                  "sessions without outcome"),
            _open("access", "End access to other people's records", "access given",
                  len(staff.access_until(rows, user_id, today)), "accesses given"),
            _open("drafts", "Let them finish or give up their drafts", "draft",
                  len(drafts.listed(rows, user_id))),
        ]  # fmt: skip
    points.append(
        LeaverPoint(
            "account",
            "End the account",
            "ended" if account.ended else f"{account.name} can still sign in",
            int(not account.ended),
        )
    )
    return [*points, _keys(desk, user_id), _backup(desk)]


def _account(rows: Rows, user_id: str) -> staff.Account:
    for account in staff.accounts(rows):
        if account.user_id == user_id:
            return account
    raise NotFound("Nobody with this account ever signed in here.")


def _open(key: str, title: str, one: str, count: int, many: str = "") -> LeaverPoint:
    detail = some(count, one, many) if count else "none"
    return LeaverPoint(key, title, detail, count)


def _keys(desk: Desk, user_id: str) -> LeaverPoint:
    """Which keys they still hold, or knew and are not renewed yet."""
    held = [
        name
        for name in (desk_keys.CORE, desk_keys.ADMIN, *_teams(desk))
        if user_id in desk_keys.members_of(desk.folder, desk.keys, name)
    ]
    due = desk_keys.due(desk.folder, desk.keys)
    parts = []
    if held:
        parts.append(f"{some(len(held), 'key')} held")
    if due:
        parts.append(
            f"{some(len(due), 'key')} to renew when somebody signs in who holds it"
        )
    return LeaverPoint(
        "keys",
        "Take away and renew their keys",
        ", ".join(parts) or "taken away and renewed",
        len(held) + len(due),
    )


def _backup(desk: Desk) -> LeaverPoint:
    """How old the last copy outside this computer is."""
    made_ms = backups.last_outside_ms(desk)
    title = "Have a copy of the desk outside"
    if made_ms is None:
        return LeaverPoint("backup", title, "none was made on this computer", 1)
    days = (desk.today() - moment(made_ms).date()).days
    age = "today" if days <= 0 else f"{some(days, 'day')} ago"
    return LeaverPoint("backup", title, f"last made {age}", int(days > _OUTSIDE_DAYS))


def _teams(desk: Desk) -> list[str]:
    return desk_keys.teams(desk.folder, desk.keys)


@needs(Permission.SEE_ALL, Permission.RUN_EPISODES)
def reassign_cases(desk: Desk, from_initials: str, to_initials: str) -> Changed:
    """Hand the live cases, allocated people and bookings of one worker to another.

    What was recorded stays under the name of who recorded it.

    Raises:
        NotValid: nobody who sees people signs in with the new initials.
    """
    before, after = from_initials.strip(), to_initials.strip()
    reason = f"handed over from {before} to {after}"
    with desk.store.writing("hand over cases", desk.user.id, reason) as deed:
        _refuse_nobody(deed, before, after)
        cases = staff.live_cases(deed, before)
        referrals = staff.allocated(deed, before)
        bookings = staff.booked(deed, before, desk.today())
        for episode_id in cases:
            saving.change(desk, deed, Episode, episode_id, {"worker": after})
        for referral_id in referrals:
            saving.change(desk, deed, Referral, referral_id, {"allocated_to": after})
        for session_id in bookings:
            deed.addendum(Session, session_id, {"worker": after}, reason)
        said = (
            f"Handed over to {after}: {some(len(cases), 'live case')}, "
            f"{some(len(referrals), 'person who waits', 'people who wait')} to begin, "
            f"{some(len(bookings), 'booking')}."
        )
        return saving.done(deed, said)


def _refuse_nobody(deed: Deed, before: str, after: str) -> None:
    if not before or before == after:
        raise saving.stop("to", "Choose somebody else to hand over to.")
    taking = [
        user
        for user in find(deed, User, initials=after)
        if after and Permission.SEE_OWN in permissions_of(user.role)
    ]
    if not taking:
        raise saving.stop(
            "to", f"Nobody who sees people signs in as “{after}”. Choose from the list."
        )
