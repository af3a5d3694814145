"""Rows set aside become a workbook that can be corrected and brought in again."""

import io
from datetime import date, time
from pathlib import Path

from openpyxl import Workbook, load_workbook

from provider_desk.model.records import Client, Referral
from provider_desk.spreadsheets.batch import Batch
from provider_desk.spreadsheets.set_aside import write_set_aside
from tests.builders.sheets import (
    ANN,
    CONTRACT,
    PEOPLE,
    PEOPLE_HEADINGS,
    REFERRAL_HEADINGS,
    REFERRALS,
    TAKEN_ON,
    WAITS,
    made,
    one,
    plan,
    said,
    text_file,
    workbook,
)

LAYOUT = CONTRACT + PEOPLE + REFERRALS
BAD_DAY = (*TAKEN_ON[:2], "31/09/2017", *TAKEN_ON[3:], "", "", "")


def reopened(batch: Batch) -> Workbook:
    return load_workbook(io.BytesIO(write_set_aside(batch)))


def test_the_workbook_has_the_files_headings_and_two_columns_in_front(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path / "ours.xlsx",
        {
            "People": [("Our people",), (), (*PEOPLE_HEADINGS, "Extra"), (*ANN, 5)],
            "Referrals": [REFERRAL_HEADINGS, WAITS, BAD_DAY],
        },
    )

    book = reopened(plan(LAYOUT, path))

    assert book.sheetnames == ["Referrals"]
    headings, row = book["Referrals"].iter_rows(values_only=True)
    assert headings == ("What is wrong", "Where it came from", *REFERRAL_HEADINGS)
    assert "There is no such day" in str(row[0])
    assert row[1] == "ours.xlsx: Referrals, row 3, column “Received”"
    assert [value or "" for value in row[2:]] == list(BAD_DAY)


def test_corrected_rows_come_in_with_the_same_layout(tmp_path: Path) -> None:
    people = [PEOPLE_HEADINGS, ANN]
    path = workbook(
        tmp_path / "ours.xlsx",
        {"People": people, "Referrals": [REFERRAL_HEADINGS, BAD_DAY]},
    )
    book = reopened(plan(LAYOUT, path))
    book["Referrals"]["E2"] = "05/09/2017"
    corrected = tmp_path / "ours - set aside.xlsx"
    book.save(corrected)

    again = plan(LAYOUT, workbook(path, {"People": people}), corrected)

    assert said(again) == []
    assert one(again, Referral).received_on == date(2017, 9, 5)
    assert again.unused_columns == []


def test_rows_that_are_still_wrong_are_set_aside_again_without_growing(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [PEOPLE_HEADINGS, (1, "A", "?")]})
    first = plan(LAYOUT, path)
    later = tmp_path / "later.xlsx"
    later.write_bytes(write_set_aside(first))

    second = reopened(plan(LAYOUT, later))

    headings, row = second["People"].iter_rows(values_only=True)
    assert headings == ("What is wrong", "Where it came from", *PEOPLE_HEADINGS)
    assert row[1] == "later.xlsx: People, row 2, column “Born”"


def test_two_rows_set_aside_that_differ_only_in_where_they_came_from_count_once(
    tmp_path: Path,
) -> None:
    row = ("P1", "Ann Invented", "31/09/1985")
    path = workbook(
        tmp_path / "a.xlsx", {"People": [PEOPLE_HEADINGS, row, (*row[:2], "?")]}
    )
    book = reopened(plan(LAYOUT, path))
    for cell in ("E2", "E3"):
        book["People"][cell] = "30/09/1985"
    book.save(tmp_path / "b.xlsx")

    batch = plan(LAYOUT, tmp_path / "b.xlsx")

    assert len(made(batch, Client)) == 1
    assert "The same row twice" in said(batch)[0]


def test_nothing_in_a_cell_acts_as_a_formula_and_text_stays_text(
    tmp_path: Path,
) -> None:
    evil = ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "=1+1", "00017"]
    rows = [[evil[0], name, "31/09/1985"] for name in evil]
    path = text_file(tmp_path / "People.csv", [PEOPLE_HEADINGS, *rows])

    book = reopened(plan(LAYOUT, path))

    cells = [cell for row in book["People"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    names = [row[3] for row in book["People"].iter_rows(2, values_only=True)]
    assert names == evil


def test_dates_numbers_and_times_stay_what_they_were(tmp_path: Path) -> None:
    layout = PEOPLE.replace('code = "No"', 'code = { column = "No" }')
    day = date(2017, 9, 5)
    path = workbook(
        tmp_path / "a.xlsx",
        {"People": [(*PEOPLE_HEADINGS, "D", "N", "T"), (1, "A", "?", day, 5, time(9))]},
    )

    book = reopened(plan(layout, path))

    values = [cell.value for cell in book["People"][2]][5:]
    assert [str(value) for value in values] == ["2017-09-05 00:00:00", "5", "09:00:00"]


def test_letters_that_a_workbook_can_not_hold_are_left_out(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "People.csv", [PEOPLE_HEADINGS, ("P1", "A\x01nn\x0b", "?")]
    )

    book = reopened(plan(LAYOUT, path))

    assert book["People"]["D2"].value == "Ann"


def test_rows_of_text_files_go_to_sheets_under_the_files_names(tmp_path: Path) -> None:
    layout = PEOPLE.replace(
        'name = "People"', 'file = "our [old] people list: all.csv"'
    )
    path = text_file(
        tmp_path / "our [old] people list all.csv", [PEOPLE_HEADINGS, ("P1", "A", "?")]
    )
    first = plan(layout, path)
    later = tmp_path / "set aside.xlsx"
    later.write_bytes(write_set_aside(first))

    again = plan(layout, later)

    assert len(again.set_aside) == 1


def test_a_batch_without_rows_set_aside_gives_a_workbook_that_opens() -> None:
    assert reopened(Batch()).sheetnames == ["Nothing set aside"]
