"""Answers to the equality questions, one row for each person's case and question.

A question that nobody asked is an answer of its own, so that a question's answers sum
to the cases. ``COMPLETE`` says whether all five were answered; age is no question, it
is worked out. Live episodes are there at the ends of quarters only: equality is never
shown by the month. Source: monthly return, F1 to F3; domain reference, B11.
"""

from provider_desk.model.records import Closure, Episode, Referral
from provider_desk.returns.facts.episodes import LIVE_CANDIDATES
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import age_group, in_error, is_row

#: Question → the column of a person that answers it.
_QUESTIONS = {
    "ETHNIC": "ethnic_group",
    "GENDER": "gender",
    "ORIENTATION": "orientation",
    "RELIGION": "religion",
}

#: Disabled is: a condition of 12 months or more, that limits day-to-day activity.
_DISABLED = """CASE
                WHEN k.disability = 'Y' AND k.disability_effect IN ('LOT', 'LITTLE')
                    THEN 'Y'
                WHEN k.disability = 'N' OR k.disability_effect = 'NOT' THEN 'N'
                WHEN k.disability = 'PNS' OR k.disability_effect = 'PNS' THEN 'PNS'
                WHEN k.disability = 'DK' THEN 'DK' ELSE 'NA' END"""

_NOT_ANSWERED = "('NA', 'NK', 'DK')"

_FIVE = (*_QUESTIONS, "DISABLED")
_ALL_FIVE = " AND ".join(f"{each} NOT IN {_NOT_ANSWERED}" for each in _FIVE)

#: What is told of each case, and how; age was worked out with the case.
_TOLD = {
    **{each: each for each in (*_FIVE, "AGE")},
    "COMPLETE": f"CASE WHEN {_ALL_FIVE} THEN 'Y' ELSE 'N' END",
}


def _asked_of(case: str, age_on: str) -> str:
    """Columns of a person with the answer to every question, and their age group."""
    plain = ", ".join(
        f"coalesce(k.{column}, 'NA') AS {question}"
        for question, column in _QUESTIONS.items()
    )
    return f"{case}, {plain}, {_DISABLED} AS DISABLED, {age_group('k', age_on)} AS AGE"


def _fact(name: str, table: str, cases: str, *, stock: bool) -> Fact:
    """A fact of cases in a common table ``list``.

    Args:
        name: the fact's.
        table: whose rows it opens.
        cases: SQL of the common tables, ``list`` the last of them.
        stock: whether it is about the ends of months.
    """
    one_by_one = " UNION ALL ".join(
        f"SELECT row_id, case_id, area, day, month, '{question}' AS question, "
        f"{answer} AS answer FROM list"
        for question, answer in _TOLD.items()
    )
    beside = ", ".join(f"{answer} AS {question}" for question, answer in _TOLD.items())
    return Fact(
        name=name,
        table=table,
        stock=stock,
        sql=f"WITH {cases} {one_by_one}",
        columns={"question": "", "answer": ""},
        wide=f"WITH {cases} SELECT area, month, {beside} FROM list",
        told=tuple(_TOLD),
    )


RECEIVED = _fact(
    "equality received",
    Referral.TABLE,
    f"""list AS MATERIALIZED (
            SELECT {
        _asked_of(
            "r.id AS row_id, r.id AS case_id, r.area AS area, r.received_on AS day, "
            "substr(r.received_on, 1, 7) AS month",
            "r.received_on",
        )
    }
            FROM referral AS r LEFT JOIN client AS k
                ON {is_row("k.id", "r.client_id")}
            WHERE r.received_on BETWEEN :first AND :last AND r.deleted IS NULL
                AND r.contract_id = :contract AND NOT {in_error("r.id")}
        )""",
    stock=False,
)

LIVE = _fact(
    "equality live",
    Episode.TABLE,
    f"""{LIVE_CANDIDATES}, list AS MATERIALIZED (
            SELECT {
        _asked_of(
            "e.id AS row_id, e.id AS case_id, r.area AS area, e.started_on AS day, "
            "ends.month AS month",
            "ends.day",
        )
    }
            FROM candidates AS e CROSS JOIN referral AS r ON r.id = e.referral_id
                LEFT JOIN client AS k ON {is_row("k.id", "r.client_id")}
                CROSS JOIN ends
            WHERE r.contract_id = :contract AND r.deleted IS NULL
                AND e.started_on <= ends.day AND e.closed_on > ends.day
                AND substr(ends.month, 6) IN ('03', '06', '09', '12')
        )""",
    stock=True,
)

CLOSED = _fact(
    "equality closed",
    Closure.TABLE,
    f"""list AS MATERIALIZED (
            SELECT {
        _asked_of(
            "c.id AS row_id, e.id AS case_id, r.area AS area, c.closed_on AS day, "
            "substr(c.closed_on, 1, 7) AS month",
            "c.closed_on",
        )
    }
            FROM closure AS c CROSS JOIN episode AS e
                ON {is_row("e.id", "c.episode_id")}
                CROSS JOIN referral AS r ON r.id = e.referral_id
                LEFT JOIN client AS k ON {is_row("k.id", "r.client_id")}
            WHERE c.closed_on BETWEEN :first AND :last AND c.deleted IS NULL
                AND e.deleted IS NULL
                AND r.contract_id = :contract AND r.deleted IS NULL
                AND c.reason NOT IN :closing_error
        )""",
    stock=False,
)

FACTS = (RECEIVED, LIVE, CLOSED)
