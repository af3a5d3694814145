"""Files as grids of cells: workbooks through calamine, text files through csv."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from provider_desk.model.errors import Damaged, DeskError, Missing
from provider_desk.spreadsheets import ods_inside
from provider_desk.spreadsheets.xlsx_inside import (
    ErrorCell,
    errors_inside,
    too_large,
)

Cell = str | int | float | bool | date | datetime | time | timedelta

#: Endings of files that can be chosen.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ",;\t"
_SAMPLE = 40
#: Workbooks that the program writes beside the files.
_SET_ASIDE = re.compile(r".* - set aside( \d+)?\.xlsx", re.IGNORECASE)
#: A cell of more lines may be one whose quotation mark was not closed.
_MOST_LINES = 100
_END = "the end of the file"
_FROM_EXCEL = "Open it in Excel or LibreOffice, save it as .xlsx, and choose that file."


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """One sheet, or one text file.

    Attributes:
        file: the file's name, without folders.
        sheet: the sheet's name; of a text file the file's name without its ending.
        is_text: whether it is a text file (.csv).
        rows: cells row by row; index 0 is row 1.
        content: the same for files that are the same byte for byte.
    """

    file: str
    sheet: str
    is_text: bool
    rows: Sequence[Sequence[Cell]]
    content: bytes = b""

    @property
    def title(self) -> str:
        """What a person calls it: the sheet's name, or the text file's."""
        return self.file if self.is_text else self.sheet

    def __repr__(self) -> str:
        return f"<Grid of {len(self.rows)} rows>"


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What was read of the files that were chosen.

    Attributes:
        grids: their sheets, in the order of the files.
        remarks: sentences on files that were left out.
    """

    grids: list[Grid] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_files(paths: Iterable[Path]) -> ReadFiles:
    """All sheets of all files and folders, each file once, in the order given.

    Raises:
        DeskError: a file can't be read; the message names it and says why.
    """
    read = ReadFiles()
    seen: set[Path] = set()
    for path in (file for each in paths for file in _files_of(each, read.remarks)):
        if path.resolve() in seen:
            read.remarks.append(f"{path.name} was chosen twice, and read once.")
            continue
        seen.add(path.resolve())
        read.grids.extend(_read_file(path))
    return read


def _files_of(path: Path, remarks: list[str]) -> list[Path]:
    """A file, or the spreadsheets in a folder by name; not what Excel has open."""
    if not path.is_dir():
        return [path]
    files = sorted(
        file
        for file in path.iterdir()
        if file.suffix.casefold() in ENDINGS and not file.name.startswith((".", "~$"))
    )
    chosen = [file for file in files if not _SET_ASIDE.fullmatch(file.name)]
    remarks += [
        f"{file.name} was left out: it holds rows that were set aside. To bring them "
        "in once they are corrected, choose that file."
        for file in files
        if file not in chosen
    ]
    if not chosen:
        raise Missing(
            f"There is no spreadsheet in the folder {path.name}.", "Choose the files."
        )
    return chosen


def _content(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Missing(f"There is no file {path.name}.", "Choose it again.") from None
    except OSError as error:
        raise Missing(
            f"{path.name} can't be read ({error.strerror}).",
            "Close it in other programs, check that you may open it, and try again.",
        ) from None
    if not raw.strip():
        raise DeskError(f"{path.name} is empty.", "Choose another file.")
    return raw


def _read_file(path: Path) -> list[Grid]:
    raw = _content(path)
    content = hashlib.sha256(raw).digest()
    return [replace(grid, content=content) for grid in _grids_of(path, raw)]


def _grids_of(path: Path, raw: bytes) -> list[Grid]:
    if raw.startswith((_ZIP, _OLE)):
        return _read_workbook(path.name, raw)
    if path.suffix.casefold() in (".xlsx", ".xlsm", ".ods") and b"\0" in raw:
        raise _broken(path.name)
    return [_read_text(path.name, raw)]


def _read_workbook(name: str, raw: bytes) -> list[Grid]:
    if raw.startswith(_OLE) and _LOCKED in raw:
        raise _locked(name)
    errors = {}
    if raw.startswith(_ZIP):
        _refuse_unreadable(name, raw)
        errors = errors_inside(name, raw)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        grids = []
        for sheet in book.sheet_names:
            rows: list[list[Cell]] = book.get_sheet_by_name(sheet).to_python(
                skip_empty_area=False
            )
            for error in errors.get(sheet, ()):
                _put(rows, error)
            grids.append(Grid(file=name, sheet=sheet, is_text=False, rows=rows))
    except CalamineError as failed:
        if "password" in str(failed).casefold():
            raise _locked(name) from None
        raise _broken(name) from None
    return grids


def _refuse_unreadable(name: str, raw: bytes) -> None:
    """Stop what would stop the reader of cells, or the whole program."""
    try:
        ods_inside.check(raw)
    except ods_inside.Broken:
        raise _broken(name) from None
    except ods_inside.TooLarge:
        raise too_large(name) from None


def _put(rows: list[list[Cell]], error: ErrorCell) -> None:
    """Write an error into its cell, which would be empty otherwise."""
    rows += [[] for _ in range(error.row + 1 - len(rows))]
    row = rows[error.row]
    row += [""] * (error.column + 1 - len(row))
    row[error.column] = error.text


def _locked(name: str) -> DeskError:
    return DeskError(
        f"{name} is protected by a password, so it can't be read.",
        "Open it in Excel, take the password off (File, Info, Protect Workbook), "
        "save a copy, and choose that.",
    )


def _broken(name: str) -> Damaged:
    return Damaged(
        f"{name} is damaged, or it is not a spreadsheet.",
        f"Nothing was brought in. {_FROM_EXCEL}",
    )


def _read_text(name: str, raw: bytes) -> Grid:
    text = _decoded(name, raw)
    if "\0" in text:
        raise _broken(name)
    if text.lstrip()[:200].casefold().startswith(("<html", "<!doctype", "<table")):
        raise DeskError(
            f"{name} is a web page under the name of a spreadsheet.", _FROM_EXCEL
        )
    return Grid(
        file=name, sheet=Path(name).stem, is_text=True, rows=_rows_of(name, text)
    )


def _rows_of(name: str, text: str) -> list[list[str]]:
    """The rows of a text file.

    Raises:
        DeskError: a quotation mark that is not closed swallows the rows below.
    """
    delimiter = _comma(text)
    # A last line of our own comes out as a row, unless a cell is still open.
    ended = io.StringIO(f"{text.rstrip()}\n{_END}\n", newline="")
    rows: list[list[str]] = []
    try:
        rows += csv.reader(ended, delimiter=delimiter)
    except csv.Error:
        raise _open_mark(name, len(rows) + 1) from None
    if rows[-1] != [_END]:
        raise _open_mark(name, len(rows))
    del rows[-1]
    width = Counter(map(len, rows)).most_common(1)[0][0]
    odd = (
        number
        for number, row in enumerate(rows, start=1)
        for cell in row
        if "\n" in cell and _swallows(cell, delimiter, width)
    )
    number = next(odd, 0)
    if number and not _is_strict(text, delimiter):
        raise _open_mark(name, number)
    return rows


def _swallows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell seems to hold whole rows, not lines of words."""
    lines = cell.splitlines()
    whole = any(line.count(delimiter) == width - 1 for line in lines[1:-1])
    return whole or len(lines) > _MOST_LINES


def _is_strict(text: str, delimiter: str) -> bool:
    """Whether every quotation mark that closes a cell stands at its end."""
    try:
        for _ in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        ):
            pass
    except csv.Error:
        return False
    return True


def _open_mark(name: str, row: int) -> DeskError:
    return DeskError(
        f"In {name}, a quotation mark opens in row {row} and is not closed where the "
        "cell ends, so that the rows below are taken for a part of that cell.",
        f"Close it or take it out. Nothing was brought in. {_FROM_EXCEL}",
    )


def _decoded(name: str, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DeskError(
        f"The letters of {name} can't be read: it is neither UTF-8 nor Windows-1252.",
        _FROM_EXCEL,
    )


def _comma(text: str) -> str:
    """The delimiter under which most of the first rows have the most cells."""
    sample = "\n".join(text.splitlines()[:_SAMPLE])

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        counts = Counter(len(row) for row in rows if row)
        return counts.most_common(1)[0][0] if counts else 0

    return max(_DELIMITERS, key=cells)
