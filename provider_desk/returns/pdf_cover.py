"""The first page of the return."""

from reportlab.pdfgen.canvas import Canvas

from provider_desk.returns import outline, words
from provider_desk.returns import pdf_style as style
from provider_desk.returns.pdf_layout import MARGIN, WIDTH
from provider_desk.returns.pdf_rows import Head, text_table
from provider_desk.returns.table import Line, ReturnTable

#: Shown large, where the return has them: arrivals, waiting, starts, live, support.
_AT_A_GLANCE = ("A1", "B1", "C1", "C2", "C4", "D1")

_BAND, _GAP = 92.0, 10.0


class Cover:
    """Title, what the return is, a few figures, how to read the rest."""

    def __init__(self, table: ReturnTable) -> None:
        self._table = table
        self._height = 0.0

    def wrapOn(  # noqa: N802  reportlab's name
        self, _canvas: Canvas, width: float, height: float
    ) -> tuple[float, float]:
        """The whole page below its upper edge."""
        self._height = height
        return width, height

    def drawOn(self, canvas: Canvas, x: float, y: float) -> None:  # noqa: N802
        """Draw from the top down."""
        top = y + self._height
        self._band(canvas, top)
        top -= _BAND + _GAP
        tiles = self._tiles()
        if tiles:
            top -= self._glance(canvas, top, tiles) + 1.6 * _GAP
        half = (WIDTH - 2 * _GAP) / 2
        facts = text_table(
            (Head("About this return", 108), Head("", half - 108)),
            (
                *outline.cover_facts(self._table),
                *(("This copy", text) for text in outline.carries(self._table)),
            ),
        )
        legend = text_table(
            (Head("How to read it", 52), Head("", half - 52)),
            [
                (sign.sign, sign.meaning)
                for sign in (
                    *words.shorthand_legend(),
                    *words.direction_legend(),
                    *words.rating_legend(),
                )
            ],
            size=8,
            bold_first=True,
        )
        for drawn, left in ((facts, x), (legend, x + half + 2 * _GAP)):
            height = drawn.wrapOn(canvas, half, top - y)[1]
            drawn.drawOn(canvas, left, top - height)

    def _band(self, canvas: Canvas, top: float) -> None:
        canvas.setFillColor(style.ACCENT)
        canvas.roundRect(MARGIN, top - _BAND, WIDTH, _BAND, 6, stroke=0, fill=1)
        canvas.setFillColor(style.WHITE)
        canvas.setFont(style.REGULAR, 12)
        canvas.drawString(MARGIN + 18, top - 26, "Monthly return")
        left, room = MARGIN + 18, WIDTH - 240
        _fitting(canvas, self._table.provider, (left, top - 52), 24, room)
        title = self._table.contract_title or self._table.contract
        _fitting(canvas, title, (left, top - 74), 11, room, style.REGULAR)
        canvas.setFont(style.BOLD, 20)
        right = MARGIN + WIDTH - 18
        canvas.drawRightString(right, top - 52, self._table.month.name)
        canvas.setFont(style.REGULAR, 10)
        said = f"as at {outline.long_date(self._table.month.last_day)}"
        canvas.drawRightString(right, top - 74, said)

    def _tiles(self) -> list[Line]:
        area = self._table.areas[-1].code
        held = {line.key: line for line in self._table.of_area(area)}
        return [
            line
            for code in _AT_A_GLANCE
            for line in held.values()
            if line.key.indicator == code and not line.key.split
        ]

    def _glance(self, canvas: Canvas, top: float, lines: list[Line]) -> float:
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

    def draw(self, canvas: Canvas, left: float, top: float, height: float) -> None:
        """Draw it with the upper left corner there."""
        canvas.setFillColor(style.GROUND)
        canvas.roundRect(left, top - height, self._width, height, 5, stroke=0, fill=1)
        canvas.setFillColor(style.INK)
        text = words.cell_text(self._line.now, self._line.kind)
        _fitting(canvas, text, (left + 10, top - 27), 20, self._width - 20)
        base = top - 41
        canvas.setFont(style.REGULAR, 8)
        for part in self._label:
            canvas.drawString(left + 10, base, part)
            base -= 10
        inks = style.RATING_INKS.get(words.shown_rating(self._line))
        canvas.setFillColor(inks[0] if inks else style.SOFT)
        canvas.setFont(style.BOLD, 7.5)
        base = top - height + 9 + 10 * (len(self._change) - 1)
        for part in self._change:
            canvas.drawString(left + 10, base, part)
            base -= 10


def _fitting(
    canvas: Canvas,
    text: str,
    corner: tuple[float, float],
    size: float,
    width: float,
    font: str = style.BOLD,
) -> None:
    """One line of text, smaller where it would not fit; never cut off."""
    wanted = style.width_of(text, font, size)
    canvas.setFont(font, min(size, size * width / wanted) if wanted else size)
    canvas.drawString(*corner, text)
