"""Layouts of other sheets: where they are found, columns, words and conditions."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model import resources
from provider_desk.model.records import Client
from tests.builders.sheets import made, one, plan, said, text_file, workbook

CASES = """
[[sheet]]
file = "cases.csv"
[[sheet.record]]
record = "client"
code = "No"
"""


@pytest.mark.parametrize("name", ["cases.csv", "CASES.CSV", "cases.txt"])
def test_a_file_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    path = text_file(tmp_path / name, [("No",), ("P1",)])

    assert one(plan(CASES, path), Client).code == "P1"


def test_a_layout_for_a_text_file_also_reads_a_sheet_of_that_name(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "later.xlsx", {"Cases": [("No",), ("P1",)]})

    assert one(plan(CASES, path), Client).code == "P1"


def test_a_layout_for_a_sheet_also_reads_a_text_file_of_that_name(
    tmp_path: Path,
) -> None:
    layout = CASES.replace('file = "cases.csv"', 'name = "Cases"')
    path = text_file(tmp_path / "cases.csv", [("No",), ("P1",)])

    assert one(plan(layout, path), Client).code == "P1"


def test_a_star_takes_several_sheets_and_files(tmp_path: Path) -> None:
    layout = CASES.replace('file = "cases.csv"', 'name = "Register *"')
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Register 2016": [("No",), ("P1",)],
            "register  2017": [("No",), ("P2",)],
            "Totals": [("No",), ("P3",)],
        },
    )

    batch = plan(layout, path)

    assert [client.code for client in made(batch, Client)] == ["P1", "P2"]
    assert batch.unread_sheets == ["Totals"]


def test_a_sheet_of_one_file_only_is_named_by_both(tmp_path: Path) -> None:
    layout = CASES.replace('"cases.csv"', '"a.xlsx"\nname = "People"')
    paths = [
        workbook(tmp_path / f"{name}.xlsx", {"People": [("No",), (name,)]})
        for name in ("a", "b")
    ]

    assert one(plan(layout, *paths), Client).code == "a"


def fields(tmp_path: Path, described: str, headings: object, *rows: object) -> Client:
    layout = f'[[sheet]]\nname = "P"\n{described}'
    sheet = [headings, *rows]
    path = workbook(tmp_path / "a.xlsx", {"P": sheet})  # type: ignore[dict-item]
    batch = plan(layout, path)
    assert said(batch) == []
    return one(batch, Client)


def test_columns_are_joined_and_the_first_filled_is_taken(tmp_path: Path) -> None:
    client = fields(
        tmp_path,
        """
[[sheet.record]]
record = "client"
code = { first_of = ["Code", "Old code"] }
known_as = { columns = ["Given", "Family"] }
address = { columns = ["Street", "Town"], join = ", " }
born_on = { columns = ["D", "M", "Y"], join = "/", date_order = "dmy" }
""",
        ("Code", "Old code", "Given", "Family", "Street", "Town", "D", "M", "Y"),
        ("", 12, "Ann", "Hill", "", "Maltby", 3, 4, 1985),
    )

    assert (client.code, client.known_as, client.address) == (
        "12",
        "Ann Hill",
        "Maltby",
    )
    assert client.born_on == date(1985, 4, 3)


def test_a_second_column_of_the_same_heading_is_reached_by_its_number(
    tmp_path: Path,
) -> None:
    client = fields(
        tmp_path,
        '[[sheet.record]]\nrecord = "client"\ncode = "No"\nmobile = "Tel"\n'
        'landline = "Tel (2)"\n',
        ("No", "Tel", "Tel"),
        ("P1", "07700 900001", "01709 000001"),
    )

    assert (client.mobile, client.landline) == ("07700 900001", "01709 000001")


def test_optional_columns_may_be_missing_and_the_heading_row_may_be_said(
    tmp_path: Path,
) -> None:
    client = fields(
        tmp_path,
        'optional = ["Tel"]\nheader_row = 3\n[[sheet.record]]\nrecord = "client"\n'
        'code = "No"\nmobile = "Tel"\n',
        ("No", "which row is it"),
        ("No", "not this one either"),
        ("No", "Name"),
        ("P1", "Ann"),
    )

    assert (client.code, client.mobile) == ("P1", "")


def test_words_stand_for_values_or_for_nothing(tmp_path: Path) -> None:
    client = fields(
        tmp_path,
        """
[[sheet.record]]
record = "client"
code = "No"
born_on = { column = "Born", words = { "n/k" = "" } }
gender = { column = "M/F", words = { "Female" = "F", "see file" = "" } }
disability = { column = "Health", words = { "Autism" = "Y" }, if_empty = "NA" }
religion = { column = "Faith", others = "" }
known_as = { column = "Name", words = { "anon" = "" } }
""",
        ("No", "Born", "M/F", "Health", "Faith", "Name"),
        (1.0, "N/K", "see file", "", "Jedi", "Ann "),
    )

    assert (client.code, client.born_on, client.gender) == ("1", None, None)
    assert (client.disability, client.religion, client.known_as) == ("NA", None, "Ann")


@pytest.mark.parametrize(
    ("name", "family", "before", "given"),
    [
        ("Hill, Ann", "Hill", "", "Ann"),
        ("Swit \u2013 née Cole, Ruth", "Swit", "Cole", "Ruth"),
        ("Swit (formerly Cole), Ruth", "Swit", "Cole", "Ruth"),
        ("O'Neill-Smith, Zoë Ann", "O'Neill-Smith", "", "Zoë Ann"),
        ("Ruth", "Ruth", "", ""),
    ],
)
def test_family_and_given_name_of_one_column_are_told_apart(
    tmp_path: Path, name: str, family: str, before: str, given: str
) -> None:
    (people, *_) = resources.read_toml("layouts/grow.toml")["sheet"]
    pattern = people["split"][0]["pattern"]
    client = fields(
        tmp_path,
        f"""
[[sheet.split]]
column = "Name"
pattern = '{pattern}'
into = ["Family", "Before", "Given"]
otherwise = "Family"

[[sheet.record]]
record = "client"
code = "No"
family_name = "Family"
previous_names = "Before"
given_names = "Given"
""",
        ("No", "Name"),
        ("P1", name),
    )

    names = (client.family_name, client.previous_names, client.given_names)
    assert names == (family, before, given)


def test_a_cell_that_can_not_be_split_sets_the_row_aside(tmp_path: Path) -> None:
    layout = """
[[sheet]]
name = "P"
[[sheet.split]]
column = "Name"
pattern = '(?P<Family>\\w+), (?P<Given>\\w+)'
[[sheet.record]]
record = "client"
code = "No"
family_name = "Family"
"""
    path = workbook(tmp_path / "a.xlsx", {"P": [("No", "Name"), ("P1", "Ann")]})

    assert said(plan(layout, path)) == [
        "P, row 2, column “Name”: “Ann” can't be split into Family and Given."
    ]


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ('is = "b one"', ["2"]),
        ('is = ["A one", "B one"]', ["1", "2"]),
        ('is_not = "A one"', ["2", "3", "4"]),
        ('starts_with = "a"', ["1", "3"]),
        ('contains = "one"', ["1", "2"]),
        ("matches = '^[ab] one$'", ["1", "2"]),
        ("empty = true", ["4"]),
        ("empty = false", ["1", "2", "3"]),
    ],
)
def test_a_condition_says_which_rows_become_a_record(
    tmp_path: Path, condition: str, codes: list[str]
) -> None:
    layout = f"""
[[sheet]]
name = "P"
[[sheet.record]]
record = "client"
when = {{ column = "T", {condition} }}
code = "No"
"""
    rows = [("No", "T"), (1, "A one"), (2, "B one"), (3, "A oneself"), (4, "")]
    path = workbook(tmp_path / "a.xlsx", {"P": rows})

    batch = plan(layout, path)

    assert [client.code for client in made(batch, Client)] == codes
    assert len(batch.set_aside) == 4 - len(codes)
    for aside in batch.set_aside:
        assert "does not say what such a row is: T “" in aside.text


def test_a_comma_too_many_in_a_text_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("No\nP1\nP2,Rotherham\n", encoding="utf-8")

    assert "has 2 cells under 1 headings" in said(plan(CASES, path))[0]
