"""From the rows of a grid to drafts: values by field, before any rule is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from provider_desk.model.fields import Record, Value
from provider_desk.spreadsheets.batch import Question
from provider_desk.spreadsheets.cells import (
    Bad,
    Obstacle,
    Read,
    is_empty,
    is_error,
    quoted,
    reader_of,
    words_of,
)
from provider_desk.spreadsheets.conditions import holds
from provider_desk.spreadsheets.dates import (
    ORDERS,
    NoDate,
    Order,
    ShortYear,
    Unclear,
    read_date,
)
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.layout import Condition, RecordLayout, Source
from provider_desk.spreadsheets.matching import Table

_EXAMPLES = 3


@dataclass(slots=True, repr=False)
class Draft:
    """A record that a row wants to become.

    Attributes:
        layout: what says so.
        values: field → value; a birthday may still lack its century.
        links: "client", "referral", "contract" → the provider's own reference.
        given: field → heading of the cell that filled it; constants and values for
            empty cells are not in it.
    """

    layout: RecordLayout
    values: dict[str, Value | ShortYear]
    links: dict[str, str]
    given: dict[str, str]


@dataclass(slots=True, repr=False)
class RowDraft:
    """A row with all that it wants to become.

    Attributes:
        number: as Excel counts.
        cells: under the headings of the sheet.
        problems: (heading, sentence) of cells that can't be used.
        repeats: number of the earlier row that is the same, 0 where there is none.
        repeats_in: where that row stands, for a message; "" in the same sheet.
    """

    number: int
    cells: Sequence[Cell]
    drafts: list[Draft] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    repeats: int = 0
    repeats_in: str = ""

    def has(self, record_type: type[Record]) -> bool:
        """Whether it wants to become a record of a type."""
        return self.draft(record_type) is not None

    def draft(self, record_type: type[Record]) -> Draft | None:
        """Its own draft of a type."""
        for draft in self.drafts:
            if draft.layout.record_type is record_type:
                return draft
        return None


@dataclass(slots=True)
class _Unclear:
    """Dates of one column that can be read in more than one order."""

    examples: list[str] = field(default_factory=list)
    orders: dict[Order, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Filling:
    """A field with what reads it."""

    name: str
    heading: str
    at: tuple[int, ...]
    alone: bool
    first: bool
    join: str
    read: Callable[[Cell], Read]


class DraftMaker:
    """Reads the rows of one table."""

    def __init__(self, table: Table, order_of: Callable[[Source], Order]) -> None:
        self._table = table
        self._unclear: dict[str, _Unclear] = {}
        present = [
            record
            for record in table.layout.records
            if not record.repeated or all(c in table for c in record.columns())
        ]
        self._records = [_Compiled(record, table, order_of) for record in present]
        self._conditional = any(r.when or r.unless for r in present)
        self._own: dict[tuple[int, ...], dict[int, set[int]]] = {}

    def questions(self) -> list[Question]:
        """Columns to be asked about, once all rows are read."""
        return [
            Question(
                sheet=self._table.grid.title,
                column=heading,
                examples=tuple(unclear.examples),
                orders=tuple(unclear.orders),
                only_day_first=self._only(heading, "dmy"),
                only_month_first=self._only(heading, "mdy"),
            )
            for heading, unclear in sorted(
                self._unclear.items(), key=lambda each: self._table.place(each[0])
            )
        ]

    def _only(self, heading: str, order: Order) -> int:
        """How many dates of a column can be read in this order alone."""
        place = self._table.place(heading)
        cells = (row[place] for row in self._table.grid.rows if place < len(row))
        texts = [cell for cell in cells if isinstance(cell, str)]
        others = [other for other in ORDERS if other not in (order, "unknown")]
        return sum(
            not isinstance(read_date(text, order), NoDate)
            and all(isinstance(read_date(text, other), NoDate) for other in others)
            for text in texts
        )

    def read(self, row: RowDraft) -> None:
        """Fill in the drafts of a row and what is wrong with its cells."""
        applying = self._records
        if self._conditional:
            applying = [r for r in applying if r.applies(row.cells, self._table)]
        if len(applying) == 1:
            row.drafts.append(self._draft(applying[0], row))
            return
        own = self._own_columns(applying)
        made = [r for r in applying if r.says_something(row.cells, own)]
        if not applying:
            self._not_meant(row)
        for record in made or applying[:1]:
            row.drafts.append(self._draft(record, row))

    def _own_columns(self, applying: Sequence["_Compiled"]) -> dict[int, set[int]]:
        """Record's number → columns that no other record of such a row reads."""
        numbers = tuple(record.layout.number for record in applying)
        own = self._own.get(numbers)
        if own is None:
            own = self._own[numbers] = {
                record.layout.number: record.places.difference(
                    *(other.places for other in applying if other is not record)
                )
                for record in applying
            }
        return own

    def _not_meant(self, row: RowDraft) -> None:
        conditions = [
            c for r in self._records for c in (*r.layout.when, *r.layout.unless)
        ]
        headings = list(dict.fromkeys(c.column for c in conditions))
        cells = [self._table.cell(row.cells, h) for h in headings]
        said = [
            f"{heading} “{quoted(words_of(cell))}”"
            for heading, cell in zip(headings, cells, strict=True)
        ]
        row.problems.append(
            (
                headings[0] if headings else "",
                f"The layout does not say what such a row is: {', '.join(said)}.",
            )
        )

    def _draft(self, record: "_Compiled", row: RowDraft) -> Draft:
        values, given, cells = dict(record.constants), {}, row.cells
        for filling in record.fields:
            cell = cells[filling.at[0]] if filling.alone else _joined(filling, cells)
            value, said, obstacle = filling.read(cell)
            if value is not None:
                values[filling.name] = value
                if said:
                    given[filling.name] = filling.heading
            elif obstacle is not None:
                settled = self._settled(obstacle, filling, row)
                if settled is not None:
                    values[filling.name] = settled
                    given[filling.name] = filling.heading
        links = dict(record.constant_links)
        for filling in record.links:
            value, _, obstacle = filling.read(_joined(filling, cells))
            if obstacle is not None:
                self._settled(obstacle, filling, row)
            elif isinstance(value, str):
                links[filling.name] = value
                given[filling.name] = filling.heading
        return Draft(record.layout, values, links, given)

    def _settled(
        self, found: Obstacle, filling: _Filling, row: RowDraft
    ) -> date | ShortYear | None:
        if isinstance(found, Bad):
            problem = (filling.heading, found.why)
            if problem not in row.problems:
                row.problems.append(problem)
            return None
        if isinstance(found, Unclear):
            asked = self._unclear.setdefault(filling.heading, _Unclear())
            example = words_of(_joined(filling, row.cells))
            if len(asked.examples) < _EXAMPLES and example not in asked.examples:
                asked.examples.append(example)
            asked.orders |= dict.fromkeys(found.orders)
            return None
        if filling.name != "born_on":
            day = found.in_this_century()
            if isinstance(day, NoDate):
                words = words_of(_joined(filling, row.cells))
                row.problems.append((filling.heading, f"“{words}”: {day.why}"))
                return None
            return day
        return found


class _Compiled:
    """A record layout with the places of its columns in one sheet."""

    def __init__(
        self,
        layout: RecordLayout,
        table: Table,
        order_of: Callable[[Source], Order],
    ) -> None:
        self.layout = layout
        self.constants: dict[str, Value | ShortYear] = {
            s.name: s.constant for s in layout.sources if not s.columns
        }
        self.fields = [
            _filling(s, table, order_of(s)) for s in layout.sources if s.columns
        ]
        self.constant_links = {
            s.name: str(s.constant) for s in layout.links.values() if not s.columns
        }
        self.links = [
            _filling(s, table, order_of(s)) for s in layout.links.values() if s.columns
        ]
        self.places = {place for filling in self.fields for place in filling.at}

    def applies(self, cells: Sequence[Cell], table: Table) -> bool:
        """Whether the row's conditions hold."""

        def asked(condition: Condition) -> bool:
            return holds(condition, cells, table)

        return all(map(asked, self.layout.when)) and not any(
            map(asked, self.layout.unless)
        )

    def says_something(self, cells: Sequence[Cell], own: dict[int, set[int]]) -> bool:
        """Whether a row that may become this record does.

        It does where a condition says so; otherwise one of the cells that are this
        record's alone must hold something.
        """
        places = own[self.layout.number] or self.places
        if not places or self.layout.when or self.layout.unless:
            return True
        return any(not is_empty(cells[place]) for place in places)


def _filling(source: Source, table: Table, order: Order) -> _Filling:
    return _Filling(
        name=source.name,
        heading=source.columns[0],
        at=tuple(table.place(column) for column in source.columns),
        alone=len(source.columns) == 1,
        first=source.first,
        join=source.join,
        read=reader_of(source, order),
    )


def _joined(filling: _Filling, cells: Sequence[Cell]) -> Cell:
    if len(filling.at) == 1:
        return cells[filling.at[0]]
    if filling.first:
        filled = (cells[place] for place in filling.at if not is_empty(cells[place]))
        return next(filled, "")
    broken = (cells[place] for place in filling.at if is_error(cells[place]))
    error = next(broken, None)
    if error is not None:
        return error
    parts = (words_of(cells[place]) for place in filling.at)
    return filling.join.join(part for part in parts if part)
