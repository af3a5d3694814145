"""What earlier rows came to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import Client, Contract, Referral
from provider_desk.spreadsheets.batch import Change, Place
from provider_desk.spreadsheets.hints import Hints
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
        areas: contract's id → codes of its service areas.
        added: new records by id, in the order of their rows.
        changes: the desk's row → new values.
        places: where a new record was first seen.
        aside: (table, reference key) of people and referrals in rows set aside.
        occurrences: how often facts of one identity came.
    """

    shelf: Shelf
    starts_are_given: bool
    today: date
    contracts: dict[str, Contract] = field(default_factory=dict)
    areas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added: dict[str, Record] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    aside: dict[tuple[str, str], Place] = field(default_factory=dict)
    occurrences: dict[tuple[str, ...], int] = field(default_factory=dict)

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
        self.facts += planned.facts
        for identity in planned.identities:
            self.occurrences[identity] = self.occurrences.get(identity, 0) + 1

    def put_aside(self, planned: PlanRow) -> None:
        """Remember what other rows may refer to in vain."""
        for draft in planned.row.drafts:
            name = {Client: "code", Referral: "reference"}.get(draft.layout.record_type)
            reference = str(draft.values.get(name) or "") if name else ""
            if reference:
                at = (draft.layout.record_type.TABLE, reference_key(reference))
                self.aside.setdefault(at, planned.place())

    def first_place(self, ids: Iterable[str]) -> Place | None:
        """Where the first of some records was added, if all came from these files."""
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
