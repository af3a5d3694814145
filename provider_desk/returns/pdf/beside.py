"""Blocks beside each other on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from provider_desk.returns.pdf.layout import FOOT, TOP, Drawn
from provider_desk.returns.pdf.tags import TaggedCanvas


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks with their left edges; as tall as the tallest.

    Attributes:
        held: points from the left, and what stands there.
    """

    held: Sequence[tuple[float, Drawn]]

    def height(self, free: float) -> float:
        """Points that the tallest takes."""
        return max(drawn.height(free) for _, drawn in self.held)

    def split(self, free: float) -> "Sequence[Beside]":
        """Each in two where it doesn't fit; nothing where a page has room for all."""
        if self.height(free) <= TOP - FOOT:
            return ()
        first: list[tuple[float, Drawn]] = []
        rest: list[tuple[float, Drawn]] = []
        for left, drawn in self.held:
            if drawn.height(free) <= free:
                first.append((left, drawn))
                continue
            pieces = drawn.split(free)
            if len(pieces) < 2:  # noqa: PLR2004  the piece that fits, and the rest
                return ()
            first.append((left, pieces[0]))
            rest.append((left, pieces[1]))
        return (Beside(first), Beside(rest)) if rest else ()

    def draw(self, canvas: TaggedCanvas, x: float, top: float, free: float) -> None:
        """Draw them from the left."""
        for left, drawn in self.held:
            drawn.draw(canvas, x + left, top, free)
