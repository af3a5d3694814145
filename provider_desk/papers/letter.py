"""Letters for a plain DL envelope with a window, folded twice, as pages of A4.

Through the window nothing shows but name and address, however the letter slips in its
envelope: an area larger than the window is left empty but for them. No logo, no sender,
no reference stands outside the fold. Source: domain reference, B12, F7.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from provider_desk.papers.text import (
    INK,
    LINE,
    REGULAR,
    draw_lines,
    load_fonts,
    width_of,
    wrapped,
)

_WIDTH, _HEIGHT = A4

# A DL envelope is 220 x 110 mm; its window is 90 x 35 mm, 20 mm from the left and from
# below. A letter folded to 210 x 99 mm slips by 10 and 11 mm in it.
#: What may show, in mm from the top left corner of the page: left, top, right, bottom.
MAY_SHOW = (8.0, 42.0, 112.0, 92.0)
#: What always shows.
SHOWS = (20.0, 55.0, 100.0, 79.0)

_ADDRESS_LEFT, _ADDRESS_TOP = 22.0 * mm, 59.0 * mm
_ADDRESS_WIDTH, _ADDRESS_LEADING, _ADDRESS_SIZE = 76.0 * mm, 4.4 * mm, 9.5
#: Lines that fit into what always shows.
_ADDRESS_LINES = 5
_FOLD = 99.0 * mm
_BODY_TOP = 112.0 * mm
_LEFT, _RIGHT = 25.0 * mm, _WIDTH - 25.0 * mm
_SIZE, _LEADING = 11.0, 16.0


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """One letter.

    Attributes:
        address: name and address, line by line.
        written_on: the day, in words.
        paragraphs: from the greeting to whom it is from.
    """

    address: tuple[str, ...]
    written_on: str
    paragraphs: tuple[str, ...]


def pdf(letters: Sequence[Letter]) -> bytes:
    """All letters, each on a page of its own, with the typeface in the file."""
    load_fonts()
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4, lang="en-GB")
    canvas.setTitle("Letters")
    canvas.setCreator("Provider Desk")
    canvas.setProducer("Provider Desk")
    for letter in letters:
        _draw(canvas, letter)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def address_lines(name: str, address: str, postcode: str) -> tuple[str, ...]:
    """Name and address as they fit the window; the last lines share one where many."""
    parts = [part.strip() for part in address.replace("\n", ",").split(",")]
    lines = [part for part in (name, *parts, postcode) if part]
    while len(lines) > _ADDRESS_LINES:
        lines[-3:-1] = [f"{lines[-3]}, {lines[-2]}"]
    return tuple(lines)


def _draw(canvas: Canvas, letter: Letter) -> None:
    canvas.setFillColor(INK)
    widest = max(letter.address, key=lambda line: width_of(line, REGULAR, 1.0))
    fits = _ADDRESS_WIDTH / width_of(widest, REGULAR, 1.0)
    draw_lines(
        canvas,
        list(letter.address),
        (_ADDRESS_LEFT, _HEIGHT - _ADDRESS_TOP),
        REGULAR,
        min(_ADDRESS_SIZE, fits),
        _ADDRESS_LEADING,
    )
    _fold_marks(canvas)
    top = _HEIGHT - _BODY_TOP
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawRightString(_RIGHT, top, letter.written_on)
    base = top - 2 * _LEADING
    for paragraph in letter.paragraphs:
        body = wrapped(paragraph, REGULAR, _SIZE, _RIGHT - _LEFT)
        base = draw_lines(canvas, body, (_LEFT, base), REGULAR, _SIZE, _LEADING)
        base -= _LEADING / 2


def _fold_marks(canvas: Canvas) -> None:
    """Where the page is folded, at its left edge."""
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    for fold in (_FOLD, 2 * _FOLD):
        canvas.line(3 * mm, _HEIGHT - fold, 7 * mm, _HEIGHT - fold)
