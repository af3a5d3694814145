"""Headings, paragraphs and other words over the width of a page."""

from collections.abc import Sequence

from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.layout import WIDTH
from provider_desk.returns.pdf.tags import Kind, TaggedCanvas

_HEADING = (14.0, 11.0)
_SENTENCE_SIZE = 9.0


class Heading:
    """A heading, on one or more lines."""

    def __init__(self, text: str, level: int = 0) -> None:
        """Make one; ``level`` 0 begins a part, 1 stands within it."""
        self._size = _HEADING[level]
        self._kind: Kind = "H2" if level else "H1"
        self._lines = style.wrapped(text, style.BOLD, self._size, WIDTH).split("\n")

    def height(self, free: float) -> float:
        """Points that it takes."""
        del free
        return 1.7 * self._size * len(self._lines)

    def split(self, free: float) -> Sequence["Heading"]:
        """A heading stays whole."""
        del free
        return ()

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw the lines."""
        del free
        with canvas.telling(self._kind):
            canvas.setFillColor(style.ACCENT)
            canvas.setFont(style.BOLD, self._size)
            y = top - 1.05 * self._size
            for line in self._lines:
                canvas.drawString(x, y, f"{line} ")
                y -= 1.7 * self._size


class Sentence:
    """Plain text."""

    def __init__(
        self,
        text: str,
        size: float = _SENTENCE_SIZE,
        *,
        width: float = WIDTH,
        soft: bool = False,
    ) -> None:
        self._size, self._soft = size, soft
        self._lines = style.wrapped(text, style.REGULAR, size, width).split("\n")

    def height(self, free: float) -> float:
        """Points that it takes."""
        del free
        return 1.4 * self._size * len(self._lines) + 2

    def split(self, free: float) -> "Sequence[Sentence]":
        """Two pieces, where at least one line fits."""
        fits = int((free - 2) / (1.4 * self._size))
        if not 0 < fits < len(self._lines):
            return ()
        return self._with(self._lines[:fits]), self._with(self._lines[fits:])

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw the lines."""
        del free
        with canvas.telling("P"):
            canvas.setFillColor(style.SOFT if self._soft else style.INK)
            canvas.setFont(style.REGULAR, self._size)
            y = top - 1.05 * self._size
            for line in self._lines:
                canvas.drawString(x, y, f"{line} ")
                y -= 1.4 * self._size

    def _with(self, lines: list[str]) -> "Sentence":
        made = Sentence("", self._size, soft=self._soft)
        made._lines = lines
        return made


def fitting(
    canvas: TaggedCanvas,
    text: str,
    corner: tuple[float, float],
    size: float,
    width: float,
    font: str = style.BOLD,
) -> None:
    """One line of text, smaller where it would not fit; never cut off."""
    wanted = style.width_of(text, font, size)
    canvas.setFont(font, min(size, size * width / wanted) if wanted else size)
    canvas.drawString(*corner, f"{text} ")
