"""The lines of the figures table: headings of groups, and what cells say."""

from collections.abc import Sequence
from dataclasses import dataclass

from provider_desk.model.choices import choices
from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.table import AreaName, Cell, Line, Rating, ReturnTable, State
from provider_desk.ui.parts.words import unit_of

#: How a tone of the theme stands for a rating; sign and word stand beside it.
RATING_TONES = {
    Rating.IMPROVED: "good",
    Rating.WITHIN: "warn",
    Rating.OUTSIDE: "bad",
    Rating.LEVEL: "",
    Rating.NONE: "",
}

#: States whose full words have no room in a cell; its tip says them.
_SHORT_WORDS = {State.WITHHELD: "withheld"}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of the table.

    Attributes:
        title: heading of a group, "" for an indicator.
        line: the indicator, None for a heading.
        part: a breakdown of the line above.
        code: of the indicator that a heading names; "" for the heading of a group.
    """

    title: str = ""
    line: Line | None = None
    part: bool = False
    code: str = ""


def rows_of(table: ReturnTable, area: str, *, with_zeros: bool) -> list[FigureRow]:
    """The lines of an area under the headings of their groups.

    Args:
        table: the return.
        area: code of the area, "ALL" for the sum.
        with_zeros: whether breakdowns that are 0 in every month are shown too.
    """
    rows: list[FigureRow] = []
    group = above = ""
    for line in table.of_area(area):
        if not with_zeros and only_zeros(line):
            continue
        if line.group != group:
            group = line.group
            rows.append(FigureRow(title=group))
        whole, apart, _ = line.label.partition(": ")
        if line.key.split and apart and line.key.indicator != above:
            # A breakdown without a line of its whole stands below its own name.
            rows.append(FigureRow(title=whole, code=line.key.indicator))
        above = line.key.indicator
        rows.append(FigureRow(line=line, part=bool(line.key.split)))
    return rows


def only_zeros(line: Line) -> bool:
    """Whether a line is a breakdown that counted nobody in any month."""
    cells = (*line.months, line.year_to_date)
    return bool(line.key.split) and all(
        cell.state is State.FIGURE and cell.value == 0 for cell in cells
    )


def short_name(area: AreaName) -> str:
    """An area's name for tabs and columns, where the value list has a short one."""
    found = choices("service_area").by_code.get(area.code)
    return str(found.flags.get("short", area.label)) if found else area.label


def label_of(row: FigureRow) -> str:
    """The words of a line; a breakdown is indented below what it breaks down."""
    if row.line is None:
        return row.title
    _, apart, tail = row.line.label.partition(": ")
    if row.part and apart:
        return f"      {tail}"
    return row.line.label


def month_text(line: Line, index: int) -> str:
    """A month's cell: the figure, or its state in words."""
    cell = line.months[index]
    newest = index == len(line.months) - 1
    same = words.uniform_state(line) is not None
    return cell_words(cell, line.kind, short=same and not newest)


def cell_words(cell: Cell, kind: str, *, short: bool = False) -> str:
    """A cell as a person reads it; no figure is a state in words."""
    if short or cell.state in (State.FIGURE, State.BAND):
        return words.cell_text(cell, kind)
    return _SHORT_WORDS.get(cell.state, words.STATE_WORDS[cell.state])


def cell_tip(line: Line, cell: Cell, period: str) -> str:
    """What a cell says when pointed at, and to a screen reader."""
    said = f"{line.label}, {period}: {cell_words(cell, line.kind)}"
    counted = cell.state is State.FIGURE and line.unit != "%"
    unit = f" {unit_of(line.unit, cell.value)}" if counted else ""
    note = f" {cell.note}" if cell.note else ""
    return f"{said}{unit}.{note}"


def months_behind(line: Line, months: Sequence[Month]) -> tuple[Month, ...]:
    """The months whose rows the year to date counts: a state counts the newest only."""
    return (months[-1],) if line.kind == "stock" else tuple(months)
