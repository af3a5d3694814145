"""Groups: their members on a day, their register, how often they met."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from provider_desk.model.records import Group
from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import codes_where, day, day_or_none
from provider_desk.store.records import find
from provider_desk.store.search import NAME

_ON = "m.joined_on <= ? AND coalesce(m.left_on, '9999') >= ? AND m.deleted IS NULL"


def of_worker(rows: Rows, worker: str) -> list[Group]:
    """The groups that somebody runs."""
    return find(rows, Group, worker=worker) if worker else []


def members_on(rows: Rows, group_id: str, on: date) -> int:
    """How many people are members on a day."""
    found = rows.rows(
        "SELECT count(DISTINCT m.referral_id) FROM group_member m "
        f"WHERE m.group_id = ? AND {_ON}",
        (group_id, on.isoformat(), on.isoformat()),
    )
    return int(found[0][0])


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a group, with what the register of a day says of them.

    Attributes:
        member_id: of the record of the place.
        session_id: of the session on that day, "" where there is none.
        attendance: its code, "" where there is none.
    """

    member_id: str
    referral_id: str
    client_id: str
    code: str
    name: str
    joined_on: date
    left_on: date | None
    session_id: str
    attendance: str


def places(rows: Rows, group: Group, on: date | None = None) -> list[Place]:
    """Who has a place in a group, by name.

    Args:
        rows: the store.
        group: which group.
        on: only members on this day, with their session of that day; None for all
            who ever were.
    """
    asked = on.isoformat() if on else ""
    where = f"AND {_ON}" if on else "AND m.deleted IS NULL"
    found = rows.rows(
        f"""
        SELECT m.id, r.id, c.id, c.code, {NAME.format("c")}, m.joined_on, m.left_on,
            s.id, s.attendance
        FROM group_member m
        JOIN referral r ON r.id = m.referral_id AND r.deleted IS NULL
        JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
        LEFT JOIN session s ON s.referral_id = r.id AND s.held_on = ?
            AND s.group_code = ? AND s.deleted IS NULL
            AND s.type IN ({codes_where("session_type", "group")})
        WHERE m.group_id = ? {where}
        ORDER BY m.left_on IS NOT NULL, {NAME.format("c")}, c.code, m.joined_on
        """,
        (asked, group.name, group.id, *((asked, asked) if on else ())),
    )
    return [
        Place(*(*row[:5], day(row[5]), day_or_none(row[6]), row[7] or "", row[8] or ""))
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a group met and how many came, in all its time.

    Attributes:
        meetings: days on which somebody came.
        attendances: people who came, summed over the meetings.
        people: different people who came.
        last_on: the last meeting; None where there was none.
    """

    meetings: int
    attendances: int
    people: int
    last_on: date | None


def tallies(rows: Rows, group_id: str = "") -> dict[str, Tally]:
    """Group → what came of it, by the sessions of those who ever were members."""
    only = "AND g.id = ?" if group_id else ""
    found = rows.rows(
        f"""
        SELECT held.id, count(DISTINCT held.held_on), count(*),
            count(DISTINCT held.client_id), max(held.held_on)
        FROM (SELECT DISTINCT g.id AS id, s.id AS session_id, s.held_on AS held_on,
                r.client_id AS client_id
            FROM support_group g
            CROSS JOIN group_member m ON m.group_id = g.id AND m.deleted IS NULL
            CROSS JOIN referral r ON r.id = m.referral_id AND r.deleted IS NULL
            CROSS JOIN session s ON s.referral_id = m.referral_id
                AND s.held_on BETWEEN g.starts_on AND coalesce(g.ends_on, '9999')
            WHERE g.deleted IS NULL {only} AND s.group_code = g.name
                AND s.type IN ({codes_where("session_type", "group")})
                AND s.attendance IN ({codes_where("attendance", "delivered")})
                AND s.deleted IS NULL) AS held
        GROUP BY held.id
        """,
        (group_id,) if group_id else (),
    )
    return {row[0]: Tally(*(*row[1:4], day_or_none(row[4]))) for row in found}


def closed_before(rows: Rows, referral_ids: Iterable[str], on: date) -> dict[str, date]:
    """Referral → the day its support ended, where that is before a day."""
    in_error = codes_where("closure_reason", "counted", value=False)
    found = rows.rows(
        f"""
        SELECT e.referral_id, min(x.closed_on)
        FROM json_each(?) asked
        CROSS JOIN episode e ON e.referral_id = asked.value AND e.deleted IS NULL
        CROSS JOIN closure x ON x.episode_id = e.id AND x.deleted IS NULL
        WHERE x.closed_on < ?
            AND x.reason NOT IN ({in_error})
        GROUP BY e.referral_id
        """,
        (json.dumps(sorted(referral_ids)), on.isoformat()),
    )
    return {row[0]: day(row[1]) for row in found}


def members_now(rows: Rows, on: date) -> dict[str, int]:
    """Group → how many people are members on a day."""
    return dict(
        rows.rows(
            "SELECT m.group_id, count(DISTINCT m.referral_id) FROM group_member m "
            f"WHERE {_ON} GROUP BY m.group_id",
            (on.isoformat(), on.isoformat()),
        )
    )


def in_registers(rows: Rows, group: Group, referral_id: str) -> int:
    """How many sessions of a group somebody has, whatever came of them."""
    found = rows.rows(
        "SELECT count(*) FROM session WHERE referral_id = ? AND group_code = ? "
        "AND held_on >= ? AND deleted IS NULL",
        (referral_id, group.name, group.starts_on.isoformat()),
    )
    return int(found[0][0])


def was_held(rows: Rows, group: Group) -> bool:
    """Whether a register of a group was ever taken."""
    found = rows.rows(
        """
        SELECT EXISTS (SELECT 1 FROM group_member m
            CROSS JOIN session s ON s.referral_id = m.referral_id
            WHERE m.group_id = ? AND s.group_code = ? AND s.held_on >= ?
            AND s.deleted IS NULL)
        """,
        (group.id, group.name, group.starts_on.isoformat()),
    )
    return bool(found[0][0])
