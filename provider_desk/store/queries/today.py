"""What needs doing today, each question limited to what is still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import day, day_or_none, marks
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True)
class Live:
    """A live episode, as far as Today asks about it.

    Attributes:
        step_down: not in core support any more.
        exit_id: newest exit strategy, "" where there is none.
        exit_review_on: when that one is to be reviewed.
        excused: an approval to go past 12 months stands.
    """

    episode_id: str
    referral_id: str
    worker: str
    started_on: date
    step_down: bool
    exit_id: str
    exit_review_on: date | None
    excused: bool


# Each step is answered by an index alone: ids are random, so that every row which
# is looked up costs a page of its own.
_LIVE = """
    SELECT e.id, e.referral_id, coalesce(e.worker, ''), e.started_on,
        EXISTS (SELECT 1 FROM phase p
            WHERE p.episode_id = e.id AND p.deleted IS NULL
            AND p.phase = 'STEP_DOWN' AND p.started_on <= ?1),
        (SELECT v.id || ' ' || coalesce(v.review_on, '') FROM exit_strategy v
            WHERE v.episode_id = e.id AND v.deleted IS NULL
            ORDER BY v.made_on DESC, v.created DESC LIMIT 1),
        EXISTS (SELECT 1 FROM exceptional a
            WHERE a.episode_id = e.id AND a.deleted IS NULL AND a.approved_on <= ?1
            AND (a.review_by IS NULL OR a.review_by >= ?1))
    FROM episode e
    WHERE e.deleted IS NULL
        AND NOT EXISTS (SELECT 1 FROM closure x
            WHERE x.episode_id = e.id AND x.deleted IS NULL)
        AND e.referral_id NOT IN (SELECT r.id FROM client c
            CROSS JOIN referral r ON r.client_id = c.id WHERE c.deleted IS NOT NULL)
        {of_mine}
    ORDER BY e.started_on
"""


def live_episodes(rows: Rows, today: date, mine: Caseload = EVERYBODY) -> list[Live]:
    """Every live episode of somebody on the desk, oldest start first.

    Args:
        rows: the store.
        today: as of this day.
        mine: whose episodes.
    """
    of_mine = ""
    if mine is not EVERYBODY:
        of_mine = (
            "AND e.referral_id IN (SELECT r.id FROM referral r "
            f"WHERE r.deleted IS NULL AND {mine.test('r.client_id')})"
        )
    sql = _LIVE.format(of_mine=of_mine)
    found = rows.rows(sql, (today.isoformat(), *mine.params))
    return [_live(row) for row in found]


def _live(row: Sequence[Any]) -> Live:
    exit_id, _, review_on = (row[5] or "").partition(" ")
    values = (
        *row[:3],
        day(row[3]),
        bool(row[4]),
        exit_id,
        day_or_none(review_on),
        bool(row[6]),
    )
    return Live(*values)


def whose(rows: Rows, referral_ids: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Referral id → the person's id, code and name."""
    ids = list(dict.fromkeys(referral_ids))
    if not ids:
        return {}
    found = rows.rows(
        f"SELECT r.id, c.id, c.code, {NAME.format('c')} FROM referral r "
        f"JOIN client c ON c.id = r.client_id WHERE r.id IN ({marks(len(ids))})",
        ids,
    )
    return {row[0]: row[1:] for row in found}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A referral that awaits a decision."""

    referral_id: str
    client_id: str
    code: str
    name: str
    area: str
    received_on: date


def undecided(rows: Rows) -> list[Undecided]:
    """Referrals without a decision, longest wait first."""
    found = rows.rows(
        f"""
        SELECT r.id, c.id, c.code, {NAME.format("c")}, r.area, r.received_on
        FROM referral r JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
        WHERE r.decided_on IS NULL AND r.decision = 'PENDING' AND r.deleted IS NULL
        ORDER BY r.received_on, c.code
        """
    )
    return [Undecided(*(*row[:5], day(row[5]))) for row in found]
