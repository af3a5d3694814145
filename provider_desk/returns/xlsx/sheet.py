"""What a sheet is, before it is drawn: one table, a real head, nothing blank."""

import re
from dataclasses import dataclass
from textwrap import wrap

from provider_desk.returns import words
from provider_desk.returns.table import SHORTHAND, Cell

#: What a cell of a sheet may hold.
Content = str | int | float

ABOUT = (
    "This sheet holds one table. Shorthand in square brackets is explained in Notes."
)

_NUMBER = re.compile(r"[+-]?\d+")

#: Widths in characters.
LABEL, NARROW, FIGURE, RATIO, RATING = 44.0, 7.0, 11.0, 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        head: its name.
        width: in characters.
        figures: right-aligned, mostly numbers.
        signs: coloured by the sign that its words begin with.
        links: its words are names of sheets, and open them.
    """

    head: str
    width: float
    figures: bool = False
    signs: bool = False
    links: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with one table.

    Attributes:
        name: on the tab.
        title: first line of the sheet.
        columns: in order.
        rows: as wide as ``columns``.
        frozen: how many columns stay in sight.
        about: the line above the table.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    frozen: int = 1
    about: str = ABOUT

    def lines_in(self, row: tuple[Content, ...]) -> int:
        """How many lines of text the fullest cell of a row takes."""
        return max(
            sum(
                len(wrap(line, max(int(column.width) - 1, 1))) or 1
                for line in str(content).split("\n")
            )
            for column, content in zip(self.columns, row, strict=True)
        )


def content_of(cell: Cell, kind: str) -> Content:
    """A cell as a workbook holds it: a number, "n/d (p%)", a band or the shorthand."""
    if kind == "ratio":
        return words.cell_text(cell, kind)
    return number_of(cell, kind)


def number_of(cell: Cell, kind: str) -> Content:
    """A figure as a number, whatever kind it is; words where it is none."""
    figure = words.figure_of(cell, kind)
    if figure is None:
        return SHORTHAND.get(cell.state) or cell.note or words.NOTHING
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def as_number(text: str) -> Content:
    """A number where the words of a cell are nothing else: "1,430" is 1430."""
    plain = text.replace(",", "")
    return int(plain) if _NUMBER.fullmatch(plain) else text
