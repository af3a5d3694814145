"""Closings, and what scores say of the support that ended.

A first score lies on or after the day of receipt and by the third attended session; a
last one before or on the day of closing, at least one attended session later.
Source: domain reference, B10, D3; monthly return, E1 to E4.
"""

from provider_desk.model.outcome_measures import Measure, measures
from provider_desk.model.records import Closure
from provider_desk.model.score_change import (
    DETERIORATED,
    FIRST_SCORE_BY_SESSION,
    IMPROVED,
    NO_CHANGE,
    UNPAIRED,
)
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import days_between, is_row
from provider_desk.returns.scores import (
    LEVEL,
    NEGATIVE,
    POSITIVE,
    TO,
    banded,
    paired_measures,
)

#: How many sessions the person came to, one to one.
_SESSIONS = """(SELECT count(*) FROM session AS s WHERE s.episode_id = e.id
                    AND s.held_on <= c.closed_on AND s.type NOT IN :not_individual
                    AND s.attendance IN :delivered AND s.deleted IS NULL) AS sessions"""


def _closed(*also: str) -> str:
    """Common table: episodes closed, with the last day for a first score."""
    more = "".join(f"{column}, " for column in also)
    return f"""closed AS MATERIALIZED (
            SELECT c.id AS row_id, e.id AS case_id, e.referral_id AS referral_id,
                r.area AS area, r.received_on AS received_on, c.closed_on AS day,
                c.reason AS reason, {days_between("c.closed_on", "e.started_on")}
                    AS days, {more}
                (SELECT s.held_on FROM session AS s WHERE s.episode_id = e.id
                    AND s.held_on <= c.closed_on AND s.attendance IN :delivered
                    AND s.deleted IS NULL ORDER BY s.held_on
                    LIMIT 1 OFFSET {FIRST_SCORE_BY_SESSION - 1}) AS first_score_by
            FROM closure AS c CROSS JOIN episode AS e
                ON {is_row("e.id", "c.episode_id")}
                CROSS JOIN referral AS r ON r.id = e.referral_id
            WHERE c.closed_on BETWEEN :first AND :last AND c.deleted IS NULL
                AND e.deleted IS NULL
                AND r.contract_id = :contract AND r.deleted IS NULL
                AND c.reason NOT IN :closing_error
        )"""


#: First and last total of each measure of each of them, where there are both; scales of
#: one's own are told apart by their names.
_PAIRS = """measured AS MATERIALIZED (
            SELECT closed.row_id AS row_id, closed.case_id AS case_id,
                closed.referral_id AS referral_id, s.instrument AS instrument,
                s.scale_name AS scale_name,
                closed.first_score_by AS first_score_by,
                min(s.scored_on) AS first_on, max(s.scored_on) AS last_on
            FROM closed CROSS JOIN score AS s ON s.referral_id = closed.referral_id
                AND s.scored_on BETWEEN closed.received_on AND closed.day
                AND s.deleted IS NULL
            GROUP BY closed.row_id, s.instrument, s.scale_name
        ), pairs AS MATERIALIZED (
            SELECT m.row_id AS row_id, m.instrument AS instrument,
                (SELECT s.total FROM score AS s WHERE s.referral_id = m.referral_id
                    AND s.instrument = m.instrument AND s.scored_on = m.first_on
                    AND s.scale_name IS m.scale_name
                    AND s.deleted IS NULL ORDER BY s.created DESC LIMIT 1)
                    AS first_total,
                (SELECT s.total FROM score AS s WHERE s.referral_id = m.referral_id
                    AND s.instrument = m.instrument AND s.scored_on = m.last_on
                    AND s.scale_name IS m.scale_name
                    AND s.deleted IS NULL ORDER BY s.created DESC LIMIT 1)
                    AS last_total
            FROM measured AS m
            WHERE (m.first_score_by IS NULL OR m.first_on <= m.first_score_by)
                AND EXISTS (SELECT 1 FROM session AS s WHERE s.episode_id = m.case_id
                    AND s.held_on > m.first_on AND s.held_on <= m.last_on
                    AND s.attendance IN :delivered AND s.deleted IS NULL)
        )"""


def _paired(code: str) -> str:
    """Column: whether a measure was taken first and last."""
    return f"paired_{code.lower()}"


def _total(code: str, which: str) -> str:
    """Column: the first or the last total of a measure, NULL without both."""
    return f"{which}_{code.lower()}"


def _side_by_side() -> str:
    """Columns that put every measure's pair of an ending into one row."""
    return ", ".join(
        f"max(CASE instrument WHEN '{code}' THEN {which}_total END) "
        f"AS {_total(code, which)}"
        for code in measures()
        for which in ("first", "last")
    )


def _any_unpaired() -> str:
    columns = (_total(each.code, "first") for each in paired_measures())
    return " OR ".join(f"{column} IS NULL" for column in columns)


def _moved(measure: Measure, *, better: bool) -> str:
    """Whether a measure changed by more than chance, for better or for worse."""
    first, last = _total(measure.code, "first"), _total(measure.code, "last")
    rose = measure.higher_is_better is better
    by = f"{last} - {first}" if rose else f"{first} - {last}"
    return f"{by} >= {measure.reliable}"


def _change() -> str:
    """The group of an ending by its reliable change. Source: domain reference, D3."""
    better, worse = (
        " OR ".join(_moved(each, better=side) for each in paired_measures())
        for side in (True, False)
    )
    return (
        f"CASE WHEN {_any_unpaired()} THEN '{UNPAIRED}' "
        f"WHEN ({better}) AND NOT ({worse}) THEN '{IMPROVED}' "
        f"WHEN ({worse}) AND NOT ({better}) THEN '{DETERIORATED}' "
        f"ELSE '{NO_CHANGE}' END"
    )


def _recovery() -> str:
    """Where an ending stands to the thresholds. Source: domain reference, D3."""
    cases = [each for each in paired_measures() if each.caseness is not None]
    above, still = (
        " OR ".join(f"{_total(each.code, which)} >= {each.caseness}" for each in cases)
        for which in ("first", "last")
    )
    return (
        f"CASE WHEN {_any_unpaired()} THEN '{UNPAIRED}' "
        f"WHEN NOT ({above}) THEN 'below at first' WHEN {still} THEN 'still above' "
        f"WHEN weighed.change = '{IMPROVED}' THEN 'reliably recovered' "
        "ELSE 'recovered' END"
    )


def _rank(measure: Measure, total: str) -> str:
    """How many bands of its measure lie below a total."""
    return " + ".join(f"({total} >= {start})" for start, _ in measure.bands[1:])


def _band(measure: Measure, total: str) -> str:
    """The name of the band that a total lies in."""
    names = " ".join(
        f"WHEN {total} >= {start} THEN '{name}'"
        for start, name in reversed(measure.bands[1:])
    )
    return f"CASE {names} ELSE '{measure.bands[0][1]}' END"


def _step(measure: Measure) -> str:
    """The bands of a pair of totals, in words; "" without a pair."""
    first, last = (
        _band(measure, _total(measure.code, which)) for which in ("first", "last")
    )
    return _of_pair(measure, f"{first} || '{TO}' || {last}")


def _movement(measure: Measure) -> str:
    """How the last band of a pair stands to the first; "" without a pair."""
    first, last = (
        _rank(measure, _total(measure.code, which)) for which in ("first", "last")
    )
    up, down = (
        (POSITIVE, NEGATIVE) if measure.higher_is_better else (NEGATIVE, POSITIVE)
    )
    return _of_pair(
        measure,
        f"CASE sign(({last}) - ({first})) "
        f"WHEN 1 THEN '{up}' WHEN -1 THEN '{down}' ELSE '{LEVEL}' END",
    )


def _of_pair(measure: Measure, said: str) -> str:
    first = _total(measure.code, "first")
    return f"CASE WHEN {first} IS NULL THEN '' ELSE {said} END"


def _better_by(measure: Measure) -> str:
    """By how much a pair changed for the better; NULL without one."""
    first, last = _total(measure.code, "first"), _total(measure.code, "last")
    return f"{last} - {first}" if measure.higher_is_better else f"{first} - {last}"


def _named(name: str, measure: Measure) -> str:
    """A column's name for one measure: "step_phq9"."""
    return f"{name}_{measure.code.lower()}"


def _of_measures() -> tuple[str, ...]:
    """The columns that tell of each measure by itself."""
    taken = [
        f"{_total(code, 'first')} IS NOT NULL AS {_paired(code)}" for code in measures()
    ]
    changes = [
        f"{_better_by(each)} AS {_named('change', each)}"
        for each in measures().values()
    ]
    bands = [
        f"{tell(each)} AS {_named(name, each)}"
        for each in banded()
        for name, tell in (("step", _step), ("movement", _movement))
    ]
    return (*taken, *changes, *bands)


_PAIRED = tuple(map(_paired, measures()))
_BANDS = tuple(_named(name, each) for each in banded() for name in ("step", "movement"))

CLOSINGS = Fact(
    name="closings",
    table=Closure.TABLE,
    stock=False,
    sql=f"""
        WITH {_closed(_SESSIONS)}, {_PAIRS}, taken AS MATERIALIZED (
            SELECT row_id, {_side_by_side()} FROM pairs GROUP BY row_id
        ), weighed AS MATERIALIZED (
            SELECT *, {_change()} AS change FROM taken
        ), told AS MATERIALIZED (
        SELECT closed.row_id AS row_id, case_id, area, day,
            substr(day, 1, 7) AS month, reason, sessions > 0 AS attended,
            sessions, days, coalesce(change, '{UNPAIRED}') AS change,
            {_recovery()} AS recovery, weighed.row_id IS NOT NULL AS paired,
            {", ".join(_of_measures())}
        FROM closed LEFT JOIN weighed ON weighed.row_id = closed.row_id
        )
        SELECT * FROM told""",
    columns={
        "reason": "closure_reason",
        "attended": "",
        "change": "",
        "recovery": "",
        "paired": "",
        **dict.fromkeys((*_PAIRED, *_BANDS), ""),
    },
    values=(
        "sessions",
        "days",
        *(_named("change", each) for each in measures().values()),
    ),
)

FACTS = (CLOSINGS,)
