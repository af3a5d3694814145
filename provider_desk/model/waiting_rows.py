"""The waiting list as of a day, as its page shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody on the waiting list as of a day.

    Attributes:
        waited_days: as-of day minus received day.
        last_reached_on: last contact made up to that day.
        attempts_since: failed attempts after it.
        next_contact_on: when a contact is due.
        overdue: whether that day is past.
        can_phone: a phone channel is safe, or safe with rules, as of now.
        no_safe_way: no channel is safe as of now.
        source, hub_status: codes; hub_status is "" where the hub was not asked.
        open_offer: a start was offered by that day and not answered.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    contract_id: str
    area: str
    received_on: date
    accepted_on: date
    waited_days: int
    band: str
    last_reached_on: date | None
    attempts_since: int
    next_contact_on: date
    overdue: bool
    can_phone: bool
    no_safe_way: bool
    source: str
    hub_status: str
    open_offer: bool


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The list as of a day, longest wait first.

    Attributes:
        bands: band label → how many, every band, in order.
        median_days: None when nobody waits.
        longest_days: None when nobody waits.
    """

    as_of: date
    rows: tuple[WaitingRow, ...]
    bands: dict[str, int]
    median_days: float | None
    longest_days: int | None
