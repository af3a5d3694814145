"""Episodes: live ones and moves between phases."""

from provider_desk.model.records import Episode, Phase
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import (
    closed_in_error,
    closed_on,
    is_row,
)

_OF_CONTRACT = "r.contract_id = :contract AND r.deleted IS NULL"

#: Common table of the episodes that may be live at one of the months' ends.
LIVE_CANDIDATES = f"""candidates AS MATERIALIZED (
            SELECT id, referral_id, started_on, {closed_on("episode.id")} AS closed_on
            FROM episode
            WHERE deleted IS NULL AND started_on <= :last
                AND NOT EXISTS (SELECT 1 FROM closure AS over
                    WHERE over.episode_id = episode.id
                    AND over.closed_on <= :first_end AND over.deleted IS NULL)
                AND NOT {closed_in_error("episode.id")}
        )"""

LIVE = Fact(
    name="live",
    table=Episode.TABLE,
    stock=True,
    sql=f"""
        WITH {LIVE_CANDIDATES}, cases AS MATERIALIZED (
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

FACTS = (LIVE, PHASES)
