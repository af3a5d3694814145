"""Records in plain Python, as the oracle of the return looks at them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median
from typing import TypeVar

from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Referral,
    WaitingEntry,
)

R = TypeVar("R", bound=Record)

#: A count, a share as (n, d), a list of values to take a median or mean of.
Worth = int | tuple[int, int] | list[int]
Found = dict[tuple[str, str], Worth]

ATTENDED = ("ATT", "ATT_LATE")
MISSED = ("DNA", "LATE_NS")
CANCELLED = ("CX_CLIENT", "CX_CLIENT_LATE")
NOT_INDIVIDUAL = ("ASSESS", "GROUP", "GROUP_OWN")
#: Work that no contract pays for is in no return.
UNFUNDED = "GROUP_OWN"
REACHED = ("SPOKE", "SENT")


class Held:
    """Knows the records of one contract."""

    def __init__(
        self, records: Iterable[Record], contract_id: str, today: date
    ) -> None:
        self._held: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            self._held[type(record)].append(record)
        self._today = today
        self._clients = {each.id: each for each in self._all(Client)}
        self._everyone = {each.id: each for each in self._all(Referral)}
        self._entries: dict[str, list[WaitingEntry]] = defaultdict(list)
        for entry in self._all(WaitingEntry):
            self._entries[entry.referral_id].append(entry)
        self._closures = {each.episode_id: each for each in self._all(Closure)}
        self._episodes = [
            each for each in self._all(Episode) if not self._is_error(each)
        ]
        self._starts: dict[str, list[date]] = defaultdict(list)
        for episode in self._episodes:
            self._starts[episode.referral_id].append(episode.started_on)
        self._contract_id = contract_id

    def _all(self, kind: type[R]) -> list[R]:
        return [each for each in self._held[kind] if isinstance(each, kind)]

    def _is_error(self, episode: Episode) -> bool:
        closure = self._closures.get(episode.id)
        return closure is not None and closure.reason == "ERROR"

    def _entered_in_error(self, referral: Referral) -> bool:
        entries = self._entries[referral.id]
        return any(entry.removal_reason == "ERROR" for entry in entries)

    def first_start(self, referral_id: str) -> date:
        """The day of the first start, the end of time before that."""
        return min(self._starts[referral_id], default=date.max)


class Part:
    """Counts some figures of the referrals within reach, for one month."""

    def __init__(self, held: Held, within: dict[str, Referral], month: Month) -> None:
        self.all = held
        self.within = within
        self.month = month
        self.end = month.last_day

    def now(self, day: date | None) -> bool:
        """Whether a day lies in the month."""
        return day is not None and Month.of(day) == self.month


def more(worth: Worth) -> int:
    assert isinstance(worth, int)
    return worth + 1


def both(one: Worth, other: Worth) -> Worth:
    """What two months say together."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0] + other[0], one[1] + other[1]
    raise TypeError("two months say different kinds of things")


def days_of(month: Month) -> list[date]:
    """Every day of a month."""
    first, last = month.first_day, month.last_day
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def middle(values: list[int]) -> float:
    """The median of some values."""
    return float(median(values))
