"""A table on a page: wrapped cells, a head on every page, rows that stay together.

Every cell is tagged, so that who hears the document is told its head and its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.colors import Color

from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.layout import FOOT, TOP
from provider_desk.returns.pdf.tags import TaggedCanvas

#: Room left and right of a cell's text, in points.
PAD = 3.0
_ABOVE, _BELOW = 2.2, 2.8
_LEADING = 1.25
_PAGE = TOP - FOOT
#: How many rows at least go over to another page.
_LAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        text: its head.
        width: in points.
        figures: on the right.
        dark: told apart from the others.
        middle: its head stands in the middle.
    """

    text: str
    width: float
    figures: bool = False
    dark: bool = False
    middle: bool = False


@dataclass(slots=True)
class Cell:
    """A cell.

    Attributes:
        text: not wrapped yet.
        span: how many columns it takes.
        bold: heavier letters.
        ink: of the letters; None for the usual one.
        ground: behind it; None for none.
        indent: points set in from the left.
        head: names its row or column.
        middle: in the middle, whatever its column does.
        size: of the letters; 0 for that of the table.
    """

    text: str
    span: int = 1
    bold: bool = False
    ink: Color | None = None
    ground: Color | None = None
    indent: float = 0
    head: bool = False
    middle: bool = False
    size: float = 0


@dataclass(slots=True)
class Row:
    """A row.

    Attributes:
        cells: their spans add up to the columns.
        keep: rows with the same number, not 0, stay on one page.
        rule: whether a thin line stands below it.
        top: whether cells stand at the top, not in the middle.
    """

    cells: list[Cell]
    keep: int = 0
    rule: bool = True
    top: bool = False
    height: float = 0
    lines: list[list[str]] = field(default_factory=list)


class Grid:
    """A table; the same cells give the same drawing."""

    def __init__(
        self,
        columns: Sequence[Column],
        size: float,
        *,
        headed: bool = True,
        rules: Sequence[int] = (),
    ) -> None:
        """Make an empty one.

        Args:
            columns: in order.
            size: of the letters.
            headed: whether the columns' heads are shown.
            rules: columns with an upright line on both sides.
        """
        self.columns, self.size, self._rules = columns, size, rules
        self._head = self._wrapped(Row([_head(c) for c in columns])) if headed else None
        self.rows: list[Row] = []

    def add(self, row: Row) -> Row:
        """Put a row at the end."""
        self.rows.append(self._wrapped(row))
        return row

    def texts(self, texts: Sequence[str], *, bold: bool = False) -> Row:
        """Put a row of plain texts at the end."""
        return self.add(Row([Cell(text, bold=bold) for text in texts]))

    def height(self, free: float) -> float:
        """Points that all rows take."""
        del free
        return self._head_height() + sum(row.height for row in self.rows)

    def split(self, free: float) -> "tuple[Grid, ...]":
        """Two grids, the head on both; nothing where no row would fit."""
        room = free - self._head_height()
        fits = self._fitting(room)
        if not fits:
            together = self._kept_height()
            if together <= _PAGE:
                return ()
            fits = self._as_many_as_fit(room)
        if fits == len(self.rows):
            return ()
        if not fits:
            return self._cut(room)
        return self._with(self.rows[:fits]), self._with(self.rows[fits:])

    def _fitting(self, room: float) -> int:
        """How many rows may stand before a break."""
        fits = 0
        used = 0.0
        for number, row in enumerate(self.rows):
            used += row.height
            if used > room:
                break
            if self._may_break_after(number):
                fits = number + 1
        return fits

    def _kept_height(self) -> float:
        """The head and the first rows that belong together."""
        tall = self._head_height()
        for number, row in enumerate(self.rows):
            tall += row.height
            if self._may_break_after(number):
                break
        return tall

    def _cut(self, room: float) -> "tuple[Grid, ...]":
        """The first row in two, where it is longer than a page."""
        first = self.rows[0]
        sizes = [(cell.size or self.size) * _LEADING for cell in first.cells]
        count = int((room - _ABOVE - _BELOW) // max(sizes))
        if count < 1 or max(len(lines) for lines in first.lines) <= count:
            return ()
        pieces = []
        for held in (
            [lines[:count] for lines in first.lines],
            [lines[count:] or [""] for lines in first.lines],
        ):
            most = max(len(x) * size for x, size in zip(held, sizes, strict=True))
            tall = most + _ABOVE + _BELOW
            pieces.append(replace(first, lines=held, height=tall))
        return self._with(pieces[:1]), self._with([pieces[1], *self.rows[1:]])

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw rows from the top down."""
        del free
        rows = [self._head, *self.rows] if self._head else self.rows
        placed: list[tuple[Row, float]] = []
        y = top
        for row in rows:
            y -= row.height
            placed.append((row, y))
        with canvas.apart():
            self._grounds(canvas, x, placed)
        with canvas.within("Table"):
            for row, foot in placed:
                with canvas.within("TR"):
                    self._row(canvas, row, x, foot, of_columns=row is self._head)

    def _with(self, rows: list[Row]) -> "Grid":
        made = Grid(self.columns, self.size, headed=False, rules=self._rules)
        made._head = self._head
        made.rows = rows
        return made

    def _head_height(self) -> float:
        return self._head.height if self._head else 0

    def _may_break_after(self, number: int) -> bool:
        after = number + 1
        if after >= len(self.rows):
            return True
        if len(self.rows) - after < _LAST_ROWS <= after:
            return False
        keep = self.rows[number].keep
        return not keep or keep != self.rows[after].keep

    def _as_many_as_fit(self, room: float) -> int:
        """Where rows that belong together are more than a page, they part anywhere."""
        used = 0.0
        for number, row in enumerate(self.rows):
            used += row.height
            if used > room:
                return number
        return len(self.rows)

    def _wrapped(self, row: Row) -> Row:
        most = 0.0
        for cell, _, width in self._placed(row):
            font = style.BOLD if cell.bold else style.REGULAR
            size = cell.size or self.size
            lines = style.wrapped(
                cell.text, font, size, width - 2 * PAD - cell.indent
            ).split("\n")
            row.lines.append(lines)
            most = max(most, len(lines) * size * _LEADING)
        row.height = max(row.height, most + _ABOVE + _BELOW)
        return row

    def _placed(self, row: Row) -> Iterator[tuple[Cell, float, float]]:
        """Every cell with its left edge from the table's, and its width."""
        left = 0.0
        place = 0
        for cell in row.cells:
            held = self.columns[place : place + cell.span]
            width = sum(column.width for column in held)
            yield cell, left, width
            left += width
            place += cell.span

    def _grounds(
        self, canvas: TaggedCanvas, x: float, placed: list[tuple[Row, float]]
    ) -> None:
        """Grounds behind cells and lines below rows."""
        total = sum(column.width for column in self.columns)
        for row, foot in placed:
            for cell, left, width in self._placed(row):
                if cell.ground is not None:
                    canvas.setFillColor(cell.ground)
                    canvas.rect(x + left, foot, width, row.height, stroke=0, fill=1)
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(0.4)
        for row, foot in placed:
            if row.rule and row is not self._head:
                canvas.line(x, foot, x + total, foot)
        canvas.setStrokeColor(style.ACCENT)
        canvas.setLineWidth(0.8)
        for row, foot in placed:
            if row is not self._head:
                for edge in self._upright(row):
                    canvas.line(x + edge, foot, x + edge, foot + row.height)

    def _upright(self, row: Row) -> Iterator[float]:
        """Edges of the ruled columns, but not through words over several columns."""
        for cell, (place, left) in zip(row.cells, self._starts(row), strict=True):
            if cell.span == 1 and place in self._rules:
                yield left
                yield left + self.columns[place].width

    def _starts(self, row: Row) -> Iterator[tuple[int, float]]:
        """Every cell's first column, and its left edge."""
        place = 0
        for cell, left, _ in self._placed(row):
            yield place, left
            place += cell.span

    def _row(
        self, canvas: TaggedCanvas, row: Row, x: float, foot: float, *, of_columns: bool
    ) -> None:
        place = 0
        for (cell, left, width), lines in zip(
            self._placed(row), row.lines, strict=True
        ):
            scope = "Column" if of_columns else "Row"
            kind = "TH" if cell.head else "TD"
            with canvas.telling(
                "TH" if kind == "TH" else "TD",
                span=cell.span,
                scope=scope if cell.head else "",
            ):
                figures = self.columns[place].figures and cell.span == 1
                self._cell(canvas, cell, lines, (x + left, width), row, foot, figures)
            place += cell.span

    def _cell(
        self,
        canvas: TaggedCanvas,
        cell: Cell,
        lines: list[str],
        across: tuple[float, float],
        row: Row,
        foot: float,
        figures: bool,  # noqa: FBT001  drawn apart for speed: thousands of cells
    ) -> None:
        left, width = across
        font = style.BOLD if cell.bold else style.REGULAR
        size = cell.size or self.size
        leading = size * _LEADING
        tall = len(lines) * leading
        free = 0 if row.top else (row.height - tall - _ABOVE - _BELOW) / 2
        y = foot + row.height - _ABOVE - free - 0.85 * leading
        ink = cell.ink or style.INK
        for number, line in enumerate(lines, start=1):
            at = left + PAD + cell.indent
            if cell.middle or figures:
                room = width - 2 * PAD - style.width_of(line, font, size)
                at = left + PAD + (room / 2 if cell.middle else room)
            # Read aloud, the lines are words apart.
            text = line if number == len(lines) else f"{line} "
            canvas.show(at, y, text, font, size, ink)
            y -= leading


def _head(column: Column) -> Cell:
    ground = style.INK if column.dark else style.ACCENT
    return Cell(
        column.text,
        bold=True,
        ink=style.WHITE,
        ground=ground,
        head=True,
        middle=column.middle,
    )


def text_grid(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    size: float = 8.5,
    bold_first: bool = False,
) -> Grid:
    """A table of words; a cell that begins with a sign of a rating has its colour."""
    made = Grid(columns, size)
    for texts in rows:
        cells = [_signed(Cell(text)) for text in texts]
        cells[0] = replace(cells[0], bold=bold_first, head=bold_first)
        made.add(Row(cells, top=True))
    return made


def _signed(cell: Cell) -> Cell:
    ink = style.SIGN_INKS.get(cell.text[:1]) if cell.text[1:2] == " " else None
    return replace(cell, ink=ink) if ink else cell
