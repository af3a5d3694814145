"""Desks drawn by chance, whose records keep the rules."""

import random
from datetime import date, timedelta

from provider_desk.model.choices import choices
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    Capacity,
    Client,
    Closure,
    Contract,
    ContractArea,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    SafeContact,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from tests.builders.random_outcomes import RandomOutcomes
from tests.builders.record_desks import AREAS, CONTRACT, OTHER_CONTRACT, service


class RandomDesk:
    """A desk whose records keep the rules, drawn from a source of chance.

    Args:
        chance: what decides.
        people: how many.
        first: earliest day of a referral.
        days: referrals come within so many days of it.
    """

    def __init__(
        self, chance: random.Random, people: int, first: date, days: int
    ) -> None:
        self._chance = chance
        self._first = first
        self._days = days
        self._outcomes = RandomOutcomes(chance)
        self.records: list[Record] = [
            *service(*AREAS),
            Contract(id=OTHER_CONTRACT, reference="C-2", title="Other"),
            ContractArea(contract_id=OTHER_CONTRACT, area="THER"),
        ]
        for area in AREAS:
            self._capacity(area)
        for number in range(people):
            self._person(number)
            # Surveys come in heaps, so that some are told as a share.
            day = self._after(first, days + 100)
            for _ in range(self._chance.choice((0, 0, 0, 15))):
                self._survey(self._chance.choice(AREAS), self._after(day, 20), None)

    def _survey(self, area: str, day: date, referral: Referral | None) -> None:
        contract = OTHER_CONTRACT if self._maybe(0.1) else CONTRACT
        self.records.append(self._outcomes.survey(contract, area, day, referral))

    def _code(self, name: str, *without: str) -> str:
        codes = [code for code in choices(name).by_code if code not in without]
        return self._chance.choice(codes)

    def _maybe(self, share: float) -> bool:
        return self._chance.random() < share

    def _after(self, day: date, most: int) -> date:
        return day + timedelta(days=self._chance.randint(0, most))

    def _capacity(self, area: str) -> None:
        day = self._first
        for _ in range(self._chance.randint(0, 2)):
            day = self._after(day, 200)
            slots = self._chance.randint(0, 30)
            self.records.append(
                Capacity(
                    contract_id=CONTRACT, area=area, from_on=day, weekly_slots=slots
                )
            )
            day += timedelta(days=1)

    def _person(self, number: int) -> None:
        born = date(1960, 1, 1) + timedelta(days=self._chance.randint(0, 18_000))
        known = self._chance.randint(0, 4)
        client = Client(
            code=f"P-{number}",
            born_on=born if known < 2 else None,
            birth_year=born.year if known == 2 else None,
            age_band=self._code("age_band") if known == 3 else None,
            **self._outcomes.equality(),  # type: ignore[arg-type]
        )
        self.records.append(client)
        for channel in ("MOBILE", "EMAIL"):
            if self._maybe(0.5):
                self.records.append(
                    SafeContact(
                        client_id=client.id,
                        channel=channel,
                        permission=self._code("safe_contact_permission"),
                    )
                )
        day = self._after(self._first, self._days)
        for _ in range(self._chance.randint(1, 3)):
            day = self._referral(client, day) + timedelta(
                days=self._chance.choice((0, 1, 30, 365, 366, 500))
            )

    def _referral(self, client: Client, received: date) -> date:
        """A referral with all that follows; returns the day on which it ends."""
        decision = self._code("referral_decision")
        decision = "ACCEPTED" if self._maybe(0.6) else decision
        decided = None if decision == "PENDING" else self._after(received, 20)
        hub = self._after(received, 5) if self._maybe(0.3) else None
        referral = Referral(
            client_id=client.id,
            contract_id=OTHER_CONTRACT if self._maybe(0.1) else CONTRACT,
            area=self._chance.choice(AREAS),
            received_on=received,
            source=self._code("referral_source"),
            hub_sent_on=hub,
            hub_decided_on=self._after(hub, 9) if hub and self._maybe(0.7) else None,
            decision=decision,
            decided_on=decided,
            decline_reason=self._code("decline_reason")
            if decision == "DECLINED" and self._maybe(0.8)
            else None,
        )
        self.records.append(referral)
        self._session(referral, None, self._after(received, 30), "ASSESS")
        if decision != "ACCEPTED" or decided is None:
            return decided or received
        return self._wait(referral, decided)

    def _wait(self, referral: Referral, accepted: date) -> date:
        ends = self._after(accepted, self._chance.choice((40, 200, 500)))
        fate = self._chance.choice(("waits", "starts", "starts", "starts", "leaves"))
        entry = WaitingEntry(
            referral_id=referral.id,
            accepted_on=accepted,
            removed_on=ends if fate == "leaves" else None,
            removal_reason=self._code("wait_removal_reason", "STARTED")
            if fate == "leaves"
            else None,
        )
        self.records.append(entry)
        for _ in range(self._chance.randint(0, 4)):
            self.records.append(
                WaitingContact(
                    referral_id=referral.id,
                    held_on=self._after(accepted, 210),
                    method=self._code("wait_contact_method"),
                    result=self._code("wait_contact_result"),
                )
            )
        if self._maybe(0.5):
            offered = self._after(accepted, 100)
            self.records.append(
                WaitingOffer(
                    referral_id=referral.id,
                    offered_on=offered,
                    response=self._code("offer_response"),
                    answered_on=self._after(offered, 40) if self._maybe(0.5) else None,
                )
            )
        return self._episode(referral, ends) if fate == "starts" else ends

    def _episode(self, referral: Referral, started: date) -> date:
        episode = Episode(referral_id=referral.id, started_on=started)
        closed = (
            self._after(started, self._chance.choice((20, 300, 900)))
            if self._maybe(0.6)
            else None
        )
        end = closed or self._after(started, 900)
        self.records.append(episode)
        self.records.append(
            Phase(episode_id=episode.id, phase="CORE", started_on=started)
        )
        for phase in ("STEP_DOWN", "CORE"):
            if self._maybe(0.2):
                on = self._between(started, end)
                self.records.append(
                    Phase(episode_id=episode.id, phase=phase, started_on=on)
                )
        for _ in range(self._chance.randint(0, 2)):
            self.records.append(
                ExitStrategy(episode_id=episode.id, made_on=self._after(started, 60))
            )
        if self._maybe(0.4):
            given = self._after(started, 400)
            until = self._after(given, 300) if self._maybe(0.7) else None
            self.records.append(
                Exceptional(
                    episode_id=episode.id,
                    reason=self._code("exceptional_reason"),
                    approved_on=given,
                    review_by=until,
                )
            )
        for _ in range(self._chance.choice((0, 1, 2, 5, 12, 40))):
            kind = self._code("session_type", "ASSESS")
            self._session(referral, episode, self._between(started, end), kind)
        self.records += self._outcomes.scores(referral, end)
        self.records += self._outcomes.goals(referral, end)
        if self._maybe(0.3):
            self._survey(referral.area, end, referral)
        if closed is not None:
            self.records.append(
                Closure(
                    episode_id=episode.id,
                    closed_on=closed,
                    reason=self._code("closure_reason"),
                )
            )
        return end

    def _between(self, first: date, last: date) -> date:
        return self._after(first, (last - first).days)

    def _session(
        self, referral: Referral, episode: Episode | None, day: date, kind: str
    ) -> None:
        session = Session(
            referral_id=referral.id,
            episode_id=episode.id if episode else None,
            held_on=day,
            type=kind,
            mode=self._code("session_mode"),
            attendance="ATT" if self._maybe(0.4) else self._code("attendance"),
            trial=self._chance.choice((None, None, "PRE", "PRE", "POST")),
            group_code=self._chance.choice(("", "A", "B")) if kind == "GROUP" else "",
        )
        self.records += [session, *self._outcomes.tags(session)]
