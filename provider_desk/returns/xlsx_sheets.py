"""The sheets of the return's workbook as rows, before they are drawn.

One table per sheet, a real head, nothing blank and nothing merged; numbers are
numbers. Source: monthly return, §4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from provider_desk.returns import outline, words
from provider_desk.returns.table import SHORTHAND, Cell, Line, ReturnTable

#: What a cell of a sheet may hold.
Content = str | int | float

_LABEL, _NARROW, _FIGURE, _RATIO, _RATING = 44.0, 7.0, 11.0, 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        head: its name.
        width: in characters.
        figures: right-aligned, mostly numbers.
        signs: coloured by the sign that its words begin with.
    """

    head: str
    width: float
    figures: bool = False
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with one table.

    Attributes:
        name: on the tab.
        title: first line of the sheet.
        columns: in order.
        rows: as wide as ``columns``.
        frozen: how many columns stay in sight.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    frozen: int = 1

    def lines_in(self, row: tuple[Content, ...]) -> int:
        """How many lines of text the fullest cell of a row takes."""
        return max(
            len(wrap(str(content), int(column.width) - 1)) or 1
            for column, content in zip(self.columns, row, strict=True)
        )


def sheets(table: ReturnTable) -> tuple[Sheet, ...]:
    """Every sheet of a return that has anything to show, in order."""
    numbers = outline.numbered_notes(table)
    parts = (outline.summary(table), *outline.area_parts(table))
    names = ("Summary", *(outline.area_name(area) for area in table.areas))
    summary, *areas = (
        _figures_sheet(table, name, part, numbers)
        for name, part in zip(names, parts, strict=True)
    )
    made = [_cover(table), _notes(table, numbers), summary, _by_area(table)]
    made += [*areas, _rates(table), _indicators(table)]
    if table.copy != "council":
        made.append(_checks(table))
    return tuple(sheet for sheet in made if sheet.rows)


def content_of(cell: Cell, kind: str) -> Content:
    """A cell as a workbook holds it: a number, "n/d (p%)" or the shorthand."""
    if kind == "ratio":
        return words.cell_text(cell, kind)
    return _number(cell, kind)


def _number(cell: Cell, kind: str) -> Content:
    figure = words.figure_of(cell, kind)
    if figure is None:
        return SHORTHAND[cell.state]
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _cover(table: ReturnTable) -> Sheet:
    rows = (
        *outline.cover_facts(table),
        *(("This copy", text) for text in outline.carries(table)),
    )
    columns = (Column("About this return", 28), Column("In words", 90))
    return Sheet("Cover", outline.title(table), columns, rows)


def _notes(table: ReturnTable, numbers: dict[str, int]) -> Sheet:
    rows = (
        *(("Shorthand", s.sign, s.meaning) for s in words.shorthand_legend()),
        *(("Direction", s.sign, s.meaning) for s in words.direction_legend()),
        *(("Rating", s.sign, s.meaning) for s in words.rating_legend()),
        *(("Note", f"[note {n}]", text) for text, n in numbers.items()),
        *(("General", words.NOTHING, text) for text in outline.general_notes(table)),
    )
    columns = (Column("Kind", 14), Column("Sign", 14), Column("Meaning", 90))
    return Sheet("Notes", "Notes: shorthand, signs and remarks", columns, rows)


def _figures_sheet(
    table: ReturnTable, name: str, part: outline.Part, numbers: dict[str, int]
) -> Sheet:
    columns = (
        Column("No", _NARROW),
        Column("Indicator", _LABEL),
        Column("Group", 12),
        Column("Unit", 12),
        *(Column(month.short_name, _FIGURE, figures=True) for month in table.months),
        Column(words.year_to_date_head(table), _RATIO, figures=True),
        Column("Direction", 11),
        Column("Rating", _RATING, signs=True),
        Column("Notes", 12),
    )
    rows = tuple(
        (
            line.key.indicator,
            line.label,
            line.group,
            line.unit,
            *(content_of(cell, line.kind) for cell in line.months),
            content_of(line.year_to_date, line.kind),
            words.direction_text(line),
            words.rating_text(line),
            outline.notes_mark(line, numbers) or words.NOTHING,
        )
        for line in part.lines
    )
    return Sheet(name, part.title, columns, rows, frozen=2)


def _by_area(table: ReturnTable) -> Sheet:
    columns = (
        Column("No", _NARROW),
        Column("Indicator", _LABEL),
        Column("Unit", 12),
        *(
            Column(outline.area_name(area), _RATIO, figures=True)
            for area in table.areas
        ),
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


def _rates(table: ReturnTable) -> Sheet:
    """Ratios and means with numerator and denominator as numbers of their own."""
    columns = (
        Column("No", _NARROW),
        Column("Indicator", _LABEL),
        Column("Area", 10),
        Column("Period", 20),
        Column("Numerator", 12, figures=True),
        Column("Denominator", 13, figures=True),
        Column("Value", 11, figures=True),
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
            _number(cell, line.kind),
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


def _indicators(table: ReturnTable) -> Sheet:
    columns = (
        Column("No", _NARROW),
        Column("Indicator", _LABEL),
        Column("Group", 12),
        Column("Unit", 12),
        Column("Counted as", 14),
        Column("Better is", 12),
        Column("Within limits", 30),
        Column("What to know", 50),
    )
    rows = tuple(
        (
            line.key.indicator,
            outline.indicator_name(line),
            line.group,
            line.unit,
            words.KIND_WORDS.get(line.kind, line.kind),
            line.better or "neither",
            line.limit or "not rated",
            line.about or words.NOTHING,
        )
        for line in outline.indicators(table)
    )
    return Sheet("Indicators", "Indicators and their limits", columns, rows, frozen=2)


def _checks(table: ReturnTable) -> Sheet:
    columns = (
        Column("Area", 10),
        Column("What must hold", 60),
        Column("Result", 34, signs=True),
        Column("What was found", 60),
        Column("Records at fault", 16, figures=True),
    )
    rows = tuple(
        (
            check.area,
            check.title,
            words.check_result(check),
            check.text,
            len(check.rows),
        )
        for check in table.checks
    )
    return Sheet("Checks", "Checks before sign-off", columns, rows, frozen=2)
