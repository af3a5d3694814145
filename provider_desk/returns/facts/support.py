"""What support was for and what came of it: goals, surveys, tags of sessions."""

from provider_desk.model.choices import choices
from provider_desk.model.records import Goal, SupportTag, SurveyAnswer
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import closed_in_error, is_row

#: A goal's rating on its first or last day with one, the later one of that day.
_RATED = """(SELECT g.rating FROM goal_rating AS g WHERE g.goal_id = ended.row_id
                    AND g.rated_on = ended.{day} AND g.deleted IS NULL
                    ORDER BY g.created DESC LIMIT 1)"""

GOALS = Fact(
    name="goals ended",
    table=Goal.TABLE,
    stock=False,
    sql=f"""
        WITH seen AS MATERIALIZED (
            SELECT id, referral_id, set_on, ended_on, outcome, reached FROM goal
            WHERE ended_on BETWEEN :first AND :last AND deleted IS NULL
            UNION SELECT g.id, g.referral_id, g.set_on, g.ended_on, g.outcome, g.reached
            FROM closure AS c CROSS JOIN episode AS e
                ON {is_row("e.id", "c.episode_id")}
                CROSS JOIN goal AS g ON g.referral_id = e.referral_id
            WHERE c.closed_on BETWEEN :first AND :last AND c.deleted IS NULL
                AND g.deleted IS NULL
        ), mine AS MATERIALIZED (
            SELECT seen.id AS row_id, r.id AS case_id, r.area AS area,
                coalesce(seen.outcome, '') AS outcome, seen.reached AS reached,
                min(coalesce(seen.ended_on, '9999'), coalesce((
                    SELECT min(c.closed_on) FROM episode AS e CROSS JOIN closure AS c
                        ON c.episode_id = e.id
                    WHERE e.referral_id = r.id AND e.deleted IS NULL
                        AND c.deleted IS NULL AND c.closed_on >= seen.set_on
                        AND NOT {closed_in_error("e.id")}), '9999')) AS day
            FROM seen CROSS JOIN referral AS r ON r.id = seen.referral_id
            WHERE r.contract_id = :contract AND r.deleted IS NULL
        ), ended AS MATERIALIZED (
            SELECT mine.row_id AS row_id, case_id, area, outcome, reached, day,
                min(g.rated_on) AS first_on, max(g.rated_on) AS last_on
            FROM mine LEFT JOIN goal_rating AS g ON g.goal_id = mine.row_id
                AND g.rated_on <= mine.day AND g.deleted IS NULL
            WHERE day BETWEEN :first AND :last
            GROUP BY mine.row_id
        ), told AS MATERIALIZED (
            SELECT row_id, case_id, area, day, substr(day, 1, 7) AS month, outcome,
                coalesce(reached, '') = 'Y' AS reached,
                CASE WHEN first_on < last_on THEN
                    {_RATED.format(day="last_on")} - {_RATED.format(day="first_on")} END
                    AS change
            FROM ended
        )
        SELECT * FROM told""",
    columns={"outcome": "contract_outcome", "reached": ""},
    values=("change",),
)

_DOMAINS = tuple(choices("survey_domain").by_code)

_ANSWERED = """FROM survey_answer AS a
            WHERE a.contract_id = :contract AND a.deleted IS NULL
                AND a.answered_on BETWEEN :first AND :last"""

_SURVEY = """a.id AS row_id, coalesce(a.referral_id, a.id) AS case_id, a.area AS area,
            a.answered_on AS day, substr(a.answered_on, 1, 7) AS month"""

SURVEYS = Fact(
    name="surveys",
    table=SurveyAnswer.TABLE,
    stock=False,
    sql=f"""
        SELECT {_SURVEY}, a.occasion AS occasion {_ANSWERED}
            AND coalesce({", ".join(f"a.{each}" for each in _DOMAINS)}) IS NOT NULL""",
    columns={"occasion": "survey_occasion"},
)

ANSWERS = Fact(
    name="survey answers",
    table=SurveyAnswer.TABLE,
    stock=False,
    sql=" UNION ALL ".join(
        f"SELECT {_SURVEY}, '{each}' AS domain, a.{each} AS answer "
        f"{_ANSWERED} AND a.{each} IS NOT NULL"
        for each in _DOMAINS
    ),
    columns={"domain": "survey_domain", "answer": "survey_answer"},
)

TAGS = Fact(
    name="support tags",
    table=SupportTag.TABLE,
    stock=False,
    sql="""
        SELECT t.id AS row_id, r.id AS case_id, r.area AS area, s.held_on AS day,
            substr(s.held_on, 1, 7) AS month, t.outcome AS outcome
        FROM session AS s CROSS JOIN support_tag AS t ON t.session_id = s.id
            CROSS JOIN referral AS r ON r.id = s.referral_id
        WHERE s.held_on BETWEEN :first AND :last AND s.attendance IN :delivered
            AND s.type NOT IN :not_commissioned
            AND s.deleted IS NULL AND t.deleted IS NULL
            AND r.contract_id = :contract AND r.deleted IS NULL""",
    columns={"outcome": "contract_outcome"},
    many=True,
    bare="""
        SELECT s.referral_id AS case_id, t.outcome AS outcome
        FROM session AS s CROSS JOIN support_tag AS t ON t.session_id = s.id
        WHERE s.held_on BETWEEN :first AND :last AND s.attendance IN :delivered
            AND s.type NOT IN :not_commissioned
            AND s.deleted IS NULL AND t.deleted IS NULL""",
)

FACTS = (GOALS, SURVEYS, ANSWERS, TAGS)
