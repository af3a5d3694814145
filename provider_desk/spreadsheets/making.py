"""Makes the records of a row: values checked, rules asked, the desk compared."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeVar, cast

from provider_desk.model.asked import Parents
from provider_desk.model.fields import Record, Value, fields_of, value_problems
from provider_desk.model.ids import derived_id
from provider_desk.model.records import Client, Contract, Episode, Referral
from provider_desk.model.rules import problems_of
from provider_desk.spreadsheets.batch import Change, Known, Remark
from provider_desk.spreadsheets.compare import compare, difference
from provider_desk.spreadsheets.plan_row import PlanRow, heading_of
from provider_desk.spreadsheets.rows import Draft
from provider_desk.spreadsheets.shelf import Shelf

R = TypeVar("R", bound=Record)

_PARENTS: tuple[tuple[type[Record], str], ...] = (
    (Episode, "episode_id"),
    (Referral, "referral_id"),
    (Client, "client_id"),
    (Contract, "contract_id"),
)


class Maker:
    """Makes records and notes in the row what is wrong with them."""

    def __init__(self, shelf: Shelf, known: Known, today: date, desk_id: str) -> None:
        self._shelf = shelf
        self._known = known
        self._today = today
        self._desk_id = desk_id
        self._above: dict[str, tuple[Referral, dict[str, Record]]] = {}

    def new_id(self, *words: str) -> str:
        """The id of a row that the provider calls so."""
        return derived_id(self._desk_id, *words)

    def keyed(
        self,
        planned: PlanRow,
        draft: Draft,
        record_type: type[R],
        row_id: str,
        values: dict[str, Value],
        parent: str = "",
    ) -> R | None:
        """A record that there is once: new, or what is there with what is new.

        Args:
            planned: the row.
            draft: says which column is which field.
            record_type: what it becomes.
            row_id: under which it is there, or will be.
            values: by field, links included.
            parent: id of what it hangs on.
        """
        there = planned.at_hand(record_type, row_id)
        there = there or self._shelf.find(record_type, row_id, parent)
        if there is not None:
            return self._compared(planned, draft, there, values)
        if self._shelf.is_retired(row_id):
            _taken_out(planned, draft, record_type)
            return None
        record = self.made(planned, draft, record_type, values, row_id)
        if record is not None:
            planned.new.append(record)
            planned.hold(record)
        return record

    def made(
        self,
        planned: PlanRow,
        draft: Draft,
        record_type: type[R],
        values: dict[str, Value],
        row_id: str,
        parents: Parents | None = None,
    ) -> R | None:
        """A new record, if neither a field nor a rule forbids it.

        Single values were checked where cells and layouts were read, so that here
        only missing ones can be wrong.
        """
        for name in _needed(record_type):
            value = values.get(name)
            if value is None or value == "":
                for problem in value_problems(record_type, values):
                    planned.wrong(heading_of(draft, problem.field), problem.text)
                return None
        record = record_type(**values, id=row_id)
        if parents is None:
            parents = self._parents(planned, record)
        return record if self._passes(planned, draft, record, parents) else None

    def _passes(
        self, planned: PlanRow, draft: Draft, record: Record, parents: Parents
    ) -> bool:
        """Ask the rules; warnings are noted, the others set the row aside."""
        passed = True
        for problem in problems_of(record, parents, self._today):
            heading = heading_of(draft, problem.field)
            if problem.severity == "stop":
                planned.wrong(heading, problem.text)
                passed = False
            else:
                planned.warnings.append(Remark(planned.place(heading), problem.text))
        return passed

    def _parents(self, planned: PlanRow, record: Record) -> Parents:
        """What the record refers to, directly or through its parents."""
        parents: dict[str, Record] = {}
        chain: list[Record] = [record]
        for parent_type, name in _PARENTS:
            row_id = next((i for r in chain if (i := getattr(r, name, None))), None)
            found = row_id and (
                planned.at_hand(parent_type, row_id)
                or self._shelf.get(parent_type, row_id)
            )
            if isinstance(found, Referral):
                return {**parents, **self.above_referral(planned, found)}
            if isinstance(found, Record):
                parents[parent_type.TABLE] = found
                chain.append(found)
        return parents

    def above_referral(self, planned: PlanRow, referral: Referral) -> dict[str, Record]:
        """A referral with its person and contract; remembered from row to row."""
        before = self._above.get(referral.id)
        if before is not None and before[0] is referral:
            return before[1]
        above: dict[str, Record] = {Referral.TABLE: referral}
        client = planned.at_hand(Client, referral.client_id)
        client = client or self._shelf.get(Client, referral.client_id)
        contract = self._shelf.get(Contract, referral.contract_id)
        above |= {r.TABLE: r for r in (client, contract) if r is not None}
        self._above[referral.id] = (referral, above)
        return above

    def _compared(
        self, planned: PlanRow, draft: Draft, there: R, values: dict[str, Value]
    ) -> R:
        planned.seen.append(there.id)
        result = compare(there, values, draft.given)
        on_desk = self._shelf.on_desk(there.id)
        if result.new and on_desk:
            edited = self._known.edited(type(there), there.id)
            result = compare(there, values, draft.given, edited)
        where = "the desk holds" if on_desk else "an earlier row says"
        for name, (held, said) in result.differs.items():
            heading = heading_of(draft, name)
            text = difference(there, name, held, said, where)
            planned.differs.append(Remark(planned.place(heading), text))
            planned.conflicts.append((heading, text))
        newer = there
        if result.new:
            newer = replace(there, **result.new)  # type: ignore[arg-type]
            if self._passes(planned, draft, newer, self._parents(planned, newer)):
                change = Change(type(there), there.id, result.new)
                planned.changed.append((newer, change))
        planned.hold(newer)
        return newer


def _needed(record_type: type[Record]) -> tuple[str, ...]:
    return _read_needed(cast("Hashable", record_type))


@cache
def _read_needed(record_type: Hashable) -> tuple[str, ...]:
    """Fields without which a record can't be saved."""
    declared = fields_of(cast("type[Record]", record_type))
    return tuple(field.name for field in declared if field.required)


def _taken_out(planned: PlanRow, draft: Draft, record_type: type[Record]) -> None:
    if record_type in (Client, Referral):
        planned.gone = "taken out on the desk, and it stays out"
        return
    planned.differs.append(
        Remark(
            planned.place(next(iter(draft.given.values()), "")),
            f"{record_type.LABEL}: it was taken out on the desk, and stays out.",
        )
    )
