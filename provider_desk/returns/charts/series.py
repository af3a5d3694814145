"""Which figures are charted, over which months, and what a chart says in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.charts.months import MONTHS, Form, Point
from provider_desk.returns.table import Cell, Earlier, Line, ReturnTable

#: Referrals, waiting, live, closures. Source: practices, P36.
CHARTED = ("A1", "B1", "C2", "D1")

#: Stands in a month that no return at hand tells of.
NOT_HERE = "no figure here"


@dataclass(frozen=True, slots=True)
class Series:
    """A charted figure.

    Attributes:
        title: what is shown.
        unit: what is counted.
        form: bars or line.
        points: 13 months, the return's own last.
        bound: of a council copy how near the figures are, in words; else "".
    """

    title: str
    unit: str
    form: Form
    points: tuple[Point, ...]
    bound: str = ""

    def sentence(self) -> str:
        """Everything that is drawn, for who hears it."""
        return sentence(self.title, self.unit, self.points, self.bound)


def sentence(title: str, unit: str, points: Sequence[Point], bound: str = "") -> str:
    """A chart as words: every month with its figure, nothing left out."""
    if not points:
        return f"{title}: no figures yet."
    parts = ", ".join(f"{point.name}: {point.words}" for point in points)
    said = f"{title}, {len(points)} months. {parts}. Unit: {unit}."
    return f"{said} {bound}".strip()


def charted(table: ReturnTable, area: str) -> tuple[Series, ...]:
    """The charts of an area; what the return has no line for is left out."""
    held = {x.key.indicator: x for x in table.of_area(area) if not x.key.split}
    return tuple(
        series_of(table, held[code])
        for code in CHARTED
        if code in held and held[code].months
    )


def series_of(table: ReturnTable, line: Line) -> Series:
    """Thirteen months of a line, up to the return's own month."""
    known = dict(zip(table.months, line.months, strict=True))
    for earlier in table.earlier:
        if earlier.key == line.key:
            known.update(zip(earlier.months, earlier.cells, strict=True))
    points = tuple(
        point_of(month, known.get(month), line.kind) for month in _span(table)
    )
    form: Form = "line" if line.kind == "stock" else "bars"
    return Series(line.label, line.unit, form, points, bound_words(table, line))


def bound_words(table: ReturnTable, line: Line) -> str:
    """How near the figures of a council copy are; "" where they are exact."""
    known = table.protection
    if known is None or line.key.indicator in known.exact:
        return ""
    return (
        f"Each figure is normally within {known.normally} of the real one, and never "
        f"more than {known.bound} away."
    )


def _span(table: ReturnTable) -> Iterator[Month]:
    return (table.month.plus(step) for step in range(1 - MONTHS, 1))


def point_of(month: Month, cell: Cell | None, kind: str) -> Point:
    """A month on a chart.

    Args:
        month: which.
        cell: its figure or state; None where no return at hand tells of it.
        kind: of figure, as its line says it.
    """
    label = f"{month.first_day:%b}"
    if cell is None:
        return Point(label, month.name, None, NOT_HERE)
    figure = words.figure_of(cell, kind)
    if figure is None:
        return Point(label, month.name, None, words.STATE_WORDS[cell.state])
    # Marks stand in the tables; small charts are for the shape.
    said = words.cell_text(replace(cell, mark=""), kind)
    return Point(label, month.name, float(figure), said)


def with_earlier(table: ReturnTable, before: ReturnTable) -> ReturnTable:
    """A return with the months before its April, for its charts.

    Args:
        table: the return.
        before: the same copy's return of the March before.

    Raises:
        ValueError: of another copy, or not of that March; a fault of the program.
    """
    if before.month != table.months[0].plus(-1) or before.copy != table.copy:
        raise ValueError("the earlier months are not those before this return")
    wanted = MONTHS - len(table.months)
    codes = set(CHARTED)
    told = tuple(
        Earlier(line.key, before.months[-wanted:], line.months[-wanted:])
        for line in before.lines
        if line.key.indicator in codes and not line.key.split
    )
    return replace(table, earlier=told)
