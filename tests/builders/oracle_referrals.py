"""Referrals and the waiting list in plain Python."""

from datetime import date, timedelta
from itertools import pairwise

from provider_desk.model.choices import choices
from provider_desk.model.months import add_months, age_on
from provider_desk.model.records import (
    Client,
    Referral,
    SafeContact,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from tests.builders.oracle_records import REACHED, Found, Held, Part, more


class Referrals(Part):
    """A1 to A10."""

    def fill(self, found: Found) -> None:
        """Add the figures."""
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
            found[key] = more(found[key])

    def _ages(self, received: list[Referral], found: Found) -> None:
        for name in ("under 18", "18-24", "25+", "not known"):
            found["A8", name] = 0
        for each in received:
            key = "A8", age_group(self.all._clients[each.client_id], each.received_on)
            found[key] = more(found[key])

    def _again(self, received: list[Referral], found: Found) -> None:
        again = [each for each in received if self._before(each)]
        found["A9", ""] = len(again)
        found["A9b", ""] = sum(self._recently(each) for each in again)
        found["A9c", ""] = sum(each.source == "STEPUP" for each in again)

    def _before(self, referral: Referral) -> bool:
        return was_here_before(self.all, referral)

    def _recently(self, referral: Referral) -> bool:
        for episode in self.all._episodes:
            other = self.all._everyone[episode.referral_id]
            closure = self.all._closures.get(episode.id)
            if closure and other.client_id == referral.client_id and other != referral:
                limit = add_months(closure.closed_on, 12)
                if closure.closed_on <= referral.received_on <= limit:
                    return True
        return False


def was_here_before(held: Held, referral: Referral) -> bool:
    return any(
        other.client_id == referral.client_id
        and other.received_on < referral.received_on
        and not held._entered_in_error(other)
        for other in held._everyone.values()
    )


def age_group(client: Client, day: date) -> str:
    """The age group of a person on a day."""
    if client.born_on:
        age = age_on(client.born_on, day)
    elif client.birth_year:
        age = day.year - client.birth_year
    elif client.age_band and client.age_band != "NK":
        age = int(choices("age_band").by_code[client.age_band].flags["lo"])
    else:
        return "not known"
    return "under 18" if age < 18 else "18-24" if age < 25 else "25+"


class Waiting(Part):
    """B1, B2 and B4 to B8."""

    def fill(self, found: Found) -> None:
        """Add the figures."""
        waiting = [
            (self.within[entry.referral_id], entry)
            for entries in self.all._entries.values()
            for entry in entries
            if entry.referral_id in self.within and self._on_list(entry, self.end)
        ]
        days = [(self.end - referral.received_on).days for referral, _ in waiting]
        found["B1", ""] = len(waiting)
        bands("B2", days, found)
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


def bands(code: str, days: list[int], found: Found) -> None:
    limits = (0, 29, 57, 92, 127, 183, 365, 10**6)
    for low, high in pairwise(limits):
        name = f"{low}-{high - 1}" if high < 10**6 else "365+"
        found[code, name] = sum(low <= each < high for each in days)
    found[code, "median"] = days
