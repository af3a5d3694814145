"""Referrals: what hangs on one."""

from datetime import date

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import day_or_none


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
