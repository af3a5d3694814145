"""The diary: a worker's week, everybody's week, what else is on at some days."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from provider_desk.model.diary import DiarySession
from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import codes_where, day
from provider_desk.store.search import NAME

_ROW = f"""
    SELECT s.id, c.id, r.id, c.code, {NAME.format("c")}, s.held_on,
        coalesce(s.starts_at, ''), s.type, coalesce(s.mode, ''), s.attendance,
        s.minutes, coalesce(s.worker, ''), coalesce(s.group_code, ''),
        coalesce(s.series, '')
    FROM session s
    JOIN referral r ON r.id = s.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
"""

#: Takes up a slot, or somebody's time.
_TAKES = f"s.attendance NOT IN ({codes_where('attendance', 'cancelled')})"


def _made(row: Sequence[Any]) -> DiarySession:
    return DiarySession(*(*row[:5], day(row[5]), *row[6:]))


def of_worker(rows: Rows, first: date, last: date, worker: str) -> list[DiarySession]:
    """A worker's sessions from a day to a day, both in, by day and time."""
    # By the days, hence the "+": of a worker there are years of sessions to look at.
    found = rows.rows(
        f"{_ROW} WHERE s.held_on BETWEEN ? AND ? AND +s.worker = ? "
        "AND s.deleted IS NULL ORDER BY s.held_on, s.starts_at, c.code",
        (first.isoformat(), last.isoformat(), worker),
    )
    return [_made(row) for row in found]


def by_id(rows: Rows, session_id: str) -> list[DiarySession]:
    """The session with an id; [] where it is not there."""
    sql = f"{_ROW} WHERE s.id = ? AND s.deleted IS NULL"
    return [_made(row) for row in rows.rows(sql, (session_id,))]


def of_people(
    rows: Rows, client_ids: Iterable[str], first: date, last: date
) -> list[DiarySession]:
    """Sessions of some people that were not cancelled, whoever holds them."""
    found = rows.rows(
        f"{_ROW} WHERE r.client_id IN (SELECT value FROM json_each(?)) "
        f"AND s.held_on BETWEEN ? AND ? AND {_TAKES} AND s.deleted IS NULL",
        (json.dumps(sorted(client_ids)), first.isoformat(), last.isoformat()),
    )
    return [_made(row) for row in found]


def of_worker_on(rows: Rows, days: Iterable[date], worker: str) -> list[DiarySession]:
    """A worker's sessions on some days, those that were not cancelled."""
    listed = json.dumps(sorted(on.isoformat() for on in days))
    found = rows.rows(
        f"{_ROW} WHERE s.held_on IN (SELECT value FROM json_each(?)) "
        f"AND s.worker = ? AND {_TAKES} AND s.deleted IS NULL",
        (listed, worker),
    )
    return [_made(row) for row in found]


def of_series(
    rows: Rows, referral_id: str, series: str, since: date
) -> list[tuple[str, date]]:
    """Bookings of a row that are still to come: id and day, in order."""
    found = rows.rows(
        "SELECT id, held_on FROM session WHERE referral_id = ? AND held_on >= ? "
        "AND series = ? AND attendance IN ('BOOKED', 'UNREC') AND deleted IS NULL "
        "ORDER BY held_on, starts_at, id",
        (referral_id, since.isoformat(), series),
    )
    return [(row[0], day(row[1])) for row in found]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sessions a worker has on a day, apart by what they take up."""

    worker: str
    on: date
    individual: int
    assessments: int
    all: int


def tallies(rows: Rows, first: date, last: date, worker: str = "") -> list[Tally]:
    """Sessions that were not cancelled, for each worker and day.

    Args:
        rows: the store.
        first: the first day.
        last: the last day.
        worker: only this one; "" for everybody.
    """
    only = "AND s.worker = ?" if worker else ""
    found = rows.rows(
        f"""
        SELECT s.worker, s.held_on,
            sum(s.type IN ({codes_where("session_type", "individual")})),
            sum(s.type = 'ASSESS'), count(*)
        FROM session s
        WHERE s.held_on BETWEEN ? AND ? AND s.worker <> '' AND {_TAKES}
            AND s.deleted IS NULL {only}
        GROUP BY s.worker, s.held_on
        """,
        (first.isoformat(), last.isoformat(), *([worker] if worker else [])),
    )
    return [Tally(row[0], day(row[1]), *row[2:]) for row in found]


def slots(rows: Rows, on: date, worker: str = "") -> dict[str, tuple[int, int]]:
    """Worker → individual sessions and assessments a week, as set by a day.

    What is set within a week counts for the whole of it.
    """
    only = "AND worker = ?" if worker else ""
    found = rows.rows(
        f"""
        SELECT worker, weekly_slots, coalesce(assessments, 0) FROM worker_slots
        WHERE from_on <= ? AND deleted IS NULL {only}
        ORDER BY worker, from_on, created
        """,
        (
            (on - timedelta(days=on.weekday()) + timedelta(days=6)).isoformat(),
            *([worker] if worker else []),
        ),
    )
    return {row[0]: (row[1], row[2]) for row in found}


def pauses(rows: Rows, referral_id: str) -> list[tuple[date, date | None]]:
    """Pauses of a referral's episodes: from, and the first day after, if known."""
    found = rows.rows(
        "SELECT p.from_on, coalesce(p.until_on, p.back_by) FROM episode e "
        "JOIN pause p ON p.episode_id = e.id AND p.deleted IS NULL "
        "WHERE e.referral_id = ? AND e.deleted IS NULL",
        (referral_id,),
    )
    return [(day(row[0]), day(row[1]) if row[1] else None) for row in found]
