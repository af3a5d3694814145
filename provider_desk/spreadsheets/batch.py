"""What reading a spreadsheet comes to, and what it must know about the desk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from provider_desk.model.errors import DeskError
from provider_desk.model.fields import Record, Value
from provider_desk.spreadsheets.dates import Order
from provider_desk.spreadsheets.grids import Cell

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the desk.

    Attributes:
        record: with the values it has now.
        retired: it was taken out on the desk and is not to come back by itself.
    """

    record: Record
    retired: bool = False


class Known(Protocol):
    """What the desk holds already, asked in bulk."""

    def rows(
        self, record_type: type[Record], ids: Collection[str]
    ) -> Mapping[str, Held]:
        """The rows with these ids, retired ones too."""
        ...

    def by_reference(
        self, record_type: type[Record], references: Collection[str]
    ) -> Mapping[str, str]:
        """Ids of standing rows by what the provider calls them.

        Args:
            record_type: Client (``code``), Referral or Contract (``reference``).
            references: in any capitals; a key of the answer is casefolded.
        """
        ...

    def hanging_on(
        self, record_type: type[Record], parent_ids: Collection[str]
    ) -> Iterable[Record]:
        """Standing rows whose first reference is one of these, oldest first."""
        ...

    def edited(self, record_type: type[Record], row_id: str) -> Collection[str]:
        """Names of the fields that were changed after the row was made."""
        ...

    def new_code(self) -> str:
        """The next free code for a person; another one at each call."""
        ...


class NothingKnown:
    """A desk that holds nothing yet."""

    def __init__(self) -> None:
        self._codes = 0

    def rows(
        self,
        record_type: type[Record],  # noqa: ARG002
        ids: Collection[str],  # noqa: ARG002
    ) -> Mapping[str, Held]:
        """None."""
        return {}

    def by_reference(
        self,
        record_type: type[Record],  # noqa: ARG002
        references: Collection[str],  # noqa: ARG002
    ) -> Mapping[str, str]:
        """None."""
        return {}

    def hanging_on(
        self,
        record_type: type[Record],  # noqa: ARG002
        parent_ids: Collection[str],  # noqa: ARG002
    ) -> Iterable[Record]:
        """None."""
        return ()

    def edited(
        self,
        record_type: type[Record],  # noqa: ARG002
        row_id: str,  # noqa: ARG002
    ) -> Collection[str]:
        """None."""
        return ()

    def new_code(self) -> str:
        """P-0001, P-0002 and so on."""
        self._codes += 1
        return f"P-{self._codes:04d}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the files.

    Attributes:
        file: name of the file.
        sheet: name of the sheet, or of the text file.
        row: as Excel counts, the first row is 1.
        column: the heading, "" for the whole row.
    """

    file: str
    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        column = f", column “{self.column}”" if self.column else ""
        return f"{self.sheet}, row {self.row}{column}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a place: a warning, or where the desk says something else."""

    place: Place
    text: str

    def __repr__(self) -> str:
        return f"<Remark on row {self.place.row}>"


@dataclass(frozen=True, slots=True, repr=False)
class SetAside:
    """A row that was not brought in.

    Attributes:
        place: where it stands; its column is the first one at fault.
        text: what is wrong, one sentence or more.
        headings: of the row's sheet.
        cells: the row as it was.
        sheet_name: under which the layout finds the row's sheet again.
        repeated: it is there a second time, word for word.
    """

    place: Place
    text: str
    headings: Sequence[str]
    cells: Sequence[Cell]
    sheet_name: str
    repeated: bool = False

    def __repr__(self) -> str:
        return f"<SetAside row {self.place.row}>"


@dataclass(slots=True)
class SheetCount:
    """How the rows of a sheet fared; read = good + set aside + all skipped.

    Attributes:
        read: rows below the heading that are not empty.
        good: rows brought in, or already there as they are.
        repeated: rows that repeat an earlier one; they are part of set_aside.
        skipped: why the layout leaves rows out → how many.
    """

    file: str
    sheet: str
    read: int = 0
    good: int = 0
    set_aside: int = 0
    repeated: int = 0
    skipped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """New values for a row that the desk holds; for facts it is an addendum."""

    record_type: type[Record]
    row_id: str
    values: Mapping[str, Value]

    def __repr__(self) -> str:
        return f"<Change {self.record_type.TABLE} {self.row_id}>"


@dataclass(slots=True, repr=False)
class Batch:
    """What is to be done to the desk, and what is to be told.

    Attributes:
        records: to add, each after what it refers to.
        changes: fields to fill in where the desk holds nothing.
        addenda: the same for facts (sessions, contacts, scores).
        set_aside: rows that were not brought in, in the order of the files.
        warnings: brought in, but to be looked at.
        differs: the desk holds something else there, and keeps it.
        sheets: counts, one for each sheet that was read.
        unused_columns: (sheet, heading) that the layout does not name.
        unread_sheets: sheets of the files that the layout does not name.
        missing_sheets: sheets of the layout that no file holds.
        records_begin: from when on records are complete, where the layout says so.
        remarks: sentences on whole files, such as one that was chosen twice.
    """

    records: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    addenda: list[Change] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    differs: list[Remark] = field(default_factory=list)
    sheets: list[SheetCount] = field(default_factory=list)
    unused_columns: list[tuple[str, str]] = field(default_factory=list)
    unread_sheets: list[str] = field(default_factory=list)
    missing_sheets: list[str] = field(default_factory=list)
    records_begin: date | None = None
    remarks: list[str] = field(default_factory=list)

    def added(self) -> dict[str, int]:
        """Table name → how many records are added."""
        counts: dict[str, int] = {}
        for record in self.records:
            counts[record.TABLE] = counts.get(record.TABLE, 0) + 1
        return counts

    def __repr__(self) -> str:
        return f"<Batch of {len(self.records)} records>"


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A column whose dates can be read in more than one order.

    Attributes:
        sheet: name of the sheet or text file.
        column: heading.
        examples: a few such dates as they stand there.
        orders: the answers that fit, such as ("dmy", "mdy").
        only_day_first: how many other dates of the column can only be day first.
        only_month_first: how many can only be month first.
    """

    sheet: str
    column: str
    examples: tuple[str, ...]
    orders: tuple[Order, ...]
    only_day_first: int = 0
    only_month_first: int = 0

    def __repr__(self) -> str:
        return f"<Question on {self.sheet}, {self.column}>"

    @property
    def text(self) -> str:
        """The question in words."""
        return (
            f"In “{self.sheet}”, column “{self.column}”, is the day or the month "
            f"first? {', '.join(self.examples)} can be read either way."
        )


#: (sheet, column) → order, as the person answered.
Answers = Mapping[tuple[str, str], Order]


class NeedsAnswer(DeskError):
    """Dates that can be read in more than one order: asked about, never guessed.

    Attributes:
        questions: one for each such column.
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(
            "\n".join(question.text for question in self.questions),
            'Say so in the layout: date_order = "dmy" for day first, "mdy" for month '
            "first. Nothing was brought in.",
        )
