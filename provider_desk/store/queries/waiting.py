"""Who waits, as of any day, and how they were kept in touch with.

Somebody is on a list from the day of acceptance until the day on which the first
session was attended or they left. All of that is dated, so that the list of a past
day comes out the same whenever it is asked for; what was entered in error is on none.
Source: monthly return, B1.
"""

from dataclasses import dataclass
from datetime import date

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import (
    closed_in_error,
    codes_where,
    day,
    day_or_none,
)
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the list, before anything is computed from the dates.

    Attributes:
        last_reached_on: newest contact made up to the day.
        attempts_since: attempts after it up to the day.
        agreed_next_on: day agreed by hand for the next contact.
        safe_phone: a phone channel is safe now.
        safe_ways: how many channels are safe now.
        open_offer: offered by the day and not answered by it.
    """

    entry_id: str
    referral_id: str
    client_id: str
    code: str
    name: str
    contract_id: str
    area: str
    received_on: date
    accepted_on: date
    agreed_next_on: date | None
    last_reached_on: date | None
    attempts_since: int
    safe_phone: bool
    safe_ways: int
    source: str
    hub_status: str
    open_offer: bool


def _waiting_sql() -> str:
    reached = codes_where("wait_contact_result", "counts_as_contact")
    safe = codes_where("safe_contact_permission", "safe")
    phones = codes_where("contact_channel", "phone")
    error = codes_where("wait_removal_reason", "counted", value=False)
    return f"""
    WITH d(day) AS (SELECT ?)
    SELECT w.id, r.id, c.id, c.code, {NAME.format("c")}, r.contract_id, r.area,
        r.received_on, w.accepted_on, w.next_contact_on,
        (SELECT max(t.held_on) FROM waiting_contact t
            WHERE t.referral_id = r.id AND t.deleted IS NULL
            AND t.result IN ({reached}) AND t.held_on <= d.day) AS reached_on,
        (SELECT group_concat(t.held_on) FROM waiting_contact t
            WHERE t.referral_id = r.id AND t.deleted IS NULL
            AND t.result NOT IN ({reached}) AND t.held_on <= d.day),
        (SELECT count(*) FROM safe_contact s
            WHERE s.client_id = c.id AND s.deleted IS NULL
            AND s.permission IN ({safe}) AND s.channel IN ({phones})),
        (SELECT count(*) FROM safe_contact s
            WHERE s.client_id = c.id AND s.deleted IS NULL
            AND s.permission IN ({safe})),
        r.source, r.hub_status,
        EXISTS (SELECT 1 FROM waiting_offer o
            WHERE o.referral_id = r.id AND o.deleted IS NULL
            AND o.offered_on <= d.day
            AND (o.response = 'PENDING' OR o.answered_on > d.day))
    FROM d CROSS JOIN waiting_entry w
    JOIN referral r ON r.id = w.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    WHERE w.deleted IS NULL AND w.accepted_on <= d.day
        AND (w.removed_on IS NULL OR w.removed_on > d.day)
        AND NOT EXISTS (SELECT 1 FROM episode e
            WHERE e.referral_id = w.referral_id AND e.deleted IS NULL
            AND e.started_on <= d.day AND e.id NOT IN ({closed_in_error()}))
        AND coalesce(w.removal_reason, '') NOT IN ({error})
        AND (? = '' OR r.contract_id = ?) AND (? = '' OR r.area = ?)
    ORDER BY r.received_on, w.accepted_on, c.code
    """


def waiting_on(
    rows: Rows, as_of: date, *, contract_id: str = "", area: str = ""
) -> list[Waiting]:
    """Everybody waiting at the end of a day, longest wait first.

    Args:
        rows: the store.
        as_of: the day.
        contract_id: one contract's list; "" for all.
        area: one service area; "" for all.
    """
    found = rows.rows(
        _waiting_sql(), (as_of.isoformat(), contract_id, contract_id, area, area)
    )
    return [
        Waiting(
            *(
                *row[:7],
                day(row[7]),
                day(row[8]),
                day_or_none(row[9]),
                day_or_none(row[10]),
                sum(1 for each in (row[11] or "").split(",") if each > (row[10] or "")),
                bool(row[12]),
                row[13],
                row[14] or "",
                row[15] or "",
                bool(row[16]),
            )
        )
        for row in found
    ]


def entry_of(rows: Rows, referral_id: str) -> str:
    """Id of a referral's place on the list; "" where it has none."""
    found = rows.rows(
        "SELECT id FROM waiting_entry WHERE referral_id = ? AND deleted IS NULL "
        "ORDER BY created DESC LIMIT 1",
        (referral_id,),
    )
    return str(found[0][0]) if found else ""
