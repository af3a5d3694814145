"""Kinds of relations between the figures of a return: sums, parts, flows, shares.

They are declared in resources/indicators/relations.toml and read in
``returns.relations``. Source: monthly return, §1.8; disclosure, §2.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from provider_desk.returns.figure import Choose, Figure

RATIOS = ("ratio", "use")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One number of the return: a figure, of a ratio its numerator.

    Attributes:
        code: the indicator.
        split: its part, "" for the whole.
        denominator: a ratio's denominator where no other figure says it.
    """

    code: str
    split: str = ""
    denominator: bool = False

    def __str__(self) -> str:
        """In words: "C6 late"."""
        return f"{self.code} {self.split}".strip()


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts that add up to a whole; with code and title, asked before sign-off."""

    whole: Ref
    parts: tuple[Ref, ...]
    check: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """Parts that, added up, are at most the wholes added up."""

    part: tuple[Ref, ...]
    whole: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Opening + in - out = closing.

    Attributes:
        code: of the check.
        title: what must hold.
        stock: of opening and closing.
        arriving: what adds.
        leaving: what takes away.
        table: of the cases at fault.
        what: what stands at month end, in words.
    """

    code: str
    title: str
    stock: Ref
    arriving: tuple[Ref, ...]
    leaving: tuple[Ref, ...]
    table: str
    what: str


@dataclass(frozen=True, slots=True)
class Grows:
    """A stock that is at most the one before and what moved into it."""

    stock: Ref
    by: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What a ratio is made of, in other figures' numbers or its own."""

    numerator: tuple[Ref, ...]
    denominator: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class People:
    """People told apart, each with at least one of these sessions."""

    cell: Ref
    sessions: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """Everything that is known of the figures of one area in one month.

    Attributes:
        sums: with those of the catalogue's own splits.
        within: with every ratio's numerator in its denominator.
        flows, grows, people: as declared.
        shares: every ratio's numbers.
        same: a number → the other name under which it is counted and rounded.
        bands: a median → the bands that it is told by.
        sum_block: groups that stand in the sum block only.
        sha256: of the file.
    """

    sums: tuple[Sum, ...]
    within: tuple[Within, ...]
    flows: tuple[Flow, ...]
    grows: tuple[Grows, ...]
    people: tuple[People, ...]
    shares: Mapping[Ref, Share]
    same: Mapping[Ref, Ref]
    bands: Mapping[Ref, tuple[Ref, ...]]
    sum_block: frozenset[str]
    sha256: str

    def one(self, ref: Ref) -> Ref:
        """The name under which a number is counted."""
        return self.same.get(ref, ref)

    def numbers(self, figure: Figure) -> Mapping[str, tuple[Ref, ...]]:
        """What a line shows: "value", or "numerator" and "denominator", as sums.

        Nothing for a mean, median or longest: those aren't counts.
        """
        ref = Ref(figure.code, figure.split)
        if figure.measure in RATIOS:
            share = self.shares[ref]
            return {"numerator": share.numerator, "denominator": share.denominator}
        if figure.measure in ("count", "distinct", "capacity"):
            return {"value": (self.one(ref),)}
        return {}


def part_of(part: Figure, whole: Figure) -> bool:
    """Whether, by their conditions alone, all that a figure counts is in another."""
    taken = (*part.of, *part.where)
    return part.fact == whole.fact and all(
        any(_lies_in(inner, outer) for inner in taken)
        for outer in (*whole.of, *whole.where)
    )


def _lies_in(inner: Choose, outer: Choose) -> bool:
    """Whether what one condition takes, another takes as well."""
    if inner.column != outer.column:
        return False
    inside, outside = set(inner.codes), set(outer.codes)
    if outer.others:
        return outside <= inside if inner.others else not inside & outside
    return not inner.others and inside <= outside
