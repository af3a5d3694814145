"""Measures that are due, gains counted: asked of one's own or of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import codes_sql, codes_where, day_or_none
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True)
class Measured:
    """A live episode of a worker's, as far as its measures are asked about.

    Attributes:
        second_on, third_on: the day of the second and the third session that the
            person came to, None before.
        last_came_on: the newest such day.
        last_score_on: day of the newest score, None where there is none.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    second_on: date | None
    third_on: date | None
    last_came_on: date | None
    last_score_on: date | None


def own_measured(
    rows: Rows, worker: str, areas: Sequence[str], today: date
) -> list[Measured]:
    """The live episodes that a worker runs in some service areas, oldest first."""
    came = f"""s.episode_id = e.id AND s.deleted IS NULL AND s.held_on <= ?2
            AND s.attendance IN ({codes_where("attendance", "delivered")})"""
    found = rows.rows(
        f"""
        SELECT e.referral_id, c.id, c.code, {NAME.format("c")},
            (SELECT s.held_on FROM session s WHERE {came}
                ORDER BY s.held_on LIMIT 1 OFFSET 1),
            (SELECT s.held_on FROM session s WHERE {came}
                ORDER BY s.held_on LIMIT 1 OFFSET 2),
            (SELECT max(s.held_on) FROM session s WHERE {came}),
            (SELECT max(m.scored_on) FROM score m
                WHERE m.referral_id = e.referral_id AND m.deleted IS NULL)
        FROM episode e CROSS JOIN referral r ON r.id = e.referral_id
        CROSS JOIN client c ON c.id = r.client_id
        WHERE e.worker = ?1 AND e.deleted IS NULL AND r.deleted IS NULL
            AND c.deleted IS NULL AND r.area IN ({codes_sql(tuple(areas))})
            AND NOT EXISTS (SELECT 1 FROM closure x
                WHERE x.episode_id = e.id AND x.deleted IS NULL)
        ORDER BY e.started_on
        """,
        (worker, today.isoformat()),
    )
    return [Measured(*row[:4], *map(day_or_none, row[4:])) for row in found]


def gains_counted(
    rows: Rows, from_on: date, until_on: date
) -> dict[str, tuple[int, int]]:
    """Gain → referrals it was seen in over some days, of them on two days or more."""
    found = rows.rows(
        """
        SELECT gain, count(*), sum(first_on < last_on) FROM (
            SELECT gain, referral_id, min(seen_on) AS first_on,
                max(seen_on) AS last_on
            FROM functional_gain
            WHERE seen_on BETWEEN ? AND ? AND deleted IS NULL
            GROUP BY gain, referral_id)
        GROUP BY gain
        """,
        (from_on.isoformat(), until_on.isoformat()),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in found}


def tags_ever(rows: Rows, session_id: str) -> dict[str, tuple[str, bool]]:
    """Outcome → id of its tag on a session, and whether it stands now."""
    found = rows.rows(
        "SELECT outcome, id, deleted IS NULL FROM support_tag "
        "WHERE session_id = ? ORDER BY deleted IS NULL",
        (session_id,),
    )
    return {row[0]: (row[1], bool(row[2])) for row in found}
