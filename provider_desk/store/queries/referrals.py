"""Referrals: what hangs on one, and what hub and referrer still wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import NOT_BEGUN, codes_sql, day, day_or_none
from provider_desk.store.search import NAME


def earliest_on(rows: Rows, referral_id: str) -> date | None:
    """Earliest day of what was recorded on a referral; None where nothing was."""
    found = rows.rows(
        """
        SELECT min(day) FROM (
            SELECT min(held_on) AS day FROM session
                WHERE referral_id = ?1 AND deleted IS NULL
            UNION ALL SELECT min(held_on) FROM waiting_contact
                WHERE referral_id = ?1 AND deleted IS NULL
            UNION ALL SELECT min(offered_on) FROM waiting_offer
                WHERE referral_id = ?1 AND deleted IS NULL
            UNION ALL SELECT min(scored_on) FROM score
                WHERE referral_id = ?1 AND deleted IS NULL)
        """,
        (referral_id,),
    )
    return day_or_none(found[0][0])


def made_in_one_deed(rows: Rows, closure_id: str, referral_id: str) -> bool:
    """Whether a closing and a referral were made by the same deed."""
    found = rows.rows(
        """
        SELECT o1."txn" = o2."txn" FROM closure x, referral r
        JOIN op o1 ON o1.hlc = unhex(x.created)
        JOIN op o2 ON o2.hlc = unhex(r.created)
        WHERE x.id = ? AND r.id = ?
        """,
        (closure_id, referral_id),
    )
    return bool(found and found[0][0])


@dataclass(frozen=True, slots=True)
class Open:
    """A referral that waits for the hub's word, or whose referrer waits for ours.

    Attributes:
        since: sent to the hub on, or decided on.
        source: code of who referred.
        decision: code of what was decided.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    since: date
    source: str
    decision: str


def with_hub(rows: Rows, until: date) -> list[Open]:
    """Sent to the hub up to a day, without its answer, not begun; oldest first.

    A step-up is told to the hub, not asked of it. Source: domain reference, B8.
    """
    return _open(
        rows,
        "r.hub_sent_on",
        f"""
        r.hub_status = 'SENT' AND r.hub_sent_on <= ? AND r.source <> 'STEPUP'
        AND {NOT_BEGUN}
        """,
        (until.isoformat(),),
    )


def untold(rows: Rows, since: date, until: date, ours: tuple[str, ...]) -> list[Open]:
    """Decided in these days, both included, and the referrer not told; oldest first.

    Args:
        rows: the store.
        since: the first day of the decisions.
        until: the last one.
        ours: sources that nobody else has to be told about.
    """
    return _open(
        rows,
        "r.decided_on",
        f"""
        r.decided_on BETWEEN ? AND ? AND r.source NOT IN ({codes_sql(ours)})
        AND (r.referrer_updated_on IS NULL OR r.referrer_updated_on < r.decided_on)
        """,
        (since.isoformat(), until.isoformat()),
    )


def _open(rows: Rows, since: str, test: str, params: Sequence[Any]) -> list[Open]:
    found = rows.rows(
        f"""
        SELECT r.id, c.id, c.code, {NAME.format("c")}, {since}, r.source, r.decision
        FROM referral r JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
        WHERE r.deleted IS NULL AND {test} ORDER BY {since}, c.code
        """,
        params,
    )
    return [Open(*(*row[:4], day(row[4]), *row[5:])) for row in found]
