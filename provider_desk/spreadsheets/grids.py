"""Files as grids of cells: workbooks through calamine, text files through csv."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from provider_desk.model.errors import Damaged, DeskError, Missing

Cell = str | int | float | bool | date | datetime | time | timedelta

#: Endings of files that can be chosen.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ",;\t"
_SAMPLE = 40
_FROM_EXCEL = "Open it in Excel or LibreOffice, save it as .xlsx, and choose that file."


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """One sheet, or one text file.

    Attributes:
        file: the file's name, without folders.
        sheet: the sheet's name; of a text file the file's name without its ending.
        is_text: whether it is a text file (.csv).
        rows: cells row by row; index 0 is row 1.
    """

    file: str
    sheet: str
    is_text: bool
    rows: Sequence[Sequence[Cell]]

    @property
    def title(self) -> str:
        """What a person calls it: the sheet's name, or the text file's."""
        return self.file if self.is_text else self.sheet

    def __repr__(self) -> str:
        return f"<Grid of {len(self.rows)} rows>"


def read_grids(paths: Iterable[Path]) -> list[Grid]:
    """All sheets of all files and folders, in the order given.

    Raises:
        DeskError: a file can't be read; the message names it and says why.
    """
    files = [file for path in paths for file in _files_of(path)]
    return [grid for file in files for grid in _read_file(file)]


def _files_of(path: Path) -> list[Path]:
    """A file, or the spreadsheets in a folder by name; not what Excel has open."""
    if not path.is_dir():
        return [path]
    files = sorted(
        file
        for file in path.iterdir()
        if file.suffix.casefold() in ENDINGS and not file.name.startswith((".", "~$"))
    )
    if not files:
        raise Missing(
            f"There is no spreadsheet in the folder {path.name}.", "Choose the files."
        )
    return files


def _read_file(path: Path) -> list[Grid]:
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
    if raw.startswith((_ZIP, _OLE)):
        return _read_workbook(path.name, raw)
    if path.suffix.casefold() in (".xlsx", ".xlsm", ".ods") and b"\0" in raw:
        raise _broken(path.name)
    return [_read_text(path.name, raw)]


def _read_workbook(name: str, raw: bytes) -> list[Grid]:
    if raw.startswith(_OLE) and _LOCKED in raw:
        raise _locked(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return [
            Grid(
                file=name,
                sheet=sheet,
                is_text=False,
                rows=book.get_sheet_by_name(sheet).to_python(skip_empty_area=False),
            )
            for sheet in book.sheet_names
        ]
    except CalamineError as error:
        if "password" in str(error).casefold():
            raise _locked(name) from None
        raise _broken(name) from None


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
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_comma(text)))
    except csv.Error:
        raise _broken(name) from None
    return Grid(file=name, sheet=Path(name).stem, is_text=True, rows=rows)


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
