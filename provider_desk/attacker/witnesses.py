"""Whole worlds that fit everything published, each showing a value for every figure.

One such world is proof that its values are possible, whoever found it: it is checked
here in plain whole numbers before it counts.
"""

import numpy as np

from provider_desk.attacker.system import System, Whole

#: So many values in a row are told apart for each figure, from its least value on.
_WINDOW = 64
#: Where a figure has no least value, the window starts this far below the first one.
_BELOW = 16
_FAR = 1_000


class Witnesses:
    """The values that worlds which fit have shown, figure by figure."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._first: Whole | None = None
        self._from = system.low.copy()
        self._every = np.arange(len(system.keys))
        self._seen = np.zeros((len(system.keys), _WINDOW), dtype=np.bool_)
        self._others = np.zeros(len(system.keys), dtype=np.int64)

    @property
    def first(self) -> Whole | None:
        """The first world that fitted."""
        return self._first

    @property
    def others(self) -> Whole:
        """For each figure, how many values other than 0 were shown."""
        return self._others

    def add(self, point: Whole) -> bool:
        """Take in a world; False where it does not fit after all."""
        if not self._system.holds(point):
            return False
        if self._first is None:
            self._first = point
            far = self._from < -_FAR
            self._from[far] = point[far] - _BELOW
        offset = point - self._from
        inside = (offset >= 0) & (offset < _WINDOW)
        columns, offsets = self._every[inside], offset[inside]
        new = ~self._seen[columns, offsets]
        self._seen[columns, offsets] = True
        counted = columns[new & (point[columns] != 0)]
        self._others[counted] += 1
        return True

    def shown(self, column: int) -> set[int]:
        """The values shown for one figure."""
        start = int(self._from[column])
        return {start + int(offset) for offset in np.flatnonzero(self._seen[column])}
