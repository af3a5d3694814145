"""The tables of figures on the return's pages."""

from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.colors import Color

from provider_desk.model.months import Month
from provider_desk.returns import outline, words
from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.grid import Cell, Column, Grid, Row
from provider_desk.returns.pdf.layout import WIDTH
from provider_desk.returns.table import SHORTHAND, Line, ReturnTable, State
from provider_desk.returns.table import Cell as Figure

_INDENT = 9.0
#: An indicator with more rows than this may go over two pages.
_KEPT_TOGETHER = 20
_MANY_MONTHS = 7
_OF_THE_ABOVE = "of the above: "


def figures_grid(
    table: ReturnTable,
    part: outline.Part,
    numbers: dict[str, int],
    *,
    whole_year: bool = False,
) -> Grid:
    """The lines of a part with month columns, year to date, direction and RAG.

    Args:
        table: the return.
        part: which lines.
        numbers: of the notes.
        whole_year: whether all twelve months have a column, those to come too.
    """
    return _Figures(table, numbers, whole_year=whole_year).drawn(part)


class _Figures:
    """Puts the lines of a part into rows."""

    def __init__(
        self, table: ReturnTable, numbers: dict[str, int], *, whole_year: bool
    ) -> None:
        self._numbers = numbers
        self._general = outline.general_notes(table)
        months = len(table.months)
        shown = 12 if whole_year else months
        self._to_come = shown - months
        self._now = 1 + months
        columns = _figure_columns(table, shown)
        size = 7.2 if shown > _MANY_MONTHS else 8
        self._made = Grid(columns, size, rules=(self._now,))
        self._wide = len(columns) - 2
        self._keep = 0

    def drawn(self, part: outline.Part) -> Grid:
        """The whole table."""
        for group, lines in part.groups():
            self._keep += 1
            self._group(group)
            for _, held in groupby(lines, key=lambda line: line.key.indicator):
                self._indicator(tuple(held))
                self._keep += 1
        return self._made

    def _group(self, group: str) -> None:
        cell = Cell(
            group,
            span=len(self._made.columns),
            bold=True,
            ink=style.ACCENT,
            ground=style.PALE,
            head=True,
            size=9,
        )
        self._made.add(Row([cell], keep=self._keep))

    def _indicator(self, lines: tuple[Line, ...]) -> None:
        """An indicator: its whole, then its parts, set in under it."""
        if len(lines) > _KEPT_TOGETHER:
            self._keep += 1
        name = lines[0].label
        if not lines[0].key.split:
            self._line(lines[0], name, indent=0)
            parts = lines[1:]
        else:
            parts = lines
            name = name.partition(": ")[0]
        if len(parts) == 1 or not all(x.label.startswith(f"{name}: ") for x in parts):
            for line in parts:
                self._line(line, line.label, indent=0)
        elif parts:
            self._parts(parts, name, headed=parts is lines)

    def _parts(self, parts: tuple[Line, ...], name: str, *, headed: bool) -> None:
        code = parts[0].key.indicator
        said = {self._said_instead(line) for line in parts}
        names = [line.label.removeprefix(f"{name}: ") for line in parts]
        text = said.pop() if len(said) == 1 else ""
        if text:
            listed = f"{text.rstrip('.')}. Its parts: {'; '.join(names)}."
            self._spanned(code, name if headed else "Breakdown", listed, indent=0)
            return
        if headed:
            cells = [self._code(code), Cell(name, span=self._wide + 1, head=True)]
            self._made.add(Row(cells, keep=self._keep))
        for place, (line, part) in enumerate(zip(parts, names, strict=True)):
            first = not headed and place == 0
            self._line(line, f"{_OF_THE_ABOVE}{part}" if first else part, indent=1)

    def _line(self, line: Line, label: str, *, indent: int) -> None:
        instead = self._said_instead(line)
        code = line.key.indicator
        if instead:
            self._spanned(code, label, instead, indent=indent)
            return
        mark = outline.notes_mark(line, self._numbers)
        cells = [self._code(code), _label(f"{label} {mark}".strip(), indent)]
        cells += [self._figure(cell, line) for cell in line.months]
        cells += [Cell(words.NOTHING, ink=style.SOFT)] * self._to_come
        cells.append(self._figure(line.year_to_date, line))
        cells += _rating_cells(line)
        self._made.add(Row(cells, keep=self._keep))

    def _spanned(self, code: str, label: str, text: str, *, indent: int) -> None:
        """A row of words in place of figures."""
        said = Cell(text, span=self._wide, ink=style.SOFT)
        cells = [self._code(code), _label(label, indent), said]
        self._made.add(Row(cells, keep=self._keep))

    def _code(self, code: str) -> Cell:
        return Cell(code, ink=style.SOFT)

    def _figure(self, cell: Figure, line: Line) -> Cell:
        known = cell.state in (State.FIGURE, State.BAND)
        ink = None if known else style.SOFT
        return Cell(words.cell_text(cell, line.kind), ink=ink)

    def _said_instead(self, line: Line) -> str:
        """Words over all columns where a line has one state everywhere, or ""."""
        state = words.uniform_state(line)
        if state is None:
            return ""
        said = f"{SHORTHAND[state]} {words.STATE_WORDS[state]}"
        notes = {cell.note.strip() for cell in (*line.months, line.year_to_date)}
        if len(notes) > 1:
            return f"{said} {outline.notes_mark(line, self._numbers)}".strip()
        note = notes.pop()
        return f"{said}: {note}" if note and note not in self._general else said


def _label(text: str, indent: int) -> Cell:
    return Cell(text, indent=indent * _INDENT, head=True)


def _rating_cells(line: Line) -> list[Cell]:
    inks: tuple[Color | None, Color | None] = style.RATING_INKS.get(
        words.shown_rating(line), (None, None)
    )
    return [
        Cell(words.direction_text(line), ink=inks[0], indent=6),
        Cell(words.rating_text(line), ink=inks[0], ground=inks[1]),
    ]


def _figure_columns(table: ReturnTable, shown: int) -> list[Column]:
    dense = shown > _MANY_MONTHS
    wide = 33.5 if dense else 50.0
    april = table.months[0]
    months: Sequence[Month] = [april.plus(step) for step in range(shown)]
    columns = [
        *(
            Column(m.short_name, wide, figures=True, dark=m == table.month)
            for m in months
        ),
        Column(words.year_to_date_head(table), 54 if dense else 70, figures=True),
        Column("  Direction", 50 if dense else 60),
        Column("RAG", 90 if dense else 116),
    ]
    number = Column("No", 26)
    left = WIDTH - number.width - sum(column.width for column in columns)
    return [number, Column("Indicator", min(left, 330.0)), *columns]


def by_area_grid(table: ReturnTable) -> Grid:
    """This month's figures of every area beside each other."""
    width = min((WIDTH - 260) / len(table.areas), 120.0)
    columns = [
        Column("No", 30),
        Column("Indicator", WIDTH - 30 - width * len(table.areas)),
        *(Column(outline.area_name(a), width, figures=True) for a in table.areas),
    ]
    made = Grid(columns, 8)
    for line, across in outline.by_area(table):
        cells = [
            Cell(line.key.indicator, ink=style.SOFT),
            Cell(line.label, head=True),
        ]
        for beside in across:
            known = beside.now.state in (State.FIGURE, State.BAND)
            text = words.cell_text(beside.now, line.kind)
            cells.append(Cell(text, ink=None if known else style.SOFT))
        made.add(Row(cells))
    return made


def breakdown_grid(table: ReturnTable) -> Grid:
    """The long breakdowns: a row for each part, two columns for each area."""
    wide = min((WIDTH - 230) / len(table.areas) / 2, 56.0)
    month = table.month.short_name
    columns = [
        Column("No", 30),
        Column("Indicator and part", WIDTH - 30 - 2 * wide * len(table.areas)),
    ]
    for area in table.areas:
        name = outline.area_name(area)
        columns += [
            Column(f"{name} {month}", wide, figures=True),
            Column(f"{name} year to date", wide, figures=True),
        ]
    made = Grid(columns, 7.5)
    for keep, lines in enumerate(outline.breakdowns(table), start=1):
        title = Cell(
            outline.indicator_name(lines[0]),
            span=len(columns) - 1,
            bold=True,
            head=True,
            ground=style.PALE,
            ink=style.ACCENT,
        )
        code = Cell(lines[0].key.indicator, ground=style.PALE, ink=style.ACCENT)
        made.add(Row([code, title], keep=keep))
        for line in lines:
            made.add(Row(_beside(table, line), keep=keep))
    return made


def _beside(table: ReturnTable, line: Line) -> list[Cell]:
    name = line.label.partition(": ")[2] or line.label
    cells = [Cell(line.key.indicator, ink=style.SOFT), _label(name, 1)]
    for area in table.areas:
        try:
            same = outline.same_in(table, line, area.code)
        except KeyError:
            cells += [Cell(words.NOTHING, ink=style.SOFT)] * 2
            continue
        for cell in (same.now, same.year_to_date):
            known = cell.state in (State.FIGURE, State.BAND)
            ink = None if known else style.SOFT
            cells.append(Cell(words.cell_text(cell, same.kind), ink=ink))
    return cells
