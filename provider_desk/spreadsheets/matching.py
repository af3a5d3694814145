"""Which sheet of which file is which sheet of the layout, and where its columns are."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath

from provider_desk.model.errors import DeskError
from provider_desk.spreadsheets.cells import is_empty, words_of
from provider_desk.spreadsheets.grids import Cell, Grid
from provider_desk.spreadsheets.layout import ANY_COLUMN, Layout, SheetLayout
from provider_desk.spreadsheets.layout_parts import listed
from provider_desk.spreadsheets.tidy import key

#: Headings of the columns that a workbook of set-aside rows has in addition.
WHAT_IS_WRONG = "What is wrong"
WHERE_FROM = "Where it came from"

#: Headings stand within so many rows from the top.
_SEARCHED = 60
#: Excel cuts the names of sheets to so many letters.
LONGEST_NAME = 31
#: What Excel does not take in the name of a sheet.
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A sheet of the layout found in a file.

    Attributes:
        header: index of the row with the headings, from 0.
        headings: as they stand there, without those of split parts.
        places: tidied heading → index of its cell, split parts at the end.
        width: number of cells of a row, split parts included.
    """

    layout: SheetLayout
    grid: Grid
    header: int
    headings: tuple[str, ...]
    places: dict[str, int]
    width: int

    def __contains__(self, heading: str) -> bool:
        return key(heading) in self.places

    def place(self, heading: str) -> int:
        """Index of a heading's cell; a missing optional one is behind the last."""
        return self.places.get(key(heading), self.width)

    def cell(self, cells: Sequence[Cell], heading: str) -> Cell:
        """A row's cell under a heading; "" under one that is missing."""
        place = self.place(heading)
        return cells[place] if place < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found in the files, and what was not.

    Attributes:
        remarks: sentences on files that are the same as others.
    """

    tables: tuple[Table, ...]
    unread_sheets: tuple[str, ...]
    missing_sheets: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def match(layout: Layout, grids: Sequence[Grid]) -> Matched:
    """The layout's sheets in the files; of files that are the same, in the first.

    Raises:
        DeskError: none is there, or a sheet lacks columns; the message names them.
    """
    tables: list[Table] = []
    unread: list[str] = []
    firsts: dict[tuple[int, bytes, str], str] = {}
    remarks: dict[str, None] = {}
    for grid in grids:
        found = next((s for s in layout.sheets if _is_meant(s, grid)), None)
        if found is None or (not grid.rows and len(grids) > 1):
            unread.append(grid.title)
            continue
        same = (id(found), grid.content, "" if grid.is_text else grid.sheet)
        first = firsts.setdefault(same, grid.file)
        if grid.content and first != grid.file:
            said = f"{grid.file} was left out: it is the same file as {first}."
            remarks[said] = None
            continue
        tables.append(_table(found, grid))
    if not tables:
        wanted = [sheet.title for sheet in layout.sheets]
        raise DeskError(
            f"None of the layout's sheets is in the files: {listed(wanted)}. "
            f"There are: {listed(grid.title for grid in grids)}.",
            "Choose other files, or another layout. Nothing was brought in.",
        )
    there = {id(table.layout) for table in tables}
    missing = tuple(s.title for s in layout.sheets if id(s) not in there)
    return Matched(tuple(tables), tuple(unread), missing, tuple(remarks))


def _is_meant(sheet: SheetLayout, grid: Grid) -> bool:
    stem = PurePath(sheet.file).stem
    if sheet.name and sheet.file:
        both = _named(sheet.name, grid.sheet) and _named(sheet.file, grid.file)
        return both or _named(f"{stem} {sheet.name}", grid.sheet)
    if sheet.name:
        return _named(sheet.name, grid.sheet)
    if sheet.file and _named(stem, grid.sheet):
        return True
    if sheet.file and not _named(sheet.file, grid.file):
        return False
    return grid.is_text or _header(sheet, grid) is not None


def name_for_set_aside(table: Table) -> str:
    """The name under which a workbook's sheet is matched to this table again."""
    sheet, grid = table.layout, table.grid
    if sheet.file and "*" not in sheet.file:
        stem = PurePath(sheet.file).stem
        return f"{stem} {grid.sheet}" if sheet.name else stem
    return grid.sheet


def _named(wanted: str, name: str) -> bool:
    pattern, tidied = _bare(wanted), _bare(name)
    if "*" in pattern:
        return fnmatchcase(tidied, pattern)
    return tidied[:LONGEST_NAME] == pattern[:LONGEST_NAME]


def _bare(name: str) -> str:
    """A sheet's name without what makes no difference; * is kept."""
    kept = NOT_IN_NAMES.sub(lambda found: "\x01" if found[0] == "*" else "", name)
    return key(kept).replace("\x01", "*").replace(" ", "")


def _table(sheet: SheetLayout, grid: Grid) -> Table:
    header = _header(sheet, grid)
    if header is None:
        raise _no_header(sheet, grid)
    headings = tuple(words_of(cell) for cell in grid.rows[header])
    places = _places(headings)
    width = len(headings)
    for split in sheet.splits:
        for part in split.into:
            places[key(part)] = width
            width += 1
    return Table(sheet, grid, header, headings, places, width)


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Tidied heading → index; the second of a name is "name (2)"."""
    places: dict[str, int] = {}
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings):
        tidied = key(heading)
        if not tidied:
            continue
        seen[tidied] = seen.get(tidied, 0) + 1
        name = tidied if seen[tidied] == 1 else f"{tidied} ({seen[tidied]})"
        places.setdefault(name, place)
    return places


def _needed(sheet: SheetLayout) -> dict[str, str]:
    """Tidied heading → heading, of those that must be there."""
    return {
        key(column): column
        for column in sheet.columns()
        if column != ANY_COLUMN and key(column) not in sheet.optional
    }


def _header(sheet: SheetLayout, grid: Grid) -> int | None:
    needed = _needed(sheet).keys()
    if sheet.header_row is not None:
        rows = range(sheet.header_row - 1, min(sheet.header_row, len(grid.rows)))
    else:
        rows = range(min(_SEARCHED, len(grid.rows)))
    for number in rows:
        headings = [words_of(cell) for cell in grid.rows[number]]
        if needed and needed <= _places(headings).keys():
            return number
    return None


def _no_header(sheet: SheetLayout, grid: Grid) -> DeskError:
    """Names the columns that the row most like the heading lacks."""
    needed = _needed(sheet)
    best: dict[str, int] = {}
    headings: list[str] = []
    for row in grid.rows[:_SEARCHED]:
        cells = [words_of(cell) for cell in row]
        found = {k: p for k, p in _places(cells).items() if k in needed}
        if len(found) > len(best):
            best, headings = found, [c for c in cells if c]
    lacking = [heading for tidied, heading in needed.items() if tidied not in best]
    where = f"“{grid.title}” in {grid.file}" if not grid.is_text else grid.file
    if not best:
        return DeskError(
            f"No row of {where} holds the headings {listed(needed.values())}.",
            "Choose other files, or correct the layout. Nothing was brought in.",
        )
    near = [
        each
        for heading in lacking
        for each in difflib.get_close_matches(heading, headings, n=1, cutoff=0.5)
    ]
    hint = f" There is {listed(dict.fromkeys(near))}." if near else ""
    columns = "column" if len(lacking) == 1 else "columns"
    return DeskError(
        f"{where} lacks the {columns} {listed(lacking)}.{hint}",
        "Correct the heading in the sheet or in the layout. Nothing was brought in.",
    )


def unused_columns(table: Table) -> list[str]:
    """Headings of the sheet that the layout does not name."""
    named = {key(column) for column in table.layout.columns()}
    named |= {
        key(column) for record in table.layout.records for column in record.columns()
    }
    named |= {key(WHAT_IS_WRONG), key(WHERE_FROM)}
    return [
        heading
        for place, heading in enumerate(table.headings)
        if heading
        and not any(p == place and k in named for k, p in table.places.items())
        and key(heading) not in named
    ]


def filled(cells: Sequence[Cell]) -> bool:
    """Whether a row holds anything."""
    return any(not is_empty(cell) for cell in cells)
