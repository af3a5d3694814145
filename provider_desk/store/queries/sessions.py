"""Sessions: the cases they can be logged for, those without an outcome, the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.model.views import Case, SessionRow
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import (
    STANDING,
    codes_where,
    day,
    day_or_none,
    marks,
    referral_with_all,
)
from provider_desk.store.search import NAME

#: How far back the picker looks for cases that somebody worked on lately.
_LATELY_DAYS = 60
_LATELY_ROWS = 1_500

_SESSION_ROW = f"""
    SELECT s.id, c.id, r.id, c.code, {NAME.format("c")}, s.held_on,
        coalesce(s.starts_at, ''), s.type, s.mode, s.attendance, s.minutes, s.worker
    FROM session s INDEXED BY session_open
    JOIN referral r ON r.id = s.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
"""

#: Sessions without an outcome; worded as the index session_open is.
_OPEN = "s.attendance IN ('UNREC', 'BOOKED') AND s.deleted IS NULL"


def _session_row(row: Sequence[Any]) -> SessionRow:
    return SessionRow(*(*row[:5], day(row[5]), *row[6:11], row[11] or ""))


def cases_of_clients(rows: Rows, client_ids: Sequence[str], worker: str) -> list[Case]:
    """The referrals of these people, whatever came of them."""
    if not client_ids:
        return []
    return _cases(
        rows, f"r.client_id IN ({marks(len(client_ids))})", client_ids, worker
    )


def cases_of_referrals(
    rows: Rows, referral_ids: Sequence[str], worker: str
) -> list[Case]:
    """These referrals as cases; retired ones are left out."""
    if not referral_ids:
        return []
    return _cases(rows, f"r.id IN ({marks(len(referral_ids))})", referral_ids, worker)


def _cases(rows: Rows, where: str, params: Sequence[str], worker: str) -> list[Case]:
    found = rows.rows(
        f"""
        SELECT r.id, coalesce(e.id, ''), c.id, c.code, {NAME.format("c")}, r.area,
            coalesce(e.worker, ''), {STANDING},
            (SELECT max(s.held_on) FROM session s
                WHERE s.referral_id = r.id AND s.deleted IS NULL
                AND s.attendance NOT IN ('BOOKED')),
            (SELECT s.worker FROM session s
                WHERE s.referral_id = r.id AND s.deleted IS NULL
                ORDER BY s.held_on DESC LIMIT 1)
        FROM {referral_with_all()} WHERE {where} AND r.deleted IS NULL
        """,
        params,
    )
    return [
        Case(
            *(
                *row[:8],
                day_or_none(row[8]),
                bool(worker) and worker in (row[6], row[9]),
            )
        )
        for row in found
    ]


def worked_on_lately(
    rows: Rows, today: date, worker: str, mine: Caseload = EVERYBODY
) -> list[str]:
    """Referrals with a session lately: first one's own, each newest first.

    Referrals received lately come after them, for a first appointment.

    Args:
        rows: the store.
        today: nothing later counts.
        worker: initials of whose come first.
        mine: whose referrals.
    """
    of_mine = ""
    if mine is not EVERYBODY:
        of_mine = (
            "AND {0} IN (SELECT r.id FROM referral r WHERE r.deleted IS NULL "
            f"AND {mine.test('r.client_id')})"
        )
    found = rows.rows(
        f"""
        SELECT id FROM (
            SELECT referral_id AS id, 1 - (worker = ?) AS other, held_on AS day
            FROM (SELECT referral_id, worker, held_on FROM session
                WHERE held_on BETWEEN ? AND ? AND deleted IS NULL
                {of_mine.format("referral_id")}
                ORDER BY held_on DESC LIMIT ?)
            UNION ALL
            SELECT * FROM (SELECT id, 2, received_on FROM referral
                WHERE deleted IS NULL {of_mine.format("id")}
                ORDER BY received_on DESC LIMIT 100)
        ) GROUP BY id ORDER BY min(other), max(day) DESC LIMIT 300
        """,
        (
            worker,
            (today - timedelta(_LATELY_DAYS)).isoformat(),
            today.isoformat(),
            *mine.params,
            _LATELY_ROWS,
            *mine.params,
        ),
    )
    return [row[0] for row in found]


def without_outcome(
    rows: Rows,
    before: date,
    mine: Caseload = EVERYBODY,
    *,
    worker: str = "",
    start: int = 0,
    count: int = 50,
) -> tuple[list[SessionRow], int]:
    """Sessions before a day that nobody recorded an outcome of, oldest first.

    Args:
        rows: the store.
        before: the first day that is left out.
        mine: whose sessions.
        worker: whose come first; "" for nobody's.
        start: how many to leave out at the beginning.
        count: how many at most.

    Returns:
        The rows, and how many there are in all.
    """
    source = "session s INDEXED BY session_open"
    test = f"{_OPEN} AND s.held_on < ?"
    if mine is not EVERYBODY:
        source += " JOIN referral r ON r.id = s.referral_id AND r.deleted IS NULL"
        test += f" AND {mine.test('r.client_id')}"
    params = (before.isoformat(), *mine.params)
    (total,) = rows.rows(f"SELECT count(*) FROM {source} WHERE {test}", params)[0]
    found = rows.rows(
        f"{_SESSION_ROW} WHERE {test} "
        "ORDER BY (s.worker = ?) DESC, s.held_on, s.starts_at LIMIT ? OFFSET ?",
        (*params, worker or None, count, start),
    )
    return [_session_row(row) for row in found], int(total)


def to_come(
    rows: Rows,
    first: date,
    last: date | None,
    count: int,
    mine: Caseload = EVERYBODY,
) -> list[SessionRow]:
    """Booked sessions from a day to a day, both in, by day and time."""
    limit = "" if mine is EVERYBODY else f"AND {mine.test('c.id')}"
    found = rows.rows(
        f"{_SESSION_ROW} WHERE {_OPEN} AND s.held_on >= ? AND s.held_on <= ? {limit} "
        "ORDER BY s.held_on, s.starts_at, c.code LIMIT ?",
        (
            first.isoformat(),
            last.isoformat() if last else "9999-12-31",
            *mine.params,
            count,
        ),
    )
    return [_session_row(row) for row in found]


def first_attended_on(
    rows: Rows, referral_id: str, *, since: date | None = None
) -> date | None:
    """Day of the first attended session that can start an episode, None if none.

    Args:
        rows: the store.
        referral_id: whose sessions.
        since: the first day that is looked at; None for all days.
    """
    found = rows.rows(
        f"""
        SELECT min(held_on) FROM session
        WHERE referral_id = ? AND deleted IS NULL
            AND type IN ({codes_where("session_type", "starts")})
            AND attendance IN ({codes_where("attendance", "delivered")})
            AND held_on >= ?
        """,
        (referral_id, since.isoformat() if since else ""),
    )
    return day_or_none(found[0][0])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session lies: its day, its episode, and what the rules look at."""

    session_id: str
    held_on: date
    episode_id: str
    type: str
    attendance: str


def of_referral(rows: Rows, referral_id: str) -> list[Place]:
    """A referral's sessions, oldest first."""
    found = rows.rows(
        "SELECT id, held_on, coalesce(episode_id, ''), type, attendance FROM session "
        "WHERE referral_id = ? AND deleted IS NULL "
        "ORDER BY held_on, starts_at, created",
        (referral_id,),
    )
    return [Place(row[0], day(row[1]), *row[2:]) for row in found]


def newest(rows: Rows, referral_id: str) -> dict[str, Any]:
    """Kind, mode, length, worker and group of a referral's newest session; {} if none.

    Bookings count: what was planned last is the best guess for what comes next.
    """
    names = ("type", "mode", "minutes", "worker", "group_code")
    found = rows.rows(
        f"SELECT {', '.join(names)} FROM session "
        "WHERE referral_id = ? AND deleted IS NULL AND type <> 'ASSESS' "
        "ORDER BY held_on DESC, starts_at DESC LIMIT 1",
        (referral_id,),
    )
    return dict(zip(names, found[0], strict=True)) if found else {}


def same_day(rows: Rows, referral_id: str, on: date, kind: str) -> int:
    """How many sessions of a kind a referral has on a day."""
    found = rows.rows(
        "SELECT count(*) FROM session "
        "WHERE referral_id = ? AND held_on = ? AND type = ? AND deleted IS NULL",
        (referral_id, on.isoformat(), kind),
    )
    return int(found[0][0])


def outcomes_of_referral(rows: Rows, referral_id: str) -> dict[str, tuple[str, ...]]:
    """Session → codes of the outcomes that it was for, of one referral's sessions."""
    found: dict[str, tuple[str, ...]] = {}
    for session_id, code in rows.each(
        "SELECT s.id, t.outcome FROM session s "
        "JOIN support_tag t ON t.session_id = s.id "
        "WHERE s.referral_id = ? AND s.deleted IS NULL AND t.deleted IS NULL "
        "ORDER BY s.id, t.outcome",
        (referral_id,),
    ):
        found[session_id] = (*found.get(session_id, ()), code)
    return found
