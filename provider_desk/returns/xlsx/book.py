"""Drawing sheets with openpyxl; the same sheets give the same bytes."""

import io
import os
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from provider_desk.returns.xlsx.sheet import Column, Content, Sheet

_A4 = 9
_FONT = "Arial"
_ACCENT, _LINE, _INK, _SOFT = "0B6470", "C9D1D6", "1B2730", "4F5F6B"
_WARN = "8A5A00"
#: First character of a cell → its ink and ground; the sign and word say it too.
_SIGNS = {
    "✓": ("Good", "1E6B3A", "E3F1E7"),
    "!": ("Warn", "8A5A00", "FBEFD5"),
    "✗": ("Bad", "A4262C", "F9E1E1"),
}
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  the same in every file; says nothing


def book(sheets: tuple[Sheet, ...], marks: tuple[str, ...], title: str) -> bytes:
    """A workbook of these sheets.

    Args:
        sheets: in order.
        marks: what every sheet says under its title, and on every printed page.
        title: of the document's properties; they hold nothing else.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for style in _styles():
        workbook.add_named_style(style)
    for sheet in sheets:
        _draw(workbook.create_sheet(sheet.name), sheet, marks)
    properties = workbook.properties
    properties.creator, properties.lastModifiedBy = "", None
    properties.title = _clean(title)
    properties.language = "en-GB"
    properties.created = properties.modified = _FIXED
    written = io.BytesIO()
    with _StillZip(written, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return written.getvalue()


def _styles() -> list[NamedStyle]:
    under = Border(bottom=Side(style="thin", color=_LINE))
    left = Alignment(vertical="center", horizontal="left", wrap_text=True, indent=1)
    right = Alignment(vertical="center", horizontal="right", wrap_text=True)
    ink = Font(name=_FONT, size=10, color=_INK)
    white = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
    fill = PatternFill("solid", fgColor=_ACCENT)
    return [
        _style("Title line", Font(name=_FONT, size=14, bold=True, color=_ACCENT)),
        _style("Mark line", Font(name=_FONT, size=10, bold=True, color=_WARN)),
        _style("About line", Font(name=_FONT, size=10, color=_SOFT)),
        _style("Head words", white, left, fill=fill),
        _style("Head figures", white, right, fill=fill),
        _style("Words", ink, left, under),
        _style(
            "Link", Font(name=_FONT, size=10, color=_ACCENT, u="single"), left, under
        ),
        _style("Figures", ink, right, under, number_format="#,##0"),
        _style("Decimals", ink, right, under, number_format="#,##0.0###"),
        _style("No figure", Font(name=_FONT, size=10, color=_SOFT), right, under),
        *(
            _style(
                name,
                Font(name=_FONT, size=10, bold=True, color=colour),
                left,
                under,
                PatternFill("solid", fgColor=ground),
            )
            for name, colour, ground in _SIGNS.values()
        ),
    ]


def _style(
    name: str,
    font: Font,
    alignment: Alignment | None = None,
    border: Border | None = None,
    fill: PatternFill | None = None,
    number_format: str = "General",
) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=font,
        alignment=alignment,
        border=border,
        fill=fill,
        number_format=number_format,
    )


def _draw(page: Worksheet, sheet: Sheet, marks: tuple[str, ...]) -> None:
    above = ((sheet.title, "Title line"), *((mark, "Mark line") for mark in marks))
    for line, (text, style) in enumerate((*above, (sheet.about, "About line")), 1):
        _put(page, line, 1, text)
        page.cell(line, 1).style = style
    head_row = len(marks) + 3
    for place, column in enumerate(sheet.columns, start=1):
        head = page.cell(head_row, place, column.head)
        head.style = "Head figures" if column.figures else "Head words"
        page.column_dimensions[get_column_letter(place)].width = column.width
    for line, row in enumerate(sheet.rows, start=head_row + 1):
        for place, (column, content) in enumerate(
            zip(sheet.columns, row, strict=True), start=1
        ):
            _put(page, line, place, content)
            page.cell(line, place).style = _style_name(column, content)
            if column.links and isinstance(content, str):
                _link(page.cell(line, place), content)
        page.row_dimensions[line].height = _height(sheet.lines_in(row))
    heads = tuple(column.head for column in sheet.columns)
    page.row_dimensions[head_row].height = _height(sheet.lines_in(heads))
    _name_table(page, sheet, head_row)
    _set_up_page(page, sheet, head_row, marks)


def _link(cell: Cell | MergedCell, sheet: str) -> None:
    """Make a cell open a sheet of this workbook."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{quoted}'!A1", display=sheet
    )
    cell.style = "Link"


def _height(lines: int) -> float:
    """Points that so many lines take; not every program works it out itself."""
    return lines * 13.0 + 5


def _put(page: Worksheet, row: int, column: int, content: Content) -> None:
    """Text stays text, even where it begins like a formula or holds odd signs."""
    if not isinstance(content, str):
        page.cell(row, column, content)
        return
    page.cell(row, column, _clean(content)).data_type = "s"


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub(" ", text)


def _style_name(column: Column, content: Content) -> str:
    if column.figures:
        if isinstance(content, str):
            return "No figure" if content.startswith("[") else "Figures"
        return "Figures" if isinstance(content, int) else "Decimals"
    if isinstance(content, str) and content[:1] in _SIGNS and column.signs:
        return _SIGNS[content[:1]][0]
    return "Words"


def _name_table(page: Worksheet, sheet: Sheet, head_row: int) -> None:
    last = f"{get_column_letter(len(sheet.columns))}{head_row + len(sheet.rows)}"
    table = Table(displayName=_table_name(sheet.name), ref=f"A{head_row}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)
    frozen = page.cell(head_row + 1, sheet.frozen + 1).coordinate
    page.freeze_panes = frozen


def _table_name(name: str) -> str:
    plain = "".join(letter if letter.isalnum() else "_" for letter in name)
    return f"Table_{plain}"


def _set_up_page(
    page: Worksheet, sheet: Sheet, head_row: int, marks: tuple[str, ...]
) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{head_row}:{head_row}"
    page.page_margins.left = page.page_margins.right = 0.4
    page.sheet_view.showGridLines = False
    if page.oddHeader is not None and page.oddFooter is not None:
        page.oddHeader.center.text = _running(" · ".join(marks))
        page.oddFooter.left.text = _running(sheet.title)
        page.oddFooter.right.text = "Page &P of &N"


def _running(text: str) -> str:
    """A text for head or foot, where & begins a code."""
    return _clean(text).replace("&", "&&")


class _StillZip(ZipFile):
    """A zip whose members carry no time and nothing of this machine."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname
        still = ZipInfo(name.filename if isinstance(name, ZipInfo) else name)
        still.compress_type = ZIP_DEFLATED if compress_type is None else compress_type
        super().writestr(still, data, compresslevel=compresslevel)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        with open(filename, "rb") as part:  # noqa: PTH123  any kind of path
            name = os.fspath(filename if arcname is None else arcname)
            self.writestr(name, part.read(), compress_type, compresslevel)
