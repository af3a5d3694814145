"""Reading back what the writers wrote, as a reader of the files would."""

import csv
import io
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

GOLDENS = Path(__file__).resolve().parents[1] / "golden" / "returns"

#: Set to write the goldens anew; then look at what changed before it is kept.
WRITE_GOLDENS = "WRITE_GOLDENS"


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a csv, by column."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def book_of(content: bytes) -> Workbook:
    """A workbook as it is opened."""
    return load_workbook(io.BytesIO(content))


def cells_of(content: bytes) -> str:
    """Every cell of a workbook in words: sheet, place, type, value."""
    return "\n".join(
        f"{sheet.title}!{cell.coordinate} {cell.data_type} {cell.value}"
        for sheet in book_of(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def document_of(content: bytes) -> PdfReader:
    """A document as it is opened."""
    return PdfReader(io.BytesIO(content))


@cache
def pages_of(content: bytes) -> list[str]:
    """The text of every page."""
    return [page.extract_text() for page in document_of(content).pages]


def structure_of(content: bytes) -> Iterator[tuple[str, DictionaryObject]]:
    """Every element of a document's structure with its kind, from the top."""
    root = document_of(content).root_object["/StructTreeRoot"]

    def below(element: Any) -> Iterator[tuple[str, DictionaryObject]]:
        for child in element["/K"]:
            held = child.get_object()
            if isinstance(held, DictionaryObject):
                yield str(held["/S"])[1:], held
                if isinstance(held["/K"], ArrayObject):
                    yield from below(held)

    yield from below(root)


def one_line(text: str) -> str:
    """A text without its line breaks and double spaces."""
    return " ".join(text.split())


def golden(name: str, text: str) -> str:
    """What is expected, by file name; written first where that is asked for."""
    path = GOLDENS / name
    if os.environ.get(WRITE_GOLDENS):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")
