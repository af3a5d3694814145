"""Is the desk sound: the file, the op log, the ledger, the records by their rules."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provider_desk.model.errors import Damaged
from provider_desk.model.fields import Record, Reference, fields_of
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import RECORDS, Contract
from provider_desk.model.rules import problems_of
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.check import check_store
from provider_desk.store.records import every, find


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found.

    Attributes:
        faults: the store is not what it should be; each a sentence with advice.
        remarks: records that break a rule or lack something, counted by sentence.
    """

    faults: tuple[str, ...]
    remarks: tuple[str, ...]


@needs(Permission.SEE_ALL)
def check(
    desk: Desk,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Found:
    """Check the whole desk; for those who may open everybody.

    Raises:
        Cancelled: the person stopped it.
    """
    faults = check_store(desk.store, progress, cancelled)
    return Found((*faults, *_broken_ledgers(desk)), tuple(_broken_rules(desk)))


def _broken_ledgers(desk: Desk) -> Iterator[str]:
    """What is not as it was issued, contract by contract."""
    with desk.store.reading() as rows:
        for contract in find(rows, Contract):
            try:
                read_ledger(rows, contract.id)
            except Damaged as error:
                yield str(error)


def _broken_rules(desk: Desk) -> Iterator[str]:
    """What the rules find now, which a merge or an older version may have let in."""
    counted: Counter[tuple[str, str]] = Counter()
    known: dict[str, Record] = {}
    with desk.store.reading() as rows:
        for record_type in RECORDS:
            keep = record_type.TABLE in _REFERRED_TO
            for record in every(rows, record_type):
                if keep:
                    known[record.id] = record
                for problem in problems_of(
                    record, dict(_parents(record, known)), desk.today()
                ):
                    counted[record_type.LABEL, problem.text] += 1
    for (label, text), count in sorted(counted.items()):
        yield f"{label}: {text} ({count:,})"


def _parents(
    record: Record, known: Mapping[str, Record]
) -> Iterator[tuple[str, Record]]:
    for name, table in _references(type(record)):
        parent = known.get(getattr(record, name) or "")
        if parent is not None:
            yield from _parents(parent, known)
            yield table, parent


def _references(record_type: type[Record]) -> list[tuple[str, str]]:
    return [
        (field.name, field.kind.to)
        for field in fields_of(record_type)
        if isinstance(field.kind, Reference)
    ]


#: Tables whose rows other rows refer to.
_REFERRED_TO = {table for each in RECORDS for _, table in _references(each)}
