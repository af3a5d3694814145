"""What an outsider sees, as whole numbers between ends and relations between them.

A cell is one number nobody outside knows exactly, or does: exact, rounded, suppressed,
within an interval, or not published at all. A link is a public relation between cells.
All numbers are whole; ends belong to the interval.

Source: disclosure, §8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from provider_desk.model.errors import DeskError

Sense = Literal["=", "<="]


class Contradiction(DeskError):
    """The figures and relations can't all be true: no numbers satisfy them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One unknown number.

    Attributes:
        key: names it in links and answers.
        low: the least it can be, itself possible.
        high: the most it can be, itself possible; None where there is no end.
        shown: what the reader was shown for it, where anything was.
        exact: whether it was shown exactly.
        agreed: whether that was agreed with the reader beforehand.
    """

    key: str
    low: int
    high: int | None
    shown: int | None = None
    exact: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A cell as it stands in a link, so many times."""

    key: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A public relation: the terms added up are equal to, or at most, a number."""

    name: str
    terms: tuple[Term, ...]
    sense: Sense = "="
    rhs: int = 0

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Whether numbers satisfy it.

        Raises:
            KeyError: a cell of it has no number.
        """
        total = sum(term.times * numbers[term.key] for term in self.terms)
        return total == self.rhs if self.sense == "=" else total <= self.rhs


@dataclass(frozen=True, slots=True)
class World:
    """Everything an outsider holds.

    A link may name cells that are not listed; they can be any whole number from 0.
    """

    cells: tuple[Cell, ...]
    links: tuple[Link, ...]

    def with_links(self, links: Iterable[Link]) -> "World":
        """The same, to somebody who knows more."""
        return World(self.cells, (*self.links, *links))


def exact(key: str, value: int) -> Cell:
    """A number shown as it is."""
    return Cell(key, value, value, value, exact=True)


def rounded(key: str, shown: int, bound: int, *, least: int | None = 0) -> Cell:
    """A number shown within so many of the real one.

    Args:
        key: names it.
        shown: what is published.
        bound: the most by which it differs from the real one.
        least: the real one can't be less; None where it may be negative.
    """
    low = shown - bound if least is None else max(least, shown - bound)
    return Cell(key, low, shown + bound, shown)


def suppressed(key: str, low: int = 0, high: int | None = None) -> Cell:
    """A number hidden by a rule; low and high are what the rule says of it."""
    return Cell(key, low, high)


def interval(key: str, low: int, high: int) -> Cell:
    """A number shown as a range, both ends possible."""
    return Cell(key, low, high)


def unpublished(key: str, *, may_fall: bool = False, far: int = 10_000) -> Cell:
    """A number that was never shown; may_fall where it may be below 0."""
    return Cell(key, -far if may_fall else 0, None)


def total(name: str, whole: str, parts: Iterable[str]) -> Link:
    """The parts add up to the whole."""
    terms = (Term(whole), *(Term(part, -1) for part in parts))
    return Link(name, terms)


def at_most(name: str, part: str, whole: str) -> Link:
    """The part is no more than the whole."""
    return Link(name, (Term(part), Term(whole, -1)), "<=")
