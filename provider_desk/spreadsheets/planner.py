"""From drafts to records: people and referrals, and what hangs on them.

A row comes in whole or not at all.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar, cast

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
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
from provider_desk.spreadsheets.batch import Known
from provider_desk.spreadsheets.cells import quoted
from provider_desk.spreadsheets.dates import NoDate, ShortYear
from provider_desk.spreadsheets.episodes import EpisodePlanner
from provider_desk.spreadsheets.facts import FactPlanner
from provider_desk.spreadsheets.hints import Hints, names_of, person_of
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.layout import BRINGABLE
from provider_desk.spreadsheets.making import Maker
from provider_desk.spreadsheets.plan_row import PlanRow, heading_of, values_of
from provider_desk.spreadsheets.referring import Referring
from provider_desk.spreadsheets.rows import Draft
from provider_desk.spreadsheets.tidy import reference_key

_ORDER = {record_type: number for number, record_type in enumerate(BRINGABLE)}


class Planner:
    """Plans row after row; sheets with people come first."""

    def __init__(self, maker: Maker, hints: Hints, known: Known, kept: Kept) -> None:
        self._maker = maker
        self._hints = hints
        self._known = known
        self._kept = kept
        self._shelf = kept.shelf
        self._referring = Referring(kept)
        episodes = EpisodePlanner(maker, self._referring, hints, kept)
        facts = FactPlanner(maker, self._referring, kept)
        self._makers: dict[type[Record], Callable[[PlanRow, Draft], None]] = {
            WaitingContact: facts.plan,
            WaitingOffer: episodes.listed,
            Episode: episodes.episode,
            Phase: episodes.phase,
            Session: facts.plan,
            Score: facts.plan,
            ExitStrategy: episodes.listed,
            Exceptional: episodes.listed,
            Closure: episodes.closure,
        }

    def plan(self, planned: PlanRow) -> None:
        """Make the records of a row; what is wrong with it is noted in it."""
        drafts = planned.row.drafts
        if len(drafts) > 1 or drafts[0].layout.record_type in (Client, Referral):
            planned.person = person_of(planned.row)
            drafts = sorted(drafts, key=lambda draft: _ORDER[draft.layout.record_type])
        for draft in drafts:
            record_type = draft.layout.record_type
            own = self._OWN.get(record_type)
            if own is None:
                self._makers[record_type](planned, draft)
            else:
                own(self, planned, draft)
            if planned.gone:
                return
        if not planned.problems:
            self._nothing_new(planned)

    def _nothing_new(self, planned: PlanRow) -> None:
        """Notice a row that repeats an earlier one in other spellings."""
        if planned.adds():
            return
        first = self._kept.first_place(planned.seen)
        if first is None:
            return
        if planned.conflicts:
            heading, text = planned.conflicts[0]
            planned.wrong(heading, f"{text} It is there already: {first}.")
        else:
            planned.repeated = True
            planned.wrong("", f"The same row twice: {first} says the same.")

    def _client(self, planned: PlanRow, draft: Draft) -> None:
        values = cast("dict[str, Value]", dict(draft.values))
        code = str(values.get("code") or "")
        there = self._shelf.id_of(Client, code) if code else None
        born = self._birthday(planned, draft, there)
        draft.values["born_on"] = values["born_on"] = born
        row_id = there or self._maker.new_id("client", reference_key(code))
        if not code:
            names = names_of(draft)
            row_id = self._maker.new_id("client", "name", *names)
            if not any(names):
                planned.wrong("", "A person needs a code or a name.")
            self._unsure(planned, draft, row_id)
            at_hand = self._shelf.find(Client, row_id)
            values["code"] = at_hand.code if at_hand else self._known.new_code()
        self._maker.keyed(planned, draft, Client, row_id, values)

    def _unsure(self, planned: PlanRow, draft: Draft, row_id: str) -> None:
        """Don't take two people for one by a name alone, or a birthday alone.

        Rows of the same referral are about the same person.
        """
        names, born = names_of(draft)[:-1], draft.values.get("born_on")
        if any(names) and born:
            return
        referral = planned.row.draft(Referral)
        said = referral.values if referral else {}
        own = str(said.get("reference") or said.get("received_on") or "")
        planned.unsure = (row_id, reference_key(own))
        referrals = self._kept.unsure.get(row_id)
        if referrals is None or (own and reference_key(own) in referrals):
            return
        known = ("known_as", "given_names", "family_name")
        words = [str(draft.values[name]) for name in known if draft.values.get(name)]
        if words:
            heading = heading_of(draft, "born_on") or heading_of(draft, "known_as")
            planned.wrong(
                heading,
                f"There is another “{quoted(' '.join(words))}” without a date of "
                "birth: give them a code or a date of birth.",
            )
        elif isinstance(born, date):
            planned.wrong(
                heading_of(draft, "born_on"),
                "There is another person of this date of birth without a name: give "
                "them a code or a name.",
            )

    def _birthday(
        self, planned: PlanRow, draft: Draft, row_id: str | None
    ) -> date | None:
        """Date of birth; a two-digit year gets its century.

        Source: note on the caseloads.
        """
        born = draft.values.get("born_on")
        if not isinstance(born, ShortYear):
            return born if isinstance(born, date) else None
        days = list(self._hints.received.get(planned.person, ()))
        if row_id:
            days += [r.received_on for r in self._shelf.children(Referral, row_id)]
        settled = born.not_after(min(days, default=self._kept.today))
        if isinstance(settled, NoDate):
            planned.wrong(heading_of(draft, "born_on"), settled.why)
            return None
        return settled

    def _safe_contact(self, planned: PlanRow, draft: Draft) -> None:
        client = self._referring.client(planned, draft)
        if client is None:
            return
        values = values_of(draft, client_id=client.id)
        channel = values.get("channel")
        there = self._shelf.children(SafeContact, client.id)
        row_id = next((s.id for s in there if s.channel == channel), None)
        row_id = row_id or self._maker.new_id("safe_contact", client.id, str(channel))
        self._maker.keyed(planned, draft, SafeContact, row_id, values, client.id)

    def _referral(self, planned: PlanRow, draft: Draft) -> None:
        client = self._referring.client(planned, draft)
        contract = self._referring.contract(planned, draft)
        if client is None or contract is None:
            return
        values = values_of(draft, client_id=client.id, contract_id=contract.id)
        areas = self._kept.areas.get(contract.id, ())
        if "area" not in values and len(areas) == 1:
            values["area"] = areas[0]
        area = values.get("area")
        if area and area not in areas:
            planned.wrong(
                heading_of(draft, "area"),
                f"The contract {contract.reference} does not pay for this service "
                "area.",
            )
        row_id = self._referral_id(client, values)
        referral = self._maker.keyed(planned, draft, Referral, row_id, values)
        if referral is None:
            return
        if referral.client_id != client.id:
            planned.wrong(
                heading_of(draft, "client"),
                f"The referral {referral.reference} belongs to another person.",
            )
        if referral.decision == "ACCEPTED" and not planned.row.has(WaitingEntry):
            self._entry(planned, draft, referral, {})

    def _referral_id(self, client: Client, values: dict[str, Value]) -> str:
        reference = str(values.get("reference") or "")
        if reference:
            there = self._shelf.id_of(Referral, reference)
            return there or self._maker.new_id("referral", reference_key(reference))
        area, received = str(values.get("area")), values.get("received_on")
        for referral in self._shelf.children(Referral, client.id):
            if referral.area == area and referral.received_on == received:
                return referral.id
        return self._maker.new_id("referral", client.id, area, str(received))

    def _waiting_entry(self, planned: PlanRow, draft: Draft) -> None:
        referral = self._referring.referral(planned, draft)
        if referral is None:
            return
        if referral.decision == "ACCEPTED":
            self._entry(planned, draft, referral, values_of(draft))
            return
        planned.wrong(
            heading_of(draft, "removed_on"),
            "The referral was not accepted, so there is no place on the waiting list.",
        )

    def _entry(
        self,
        planned: PlanRow,
        draft: Draft,
        referral: Referral,
        values: dict[str, Value],
    ) -> None:
        """A place on the waiting list, which acceptance makes."""
        values["referral_id"] = referral.id
        values.setdefault("accepted_on", referral.decided_on or referral.received_on)
        there = self._shelf.child(WaitingEntry, referral.id)
        row_id = there.id if there else self._maker.new_id("waiting_entry", referral.id)
        self._maker.keyed(planned, draft, WaitingEntry, row_id, values, referral.id)

    #: What is planned here. Bound methods in ``_makers`` would refer to the planner
    #: that they are held by, and keep the whole plan in memory.
    _OWN: ClassVar[
        Mapping[type[Record], Callable[["Planner", PlanRow, Draft], None]]
    ] = {
        Client: _client,
        SafeContact: _safe_contact,
        Referral: _referral,
        WaitingEntry: _waiting_entry,
    }
