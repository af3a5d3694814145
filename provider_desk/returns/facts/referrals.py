"""Referrals: received, decided, sent to the hub, awaiting a decision."""

from provider_desk.model.records import Referral
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import (
    age_group,
    back_within_a_year,
    days_between,
    duplicate_of_open,
    earlier_referral,
    in_error,
    is_row,
)

_TABLE = Referral.TABLE
_COUNTED = f"r.contract_id = :contract AND r.deleted IS NULL AND NOT {in_error('r.id')}"

RECEIVED = Fact(
    name="referrals received",
    table=_TABLE,
    stock=False,
    sql=f"""
        WITH list AS MATERIALIZED (
            SELECT r.id AS id, r.client_id AS client_id, r.contract_id AS contract_id,
                r.area AS area, r.received_on AS received_on, r.source AS source,
                {age_group("k", "r.received_on")} AS age_group,
                1 < (SELECT count(*) FROM referral AS other
                    WHERE other.client_id = r.client_id AND other.deleted IS NULL
                    AND other.received_on <= r.received_on) AS known
            FROM referral AS r LEFT JOIN client AS k
                ON {is_row("k.id", "r.client_id")}
            WHERE r.received_on BETWEEN :first AND :last AND {_COUNTED}
        )
        SELECT id AS row_id, id AS case_id, area, received_on AS day,
            substr(received_on, 1, 7) AS month, source, age_group,
            CASE WHEN known THEN {earlier_referral("list")} ELSE 0 END AS again,
            CASE WHEN known THEN {back_within_a_year("list")} ELSE 0 END
                AS within_year,
            CASE WHEN known THEN {duplicate_of_open("list")} ELSE 0 END AS duplicate
        FROM list""",
    columns={
        "source": "referral_source",
        "age_group": "",
        "again": "",
        "within_year": "",
        "duplicate": "",
    },
)

DECIDED = Fact(
    name="referrals decided",
    table=_TABLE,
    stock=False,
    sql=f"""
        SELECT r.id AS row_id, r.id AS case_id, r.area AS area, r.decided_on AS day,
            substr(r.decided_on, 1, 7) AS month, r.decision AS decision,
            coalesce(r.decline_reason, '') AS decline_reason,
            {days_between("r.decided_on", "r.received_on")} AS days
        FROM referral AS r
        WHERE r.decided_on BETWEEN :first AND :last AND r.decision <> 'PENDING'
            AND {_COUNTED}""",
    columns={"decision": "referral_decision", "decline_reason": "decline_reason"},
    values=("days",),
)

AWAITING = Fact(
    name="referrals awaiting",
    table=_TABLE,
    stock=True,
    sql=f"""
        SELECT r.id AS row_id, r.id AS case_id, r.area AS area, r.received_on AS day,
            ends.month AS month
        FROM referral AS r CROSS JOIN ends
        WHERE (r.decided_on IS NULL OR r.decided_on > :first_end) AND {_COUNTED}
            AND r.received_on <= ends.day
            AND (r.decided_on IS NULL OR r.decided_on > ends.day)""",
)

SENT_TO_HUB = Fact(
    name="referrals sent to hub",
    table=_TABLE,
    stock=False,
    sql=f"""
        SELECT r.id AS row_id, r.id AS case_id, r.area AS area, r.hub_sent_on AS day,
            substr(r.hub_sent_on, 1, 7) AS month
        FROM referral AS r
        WHERE r.hub_sent_on BETWEEN :first AND :last AND {_COUNTED}""",
)

ANSWERED_BY_HUB = Fact(
    name="referrals answered by hub",
    table=_TABLE,
    stock=False,
    sql=f"""
        SELECT r.id AS row_id, r.id AS case_id, r.area AS area,
            r.hub_decided_on AS day, substr(r.hub_decided_on, 1, 7) AS month,
            {days_between("r.hub_decided_on", "r.hub_sent_on")} AS days
        FROM referral AS r
        WHERE r.hub_decided_on BETWEEN :first AND :last
            AND r.hub_sent_on IS NOT NULL AND {_COUNTED}""",
    values=("days",),
)

FACTS = (RECEIVED, DECIDED, AWAITING, SENT_TO_HUB, ANSWERED_BY_HUB)
