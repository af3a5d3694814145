"""What earlier rows came to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import Client, Contract, Referral
from provider_desk.spreadsheets.batch import Change, Place
from provider_desk.spreadsheets.hints import Hints
from provider_desk.spreadsheets.layout import ContractLayout
from provider_desk.spreadsheets.plan_row import Fact, PlanRow
from provider_desk.spreadsheets.shelf import Shelf
from provider_desk.spreadsheets.tidy import reference_key


@dataclass(slots=True, repr=False)
class Kept:
    """Everything that rows have added so far.

    Attributes:
        starts_are_given: a column says when episodes started.
        today: the civil date.
        contracts: reference key → contract.
        declared: the same as the layout describes them.
        areas: contract's id → codes of its service areas.
        added: new records by id, in the order of their rows.
        changes: the desk's row → new values.
        places: where a new record was first seen.
        aside: (table, reference key) of people and referrals in rows set aside.
        facts: by id; each as the last row says it that holds it.
        alike: identity of facts → their ids, in the order of their rows.
        repeats: sheet → rows of other sheets that it repeats word for word, as
            (sheet, number); sheets by the id of their table.
        told: (fact's id, sheet) of facts that another sheet tells again.
        unsure: ids of people without a code of whom only the name or only the date
            of birth is known → what tells their referrals apart.
    """

    shelf: Shelf
    starts_are_given: bool
    today: date
    contracts: dict[str, Contract] = field(default_factory=dict)
    declared: Sequence[ContractLayout] = ()
    areas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: dict[str, Record] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    aside: dict[tuple[str, str], Place] = field(default_factory=dict)
    alike: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    repeats: Mapping[int, Collection[tuple[int, int]]] = field(default_factory=dict)
    told: set[tuple[str, int]] = field(default_factory=set)
    unsure: dict[str, set[str]] = field(default_factory=dict)

    def keep(self, planned: PlanRow) -> None:
        """Make a row's records count."""
        for record in planned.new:
            self.added[record.id] = record
            self.places[record.id] = planned.place()
            self._show(record)
        for newer, change in planned.changed:
            if newer.id in self.added:
                self.added[newer.id] = newer
            else:
                before = self.changes.get(newer.id)
                values: dict[str, Value] = {**(before.values if before else {})}
                values |= change.values
                self.changes[newer.id] = Change(type(newer), newer.id, values)
            self.shelf.put(newer)
        for fact in planned.facts:
            self.facts[fact.record.id] = fact
        for identity, row_id in planned.identities:
            self.alike.setdefault(identity, []).append(row_id)
        for row_id in planned.told:
            self.told.add((row_id, id(planned.table)))
        if planned.unsure:
            self.unsure.setdefault(planned.unsure[0], set()).add(planned.unsure[1])

    def untold(self, identity: tuple[str, ...], planned: PlanRow) -> list[Fact]:
        """Facts like one of a row, from other sheets of the same [[sheet]].

        Those that the row's own sheet has told again already are left out.
        """
        table = planned.table
        repeated = self.repeats.get(id(table), ())
        return [
            fact
            for fact in (self.facts[row_id] for row_id in self.alike.get(identity, ()))
            if fact.table is not table
            and fact.table.layout is table.layout
            and (fact.record.id, id(table)) not in self.told
            and fact.record.id not in planned.told
            and (id(fact.table), fact.number) not in repeated
        ]

    def put_aside(self, planned: PlanRow) -> None:
        """Remember what other rows may refer to in vain."""
        for draft in planned.row.drafts:
            name = {Client: "code", Referral: "reference"}.get(draft.layout.record_type)
            reference = str(draft.values.get(name) or "") if name else ""
            if reference:
                at = (draft.layout.record_type.TABLE, reference_key(reference))
                self.aside.setdefault(at, planned.place())

    def first_place(self, ids: Sequence[str]) -> Place | None:
        """Where some records were first seen, if that was in these files."""
        facts = [self.facts[row_id] for row_id in ids if row_id in self.facts]
        if facts:
            return facts[-1].place("")
        places = [self.places.get(row_id) for row_id in ids]
        return places[-1] if places and all(places) else None

    def first_attended(
        self, hints: Hints, referral: Referral, person: str
    ) -> date | None:
        """The first attended session of a referral in these files."""
        received = hints.received.get(person, [])
        later = [day for day in received if day > referral.received_on]
        names = [f"client {person}"]
        if referral.reference:
            names.append(f"referral {reference_key(referral.reference)}")
        return hints.first_attended(
            names, referral.received_on, min(later, default=None)
        )

    def _show(self, record: Record) -> None:
        self.shelf.put(record)
        match record:
            case Client(code=code):
                self.shelf.name(Client, code, record.id)
            case Referral(reference=reference) if reference:
                self.shelf.name(Referral, reference, record.id)
            case _:
                pass
