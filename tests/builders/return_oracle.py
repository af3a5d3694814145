"""The return's figures once more, in plain Python over records, to compare with.

Written from the definitions, without the program's SQL or its indicators: each
function here says in its own way what one code of the monthly return counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import TypeVar

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.months import Month, add_months, age_on
from provider_desk.model.records import (
    Capacity,
    Client,
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    SafeContact,
    Score,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)

R = TypeVar("R", bound=Record)

#: A count, a share as (n, d), a list of values to take a median or mean of.
Worth = int | tuple[int, int] | list[int]
Found = dict[tuple[str, str], Worth]

ATTENDED = ("ATT", "ATT_LATE")
MISSED = ("DNA", "LATE_NS")
CANCELLED = ("CX_CLIENT", "CX_CLIENT_LATE")
NOT_INDIVIDUAL = ("ASSESS", "GROUP")
REACHED = ("SPOKE", "SENT")


class Oracle:
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

    def figures(self, areas: tuple[str, ...], month: Month) -> Found:
        """Every figure of some areas together, for one month."""
        within = {
            each.id: each
            for each in self._all(Referral)
            if each.contract_id == self._contract_id and each.area in areas
        }
        found: Found = {}
        _Referrals(self, within, month).fill(found)
        _Waiting(self, within, month).fill(found)
        _Sessions(self, within, month).fill(found)
        _Episodes(self, within, month).fill(found)
        self._capacity(areas, month, found)
        return found

    def _capacity(self, areas: tuple[str, ...], month: Month, found: Found) -> None:
        """Slots day by day: a seventh of the weekly slots of that day."""
        slots = []
        for area in areas:
            steps = sorted(
                (each.from_on, each.weekly_slots)
                for each in self._all(Capacity)
                if each.area == area and each.contract_id == self._contract_id
            )
            days = [
                [weekly for since, weekly in steps if since <= day][-1:]
                for day in days_of(month)
            ]
            if any(days):
                sevenths = sum(sum(each) for each in days)
                slots.append((2 * sevenths + 7) // 14)
        if slots:
            offered = found["C3", ""]
            assert isinstance(offered, int)
            found["C12", ""] = sum(slots)
            found["C12", "use"] = (offered, sum(slots))

    def first_start(self, referral_id: str) -> date:
        """The day of the first start, the end of time before that."""
        return min(self._starts[referral_id], default=date.max)


class _Part:
    def __init__(
        self, oracle: Oracle, within: dict[str, Referral], month: Month
    ) -> None:
        self.all = oracle
        self.within = within
        self.month = month
        self.end = month.last_day

    def now(self, day: date | None) -> bool:
        return day is not None and Month.of(day) == self.month


class _Referrals(_Part):
    def fill(self, found: Found) -> None:
        good = [
            each
            for each in self.within.values()
            if not self.all._entered_in_error(each)
        ]
        received = [each for each in good if self.now(each.received_on)]
        found["A1", ""] = len(received)
        decided = [each for each in good if self.now(each.decided_on)]
        for code, decision in (
            ("A2", "ACCEPTED"),
            ("A3", "DECLINED"),
            ("A4", "WITHDRAWN"),
        ):
            found[code, ""] = sum(each.decision == decision for each in decided)
        declined = [each for each in decided if each.decision == "DECLINED"]
        for choice in choices("decline_reason").values:
            found["A3b", choice.label] = sum(
                each.decline_reason == choice.code for each in declined
            )
        found["A3b", "no reason recorded"] = sum(
            each.decline_reason is None for each in declined
        )
        found["A5", ""] = sum(
            each.received_on <= self.end
            and (each.decided_on is None or each.decided_on > self.end)
            for each in good
        )
        found["A6", ""] = [
            (each.decided_on - each.received_on).days
            for each in decided
            if each.decided_on and each.decision != "WITHDRAWN"
        ]
        self._sources(received, found)
        self._ages(received, found)
        self._again(received, found)
        found["A10", ""] = sum(self.now(each.hub_sent_on) for each in good)
        found["A10", "median"] = [
            (each.hub_decided_on - each.hub_sent_on).days
            for each in good
            if each.hub_sent_on
            and each.hub_decided_on
            and self.now(each.hub_decided_on)
        ]

    def _sources(self, received: list[Referral], found: Found) -> None:
        listed = choices("referral_source").by_code
        for choice in listed.values():
            found["A7", str(choice.flags["group"])] = 0
        for each in received:
            key = "A7", str(listed[each.source].flags["group"])
            found[key] = _more(found[key])

    def _ages(self, received: list[Referral], found: Found) -> None:
        for name in ("under 18", "18-24", "25+", "not known"):
            found["A8", name] = 0
        for each in received:
            key = "A8", _age_group(self.all._clients[each.client_id], each.received_on)
            found[key] = _more(found[key])

    def _again(self, received: list[Referral], found: Found) -> None:
        again = [each for each in received if self._before(each)]
        found["A9", ""] = len(again)
        found["A9b", ""] = sum(self._recently(each) for each in again)
        found["A9c", ""] = sum(each.source == "STEPUP" for each in again)

    def _before(self, referral: Referral) -> bool:
        return _was_here_before(self.all, referral)

    def _recently(self, referral: Referral) -> bool:
        for episode in self.all._episodes:
            other = self.all._everyone[episode.referral_id]
            closure = self.all._closures.get(episode.id)
            if closure and other.client_id == referral.client_id and other != referral:
                limit = add_months(closure.closed_on, 12)
                if closure.closed_on <= referral.received_on <= limit:
                    return True
        return False


def _was_here_before(oracle: Oracle, referral: Referral) -> bool:
    return any(
        other.client_id == referral.client_id
        and other.received_on < referral.received_on
        and not oracle._entered_in_error(other)
        for other in oracle._everyone.values()
    )


def _more(worth: Worth) -> int:
    assert isinstance(worth, int)
    return worth + 1


def _age_group(client: Client, day: date) -> str:
    if client.born_on:
        age = age_on(client.born_on, day)
    elif client.birth_year:
        age = day.year - client.birth_year
    elif client.age_band and client.age_band != "NK":
        age = int(choices("age_band").by_code[client.age_band].flags["lo"])
    else:
        return "not known"
    return "under 18" if age < 18 else "18-24" if age < 25 else "25+"


class _Waiting(_Part):
    def fill(self, found: Found) -> None:
        waiting = [
            (self.within[entry.referral_id], entry)
            for entries in self.all._entries.values()
            for entry in entries
            if entry.referral_id in self.within and self._on_list(entry, self.end)
        ]
        days = [(self.end - referral.received_on).days for referral, _ in waiting]
        found["B1", ""] = len(waiting)
        _bands("B2", days, found)
        found["B2", "longest"] = days
        reached = sum(self._reached(referral.id) for referral, _ in waiting)
        found["B6", ""] = (reached, len(waiting))
        found["B7", ""] = sum(not self._safe(referral) for referral, _ in waiting)
        self._left(found)
        self._contacts(found)
        self._offers(found)

    def _on_list(self, entry: WaitingEntry, day: date) -> bool:
        return (
            entry.removal_reason != "ERROR"
            and entry.accepted_on <= day
            and (entry.removed_on is None or entry.removed_on > day)
            and self.all.first_start(entry.referral_id) > day
        )

    def _reached(self, referral_id: str) -> bool:
        return any(
            contact.referral_id == referral_id
            and contact.result in REACHED
            and 0 <= (self.end - contact.held_on).days < 28
            for contact in self.all._all(WaitingContact)
        )

    def _safe(self, referral: Referral) -> bool:
        return any(
            each.client_id == referral.client_id
            and each.permission in ("YES", "YES_RULES")
            for each in self.all._all(SafeContact)
        )

    def _left(self, found: Found) -> None:
        left = [
            entry
            for entries in self.all._entries.values()
            for entry in entries
            if entry.referral_id in self.within
            and self.now(entry.removed_on)
            and entry.removal_reason not in ("ERROR", "STARTED")
            and entry.removed_on is not None
            and self.all.first_start(entry.referral_id) > entry.removed_on
        ]
        found["B4", ""] = len(left)
        for choice in choices("wait_removal_reason").values:
            if choice.code not in ("ERROR", "STARTED"):
                found["B4b", choice.label] = sum(
                    entry.removal_reason == choice.code for entry in left
                )

    def _contacts(self, found: Found) -> None:
        made = []
        attempts = 0
        for contact in self.all._all(WaitingContact):
            if not self.now(contact.held_on) or contact.referral_id not in self.within:
                continue
            yesterday = contact.held_on - timedelta(days=1)
            on_list = any(
                entry.accepted_on <= contact.held_on
                and (
                    self._on_list(entry, yesterday)
                    or self._on_list(entry, contact.held_on)
                    or contact.held_on
                    == entry.accepted_on
                    == min(
                        entry.removed_on or date.max,
                        self.all.first_start(entry.referral_id),
                    )
                )
                and entry.removal_reason != "ERROR"
                for entry in self.all._entries[contact.referral_id]
            )
            if on_list and contact.result in REACHED:
                made.append(contact)
            elif on_list:
                attempts += 1
        found["B5", ""] = len(made)
        found["B5b", ""] = attempts
        for choice in choices("wait_contact_method").values:
            found["B5c", choice.label] = sum(
                contact.method == choice.code for contact in made
            )

    def _offers(self, found: Found) -> None:
        offers = [
            offer
            for offer in self.all._all(WaitingOffer)
            if offer.referral_id in self.within
        ]
        found["B8", ""] = sum(self.now(offer.offered_on) for offer in offers)
        found["B8b", ""] = sum(
            offer.response == "DECLINED"
            and self.now(offer.answered_on or offer.offered_on)
            for offer in offers
        )


def _bands(code: str, days: list[int], found: Found) -> None:
    limits = (0, 29, 57, 92, 127, 183, 365, 10**6)
    for low, high in pairwise(limits):
        name = f"{low}-{high - 1}" if high < 10**6 else "365+"
        found[code, name] = sum(low <= each < high for each in days)
    found[code, "median"] = days


class _Sessions(_Part):
    def fill(self, found: Found) -> None:
        held = [
            each
            for each in self.all._all(Session)
            if each.referral_id in self.within and self.now(each.held_on)
        ]
        single = [each for each in held if each.type not in NOT_INDIVIDUAL]
        came = [each for each in held if each.attendance in ATTENDED]
        offered = (*ATTENDED, *MISSED, *CANCELLED)
        for code, by_mode, outcomes in (
            ("C3", "C8b", offered),
            ("C4", "C8", ATTENDED),
            ("C5", "C8c", MISSED),
            ("C6", "C8d", CANCELLED),
            ("C7", "C8e", ("CX_PROV",)),
        ):
            those = [each for each in single if each.attendance in outcomes]
            found[code, ""] = len(those)
            for choice in choices("session_mode").values:
                found[by_mode, str(choice.flags["short"])] = sum(
                    each.mode == choice.code for each in those
                )
        found["C6", "late"] = sum(
            each.attendance == "CX_CLIENT_LATE" for each in single
        )
        attended, missed = (
            sum(each.attendance in outcomes for each in single)
            for outcomes in (ATTENDED, MISSED)
        )
        found["C9", ""] = (
            attended,
            sum(each.attendance in offered for each in single),
        )
        found["C10", ""] = (missed, attended + missed)
        groups = [each for each in came if each.type == "GROUP"]
        found["C11", ""] = len(groups)
        found["C11b", ""] = len(
            {
                (self.within[each.referral_id].area, each.held_on, each.group_code)
                for each in groups
            }
        )
        found["C13", ""] = sum(
            each.attendance in ("UNREC", "BOOKED") and each.held_on < self.all._today
            for each in held
        )
        found["C14", ""] = sum(each.type == "ASSESS" for each in came)
        found["P1", ""] = len(
            {self.within[each.referral_id].client_id for each in came}
        )
        self._trial(came, found)

    def _trial(self, came: list[Session], found: Found) -> None:
        trial = [each for each in came if each.trial]
        found["D10", ""] = len(trial)
        found["D10", "Before trial"] = sum(each.trial == "PRE" for each in trial)
        found["D10", "After trial"] = sum(each.trial == "POST" for each in trial)
        past = 0
        for each in trial:
            used = sorted(
                (other.held_on, other.id)
                for other in self.all._all(Session)
                if other.referral_id == each.referral_id
                and other.trial == each.trial
                and other.attendance in ATTENDED
            )
            past += used.index((each.held_on, each.id)) >= 8
        found["D10", "over 8"] = past


class _Episodes(_Part):
    def fill(self, found: Found) -> None:
        mine = [each for each in self.all._episodes if each.referral_id in self.within]
        self._starts(mine, found)
        live = [each for each in mine if self._live(each)]
        found["C2", ""] = len(live)
        core = [each for each in live if self._phase(each) == "CORE"]
        found["C2", "core"] = len(core)
        found["C2", "step down"] = len(live) - len(core)
        found["D8b", ""] = len(live) - len(core)
        over = [each for each in core if add_months(each.started_on, 12) <= self.end]
        found["D5", ""] = len(over)
        excused = sum(self._excused(each) for each in over)
        found["D5", "with reason"] = excused
        found["D5", "without reason"] = len(over) - excused
        found["D6", ""] = (
            sum(self._has_exit(each, self.end) for each in live),
            len(live),
        )
        found["D11", ""] = sum(
            add_months(each.started_on, 24) <= self.end for each in live
        )
        ids = {each.id for each in mine}
        found["D8", ""] = sum(
            phase.phase == "STEP_DOWN"
            and phase.episode_id in ids
            and self.now(phase.started_on)
            for phase in self.all._all(Phase)
        )
        self._closed(mine, found)

    def _starts(self, mine: list[Episode], found: Found) -> None:
        starts = [each for each in mine if self.now(each.started_on)]
        waits = [
            (each.started_on - self.within[each.referral_id].received_on).days
            for each in starts
        ]
        found["C1", ""] = len(starts)
        _bands("B3", waits, found)
        found["D7", ""] = (
            sum(self._has_exit(each, each.started_on) for each in starts),
            len(starts),
        )
        found["D9", ""] = sum(
            self.within[each.referral_id].source == "STEPUP"
            and _was_here_before(self.all, self.within[each.referral_id])
            for each in starts
        )

    def _live(self, episode: Episode) -> bool:
        closure = self.all._closures.get(episode.id)
        return episode.started_on <= self.end and (
            closure is None or closure.closed_on > self.end
        )

    def _phase(self, episode: Episode) -> str:
        begun = [
            phase
            for phase in self.all._all(Phase)
            if phase.episode_id == episode.id and phase.started_on <= self.end
        ]
        # Of two phases from the same day the one recorded later holds.
        begun.sort(key=lambda phase: phase.started_on)
        return begun[-1].phase if begun else "CORE"

    def _excused(self, episode: Episode) -> bool:
        return any(
            each.episode_id == episode.id
            and each.approved_on <= self.end
            and (each.review_by is None or each.review_by >= self.end)
            for each in self.all._all(Exceptional)
        )

    def _has_exit(self, episode: Episode, day: date) -> bool:
        return any(
            each.episode_id == episode.id and each.made_on <= day
            for each in self.all._all(ExitStrategy)
        )

    def _closed(self, mine: list[Episode], found: Found) -> None:
        closed = [
            (each, self.all._closures[each.id])
            for each in mine
            if each.id in self.all._closures
            and self.now(self.all._closures[each.id].closed_on)
        ]
        listed = choices("closure_reason")
        planned = sum(
            bool(listed.by_code[closure.reason].flags.get("planned"))
            for _, closure in closed
        )
        found["D1", ""] = len(closed)
        found["D1", "planned"] = planned
        found["D1", "unplanned"] = len(closed) - planned
        found["D1b", ""] = (planned, len(closed))
        for choice in listed.values:
            if choice.code != "ERROR":
                found["D2", choice.label] = sum(
                    closure.reason == choice.code for _, closure in closed
                )
        sessions = [
            self._came(each, closure.closed_on, individual=True)
            for each, closure in closed
        ]
        counts = [len(each) for each in sessions]
        found["D3", ""] = [count for count in counts if count]
        found["D3", "median"] = [count for count in counts if count]
        found["D3b", ""] = counts.count(0)
        found["D4", ""] = [
            (closure.closed_on - each.started_on).days for each, closure in closed
        ]
        self._outcomes(closed, found)

    def _came(self, episode: Episode, last: date, *, individual: bool) -> list[date]:
        return sorted(
            each.held_on
            for each in self.all._all(Session)
            if each.episode_id == episode.id
            and each.attendance in ATTENDED
            and each.held_on <= last
            and not (individual and each.type in NOT_INDIVIDUAL)
        )

    def _outcomes(self, closed: list[tuple[Episode, Closure]], found: Found) -> None:
        groups = ("improved", "no reliable change", "deteriorated", "no paired score")
        for name in groups:
            found["E2", name] = 0
        pairs = [self._pairs(each, closure.closed_on) for each, closure in closed]
        for pair in pairs:
            key = "E2", _change(pair)
            found[key] = _more(found[key])
        found["E2", ""] = len(closed)
        found["E1", ""] = (sum(bool(pair) for pair in pairs), len(pairs))
        for name, code in (("PHQ-9", "PHQ9"), ("GAD-7", "GAD7"), ("CORE-10", "CORE10")):
            found["E1", name] = (sum(code in pair for pair in pairs), len(pairs))

    def _pairs(self, episode: Episode, closed_on: date) -> dict[str, int]:
        """Measure → by how much it fell, where it was taken first and last."""
        referral = self.within[episode.referral_id]
        came = self._came(episode, closed_on, individual=False)
        falls = {}
        for instrument in {each.instrument for each in self.all._all(Score)}:
            taken = {
                each.scored_on: each.total
                for each in self.all._all(Score)
                if each.referral_id == referral.id
                and each.instrument == instrument
                and referral.received_on <= each.scored_on <= closed_on
            }
            if not taken:
                continue
            first, last = min(taken), max(taken)
            in_time = len(came) < 3 or first <= came[2]
            later = any(first < day <= last for day in came)
            if in_time and later:
                falls[instrument] = taken[first] - taken[last]
        return falls


def _change(falls: dict[str, int]) -> str:
    if "PHQ9" not in falls or "GAD7" not in falls:
        return "no paired score"
    up = falls["PHQ9"] >= 6 or falls["GAD7"] >= 4
    down = falls["PHQ9"] <= -6 or falls["GAD7"] <= -4
    if up == down:
        return "no reliable change"
    return "improved" if up else "deteriorated"


def days_of(month: Month) -> list[date]:
    """Every day of a month."""
    first, last = month.first_day, month.last_day
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def middle(values: list[int]) -> float:
    """The median of some values."""
    return float(median(values))
