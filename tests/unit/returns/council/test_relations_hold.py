"""Every declared relation holds in the records of any desk, in every month and area."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.council.template import leaves
from provider_desk.returns.counted import Counting
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.relation import RATIOS, Ref, Within, part_of
from provider_desk.returns.relations import relations
from tests.builders.random_desks import RandomDesk
from tests.builders.record_desks import AREAS, CONTRACT, desk_of

TODAY = date(2018, 4, 10)
MARCH = Month(2017, 3)
MONTHS = tuple(MARCH.plus(step) for step in range(13))

#: How many a figure counts in some areas in a month.
Count = Callable[[Ref, Sequence[str], Month], int]


@contextmanager
def counted(seed: int, people: int) -> Iterator[Count]:
    """A random desk's counts."""
    chance = random.Random(seed)  # noqa: S311
    made = RandomDesk(chance, people, first=date(2015, 6, 1), days=900)
    with (
        tempfile.TemporaryDirectory() as folder,
        desk_of(Path(folder), made.records) as store,
        store.reading() as rows,
    ):
        yield count_of(rows)


def count_of(rows: Rows) -> Count:
    counting = Counting(rows, Scope(CONTRACT, MONTHS, TODAY))

    def count(ref: Ref, areas: Sequence[str], month: Month) -> int:
        figure = catalogue().figure(ref.code, ref.split)
        held = counting.counted(figure)
        tallies = held.of if ref.denominator else held.tallies
        places = [(area, str(month)) for area in areas]
        if figure.measure == "distinct":
            who = [tallies[each].who for each in places if each in tallies]
            return len(set().union(*who))
        return sum(tallies[each].rows for each in places if each in tallies)

    return count


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_every_relation_holds_in_every_month_and_area(seed: int, people: int) -> None:
    with counted(seed, people) as count:
        for areas in ((area,) for area in AREAS):
            for month in MONTHS[1:]:
                assert broken(count, areas, month) == []
        for month in MONTHS[1:]:
            assert broken(count, AREAS, month) == []


@dataclass(frozen=True)
class Asking:
    """Asks one month of some areas together which relations its records break."""

    count: Count
    areas: Sequence[str]
    month: Month

    def total(self, *refs: Ref) -> int:
        """What figures count together."""
        return sum(self.count(ref, self.areas, self.month) for ref in refs)

    def opening(self, ref: Ref) -> int:
        """What a stock was a month before."""
        return self.count(ref, self.areas, self.month.plus(-1))

    def told(self, *refs: Ref) -> bool:
        """Some stocks are there at the ends of quarters only."""
        figures = [catalogue().figure(ref.code, ref.split) for ref in refs]
        return all(
            leaves(figure.every, self.month) or not FACTS[figure.fact].stock
            for figure in figures
        )

    def sums(self) -> Iterator[object]:
        """Sums that don't add up."""
        for each in relations().sums:
            off = self.total(each.whole) != self.total(*each.parts)
            if self.told(*each.parts) and off:
                yield each

    def within(self) -> Iterator[object]:
        """Parts above their wholes."""
        for each in relations().within:
            off = self.total(*each.part) > self.total(*each.whole)
            if self.told(*each.part) and off:
                yield each

    def over_time(self) -> Iterator[object]:
        """Stocks that don't follow from flows."""
        for flow in relations().flows:
            moved = self.total(*flow.arriving) - self.total(*flow.leaving)
            if self.opening(flow.stock) + moved != self.total(flow.stock):
                yield flow
        for grows in relations().grows:
            most = self.opening(grows.stock) + self.total(*grows.by)
            if self.total(grows.stock) > most:
                yield grows

    def names(self) -> Iterator[object]:
        """Numbers that differ from what they are said to be."""
        for people in relations().people:
            if self.total(people.cell) > self.total(*people.sessions):
                yield people
        for one, other in relations().same.items():
            if self.total(one) != self.total(other):
                yield one, other
        for ref, share in relations().shares.items():
            own = Ref(ref.code, ref.split, denominator=True)
            if self.total(ref) != self.total(*share.numerator):
                yield ref
            # Capacity is no count of rows; its months are added up apart.
            capacity = catalogue().figure(ref.code, ref.split).measure == "use"
            off = self.total(own) != self.total(*share.denominator)
            if off and self.told(ref) and not capacity:
                yield own


def broken(count: Count, areas: Sequence[str], month: Month) -> list[object]:
    """The relations that the records of a month do not keep."""
    asking = Asking(count, areas, month)
    return [
        *asking.sums(),
        *asking.within(),
        *asking.over_time(),
        *asking.names(),
    ]


def test_the_check_of_the_relations_can_fail() -> None:
    def one_too_many(ref: Ref, _areas: Sequence[str], _month: Month) -> int:
        return int(ref == Ref("C6", "late"))

    late = Ref("C6", "late")
    assert broken(one_too_many, AREAS, MARCH.plus(1)) == [Within((late,), (Ref("C6"),))]


def test_nothing_that_lies_in_another_figure_by_its_conditions_is_left_out() -> None:
    """Parts of wholes that anybody can read off the indicators are all declared."""
    figures = reversed([each for each in catalogue().figures if is_count(each)])
    counts = {ref_of(each): each for each in figures}
    above = wholes_of_each()
    missing = [
        f"{one} lies in {other}"
        for one, part in counts.items()
        for other, whole in counts.items()
        if one != other and part_of(part, whole) and other not in reachable(one, above)
    ]
    assert missing == []


def is_count(figure: Figure) -> bool:
    """Whether it counts rows: a median has none, people are told apart."""
    if figure.later or figure.measure not in ("count", *RATIOS):
        return False
    return not FACTS[figure.fact].many or figure.measure != "distinct"


def ref_of(figure: Figure) -> Ref:
    """The name under which a figure's rows, of a ratio its numerator's, are counted."""
    held, named = relations(), Ref(figure.code, figure.split)
    if figure.measure in RATIOS and len(held.shares[named].numerator) == 1:
        (named,) = held.shares[named].numerator
    return held.one(named)


def wholes_of_each() -> dict[Ref, set[Ref]]:
    """Figure → those that it is declared to be at most, one by one."""
    held = relations()
    above: dict[Ref, set[Ref]] = {}
    for each in held.sums:
        for part in each.parts:
            above.setdefault(held.one(part), set()).add(held.one(each.whole))
    for within in held.within:
        wholes = set(within.whole)
        over = [each.whole for each in held.sums if wholes <= set(each.parts)]
        for part in within.part:
            known = over if len(wholes) > 1 else [*over, *wholes]
            above.setdefault(held.one(part), set()).update(map(held.one, known))
    return above


def reachable(start: Ref, above: dict[Ref, set[Ref]]) -> set[Ref]:
    found, ahead = {start}, [start]
    while ahead:
        for each in above.get(ahead.pop(), ()):
            if each not in found:
                found.add(each)
                ahead.append(each)
    return found
