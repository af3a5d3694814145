"""The council's own workbook, filled in."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from provider_desk.model.errors import Damaged, DeskError
from provider_desk.returns.table import LineKey, ReturnTable
from provider_desk.returns.workbook import (
    Entry,
    fill_workbook,
    read_mapping,
    template_check,
)
from provider_desk.returns.workbook.calculation import asked_for
from provider_desk.returns.workbook.names import Names, Target, value_of
from provider_desk.returns.workbook.package import Place, place_of
from provider_desk.returns.workbook.sheet_xml import letters, number, scan
from tests.builders.full_returns import a_full_table
from tests.builders.templates import NAMED, a_template, parts_of, with_parts

COUNCIL = a_full_table(copy="council")
SHEET = "xl/worksheets/sheet2.xml"
AFTER_NAMES = (
    b"<x:sheets></x:sheets><x:definedNames></x:definedNames>"
    b'<x:calcPr fullCalcOnLoad="1"/><x:a/>'
)


def problems(
    names: dict[str, str], mapping: tuple[Entry, ...] = (), **given: bool
) -> list[str]:
    return template_check(a_template(names, **given), mapping, COUNCIL)


def shown(table: ReturnTable, indicator: str, split: str = "") -> float | None:
    return table.line(indicator, split, "ALL").now.value


def test_every_named_cell_gets_its_figure() -> None:
    book = load_workbook(io.BytesIO(fill_workbook(a_template(), (), COUNCIL)))
    sheet = book["Monthly figures"]
    assert book["Front"]["B1"].value == "Willow Road Support"
    assert book["Front"]["B2"].value == "September 2017"
    assert sheet["C3"].value == shown(COUNCIL, "A1")
    assert sheet["C4"].value == shown(COUNCIL, "B1")
    planned = COUNCIL.line("D1", "planned", "ALL").year_to_date
    assert sheet["D5"].value == planned.value
    rate = COUNCIL.line("C9", "", "ALL").now
    assert sheet["C7"].value == pytest.approx(rate.value, abs=0.0001)
    assert str(sheet["C6"].value).startswith(f"{rate.numerator}/{rate.denominator} (")
    assert sheet["C20"].value == shown(COUNCIL, "E3")


def test_nothing_else_of_the_workbook_changes() -> None:
    template = a_template()
    before, after = parts_of(template), parts_of(fill_workbook(template, (), COUNCIL))
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {SHEET, "xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert any("chart" in name for name in before)


def test_a_filled_cell_keeps_its_style_and_others_their_formulas() -> None:
    template = a_template()
    was = load_workbook(io.BytesIO(template))["Monthly figures"]
    now = load_workbook(io.BytesIO(fill_workbook(template, (), COUNCIL)))[
        "Monthly figures"
    ]
    assert now["C3"].fill.fgColor.rgb == was["C3"].fill.fgColor.rgb
    assert now["C8"].value == "=SUM(C3:C4)"
    assert now["A3"].value == was["A3"].value
    assert now.data_validations.dataValidation[0].sqref == "C3:C4"


def test_formulas_forget_their_old_results_and_are_worked_out_anew() -> None:
    filled = fill_workbook(a_template(), (), COUNCIL)
    results = load_workbook(io.BytesIO(filled), data_only=True)["Monthly figures"]
    assert results["C8"].value is None
    assert results["D8"].value is None
    assert b'fullCalcOnLoad="1"' in parts_of(filled)["xl/workbook.xml"]
    before = load_workbook(io.BytesIO(a_template()), data_only=True)
    assert before["Monthly figures"]["C8"].value == 198


def test_the_same_template_and_return_give_the_same_bytes() -> None:
    template = a_template()
    once = fill_workbook(template, (), COUNCIL)
    assert once == fill_workbook(template, (), COUNCIL)
    assert fill_workbook(once, (), COUNCIL) == once


def test_months_have_names_and_those_to_come_stay_as_they_are() -> None:
    names = {
        "PD_A1_APR": "'Monthly figures'!$C$3",
        "PD_A1_MAR": "'Monthly figures'!$C$4",
    }
    filled = fill_workbook(a_template(names), (), COUNCIL)
    sheet = load_workbook(io.BytesIO(filled))["Monthly figures"]
    assert sheet["C3"].value == COUNCIL.line("A1", "", "ALL").months[0].value
    assert sheet["C4"].value == 99


def test_words_that_look_like_a_formula_stay_words() -> None:
    table = replace(COUNCIL, provider="=HYPERLINK()&<b>")
    filled = fill_workbook(a_template(), (), table)
    cell = load_workbook(io.BytesIO(filled))["Front"]["B1"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK()&<b>", "s")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"PD_A1": "#REF!"}, "PD_A1 points to no cell any more"),
        ({"PD_A1": "Front!#REF!"}, "PD_A1 points to no cell any more"),
        ({"PD_A1": "Front!$B$1:$B$3"}, "PD_A1 names Front!$B$1:$B$3, not one cell"),
        ({"PD_A1": "Front!$B$1,Front!$B$3"}, "not one cell"),
        ({"PD_A1_TEHR": "Front!$B$1"}, "no figure of this return. The nearest is PD_A"),
        ({"PD_D1_PLANED": "Front!$B$1"}, "The nearest is PD_D1_PLANNED"),
        ({"PD_A1": "'Monthly figures'!$B$1"}, "is part of merged cells"),
        ({"PD_A1": "'Monthly figures'!$C$8"}, "holds a formula"),
        ({"PD_A1": "Elsewhere!$C$8"}, "on a sheet that the workbook does not have"),
        ({}, "No cell of the template has a name that begins with PD_"),
        (
            {"PD_A1": "Front!$B$1", "PD_B1": "Front!$B$1"},
            "PD_A1 and PD_B1 are one cell, Front!B1, but different figures",
        ),
    ],
)
def test_what_is_not_right_is_named_and_nothing_is_filled_in(
    names: dict[str, str], said: str
) -> None:
    found = problems(names)
    assert len(found) == 1
    assert said in found[0]
    with pytest.raises(DeskError, match="can't be filled in") as refused:
        fill_workbook(a_template(names), (), COUNCIL)
    assert said in str(refused.value)
    assert "Nothing was written" in str(refused.value)


def test_all_that_is_not_right_is_named_at_once() -> None:
    names = {f"PD_ZZ{n}": f"Front!$C${n}" for n in range(1, 10)}
    assert len(problems(names)) == 9
    with pytest.raises(DeskError, match="And 3 more"):
        fill_workbook(a_template(names), (), COUNCIL)


def test_two_names_of_one_figure_may_share_a_cell() -> None:
    assert problems({"PD_A1": "Front!$B$1", "PD_A1_ALL": "Front!$B$1"}) == []


def test_a_name_that_is_given_twice_is_refused() -> None:
    template = a_template({"PD_A1": "Front!$B$1"})
    xml = parts_of(template)["xl/workbook.xml"]
    second = b'<definedName name="PD_A1" localSheetId="1">Front!$B$2</definedName>'
    twice = xml.replace(b"</definedNames>", second + b"</definedNames>")
    found = template_check(
        with_parts(template, {"xl/workbook.xml": twice}), (), COUNCIL
    )
    assert found == ["PD_A1 names several cells, not one cell."]


def test_a_protected_sheet_takes_figures_only_in_its_open_cells() -> None:
    open_cell = {"PD_A1": "'Monthly figures'!$C$3"}
    locked = {"PD_A1": "'Monthly figures'!$D$3"}
    assert problems(open_cell, protect=True) == []
    assert problems(locked, protect=False) == []
    assert "locked on a protected sheet" in problems(locked, protect=True)[0]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Damaged),
        (b"not a workbook", Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DeskError),
        (a_template()[:900], Damaged),
        (with_parts(a_template(), {"_xmlsignatures/sig1.xml": b"<s/>"}), DeskError),
        (with_parts(a_template(), {SHEET: b"<worksheet>"}), Damaged),
        (
            with_parts(
                a_template(), {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
            ),
            Damaged,
        ),
        (with_parts(a_template(), {"xl/workbook.xml": b"<workbook/"}), Damaged),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(
    content: bytes, error: type[DeskError]
) -> None:
    with pytest.raises(error, match="template") as refused:
        fill_workbook(content, (), COUNCIL)
    assert "Nothing was written" in str(refused.value)


def test_a_mapping_fills_cells_that_have_no_name() -> None:
    mapping = read_mapping(
        b"at,indicator,split,area,period,part\r\n"
        b"Front!D4,A1,,THER,ytd,\r\n"
        b"'Monthly figures'!$C$3,C9,,,month,text\r\n",
        "mapping.csv",
    )
    filled = fill_workbook(a_template({}), mapping, COUNCIL)
    book = load_workbook(io.BytesIO(filled))
    year = COUNCIL.line("A1", "", "THER").year_to_date
    assert book["Front"]["D4"].value == year.value
    assert "%" in str(book["Monthly figures"]["C3"].value)


def test_a_mapping_may_be_toml_and_name_a_name() -> None:
    text = b'[[cell]]\nat = "Total_in"\nindicator = "D1"\nsplit = "planned"\n'
    mapping = read_mapping(text, "mapping.TOML")
    filled = fill_workbook(a_template({"Total_in": "Front!$B$9"}), mapping, COUNCIL)
    cell = load_workbook(io.BytesIO(filled))["Front"]["B9"]
    assert cell.value == shown(COUNCIL, "D1", "planned")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry("Front!B1", "A99"), "asks for A99: no figure of this return"),
        (Entry("Front!B1", "D1", "plan"), "asks for D1 plan: no figure"),
        (Entry("Nowhere!B1", "A1"), "is on a sheet that the workbook does not have"),
        (Entry("PD_Lost", "A1"), "names PD_Lost, which the template does not have"),
    ],
)
def test_a_mapping_to_what_is_not_there_is_named(entry: Entry, said: str) -> None:
    assert said in problems(NAMED, (entry,))[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"at,split\nA1,x\n", "m.csv"),
        (b"at,indicator\n", "m.csv"),
        (b"at,indicator,colour\nFront!B1,A1,red\n", "m.csv"),
        (b"at,indicator,period\nFront!B1,A1,week\n", "m.csv"),
        (b"at,indicator,part\nFront!B1,A1,half\n", "m.csv"),
        (b"at,indicator\n,A1\n", "m.csv"),
        (b"\xff\xfe", "m.csv"),
        (b"cell = 3", "m.toml"),
        (b"cell = [3]", "m.toml"),
        (b"[[cell", "m.toml"),
    ],
)
def test_a_mapping_that_says_something_odd_is_refused(
    content: bytes, name: str
) -> None:
    with pytest.raises(DeskError, match="mapping") as refused:
        read_mapping(content, name)
    assert "Nothing was written" in str(refused.value)


def test_every_figure_of_a_return_has_a_name_of_its_own() -> None:
    names = Names(COUNCIL)
    for name in names.all():
        assert len(names.targets(name)) == 1, name
    assert names.targets("PD_B2_0_28_THER_YTD") == (
        Target(LineKey("B2", "0-28", "THER"), -1, "value"),
    )


def test_figures_that_are_none_are_put_in_as_shorthand_or_band() -> None:
    said = {
        str(value_of(COUNCIL, Target(line.key, 0, "value"))) for line in COUNCIL.lines
    }
    assert {"29-56 days", "[x]"} <= said
    assert all(x in ("29-56 days", "[x]", "[z]") or Decimal(x) >= 0 for x in said)


def test_a_council_copy_that_is_not_rounded_fills_nothing() -> None:
    table = replace(a_full_table(), copy="council")
    with pytest.raises(ValueError, match="may not be in a council copy"):
        fill_workbook(a_template(), (), table)


def test_rows_and_cells_that_are_not_there_are_made_in_their_order() -> None:
    xml = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="urn:x"><x:cols>'
        b'<x:col min="5" max="9" style="7"/></x:cols><x:sheetData>'
        b'<x:row r="2" s="4" customFormat="1"/><x:row r="4">'
        b'<x:c r="B4" s="3" t="s"><x:v>1</x:v></x:c><x:c r="D4"/></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    one = Decimal(1)
    cells: dict[tuple[int, int], Decimal | str] = {
        (3, 4): one,
        (2, 4): "a > b",
        (1, 2): one,
        (2, 2): one,
        (5, 3): one,
    }
    assert scan(xml).filled(cells) == (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="urn:x"><x:cols>'
        b'<x:col min="5" max="9" style="7"/></x:cols><x:sheetData>'
        b'<x:row r="2" s="4" customFormat="1">'
        b'<x:c r="A2" s="4"><x:v>1</x:v></x:c><x:c r="B2" s="4"><x:v>1</x:v></x:c>'
        b'</x:row><x:row r="3"><x:c r="E3" s="7"><x:v>1</x:v></x:c></x:row>'
        b'<x:row r="4"><x:c r="B4" s="3" t="inlineStr"><x:is>'
        b'<x:t xml:space="preserve">a &gt; b</x:t></x:is></x:c>'
        b'<x:c r="C4"><x:v>1</x:v></x:c><x:c r="D4"/></x:row>'
        b"</x:sheetData></x:worksheet>"
    )


def test_an_empty_sheet_and_cells_without_places_are_understood() -> None:
    one = Decimal(1)
    assert scan(b"<worksheet><sheetData/></worksheet>").filled({(1, 1): one}) == (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        b"</worksheet>"
    )
    unsaid = b"<w><sheetData><row><c/><c t='b'><v>1</v></c></row></sheetData></w>"
    assert scan(unsaid).filled({(2, 1): one}) == (
        b'<w><sheetData><row><c/><c r="B1"><v>1</v></c></row></sheetData></w>'
    )


def test_cells_of_a_formula_over_several_cells_are_known() -> None:
    sheet = scan(
        b'<w><sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A3">X</f><v>1</v>'
        b"</c></row></sheetData></w>"
    )
    assert sheet.is_array(1, 3)
    assert not sheet.is_array(2, 1)
    assert b"<v>" not in sheet.filled({})


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 30), st.integers(-9, 9**9)),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_cells_can_be_filled_and_are_read_back(
    cells: list[tuple[int, int, int]],
) -> None:
    xml = parts_of(a_template_once())[SHEET]
    values = {(column, row): Decimal(v) for column, row, v in cells}
    filled = with_parts(a_template_once(), {SHEET: scan(xml).filled(values)})
    sheet = load_workbook(io.BytesIO(filled))["Monthly figures"]
    for (column, row), value in values.items():
        merged = row == 1 and column in (2, 3, 4)
        if not merged:
            assert sheet.cell(row, column).value == value


_TEMPLATE: list[bytes] = []


def a_template_once() -> bytes:
    if not _TEMPLATE:
        _TEMPLATE.append(a_template())
    return _TEMPLATE[0]


@given(st.integers(1, 16384))
def test_letters_of_columns_go_both_ways(column: int) -> None:
    assert number(letters(column)) == column


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sheet1!$B$5", Place("Sheet1", "B", 5)),
        ("='It''s'!b5", Place("It's", "B", 5)),
        ("Sheet1!$B$5:$B$5", Place("Sheet1", "B", 5)),
        ("Sheet1!$B$5:$C$5", None),
        ("B5", None),
        ("#REF!", None),
    ],
)
def test_places_are_read_as_a_workbook_writes_them(
    text: str, place: Place | None
) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<calcPr calcId="1"/>', b'<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        (
            b'<x:calcPr fullCalcOnLoad="0" calcId="1"></x:calcPr>',
            b'<x:calcPr calcId="1" fullCalcOnLoad="1"></x:calcPr>',
        ),
        (b"<sheets/></sheets>", b'<sheets/></sheets><calcPr fullCalcOnLoad="1"/>'),
        (
            b"<x:sheets></x:sheets><x:definedNames></x:definedNames><x:a/>",
            AFTER_NAMES,
        ),
    ],
)
def test_a_workbook_is_asked_to_calculate_when_it_opens(
    before: bytes, after: bytes
) -> None:
    assert asked_for(before) == after


def test_parts_keep_how_they_were_packed() -> None:
    template = a_template()
    filled = fill_workbook(template, (), COUNCIL)
    with (
        zipfile.ZipFile(io.BytesIO(template)) as was,
        zipfile.ZipFile(io.BytesIO(filled)) as now,
    ):
        assert [(x.filename, x.date_time, x.compress_type) for x in was.infolist()] == [
            (x.filename, x.date_time, x.compress_type) for x in now.infolist()
        ]
