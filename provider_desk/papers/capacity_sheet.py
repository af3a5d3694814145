"""The capacity statement for the hub: one page, no client data.

Source: practices, P15.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from provider_desk.papers.text import (
    BOLD,
    INK,
    LINE,
    REGULAR,
    SOFT,
    draw_lines,
    load_fonts,
    wrapped,
)

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 56.0, _WIDTH - 56.0
_SIZE, _LEADING = 10.0, 13.5
_ROOM = 8.0


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """What stands on it.

    Attributes:
        provider: whose statement it is.
        made_on: the day, in words.
        headings: of the columns, the first for the rows.
        lines: row by row, as many words as there are headings.
        notes: how it was counted, a paragraph each.
    """

    provider: str
    made_on: str
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    notes: Sequence[str]


def pdf(page: CapacityPage) -> bytes:
    """The page, with its typefaces in the file."""
    load_fonts()
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4, lang="en-GB")
    canvas.setTitle("Capacity statement")
    canvas.setCreator("Provider Desk")
    canvas.setProducer("Provider Desk")
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 20)
    canvas.drawString(_LEFT, _HEIGHT - 74, "Capacity statement")
    canvas.setFillColor(SOFT)
    canvas.setFont(REGULAR, 11)
    canvas.drawString(_LEFT, _HEIGHT - 94, f"{page.provider} · {page.made_on}")
    base = _table(canvas, page, _HEIGHT - 132)
    for note in page.notes:
        canvas.setFillColor(INK)
        lines = wrapped(note, REGULAR, _SIZE, _RIGHT - _LEFT)
        base = draw_lines(canvas, lines, (_LEFT, base), REGULAR, _SIZE, _LEADING)
        base -= 6
    canvas.showPage()
    canvas.save()
    return kept.getvalue()


def _table(canvas: Canvas, page: CapacityPage, top: float) -> float:
    count = len(page.headings)
    rest = (_RIGHT - _LEFT) * 0.66 / max(1, count - 1)
    first = (_RIGHT - _LEFT) - rest * (count - 1)
    widths = [first, *([rest] * (count - 1))]
    base = _row(canvas, page.headings, widths, top, BOLD)
    for line in page.lines:
        base = _row(canvas, line, widths, base, REGULAR)
    return base - 20


def _row(
    canvas: Canvas, cells: Sequence[str], widths: Sequence[float], top: float, font: str
) -> float:
    """Draw a row, as high as its longest cell."""
    canvas.setFillColor(INK)
    left, lowest = _LEFT, top
    for words, width in zip(cells, widths, strict=True):
        lines = wrapped(words, font, _SIZE, width - _ROOM)
        base = draw_lines(canvas, lines, (left, top), font, _SIZE, _LEADING)
        lowest = min(lowest, base)
        left += width
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, lowest + _LEADING - 6, _RIGHT, lowest + _LEADING - 6)
    return lowest - 6
