"""A council's own workbook, invented: styles, a chart, a formula, checks of input."""

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

#: Name → the cell that it points to, in the invented template.
NAMED = {
    "PD_PROVIDER": "Front!$B$1",
    "PD_MONTH": "Front!$B$2",
    "PD_A1": "'Monthly figures'!$C$3",
    "PD_A1_YTD": "'Monthly figures'!$D$3",
    "PD_B1": "'Monthly figures'!$C$4",
    "PD_D1_planned_YTD": "'Monthly figures'!$D$5",
    "PD_C9_TEXT": "'Monthly figures'!$C$6",
    "PD_C9": "'Monthly figures'!$C$7",
    "PD_E3": "'Monthly figures'!$C$20",
}


def a_template(names: Mapping[str, str] = NAMED, *, protect: bool = False) -> bytes:
    """The workbook with these defined names."""
    book = Workbook()
    front = book.active
    assert front is not None
    front.title = "Front"
    front["A1"], front["A2"] = "Provider", "Month"
    sheet = book.create_sheet("Monthly figures")
    sheet["A1"] = "What the council asks"
    sheet.merge_cells("A1:D1")
    for row, words in enumerate(("Indicator", "Referrals", "Waiting", "Closed"), 2):
        sheet.cell(row, 1, words).font = Font(bold=True)
        cell = sheet.cell(row, 3, 99 if row > 2 else "Month")
        cell.fill = PatternFill("solid", fgColor="FFEECC")
        cell.protection = Protection(locked=False)
    sheet["C8"] = "=SUM(C3:C4)"
    sheet["D8"] = "=C8*2"
    drawn = BarChart()
    drawn.add_data(Reference(sheet, min_col=3, min_row=2, max_row=4))
    sheet.add_chart(drawn, "F2")
    asked = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    asked.add("C3:C4")
    sheet.add_data_validation(asked)
    sheet.protection.sheet = protect
    for name, refers in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=refers)
    written = io.BytesIO()
    book.save(written)
    return with_results(written.getvalue())


def with_results(content: bytes) -> bytes:
    """The workbook as Excel leaves it: formulas remember a result; and odd parts."""
    part = "xl/worksheets/sheet2.xml"
    sheet = parts_of(content)[part].decode()
    for formula, result in (("SUM(C3:C4)", "198"), ("C8*2", "396")):
        said = f"<f>{formula}</f>"
        assert f"{said}<v />" in sheet
        sheet = sheet.replace(f"{said}<v />", f"{said}<v>{result}</v>")
    return with_parts(
        content, {part: sheet.encode(), "customXml/of the council.bin": b"\x00\x01"}
    )


def with_parts(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The file with parts changed or added."""
    held = {**parts_of(content), **changed}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in held.items():
            archive.writestr(name, part)
    return written.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a workbook by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
