"""Sessions, and the capacity to hold them."""

from provider_desk.model.records import Capacity, Session
from provider_desk.returns.facts.fact import Fact

#: Sessions before a trial, and as many after it. Source: domain reference, B8.
TRIAL_ALLOWANCE = 8

#: A session that was to be by now, and of which nothing is said, lacks its outcome.
_ATTENDANCE = """CASE s.attendance
                WHEN 'BOOKED' THEN CASE WHEN s.held_on < :today THEN 'UNREC'
                    ELSE 'BOOKED' END
                WHEN 'UNREC' THEN CASE WHEN s.held_on < :today THEN 'UNREC'
                    ELSE 'BOOKED' END
                ELSE s.attendance END AS attendance"""

SESSIONS = Fact(
    name="sessions",
    table=Session.TABLE,
    stock=False,
    sql=f"""
        SELECT s.id AS row_id, r.id AS case_id, r.area AS area, s.held_on AS day,
            substr(s.held_on, 1, 7) AS month, s.type AS type, s.mode AS mode,
            {_ATTENDANCE},
            CASE s.type WHEN 'GROUP' THEN r.area || ' ' || s.held_on || ' '
                || s.group_code ELSE '' END AS group_run,
            r.client_id AS client_id
        FROM session AS s CROSS JOIN referral AS r ON r.id = s.referral_id
        WHERE s.held_on BETWEEN :first AND :last AND s.deleted IS NULL
            AND s.type NOT IN :not_commissioned
            AND r.contract_id = :contract AND r.deleted IS NULL""",
    columns={
        "type": "session_type",
        "mode": "session_mode",
        "attendance": "attendance",
    },
    labels=("group_run",),
    who=("client_id",),
    many=True,
    bare=f"""
        SELECT s.referral_id AS case_id, s.type AS type, s.mode AS mode, {_ATTENDANCE},
            CASE s.type WHEN 'GROUP' THEN ' ' || s.held_on || ' '
                || s.group_code ELSE '' END AS group_run
        FROM session AS s
        WHERE s.held_on BETWEEN :first AND :last AND s.deleted IS NULL
            AND s.type NOT IN :not_commissioned""",
)

TRIAL_SESSIONS = Fact(
    name="trial sessions",
    table=Session.TABLE,
    stock=False,
    sql=f"""
        SELECT s.id AS row_id, r.id AS case_id, r.area AS area, s.held_on AS day,
            substr(s.held_on, 1, 7) AS month, s.trial AS trial,
            {TRIAL_ALLOWANCE} < (
                SELECT count(*) FROM session AS used
                WHERE used.referral_id = s.referral_id AND used.trial = s.trial
                AND used.attendance IN :delivered AND used.deleted IS NULL
                AND used.type NOT IN :not_commissioned
                AND (used.held_on, used.id) <= (s.held_on, s.id)
            ) AS past_allowance
        FROM session AS s CROSS JOIN referral AS r ON r.id = s.referral_id
        WHERE s.held_on BETWEEN :first AND :last AND s.trial IS NOT NULL
            AND s.attendance IN :delivered AND s.deleted IS NULL
            AND s.type NOT IN :not_commissioned
            AND r.contract_id = :contract AND r.deleted IS NULL""",
    columns={"trial": "trial", "past_allowance": ""},
)

CAPACITY = Fact(
    name="capacity",
    table=Capacity.TABLE,
    stock=True,
    sql="""
        SELECT k.id AS row_id, k.id AS case_id, k.area AS area, k.from_on AS day,
            ends.month AS month,
            k.weekly_slots * CAST(
                julianday(min(coalesce(date(k.next_on, '-1 day'), ends.day), ends.day))
                - julianday(max(k.from_on, ends.first_day)) + 1 AS INTEGER
            ) AS slot_days
        FROM (
            SELECT id, area, from_on, weekly_slots, lead(from_on) OVER (
                PARTITION BY area ORDER BY from_on, id) AS next_on
            FROM capacity WHERE contract_id = :contract AND deleted IS NULL
        ) AS k CROSS JOIN ends
        WHERE k.from_on <= ends.day
            AND (k.next_on IS NULL OR k.next_on > ends.first_day)""",
    values=("slot_days",),
)

FACTS = (SESSIONS, TRIAL_SESSIONS, CAPACITY)
