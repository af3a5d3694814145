"""Rows that were not brought in, as a workbook to correct and bring in again."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from provider_desk.spreadsheets.batch import Batch, SetAside
from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.matching import (
    LONGEST_NAME,
    NOT_IN_NAMES,
    WHAT_IS_WRONG,
    WHERE_FROM,
)
from provider_desk.spreadsheets.tidy import key

_OWN = (WHAT_IS_WRONG, WHERE_FROM)
_WIDTHS = (60, 30)
_WIDTH = 18
_TEXT = "@"

#: A heading, and which of the columns with this heading it is.
_Column = tuple[str, int]


def write_set_aside(batch: Batch) -> bytes:
    """An .xlsx with the sheets and headings of the files and two columns in front.

    The same layout reads it. Words are typed as text, so that nothing in them acts as
    a formula and a corrected date stays as it is typed; dates and numbers stay what
    they were.
    """
    book = Workbook(write_only=True)
    sheets: dict[str, list[SetAside]] = {}
    for row in batch.set_aside:
        sheets.setdefault(_sheet_name(row.sheet_name), []).append(row)
    for name, rows in sheets.items():
        _write_sheet(book, name, rows)
    if not sheets:
        book.create_sheet("Nothing set aside")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet_name(name: str) -> str:
    plain = NOT_IN_NAMES.sub("", name).strip("' ")[:LONGEST_NAME]
    return plain or "Rows"


def _write_sheet(book: Workbook, name: str, rows: Sequence[SetAside]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    columns = list(dict.fromkeys(c for row in rows for c in _columns(row.headings)))
    shown = [column for column in columns if column is not None]
    for number in range(len(shown) + len(_OWN)):
        width = _WIDTHS[number] if number < len(_OWN) else _WIDTH
        sheet.column_dimensions[get_column_letter(number + 1)].width = width

    def cell(value: Cell, *, bold: bool = False, wrap: bool = False) -> Any:
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # The stubs know neither dates nor times, which openpyxl writes as such.
        made = WriteOnlyCell(sheet, cast("str", value))
        if isinstance(value, str):
            made.data_type = "s"
            made.number_format = _TEXT
        made.font = Font(bold=bold)
        made.alignment = Alignment(wrap_text=wrap, vertical="top")
        return made

    sheet.append([cell(h, bold=True) for h in (*_OWN, *(h for h, _ in shown))])
    for row in rows:
        found = dict(zip(_columns(row.headings), row.cells, strict=True))
        said = [cell(row.text, wrap=True), cell(f"{row.place.file}: {row.place}")]
        sheet.append([*said, *(cell(found.get(column, "")) for column in shown)])


def _columns(headings: Iterable[str]) -> list[_Column | None]:
    """A name for each column, None for our own of an earlier time."""
    seen: dict[str, int] = {}
    columns: list[_Column | None] = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        own = key(heading) in (key(WHAT_IS_WRONG), key(WHERE_FROM))
        columns.append(None if own else (heading, seen[heading]))
    return columns
