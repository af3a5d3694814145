"""The matrix of from and to: band of severity at the first by that at the last score.

Source: monthly return, §4, impact page; practices, P44.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from provider_desk.model.outcome_measures import Measure
from provider_desk.returns import words
from provider_desk.returns.scores import (
    LEVEL,
    NEGATIVE,
    POSITIVE,
    TO,
    banded,
    movement,
    steps,
)
from provider_desk.returns.table import Cell, Line, ReturnTable, State

#: The group whose indicators are matrices.
GROUP = "Impact"

#: What each of the three sums says, in their order.
MOVED = {
    POSITIVE: "to a better band",
    LEVEL: "same band",
    NEGATIVE: "to a worse band",
}

Period = Literal["month", "year"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One measure, one period.

    Attributes:
        title: "PHQ-9, first to last".
        period: "September 2017", or "Year to date".
        starts: where one may stand at first, a row each.
        names: where one may stand at last, a column each; mildest first.
        cells: a row for each band at first, in it one text for each band at last.
        moves: how each of ``cells`` stands: positive, no change or negative.
        whole: all episodes, in words.
        sums: positive, no change and negative, in words.
        state: why there is no figure at all, "" where there is one.
    """

    title: str
    period: str
    starts: tuple[str, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    moves: tuple[tuple[str, ...], ...]
    whole: str
    sums: tuple[str, str, str]
    state: str = ""


def matrices(table: ReturnTable) -> tuple[Matrix, ...]:
    """The matrices of the sum block, or of the one area: each month, then the year."""
    return tuple(_matrices(table))


def _matrices(table: ReturnTable) -> Iterator[Matrix]:
    area = table.areas[-1].code
    by_code: dict[str, dict[str, Line]] = {}
    for line in table.of_area(area):
        if line.group == GROUP:
            held = by_code.setdefault(line.key.indicator, {})
            held[line.key.split] = line
    for held in by_code.values():
        measure = _measure_of(held)
        if measure is not None and "" in held:
            yield _matrix(table, held, measure, "month")
            yield _matrix(table, held, measure, "year")


def _measure_of(held: dict[str, Line]) -> Measure | None:
    """The measure whose steps the lines have."""
    for measure in banded():
        if all(each in held for each in steps(measure.code)):
            return measure
    return None


def _matrix(
    table: ReturnTable, held: dict[str, Line], measure: Measure, period: Period
) -> Matrix:
    def cell(split: str) -> Cell:
        line = held[split]
        return line.now if period == "month" else line.year_to_date

    def said(split: str) -> str:
        if split not in held:
            return words.NOTHING
        return words.cell_text(cell(split), held[split].kind)

    names = tuple(name for _, name in measure.bands)
    whole = cell("")
    known = whole.state is State.FIGURE
    return Matrix(
        title=held[""].label,
        period=(
            table.month.name if period == "month" else words.year_to_date_head(table)
        ),
        starts=names,
        names=names,
        cells=tuple(tuple(said(f"{a}{TO}{b}") for b in names) for a in names),
        moves=tuple(tuple(movement(measure, a, b) for b in names) for a in names),
        whole=said(""),
        sums=(said(POSITIVE), said(LEVEL), said(NEGATIVE)),
        state="" if known else state_words(whole),
    )


def state_words(cell: Cell) -> str:
    """Why a cell is no figure: "[x] not submitted: Complete records begin …"."""
    said = f"{words.cell_text(cell, 'flow')} {words.STATE_WORDS[cell.state]}"
    return f"{said}: {cell.note}" if cell.note else said


def from_to(
    title: str,
    period: str,
    starts: Sequence[str],
    names: Sequence[str],
    counts: Sequence[Sequence[int]],
) -> Matrix:
    """A matrix of counts that no measure of this program has, as councils print them.

    Args:
        title: of what.
        period: in words.
        starts: where one may stand at first, each among ``names``.
        names: where one may stand at last, the best first.
        counts: a row for each start, in it one count for each of ``names``.

    Raises:
        ValueError: a start is not among the names, or rows are of the wrong length.
    """
    order = {name: place for place, name in enumerate(names)}
    sums: Counter[str] = Counter()
    moves = []
    for start, row in zip(starts, counts, strict=True):
        if start not in order:
            raise ValueError(f"{start} is no place to stand at last")
        ways = [_way(order[name] - order[start]) for name in names]
        for way, count in zip(ways, row, strict=True):
            sums[way] += count
        moves.append(tuple(ways))
    whole = sums.total()

    def share(way: str) -> str:
        return words.cell_text(shared(sums[way], whole), "ratio")

    return Matrix(
        title=title,
        period=period,
        starts=tuple(starts),
        names=tuple(names),
        cells=tuple(tuple(f"{count:,}" for count in row) for row in counts),
        moves=tuple(moves),
        whole=f"{whole:,}",
        sums=(share(POSITIVE), share(LEVEL), share(NEGATIVE)),
    )


def shared(part: int, whole: int) -> Cell:
    """A share of counts; of nothing it does not apply."""
    if not whole:
        return Cell(State.NOT_APPLICABLE, None, part, whole)
    return Cell(State.FIGURE, part / whole, part, whole)


def _way(climbed: int) -> str:
    """How a later place stands to the first, where the best comes first."""
    if climbed == 0:
        return LEVEL
    return POSITIVE if climbed < 0 else NEGATIVE
