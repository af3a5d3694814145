"""The tables of figures on the return's pages."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from provider_desk.returns import outline, words
from provider_desk.returns import pdf_style as style
from provider_desk.returns.pdf_layout import WIDTH
from provider_desk.returns.pdf_rows import PAD, Command, Head, Rows
from provider_desk.returns.table import SHORTHAND, Cell, Line, ReturnTable, State

_INDENT = 9.0
#: An indicator with more rows than this may go over two pages.
_KEPT_TOGETHER = 20
_MANY_MONTHS = 7


def figures_table(
    table: ReturnTable, part: outline.Part, numbers: dict[str, int]
) -> Any:
    """The lines of a part with month columns, year to date, direction and RAG."""
    return _Figures(table, numbers).drawn(part)


class _Figures:
    """Puts the lines of a part into rows."""

    def __init__(self, table: ReturnTable, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self._general = outline.general_notes(table)
        self._months = len(table.months)
        self._made = Rows(_figure_heads(table), 7.2 if self._dense else 8)
        self._first, self._year = 2, self._months + 2

    @property
    def _dense(self) -> bool:
        return self._months > _MANY_MONTHS

    def drawn(self, part: outline.Part) -> Any:
        """The whole table."""
        made = self._made
        made.add([head.text for head in made.heads], font=style.BOLD)
        for group, lines in part.groups():
            self._group(group)
            for _, held in groupby(lines, key=lambda line: line.key.indicator):
                self._indicator(tuple(held))
        now = self._year - 1
        made.look += [
            ("BACKGROUND", (now, 0), (now, 0), style.INK),
            ("LINEBEFORE", (now, 1), (now, -1), 0.8, style.ACCENT),
            ("LINEAFTER", (now, 1), (now, -1), 0.8, style.ACCENT),
            ("LEFTPADDING", (now + 2, 0), (now + 2, -1), 3 * PAD),
        ]
        return made.drawn()

    def _group(self, group: str) -> None:
        made = self._made
        row = made.add([group, *[""] * (len(made.heads) - 1)], font=style.BOLD)
        made.cells[row][0] = group
        made.look += [
            ("SPAN", (0, row), (-1, row)),
            ("BACKGROUND", (0, row), (-1, row), style.PALE),
            ("TEXTCOLOR", (0, row), (-1, row), style.ACCENT),
            ("FONTSIZE", (0, row), (-1, row), 9),
            ("NOSPLIT", (0, row), (-1, row + 1)),
        ]

    def _indicator(self, lines: tuple[Line, ...]) -> None:
        """An indicator: its whole, then its parts, set in under it."""
        begun = len(self._made.cells)
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
        ended = len(self._made.cells) - 1
        if begun < ended < begun + _KEPT_TOGETHER:
            self._made.look.append(("NOSPLIT", (0, begun), (0, ended)))

    def _parts(self, parts: tuple[Line, ...], name: str, *, headed: bool) -> None:
        code = parts[0].key.indicator
        said = {self._said_instead(line) for line in parts}
        names = [line.label.removeprefix(f"{name}: ") for line in parts]
        text = said.pop() if len(said) == 1 else ""
        if text:
            row = self._row(code, name if headed else "Breakdown", 0 if headed else 1)
            listed = f"{text.rstrip('.')}. Its parts: {'; '.join(names)}."
            self._made.span(row, self._first, len(self._made.heads) - 1, listed)
            return
        if headed:
            row = self._row(code, name, 0)
            self._made.span(row, 1, len(self._made.heads) - 1, name)
            self._made.look.append(("TEXTCOLOR", (1, row), (1, row), style.INK))
        for line, part in zip(parts, names, strict=True):
            self._line(line, part, indent=1)

    def _row(self, code: str, label: str, indent: int) -> int:
        """A row without figures yet."""
        made = self._made
        row = made.add([code, "", *[""] * (len(made.heads) - 2)])
        made.cells[row][1] = style.wrapped(
            label,
            style.REGULAR,
            made.size,
            made.heads[1].width - 2 * PAD - indent * _INDENT,
        )
        made.look.append(("TEXTCOLOR", (0, row), (0, row), style.SOFT))
        if indent:
            made.look.append(("LEFTPADDING", (1, row), (1, row), PAD + _INDENT))
        return row

    def _line(self, line: Line, label: str, *, indent: int) -> None:
        made = self._made
        instead = self._said_instead(line)
        mark = "" if instead else outline.notes_mark(line, self._numbers)
        row = self._row(line.key.indicator, f"{label} {mark}".strip(), indent)
        if instead:
            made.span(row, self._first, len(made.heads) - 1, instead)
            return
        cells = (*line.months, line.year_to_date)
        texts = [words.cell_text(cell, line.kind) for cell in cells]
        texts += [words.direction_text(line), words.rating_text(line)]
        for place, text in enumerate(texts, start=self._first):
            width = made.heads[place].width - 2 * PAD
            made.cells[row][place] = style.wrapped(
                text, style.REGULAR, made.size, width
            )
        made.look += _state_looks(row, self._first, cells)
        made.look += self._rating_look(row, line)

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

    def _rating_look(self, row: int, line: Line) -> Iterator[Command]:
        inks = style.RATING_INKS.get(words.shown_rating(line))
        if inks is None:
            return
        last = len(self._made.heads) - 1
        yield ("TEXTCOLOR", (last - 1, row), (last, row), inks[0])
        yield ("BACKGROUND", (last, row), (last, row), inks[1])


def _figure_heads(table: ReturnTable) -> list[Head]:
    dense = len(table.months) > _MANY_MONTHS
    month = 33.5 if dense else 50.0
    heads = [
        *(Head(m.short_name, month, figures=True) for m in table.months),
        Head(words.year_to_date_head(table), 54 if dense else 70, figures=True),
        Head("Direction", 46 if dense else 52),
        Head("RAG", 82 if dense else 116),
    ]
    number = Head("No", 26)
    left = WIDTH - number.width - sum(head.width for head in heads)
    return [number, Head("Indicator", min(left, 330.0)), *heads]


def _state_looks(row: int, first: int, cells: Sequence[Cell]) -> Iterator[Command]:
    for place, cell in enumerate(cells, start=first):
        if cell.state is not State.FIGURE:
            yield ("TEXTCOLOR", (place, row), (place, row), style.SOFT)


def by_area_table(table: ReturnTable) -> Any:
    """This month's figures of every area beside each other."""
    width = 84.0
    heads = [
        Head("No", 30),
        Head("Indicator", min(WIDTH - 30 - width * len(table.areas), 330)),
        *(Head(outline.area_name(a), width, figures=True) for a in table.areas),
    ]
    made = Rows(heads, 8)
    made.add([head.text for head in heads], font=style.BOLD)
    for line, across in outline.by_area(table):
        cells = tuple(beside.now for beside in across)
        texts = [words.cell_text(cell, line.kind) for cell in cells]
        row = made.add([line.key.indicator, line.label, *texts])
        made.look += _state_looks(row, 2, cells)
    made.look.append(("TEXTCOLOR", (0, 1), (0, -1), style.SOFT))
    return made.drawn()
