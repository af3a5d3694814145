"""A layout is checked when it is read, and each mistake is named where it stands."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model import resources
from provider_desk.model.errors import Missing
from provider_desk.spreadsheets.layout import (
    BRINGABLE,
    LINKS,
    RECORD_KEYS,
    fields_for,
)
from provider_desk.spreadsheets.layout_file import parse_layout, read_layout
from provider_desk.spreadsheets.layout_parts import LayoutNotValid
from tests.builders.sheets import CONTRACT, PEOPLE

SHEET = '[[sheet]]\nname = "People"\n'
CLIENT = f'{SHEET}[[sheet.record]]\nrecord = "client"\ncode = "No"\n'
REFERRAL = (
    f'{SHEET}[[sheet.record]]\nrecord = "referral"\nclient = "No"\nreceived_on = "In"\n'
)


def mistakes(layout: str) -> list[str]:
    with pytest.raises(LayoutNotValid) as raised:
        parse_layout(layout, "mine.toml")
    return [f"{mistake.where}: {mistake.text}" for mistake in raised.value.mistakes]


@pytest.mark.parametrize("name", resources.names_in("layouts", ".toml"))
def test_the_layouts_that_ship_are_valid(name: str) -> None:
    layout = read_layout(resources.path_of(name))

    assert layout.records_begin == date(2016, 7, 1)
    assert layout.sheets


def assert_named(layout: str, where: str, text: str) -> None:
    found = mistakes(layout)

    places = [one.partition(": ") for one in found]
    assert any(where in place and text in told for place, _, told in places), found


@pytest.mark.parametrize(
    ("line", "where", "text"),
    [
        ('born = "DOB"', "(client)", "“born” is not known here. Did you mean"),
        ("gender = 3", "gender", "Name a column"),
        ("gender = {}", "gender", "exactly one of column, columns"),
        ('gender = { column = "G", value = "F" }', "gender", "exactly one"),
        ('gender = { colum = "G" }', "gender", "Did you mean “column”"),
        ('gender = { column = "G", words = "sex" }', "words", "no [words.sex]"),
        ('gender = { column = "G", others = "X" }', "others", "not a code"),
        ('gender = { column = "G", date_order = "dmy" }', "date_order", "not a date"),
        ('birth_year = { value = "1990" }', "birth_year", "without quotes"),
        ("birth_year = { value = 90 }", "birth_year", "from 1,900"),
        ('when = { column = "A" }', "when", "exactly one thing"),
        ('when = { column = "A", is = "x", empty = true }', "when", "exactly one"),
        ('when = { column = "A", matches = "(" }', "matches", "is not valid"),
        ('when = { is = "x" }', "column", "It is needed"),
        ("when = 3", "(client)", "Write tables"),
        ("repeat = 3", "repeat", "{n}"),
        ('repeat = "3"', "repeat", "whole number"),
    ],
)
def test_a_mistake_in_a_record_is_named(line: str, where: str, text: str) -> None:
    assert_named(f"{CLIENT}{line}\n", where, text)


def test_a_code_that_a_list_does_not_know_is_named_down_to_the_word() -> None:
    assert_named(
        f'{CLIENT}gender = {{ column = "G", words = {{ "w" = "FEM" }} }}\n',
        "[[sheet]] 1 “People”, [[sheet.record]] 1 (client), gender, words, “w”",
        "“FEM” is not a code of the list “sex_gender”",
    )


SPLIT = '[[sheet.split]]\ncolumn = "A"\n'
CHECK = '[[sheet.check]]\ncolumn = "A"\nwords = { "P" = true }\n'


@pytest.mark.parametrize(
    ("part", "where", "text"),
    [
        (SPLIT, "[[sheet.split]] 1", "one of the two"),
        (f'{SPLIT}at = ","', "into", "Name the parts"),
        (f"{SPLIT}pattern = '(.*)'", "pattern", "Name each part"),
        (f"{SPLIT}pattern = '(?P<B>.*)'\ninto = ['C']", "into", "named group"),
        (f'{SPLIT}at = ","\ninto = "B"\notherwise = "C"', "otherwise", "not one of"),
        (f'{CHECK}field = "closure.reson"\nflag = "planned"', "field", "holds a code"),
        (f'{CHECK}field = "closure.reason"\nflag = "planned"', "field", "no closure"),
        (f'{CHECK}field = "client.gender"\nflag = "plan"', "flag", "not known"),
        ('[[sheet.check]]\ncolumn = "A"', "words", "which word means what"),
        ('[[sheet.skip]]\ncolumn = "A"', "[[sheet.skip]] 1", "exactly one thing"),
        ('[[sheet.record]]\nrecord = "client"', "(client)", "one client only"),
        ("[[sheet]]\n[[sheet.record]]", "[[sheet]] 2", "name ="),
    ],
)
def test_a_mistake_beside_a_record_is_named(part: str, where: str, text: str) -> None:
    assert_named(f"{CLIENT}{part}\n", where, text)


@pytest.mark.parametrize(
    ("line", "where", "text"),
    [
        ("", "[[sheet]] 1 “People”, record", "[[sheet.record]]"),
        ("header_row = 0", "header_row", "whole number from 1"),
        ("optional = 3", "optional", "Write words"),
        ("[[sheet.record]]", "[[sheet.record]] 1, record", "It is needed"),
        ('[[sheet.record]]\nrecord = "klient"', "record", "“klient” is not a kind"),
        ('[[sheet.record]]\nrecord = "phase"', "(phase)", 'referral = "Heading"'),
        ('[[sheet.record]]\nrecord = "referral"', "(referral)", 'client = "Heading"'),
        ('[[sheet.record]]\nrecord = "session"', "held_on", "needed for every session"),
    ],
)
def test_a_mistake_in_a_sheet_is_named(line: str, where: str, text: str) -> None:
    assert_named(f"{CONTRACT}{SHEET}{line}\n", where, text)


AREAS = 'areas = ["THER"]\n'
C_1 = '[[contract]]\nreference = "C-1"\n'


@pytest.mark.parametrize(
    ("top", "where", "text"),
    [
        ("title = ", "the file", "not valid TOML"),
        ('tittle = "x"', "", "“tittle” is not known. Did you mean “title”"),
        ('date_order = "uk"', "date_order", "“uk” is not known. Allowed: “dmy”"),
        ("title = 3", "title", "between quotes"),
        ('records_begin = "2016-09-31"', "records_begin", "September"),
        ('words = "x"', "words", "[words.decision]"),
        ("sheet = 3", "", "Write tables: [[sheet]]"),
        (f"[[contract]]\n{AREAS}", "[[contract]] 1, reference", "needed"),
        (C_1, "areas", "Name the service areas"),
        (f'{C_1}areas = ["X"]', "areas", "“X” is not a service area"),
        (f"{C_1}{AREAS}starts_on = 5", "starts_on", "year-month-day"),
        (f"{C_1}{AREAS}records_begin = 5", "[[contract]] 1", "above the first bracket"),
        (
            f"{C_1}{AREAS}starts_on = 2017-01-01\nends_on = 2016-01-01",
            "ends_on",
            "before it starts",
        ),
    ],
)
def test_a_mistake_at_the_top_is_named(top: str, where: str, text: str) -> None:
    assert_named(f"{top}\n" if "sheet" in top else f"{top}\n{CLIENT}", where, text)


@pytest.mark.parametrize(
    ("layout", "where", "text"),
    [
        ("", "sheet", "at least one sheet"),
        (REFERRAL, "contract", "Say which contract"),
        (f'{C_1}areas = ["THER", "PES_AD"]\n{REFERRAL}', "area", "several areas"),
        (
            f'{CONTRACT}{REFERRAL}contract = {{ value = "C-2" }}\n',
            "contract",
            "not the reference of a [[contract]]",
        ),
    ],
)
def test_what_a_layout_lacks_is_named(layout: str, where: str, text: str) -> None:
    assert_named(layout, where, text)


def test_all_mistakes_are_named_at_once() -> None:
    layout = f'{CLIENT}gendre = "G"\nborn_on = 3\n{SHEET}nam = "x"\n'

    assert len(mistakes(layout)) >= 3


def test_a_layout_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"gone\.toml"):
        read_layout(tmp_path / "gone.toml")
    path = tmp_path / "odd.toml"
    path.write_bytes(b"title = \xff\xfe\n")
    with pytest.raises(LayoutNotValid, match="UTF-8"):
        read_layout(path)


def test_a_layout_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(PEOPLE, encoding="utf-8-sig")

    assert read_layout(path).title == "mine.toml"


def test_no_field_is_called_like_a_key_of_a_record() -> None:
    """A new field must not take a word that layouts already use."""
    fields = {name for each in BRINGABLE for name in fields_for(each)}

    assert fields & {*RECORD_KEYS, *LINKS} == set()


def test_a_mistake_outside_all_brackets_is_said_to_be_at_the_top() -> None:
    with pytest.raises(LayoutNotValid) as refused:
        parse_layout(f'titel = "x"\n{CLIENT}', "mine.toml")

    assert "- At the top: “titel” is not known." in str(refused.value)
