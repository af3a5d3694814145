"""Figures of up to 13 months as bars (what happened) or a line (how it stood).

A month without a figure is a gap with its word in it, never a nil. Source: practices,
P36, P47.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from provider_desk.returns.charts.shapes import (
    Box,
    Dot,
    Ink,
    Place,
    Shape,
    Stroke,
    Words,
)

#: Bars for what happened in a month, a line for how it stood at its end.
Form = Literal["bars", "line"]

#: The width of a text in letters of a size.
Measure = Callable[[str, float], float]

#: How many months a chart shows.
MONTHS = 13

_BAR_SHARE = 0.62
_WIDEST_BAR = 4.0
_NO_FIGURE = "[x]"


@dataclass(frozen=True, slots=True)
class Point:
    """One month on a chart.

    Attributes:
        label: short, below the chart: "Sep".
        name: in full: "September 2017".
        value: None where there is no figure.
        words: the value for reading: "12", "38%", or the state: "not submitted".
    """

    label: str
    name: str
    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart goes and how it writes.

    Attributes:
        x: left edge.
        y: upper edge.
        width: of the whole.
        height: of the whole, names of months included.
        size: of letters.
        measure: the width of a text.
        at: the month that is told apart, -1 for none.
        labels: whether figures stand beside their marks.
    """

    x: float
    y: float
    width: float
    height: float
    size: float
    measure: Measure
    at: int = -1
    labels: bool = True


def month_chart(points: Sequence[Point], form: Form, frame: Frame) -> list[Shape]:
    """The shapes of a chart, those behind first."""
    return list(_Chart(points, form, frame).shapes()) if points else []


def month_at(points: Sequence[Point], frame: Frame, x: float) -> int:
    """The index of the month at a place; past the ends that of the end."""
    if not points or frame.width <= 0:
        return 0
    index = int((x - frame.x) / frame.width * len(points))
    return min(max(index, 0), len(points) - 1)


class _Chart:
    def __init__(self, points: Sequence[Point], form: Form, frame: Frame) -> None:
        self._points, self._form, self._frame = points, form, frame
        self._slot = frame.width / len(points)
        self._base = frame.y + frame.height - 1.7 * frame.size
        self._head = frame.y + (1.4 * frame.size if frame.labels else 0.3 * frame.size)
        self._top = max((p.value for p in points if p.value is not None), default=0)

    def shapes(self) -> Iterator[Shape]:
        yield from self._gaps()
        yield from self._bars() if self._form == "bars" else self._line()
        ends = Place(self._frame.x, self._base), Place(self._right, self._base)
        yield Stroke(ends, "soft", 0.06 * self._frame.size)
        if self._frame.labels:
            yield from self._figures()
        yield from self._names()

    @property
    def _right(self) -> float:
        return self._frame.x + self._frame.width

    def _middle(self, index: int) -> float:
        return self._frame.x + (index + 0.5) * self._slot

    def _y(self, value: float) -> float:
        room = self._base - self._head
        return self._base - (room * value / self._top if self._top > 0 else 0)

    def _gaps(self) -> Iterator[Shape]:
        """Months without a figure, side by side ones with the same word together."""
        size = self._frame.size
        keyed = groupby(
            enumerate(self._points),
            key=lambda each: each[1].words if each[1].value is None else None,
        )
        for words, run in keyed:
            if words is None:
                continue
            indexes = [index for index, _ in run]
            wide = self._slot * len(indexes)
            left = self._frame.x + indexes[0] * self._slot
            room = self._base - self._head
            inset = min(0.1 * self._slot, 2.0)
            yield Box(
                left + inset, self._head, wide - 2 * inset, room, "ground", size / 4
            )
            yield from self._said(words, left + wide / 2, wide, room)

    def _said(
        self, words: str, middle: float, wide: float, room: float
    ) -> Iterator[Words]:
        """The word of a gap, as it fits: along, upright, else the shorthand."""
        size, height = self._frame.size, 1.25 * self._frame.size
        centre = (self._head + self._base) / 2
        for lines in ([words], words.split()):
            widest = max(self._frame.measure(line, size) for line in lines)
            if widest + 0.8 * size <= wide and len(lines) * height <= room:
                first = centre - (len(lines) - 1) * height / 2 + 0.35 * size
                for number, line in enumerate(lines):
                    at = Place(middle, first + number * height)
                    yield Words(at, line, size, anchor="middle")
                return
        if self._frame.measure(words, size) + size <= room and wide >= size:
            at = Place(middle + 0.35 * size, centre)
            yield Words(at, words, size, anchor="middle", upright=True)
            return
        at = Place(middle, self._base - 0.5 * size)
        yield Words(at, _NO_FIGURE, size, anchor="middle")

    def _bars(self) -> Iterator[Shape]:
        size = self._frame.size
        wide = min(self._slot * _BAR_SHARE, _WIDEST_BAR * size)
        for index, point in enumerate(self._points):
            if point.value is not None:
                top = min(self._y(point.value), self._base - 0.1 * size)
                ink: Ink = "accent" if index == self._frame.at else "pale"
                left = self._middle(index) - wide / 2
                yield Box(left, top, wide, self._base - top, ink, 0.2 * size)

    def _line(self) -> Iterator[Shape]:
        size = self._frame.size
        known = groupby(
            enumerate(self._points), key=lambda each: each[1].value is not None
        )
        for is_known, run in known:
            if not is_known:
                continue
            places = tuple(
                Place(self._middle(index), self._y(point.value or 0))
                for index, point in run
            )
            if len(places) > 1:
                yield Stroke(places, "accent", 0.2 * size)
            yield from (Dot(place, 0.22 * size, "accent") for place in places)
        if self._frame.at >= 0:
            value = self._points[self._frame.at].value
            if value is not None:
                place = Place(self._middle(self._frame.at), self._y(value))
                yield Dot(place, 0.42 * size, "accent", rim=0.16 * size)

    def _figures(self) -> Iterator[Words]:
        """Figures above their marks, as many as fit beside each other."""
        size = self._frame.size
        taken: list[tuple[float, float]] = []
        for index in self._most_wanted():
            point = self._points[index]
            if point.value is None:
                continue
            half = self._frame.measure(point.words, size) / 2
            middle = min(
                max(self._middle(index), self._frame.x + half), self._right - half
            )
            if any(middle - half < b and middle + half > a for a, b in taken):
                continue
            taken.append((middle - half - 0.3 * size, middle + half + 0.3 * size))
            told = index == self._frame.at
            at = Place(middle, self._beside(index))
            ink: Ink = "ink" if told else "soft"
            yield Words(at, point.words, size, ink, "middle", bold=told)

    def _beside(self, index: int) -> float:
        """The base line of a month's figure: above its mark, below in a dip."""
        size = self._frame.size
        value = self._points[index].value or 0
        y = self._y(value)
        around = self._points[max(index - 1, 0) : index + 2]
        higher = [p.value is not None and p.value > value for p in around]
        dips = sum(higher) == len(around) - 1 and len(around) > 1
        if self._form == "line" and dips and y + 1.5 * size < self._base:
            return y + 1.2 * size
        return y - 0.5 * size

    def _most_wanted(self) -> Iterator[int]:
        """The month told apart, the highest, then from the newest back."""
        known = [i for i, p in enumerate(self._points) if p.value is not None]
        first = [self._frame.at] if self._frame.at in known else []
        highest = [i for i in known if self._points[i].value == self._top][-1:]
        yield from dict.fromkeys([*first, *highest, *reversed(known)])

    def _names(self) -> Iterator[Words]:
        """Names of months, the newest first; some are left out where they crowd."""
        size = self._frame.size
        measure = self._frame.measure
        widest = max(measure(point.label, size) for point in self._points)
        every = max(-int(-(widest + 0.4 * size) // self._slot), 1)
        base = self._frame.y + self._frame.height - 0.35 * size
        for index in range(len(self._points) - 1, -1, -every):
            label = self._points[index].label
            half = measure(label, size) / 2
            middle = min(
                max(self._middle(index), self._frame.x + half), self._right - half
            )
            yield Words(Place(middle, base), label, size, anchor="middle")
