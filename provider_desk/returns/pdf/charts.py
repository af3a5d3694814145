"""Charts on the pages: the window's drawing, on paper."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color, HexColor

from provider_desk.returns.charts.months import Frame, month_chart
from provider_desk.returns.charts.series import Series
from provider_desk.returns.charts.shapes import (
    Area,
    Box,
    Dot,
    Ink,
    Place,
    Shape,
    Stroke,
    Words,
)
from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.layout import WIDTH
from provider_desk.returns.pdf.tags import TaggedCanvas

_GAP, _EDGE = 10.0, 8.0
_QUARTER = 90

_INKS: dict[Ink, Color] = {
    "accent": style.ACCENT,
    "pale": HexColor("#5F9BA4"),
    "band": HexColor("#BFD8DB"),
    "ground": style.GROUND,
    "ink": style.INK,
    "soft": style.SOFT,
    "line": style.LINE,
    "surface": style.WHITE,
}


class Charts:
    """Charts beside each other, each in a box with its title and its words."""

    def __init__(
        self, series: Sequence[Series], tall: float, across: int, size: float
    ) -> None:
        """Make a block of charts.

        Args:
            series: what is shown; as many rows of charts as they take.
            tall: points of one chart.
            across: how many stand in a row.
            size: of the letters.
        """
        self._series, self._tall = series, tall
        self._across, self._size = across, size

    def height(self, free: float) -> float:
        """Points that all rows take."""
        del free
        rows = -(-len(self._series) // self._across)
        return rows * (self._tall + _GAP)

    def split(self, free: float) -> "Sequence[Charts]":
        """Charts stay together."""
        del free
        return ()

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw them row by row."""
        del free
        wide = (WIDTH - _GAP * (self._across - 1)) / self._across
        for number, series in enumerate(self._series):
            row, place = divmod(number, self._across)
            left = x + place * (wide + _GAP)
            upper = top - row * (self._tall + _GAP)
            with canvas.telling("Figure", alt=series.sentence()):
                self._chart(canvas, series, left, upper, wide)

    def _chart(
        self, canvas: TaggedCanvas, series: Series, x: float, top: float, wide: float
    ) -> None:
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(0.6)
        canvas.roundRect(x, top - self._tall, wide, self._tall, 5, stroke=1, fill=0)
        size, room = self._size, wide - 2 * _EDGE
        used = _EDGE
        lines = [
            (line, style.BOLD, style.INK, size + 1)
            for line in style.wrapped(series.title, style.BOLD, size + 1, room).split(
                "\n"
            )
        ]
        lines += [
            (line, style.REGULAR, style.SOFT, size)
            for line in style.wrapped(
                f"{series.unit.capitalize()}. {series.bound}".strip(),
                style.REGULAR,
                size,
                room,
            ).split("\n")
        ]
        for text, font, ink, letters in lines:
            canvas.setFillColor(ink)
            canvas.setFont(font, letters)
            canvas.drawString(x + _EDGE, top - used - 0.85 * letters, text)
            used += 1.25 * letters
        frame = Frame(
            x=x + _EDGE,
            y=used + 3,
            width=room,
            height=self._tall - used - 3 - _EDGE / 2,
            size=size,
            measure=lambda text, letters: style.width_of(text, style.REGULAR, letters),
            at=len(series.points) - 1,
        )
        for shape in month_chart(series.points, series.form, frame):
            _draw(canvas, shape, top)


def _draw(canvas: TaggedCanvas, shape: Shape, top: float) -> None:
    """Draw a shape; its y counts down from ``top``."""
    match shape:
        case Box(x=x, y=y, width=width, height=height):
            canvas.setFillColor(_INKS[shape.ink])
            corner = min(shape.radius, width / 2, height / 2)
            canvas.roundRect(
                x, top - y - height, width, height, corner, stroke=0, fill=1
            )
        case Area():
            canvas.setFillColor(_INKS[shape.ink])
            canvas.drawPath(_path(canvas, shape.places, top), stroke=0, fill=1)
        case Stroke():
            canvas.setStrokeColor(_INKS[shape.ink])
            canvas.setLineWidth(shape.width)
            canvas.setDash([2, 2] if shape.dashed else [])
            canvas.drawPath(_path(canvas, shape.places, top), stroke=1, fill=0)
            canvas.setDash([])
        case Dot():
            _dot(canvas, shape, top)
        case Words():
            _words(canvas, shape, top)


def _path(canvas: TaggedCanvas, places: Sequence[Place], top: float) -> Any:
    """A way from place to place."""
    path = canvas.beginPath()
    path.moveTo(places[0].x, top - places[0].y)
    for place in places[1:]:
        path.lineTo(place.x, top - place.y)
    return path


def _dot(canvas: TaggedCanvas, shape: Dot, top: float) -> None:
    canvas.setFillColor(_INKS[shape.ink])
    canvas.setStrokeColor(style.WHITE)
    canvas.setLineWidth(shape.rim)
    canvas.circle(
        shape.at.x,
        top - shape.at.y,
        shape.radius,
        stroke=1 if shape.rim else 0,
        fill=1,
    )


def _words(canvas: TaggedCanvas, shape: Words, top: float) -> None:
    font = style.BOLD if shape.bold else style.REGULAR
    wide = style.width_of(shape.text, font, shape.size)
    back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    canvas.setFillColor(_INKS[shape.ink])
    if not shape.upright:
        canvas.setFont(font, shape.size)
        canvas.drawString(shape.at.x - back, top - shape.at.y, shape.text)
        return
    canvas.saveState()
    canvas.setFont(font, shape.size)
    canvas.translate(shape.at.x, top - shape.at.y)
    canvas.rotate(_QUARTER)
    canvas.drawString(-back, 0, shape.text)
    canvas.restoreState()
