"""The public relations between the figures of a return, as an outsider writes them.

Nothing here is taken from the program's own list of relations, so that a slip there is
seen here.

Source: monthly return, §1.8 and §2.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from provider_desk.attacker.definitions import (
    ALL,
    AT_CASENESS,
    BELOW_CASENESS,
    BREAKDOWNS,
    BY_MODE,
    MATRICES,
    NO_COUNTS,
    NOT_ADDED,
    NOT_ANSWERED,
    NOT_PEOPLE,
    OF_WHICH,
    PAIRED,
    PLANNED,
    SUMS,
    TO,
    WITHIN,
    Name,
    above,
    below,
    value,
)
from provider_desk.attacker.sheet import Series
from provider_desk.attacker.world import Sense


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between the figures of one return, for its month and its year alike.

    Attributes:
        name: which, for a person: "A7 adds up to A1, THER".
        terms: the series and how often each is taken; they come to 0, or to at most 0.
    """

    name: str
    terms: tuple[tuple[Series, int], ...]
    sense: Sense = "="


def named(area: str, name: Name) -> Series:
    """An area's series of that name."""
    return Series(area, *name)


def relations(held: Collection[Series], areas: Collection[str]) -> list[Relation]:
    """The relations between the series a return has rows for."""
    there = {one for one in held if one.split.rpartition(" ")[2] not in NO_COUNTS}
    found: list[Relation] = []
    for area in dict.fromkeys((*areas, ALL)):
        block = _Block(area, frozenset(one for one in there if one.area == area))
        found += block.relations()
    found += _over_areas(there, [area for area in areas if area != ALL])
    return [one for one in found if len(one.terms) > 1]


@dataclass(frozen=True, slots=True)
class _Block:
    """One area's block, or the sum block."""

    area: str
    there: frozenset[Series]

    def relations(self) -> Iterator[Relation]:
        """What holds within the block."""
        for indicator, whole in BREAKDOWNS.items():
            yield from self._sum(whole, self._splits(indicator), indicator)
        for whole, parts in SUMS:
            yield from self._sum(whole, self._all(parts))
        for part, wholes in WITHIN:
            yield from self._within(self._all([part]), self._all(wholes))
        for share in sorted(self.there):
            # More can be offered than there is capacity for.
            if share.part == "numerator" and share.indicator not in NOT_PEOPLE:
                base = below(share.indicator, share.split)
                yield from self._within([share], self._all([base]))
        yield from self._by_mode()
        yield from self._by_plan()
        yield from self._paired()
        yield from self._moved()
        yield from self._recovered()
        yield from self._tagged()
        yield from self._answered()

    def _all(self, names: Iterable[Name]) -> list[Series]:
        """The series of those names; none at all where one is missing."""
        found = [named(self.area, name) for name in names]
        return found if self.there.issuperset(found) else []

    def _splits(self, indicator: str) -> list[Series]:
        return sorted(
            one
            for one in self.there
            if (one.indicator, one.part) == (indicator, "value")
            and one.split
            and (indicator, one.split) not in OF_WHICH
        )

    def _sum(
        self, whole: Name, parts: list[Series], what: str = ""
    ) -> Iterator[Relation]:
        series = named(self.area, whole)
        if series in self.there and parts:
            what = what or ", ".join(dict.fromkeys(part.indicator for part in parts))
            name = f"{what} adds up to {whole[0]} {whole[1]}".strip()
            terms = ((series, 1), *((part, -1) for part in parts))
            yield Relation(f"{name}, {self.area}", terms)

    def _within(self, parts: list[Series], wholes: list[Series]) -> Iterator[Relation]:
        """The parts together are no more than the wholes together."""
        if parts and wholes:
            what = f"{parts[0].indicator} {parts[0].split}".strip()
            name = f"{what} is part of {wholes[0].indicator}, {self.area}"
            terms = (*((part, 1) for part in parts), *((one, -1) for one in wholes))
            yield Relation(name, terms, "<=")

    def _by_mode(self) -> Iterator[Relation]:
        offered, parts = BY_MODE
        for whole in self._splits(offered):
            names = [value(part, whole.split) for part in parts]
            yield from self._sum(value(offered, whole.split), self._all(names))

    def _by_plan(self) -> Iterator[Relation]:
        reasons = self._splits("D2")
        planned = [one for one in reasons if one.split in PLANNED]
        if len(planned) == len(PLANNED):
            others = [one for one in reasons if one.split not in PLANNED]
            yield from self._sum(value("D1", "planned"), planned)
            yield from self._sum(value("D1", "unplanned"), others)

    def _paired(self) -> Iterator[Relation]:
        """Of those closed, so many have a first and a last score."""
        closed = self._all([value("D1")])
        either = [
            one for one in self.there if (one.indicator, one.part) == _PAIRED_PART
        ]
        for part in sorted(either):
            yield from self._sum(below("E1", part.split), closed)
            if part.split:
                yield from self._within([part], self._all([above("E1")]))
        parts = sorted(part for part in either if part.split)
        yield from self._within(self._all([above("E1")]), parts)
        paired = self._all([value("E2", one) for one in PAIRED])
        for instrument in ("PHQ-9", "GAD-7"):
            yield from self._within(paired, self._all([above("E1", instrument)]))
        yield from self._within(self._all([value("E3")]), paired)

    def _moved(self) -> Iterator[Relation]:
        """The cells of a from-to table, together and by the way they went."""
        for matrix, bands in MATRICES.items():
            cells = [one for one in self._splits(matrix) if TO in one.split]
            if len(cells) != len(bands) ** 2:
                continue
            yield from self._sum(value(matrix), cells)
            ways: dict[str, list[Series]] = {}
            for cell in cells:
                first, _, last = cell.split.partition(TO)
                step = bands.index(last) - bands.index(first)
                way = "positive" if step < 0 else "negative" if step else "no change"
                ways.setdefault(way, []).append(cell)
            for way, parts in ways.items():
                yield from self._sum(value(matrix, way), parts)
            every = self._all([value(matrix, way) for way in ways])
            yield from self._sum(value(matrix), every)

    def _recovered(self) -> Iterator[Relation]:
        """Recovery needs a first score above a threshold, and last ones below both."""
        above_at_first: list[Series] = []
        for matrix, high in AT_CASENESS.items():
            cells = [one for one in self._splits(matrix) if TO in one.split]
            above_at_first += [
                one for one in cells if one.split.partition(TO)[0] in high
            ]
            low = [one for one in cells if one.split.partition(TO)[2] in BELOW_CASENESS]
            yield from self._within(self._all([value("E3", "recovered")]), low)
        if {one.indicator for one in above_at_first} == set(AT_CASENESS):
            yield from self._within(self._all([value("E3")]), above_at_first)

    def _tagged(self) -> Iterator[Relation]:
        """A session is for one outcome once at most."""
        attended = self._all([value("C4"), value("C11"), value("C14")])
        for outcome in self._splits("E7"):
            yield from self._within([outcome], attended)

    def _answered(self) -> Iterator[Relation]:
        """Who answered every question of equality answered each."""
        for count in ("F1", "F2", "F3"):
            every = self._all([above(count)])
            for question in "abcde":
                answers = [
                    one
                    for one in self._splits(f"{count}{question}")
                    if one.split.lower() not in NOT_ANSWERED
                ]
                yield from self._within(every, answers)


#: The shares of those closed with a pair of scores.
_PAIRED_PART = ("E1", "numerator")


def _over_areas(there: set[Series], areas: list[str]) -> Iterator[Relation]:
    for whole in sorted(one for one in there if one.area == ALL):
        rest = (whole.indicator, whole.split, whole.part)
        parts = [one for area in areas if (one := Series(area, *rest)) in there]
        if len(parts) != len(areas) or not areas:
            continue
        name = f"{whole.indicator} {whole.split} over the areas".replace("  ", " ")
        terms = ((whole, 1), *((part, -1) for part in parts))
        if whole.indicator not in NOT_ADDED:
            yield Relation(name, terms)
        elif whole.indicator not in NOT_PEOPLE:
            yield Relation(name, terms, "<=")
            for part in parts:
                yield Relation(name, ((part, 1), (whole, -1)), "<=")
