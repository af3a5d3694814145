"""What is rounded in one return, and what has to hold afterwards.

Counts are whole numbers of referrals, episodes, sessions, contacts or people. P is the
published year to date of a flow, or the published month's end of a stock; p is the
published month of a flow, P less the P of the return before. Source: disclosure, §2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from provider_desk.model.errors import DeskError

#: Every published figure is a multiple of this.
BASE = 5
#: A published figure is normally this near to the true one, both ends in.
NORMALLY = 4
#: A published figure is never further from the true one than this.
BOUND = 9
#: The same for inner figures, where nothing holds within 9.
WIDENED = 14

INNER, SUM_OF_AREAS, AREA_TOTAL, PROVIDER_TOTAL = 1, 2, 3, 4

Sense = Literal["=", "<="]


class Kind(StrEnum):
    """Whether a figure happened in the month or was true at its end."""

    FLOW = "flow"
    STOCK = "stock"


class NoSolution(DeskError):
    """No figures that add up lie near enough to the true ones."""


class Wrong(DeskError):
    """Published figures break a condition that has to hold."""


@dataclass(frozen=True, slots=True)
class Target:
    """One figure that is to be published, or is only needed by others (hidden).

    Attributes:
        key: "area|indicator|split|part"; the dither's message, so it stays the same
            for the whole year and in every version.
        kind: flow, or stock, which has no figure of its own for the month.
        truth: the true year to date of a flow, the true month's end of a stock; below
            0 where April takes back more of the old year than it counts anew.
        month: what this return counts first (flow), negative after a correction.
        before: the published year to date of the return before (flow); 0 in April and
            where a chain starts; a multiple of five.
        weight: 1 an inner figure, 2 its sum over the areas, 3 an area's total, 4 the
            provider's total; how much it counts that the figure is near.
        zero: a structural zero: the service does not offer this, or no longer. A stock
            stays 0, a flow where it was.
    """

    key: str
    kind: Kind
    truth: int = field(repr=False)
    month: int = field(default=0, repr=False)
    before: int = 0
    weight: int = INNER
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """So many times one target's figure.

    Attributes:
        key: the target's.
        times: a whole number, mostly 1 or -1.
        month: True for the month's figure p (flows only), else P.
    """

    key: str
    times: int = 1
    month: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """What every reader knows of the figures: the terms' sum is, or is at most, rhs.

    Attributes:
        name: what it says, for messages: "A7 Health: areas", never a figure.
        terms: each names a target of the problem.
        sense: "=" or "<=".
        rhs: a number; last month's published stock in a row of stock and flow.
    """

    name: str
    terms: tuple[Term, ...]
    sense: Sense = "="
    rhs: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything of one return that is rounded together.

    Raises:
        ValueError: two targets have one key, a relation names a target that isn't
            there or the month of a stock, or what went before is no multiple of five.

    Attributes:
        year: the reporting year, "2017-18": part of the dither's message.
        targets: in any order.
        relations: those that the true figures keep, in any order.
    """

    year: str
    targets: tuple[Target, ...]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        kinds = _kinds(self.targets)
        for target in self.targets:
            if target.before % BASE or target.before < 0:
                raise ValueError(f"{target.key}: what went before was never published")
            stock = target.kind is Kind.STOCK
            if stock and (target.month or target.before):
                raise ValueError(f"{target.key}: a stock has no figure for the month")
            if target.zero and (target.truth if stock else target.month):
                raise ValueError(f"{target.key}: a structural zero that has counts")
        _check_terms(kinds, self.relations)


@dataclass(frozen=True, slots=True)
class Solved:
    """The figures that are published.

    Attributes:
        published: P of every target by its key, hidden ones among them.
        bound: 9, or 14 where the inner figures had to be widened.
        seconds: how long it took.
    """

    published: Mapping[str, int]
    bound: int
    seconds: float


def _kinds(targets: Iterable[Target]) -> dict[str, Kind]:
    """The kind of each key; no key twice."""
    kinds: dict[str, Kind] = {}
    for target in targets:
        if target.key in kinds:
            raise ValueError(f"{target.key} stands twice among the targets")
        kinds[target.key] = target.kind
    return kinds


def _check_terms(kinds: Mapping[str, Kind], relations: Iterable[Relation]) -> None:
    """Every term names a figure that there is."""
    for relation in relations:
        for term in relation.terms:
            if term.key not in kinds:
                raise ValueError(f"{relation.name}: there is no target {term.key}")
            if term.month and kinds[term.key] is Kind.STOCK:
                raise ValueError(f"{relation.name}: {term.key} has no month figure")
