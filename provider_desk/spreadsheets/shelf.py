"""What is there already: on the desk, and from earlier rows of the same files."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar, cast

from provider_desk.model.fields import Record, Reference, fields_of
from provider_desk.model.records import (
    Client,
    Closure,
    Contract,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    SafeContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.spreadsheets.batch import Held, Known
from provider_desk.spreadsheets.tidy import reference_key

R = TypeVar("R", bound=Record)

_CHILDREN_OF_REFERRAL: tuple[type[Record], ...] = (WaitingEntry, WaitingOffer, Episode)
_CHILDREN_OF_EPISODE: tuple[type[Record], ...] = (
    Phase,
    ExitStrategy,
    Exceptional,
    Closure,
)


def parent_id(record: Record) -> str:
    """The id in a record's first reference."""
    for field in fields_of(type(record)):
        if isinstance(field.kind, Reference):
            return str(getattr(record, field.name))
    return ""


class Shelf:
    """Records by id and by what hangs on what."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._records: dict[str, Record] = {}
        self._children: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._on_desk: set[str] = set()
        self._retired: set[str] = set()
        self._asked: set[str] = set()
        self._ids: dict[tuple[str, str], str] = {}

    def fetch_named(self, record_type: type[Record], named: Mapping[str, str]) -> None:
        """Ask the desk for people or referrals.

        Args:
            record_type: Client, Referral or Contract.
            named: reference key → the id that it would be given.
        """
        by_reference = self._known.by_reference(record_type, list(named))
        for reference, row_id in by_reference.items():
            self._ids[record_type.TABLE, reference_key(reference)] = row_id
        ids = {*named.values(), *by_reference.values()}
        self._asked |= ids
        self._put_all(self._known.rows(record_type, ids))

    def fetch_hanging(self) -> None:
        """Ask the desk for what hangs on the people and referrals that it holds."""
        clients = self._on_desk_of(Client)
        self._put_children(SafeContact, clients)
        self._put_children(Referral, clients)
        referrals = self._on_desk_of(Referral)
        for child in _CHILDREN_OF_REFERRAL:
            self._put_children(child, referrals)
        episodes = self._on_desk_of(Episode)
        for child in _CHILDREN_OF_EPISODE:
            self._put_children(child, episodes)

    def id_of(self, record_type: type[Record], reference: str) -> str | None:
        """The id under which a reference is known here, None if it is not."""
        return self._ids.get((record_type.TABLE, reference_key(reference)))

    def name(self, record_type: type[Record], reference: str, row_id: str) -> None:
        """Remember an id for a reference."""
        self._ids[record_type.TABLE, reference_key(reference)] = row_id

    def get(self, record_type: type[R], row_id: str | None) -> R | None:
        """A record that stands, from the files or the desk."""
        found = self._records.get(row_id) if row_id else None
        return found if isinstance(found, record_type) else None

    def find(self, record_type: type[R], row_id: str, parent: str = "") -> R | None:
        """The same, asking the desk for a row that nobody asked for yet.

        A row whose parent is new can't have been there, so the desk is not asked.
        """
        if row_id not in self._records and row_id not in self._asked:
            self._asked.add(row_id)
            if not parent or self.on_desk(parent):
                found = self._known.rows(record_type, [row_id])
                self._put_all(found)
                if found and record_type is Client:
                    self.fetch_hanging()
        return self.get(record_type, row_id)

    def on_desk(self, row_id: str) -> bool:
        """Whether the desk holds the row, as it is or retired."""
        return row_id in self._on_desk

    def is_retired(self, row_id: str | None) -> bool:
        """Whether the desk took the row out."""
        return row_id in self._retired

    def children(self, record_type: type[R], parent: str) -> list[R]:
        """What hangs on a row, oldest first."""
        ids = self._children.get((record_type.TABLE, parent), [])
        return [cast("R", self._records[row_id]) for row_id in ids]

    def child(self, record_type: type[R], parent: str) -> R | None:
        """The newest that hangs on a row."""
        found = self._children.get((record_type.TABLE, parent))
        return cast("R", self._records[found[-1]]) if found else None

    def put(self, record: Record) -> None:
        """Add a record, or its newer form."""
        if record.id not in self._records:
            self._children[record.TABLE, parent_id(record)].append(record.id)
        self._records[record.id] = record

    def _put_all(self, held: Mapping[str, Held]) -> None:
        for row_id, each in held.items():
            self._on_desk.add(row_id)
            if each.retired:
                self._retired.add(row_id)
            else:
                self.put(each.record)
            self._name_record(each.record)

    def _put_children(
        self, record_type: type[Record], parents: Collection[str]
    ) -> None:
        if not parents:
            return
        found: Iterable[Record] = self._known.hanging_on(record_type, parents)
        for record in found:
            self._on_desk.add(record.id)
            self.put(record)
            self._name_record(record)

    def _name_record(self, record: Record) -> None:
        match record:
            case Client(code=code):
                self._ids.setdefault((Client.TABLE, reference_key(code)), record.id)
            case Referral(reference=reference) | Contract(reference=reference):
                if reference:
                    at = (record.TABLE, reference_key(reference))
                    self._ids.setdefault(at, record.id)
            case _:
                pass

    def _on_desk_of(self, record_type: type[Record]) -> list[str]:
        return [
            row_id
            for row_id in self._on_desk
            if isinstance(self._records.get(row_id), record_type)
        ]
