"""Which sheet and column is which field: a layout, as it was read and checked.

``layout_file.read_layout`` makes one from TOML; resources/help/layouts.md describes
the language for those who write layouts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from provider_desk.model.fields import Field, Kind, Record, Reference, Value, field_map
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
from provider_desk.spreadsheets.dates import Order

#: What rows of a spreadsheet can become, in the order in which records refer to one
#: another.
BRINGABLE: tuple[type[Record], ...] = (
    Client,
    SafeContact,
    Referral,
    WaitingEntry,
    WaitingContact,
    WaitingOffer,
    Episode,
    Phase,
    Session,
    Score,
    ExitStrategy,
    Exceptional,
    Closure,
)

#: How a layout names what a record refers to → what it is.
LINKS: Mapping[str, str] = {
    "client": "the person's code, as the sheet writes it",
    "referral": "the referral's reference, as the sheet writes it",
    "contract": "the reference of one of the layout's contracts",
}

#: Keys of a [[sheet.record]] that are not fields.
RECORD_KEYS = ("record", "when", "unless", "repeat")

Test = Literal["is", "is_not", "starts_with", "contains", "matches", "empty"]
TESTS: tuple[Test, ...] = (
    "is",
    "is_not",
    "starts_with",
    "contains",
    "matches",
    "empty",
)

#: Stands for "any column" in a condition.
ANY_COLUMN = "*"


def links_of(record_type: type[Record]) -> tuple[str, ...]:
    """Which links a layout can give for a record type."""
    if record_type is Client:
        return ()
    if record_type is SafeContact:
        return ("client",)
    if record_type is Referral:
        return ("client", "contract")
    return ("referral", "client")


def fields_for(record_type: type[Record]) -> dict[str, Field]:
    """The fields of a record type that a column can fill."""
    return {
        name: field
        for name, field in field_map(record_type).items()
        if not isinstance(field.kind, Reference)
    }


@dataclass(frozen=True, slots=True)
class Condition:
    """Asks something of a cell.

    Attributes:
        column: heading, or ANY_COLUMN.
        test: "is", "is_not", "starts_with" and "contains" compare tidied words.
        words: what to compare with, tidied; any of them will do, or for "is_not" none.
        pattern: of "matches", found anywhere in the cell.
        wanted: of "empty", whether the cell is to be empty.
    """

    column: str
    test: Test
    words: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where the value of one field comes from.

    Attributes:
        name: the field, or one of LINKS.
        kind: what the field holds; None for a link.
        columns: headings; several are joined, or the first that is filled is taken.
        join: stands between joined columns.
        first: the first filled column is taken, none are joined.
        constant: the same value for every row, instead of columns.
        words: the provider's words, tidied → value; "" leaves the field empty.
        shown: the provider's words as the layout writes them, for messages.
        others: value of all words that are not known; None sets the row aside.
        if_empty: value where the cell is empty.
        date_order: for this column alone.
    """

    name: str
    kind: Kind | None
    columns: tuple[str, ...] = ()
    join: str = " "
    first: bool = False
    constant: Value = None
    words: Mapping[str, Value] | None = None
    shown: tuple[str, ...] = ()
    others: Value = None
    if_empty: Value = None
    date_order: Order | None = None


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """A kind of record that a row becomes.

    Attributes:
        record_type: one of BRINGABLE.
        when: all must hold.
        unless: none may hold.
        number: its place among the sheet's records, from 0; tells apart two of a kind.
        repeated: one of a run made by ``repeat``: left out where its columns are
            not in the sheet.
    """

    record_type: type[Record]
    sources: tuple[Source, ...]
    links: Mapping[str, Source]
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    number: int = 0
    repeated: bool = False

    def columns(self) -> tuple[str, ...]:
        """All headings that it reads, those of conditions too."""
        read = [c for s in (*self.sources, *self.links.values()) for c in s.columns]
        asked = [c.column for c in (*self.when, *self.unless)]
        return tuple(dict.fromkeys(read + asked))


@dataclass(frozen=True, slots=True)
class Split:
    """Makes columns of the parts of one.

    Attributes:
        at: separator; the last part keeps the rest.
        pattern: or a pattern with a named group for each part.
        into: headings of the parts.
        otherwise: the part that takes the whole cell where it can't be split;
            "" sets the row aside.
    """

    column: str
    into: tuple[str, ...]
    at: str = ""
    pattern: re.Pattern[str] | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Compares a column with what the value list says of a field.

    Attributes:
        record_type: whose field it is.
        field: a field that holds a code.
        flag: of the value list, such as "planned".
        words: tidied words of the column → what the flag should be.
        stops: sets the row aside; otherwise it is a warning.
    """

    column: str
    record_type: type[Record]
    field: str
    flag: str
    words: Mapping[str, object]
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are not meant for the desk."""

    condition: Condition
    because: str


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet or text file, or several of the same shape.

    Attributes:
        name: of the sheet; * stands for any letters; "" takes any sheet that has
            the columns.
        file: of the file, the same; "" takes any.
        header_row: where the headings are; None finds them.
        optional: headings that may be missing.
        fill_down: headings whose empty cells mean "as above".
    """

    name: str
    file: str
    records: tuple[RecordLayout, ...]
    skips: tuple[Skip, ...] = ()
    splits: tuple[Split, ...] = ()
    checks: tuple[Check, ...] = ()
    header_row: int | None = None
    optional: frozenset[str] = frozenset()
    fill_down: tuple[str, ...] = ()
    date_order: Order = "unknown"

    @property
    def title(self) -> str:
        """What messages call it."""
        return self.name or self.file or "any sheet"

    def made_columns(self) -> frozenset[str]:
        """Headings that come from splitting others."""
        return frozenset(name for split in self.splits for name in split.into)

    def columns(self) -> tuple[str, ...]:
        """All headings that must be in the sheet, in the layout's order."""
        named: list[str] = [split.column for split in self.splits]
        for record in self.records:
            if not record.repeated:
                named += record.columns()
        named += [skip.condition.column for skip in self.skips]
        named += [check.column for check in self.checks]
        named += self.fill_down
        made = self.made_columns()
        return tuple(c for c in dict.fromkeys(named) if c not in {*made, ANY_COLUMN})


@dataclass(frozen=True, slots=True)
class ContractLayout:
    """A contract that the sheet's referrals belong to."""

    reference: str
    title: str
    commissioner: str
    starts_on: date | None
    ends_on: date | None
    areas: tuple[str, ...]

    def runs_on(self, day: date) -> bool:
        """Whether it runs on a day; its first and last day are part of it."""
        first, last = self.starts_on or date.min, self.ends_on or date.max
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that a layout file says.

    Attributes:
        title: for lists to choose from.
        contracts: at least one.
        records_begin: from when on records are complete.
    """

    title: str
    contracts: Sequence[ContractLayout]
    sheets: Sequence[SheetLayout]
    records_begin: date | None = None

    def fills(self, record_type: type[Record], name: str) -> bool:
        """Whether some sheet gives a field of a record type."""
        return any(
            source.name == name
            for sheet in self.sheets
            for record in sheet.records
            if record.record_type is record_type
            for source in record.sources
        )
