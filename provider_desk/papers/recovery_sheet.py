"""A recovery sheet as a page of A4: what it opens, its code, where it belongs.

The two sheets differ at a glance, by their letter, colour and place. The code stands in
groups that are numbered, in a typeface that tells 0 from O; its text can be copied.
Source: security design, §2.7.
"""

import io
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from provider_desk.model import resources
from provider_desk.papers.sheet_words import words_of
from provider_desk.papers.text import wrapped

_REGULAR, _BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_CODE = "DejaVuSansMono-Bold"
_FONTS = (_REGULAR, _BOLD, _CODE)

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 56.0, _WIDTH - 56.0
_INK, _SOFT, _LINE = HexColor("#1B2730"), HexColor("#4F5F6B"), HexColor("#9AA7AF")
_COLOURS = {"A": HexColor("#0B6470"), "B": HexColor("#6B2D5C")}

_CODE_SIZE, _CODE_ROW = 29.0, 52.0
_TEXT_SIZE, _LEADING = 10.5, 14.5
_GROUPS_IN_ROW = 4
_CHECKS = 4


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What stands on a recovery sheet.

    Attributes:
        which: "A" or "B".
        groups: of its code.
        provider: whose desk it opens.
        made_on: the day, in words.
        fingerprint: of the desk, shown in Settings too.
    """

    which: str
    groups: tuple[str, ...]
    provider: str
    made_on: str
    fingerprint: str


def pdf(sheet: Sheet) -> bytes:
    """The page as a PDF, with its fonts in it."""
    _load_fonts()
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4, lang="en-GB")
    canvas.setTitle(f"Recovery sheet {sheet.which}")
    canvas.setCreator("Provider Desk")
    canvas.setProducer("Provider Desk")
    _Page(canvas, sheet).draw()
    canvas.save()
    return kept.getvalue()


@cache
def _load_fonts() -> None:
    for name in _FONTS:
        path = resources.path_of(f"fonts/{name}.ttf")
        pdfmetrics.registerFont(TTFont(name, str(path)))


class _Page:
    """Draws from the top down; ``_y`` is where the next thing begins."""

    def __init__(self, canvas: Canvas, sheet: Sheet) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._words = words_of(sheet.which)
        self._colour = _COLOURS[sheet.which]
        self._y = _HEIGHT

    def draw(self) -> None:
        """The whole page."""
        self._head()
        self._facts()
        self._code()
        self._part("What this sheet opens", self._words.opens)
        self._part("Where it belongs", self._words.keep)
        self._warning()
        self._part("If it is lost, or somebody else saw it", (self._words.lost,))
        self._checks()

    def _head(self) -> None:
        canvas = self._canvas
        canvas.setFillColor(self._colour)
        canvas.rect(0, _HEIGHT - 112, _WIDTH, 112, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(_REGULAR, 12)
        canvas.drawString(_LEFT, _HEIGHT - 44, "Provider Desk")
        canvas.setFont(_BOLD, 26)
        canvas.drawString(_LEFT, _HEIGHT - 74, f"Recovery sheet {self._sheet.which}")
        canvas.setFont(_REGULAR, 12)
        canvas.drawString(_LEFT, _HEIGHT - 94, self._words.subtitle)
        canvas.setFont(_BOLD, 76)
        canvas.drawRightString(_RIGHT, _HEIGHT - 84, self._sheet.which)
        self._y = _HEIGHT - 112 - 24

    def _facts(self) -> None:
        sheet = self._sheet
        for label, text in (
            ("Desk of", sheet.provider),
            ("Printed on", sheet.made_on),
            ("Desk's number", sheet.fingerprint),
        ):
            self._canvas.setFillColor(_SOFT)
            self._canvas.setFont(_REGULAR, _TEXT_SIZE)
            self._canvas.drawString(_LEFT, self._y, label)
            self._canvas.setFillColor(_INK)
            lines = wrapped(text, _BOLD, _TEXT_SIZE, _RIGHT - _LEFT - 100)
            self._lines(lines, _BOLD, _LEFT + 100)
        self._y -= 8

    def _code(self) -> None:
        """Rows of four groups, each numbered, then the two that check them."""
        canvas, groups = self._canvas, self._sheet.groups
        rows = [
            groups[at : at + _GROUPS_IN_ROW]
            for at in range(0, len(groups), _GROUPS_IN_ROW)
        ]
        height = _CODE_ROW * len(rows) + 12
        canvas.setStrokeColor(self._colour)
        canvas.setLineWidth(1.6)
        canvas.roundRect(
            _LEFT - 14, self._y - height, _RIGHT - _LEFT + 28, height, 8, fill=0
        )
        step = pdfmetrics.stringWidth("0" * 6, _CODE, _CODE_SIZE)
        base = self._y - 46
        for number, row in enumerate(rows):
            canvas.setFillColor(_SOFT)
            canvas.setFont(_REGULAR, 8)
            for place in range(len(row)):
                group = number * _GROUPS_IN_ROW + place + 1
                said = f"group {group}" if len(row[place]) > 2 else "check"  # noqa: PLR2004
                canvas.drawString(_LEFT + 14 + place * step, base + 27, said)
            canvas.setFillColor(_INK)
            canvas.setFont(_CODE, _CODE_SIZE)
            canvas.drawString(_LEFT + 14, base, "  ".join(row))
            base -= _CODE_ROW
        self._y -= height + 26

    def _part(self, title: str, sentences: tuple[str, ...]) -> None:
        canvas = self._canvas
        canvas.setFillColor(self._colour)
        canvas.setFont(_BOLD, 12)
        canvas.drawString(_LEFT, self._y, title)
        self._y -= _LEADING + 1
        canvas.setFillColor(_INK)
        for sentence in sentences:
            canvas.setFont(_REGULAR, _TEXT_SIZE)
            if len(sentences) > 1:
                canvas.drawString(_LEFT, self._y, "•")
            left = _LEFT + (12 if len(sentences) > 1 else 0)
            room = _RIGHT - left
            self._lines(wrapped(sentence, _REGULAR, _TEXT_SIZE, room), _REGULAR, left)
        self._y -= 8

    def _warning(self) -> None:
        canvas = self._canvas
        lines = wrapped(self._words.warning, _BOLD, _TEXT_SIZE, _RIGHT - _LEFT - 20)
        height = _LEADING * len(lines) + 10
        canvas.setFillColor(HexColor("#F4F0E4"))
        canvas.rect(
            _LEFT, self._y + 4 - height + 10, _RIGHT - _LEFT, height, stroke=0, fill=1
        )
        canvas.setFillColor(_INK)
        self._y -= 4
        self._lines(lines, _BOLD, _LEFT + 10)
        self._y -= 14

    def _checks(self) -> None:
        """Room to write down that the sheet was checked; once a year is enough."""
        canvas = self._canvas
        canvas.setFillColor(_SOFT)
        canvas.setFont(_REGULAR, 9)
        canvas.drawString(
            _LEFT,
            self._y,
            "Checked once a year (Settings, “Check a recovery sheet”): date, initials",
        )
        self._y -= 24
        canvas.setStrokeColor(_LINE)
        canvas.setLineWidth(0.6)
        width = (_RIGHT - _LEFT) / _CHECKS
        for place in range(_CHECKS):
            left = _LEFT + place * width
            canvas.line(left, self._y, left + width - 16, self._y)

    def _lines(self, lines: list[str], font: str, left: float) -> None:
        self._canvas.setFont(font, _TEXT_SIZE)
        for line in lines:
            self._canvas.drawString(left, self._y, line)
            self._y -= _LEADING
