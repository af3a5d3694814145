"""Staff: who ever signed in, and what still hangs on one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in, or did.

    Attributes:
        ended: the account was taken away.
    """

    user_id: str
    name: str
    role: str
    initials: str
    ended: bool


def accounts(rows: Rows) -> list[Account]:
    """Everybody who ever signed in, oldest first."""
    found = rows.rows(
        "SELECT id, coalesce(name, ''), coalesce(role, ''), coalesce(initials, ''), "
        'deleted IS NOT NULL FROM "user" ORDER BY created, id'
    )
    return [
        Account(row[0], row[1], row[2], row[3], ended=bool(row[4])) for row in found
    ]


def gone(rows: Rows, on: date) -> frozenset[str]:
    """Initials of those whose account was taken away, or ended before a day.

    Nobody else ever gets them.
    """
    found = rows.rows(
        "SELECT initials FROM \"user\" WHERE initials <> '' "
        "AND (deleted IS NOT NULL OR ends_on < ?)",
        (on.isoformat(),),
    )
    return frozenset(initials for (initials,) in found)


_LIVE = """
    FROM episode e JOIN referral r ON r.id = e.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    WHERE e.worker = ? AND e.deleted IS NULL
        AND NOT EXISTS (SELECT 1 FROM closure x
            WHERE x.episode_id = e.id AND x.deleted IS NULL)
"""

#: Allocated, and support neither began nor was declined.
_ALLOCATED = f"""
    FROM referral r JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    WHERE r.allocated_to = ? AND r.deleted IS NULL
        AND {NOT_BEGUN}
"""

_BOOKED = """
    FROM session s JOIN referral r ON r.id = s.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    WHERE s.worker = ? AND s.attendance IN ('UNREC', 'BOOKED') AND s.deleted IS NULL
        AND s.held_on {when} ?
"""


def live_cases(rows: Rows, worker: str) -> list[str]:
    """Ids of the episodes that a worker runs."""
    return _ids(rows, f"SELECT e.id {_LIVE}", (worker,))


def allocated(rows: Rows, worker: str) -> list[str]:
    """Ids of the referrals that a worker is to begin with."""
    return _ids(rows, f"SELECT r.id {_ALLOCATED}", (worker,))


def booked(rows: Rows, worker: str, today: date) -> list[str]:
    """Ids of a worker's sessions from today on."""
    sql = f"SELECT s.id {_BOOKED.format(when='>=')} ORDER BY s.held_on"
    return _ids(rows, sql, (worker, today.isoformat()))


def without_outcome(rows: Rows, worker: str, today: date) -> int:
    """How many of a worker's past sessions nobody said the outcome of."""
    sql = f"SELECT s.id {_BOOKED.format(when='<')}"
    return len(_ids(rows, sql, (worker, today.isoformat())))


def access_until(rows: Rows, user_id: str, today: date) -> list[str]:
    """Ids of leave to look outside the caseload that still holds."""
    return _ids(
        rows,
        "SELECT id FROM case_access WHERE user_id = ? AND until_on >= ? "
        "AND deleted IS NULL",
        (user_id, today.isoformat()),
    )


def _ids(rows: Rows, sql: str, params: Sequence[str]) -> list[str]:
    return [row[0] for row in rows.rows(sql, params)]
