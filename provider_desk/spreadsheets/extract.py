"""All rows of a sheet as drafts: skipped, split, filled down, repeated, read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from provider_desk.model.errors import Cancelled
from provider_desk.spreadsheets.batch import Answers, Question, SheetCount
from provider_desk.spreadsheets.cells import (
    error_text,
    is_empty,
    is_error,
    quoted,
    words_of,
)
from provider_desk.spreadsheets.conditions import holds
from provider_desk.spreadsheets.dates import Order
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.layout import ANY_COLUMN, Skip, Source, Split
from provider_desk.spreadsheets.matching import WHAT_IS_WRONG, WHERE_FROM, Table, filled
from provider_desk.spreadsheets.rows import DraftMaker, RowDraft
from provider_desk.spreadsheets.seen_rows import SeenRows
from provider_desk.spreadsheets.tidy import key

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]

_STEP = 500


@dataclass(slots=True)
class Steps:
    """Tells how far it is and asks whether to go on.

    Attributes:
        total: rows to read and then to plan.
    """

    total: int
    progress: Progress
    cancelled: IsCancelled
    done: int = 0

    def step(self) -> None:
        """One row more.

        Raises:
            Cancelled: the person stopped it.
        """
        self.done += 1
        if self.done % _STEP == 0 or self.done == self.total:
            if self.cancelled():
                raise Cancelled("Stopped.", "Nothing was brought in.")
            self.progress(self.done, self.total)

    def finish(self) -> None:
        """All is done, whatever was counted beforehand."""
        self.progress(self.total, self.total)


@dataclass(slots=True, repr=False)
class Extract:
    """A sheet's rows as drafts.

    Attributes:
        rows: without empty and skipped ones.
        questions: columns whose dates must be asked about.
    """

    table: Table
    count: SheetCount
    rows: list[RowDraft] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def extract(table: Table, answers: Answers, steps: Steps, others: SeenRows) -> Extract:
    """The rows of a sheet, read cell by cell; no rule is asked yet.

    Args:
        table: the sheet.
        answers: order of dates, where that was asked.
        steps: counts the rows.
        others: rows of the sheets before it that the layout takes for the same.
    """
    count = SheetCount(table.grid.file, table.grid.title)
    extracted = Extract(table, count)
    maker = DraftMaker(table, _orders(table, answers))
    seen: dict[tuple[object, ...], int] = {}
    own = {table.place(h) for h in (WHAT_IS_WRONG, WHERE_FROM) if h in table}
    keys = _Keys()
    elsewhere = others.beside(table)
    asked = _asked(table)
    for row in _rows(table, steps):
        skip = _skipped(row, table) if table.layout.skips else None
        count.read += 1
        if skip:
            count.skipped[skip.because] = count.skipped.get(skip.because, 0) + 1
            continue
        extracted.rows.append(row)
        cells = row.cells
        if own:
            cells = [c for place, c in enumerate(cells) if place not in own]
        same = tuple(map(keys.__getitem__, cells))
        row.repeats = seen.setdefault(same, row.number)
        if row.repeats == row.number:
            row.repeats = 0
            if elsewhere:
                row.repeats, row.repeats_in = elsewhere(row.number, row.cells, keys)
        if not row.repeats:
            if keys.errors:
                _note_errors(row, asked, table)
            maker.read(row)
    extracted.questions = maker.questions()
    return extracted


class _Keys(dict[Cell, Cell]):
    """Cells with their words tidied, so that rows can be compared; it remembers.

    Attributes:
        errors: whether a cell holds an error, such as #N/A.
    """

    errors = False

    def __missing__(self, cell: Cell) -> Cell:
        self.errors = self.errors or is_error(cell)
        tidied = self[cell] = key(cell) if isinstance(cell, str) else cell
        return tidied


def _asked(table: Table) -> list[str]:
    """Headings that decide about a row without filling a field by themselves."""
    layout = table.layout
    asked = [c.column for r in layout.records for c in (*r.when, *r.unless)]
    asked += [check.column for check in layout.checks]
    asked += [split.column for split in layout.splits]
    return [column for column in dict.fromkeys(asked) if column != ANY_COLUMN]


def _note_errors(row: RowDraft, asked: Sequence[str], table: Table) -> None:
    for heading in asked:
        cell = table.cell(row.cells, heading)
        if is_error(cell):
            row.problems.append((heading, error_text(cell)))


def _skipped(row: RowDraft, table: Table) -> Skip | None:
    """Why the layout leaves a row out, None where it does not."""
    skips = table.layout.skips
    return next((s for s in skips if holds(s.condition, row.cells, table)), None)


def _orders(table: Table, answers: Answers) -> Callable[[Source], Order]:
    """The order of dates of a column: as answered, or as the layout says."""
    answered: Mapping[tuple[str, str], Order] = {
        (key(sheet), key(column)): order for (sheet, column), order in answers.items()
    }

    def order_of(source: Source) -> Order:
        at = (key(table.grid.title), key(source.columns[0]) if source.columns else "")
        return answered.get(at) or source.date_order or table.layout.date_order

    return order_of


def _rows(table: Table, steps: Steps) -> Iterator[RowDraft]:
    """Rows below the headings that are not empty, as wide as the headings."""
    width = len(table.headings)
    above: dict[int, Cell] = {}
    down = [table.place(heading) for heading in table.layout.fill_down]
    first = table.header + 1
    for number, cells in enumerate(table.grid.rows[first:], start=first + 1):
        steps.step()
        under = cells[:width]
        if not filled(under):
            continue
        # One cell more stands for columns that are missing.
        row = RowDraft(number, [*under, *[""] * (width - len(under) + 1)])
        if table.grid.is_text and filled(cells[width:]):
            said = (
                f"The row has {len(cells)} cells under {width} headings: a comma "
                "without quotation marks may have moved the others."
            )
            row.problems.append(("", said))
        if down:
            _fill_down(row, down, above)
        if table.layout.splits:
            _split(row, table)
        yield row


def _fill_down(row: RowDraft, down: Sequence[int], above: dict[int, Cell]) -> None:
    cells = list(row.cells)
    for place in down:
        if place < len(cells):
            if is_empty(cells[place]):
                cells[place] = above.get(place, "")
            above[place] = cells[place]
    row.cells = cells


def _split(row: RowDraft, table: Table) -> None:
    """Append the parts before the last cell, which stands for missing columns."""
    cells = list(row.cells[:-1])
    for split in table.layout.splits:
        cell = table.cell(cells, split.column)
        parts = _parts(split, words_of(cell))
        if parts is None and split.otherwise:
            parts = {split.otherwise: words_of(cell)}
        if parts is None:
            made = listed_parts(split)
            row.problems.append(
                (
                    split.column,
                    f"“{quoted(words_of(cell))}” can't be split into {made}.",
                )
            )
        cells += [(parts or {}).get(name, "") for name in split.into]
    row.cells = [*cells, ""]


def listed_parts(split: Split) -> str:
    """The parts of a split for a message: "Family and Given"."""
    return " and ".join(split.into)


def _parts(split: Split, words: str) -> Mapping[str, str] | None:
    if not words:
        return {}
    if split.pattern is not None:
        found = split.pattern.fullmatch(words)
        return found and {k: v or "" for k, v in found.groupdict().items()}
    if split.at not in words and split.otherwise:
        return None
    parts = words.split(split.at, len(split.into) - 1)
    return {name: part.strip() for name, part in zip(split.into, parts, strict=False)}
