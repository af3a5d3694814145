"""Episodes: live ones, moves between phases, closings and what they achieved."""

from provider_desk.model.choices import choices
from provider_desk.model.records import Closure, Episode, Phase
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import (
    closed_in_error,
    closed_on,
    days_between,
    is_row,
)

_OF_CONTRACT = "r.contract_id = :contract AND r.deleted IS NULL"

#: A first score counts up to this attended session. Source: domain reference, B10.
FIRST_SCORE_BY_SESSION = 3

#: A change of the total that is more than chance. Source: domain reference, D3.
RELIABLE_CHANGE = {"PHQ9": 6, "GAD7": 4}

LIVE = Fact(
    name="live",
    table=Episode.TABLE,
    stock=True,
    sql=f"""
        WITH candidates AS MATERIALIZED (
            SELECT id, referral_id, started_on, {closed_on("episode.id")} AS closed_on
            FROM episode
            WHERE deleted IS NULL AND started_on <= :last
                AND {closed_on("episode.id")} > :first_end
                AND NOT {closed_in_error("episode.id")}
        ), cases AS MATERIALIZED (
            SELECT candidates.id AS id, r.area AS area,
                candidates.started_on AS started_on, candidates.closed_on AS closed_on,
                EXISTS (SELECT 1 FROM phase AS p WHERE p.episode_id = candidates.id
                    AND p.phase <> 'CORE' AND p.deleted IS NULL) AS has_phases,
                coalesce((SELECT min(x.made_on) FROM exit_strategy AS x
                    WHERE x.episode_id = candidates.id AND x.deleted IS NULL), '9999')
                    AS exit_made_on
            FROM candidates CROSS JOIN referral AS r ON r.id = candidates.referral_id
            WHERE {_OF_CONTRACT}
        )
        SELECT cases.id AS row_id, cases.id AS case_id, cases.area AS area,
            cases.started_on AS day, ends.month AS month,
            CASE WHEN cases.has_phases THEN coalesce((
                SELECT p.phase FROM phase AS p WHERE p.episode_id = cases.id
                AND p.started_on <= ends.day AND p.deleted IS NULL
                ORDER BY p.started_on DESC, p.created DESC LIMIT 1
            ), 'CORE') ELSE 'CORE' END AS phase,
            cases.started_on <= ends.year_ago AS over_year,
            cases.started_on <= ends.two_years_ago AS over_two_years,
            CASE WHEN cases.started_on <= ends.year_ago THEN EXISTS (
                SELECT 1 FROM exceptional AS x WHERE x.episode_id = cases.id
                AND x.approved_on <= ends.day AND x.deleted IS NULL
                AND (x.review_by IS NULL OR x.review_by >= ends.day)
            ) ELSE 0 END AS has_reason,
            cases.exit_made_on <= ends.day AS exit_in_place
        FROM cases CROSS JOIN ends
        WHERE cases.started_on <= ends.day
            AND cases.closed_on > ends.day""",
    columns={
        "phase": "phase",
        "over_year": "",
        "over_two_years": "",
        "has_reason": "",
        "exit_in_place": "",
    },
)

PHASES = Fact(
    name="phases",
    table=Phase.TABLE,
    stock=False,
    sql=f"""
        SELECT p.id AS row_id, e.id AS case_id, r.area AS area, p.started_on AS day,
            substr(p.started_on, 1, 7) AS month, p.phase AS phase
        FROM phase AS p CROSS JOIN episode AS e ON {is_row("e.id", "p.episode_id")}
            CROSS JOIN referral AS r ON r.id = e.referral_id
        WHERE p.started_on BETWEEN :first AND :last AND p.deleted IS NULL
            AND e.deleted IS NULL AND {_OF_CONTRACT}
            AND NOT {closed_in_error("e.id")}""",
    columns={"phase": "phase"},
)


def _paired(instrument: str) -> str:
    """Column: whether a measure was taken first and last."""
    return f"paired_{instrument.lower()}"


_MEASURES = tuple(choices("outcome_measure").by_code)


def _taken_twice() -> str:
    """One column per measure, from its pairs of scores."""
    return ", ".join(
        f"max(instrument = '{code}') AS {_paired(code)}" for code in _MEASURES
    )


def _fall(instrument: str) -> str:
    """By how much a total fell from first to last, NULL without both."""
    return f"max(CASE instrument WHEN '{instrument}' THEN first_total - last_total END)"


def _change(falls: dict[str, str]) -> str:
    """The group of an ending by its reliable change. Source: domain reference, D3."""
    limits = RELIABLE_CHANGE.items()
    better = " OR ".join(f"{falls[code]} >= {limit}" for code, limit in limits)
    worse = " OR ".join(f"{falls[code]} <= -{limit}" for code, limit in limits)
    unpaired = " OR ".join(f"{falls[code]} IS NULL" for code in RELIABLE_CHANGE)
    return (
        f"CASE WHEN {unpaired} THEN 'no paired score' "
        f"WHEN ({better}) AND NOT ({worse}) THEN 'improved' "
        f"WHEN ({worse}) AND NOT ({better}) THEN 'deteriorated' "
        "ELSE 'no reliable change' END"
    )


_PAIRED = tuple(map(_paired, _MEASURES))

CLOSINGS = Fact(
    name="closings",
    table=Closure.TABLE,
    stock=False,
    sql=f"""
        WITH closed AS MATERIALIZED (
            SELECT c.id AS row_id, e.id AS case_id, e.referral_id AS referral_id,
                r.area AS area, r.received_on AS received_on, c.closed_on AS day,
                c.reason AS reason, {days_between("c.closed_on", "e.started_on")}
                    AS days,
                (SELECT count(*) FROM session AS s WHERE s.episode_id = e.id
                    AND s.held_on <= c.closed_on AND s.type NOT IN :not_individual
                    AND s.attendance IN :delivered AND s.deleted IS NULL) AS sessions,
                (SELECT s.held_on FROM session AS s WHERE s.episode_id = e.id
                    AND s.held_on <= c.closed_on AND s.attendance IN :delivered
                    AND s.deleted IS NULL ORDER BY s.held_on
                    LIMIT 1 OFFSET {FIRST_SCORE_BY_SESSION - 1}) AS first_score_by
            FROM closure AS c CROSS JOIN episode AS e
                ON {is_row("e.id", "c.episode_id")}
                CROSS JOIN referral AS r ON r.id = e.referral_id
            WHERE c.closed_on BETWEEN :first AND :last AND c.deleted IS NULL
                AND e.deleted IS NULL AND {_OF_CONTRACT}
                AND c.reason NOT IN :closing_error
        ), measured AS MATERIALIZED (
            SELECT closed.row_id AS row_id, closed.case_id AS case_id,
                closed.referral_id AS referral_id, s.instrument AS instrument,
                closed.first_score_by AS first_score_by,
                min(s.scored_on) AS first_on, max(s.scored_on) AS last_on
            FROM closed CROSS JOIN score AS s ON s.referral_id = closed.referral_id
                AND s.scored_on BETWEEN closed.received_on AND closed.day
                AND s.deleted IS NULL
            GROUP BY closed.row_id, s.instrument
        ), pairs AS MATERIALIZED (
            SELECT m.row_id AS row_id, m.instrument AS instrument,
                (SELECT s.total FROM score AS s WHERE s.referral_id = m.referral_id
                    AND s.instrument = m.instrument AND s.scored_on = m.first_on
                    AND s.deleted IS NULL ORDER BY s.created DESC LIMIT 1)
                    AS first_total,
                (SELECT s.total FROM score AS s WHERE s.referral_id = m.referral_id
                    AND s.instrument = m.instrument AND s.scored_on = m.last_on
                    AND s.deleted IS NULL ORDER BY s.created DESC LIMIT 1)
                    AS last_total
            FROM measured AS m
            WHERE (m.first_score_by IS NULL OR m.first_on <= m.first_score_by)
                AND EXISTS (SELECT 1 FROM session AS s WHERE s.episode_id = m.case_id
                    AND s.held_on > m.first_on AND s.held_on <= m.last_on
                    AND s.attendance IN :delivered AND s.deleted IS NULL)
        ), falls AS MATERIALIZED (
            SELECT row_id, {_fall("PHQ9")} AS phq9_fall, {_fall("GAD7")} AS gad7_fall,
                {_taken_twice()}
            FROM pairs GROUP BY row_id
        )
        SELECT closed.row_id AS row_id, case_id, area, day,
            substr(day, 1, 7) AS month, reason, sessions > 0 AS attended, sessions,
            days, {_change({"PHQ9": "phq9_fall", "GAD7": "gad7_fall"})} AS change,
            {", ".join(f"coalesce({each}, 0) AS {each}" for each in _PAIRED)},
            falls.row_id IS NOT NULL AS paired
        FROM closed LEFT JOIN falls ON falls.row_id = closed.row_id""",
    columns={
        "reason": "closure_reason",
        "attended": "",
        "change": "",
        "paired": "",
        **dict.fromkeys(_PAIRED, ""),
    },
    values=("sessions", "days"),
)

FACTS = (LIVE, PHASES, CLOSINGS)
