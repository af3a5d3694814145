"""Files that can be read, and what is said about those that can't."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.errors import Damaged, DeskError, Missing
from provider_desk.spreadsheets.grids import read_files
from tests.builders.sheets import text_file, workbook

ROWS = [("Name", "Place"), ("Zoë \u2013 née Cole", "Café, £5")]


def rows_of(path: Path) -> list[list[object]]:
    (grid,) = read_files([path]).grids
    return [list(row) for row in grid.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_read_whatever_its_letters_and_commas(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = text_file(tmp_path / "a.csv", ROWS, encoding=encoding, delimiter=delimiter)

    assert rows_of(path) == [list(row) for row in ROWS]


def test_a_text_file_with_one_column_is_read(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", [["Name"], ["Zed, Ann"], ["Why; who"]])

    assert rows_of(path) == [["Name"], ["Zed, Ann"], ["Why; who"]]


def test_a_cell_of_a_text_file_may_hold_lines(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", [["No", "Note"], ["1", "one\ntwo"], ["2", ""]])

    assert rows_of(path)[1:] == [["1", "one\ntwo"], ["2", ""]]


def test_a_workbook_is_read_sheet_by_sheet_with_its_dates(tmp_path: Path) -> None:
    day = date(2017, 9, 5)
    path = workbook(tmp_path / "a.xlsx", {"One": [[], ["x", day, 5]], "Two": [["y"]]})

    one, two = read_files([path]).grids

    assert (one.title, two.title) == ("One", "Two")
    assert list(one.rows[1]) == ["x", day, 5.0]


def test_a_workbook_under_another_ending_is_still_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"One": [["x"]]})
    renamed = path.rename(tmp_path / "a.csv")

    assert rows_of(renamed) == [["x"]]


def test_a_text_file_under_the_ending_of_a_workbook_is_still_read(
    tmp_path: Path,
) -> None:
    path = text_file(tmp_path / "a.xlsx", ROWS)

    assert rows_of(path) == [list(row) for row in ROWS]


def broken_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("hello.txt", "not a workbook")
    return written.getvalue()


def locked_workbook() -> bytes:
    """How a workbook with a password begins: an OLE file with an encrypted part."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(2048, b"\0")
    return head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b" \r\n ", "a.csv is empty"),
        ("a.xlsx", b"", "a.xlsx is empty"),
        ("a.xlsx", locked_workbook(), "protected by a password"),
        ("a.xls", locked_workbook(), "protected by a password"),
        ("a.xlsx", broken_zip(), "damaged, or it is not a spreadsheet"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "damaged"),
        ("a.xlsx", b"\x01\x02\0\0\xff", "damaged"),
        ("a.csv", b"name\0,place\n", "damaged"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table>", "a web page"),
        ("a.csv", b"caf\x81\x8d\x90\xff", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_can_not_be_read_gets_its_own_sentence(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(DeskError) as raised:
        read_files([path])

    assert said in raised.value.message
    assert raised.value.advice


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"no file a\.xlsx"):
        read_files([tmp_path / "a.xlsx"])


def test_a_folder_stands_for_the_spreadsheets_in_it(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "~$a.csv", ".c.csv", "notes.json"):
        text_file(tmp_path / name, ROWS)

    assert [grid.file for grid in read_files([tmp_path]).grids] == ["a.csv", "b.csv"]


def test_a_folder_without_spreadsheets_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no spreadsheet in the folder"):
        read_files([tmp_path])


@given(cut=st.integers(1, 4000))
def test_a_workbook_cut_short_is_damaged(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    path = workbook(folder / "a.xlsx", {"One": [["x", "y"]] * 40})
    whole = path.read_bytes()
    path.write_bytes(whole[: max(4, len(whole) - cut)])

    with pytest.raises(Damaged):
        read_files([path])


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(content)
    with suppress(DeskError):
        read_files([path])
