"""The waiting list as of a day, as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

#: What the list is sorted by where triage is switched on, wherever that is said.
SOONER = "how soon a start is wanted"


class WaitingRow(NamedTuple):
    """Somebody on the waiting list as of a day.

    A tuple, because a list of thousands is made again after each deed.

    Attributes:
        waited_days: as-of day minus received day; the wait that counts.
        accepted_days: as-of day minus accepted day; neither clock is ever stopped.
        last_reached_on: last contact made up to that day.
        attempts_since: failed attempts after it.
        next_contact_on: when a contact is due.
        overdue: whether that day is past.
        can_phone: a phone channel is safe, or safe with rules, as of now.
        no_safe_way: no channel is safe as of now.
        source, hub_status: codes; hub_status is "" where the hub was not asked.
        offered_on: a start was offered on that day and not answered, None without.
        held_by: who supports the person meanwhile, as of now; "" where nobody.
        referrer_told_on: when the referrer was last told, as of now.
        reviewed_on: when the place was last reviewed, up to that day.
        level: code of how soon a start is wanted; "" where nobody said.
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
    accepted_days: int
    band: str
    last_reached_on: date | None
    attempts_since: int
    next_contact_on: date
    overdue: bool
    can_phone: bool
    no_safe_way: bool
    source: str
    hub_status: str
    offered_on: date | None
    held_by: str
    referrer_told_on: date | None
    reviewed_on: date | None
    level: str

    @property
    def open_offer(self) -> bool:
        """Whether a start was offered and not answered."""
        return self.offered_on is not None


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The list as of a day, longest wait first.

    Attributes:
        triage: whether those who are wanted sooner stand before that.
        bands: band label → how many, every band, in order.
        median_days: None when nobody waits.
        longest_days: None when nobody waits.
    """

    as_of: date
    rows: tuple[WaitingRow, ...]
    bands: dict[str, int]
    median_days: float | None
    longest_days: int | None
    triage: bool = False

    @property
    def order(self) -> str:
        """By what it is sorted, in words."""
        received = "the day the referral was received"
        return f"{SOONER}, then {received}" if self.triage else received
