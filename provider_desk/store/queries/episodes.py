"""Episodes: their clocks, their phases, and which of them are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import (
    codes_where,
    day,
    day_or_none,
    marks,
)
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True)
class Clocks:
    """What an episode's clocks are told from, as of a day.

    Attributes:
        phase: "CORE" or "STEP_DOWN".
        attended: sessions attended, groups and assessments too.
        exit_made_on: day of the newest exit strategy; None where there is none.
        exit_review_on: when that one is to be reviewed.
        exceptional: an approval stands on that day.
        exceptional_until: its last day; None where it stays valid or there is none.
    """

    episode_id: str
    referral_id: str
    client_id: str
    code: str
    name: str
    area: str
    worker: str
    started_on: date
    phase: str
    attended: int
    exit_made_on: date | None
    exit_review_on: date | None
    exceptional: bool
    exceptional_until: date | None
    closed_on: date | None
    closure_reason: str


def _clocks_sql(where: str) -> str:
    attended = codes_where("attendance", "delivered")
    return f"""
    WITH d(day) AS (SELECT ?)
    SELECT e.id, r.id, c.id, c.code, {NAME.format("c")}, r.area,
        coalesce(e.worker, ''), e.started_on,
        coalesce((SELECT p.phase FROM phase p
            WHERE p.episode_id = e.id AND p.deleted IS NULL AND p.started_on <= d.day
            ORDER BY p.started_on DESC, p.created DESC LIMIT 1), 'CORE'),
        (SELECT count(*) FROM session s
            WHERE s.episode_id = e.id AND s.deleted IS NULL
            AND s.attendance IN ({attended})),
        (SELECT v.made_on || ' ' || coalesce(v.review_on, '') FROM exit_strategy v
            WHERE v.episode_id = e.id AND v.deleted IS NULL
            ORDER BY v.made_on DESC, v.created DESC LIMIT 1),
        (SELECT max(coalesce(a.review_by, '9999-12-31')) FROM exceptional a
            WHERE a.episode_id = e.id AND a.deleted IS NULL AND a.approved_on <= d.day
            AND (a.review_by IS NULL OR a.review_by >= d.day)),
        x.closed_on, coalesce(x.reason, '')
    FROM d CROSS JOIN episode e
    JOIN referral r ON r.id = e.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    LEFT JOIN closure x ON x.episode_id = e.id AND x.deleted IS NULL
    WHERE e.deleted IS NULL AND {where}
    ORDER BY e.started_on
    """


def _clocks(row: Sequence[Any]) -> Clocks:
    made_on, _, review_on = (row[10] or "").partition(" ")
    until = row[11] or ""
    return Clocks(
        *(
            *row[:7],
            day(row[7]),
            *row[8:10],
            day_or_none(made_on),
            day_or_none(review_on),
            bool(until),
            None if until.startswith("9999") else day_or_none(until),
            day_or_none(row[12]),
            row[13],
        )
    )


def of_referrals(rows: Rows, referral_ids: Sequence[str], as_of: date) -> list[Clocks]:
    """The episodes of these referrals, oldest start first."""
    if not referral_ids:
        return []
    where = f"e.referral_id IN ({marks(len(referral_ids))})"
    found = rows.rows(_clocks_sql(where), (as_of.isoformat(), *referral_ids))
    return [_clocks(row) for row in found]


def open_in_area(rows: Rows, client_id: str, area: str) -> list[tuple[str, str, date]]:
    """Open episodes of a person in a service area: id, referral id, start."""
    found = rows.rows(
        """
        SELECT e.id, r.id, e.started_on FROM referral r
        JOIN episode e ON e.referral_id = r.id AND e.deleted IS NULL
        WHERE r.client_id = ? AND r.area = ? AND r.deleted IS NULL
            AND NOT EXISTS (SELECT 1 FROM closure x
                WHERE x.episode_id = e.id AND x.deleted IS NULL)
        """,
        (client_id, area),
    )
    return [(row[0], row[1], day(row[2])) for row in found]


def open_referrals_in_area(rows: Rows, client_id: str, area: str) -> list[str]:
    """A person's referrals in an area that await a decision, wait, or are live."""
    found = rows.rows(
        """
        SELECT r.id FROM referral r
        LEFT JOIN waiting_entry w ON w.referral_id = r.id AND w.deleted IS NULL
        LEFT JOIN episode e ON e.referral_id = r.id AND e.deleted IS NULL
        WHERE r.client_id = ? AND r.area = ? AND r.deleted IS NULL
            AND (r.decision = 'PENDING' OR (r.decision = 'ACCEPTED'
                AND w.removed_on IS NULL
                AND NOT EXISTS (SELECT 1 FROM closure x
                    WHERE x.episode_id = e.id AND x.deleted IS NULL)))
        """,
        (client_id, area),
    )
    return [row[0] for row in found]


_HANGING = (
    "phase",
    "exit_strategy",
    "exceptional",
    "closure",
    "pause",
    "frequency_change",
    "exit_review",
    "onward_referral",
    "extension_request",
)


def hanging_on(rows: Rows, episode_id: str) -> dict[str, int]:
    """How many rows of each kind belong to an episode, its sessions apart."""
    found: dict[str, int] = {}
    for table in _HANGING:
        (count,) = rows.rows(
            f"SELECT count(*) FROM {table} WHERE episode_id = ? AND deleted IS NULL",
            (episode_id,),
        )[0]
        found[table] = int(count)
    return found
