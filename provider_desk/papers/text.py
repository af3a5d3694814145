"""Typefaces, colours and lines of words, as all papers draw them."""

from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from provider_desk.model import resources

REGULAR, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_FONTS = (REGULAR, BOLD)

INK, SOFT, LINE = HexColor("#1B2730"), HexColor("#4F5F6B"), HexColor("#9AA7AF")


@cache
def load_fonts() -> None:
    """Make the typefaces known; once is enough."""
    for name in _FONTS:
        path = resources.path_of(f"fonts/{name}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


def width_of(text: str, font: str, size: float) -> float:
    """How wide a text is, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """A text in lines no wider than ``width`` points; a long word is broken."""
    lines, line = [], ""
    for word in text.split():
        rest = word
        while rest:
            tried = f"{line} {rest}".strip()
            if width_of(tried, font, size) <= width:
                line, rest = tried, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                fits = _fitting(rest, font, size, width)
                lines.append(rest[:fits])
                rest = rest[fits:]
    return [*lines, line] if line else lines


def _fitting(word: str, font: str, size: float, width: float) -> int:
    """How many letters of a word fit into a line; at least one."""
    for count in range(len(word), 1, -1):
        if width_of(word[:count], font, size) <= width:
            return count
    return 1


def draw_lines(
    canvas: Canvas,
    lines: list[str],
    place: tuple[float, float],
    font: str = REGULAR,
    size: float = 10.5,
    leading: float = 14.5,
) -> float:
    """Draw lines downwards from a place; hands back where the next would stand.

    Args:
        canvas: the page.
        lines: of words.
        place: left edge and base line of the first, in points from below.
        font: the typeface.
        size: in points.
        leading: from one base line to the next.
    """
    left, base = place
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(left, base, line)
        base -= leading
    return base
