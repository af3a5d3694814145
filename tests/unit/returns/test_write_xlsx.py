"""The return as a workbook."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from provider_desk.returns import words
from provider_desk.returns.table import Cell, Protection, ReturnTable, State
from provider_desk.returns.write_xlsx import write_xlsx
from tests.builders.full_returns import TOLD, a_full_table
from tests.builders.return_tables import (
    RECORD_ID,
    a_line,
    a_return_table,
    a_small_table,
    figure,
)
from tests.builders.written_returns import book_of, cells_of, golden

TABLES = [
    a_return_table(copy=copy, areas=areas, months=months)
    for copy in ("internal", "council")
    for areas, months in ((1, 1), (3, 12))
]

#: The same return gives the same bytes, so that each is drawn once here.
drawn = cache(write_xlsx)

of_every_kind = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.file_stem)


def _table_rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    (named,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[named.ref]]


@of_every_kind
def test_there_is_one_named_table_per_sheet_with_a_real_head(
    table: ReturnTable,
) -> None:
    book = book_of(drawn(table))
    for sheet in book.worksheets:
        head, *rows = _table_rows(sheet)
        assert all(isinstance(name, str) and name for name in head)
        assert len(set(head)) == len(head)
        assert rows
        assert sheet.freeze_panes
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(set(names)) == len(book.worksheets)


@of_every_kind
def test_nothing_is_merged_and_nothing_in_a_table_is_blank(table: ReturnTable) -> None:
    for sheet in book_of(drawn(table)).worksheets:
        assert not sheet.merged_cells.ranges
        for row in _table_rows(sheet):
            assert all(value not in (None, "") for value in row)
        assert all(cell.value for (cell,) in sheet.iter_rows(max_col=1))


@of_every_kind
def test_every_sheet_says_what_copy_it_is_on_the_screen_and_on_paper(
    table: ReturnTable,
) -> None:
    for sheet in book_of(drawn(table)).worksheets:
        above = [sheet.cell(row, 1).value for row in (2, 3)]
        assert above == list(words.marks(table))
        assert sheet.oddHeader is not None
        for mark in words.marks(table):
            assert mark in (sheet.oddHeader.center.text or "")


@of_every_kind
def test_every_line_of_the_return_is_in_its_areas_sheet(table: ReturnTable) -> None:
    book = book_of(drawn(table))
    for area in table.areas:
        sheet = book["All areas" if area.code == "ALL" else area.code]
        held = [(row[0], row[1]) for row in _table_rows(sheet)[1:]]
        assert held == [(x.key.indicator, x.label) for x in table.of_area(area.code)]


def test_the_sheets_of_a_copy_and_their_order() -> None:
    internal = book_of(write_xlsx(a_return_table()))
    areas = ["PES_YP", "PES_AD", "THER", "All areas"]
    assert internal.sheetnames == [
        "Cover", "Contents", "Notes", "Summary", "By area", *areas, "13 months",
        "Accountability", "Data quality", "Rates", "Indicators", "Checks",
    ]  # fmt: skip
    assert (
        "Checks" not in book_of(write_xlsx(a_return_table(copy="council"))).sheetnames
    )


def test_numbers_are_numbers_and_ratios_say_n_of_d_beside_their_own_columns() -> None:
    lines = (
        a_line((figure(1430),), indicator="C4"),
        a_line((figure(77.5),), indicator="A6", kind="median"),
        a_line((figure(0.375, 3, 8),), indicator="B6", kind="ratio"),
        a_line((Cell(State.WITHHELD, 3),), indicator="B7"),
        a_line((Cell(State.NOT_APPLICABLE, None, 0, 0),), indicator="D7", kind="ratio"),
    )
    book = book_of(write_xlsx(a_small_table(*lines)))
    month = [row[4] for row in _table_rows(book["THER"])[1:]]
    assert month == [1430, 77.5, "3/8 (38%)", "[c]", "[z]"]
    rates = [row[4:7] for row in _table_rows(book["Rates"])[1:]]
    assert rates == [(3, 8, 0.375), (3, 8, 0.375), (0, 0, "[z]"), (0, 0, "[z]")]


def test_text_that_begins_like_a_formula_stays_text() -> None:
    line = a_line((figure(1),), label="=1+1")
    table = replace(a_small_table(line), provider="=HYPERLINK()", notes=("@x", "-y"))
    content = drawn(table)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name)
            assert b"<f " not in parts.read(name)
    assert "s =1+1" in cells_of(content)


def test_signs_that_a_workbook_may_not_hold_become_spaces() -> None:
    table = replace(a_small_table(a_line((figure(1),))), provider="A\x0bB\x00")
    assert "s A B" in cells_of(write_xlsx(table))


@of_every_kind
def test_the_document_says_nothing_of_who_made_it_when_or_where(
    table: ReturnTable,
) -> None:
    content = drawn(table)
    made = book_of(content).properties
    assert not made.creator
    assert made.lastModifiedBy is None
    assert made.created == made.modified == datetime(2000, 1, 1)  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in parts.namelist():
            assert RECORD_ID.encode() not in parts.read(name)
            assert b"openpyxl" not in parts.read(name)


def test_the_same_return_gives_the_same_bytes() -> None:
    assert write_xlsx(a_return_table()) == write_xlsx(a_return_table())


def test_every_sheet_prints_on_a4_across_with_its_head_on_every_page() -> None:
    for sheet in book_of(write_xlsx(a_return_table(months=12))).worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows


def test_rows_are_high_enough_for_their_longest_text() -> None:
    long = a_line((figure(1),), label="A label that goes on and on " * 8)
    book = book_of(write_xlsx(a_small_table(long)))
    assert (book["THER"].row_dimensions[6].height or 0) > 60  # six lines of text


def test_figures_of_a_withheld_cell_are_nowhere_in_the_file() -> None:
    hidden = a_line((Cell(State.WITHHELD, 4711, 4711, 4712),), kind="ratio")
    assert "471" not in cells_of(write_xlsx(a_small_table(hidden)))


@cache
def full(areas: int = 3, copy: str = "internal") -> ReturnTable:
    return a_full_table(areas=areas, copy=copy)


def test_a_full_return_has_a_sheet_for_each_of_its_pages() -> None:
    names = book_of(drawn(full())).sheetnames
    assert names[:2] == ["Cover", "Contents"]
    assert names[names.index("13 months") :] == [
        "13 months", "Impact PHQ-9", "Impact GAD-7", "Impact CORE-10", "Impact",
        "Accountability", "Data quality", "In words", "Rates", "Indicators",
        "Restated", "Checks",
    ]  # fmt: skip
    outside = book_of(drawn(full(copy="council"))).sheetnames
    assert not {"Restated", "Checks"} & set(outside)


def test_the_contents_name_every_other_sheet_and_open_it() -> None:
    book = book_of(drawn(full()))
    rows = _table_rows(book["Contents"])[1:]
    assert [row[0] for row in rows] == book.sheetnames[2:]
    sheet = book["Contents"]
    opened = [cell.hyperlink for cell in sheet["A"] if cell.hyperlink]
    assert [x.location for x in opened] == [f"'{n}'!A1" for n in book.sheetnames[2:]]


def test_rounded_figures_say_what_they_normally_mean() -> None:
    table = full(copy="council")
    head, *rows = _table_rows(book_of(drawn(table))["THER"])
    now = head.index(table.month.short_name)
    means = head.index(f"{table.month.short_name} normally means")
    shown = {row[now]: row[means] for row in rows if isinstance(row[now], int)}
    assert shown[5] == "1 to 9"
    assert shown[20] == "16 to 24"
    assert {row[means] for row in rows if not isinstance(row[now], int)} == {
        words.NOTHING
    }
    assert "normally means" not in str(_table_rows(book_of(drawn(full()))["THER"])[0])


def test_a_total_that_goes_exact_says_so_and_a_revised_one_is_marked() -> None:
    cell = replace(figure(12), exact=True, mark="r")
    known = Protection(exact=("A1",))
    table = replace(a_small_table(a_line((cell,)), copy="council"), protection=known)
    head, row = _table_rows(book_of(write_xlsx(table))["THER"])
    said = dict(zip(head, row, strict=True))
    assert said["Apr 2017"] == 12
    assert said["Apr 2017 normally means"] == "exact"
    assert said["Notes"] == "Apr 2017 [r]"


def test_figures_are_numbers_on_every_sheet() -> None:
    book = book_of(drawn(full()))
    for name in ("Impact PHQ-9", "13 months", "Accountability", "Data quality"):
        cells = [value for row in _table_rows(book[name])[1:] for value in row]
        assert not [x for x in cells if isinstance(x, str) and x.isdigit()]
        assert any(isinstance(x, int) for x in cells)


def test_the_narrative_is_a_row_for_each_of_its_boxes() -> None:
    rows = _table_rows(book_of(drawn(full()))["In words"])[1:]
    assert [(row[1], row[2]) for row in rows] == [(t.label, t.words) for t in TOLD]


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_the_cells_are_what_they_were(copy: str) -> None:
    written = cells_of(write_xlsx(a_return_table(areas=2, months=3, copy=copy))) + "\n"
    assert written == golden(f"{copy}.cells.txt", written)
