"""Rows of a table of the return's pages, and how they look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.platypus import Table

from provider_desk.returns import pdf_style as style

#: Room left and right of a cell's text, in points.
PAD = 3.0
_LAST_ROWS = 3
#: How a cell of words begins that is coloured by its sign.
_SIGNED = tuple(f"{sign} " for sign in style.SIGN_INKS)

Command = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its head, its width in points, whether it holds figures."""

    text: str
    width: float
    figures: bool = False


@dataclass(slots=True)
class Rows:
    """Rows and how they look, while a table is put together."""

    heads: Sequence[Head]
    size: float
    cells: list[list[str]] = field(default_factory=list)
    look: list[Command] = field(default_factory=list)

    def add(self, texts: Sequence[str], *, font: str = style.REGULAR) -> int:
        """A row, each text wrapped to its column; the row's number."""
        self.cells.append(
            [
                style.wrapped(text, font, self.size, head.width - 2 * PAD)
                for head, text in zip(self.heads, texts, strict=True)
            ]
        )
        number = len(self.cells) - 1
        if font != style.REGULAR:
            self.look.append(("FONTNAME", (0, number), (-1, number), font))
        return number

    def span(self, row: int, first: int, last: int, text: str) -> None:
        """One text over several columns of a row."""
        width = sum(head.width for head in self.heads[first : last + 1]) - 2 * PAD
        self.cells[row][first] = style.wrapped(text, style.REGULAR, self.size, width)
        self.cells[row][first + 1 : last + 1] = [""] * (last - first)
        self.look += [
            ("SPAN", (first, row), (last, row)),
            ("ALIGN", (first, row), (last, row), "LEFT"),
            ("TEXTCOLOR", (first, row), (last, row), style.SOFT),
        ]

    def drawn(self) -> Any:
        """The table, its head repeated on every page, its end never one row alone."""
        last = len(self.cells) - 1
        if last > _LAST_ROWS:
            self.look.append(("NOSPLIT", (0, last - _LAST_ROWS), (-1, last)))
        return Table(
            self.cells,
            colWidths=[head.width for head in self.heads],
            repeatRows=1,
            style=[*_plain_look(self.heads, self.size), *self.look],
            hAlign="LEFT",
        )


def _plain_look(heads: Sequence[Head], size: float) -> list[Command]:
    figures = [place for place, head in enumerate(heads) if head.figures]
    return [
        ("FONT", (0, 0), (-1, -1), style.REGULAR, size, size * 1.25),
        ("TEXTCOLOR", (0, 0), (-1, -1), style.INK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.LINE),
        ("FONTNAME", (0, 0), (-1, 0), style.BOLD),
        ("TEXTCOLOR", (0, 0), (-1, 0), style.WHITE),
        ("BACKGROUND", (0, 0), (-1, 0), style.ACCENT),
        *(("ALIGN", (place, 0), (place, -1), "RIGHT") for place in figures),
    ]


def text_table(
    heads: Sequence[Head],
    rows: Sequence[Sequence[str]],
    *,
    size: float = 8.5,
    bold_first: bool = False,
) -> Any:
    """A table of words; where only the first column is named, over all of them."""
    made = Rows(heads, size)
    made.add([head.text for head in heads], font=style.BOLD)
    for texts in rows:
        row = made.add(texts)
        made.look += [
            ("TEXTCOLOR", (place, row), (place, row), style.SIGN_INKS[text[0]])
            for place, text in enumerate(texts)
            if text[:2] in _SIGNED
        ]
    if not heads[-1].text:
        made.span(0, 0, len(heads) - 1, heads[0].text)
        made.look.append(("TEXTCOLOR", (0, 0), (-1, 0), style.WHITE))
    if bold_first:
        made.look.append(("FONTNAME", (0, 1), (0, -1), style.BOLD))
    made.look.append(("VALIGN", (0, 1), (-1, -1), "TOP"))
    return made.drawn()
