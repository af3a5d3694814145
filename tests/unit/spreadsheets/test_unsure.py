"""Which person, which contract: told by what the rows say, never by a guess."""

from pathlib import Path

import pytest

from provider_desk.model.records import Client, Contract, Referral
from provider_desk.spreadsheets.batch import NeedsAnswer
from provider_desk.spreadsheets.layout_file import parse_layout
from provider_desk.spreadsheets.layout_parts import LayoutNotValid
from tests.builders.sheets import CONTRACT, made, one, plan, said, workbook

ONE_SHEET = """
[[sheet]]
[[sheet.record]]
record = "client"
known_as = "Name"
born_on = "Born"
[[sheet.record]]
record = "referral"
reference = "Ref"
received_on = "Received"
"""
HEADINGS = ("Ref", "Name", "Born", "Received", "Note")
TWO = """
date_order = "dmy"
[[contract]]
reference = "C-1"
starts_on = 2016-07-01
ends_on = 2017-03-31
areas = ["THER"]
[[contract]]
reference = "C-2"
starts_on = 2017-04-01
areas = ["THER"]
"""


def sheet(folder: Path, *rows: tuple[str, ...]) -> Path:
    return workbook(folder / "a.xlsx", {"All": [HEADINGS, *rows]})


def test_two_people_of_one_name_without_a_birthday_stay_two(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("1", "Ann Invented", "", "05/09/2017"),
        ("2", "Ann Invented", "", "06/09/2017"),
        ("3", "Bea Invented", "", "06/09/2017"),
    )

    batch = plan(CONTRACT + ONE_SHEET, path)

    assert len(made(batch, Client)) == 2
    (text,) = said(batch)
    assert text == (
        "All, row 3, column “Born”: There is another “Ann Invented” without a date of "
        "birth: give them a code or a date of birth."
    )


def test_two_people_of_one_birthday_without_a_name_stay_two(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("1", "", "03/04/1985", "05/09/2017"),
        ("2", "", "03/04/1985", "06/09/2017"),
    )

    batch = plan(CONTRACT + ONE_SHEET, path)

    assert len(made(batch, Client)) == 1
    (text,) = said(batch)
    assert "There is another person of this date of birth without a name" in text


def test_rows_of_one_referral_are_about_one_person(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("1", "Ann Invented", "", "05/09/2017", "a"),
        ("1", "Ann Invented", "", "05/09/2017", "b"),
        ("2", "Bea Invented", "03/04/1985", "05/09/2017"),
        ("3", "Bea Invented", "03/04/1985", "06/09/2017"),
    )

    batch = plan(CONTRACT + ONE_SHEET, path)

    assert len(made(batch, Client)) == 2
    assert len(made(batch, Referral)) == 3
    assert not [text for text in said(batch) if "another" in text]


def test_of_contracts_one_after_the_other_the_day_decides(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        ("1", "Ann Invented", "03/04/1985", "31/03/2017"),
        ("2", "Bea Invented", "03/04/1985", "01/04/2017"),
        ("3", "Cy Invented", "03/04/1985", "30/06/2016"),
        ("4", "Di Invented", "03/04/1985", ""),
    )

    batch = plan(TWO + ONE_SHEET, path)

    contracts = {each.id: each.reference for each in made(batch, Contract)}
    found = {r.reference: contracts[r.contract_id] for r in made(batch, Referral)}
    assert found == {"1": "C-1", "2": "C-2"}
    none, empty = said(batch)
    assert "None of the layout's contracts runs on 30 June 2016." in none
    assert "is needed." in empty


@pytest.mark.parametrize("line", ["ends_on = 2017-03-31\n", "starts_on = 2017-04-01\n"])
def test_contracts_at_the_same_time_need_a_rule(line: str) -> None:
    with pytest.raises(LayoutNotValid, match="run at the same time"):
        parse_layout(TWO.replace(line, "") + ONE_SHEET, "x")


def test_columns_with_unclear_dates_are_asked_about_line_by_line(
    tmp_path: Path,
) -> None:
    path = sheet(
        tmp_path,
        ("1", "Ann Invented", "13/04/1985", "05/09/2017"),
        ("2", "Bea Invented", "03/04/1985", "06/09/2017"),
    )
    layout = (CONTRACT + ONE_SHEET).replace('date_order = "dmy"', "")

    with pytest.raises(NeedsAnswer) as asked:
        plan(layout, path)

    first, second = str(asked.value).splitlines()[:2]
    assert "column “Born”" in first
    assert "column “Received”" in second


def test_a_person_without_a_code_is_one_however_often_they_come(
    tmp_path: Path,
) -> None:
    path = sheet(tmp_path, ("1", "Ann Invented", "03/04/1985", "05/09/2017"))

    assert one(plan(CONTRACT + ONE_SHEET, path), Client).code == "P-0001"
