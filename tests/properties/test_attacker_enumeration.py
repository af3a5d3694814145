"""The attacker against full enumeration of small random worlds."""

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from provider_desk.attacker.bounds import tightest
from provider_desk.attacker.judge import judge
from provider_desk.attacker.patience import Patience
from provider_desk.attacker.world import Cell, Contradiction, Link, Sense, Term, World

KEYS = ("a", "b", "c", "d", "e")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five small cells and a few random relations between them."""
    keys = KEYS[: draw(st.integers(2, 5))]
    cells = []
    for key in keys:
        low = draw(st.integers(-2, 4))
        high = low + draw(st.integers(0, 6))
        shown = draw(st.none() | st.integers(low, high))
        cells.append(Cell(key, low, high, shown))
    links = []
    for number in range(draw(st.integers(0, 3))):
        terms = tuple(
            Term(key, times)
            for key in keys
            if (times := draw(st.sampled_from((0, 0, 1, 1, -1, -1, 2, -3))))
        )
        sense: Sense = "=" if draw(st.booleans()) else "<="
        links.append(Link(str(number), terms, sense, draw(st.integers(-3, 6))))
    return World(tuple(cells), tuple(links))


def solutions(world: World) -> Iterator[Mapping[str, int]]:
    """Every way to fill a world in that satisfies all of it."""
    ranges = [range(cell.low, (cell.high or 0) + 1) for cell in world.cells]
    for values in product(*ranges):
        numbers = dict(zip((cell.key for cell in world.cells), values, strict=True))
        if all(link.holds(numbers) for link in world.links):
            yield numbers


@settings(max_examples=150, deadline=None)
@given(world=worlds())
def test_every_interval_and_every_hole_is_what_enumeration_finds(world: World) -> None:
    possible: dict[str, set[int]] = {cell.key: set() for cell in world.cells}
    for numbers in solutions(world):
        for key, value in numbers.items():
            possible[key].add(value)
    try:
        found = tightest(world)
    except Contradiction:
        assert not any(possible.values())
        return
    for key, interval in found.items():
        assert set(interval.values) == possible[key]
        assert interval.proven
        assert interval.left == len(possible[key] - {0})
        assert (interval.low, interval.high) == (min(possible[key]), max(possible[key]))


@settings(max_examples=100, deadline=None)
@given(world=worlds())
def test_a_verdict_is_what_enumeration_finds(world: World) -> None:
    """Figures with fewer than four values other than 0, no more and no fewer."""
    possible: dict[str, set[int]] = {cell.key: set() for cell in world.cells}
    for numbers in solutions(world):
        for key, value in numbers.items():
            possible[key].add(value)
    if not any(possible.values()):
        return
    wanted = {cell.key: 1 for cell in world.cells}
    found = {one.month: one for one in judge(world, wanted, Patience())}
    narrow = {key for key, values in possible.items() if len(values - {0}) < 4}
    assert set(found) == narrow
    for key, one in found.items():
        assert one.left == len(possible[key] - {0})
        assert one.exact == (len(possible[key]) == 1)
        assert (one.low, one.high) == (min(possible[key]), max(possible[key]))
