"""Drafts: what stands unsaved in a panel, sealed, kept through a lock and a crash.

They are no records: not in the op log, seen by nobody but who typed them, and gone
when the panel is saved or given up. This module can't open them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from provider_desk.model.rows import Rows
from provider_desk.store import ballast
from provider_desk.store.store import Store

_COLUMNS = '"user", name, at, sealed'
_PUT = f"INSERT OR REPLACE INTO draft({_COLUMNS}) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """One draft.

    Attributes:
        user: the id of the user who types it.
        name: what the window calls it; holds no words of a person.
        at: when it was kept, milliseconds since 1970 in UTC.
        sealed: what was typed and where, sealed.
    """

    user: str
    name: str
    at: int
    sealed: bytes


def keep(store: Store, user: str, name: str, at_ms: int, sealed: bytes) -> None:
    """Keep a draft in place of an older one; it is on the disk when this returns.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: the older one stands.
    """
    keep_all(store, user, {name: sealed}, at_ms)


def keep_all(store: Store, user: str, drafts: Mapping[str, bytes], at_ms: int) -> None:
    """Keep several drafts of a person at once: name → sealed.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: the older ones stand.
    """

    def write() -> None:
        with store.aside() as aside:
            aside.run_many(
                _PUT, [(user, name, at_ms, sealed) for name, sealed in drafts.items()]
            )

    ballast.twice(store.path.parent, write)


def take(rows: Rows, user: str, name: str) -> Draft | None:
    """A draft by its name, or None; it stays kept."""
    sql = f'SELECT {_COLUMNS} FROM draft WHERE "user" = ? AND name = ?'
    found = rows.rows(sql, (user, name))
    return Draft(*found[0]) if found else None


def listed(rows: Rows, user: str) -> list[Draft]:
    """All drafts of a person, newest first."""
    sql = f'SELECT {_COLUMNS} FROM draft WHERE "user" = ? ORDER BY at DESC, name'
    return [Draft(*row) for row in rows.rows(sql, (user,))]


def drop(store: Store, user: str, name: str = "") -> int:
    """Give up a draft, or all of a person where none is named; returns how many.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: they stand.
    """

    def write() -> int:
        with store.aside() as aside:
            if name:
                sql = 'DELETE FROM draft WHERE "user" = ? AND name = ?'
                return aside.run(sql, (user, name))
            return aside.run('DELETE FROM draft WHERE "user" = ?', (user,))

    return ballast.twice(store.path.parent, write)
