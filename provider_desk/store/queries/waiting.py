"""Who waits, as of any day, and how they were kept in touch with.

Somebody is on a list from the day of acceptance until the day on which the first
session was attended or they left. All of that is dated, so that the list of a past
day comes out the same whenever it is asked for; what was entered in error is on none.
Source: monthly return, B1.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from provider_desk.model.choices import choices
from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import (
    closed_in_error,
    codes_where,
    day,
    day_or_none,
)
from provider_desk.store.search import NAME

#: What stands before the day of a contact: it was made, or it was a try.
_MADE, _TRIED = "+", "-"


class Waiting(NamedTuple):
    """Somebody on the list, before anything is computed from the dates.

    Attributes:
        last_reached_on: newest contact made up to the day.
        attempts_since: attempts after it up to the day.
        agreed_next_on: day agreed by hand for the next contact.
        safe_phone: a phone channel is safe now.
        safe_ways: how many channels are safe now.
        offered_on: day of the newest offer made by the day and not answered by it.
        held_by: who supports the person meanwhile, as it is known now.
        referrer_told_on: when the referrer was last told, as it is known now.
        reviewed_on: newest review of the place up to the day.
        level: code of the newest triage up to the day, "" without one.
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
    offered_on: date | None
    held_by: str
    referrer_told_on: date | None
    reviewed_on: date | None
    level: str


def _waiting_sql() -> str:
    reached = codes_where("wait_contact_result", "counts_as_contact")
    safe = codes_where("safe_contact_permission", "safe")
    return f"""
    WITH d(day) AS (SELECT ?1)
    SELECT w.id, r.id, c.id, c.code, {NAME.format("c")}, r.contract_id, r.area,
        r.received_on, w.accepted_on, w.next_contact_on,
        (SELECT group_concat(CASE WHEN t.result IN ({reached}) THEN '{_MADE}'
                ELSE '{_TRIED}' END || t.held_on)
            FROM waiting_contact t
            WHERE t.referral_id = r.id AND t.deleted IS NULL AND t.held_on <= d.day),
        (SELECT group_concat(s.channel) FROM safe_contact s
            WHERE s.client_id = c.id AND s.deleted IS NULL
            AND s.permission IN ({safe})),
        r.source, r.hub_status,
        (SELECT max(o.offered_on) FROM waiting_offer o
            WHERE o.referral_id = r.id AND o.deleted IS NULL
            AND o.offered_on <= d.day
            AND (o.response = 'PENDING' OR o.answered_on > d.day)),
        r.held_by, r.referrer_updated_on,
        (SELECT max(v.reviewed_on) FROM list_review v
            WHERE v.referral_id = r.id AND v.deleted IS NULL
            AND v.reviewed_on <= d.day),
        (SELECT max(g.set_on || g.created || ' ' || g.level) FROM triage g
            WHERE g.referral_id = r.id AND g.deleted IS NULL AND g.set_on <= d.day)
    FROM d CROSS JOIN ({_not_started()}) k
    CROSS JOIN waiting_entry w INDEXED BY waiting_entry_0
        ON w.referral_id = k.referral_id AND {_ON_LIST.format("w", _in_error())}
    JOIN referral r ON r.id = w.referral_id AND r.deleted IS NULL
    JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
    WHERE (?2 = '' OR r.contract_id = ?2) AND (?3 = '' OR r.area = ?3)
    ORDER BY r.received_on, w.accepted_on, c.code
    """


#: Of a place on the list, by its letter: it was held at the end of the day ?1.
_ON_LIST = """{0}.accepted_on <= ?1 AND {0}.deleted IS NULL
        AND ({0}.removed_on IS NULL OR {0}.removed_on > ?1)
        AND coalesce({0}.removal_reason, '') NOT IN ({1})"""


def _in_error() -> str:
    return codes_where("wait_removal_reason", "counted", value=False)


def _not_started() -> str:
    """Referrals with a place on the list, less those that had started by the day.

    Most places are of people who started long ago. Two indexes that are both in the
    order of referrals are read side by side once; only the rows of those who wait are
    read.
    """
    return f"""
    SELECT p.referral_id FROM waiting_entry p INDEXED BY waiting_entry_0
        WHERE p.referral_id > '' AND {_ON_LIST.format("p", _in_error())}
    EXCEPT SELECT e.referral_id FROM episode e INDEXED BY episode_0
        WHERE e.referral_id > '' AND e.deleted IS NULL AND e.started_on <= ?1
        AND e.id NOT IN ({closed_in_error()})
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
    found = rows.rows(_waiting_sql(), (as_of.isoformat(), contract_id, area))
    phones = frozenset(choices("contact_channel").codes_where("phone"))
    return [_waiting(row, phones) for row in found]


def _waiting(row: Sequence[Any], phones: frozenset[str]) -> Waiting:
    """A row of the question, its joined contacts and channels taken apart."""
    contacts = row[10].split(",") if row[10] else ()
    reached = max((each[1:] for each in contacts if each[0] == _MADE), default="")
    tries = sum(each[0] == _TRIED and each[1:] > reached for each in contacts)
    ways = frozenset(row[11].split(",")) if row[11] else frozenset()
    values = (
        *row[:7],
        day(row[7]),
        day(row[8]),
        day_or_none(row[9]),
        day_or_none(reached),
        tries,
        not phones.isdisjoint(ways),
        len(ways),
        row[12] or "",
        row[13] or "",
        day_or_none(row[14]),
        row[15] or "",
        day_or_none(row[16]),
        day_or_none(row[17]),
        (row[18] or "").rpartition(" ")[2],
    )
    return Waiting(*values)


def entry_of(rows: Rows, referral_id: str) -> str:
    """Id of a referral's place on the list; "" where it has none."""
    found = rows.rows(
        "SELECT id FROM waiting_entry WHERE referral_id = ? AND deleted IS NULL "
        "ORDER BY created DESC LIMIT 1",
        (referral_id,),
    )
    return str(found[0][0]) if found else ""
