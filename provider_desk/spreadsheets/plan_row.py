"""A row in the making: its records, what is wrong with it, what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import Client, Episode, Referral
from provider_desk.spreadsheets.batch import Change, Place, Remark, SetAside
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.matching import Table, name_for_set_aside
from provider_desk.spreadsheets.rows import Draft, RowDraft
from provider_desk.spreadsheets.shelf import Shelf
from provider_desk.spreadsheets.tidy import reference_key

R = TypeVar("R", bound=Record)


@dataclass(slots=True, repr=False)
class Fact:
    """A session, contact or score of a row, before the desk is asked for it.

    Attributes:
        record: as the file says it.
        given: fields that cells filled → heading.
        table: the sheet that it comes from.
        number: of its row.
        referral_id: what it hangs on.
    """

    record: Record
    given: dict[str, str]
    table: Table
    number: int
    referral_id: str

    def place(self, column: str) -> Place:
        """Where one of its cells stands."""
        return Place(self.table.grid.file, self.table.grid.title, self.number, column)


@dataclass(slots=True, repr=False)
class PlanRow:
    """Collects what one row comes to; nothing of it counts until it is kept.

    Attributes:
        new: records to add.
        changed: newer forms of records that are there, with what is new in them.
        identities: of its facts, to count those that are alike, with their ids.
        told: ids of facts of other sheets that it tells again.
        problems: (heading, sentence) that forbid bringing the row in.
        conflicts: (heading, sentence) where a record that is there says otherwise.
        seen: ids of records of the row that were there before it.
        person: what tells its person from others, "" where it does not say.
        gone: why it is left alone: the desk took out what it belongs to.
        unsure: id of its person, of whom only the name or the date of birth is known,
            and what tells its referral from others.
        repeated: it says only what an earlier row says.
    """

    row: RowDraft
    table: Table
    new: list[Record] = field(default_factory=list)
    changed: list[tuple[Record, Change]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    differs: list[Remark] = field(default_factory=list)
    identities: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    person: str = ""
    gone: str = ""
    unsure: tuple[str, str] | None = None
    repeated: bool = False
    _at_hand: dict[str, Record] = field(default_factory=dict)
    _by_table: dict[str, Record] = field(default_factory=dict)

    def place(self, column: str = "") -> Place:
        """Where the row stands."""
        return Place(
            self.table.grid.file, self.table.grid.title, self.row.number, column
        )

    def wrong(self, column: str, text: str) -> None:
        """A reason to set the row aside, once."""
        if (column, text) not in self.problems:
            self.problems.append((column, text))

    def hold(self, record: Record) -> None:
        """Make a record known to the rest of the row."""
        self._at_hand[record.id] = record
        self._by_table[record.TABLE] = record

    def held(self, table: str) -> Record | None:
        """The row's own record of a table."""
        return self._by_table.get(table)

    def at_hand(self, record_type: type[R], row_id: str) -> R | None:
        """A record of this row by id."""
        found = self._at_hand.get(row_id)
        return found if isinstance(found, record_type) else None

    def own_episode(self, referral_id: str) -> Episode | None:
        """The episode that this row makes, if it is the referral's."""
        held = self.held(Episode.TABLE)
        ours = isinstance(held, Episode) and held.referral_id == referral_id
        return held if isinstance(held, Episode) and ours else None

    def adds(self) -> bool:
        """Whether it brings anything that was not there."""
        return bool(self.new or self.changed or self.facts)

    def client_key(self, shelf: Shelf, referral: Referral) -> str:
        """The code of a referral's person, tidied."""
        client = self.at_hand(Client, referral.client_id)
        client = client or shelf.get(Client, referral.client_id)
        return reference_key(client.code) if client else ""

    def set_aside(self) -> SetAside:
        """The row as it is told to the person."""
        texts = dict.fromkeys(text for _, text in self.problems)
        column = next((column for column, _ in self.problems if column), "")
        width = len(self.table.headings)
        return SetAside(
            place=self.place(column),
            text=" ".join(texts),
            headings=self.table.headings,
            cells=original(self.row, self.table, width),
            sheet_name=name_for_set_aside(self.table),
            repeated=self.repeated,
        )


def original(row: RowDraft, table: Table, width: int) -> Sequence[Cell]:
    """The cells as the file has them, without what was filled down or split."""
    cells = list(table.grid.rows[row.number - 1][:width])
    return cells + [""] * (width - len(cells))


def heading_of(draft: Draft, field_name: str) -> str:
    """The column that a field of a draft is read from."""
    if field_name in draft.given:
        return draft.given[field_name]
    for source in (*draft.layout.sources, *draft.layout.links.values()):
        if source.name == field_name and source.columns:
            return source.columns[0]
    return ""


def values_of(draft: Draft, **links: str) -> dict[str, Value]:
    """A draft's values with the ids of what it belongs to."""
    return {**cast("dict[str, Value]", draft.values), **links}
