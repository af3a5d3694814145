"""The first page of the return."""

from collections.abc import Sequence

from provider_desk.returns import outline, reading, words
from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.grid import Cell, Column, Grid, Row, text_grid
from provider_desk.returns.pdf.layout import MARGIN, WIDTH
from provider_desk.returns.pdf.tags import TaggedCanvas
from provider_desk.returns.pdf.text import fitting
from provider_desk.returns.table import Line, ReturnTable

#: Shown large, where the return has them: arrivals, waiting, starts, live, support.
_AT_A_GLANCE = ("A1", "B1", "C1", "C2", "C4", "D1")

_BAND, _GAP = 92.0, 10.0
_TO_SIGN = ("Prepared by (role, date)", "Second reader", "Signed off by (role, date)")


class Cover:
    """Title, what the return is, a few figures, how to read the rest."""

    def __init__(self, table: ReturnTable) -> None:
        self._table = table

    def height(self, free: float) -> float:
        """The whole page."""
        return free

    def split(self, free: float) -> "Sequence[Cover]":
        """A cover stays whole."""
        del free
        return ()

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw from the top down."""
        foot = top - free
        self._band(canvas, top)
        top -= _BAND + _GAP
        tiles = self._tiles()
        if tiles:
            top -= self._glance(canvas, top, tiles) + 1.6 * _GAP
        half = (WIDTH - 2 * _GAP) / 2
        facts = self._facts(half)
        facts.draw(canvas, x, top, 0)
        if not self._table.signed:
            self._to_sign(canvas, x, top - facts.height(0) - 14, half)
        right = x + half + 2 * _GAP
        self._reading(top - foot, half).draw(canvas, right, top, 0)

    def _band(self, canvas: TaggedCanvas, top: float) -> None:
        with canvas.apart():
            canvas.setFillColor(style.ACCENT)
            canvas.roundRect(MARGIN, top - _BAND, WIDTH, _BAND, 6, stroke=0, fill=1)
        left, room = MARGIN + 18, WIDTH - 240
        right = MARGIN + WIDTH - 18
        table = self._table
        with canvas.telling("H1"):
            canvas.setFillColor(style.WHITE)
            canvas.setFont(style.REGULAR, 12)
            canvas.drawString(left, top - 26, "Monthly return ")
            canvas.setFont(style.BOLD, 20)
            canvas.drawRightString(right, top - 52, table.month.name)
        with canvas.telling("P"):
            fitting(canvas, table.provider, (left, top - 52), 24, room)
            title = table.contract_title or table.contract
            fitting(canvas, title, (left, top - 74), 11, room, style.REGULAR)
        with canvas.telling("P"):
            canvas.setFont(style.BOLD, 12)
            canvas.drawRightString(right, top - 26, table.status.capitalize())
            canvas.setFont(style.REGULAR, 10)
            said = f"as at {outline.long_date(table.month.last_day)}"
            canvas.drawRightString(right, top - 74, said)

    def _facts(self, width: float) -> Grid:
        columns = (Column("", 96), Column("", width - 96))
        made = Grid(columns, 8.5, headed=False)
        for name, text in outline.cover_facts(self._table):
            made.add(Row([Cell(name, head=True, ink=style.SOFT), Cell(text)], top=True))
        return made

    def _to_sign(
        self, canvas: TaggedCanvas, x: float, top: float, width: float
    ) -> None:
        """Lines to sign on, where nobody has signed on the screen."""
        for number, text in enumerate(_TO_SIGN):
            y = top - 24 * (number + 1)
            with canvas.telling("P"):
                canvas.setFillColor(style.SOFT)
                canvas.setFont(style.REGULAR, 8.5)
                canvas.drawString(x + 3, y + 3, text)
            with canvas.apart():
                canvas.setStrokeColor(style.SOFT)
                canvas.setLineWidth(0.6)
                canvas.line(x + 126, y, x + width, y)

    def _reading(self, free: float, width: float) -> Grid:
        """How to read the figures, as large as there is room."""
        for size in (9.0, 8.5, 8.0, 7.5, 7.0, 6.5):
            made = self._legend(width, size)
            if made.height(0) <= free:
                break
        return made

    def _legend(self, width: float, size: float) -> Grid:
        known = self._table.protection
        if known is None:
            columns = (Column("Sign", 62), Column("What it means", width - 62))
            signs = (
                *words.shorthand_legend(),
                *words.direction_legend(),
                *words.rating_legend(),
            )
            rows = [(sign.sign, sign.meaning) for sign in signs]
            return text_grid(columns, rows, size=size, bold_first=True)
        made = Grid((Column(reading.TITLE, width),), size)
        for text in reading.how_to_read(known):
            made.add(Row([Cell(text)], rule=False, top=True))
        return made

    def _tiles(self) -> list[Line]:
        area = self._table.areas[-1].code
        held = {line.key: line for line in self._table.of_area(area)}
        return [
            line
            for code in _AT_A_GLANCE
            for line in held.values()
            if line.key.indicator == code and not line.key.split
        ]

    def _glance(self, canvas: TaggedCanvas, top: float, lines: list[Line]) -> float:
        """Tiles side by side; their height."""
        width = (WIDTH - _GAP * (len(lines) - 1)) / len(lines)
        tiles = [_Tile(line, width) for line in lines]
        height = max(tile.height for tile in tiles)
        for number, tile in enumerate(tiles):
            tile.draw(canvas, MARGIN + number * (width + _GAP), top, height)
        return height


class _Tile:
    """One figure of the month, large, with its words and its change."""

    def __init__(self, line: Line, width: float) -> None:
        self._line, self._width = line, width
        inner = width - 20
        label = style.wrapped(line.label, style.REGULAR, 8, inner)
        said = [words.direction_text(line), words.rating_text(line)]
        shown = [text for text in said if text != words.NOTHING]
        change = "\n".join(
            style.wrapped(text, style.BOLD, 7.5, inner) for text in shown
        )
        self._label = label.split("\n")
        self._change = (change or "no comparison").split("\n")

    @property
    def height(self) -> float:
        """What the tile needs."""
        return 46.0 + 10 * (len(self._label) + len(self._change))

    def draw(
        self, canvas: TaggedCanvas, left: float, top: float, height: float
    ) -> None:
        """Draw it with the upper left corner there."""
        with canvas.apart():
            canvas.setFillColor(style.GROUND)
            canvas.roundRect(
                left, top - height, self._width, height, 5, stroke=0, fill=1
            )
        with canvas.telling("P"):
            self._words(canvas, left, top, height)

    def _words(
        self, canvas: TaggedCanvas, left: float, top: float, height: float
    ) -> None:
        canvas.setFillColor(style.INK)
        text = words.cell_text(self._line.now, self._line.kind)
        fitting(canvas, text, (left + 10, top - 27), 20, self._width - 20)
        base = top - 41
        canvas.setFont(style.REGULAR, 8)
        for part in self._label:
            canvas.drawString(left + 10, base, f"{part} ")
            base -= 10
        inks = style.RATING_INKS.get(words.shown_rating(self._line))
        canvas.setFillColor(inks[0] if inks else style.SOFT)
        canvas.setFont(style.BOLD, 7.5)
        base = top - height + 9 + 10 * (len(self._change) - 1)
        for part in self._change:
            canvas.drawString(left + 10, base, f"{part} ")
            base -= 10
