"""A world as arrays of whole numbers, ready for a solver and for checking by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provider_desk.attacker.world import Contradiction, Link, World

Whole = npt.NDArray[np.int64]
#: Stands for "no end"; far beyond any count, far within 64 bits.
NO_END = 2**40


@dataclass(frozen=True, slots=True)
class System:
    """Unknown whole numbers between ends, and rows that hold between them.

    Attributes:
        keys: the cell of each column.
        place: the column of each cell.
        low: least value of each column.
        high: most value of each column; NO_END where there is none.
        starts: where each row begins in columns and times, and where the last ends.
        columns: the columns of the rows, one row after the other.
        times: what each is multiplied by.
        least: least value of each row; -NO_END where there is none.
        most: most value of each row.
    """

    keys: tuple[str, ...]
    place: Mapping[str, int]
    low: Whole
    high: Whole
    starts: Whole
    columns: Whole
    times: Whole
    least: Whole
    most: Whole

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.least)

    def sums(self, point: Whole) -> Whole:
        """The value of every row, in whole numbers."""
        return row_sums(self, point)

    def holds(self, point: Whole) -> bool:
        """Whether every end and every row is satisfied, in whole numbers."""
        if not (np.all(point >= self.low) and np.all(point <= self.high)):
            return False
        sums = self.sums(point)
        return bool(np.all(sums >= self.least) and np.all(sums <= self.most))


def row_sums(system: System, point: Whole) -> Whole:
    """The value of every row, in whole numbers."""
    if not system.rows:
        return np.zeros(0, np.int64)
    products = system.times * point[system.columns]
    return np.add.reduceat(products, system.starts[:-1])


def build(world: World) -> System:
    """Bring a world into arrays; links with one cell become ends.

    Raises:
        Contradiction: an end lies beyond the other.
    """
    ends = _ends(world)
    rows: list[tuple[dict[str, int], int, int]] = []
    for link in world.links:
        times = _collected(link)
        for key in times:
            ends.setdefault(key, (0, NO_END))
        least = link.rhs if link.sense == "=" else -NO_END
        if len(times) > 1:
            rows.append((times, least, link.rhs))
        elif times:
            [(key, many)] = times.items()
            ends[key] = _tighter(ends[key], many, least, link.rhs, link.name)
        elif not least <= 0 <= link.rhs:
            raise _broken(link.name)
    return _arrays(ends, rows)


def _ends(world: World) -> dict[str, tuple[int, int]]:
    ends: dict[str, tuple[int, int]] = {}
    for cell in world.cells:
        high = NO_END if cell.high is None else cell.high
        low, before = ends.get(cell.key, (cell.low, high))
        ends[cell.key] = (max(low, cell.low), min(before, high))
        if ends[cell.key][0] > ends[cell.key][1]:
            raise _broken(cell.key)
    return ends


def _collected(link: Link) -> dict[str, int]:
    times: dict[str, int] = {}
    for term in link.terms:
        times[term.key] = times.get(term.key, 0) + term.times
    return {key: many for key, many in times.items() if many}


def _tighter(
    ends: tuple[int, int], many: int, least: int, most: int, name: str
) -> tuple[int, int]:
    """Ends of a number that, taken so many times, lies between least and most."""
    if many < 0:
        many, least, most = -many, -most, -least
    low = ends[0] if least <= -NO_END else max(ends[0], -(-least // many))
    high = ends[1] if most >= NO_END else min(ends[1], most // many)
    if low > high:
        raise _broken(name)
    return low, high


def _arrays(
    ends: Mapping[str, tuple[int, int]],
    rows: Sequence[tuple[dict[str, int], int, int]],
) -> System:
    keys = tuple(ends)
    place = {key: column for column, key in enumerate(keys)}
    starts, columns = [0], list[int]()
    times: list[int] = []
    for row, _, _ in rows:
        columns += [place[key] for key in row]
        times += row.values()
        starts.append(len(columns))
    return System(
        keys=keys,
        place=place,
        low=_whole([low for low, _ in ends.values()]),
        high=_whole([high for _, high in ends.values()]),
        starts=_whole(starts),
        columns=_whole(columns),
        times=_whole(times),
        least=_whole([least for _, least, _ in rows]),
        most=_whole([most for _, _, most in rows]),
    )


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, dtype=np.int64)


def _broken(name: str) -> Contradiction:
    return Contradiction(
        f"The figures contradict each other at “{name}”.",
        "Nothing was sent. Compare the return with the one before it.",
    )
