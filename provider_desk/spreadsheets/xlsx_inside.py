"""What the XML inside an .xlsx says that the reader of its cells does not.

The reader makes room for every cell up to the last one, and stops the whole program
where there is none; and it gives a cell with an error as if it were empty.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from provider_desk.model.errors import DeskError

#: What a sheet may have at most: rows, columns, and cells up to the last one.
MOST_ROWS = 1_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 50_000_000
#: Bytes of all parts of a workbook, unpacked.
MOST_BYTES = 2_000_000_000
#: A part may always have this many bytes unpacked; larger ones this many times packed.
_ALWAYS_BYTES = 50_000_000
_MOST_TIMES = 200
_SHEETS = "xl/worksheets/"
_LETTERS = 26
#: Room for a namespace before the name of an element.
_PREFIX = 20
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_LONG_ROW = re.compile(rb'\br="[A-Z]{0,3}(\d{7,})"')
#: Columns beyond Z.
_FAR_CELL = re.compile(rb'\br="([A-Z]{2,3})\d')
_ERROR = b't="e"'
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>/]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb"<(?:\w+:)?v>([^<]*)</",
    re.DOTALL,
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds an error such as #N/A.

    Attributes:
        row: index from 0.
        column: index from 0.
        text: as Excel shows it.
    """

    row: int
    column: int
    text: str


def errors_inside(name: str, raw: bytes) -> dict[str, list[ErrorCell]]:
    """Sheet's name → its cells that hold errors; sheets without any are left out.

    Raises:
        DeskError: a sheet is larger than can be read.
    """
    found: dict[str, list[ErrorCell]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if swells(parts):
                raise too_large(name)
            for path in parts.namelist():
                if path.startswith(_SHEETS) and path.endswith(".xml"):
                    xml = parts.read(path)
                    _check_size(name, xml)
                    if _ERROR in xml:
                        found[path] = list(_error_cells(xml))
            titles = _titles(parts) if found else {}
    except (
        *(zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, OSError),
        *(LookupError, RuntimeError, NotImplementedError, ValueError),
    ):
        # Damaged or locked: the reader of its cells says so in words.
        return {}
    return {titles[path]: cells for path, cells in found.items() if path in titles}


def swells(parts: zipfile.ZipFile) -> bool:
    """Whether unpacking would fill the memory: by its size, or out of all proportion.

    What people type packs to a tenth; a small file made to swell, to a thousandth.
    """
    listed = parts.infolist()
    return sum(each.file_size for each in listed) > MOST_BYTES or any(
        each.file_size > max(_ALWAYS_BYTES, _MOST_TIMES * each.compress_size)
        for each in listed
    )


def _check_size(name: str, xml: bytes) -> None:
    start = max(xml.rfind(b"<row "), xml.rfind(b":row ") - _PREFIX)
    last = _ROW.search(xml, max(start, 0))
    rows = int(last[1]) if last else 0
    rows = max([rows, *(int(found) for found in _LONG_ROW.findall(xml))])
    names = set(_FAR_CELL.findall(xml))
    columns = max((_number(each) for each in names), default=_LETTERS)
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise too_large(name)


def _number(letters: bytes) -> int:
    """A column's number: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _error_cells(xml: bytes) -> Iterator[ErrorCell]:
    for letters, row, text in _ERROR_CELL.findall(xml):
        yield ErrorCell(int(row) - 1, _number(letters) - 1, text.decode())


def _titles(parts: zipfile.ZipFile) -> dict[str, str]:
    """Path of a sheet's part → the sheet's name."""
    relations = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {
        str(each.get("Id")): "xl/" + str(each.get("Target")).removeprefix("/xl/")
        for each in relations
    }
    book = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314
    return {
        targets[str(each.get(_RELATION))]: str(each.get("name"))
        for each in book.iter()
        if each.get(_RELATION) in targets and each.get("name")
    }


def too_large(name: str) -> DeskError:
    """What to say of a workbook with more cells than can be read."""
    return DeskError(
        f"A sheet of {name} is larger than can be read: it has a cell beyond row "
        f"{MOST_ROWS:,}, beyond column {MOST_COLUMNS:,}, or too many in between.",
        "Delete the empty rows below and the empty columns beside your list, save "
        "the file, and choose it again. Nothing was brought in.",
    )
