"""Questions of planning: slots and bookings by worker, groups, who else helps.

Numbers only; nobody is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import (
    codes_where,
    marks,
)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a worker has a week, from a day on.

    Attributes:
        weekly: individual sessions.
        assessments: apart from them.
    """

    worker: str
    from_on: date
    weekly: int
    assessments: int


def worker_slots(rows: Rows) -> list[Slots]:
    """Every row of every worker, oldest first."""
    found = rows.rows(
        "SELECT worker, from_on, weekly_slots, assessments FROM worker_slots "
        "WHERE deleted IS NULL ORDER BY worker, from_on, created"
    )
    return [Slots(row[0], date.fromisoformat(row[1]), *row[2:]) for row in found]


def booked_by_week(
    rows: Rows, first: date, weeks: int
) -> dict[tuple[str, int], tuple[int, int]]:
    """(worker, week from 0) → individual sessions and assessments of that week.

    What the service or the person called off is not counted: its slot is free again.

    Args:
        rows: the store.
        first: the Monday of the first week.
        weeks: how many weeks.
    """
    individual = codes_where("session_type", "individual")
    called_off = codes_where("attendance", "cancelled_by_person")
    found = rows.rows(
        f"""
        SELECT worker, (julianday(held_on) - julianday(?1)) / 7 AS week,
            sum(type IN ({individual})), sum(type = 'ASSESS')
        FROM session
        WHERE held_on >= ?1 AND held_on < date(?1, '+' || ?2 || ' days')
            AND deleted IS NULL
            AND attendance NOT IN ({called_off}) AND attendance <> 'CX_PROV'
        GROUP BY worker, CAST(week AS INTEGER)
        """,
        (first.isoformat(), 7 * weeks),
    )
    return {(row[0], int(row[1])): (row[2], row[3]) for row in found}


def offered_everywhere(rows: Rows, first: date, last: date) -> int:
    """Individual sessions offered from a day to a day, of all contracts and areas."""
    individual = codes_where("session_type", "individual")
    offered = codes_where("attendance", "offered")
    found = rows.rows(
        f"SELECT count(*) FROM session WHERE held_on BETWEEN ? AND ? "
        f"AND type IN ({individual}) AND attendance IN ({offered}) "
        "AND deleted IS NULL",
        (first.isoformat(), last.isoformat()),
    )
    return int(found[0][0])


@dataclass(frozen=True, slots=True)
class GroupWork:
    """Attendances at groups, by whether a contract pays for the group.

    Attributes:
        funded: "Y", "N", or "" for a group that is not in the register.
        groups: different ones.
        attendances: times that somebody came.
    """

    funded: str
    groups: int
    attendances: int


def group_work(
    rows: Rows, contract_id: str, areas: Sequence[str], first: date, last: date
) -> list[GroupWork]:
    """Attendances at groups from a day to a day, of some areas of a contract."""
    came = codes_where("attendance", "delivered")
    groups = codes_where("session_type", "group")
    unpaid = codes_where("session_type", "commissioned", value=False)
    found = rows.rows(
        f"""
        SELECT CASE WHEN s.type IN ({unpaid}) THEN 'N' ELSE coalesce(g.funded, '')
            END AS funded, count(DISTINCT s.group_code),
            count(*)
        FROM session AS s
        CROSS JOIN referral AS r ON r.id = s.referral_id
        LEFT JOIN support_group AS g ON g.name = s.group_code
            AND g.contract_id = r.contract_id AND g.deleted IS NULL
            AND s.held_on BETWEEN g.starts_on AND coalesce(g.ends_on, '9999')
        WHERE s.held_on BETWEEN ? AND ? AND s.type IN ({groups})
            AND s.attendance IN ({came}) AND s.deleted IS NULL
            AND r.contract_id = ? AND r.area IN ({marks(len(areas))})
            AND r.deleted IS NULL
        GROUP BY funded
        """,
        (first.isoformat(), last.isoformat(), contract_id, *areas),
    )
    return [GroupWork(*row) for row in found]


def endings_by_stage(
    rows: Rows, contract_id: str, areas: Sequence[str], first: date, last: date
) -> dict[str, tuple[int, int]]:
    """Where the support stood → unplanned endings and all, from a day to a day.

    The stage is "START" where fewer than two sessions were attended, "STEP_DOWN" where
    step-down had begun by the last day, "CORE" otherwise. Counted as the return counts
    closures. Source: practices, P16; monthly return, D1.
    """
    came = codes_where("attendance", "delivered")
    planned = codes_where("closure_reason", "planned")
    counted = codes_where("closure_reason", "counted")
    found = rows.rows(
        f"""
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM phase AS p WHERE p.episode_id = e.id
                AND p.phase = 'STEP_DOWN' AND p.started_on <= c.closed_on
                AND p.deleted IS NULL) THEN 'STEP_DOWN'
            WHEN (SELECT count(*) FROM (SELECT 1 FROM session AS s
                WHERE s.episode_id = e.id AND s.attendance IN ({came})
                    AND s.deleted IS NULL LIMIT 2)) < 2 THEN 'START'
            ELSE 'CORE' END AS stage,
            sum(c.reason NOT IN ({planned})), count(*)
        FROM closure AS c
        CROSS JOIN episode AS e ON e.id = c.episode_id
        CROSS JOIN referral AS r ON r.id = e.referral_id
        WHERE c.closed_on BETWEEN ? AND ? AND c.reason IN ({counted})
            AND c.deleted IS NULL AND e.deleted IS NULL AND r.deleted IS NULL
            AND r.contract_id = ? AND r.area IN ({marks(len(areas))})
        GROUP BY stage
        """,
        (first.isoformat(), last.isoformat(), contract_id, *areas),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in found}


def other_services(
    rows: Rows, contract_id: str, areas: Sequence[str], on: date
) -> dict[int, int]:
    """How many other services people use → how many people in support use so many.

    As far as it is recorded who else supports them; nobody is matched with anybody
    else's records. Who is in support is told by two indexes that run along each other.
    """
    services = codes_where("supporter_kind", "service")
    found = rows.rows(
        f"""
        WITH live AS MATERIALIZED (
            SELECT DISTINCT r.client_id AS client_id
            FROM (SELECT o.id FROM episode AS o INDEXED BY episode_1
                    WHERE o.id > '' AND o.deleted IS NULL AND o.started_on <= ?
                EXCEPT SELECT x.episode_id FROM closure AS x INDEXED BY closure_0
                    WHERE x.episode_id > '' AND x.deleted IS NULL) AS k
            CROSS JOIN episode AS e INDEXED BY episode_1 ON e.id = k.id
            CROSS JOIN referral AS r INDEXED BY referral_4 ON r.id = e.referral_id
            WHERE e.deleted IS NULL AND r.deleted IS NULL
                AND r.contract_id = ? AND r.area IN ({marks(len(areas))})
        ), helped AS MATERIALIZED (
            SELECT (SELECT count(DISTINCT b.kind) FROM supported_by AS b
                WHERE b.client_id = live.client_id AND b.deleted IS NULL
                AND (b.until_on IS NULL OR b.until_on >= ?)
                AND b.kind IN ({services})) AS services
            FROM live
        )
        SELECT services, count(*) FROM helped GROUP BY services
        """,
        (on.isoformat(), contract_id, *areas, on.isoformat()),
    )
    return {int(services): int(people) for services, people in found}
