"""One sentence on how an area's month compares with the month before.

Worked out from the figures of the return itself, so that it can say nothing else.
"""

from collections.abc import Iterator

from provider_desk.returns import words
from provider_desk.returns.table import Line, ReturnTable, State

#: What the sentence is about, in its order.
_SAID = ("A1", "B1", "C1", "C2", "C4", "D1")


def in_short(table: ReturnTable, area: str) -> str:
    """The main figures of an area's month, each with the month before."""
    said = tuple(_said(table, area))
    if not said:
        return f"{table.month.name}: no figures."
    return f"{table.month.name}: {'; '.join(said)}."


def _said(table: ReturnTable, area: str) -> Iterator[str]:
    held = {x.key.indicator: x for x in table.of_area(area) if not x.key.split}
    for code in _SAID:
        line = held.get(code)
        if line is None or line.now.state is not State.FIGURE:
            continue
        now = words.cell_text(line.now, line.kind)
        label = f"{line.label[0].lower()}{line.label[1:]}"
        yield f"{label} {now}{_before(table, line)}"


def _before(table: ReturnTable, line: Line) -> str:
    if len(line.months) > 1:
        cell, month = line.months[-2], table.months[-2]
    else:
        known = [each for each in table.earlier if each.key == line.key]
        if not known:
            return ""
        cell, month = known[0].cells[-1], known[0].months[-1]
    if cell.state is not State.FIGURE:
        return ""
    text = words.cell_text(cell, line.kind)
    return f" ({month.first_day:%B} {text})"
