"""What was done to a desk while nobody was signed in, told at the next signing in.

Recovery sheet A gives a new password, brings the team secret back and restores a
backup. The log of who looked is signed by whoever is signed in, so it is told then: by
the sheet, and before this sign-in. Source: security design, §2.6, §2.7.
"""

from collections.abc import Iterable, Iterator

from provider_desk.keys import sheet_use
from provider_desk.keys.roster import Roster
from provider_desk.keys.statements import Statement
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.safety import older_copy
from provider_desk.services.saying import at
from provider_desk.store import op_log
from provider_desk.store.queries.counts import names_of_users

#: Settings of a copy: how many statements of the roster the log has told of, and when
#: the backup was made that it was restored from.
SEEN, RESTORED = "roster_seen", "restored_from_ms"

_BY = "by recovery sheet A, before this sign-in"
_SHEET = "A"


def tell(desk: Desk) -> None:
    """Write down what sheet A has done since somebody signed in last.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, OlderDesk, Trouble: it is told the next
            time.
    """
    with desk.store.reading() as rows:
        seen, restored = (op_log.setting(rows, name) for name in (SEEN, RESTORED))
        names = names_of_users(rows)
    if restored:
        about = f"from the backup of {at(int(restored))}, {_BY}"
        looks.note(desk, LookKind.RESTORE, about=about)
        older_copy.begin(desk)
        _put(desk, RESTORED, "")
    _tell_of_secret(desk)
    count = desk.keys.roster_revision
    if seen is not None and int(seen) < count:
        listed = desk.keys.current(desk.folder)
        for user in _given(listed.log[int(seen) :]):
            about = f"new password for {names.get(user, 'somebody')}, {_BY}"
            looks.note(
                desk, LookKind.RIGHTS, table=User.TABLE, row_id=user, about=about
            )
        count = len(listed.log)
    if seen != str(count):
        _put(desk, SEEN, str(count))


def begin(desk: Desk) -> None:
    """Nothing of what made a desk is told afterwards."""
    _put(desk, SEEN, str(desk.keys.roster_revision))


def settings_of_copy(listed: Roster, made_ms: int) -> dict[str, str]:
    """Settings that a restored copy begins with.

    Args:
        listed: who can sign in to it.
        made_ms: when its backup was made.
    """
    return {SEEN: str(listed.now.revision), RESTORED: str(made_ms)}


def _tell_of_secret(desk: Desk) -> None:
    folder, keys = desk.folder, desk.keys
    told = sheet_use.told_of(folder, keys.store_id, keys.team_secret)
    for at_ms in told:
        about = f"team secret brought back to a computer on {at(at_ms)}, {_BY}"
        looks.note(desk, LookKind.RIGHTS, about=about)
    if told:
        sheet_use.forget(folder)


def _given(statements: Iterable[Statement]) -> Iterator[str]:
    """Ids of those who got a new password by sheet A."""
    for said in statements:
        if said.by == _SHEET and said.deed == "member":
            yield str(said.told["user"])


def _put(desk: Desk, name: str, value: str) -> None:
    with desk.store.aside() as aside:
        aside.run(op_log.PUT_SETTING, (name, value))
