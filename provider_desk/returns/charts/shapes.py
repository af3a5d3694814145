"""The few shapes that a chart consists of.

Lengths are points on paper and pixels in the window. The corner of a drawing is its
upper left one; y grows downwards. Inks are named by what they are for, so that each
drawing surface chooses its own colour.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

#: ``accent`` what is shown, ``pale`` the same less strongly, ``band`` round a line,
#: ``ground`` behind a gap.
Ink = Literal["accent", "pale", "band", "ground", "ink", "soft", "line", "surface"]

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; ``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through two or more places."""

    places: tuple[Place, ...]
    ink: Ink
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """What lies between three or more places, filled."""

    places: tuple[Place, ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle, with a rim in the colour of the surface."""

    at: Place
    radius: float
    ink: Ink
    rim: float = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text.

    Attributes:
        at: on its base line, where it is anchored.
        text: the words.
        size: height of the letters.
        ink: colour.
        anchor: which part of the text stands at ``at``.
        bold: heavier.
        upright: turned by a quarter, reading from below.
    """

    at: Place
    text: str
    size: float
    ink: Ink = "soft"
    anchor: Anchor = "start"
    bold: bool = False
    upright: bool = False


Shape: TypeAlias = Area | Box | Stroke | Dot | Words
