"""The sheets of figures: summary, areas, shares, thirteen months."""

from collections.abc import Sequence

from provider_desk.returns import outline, reading, words
from provider_desk.returns.charts.series import charted
from provider_desk.returns.table import SHORTHAND, Cell, Line, ReturnTable, State
from provider_desk.returns.xlsx.sheet import (
    FIGURE,
    LABEL,
    NARROW,
    RATING,
    RATIO,
    Column,
    Content,
    Sheet,
    content_of,
    number_of,
)


def figures_sheet(
    table: ReturnTable, name: str, part: outline.Part, numbers: dict[str, int]
) -> Sheet:
    """The lines of a part with months, year to date, direction and rating."""
    now = table.month.short_name
    rounded = table.protection is not None
    means = (
        Column(f"{now} normally means", RATIO, figures=True),
        Column("Year to date normally means", RATIO, figures=True),
    )
    columns = (
        Column("No", NARROW),
        Column("Indicator", LABEL),
        Column("Group", 12),
        Column("Unit", 12),
        *(Column(month.short_name, FIGURE, figures=True) for month in table.months),
        Column(words.year_to_date_head(table), RATIO, figures=True),
        *(means if rounded else ()),
        Column("Direction", 11),
        Column("Rating", RATING, signs=True),
        Column("Notes", 16),
    )
    rows = tuple(
        (
            line.key.indicator,
            line.label,
            line.group,
            line.unit,
            *(content_of(cell, line.kind) for cell in line.months),
            content_of(line.year_to_date, line.kind),
            *(_means(table, line) if rounded else ()),
            words.direction_text(line),
            words.rating_text(line),
            _remarks(table, line, numbers),
        )
        for line in part.lines
    )
    return Sheet(name, part.title, columns, rows, frozen=2)


def _means(table: ReturnTable, line: Line) -> tuple[str, str]:
    """What the month's figure and the year to date normally stand for."""
    return _range(table, line.now, line), _range(table, line.year_to_date, line)


def _range(table: ReturnTable, cell: Cell, line: Line) -> str:
    known = table.protection
    if known is None or cell.state is not State.FIGURE or line.kind == "ratio":
        return words.NOTHING
    if cell.exact:
        return "exact"
    return reading.normally_means(int(cell.value or 0), known)


def _remarks(table: ReturnTable, line: Line, numbers: dict[str, int]) -> str:
    """The notes of a line, and the months that are provisional or revised."""
    marked = [
        f"{month.short_name} [{cell.mark}]"
        for month, cell in zip(table.months, line.months, strict=True)
        if cell.mark
    ]
    said = " ".join([outline.notes_mark(line, numbers), *marked]).strip()
    return said or words.NOTHING


def by_area(table: ReturnTable) -> Sheet:
    """This month's figures of every area beside each other."""
    columns = (
        Column("No", NARROW),
        Column("Indicator", LABEL),
        Column("Unit", 12),
        *(Column(outline.area_name(area), RATIO, figures=True) for area in table.areas),
    )
    rows = tuple(
        (
            line.key.indicator,
            line.label,
            line.unit,
            *(content_of(beside.now, beside.kind) for beside in across),
        )
        for line, across in outline.by_area(table)
    )
    title = f"{table.month.name} by service area"
    return Sheet("By area", title, columns, rows, frozen=2)


def rates(table: ReturnTable) -> Sheet:
    """Shares and means with numerator and denominator as numbers of their own."""
    columns = (
        Column("No", NARROW),
        Column("Indicator", LABEL),
        Column("Area", 10),
        Column("Period", 20),
        Column("Numerator", 12, figures=True),
        Column("Denominator", 13, figures=True),
        Column("Value", FIGURE, figures=True),
        Column("Unit of the value", 17),
        Column("State", 18),
    )
    rows = tuple(
        row
        for line in table.lines
        if line.kind in ("ratio", "mean")
        for row in _rate_rows(table, line)
    )
    title = "Shares and means with what they were worked from"
    return Sheet("Rates", title, columns, rows, frozen=2)


def _rate_rows(table: ReturnTable, line: Line) -> list[tuple[Content, ...]]:
    periods = (*map(str, table.months), words.year_to_date_period(table))
    return [
        (
            line.key.indicator,
            line.label,
            line.key.area,
            period,
            *_worked_from(cell),
            number_of(cell, line.kind),
            "share" if line.kind == "ratio" else line.unit,
            words.STATE_WORDS[cell.state],
        )
        for period, cell in zip(periods, (*line.months, line.year_to_date), strict=True)
    ]


def _worked_from(cell: Cell) -> Sequence[Content]:
    if words.share_of_nobody(cell):
        return (0, 0)
    shorthand = SHORTHAND.get(cell.state)
    if shorthand is not None:
        return (shorthand, shorthand)
    return tuple(
        words.NOTHING if worth is None else worth
        for worth in (cell.numerator, cell.denominator)
    )


def thirteen_months(table: ReturnTable) -> Sheet:
    """What the charts of the pages draw, as figures."""
    drawn = [
        (area, series) for area in table.areas for series in charted(table, area.code)
    ]
    heads = [point.name for point in drawn[0][1].points] if drawn else []
    columns = (
        Column("Area", 12),
        Column("Indicator", LABEL),
        Column("Unit", 12),
        *(Column(head, FIGURE, figures=True) for head in heads),
    )
    rows = tuple(
        (
            outline.area_name(area),
            series.title,
            series.unit,
            *(
                point.words if point.value is None else _whole(point.value)
                for point in series.points
            ),
        )
        for area, series in drawn
    )
    title = "Thirteen months: referrals, waiting, live, closed"
    return Sheet("13 months", title, columns, rows, frozen=2)


def _whole(value: float) -> Content:
    return int(value) if value == int(value) else value
