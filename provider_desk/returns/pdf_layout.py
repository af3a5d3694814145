"""Placing blocks on pages before anything is drawn, so that pages can be counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from provider_desk.returns import pdf_style as style

PAGE_WIDTH, PAGE_HEIGHT = landscape(A4)
MARGIN = 30.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
#: Upper and lower edge of what blocks may fill, from the foot of the page.
TOP, FOOT = PAGE_HEIGHT - 50, 38.0

_HEADING_SIZE, _HEADING_HEIGHT = 14, 24.0
_SENTENCE_SIZE, _LEADING = 9, 13.0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document.

    Attributes:
        drawn: the block; where it has ``splitOn`` it may go over several pages.
        before: points of room above it, but not at the head of a page.
        bookmark: its title in the outline, "" for none.
        level: of the bookmark, 0 at the top.
        new_page: begins a page.
        needs: points that must be free below it, so that a head never stands alone.
    """

    drawn: Any
    before: float = 0
    bookmark: str = ""
    level: int = 0
    new_page: bool = False
    needs: float = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, or a piece of one, on its page: ``y`` is its lower edge."""

    drawn: Any
    y: float
    bookmark: str = ""
    level: int = 0


Page = list[Placed]


class Heading:
    """A heading over the whole width, on one or more lines."""

    def __init__(self, text: str) -> None:
        self._lines = style.wrapped(text, style.BOLD, _HEADING_SIZE, WIDTH).split("\n")

    def wrapOn(self, *_: object) -> tuple[float, float]:  # noqa: N802  reportlab's name
        """Width and height."""
        return WIDTH, _HEADING_HEIGHT * len(self._lines)

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802
        """Draw the lines from the top."""
        canvas.setFillColor(style.ACCENT)
        canvas.setFont(style.BOLD, _HEADING_SIZE)
        for number, line in enumerate(reversed(self._lines)):
            canvas.drawString(x, y + 8 + number * _HEADING_HEIGHT, line)


class Sentence:
    """Plain text over the whole width."""

    def __init__(self, text: str) -> None:
        text = style.wrapped(text, style.REGULAR, _SENTENCE_SIZE, WIDTH)
        self._lines = text.split("\n")

    def wrapOn(self, *_: object) -> tuple[float, float]:  # noqa: N802  reportlab's name
        """Width and height."""
        return WIDTH, _LEADING * len(self._lines)

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802
        """Draw the lines from the top."""
        canvas.setFillColor(style.INK)
        canvas.setFont(style.REGULAR, _SENTENCE_SIZE)
        for number, line in enumerate(reversed(self._lines)):
            canvas.drawString(x, y + 3 + number * _LEADING, line)


def paginate(canvas: Canvas, blocks: Sequence[Block]) -> list[Page]:
    """The blocks on as many pages as they take, in order."""
    pages: list[Page] = [[]]
    room_below = TOP
    for block in blocks:
        if block.new_page and pages[-1]:
            pages.append([])
        if not pages[-1]:
            room_below = TOP
        pieces = [block.drawn]
        named = block
        while pieces:
            drawn = pieces.pop(0)
            before = named.before if pages[-1] else 0
            free = room_below - before - FOOT
            height = drawn.wrapOn(canvas, WIDTH, free)[1]
            if height + named.needs > free and pages[-1]:
                split = _split(drawn, canvas, free)
                if len(split) > 1:
                    pieces = [*split, *pieces]
                    continue
                pages.append([])
                room_below = TOP
                pieces.insert(0, drawn)
                continue
            if height > free and len(split := _split(drawn, canvas, free)) > 1:
                pieces = [*split, *pieces]
                continue
            room_below -= before + height
            pages[-1].append(Placed(drawn, room_below, named.bookmark, named.level))
            named = Block(drawn)
    return pages


def _split(drawn: Any, canvas: Canvas, free: float) -> list[Any]:
    """The pieces of a block of which the first fits, or nothing."""
    split = getattr(drawn, "splitOn", None)
    return list(split(canvas, WIDTH, free)) if split and free > 0 else []
