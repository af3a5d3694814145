"""Placing blocks on pages before anything is drawn, so that pages can be counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportlab.lib.pagesizes import A4, landscape

from provider_desk.returns.pdf.tags import TaggedCanvas

PAGE_WIDTH, PAGE_HEIGHT = landscape(A4)
MARGIN = 30.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
#: Upper and lower edge of what blocks may fill, from the foot of the page.
TOP, FOOT = PAGE_HEIGHT - 50, 38.0


class Drawn(Protocol):
    """Something that can be put on a page."""

    def height(self, free: float) -> float:
        """Points that it takes where so many are free."""
        ...

    def split(self, free: float) -> "Sequence[Drawn]":
        """Two pieces of which the first fits, or nothing where that can't be."""
        ...

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw it from the upper left corner down."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document.

    Attributes:
        drawn: what it is.
        before: points of room above it, but not at the head of a page.
        bookmark: its title in the outline, "" for none.
        level: of the bookmark, 0 at the top.
        new_page: begins a page.
        needs: points that must be free below it, so that a head never stands alone.
    """

    drawn: Drawn
    before: float = 0
    bookmark: str = ""
    level: int = 0
    new_page: bool = False
    needs: float = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, or a piece of one, on its page.

    Attributes:
        drawn: what it is.
        top: its upper edge.
        free: points from there to the foot.
        bookmark: as in ``Block``.
        level: as in ``Block``.
    """

    drawn: Drawn
    top: float
    free: float
    bookmark: str = ""
    level: int = 0


Page = list[Placed]


def paginate(blocks: Sequence[Block]) -> list[Page]:
    """The blocks on as many pages as they take, in order."""
    pages: list[Page] = [[]]
    below = TOP
    for block in blocks:
        if block.new_page and pages[-1]:
            pages.append([])
        pieces: list[Drawn] = [block.drawn]
        named = block
        while pieces:
            if not pages[-1]:
                below = TOP
            drawn = pieces.pop(0)
            before = named.before if pages[-1] else 0
            free = below - before - FOOT
            height = drawn.height(free)
            if height + named.needs > free and pages[-1]:
                split = drawn.split(free) if free > 0 else ()
                if len(split) > 1:
                    pieces = [*split, *pieces]
                    continue
                pages.append([])
                pieces.insert(0, drawn)
                continue
            if height > free and len(split := drawn.split(free)) > 1:
                pieces = [*split, *pieces]
                continue
            top = below - before
            pages[-1].append(Placed(drawn, top, free, named.bookmark, named.level))
            below = top - height
            named = Block(drawn)
    return pages
