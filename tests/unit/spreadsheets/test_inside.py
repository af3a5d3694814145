"""What would stop the reader of cells, or fill the memory, is refused in words."""

import io
import zipfile
from pathlib import Path

import pytest

from provider_desk.model.errors import Damaged, DeskError
from provider_desk.spreadsheets.grids import read_files
from tests.builders.sheets import ANN, PEOPLE_HEADINGS, workbook
from tests.faults.drill_spreadsheets import ods


def packed(path: Path, name: str, change: bytes, into: bytes) -> Path:
    """A packed file with something in one of its parts replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(path) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for each in before.namelist():
            part = before.read(each)
            after.writestr(each, part.replace(change, into) if each == name else part)
    path.write_bytes(made.getvalue())
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.ods"
    path.write_bytes(ods([PEOPLE_HEADINGS, ANN]))
    return path


def test_an_ods_is_read(book: Path) -> None:
    (grid,) = read_files([book]).grids

    assert list(grid.rows[0]) == list(PEOPLE_HEADINGS)


@pytest.mark.parametrize(
    ("change", "into"),
    [
        (b"</table:table>", b""),
        (b'encoding="UTF-8"', b'encoding="UTF-1e999"'),
        (b"<office:body>", b"<!DOCTYPE x><office:body>"),
        (b'rows-repeated="1"', b'rows-repeated="1e9"'),
    ],
)
def test_an_ods_that_is_no_proper_xml_is_damaged(
    book: Path, change: bytes, into: bytes
) -> None:
    with pytest.raises(Damaged, match=r"book\.ods"):
        read_files([packed(book, "content.xml", change, into)])


@pytest.mark.parametrize("times", [b"2000000", b"99999999999999999999"])
@pytest.mark.parametrize("what", [b"rows", b"columns"])
def test_an_ods_with_a_cell_too_far_out_is_too_large(
    book: Path, what: bytes, times: bytes
) -> None:
    old, new = (what + b'-repeated="' + each + b'"' for each in (b"1", times))

    with pytest.raises(DeskError, match="larger than can be read"):
        read_files([packed(book, "content.xml", old, new)])


def test_a_small_workbook_that_swells_is_too_large(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"People": [PEOPLE_HEADINGS, ANN]})
    end = b"</worksheet>"

    with pytest.raises(DeskError, match="larger than can be read"):
        read_files(
            [packed(path, "xl/worksheets/sheet1.xml", end, b" " * 60_000_000 + end)]
        )
