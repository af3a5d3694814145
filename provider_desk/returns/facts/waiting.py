"""The waiting list: who is on it, who left it, contacts and offers."""

from provider_desk.model.records import (
    Episode,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import (
    band_of,
    closed_in_error,
    days_between,
    earlier_referral,
    first_start,
)

_OF_CONTRACT = "r.contract_id = :contract AND r.deleted IS NULL"
WAITING = Fact(
    name="waiting",
    table=WaitingEntry.TABLE,
    stock=True,
    sql=f"""
        WITH candidates AS MATERIALIZED (
            SELECT id, referral_id, accepted_on,
                coalesce(removed_on, '9999') AS removed_on,
                {first_start("waiting_entry.referral_id")} AS started_on
            FROM waiting_entry
            WHERE deleted IS NULL AND accepted_on <= :last
                AND coalesce(removed_on, '9999') > :first_end
                AND coalesce(removal_reason, '') NOT IN :entry_error
                AND {first_start("waiting_entry.referral_id")} > :first_end
        ), list AS MATERIALIZED (
            SELECT candidates.id AS row_id, r.id AS case_id, r.area AS area,
                r.received_on AS day, ends.month AS month,
                {days_between("ends.day", "r.received_on")} AS days,
                EXISTS (SELECT 1 FROM waiting_contact AS c
                    WHERE c.referral_id = r.id AND c.deleted IS NULL
                    AND c.held_on BETWEEN ends.recent_from AND ends.day
                    AND c.result IN :contact_made) AS reached,
                EXISTS (SELECT 1 FROM safe_contact AS s
                    WHERE s.client_id = r.client_id AND s.deleted IS NULL
                    AND s.permission IN :safe) AS safe_route
            FROM candidates
            CROSS JOIN referral AS r ON r.id = candidates.referral_id
            CROSS JOIN ends
            WHERE {_OF_CONTRACT} AND candidates.accepted_on <= ends.day
                AND candidates.removed_on > ends.day
                AND candidates.started_on > ends.day
        )
        SELECT row_id, case_id, area, day, month, days, {band_of("days")} AS band,
            reached, safe_route
        FROM list""",
    columns={"band": "", "reached": "", "safe_route": ""},
    values=("days",),
)

LEFT_THE_LIST = Fact(
    name="left the list",
    table=WaitingEntry.TABLE,
    stock=False,
    sql=f"""
        SELECT w.id AS row_id, r.id AS case_id, r.area AS area, w.removed_on AS day,
            substr(w.removed_on, 1, 7) AS month,
            coalesce(w.removal_reason, '') AS reason
        FROM waiting_entry AS w JOIN referral AS r ON r.id = w.referral_id
        WHERE w.removed_on BETWEEN :first AND :last AND w.deleted IS NULL
            AND {_OF_CONTRACT}
            AND coalesce(w.removal_reason, '') NOT IN :entry_error
            AND coalesce(w.removal_reason, '') <> 'STARTED'
            AND {first_start("r.id")} > w.removed_on""",
    columns={"reason": "wait_removal_reason"},
)

STARTS = Fact(
    name="starts",
    table=Episode.TABLE,
    stock=False,
    sql=f"""
        WITH list AS MATERIALIZED (
            SELECT e.id AS row_id, r.id AS case_id, r.area AS area,
                e.started_on AS day, r.source AS source,
                {days_between("e.started_on", "r.received_on")} AS days,
                {earlier_referral("r")} AS again,
                EXISTS (SELECT 1 FROM exit_strategy AS x WHERE x.episode_id = e.id
                    AND x.made_on <= e.started_on AND x.deleted IS NULL)
                    AS exit_on_day_one
            FROM episode AS e JOIN referral AS r ON r.id = e.referral_id
            WHERE e.started_on BETWEEN :first AND :last AND e.deleted IS NULL
                AND {_OF_CONTRACT} AND NOT {closed_in_error("e.id")}
        )
        SELECT row_id, case_id, area, day, substr(day, 1, 7) AS month, days,
            {band_of("days")} AS band, source, again, exit_on_day_one
        FROM list""",
    columns={
        "band": "",
        "source": "referral_source",
        "again": "",
        "exit_on_day_one": "",
    },
    values=("days",),
)

CONTACTS = Fact(
    name="waiting contacts",
    table=WaitingContact.TABLE,
    stock=False,
    sql=f"""
        SELECT c.id AS row_id, r.id AS case_id, r.area AS area, c.held_on AS day,
            substr(c.held_on, 1, 7) AS month, c.result AS result, c.method AS method
        FROM waiting_contact AS c JOIN referral AS r ON r.id = c.referral_id
        WHERE c.held_on BETWEEN :first AND :last AND c.deleted IS NULL
            AND {_OF_CONTRACT}
            AND EXISTS (SELECT 1 FROM waiting_entry AS w WHERE w.referral_id = r.id
                AND w.deleted IS NULL AND w.accepted_on <= c.held_on
                AND (w.removed_on IS NULL OR w.removed_on >= c.held_on)
                AND coalesce(w.removal_reason, '') NOT IN :entry_error)
            AND {first_start("r.id")} >= c.held_on""",
    columns={"result": "wait_contact_result", "method": "wait_contact_method"},
)

OFFERS = Fact(
    name="offers made",
    table=WaitingOffer.TABLE,
    stock=False,
    sql=f"""
        SELECT o.id AS row_id, r.id AS case_id, r.area AS area, o.offered_on AS day,
            substr(o.offered_on, 1, 7) AS month
        FROM waiting_offer AS o JOIN referral AS r ON r.id = o.referral_id
        WHERE o.offered_on BETWEEN :first AND :last AND o.deleted IS NULL
            AND {_OF_CONTRACT}""",
)

ANSWERS = Fact(
    name="offers answered",
    table=WaitingOffer.TABLE,
    stock=False,
    sql=f"""
        SELECT o.id AS row_id, r.id AS case_id, r.area AS area,
            coalesce(o.answered_on, o.offered_on) AS day,
            substr(coalesce(o.answered_on, o.offered_on), 1, 7) AS month,
            o.response AS response
        FROM waiting_offer AS o CROSS JOIN referral AS r ON r.id = o.referral_id
        WHERE (o.answered_on BETWEEN :first AND :last OR
                o.answered_on IS NULL AND o.offered_on BETWEEN :first AND :last)
            AND o.deleted IS NULL AND {_OF_CONTRACT}""",
    columns={"response": "offer_response"},
)

FACTS = (WAITING, LEFT_THE_LIST, STARTS, CONTACTS, OFFERS, ANSWERS)
