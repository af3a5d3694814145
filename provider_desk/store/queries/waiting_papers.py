"""What letters, call sheets, the capacity statement and Today ask about who waits.

Each is one question for all the people asked about, answered by an index. Source:
practices, P8, P13, P15.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.records import SafeContact
from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import codes_where, day, marks
from provider_desk.store.search import NAME

#: So many ids are asked about at a time.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, repr=False)
class Reachable:
    """Somebody with a referral, and where they may be reached.

    Attributes:
        name: as lists show it.
        greeting: known-as, or the first names.
        full_name: first names and family name.
        first_names, family_name: as they are written down.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    greeting: str
    full_name: str
    address: str
    postcode: str
    mobile: str
    landline: str
    first_names: str
    family_name: str


def reachable(rows: Rows, referral_ids: Sequence[str]) -> dict[str, Reachable]:
    """Referral id → the person; ids that are not there are left out."""
    found: dict[str, Reachable] = {}
    for start in range(0, len(referral_ids), _AT_ONCE):
        some = referral_ids[start : start + _AT_ONCE]
        for row in rows.rows(
            f"""
            SELECT r.id, c.id, c.code, {NAME.format("c")},
                coalesce(nullif(c.known_as, ''), c.given_names, ''),
                trim(coalesce(c.given_names, '') || ' ' || coalesce(c.family_name, '')),
                coalesce(c.address, ''), coalesce(c.postcode, ''),
                coalesce(c.mobile, ''), coalesce(c.landline, ''),
                coalesce(c.given_names, ''), coalesce(c.family_name, '')
            FROM referral r JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
            WHERE r.deleted IS NULL AND r.id IN ({marks(len(some))})
            """,
            some,
        ):
            found[row[0]] = Reachable(*row)
    return found


_WAY = (
    "client_id",
    "channel",
    "permission",
    "rules",
    "hours",
    "answered_by",
    "we_say",
    "code_word",
    "message",
    "if_other",
    "must_not_know",
)


def ways(rows: Rows, client_ids: Sequence[str]) -> dict[str, dict[str, SafeContact]]:
    """Person's id → channel → whether and how it may be used."""
    found: dict[str, dict[str, SafeContact]] = {}
    columns = ", ".join(f"s.{name}" for name in _WAY)
    for start in range(0, len(client_ids), _AT_ONCE):
        some = client_ids[start : start + _AT_ONCE]
        for row in rows.rows(
            f"SELECT {columns} FROM safe_contact s WHERE s.deleted IS NULL "
            f"AND s.client_id IN ({marks(len(some))}) ORDER BY s.created",
            some,
        ):
            way = SafeContact.made(dict(zip(_WAY, (v or "" for v in row), strict=True)))
            found.setdefault(way.client_id, {})[way.channel] = way
    return found


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer of a start that nobody answered yet."""

    offer_id: str
    referral_id: str
    client_id: str
    code: str
    name: str
    offered_on: date


def open_offers(rows: Rows, until: date) -> list[OpenOffer]:
    """Offers made up to a day, not answered, to people who still wait; oldest first."""
    found = rows.rows(
        f"""
        SELECT o.id, r.id, c.id, c.code, {NAME.format("c")}, o.offered_on
        FROM waiting_offer o
        JOIN referral r ON r.id = o.referral_id AND r.deleted IS NULL
        JOIN client c ON c.id = r.client_id AND c.deleted IS NULL
        WHERE o.answered_on IS NULL AND o.offered_on <= ? AND o.deleted IS NULL
            AND o.response = 'PENDING'
            AND EXISTS (SELECT 1 FROM waiting_entry w
                WHERE w.referral_id = o.referral_id AND w.removed_on IS NULL
                AND w.deleted IS NULL)
            AND NOT EXISTS (SELECT 1 FROM episode e
                WHERE e.referral_id = o.referral_id AND e.deleted IS NULL)
        ORDER BY o.offered_on, c.code
        """,
        (until.isoformat(),),
    )
    return [OpenOffer(*(*row[:5], day(row[5]))) for row in found]


def booked(rows: Rows, first: date, last: date) -> dict[tuple[str, str], int]:
    """Contract id and area → individual sessions booked from a day to another."""
    individual = codes_where("session_type", "individual")
    found = rows.rows(
        f"""
        SELECT r.contract_id, r.area, count(*) FROM session s
        JOIN referral r ON r.id = s.referral_id AND r.deleted IS NULL
        WHERE s.attendance IN ('UNREC', 'BOOKED') AND s.deleted IS NULL
            AND s.attendance = 'BOOKED'
            AND s.held_on BETWEEN ? AND ? AND s.type IN ({individual})
        GROUP BY r.contract_id, r.area
        """,
        (first.isoformat(), last.isoformat()),
    )
    return {(row[0], row[1]): row[2] for row in found}
