"""Fonts, colours and text on the pages of a return.

The font ships with the program and is embedded, so that arrows and signs look the
same on every machine. Colours are those of the window's light theme.
"""

from functools import cache, lru_cache

from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from provider_desk.model import resources
from provider_desk.returns import words
from provider_desk.returns.table import Rating

REGULAR, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"

INK, SOFT, LINE = HexColor("#1B2730"), HexColor("#4F5F6B"), HexColor("#C9D1D6")
ACCENT, PALE, GROUND = HexColor("#0B6470"), HexColor("#E2EEF0"), HexColor("#F4F6F7")
BAD, WHITE = HexColor("#A4262C"), white

#: Ink and ground of a rating; its sign and words say the same.
RATING_INKS: dict[Rating, tuple[Color, Color]] = {
    Rating.IMPROVED: (HexColor("#1E6B3A"), HexColor("#E3F1E7")),
    Rating.WITHIN: (HexColor("#8A5A00"), HexColor("#FBEFD5")),
    Rating.OUTSIDE: (BAD, HexColor("#F9E1E1")),
}

#: Ink by sign, as in the ratings.
SIGN_INKS = {
    words.RATING_SIGNS[rating]: inks[0] for rating, inks in RATING_INKS.items()
}

_SPLITS_AFTER = "/-"


@cache
def load_fonts() -> None:
    """Make the two fonts known to reportlab; once per run."""
    for name in (REGULAR, BOLD):
        path = resources.path_of(f"fonts/{name}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


@lru_cache(maxsize=20_000)
def width_of(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache(maxsize=20_000)
def wrapped(text: str, font: str, size: float, width: float) -> str:
    """A text in lines no wider than ``width`` points; nothing is cut off.

    Breaks between words, then after a stroke or hyphen, then anywhere; a line break in
    the text stays one.
    """
    if "\n" in text:
        parts = text.split("\n")
        return "\n".join(wrapped(part, font, size, width) for part in parts)
    if width_of(text, font, size) <= width:
        return text.rstrip()
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, font, size, width):
        tried = line + piece
        if line and width_of(tried.rstrip(), font, size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line = tried
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str, font: str, size: float, width: float) -> list[str]:
    """What a line may be broken between; each no wider than a line."""
    pieces: list[str] = []
    for word in text.split(" "):
        part = ""
        for letter in (*word, " "):
            if part and width_of(part + letter.rstrip(), font, size) > width:
                pieces.append(part)
                part = ""
            part += letter
            if letter in _SPLITS_AFTER:
                pieces.append(part)
                part = ""
        pieces.append(part)
    return pieces
