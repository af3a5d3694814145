"""A line that goes on into what may come, with a band that holds eight in ten.

One or two of them on one scale, so that scenarios can be compared: the first with its
band, the second dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provider_desk.returns.charts.months import Frame
from provider_desk.returns.charts.shapes import Area, Dot, Place, Shape, Stroke, Words

#: About so many steps of the scale are named.
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Fan:
    """A line with its band.

    Attributes:
        low: of eight in ten, the lowest; point by point.
        middle: the line.
        high: the highest.
    """

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


def fan_chart(
    labels: Sequence[str], fans: Sequence[Fan | None], frame: Frame, most: float = 0
) -> list[Shape]:
    """The shapes of a chart, those behind first.

    Args:
        labels: short, below the points; "" for none.
        fans: one or two, with as many points as there are labels; None for a line that
            nobody knows: it is left out, and the other keeps its look.
        frame: where it goes; ``at`` is the point that is told apart.
        most: the scale goes no higher than this; 0 for as high as needed.
    """
    if not labels or not any(fans):
        return []
    return list(_Chart(labels, fans, frame, most).shapes())


def step_of(top: float) -> float:
    """A round step that takes a scale to its top in about three."""
    size = 1.0
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * _STEPS >= top:
                return step
        size *= 10


class _Chart:
    def __init__(
        self,
        labels: Sequence[str],
        fans: Sequence[Fan | None],
        frame: Frame,
        most: float,
    ) -> None:
        self._labels, self._fans, self._frame = labels, fans, frame
        top = max(max(fan.high) for fan in fans if fan is not None)
        if most:
            top = min(top, most)
        self._step = step_of(top)
        self._top = max(self._step * -(-top // self._step), self._step)
        size = frame.size
        wide = frame.measure(f"{self._top:,.0f}", size)
        self._left = frame.x + wide + 0.6 * size
        self._right = frame.x + frame.width - 0.5 * size
        self._base = frame.y + frame.height - 1.7 * size
        self._head = frame.y + 0.6 * size

    def shapes(self) -> Iterator[Shape]:
        yield from self._scale()
        first = self._fans[0]
        if first is not None:
            yield self._band(first)
        for number, fan in enumerate(self._fans):
            if fan is None:
                continue
            width = 0.2 * self._frame.size
            yield Stroke(
                self._line(fan.middle),
                "ink" if number else "accent",
                width,
                dashed=number > 0,
            )
        if self._frame.at >= 0 and first is not None:
            middle = first.middle[self._frame.at]
            place = Place(self._x(self._frame.at), self._y(middle))
            size = self._frame.size
            yield Dot(place, 0.42 * size, "accent", rim=0.16 * size)
        yield from self._names()

    def _x(self, index: int) -> float:
        return self._left + (self._right - self._left) * index / max(
            len(self._labels) - 1, 1
        )

    def _y(self, value: float) -> float:
        value = min(value, self._top)
        return self._base - (self._base - self._head) * value / self._top

    def _line(self, values: Sequence[float]) -> tuple[Place, ...]:
        return tuple(Place(self._x(i), self._y(v)) for i, v in enumerate(values))

    def _band(self, fan: Fan) -> Area:
        back = tuple(reversed(self._line(fan.low)))
        return Area((*self._line(fan.high), *back), "band")

    def _scale(self) -> Iterator[Shape]:
        size = self._frame.size
        value = 0.0
        while value <= self._top:
            y = self._y(value)
            ends = Place(self._left, y), Place(self._right, y)
            yield Stroke(ends, "line" if value else "soft", 0.06 * size)
            at = Place(self._left - 0.4 * size, y + 0.35 * size)
            yield Words(at, f"{value:,.0f}", size, anchor="end")
            value += self._step

    def _names(self) -> Iterator[Words]:
        size, measure = self._frame.size, self._frame.measure
        y = self._frame.y + self._frame.height - 0.35 * size
        free = self._frame.x
        for index, label in enumerate(self._labels):
            half = measure(label, size) / 2
            most = self._frame.x + self._frame.width - half
            middle = min(max(self._x(index), self._frame.x + half), most)
            if label and middle - half >= free:
                free = middle + half + 0.8 * size
                yield Words(Place(middle, y), label, size, anchor="middle")
