"""What the questions share: dates out of columns, where a referral stands."""

from datetime import date
from typing import Any

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.views import Standing

_DAY = Day(label="")


def day(held: Any) -> date:
    """A date column that is always filled."""
    return date.fromisoformat(held)


def day_or_none(held: Any) -> date | None:
    """A date column that may be empty."""
    return date.fromisoformat(held) if held else None


def born_in_words(born_on: Any, year: Any, band: Any) -> str:
    """When somebody was born as far as it is known: a day, a year or an age band."""
    born = day_or_none(born_on)
    if born:
        return shown(_DAY, born).partition(" ")[2]
    return str(year) if year else choices("age_band").label(band)


def marks(count: int) -> str:
    """So many places for bound values: "?, ?, ?"."""
    return ", ".join("?" * count)


def codes_sql(codes: tuple[str, ...]) -> str:
    """Codes of our own value lists for use in IN (…); never what somebody typed."""
    return ", ".join(f"'{code}'" for code in codes)


def codes_where(name: str, flag: str, *, value: object = True) -> str:
    """The codes of a value list whose flag has that value, for use in IN (…)."""
    return codes_sql(choices(name).codes_where(flag, value))


def closed_in_error() -> str:
    """The few episodes that were entered in error, for use in IN (…)."""
    reasons = codes_where("closure_reason", "counted", value=False)
    return (
        "SELECT wrong.episode_id FROM closure wrong WHERE wrong.deleted IS NULL "
        f"AND wrong.reason IN ({reasons}) AND wrong.episode_id IS NOT NULL"
    )


def not_started(day: str) -> str:
    """Referrals with a place on the list whose support had not begun by a day.

    Most places are of people who started long ago. Two indexes in the order of
    referrals run along each other, so that their rows are not read.

    Args:
        day: a day as SQL, such as "?1".
    """
    return f"""
        SELECT w.referral_id FROM waiting_entry w INDEXED BY waiting_entry_0
            WHERE w.referral_id > '' AND w.deleted IS NULL
            AND (w.removed_on IS NULL OR w.removed_on > {day})
        EXCEPT SELECT g.referral_id FROM episode g INDEXED BY episode_0
            WHERE g.referral_id > '' AND g.deleted IS NULL AND g.started_on <= {day}
            AND g.id NOT IN ({closed_in_error()})
    """


#: Of a referral r: it is still open, and support neither began nor was declined.
NOT_BEGUN = """
        r.decision IN ('PENDING', 'ACCEPTED')
        AND NOT EXISTS (SELECT 1 FROM episode e
            WHERE e.referral_id = r.id AND e.deleted IS NULL)
        AND NOT EXISTS (SELECT 1 FROM waiting_entry w
            WHERE w.referral_id = r.id AND w.deleted IS NULL
            AND w.removed_on IS NOT NULL)
"""


def referral_with_all() -> str:
    """A referral r with its person c, place on the list w, episode e and closing x.

    An episode entered in error is none.
    """
    return f"""
        referral r
        JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
        LEFT JOIN waiting_entry w ON w.referral_id = r.id AND w.deleted IS NULL
        LEFT JOIN episode e ON e.referral_id = r.id AND e.deleted IS NULL
            AND e.id NOT IN ({closed_in_error()})
        LEFT JOIN closure x ON x.episode_id = e.id AND x.deleted IS NULL
    """


#: Where such a referral stands now.
STANDING = f"""
    CASE WHEN x.id IS NOT NULL THEN '{Standing.CLOSED}'
         WHEN e.id IS NOT NULL THEN '{Standing.LIVE}'
         WHEN r.decision = 'PENDING' THEN '{Standing.AWAITING}'
         WHEN r.decision = 'DECLINED' THEN '{Standing.DECLINED}'
         WHEN r.decision = 'WITHDRAWN' THEN '{Standing.WITHDRAWN}'
         WHEN w.removed_on IS NOT NULL THEN '{Standing.LEFT}'
         ELSE '{Standing.WAITING}' END
"""

#: Standings from the one that is furthest open; of several referrals it comes first.
FURTHEST_OPEN = (
    Standing.LIVE,
    Standing.WAITING,
    Standing.AWAITING,
    Standing.CLOSED,
    Standing.LEFT,
    Standing.DECLINED,
    Standing.WITHDRAWN,
)
