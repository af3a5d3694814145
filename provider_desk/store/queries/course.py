"""The course of episodes: who is paused, what is to be reviewed, who missed sessions.

Each question begins with what is still open, so that it does not grow with the years.
"""

from datetime import date
from typing import Any, NamedTuple

from provider_desk.model.rows import Rows
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import codes_where, day, day_or_none

#: Two sessions missed in a row are looked for among those of so many days.
_LATELY = "-120 days"

_CLOSED = """
    EXISTS (SELECT 1 FROM closure x WHERE x.episode_id = {0} AND x.deleted IS NULL)
"""

#: Whether one runs an episode oneself; so that only indexes are read.
_OWN = "e.id IN (SELECT o.id FROM episode o WHERE o.worker = ?2)"


class Due(NamedTuple):
    """Something of a live episode that asks for somebody.

    Attributes:
        row_id: the record that asks; the episode where sessions were missed.
        since: when that began, as it is stored: the pause, the phase, the last missed
            session.
        due_on: from when on it asks, as it is stored.
        own: run by the worker who was named.
    """

    episode_id: str
    row_id: str
    since: str
    due_on: str
    own: int


def _whose(mine: Caseload) -> str:
    """Of people on the desk, and of a caseload."""
    test = "" if mine is EVERYBODY else f"AND {_in(mine, 'r.client_id')}"
    return f"""
    EXISTS (SELECT 1 FROM referral r WHERE r.id = e.referral_id AND r.deleted IS NULL
        AND r.client_id NOT IN (SELECT g.id FROM client g WHERE g.deleted IS NOT NULL)
        {test})
    """


def _in(mine: Caseload, column: str) -> str:
    """The caseload's test; these questions bind what it needs as ?3."""
    return mine.test(column).replace("?", "?3")


def _in_order(found: list[tuple[Any, ...]]) -> list[Due]:
    """One's own first, then the longest waiting."""
    due = [Due._make(row) for row in found]
    return sorted(due, key=lambda each: (not each.own, each.due_on, each.row_id))


def pauses_over(
    rows: Rows, today: date, mine: Caseload = EVERYBODY, worker: str = ""
) -> list[Due]:
    """Pauses whose day to ask again has come; one's own first, the longest waiting.

    Args:
        rows: the store.
        today: as of this day.
        mine: whose.
        worker: whose come first.
    """
    return _in_order(
        rows.rows(
            f"""
            SELECT e.id, p.id, p.from_on, p.back_by, {_OWN} FROM pause p
            CROSS JOIN episode e ON e.id = p.episode_id AND e.deleted IS NULL
            WHERE p.until_on IS NULL AND p.back_by <= ?1 AND p.deleted IS NULL
                AND NOT {_CLOSED.format("p.episode_id")} AND {_whose(mine)}
            """,
            (today.isoformat(), worker or None, *mine.params),
        )
    )


def step_downs_due(
    rows: Rows, today: date, mine: Caseload = EVERYBODY, worker: str = ""
) -> list[Due]:
    """Step-down support of which the review has come; as ``pauses_over``.

    Most of it is of episodes that were closed long ago, which two indexes tell.
    """
    return _in_order(
        rows.rows(
            f"""
            SELECT e.id, p.id, p.started_on, p.review_on, {_OWN}
            FROM phase p INDEXED BY phase_2
            CROSS JOIN episode e ON e.id = p.episode_id AND e.deleted IS NULL
            WHERE p.phase = 'STEP_DOWN' AND p.review_on <= ?1 AND p.deleted IS NULL
                AND NOT {_CLOSED.format("p.episode_id")} AND {_whose(mine)}
            """,
            (today.isoformat(), worker or None, *mine.params),
        )
    )


def extensions_asked(
    rows: Rows, mine: Caseload = EVERYBODY, worker: str = ""
) -> list[Due]:
    """Requests to go past 12 months without an answer; as ``pauses_over``."""
    return _in_order(
        rows.rows(
            f"""
            SELECT e.id, q.id, q.asked_on, q.asked_on, {_OWN}
            FROM extension_request q
            CROSS JOIN episode e ON e.id = q.episode_id AND e.deleted IS NULL
            WHERE q.answered_on IS NULL AND q.asked_on > ?1 AND q.deleted IS NULL
                AND NOT {_CLOSED.format("q.episode_id")} AND {_whose(mine)}
            """,
            ("", worker or None, *mine.params),
        )
    )


def missed_twice(
    rows: Rows, today: date, mine: Caseload = EVERYBODY, worker: str = ""
) -> list[Due]:
    """Live episodes whose two newest sessions were missed; as ``pauses_over``.

    Cancelled ones stand between nothing. Who is paused since, and what was talked over
    since, is left out. Source: domain reference, B6.
    """
    dna = codes_where("attendance", "dna")
    came = codes_where("attendance", "delivered")
    early = ""
    if mine is not EVERYBODY:
        early = f"""AND s.referral_id IN (SELECT q.id FROM referral q
            WHERE {_in(mine, "q.client_id")})"""
    return _in_order(
        rows.rows(
            f"""
            WITH m AS MATERIALIZED (SELECT s.referral_id, max(s.held_on) AS last
                FROM session s INDEXED BY session_missed
                WHERE s.held_on BETWEEN date(?1, '{_LATELY}') AND ?1
                    AND s.attendance IN ({dna}) AND s.deleted IS NULL {early}
                GROUP BY s.referral_id HAVING count(*) > 1)
            SELECT e.id, e.id, m.last, m.last, {_OWN} FROM m
            CROSS JOIN episode e INDEXED BY episode_0 ON e.referral_id = m.referral_id
            WHERE e.deleted IS NULL AND NOT {_CLOSED.format("e.id")}
                AND (SELECT count(*) FROM session b
                    WHERE b.referral_id = m.referral_id AND b.deleted IS NULL
                    AND b.attendance IN ({dna}) AND b.held_on > coalesce(
                        (SELECT max(a.held_on) FROM session a
                        WHERE a.referral_id = m.referral_id AND a.deleted IS NULL
                        AND a.attendance IN ({came})), '')) > 1
                AND coalesce(e.missed_talked_on, '') < m.last
                AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.episode_id = e.id
                    AND p.deleted IS NULL AND p.from_on >= m.last)
                AND {_whose(mine)}
            """,
            (today.isoformat(), worker or None, *mine.params),
        )
    )


def missed_since(rows: Rows, referral_id: str, today: date) -> tuple[int, date | None]:
    """How many sessions were missed since the last attended one, and the last of them.

    Source: domain reference, B6.
    """
    dna = codes_where("attendance", "dna")
    came = codes_where("attendance", "delivered")
    (found,) = rows.rows(
        f"""
        SELECT count(*), max(s.held_on) FROM session s
        WHERE s.referral_id = ?1 AND s.deleted IS NULL AND s.attendance IN ({dna})
            AND s.held_on <= ?2 AND s.held_on > coalesce(
                (SELECT max(a.held_on) FROM session a WHERE a.referral_id = ?1
                AND a.deleted IS NULL AND a.attendance IN ({came})), '')
        """,
        (referral_id, today.isoformat()),
    )
    return int(found[0]), day_or_none(found[1])


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
        JOIN txn d ON d.id = o."txn" AND d.deed IN ('close episode', 'step up')
        WHERE x.id = ?)
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
    outside = codes_where("session_type", "starts", value=False)
    found = rows.rows(
        "SELECT id, held_on FROM session WHERE referral_id = ? AND held_on > ? "
        f"AND type NOT IN ({outside}) AND attendance IN ('BOOKED', 'UNREC') "
        "AND deleted IS NULL ORDER BY held_on, starts_at",
        (referral_id, after.isoformat()),
    )
    return [(row[0], day(row[1])) for row in found]


def scored(rows: Rows, referral_id: str) -> list[tuple[str, str, date, int]]:
    """Measure, name of a scale of one's own, day and total of each, oldest first."""
    found = rows.rows(
        "SELECT instrument, coalesce(scale_name, ''), scored_on, total FROM score "
        "WHERE referral_id = ? "
        "AND deleted IS NULL ORDER BY scored_on, created",
        (referral_id,),
    )
    return [(*row[:2], day(row[2]), int(row[3])) for row in found]


def surveyed_on(rows: Rows, referral_id: str) -> date | None:
    """Day of the newest signed survey of a referral; of unnamed ones nothing leads."""
    found = rows.rows(
        "SELECT max(answered_on) FROM survey_answer WHERE referral_id = ? "
        "AND deleted IS NULL",
        (referral_id,),
    )
    return day_or_none(found[0][0])
