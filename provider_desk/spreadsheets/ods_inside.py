"""What must hold inside an .ods before the reader of its cells may see it.

That reader goes on for ever where the XML ends too soon, and makes room for every cell
up to the last one, however often a row says that it is repeated.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from provider_desk.spreadsheets.xlsx_inside import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    swells,
)

_CONTENT = "content.xml"
_STEP = 1_000_000
_TABLE, _ROW = "table:table", "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_ROWS_REPEATED = "table:number-rows-repeated"
_CELLS_REPEATED = "table:number-columns-repeated"
_VALUE = "office:value-type"
_FILLED = (_VALUE, "table:formula", "calcext:value-type")


class TooLarge(Exception):
    """A sheet has more cells than can be read."""


class Broken(Exception):
    """The file is not what it says it is."""


@dataclass(slots=True)
class _Extent:
    """How far the cells of a sheet reach that hold something."""

    rows: int = 0
    columns: int = 0
    row: int = 0
    column: int = 0
    repeated: int = 1

    def begin(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if name == _TABLE:
            self.rows = self.columns = self.row = 0
        elif name == _ROW:
            self.column = 0
            self.repeated = int(given.get(_ROWS_REPEATED, "1"))
            self.row += self.repeated
        elif name in _CELLS:
            self.column += int(given.get(_CELLS_REPEATED, "1"))
            if any(each in given for each in _FILLED):
                self.rows = max(self.rows, self.row)
                self.columns = max(self.columns, self.column)
                self._refuse_large()

    def _refuse_large(self) -> None:
        if (
            self.rows > MOST_ROWS
            or self.columns > MOST_COLUMNS
            or self.rows * self.columns > MOST_CELLS
        ):
            raise TooLarge


def check(raw: bytes) -> None:
    """Look through a packed file; one without ``content.xml`` is no .ods and passes.

    Raises:
        Broken: it is damaged.
        TooLarge: a sheet has more cells than can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if _CONTENT not in parts.namelist():
                return
            if swells(parts):
                raise TooLarge
            with parts.open(_CONTENT) as content:
                _read(content)
    except (
        *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError),
        *(LookupError, RuntimeError, NotImplementedError, ValueError),
    ) as error:
        raise Broken from error


def _read(content: IO[bytes]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Extent().begin
    parser.StartDoctypeDeclHandler = _refuse
    while data := content.read(_STEP):
        parser.Parse(data, False)  # noqa: FBT003 - expat takes no name here
    parser.Parse(b"", True)  # noqa: FBT003


def _refuse(*_what: object) -> None:
    """No program writes a document type into an .ods."""
    raise Broken
