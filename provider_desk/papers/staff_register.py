"""The staff register as a PDF: who had which training and supervision, and when.

By roles, so that it can go to the council; by name only where somebody chose that.
Source: practices, P50.
"""

import io
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from provider_desk.model import resources

_REGULAR, _BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_INK, _SOFT, _LINE = HexColor("#1B2730"), HexColor("#4F5F6B"), HexColor("#C9D1D6")
_MARGIN = 48.0
#: Shares of the page's width, column by column.
_SHARES = (0.24, 0.32, 0.14, 0.16, 0.14)


@dataclass(frozen=True, slots=True, repr=False)
class RegisterSheet:
    """What stands on it, in words.

    Attributes:
        provider: whose staff it is.
        made_on: the day.
        counts: sentences above the table.
        head: headings of the columns.
        rows: cells, row by row.
    """

    provider: str
    made_on: str
    counts: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def pdf(sheet: RegisterSheet) -> bytes:
    """The register as a PDF, with its fonts in it."""
    _load_fonts()
    kept = io.BytesIO()
    page = landscape(A4)
    document = SimpleDocTemplate(
        kept,
        pagesize=page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title="Staff register",
        creator="Provider Desk",
        producer="Provider Desk",
        lang="en-GB",
    )
    width = page[0] - 2 * _MARGIN
    document.build(
        [
            _words("Staff register: training and supervision", _BOLD, 16, 22),
            _words(f"{sheet.provider} · {sheet.made_on}", _REGULAR, 10, 16),
            *(_words(each, _REGULAR, 10, 14) for each in sheet.counts),
            Spacer(0, 12),
            _table(sheet, width),
        ]
    )
    return kept.getvalue()


def _table(sheet: RegisterSheet, width: float) -> Table:
    rows = [[_words(each, _BOLD, 9, 12) for each in sheet.head]]
    rows += [[_words(each, _REGULAR, 9, 12) for each in row] for row in sheet.rows]
    table = Table(rows, colWidths=[width * share for share in _SHARES], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _words(text: str, font: str, size: float, leading: float) -> Paragraph:
    style = ParagraphStyle(
        font,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=_INK if font == _BOLD or size < 10 else _SOFT,  # noqa: PLR2004
    )
    return Paragraph(_plain(text), style)


def _plain(text: str) -> str:
    """Words in which no sign is taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _load_fonts() -> None:
    for name in (_REGULAR, _BOLD):
        path = resources.path_of(f"fonts/{name}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))
