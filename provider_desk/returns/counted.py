"""Everything that a return's figures need, counted once.

Each fact is asked once for all months and areas and added up; figures are then chosen
from what was added up. People and groups that must be told apart are asked for by
themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from provider_desk.model.errors import Cancelled
from provider_desk.model.rows import Rows
from provider_desk.returns import measures
from provider_desk.returns.counts import (
    NOTHING,
    Cases,
    Cube,
    Tallies,
    Tally,
    different,
    together,
)
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Cell, State


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure's tallies by place; ``of`` is the denominator's."""

    figure: Figure
    tallies: Tallies
    of: Tallies

    def cell(self, areas: Sequence[str], months: Sequence[str]) -> Cell:
        """The figure of some areas and months ("2017-09") together, counted anew."""
        if self.figure.measure == "capacity":
            return self._capacity(areas, months)
        part = together(_places(self.tallies, areas, months))
        if self.figure.measure == "use":
            slots = self._slots(areas, months)
            if slots is None:
                return Cell(State.NOT_SUBMITTED, note=measures.NO_CAPACITY)
            return measures.share(self.figure, part.rows, slots)
        of = together(_places(self.of, areas, months)) if self.of else NOTHING
        return measures.MEASURES[self.figure.measure](self.figure, part, of)

    def year_to_date(self, areas: Sequence[str], months: Sequence[str]) -> Cell:
        """The figure from April on. Source: monthly return, §1.4.

        Args:
            areas: added up.
            months: those that have figures, in order; at least one.
        """
        if self._is_stock:
            return self.cell(areas, months[-1:])
        return self.cell(areas, months)

    @property
    def _is_stock(self) -> bool:
        return FACTS[self.figure.fact].stock and self.figure.measure not in (
            "ratio",
            "capacity",
        )

    def _capacity(self, areas: Sequence[str], months: Sequence[str]) -> Cell:
        slots = _slots(self.tallies, areas, months)
        if slots is None:
            return Cell(State.NOT_SUBMITTED, note=measures.NO_CAPACITY)
        return measures.number(slots)

    def _slots(self, areas: Sequence[str], months: Sequence[str]) -> int | None:
        return _slots(self.of, areas, months)


def _slots(tallies: Tallies, areas: Sequence[str], months: Sequence[str]) -> int | None:
    """Whole slots of each area and month, summed; None where none are known."""
    held = _places(tallies, areas, months)
    return sum(map(measures.whole_slots, held)) if held else None


def _places(
    tallies: Tallies, areas: Sequence[str], months: Sequence[str]
) -> list[Tally]:
    return [
        tallies[area, month]
        for area in areas
        for month in months
        if (area, month) in tallies
    ]


class Counting:
    """Counts figures; each fact is asked once, however many figures need it."""

    def __init__(
        self,
        rows: Rows,
        scope: Scope,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._rows = rows
        self._scope = scope
        self._cancelled = cancelled
        self._cubes: dict[str, Cube] = {}
        self._cases: Cases | None = None
        self._done: dict[Figure, Counted] = {}

    def counted(self, figure: Figure) -> Counted:
        """A figure's tallies.

        Raises:
            Cancelled: the person stopped it between two facts.
        """
        if figure not in self._done:
            self._done[figure] = self._count(figure)
        return self._done[figure]

    def _count(self, figure: Figure) -> Counted:
        fact = FACTS[figure.fact]
        if figure.value in fact.who and fact.bare:
            return Counted(figure, self._cube(fact.name).different(figure.where), {})
        if figure.value in fact.who:
            self._stop_if_cancelled()
            people = different(self._rows, fact, self._scope, figure)
            return Counted(figure, people, {})
        cube = self._cube(figure.fact)
        tallies = cube.chosen((*figure.of, *figure.where), figure.value)
        match figure.measure:
            case "ratio":
                return Counted(figure, tallies, cube.chosen(figure.of, ""))
            case "use":
                slots = self._cube("capacity").chosen((), "slot_days")
                return Counted(figure, tallies, slots)
            case _:
                return Counted(figure, tallies, {})

    def _cube(self, name: str) -> Cube:
        if name not in self._cubes:
            self._stop_if_cancelled()
            fact = FACTS[name]
            cases = self._known_cases() if fact.bare else None
            self._cubes[name] = Cube(self._rows, fact, self._scope, cases)
        return self._cubes[name]

    def _known_cases(self) -> Cases:
        if self._cases is None:
            self._cases = Cases(self._rows, self._scope.contract_id)
        return self._cases

    def _stop_if_cancelled(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("The return was not made.", "Nothing was changed.")
