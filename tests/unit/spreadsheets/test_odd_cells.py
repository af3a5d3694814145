"""Cells that show an error, cells far away, marks that are not closed, long cells."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from provider_desk.model.errors import DeskError
from provider_desk.model.records import Client, Session
from provider_desk.spreadsheets.grids import read_files
from tests.builders.sheets import (
    ANN,
    CONTRACT,
    PEOPLE,
    PEOPLE_HEADINGS,
    REFERRAL_HEADINGS,
    REFERRALS,
    SESSION_HEADINGS,
    SESSIONS,
    STARTED,
    made,
    plan,
    said,
    text_file,
    workbook,
)

ALL = CONTRACT + PEOPLE + REFERRALS + SESSIONS
CAME = ("R1", "09/10/2017", "THERAPY", "ATT", 50)


def with_error(path: Path, sheet: str, cell: str, error: str) -> Path:
    """Put an error, as a formula gives it, into a cell."""
    book = load_workbook(path)
    book[sheet][cell] = error
    book[sheet][cell].data_type = "e"
    book.save(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "a.xlsx",
        {
            "People": [PEOPLE_HEADINGS, ANN],
            "Referrals": [REFERRAL_HEADINGS, STARTED],
            "Sessions": [SESSION_HEADINGS, CAME, CAME[:1], ("R1", *CAME[1:4])],
        },
    )


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
def test_an_error_sets_its_row_aside_and_names_the_column(
    path: Path, error: str
) -> None:
    batch = plan(ALL, with_error(path, "Sessions", "E4", error))

    assert len(made(batch, Session)) == 1
    assert f"Sessions, row 4, column “Mins”: The cell holds an error, {error}." in (
        text.partition(" Correct")[0] for text in said(batch)
    )


def test_an_error_in_a_column_that_nobody_reads_does_no_harm(path: Path) -> None:
    book = load_workbook(path)
    book["Sessions"]["F1"] = "Formula"
    book.save(path)

    batch = plan(ALL, with_error(path, "Sessions", "F2", "#N/A"))

    assert {each.minutes for each in made(batch, Session)} == {50, None}


def test_an_error_is_not_empty_for_a_condition(path: Path) -> None:
    layout = ALL.replace(
        'record = "session"',
        'record = "session"\nunless = { column = "Note", empty = false }',
    )
    other = ALL.replace(
        'record = "session"',
        'record = "session"\nunless = { column = "Note", is = "no" }',
    )
    book = load_workbook(path)
    book["Sessions"]["F1"] = "Note"
    book.save(path)
    with_error(path, "Sessions", "F2", "#N/A")

    for each in (layout, other):
        texts = said(plan(each, path))
        assert any("column “Note”: The cell holds an error" in text for text in texts)


def test_an_error_in_one_of_joined_columns_sets_the_row_aside(tmp_path: Path) -> None:
    layout = PEOPLE.replace(
        'known_as = "Name"', 'known_as = { columns = ["Name", "Born"] }'
    )
    path = workbook(tmp_path / "a.xlsx", {"People": [PEOPLE_HEADINGS, ANN]})

    batch = plan(CONTRACT + layout, with_error(path, "People", "B2", "#NAME?"))

    assert not made(batch, Client)


def test_a_text_file_can_hold_errors_too(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "People.csv", [PEOPLE_HEADINGS, ("P1", "#REF!", "#N/A")]
    )

    (text,) = said(plan(CONTRACT + PEOPLE, path))

    assert "holds an error, #REF!" in text
    assert "holds an error, #N/A" in text


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZ900000"])
def test_a_sheet_with_a_cell_far_away_is_refused(tmp_path: Path, cell: str) -> None:
    book = Workbook()
    book.create_sheet("Far")[cell] = "x"
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(DeskError, match=r"A sheet of a\.xlsx is larger"):
        read_files([tmp_path / "a.xlsx"])


def test_a_workbook_that_lacks_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/worksheets/sheet1.xml", '<c r="A1" t="e"><v>#N/A</v></c>')

    with pytest.raises(DeskError, match="damaged"):
        read_files([path])


@pytest.mark.parametrize(
    "rest",
    [
        "P3,Cy,1/1/80\nP4,Di,1/1/80\n",
        'P3,Cy,1/1/80\nP4,Di,1/1/80\nP5,"Ed",1/1/80\n',
        "",
        "P3,Cy,1/1/80\n" * 9_000,
    ],
)
def test_a_mark_that_is_not_closed_refuses_the_file(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "People.csv"
    path.write_text(f'No,Name,Born\nP1,"Ann",1/1/80\nP2,"Bea,1/1/80\n{rest}')

    with pytest.raises(DeskError, match="a quotation mark opens in row 3"):
        read_files([path])


def test_several_lines_in_a_cell_are_read(tmp_path: Path) -> None:
    lines = "Dear Ann,\nyes, we can, on Monday\nyours, Bea\n" * 5
    rows = [("No", "Note", "x"), ("P1", lines * 30, ""), ("P2", "", "")]

    (grid,) = read_files([text_file(tmp_path / "a.csv", rows)]).grids

    assert len(grid.rows) == 3
    assert grid.rows[1][1] == lines * 30


def test_a_sentence_quotes_the_beginning_of_a_long_cell(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {"People": [PEOPLE_HEADINGS, ("P1", "Ann", "see the notes " * 20)]},
    )

    (text,) = said(plan(CONTRACT + PEOPLE, path))

    assert "…”" in text
    assert len(text) < 150


def test_a_birth_on_no_day_is_told_without_a_century(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", {"People": [PEOPLE_HEADINGS, ("P1", "Ann", "30/02/85")]}
    )

    (text,) = said(plan(CONTRACT + PEOPLE, path))

    assert text.endswith("There is no such day: there is no 30 February.")
