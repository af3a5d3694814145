"""The course of episodes: who is paused, what is to be reviewed, who missed sessions.

Each question begins with what is still open, so that it does not grow with the years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import codes_where, day, day_or_none
from provider_desk.store.search import NAME

#: Two sessions missed in a row are looked for among those of so many days.
_LATELY = timedelta(days=120)

_STILL_OPEN = """
    e.deleted IS NULL AND NOT EXISTS (SELECT 1 FROM closure x
        WHERE x.episode_id = e.id AND x.deleted IS NULL)
"""

_WHOSE = """
    JOIN referral r ON r.id = e.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
"""

_WHO = f"c.id, c.code, {NAME.format('c')}, coalesce(e.worker, ''), e.id"


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a live episode that asks for somebody.

    Attributes:
        row_id: the record that asks; the episode where sessions were missed.
        since: when that began: the pause, the phase, the last missed session.
        due_on: from when on it asks.
    """

    client_id: str
    code: str
    name: str
    worker: str
    episode_id: str
    row_id: str
    since: date
    due_on: date


def _due(row: Sequence[Any]) -> Due:
    return Due(*(*row[:6], day(row[6]), day(row[7])))


def _of_mine(mine: Caseload) -> str:
    return "" if mine is EVERYBODY else f"AND {mine.test('c.id')}"


def pauses_over(rows: Rows, today: date, mine: Caseload = EVERYBODY) -> list[Due]:
    """Pauses whose day to ask again has come; the longest waiting first."""
    found = rows.rows(
        f"""
        SELECT {_WHO}, p.id, p.from_on, p.back_by FROM pause p
        JOIN episode e ON e.id = p.episode_id AND {_STILL_OPEN} {_WHOSE}
        WHERE p.until_on IS NULL AND p.back_by <= ? AND p.deleted IS NULL
            {_of_mine(mine)}
        ORDER BY p.back_by
        """,
        (today.isoformat(), *mine.params),
    )
    return [_due(row) for row in found]


def step_downs_due(rows: Rows, today: date, mine: Caseload = EVERYBODY) -> list[Due]:
    """Step-down support of which the review has come; the longest waiting first."""
    found = rows.rows(
        f"""
        SELECT {_WHO}, p.id, p.started_on, p.review_on FROM phase p
        JOIN episode e ON e.id = p.episode_id AND {_STILL_OPEN} {_WHOSE}
        WHERE p.phase = 'STEP_DOWN' AND p.review_on <= ? AND p.deleted IS NULL
            {_of_mine(mine)}
        ORDER BY p.review_on
        """,
        (today.isoformat(), *mine.params),
    )
    return [_due(row) for row in found]


def missed_twice(rows: Rows, today: date, mine: Caseload = EVERYBODY) -> list[Due]:
    """Live episodes whose two newest sessions were missed; the longest ago first.

    Cancelled ones stand between nothing. Who is paused since, and what was talked over
    since, is left out. Source: domain reference, B6.
    """
    dna = codes_where("attendance", "dna")
    came = codes_where("attendance", "delivered")
    found = rows.rows(
        f"""
        WITH m AS (SELECT s.referral_id, max(s.held_on) AS last
            FROM session s INDEXED BY session_missed
            WHERE s.held_on BETWEEN ? AND ? AND s.attendance IN ({dna})
                AND s.deleted IS NULL
            GROUP BY s.referral_id HAVING count(*) > 1)
        SELECT {_WHO}, e.id, m.last, m.last FROM m
        JOIN episode e ON e.referral_id = m.referral_id AND {_STILL_OPEN} {_WHOSE}
        WHERE coalesce(e.missed_talked_on, '') < m.last {_of_mine(mine)}
            AND (SELECT count(*) FROM session b
                WHERE b.referral_id = m.referral_id AND b.deleted IS NULL
                AND b.attendance IN ({dna}) AND b.held_on > coalesce(
                    (SELECT max(a.held_on) FROM session a
                    WHERE a.referral_id = m.referral_id AND a.deleted IS NULL
                    AND a.attendance IN ({came})), '')) > 1
            AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.episode_id = e.id
                AND p.deleted IS NULL AND p.from_on >= m.last)
        ORDER BY m.last
        """,
        ((today - _LATELY).isoformat(), today.isoformat(), *mine.params),
    )
    return [_due(row) for row in found]


def trial_sessions(rows: Rows, referral_id: str) -> dict[str, int]:
    """Sessions attended before and after a trial, by the bucket they were put into."""
    found = rows.rows(
        f"""
        SELECT trial, count(*) FROM session
        WHERE referral_id = ? AND deleted IS NULL AND trial IS NOT NULL
            AND attendance IN ({codes_where("attendance", "delivered")})
        GROUP BY trial
        """,
        (referral_id,),
    )
    return {row[0]: int(row[1]) for row in found}


def has_trial_reason(rows: Rows, referral_id: str, bucket: str, but: str) -> bool:
    """Whether another session of that bucket says why there are more than agreed."""
    found = rows.rows(
        "SELECT 1 FROM session WHERE referral_id = ? AND trial = ? AND id <> ? "
        "AND trial_reason <> '' AND deleted IS NULL LIMIT 1",
        (referral_id, bucket, but),
    )
    return bool(found)


#: What was changed last, or made, by the deed that made a closing.
_BY_THE_CLOSING = """
    (SELECT o."txn" FROM op o WHERE o.hlc = unhex(t.changed)) =
    (SELECT o."txn" FROM closure x JOIN op o ON o.hlc = unhex(x.created)
        JOIN txn d ON d.id = o."txn" AND d.deed = 'close episode' WHERE x.id = ?)
"""


def done_with_closing(
    rows: Rows, table: str, of: tuple[str, str], closing_id: str
) -> list[str]:
    """Rows that were written by the same deed as a closing, and not touched since.

    None of a closing that came in with a spreadsheet.

    Args:
        rows: the store.
        table: one of our own tables.
        of: a column with an index, and its value.
        closing_id: the closing.
    """
    column, value = of
    found = rows.rows(
        f'SELECT t.id FROM "{table}" t WHERE t."{column}" = ? AND t.deleted IS NULL '
        f"AND {_BY_THE_CLOSING}",
        (value, closing_id),
    )
    return [row[0] for row in found]


def booked_after(rows: Rows, referral_id: str, after: date) -> list[tuple[str, date]]:
    """Sessions of a referral after a day that nobody recorded an outcome of."""
    outside = "'ASSESS', 'FOLLOWUP'"
    found = rows.rows(
        "SELECT id, held_on FROM session WHERE referral_id = ? AND held_on > ? "
        f"AND type NOT IN ({outside}) AND attendance IN ('BOOKED', 'UNREC') "
        "AND deleted IS NULL ORDER BY held_on, starts_at",
        (referral_id, after.isoformat()),
    )
    return [(row[0], day(row[1])) for row in found]


def scored(rows: Rows, referral_id: str) -> list[tuple[str, date, int]]:
    """Measure, day and total of each score of a referral, oldest first."""
    found = rows.rows(
        "SELECT instrument, scored_on, total FROM score WHERE referral_id = ? "
        "AND deleted IS NULL ORDER BY scored_on, created",
        (referral_id,),
    )
    return [(row[0], day(row[1]), int(row[2])) for row in found]


def surveyed_on(rows: Rows, referral_id: str) -> date | None:
    """Day of the newest signed survey of a referral; of unnamed ones nothing leads."""
    found = rows.rows(
        "SELECT max(answered_on) FROM survey_answer WHERE referral_id = ? "
        "AND deleted IS NULL",
        (referral_id,),
    )
    return day_or_none(found[0][0])
