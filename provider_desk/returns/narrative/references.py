"""Figures that words take by reference, so that text and table cannot disagree.

``{B1}`` is the figure of the words' own area in the return's month. ``{D1_unplanned}``
is a part, blanks written as underscores; ``{B1@2017-08}`` another month of the year,
``{A1@ytd}`` the year to date, ``{B1:THER}`` another area, ``{B1:ALL}`` the sum.
Source: monthly return, §6.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.table import Cell, Line, ReturnTable, State

_MARK = re.compile(r"\{([^{}\n]*)\}")
_INSIDE = re.compile(
    r"(?P<code>[A-Z]\d+[a-z]*)(?:_(?P<split>[^@:]+))?"
    r"(?::(?P<area>[A-Za-z_]+))?(?:@(?P<when>\d{4}-\d{2}|ytd))?"
)
YEAR_TO_DATE = "ytd"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in words.

    Attributes:
        start, end: where it stands, the end exclusive.
        text: as it was typed, with its brackets.
        line: the line of the return, None where there is none.
        cell: the cell, None where there is none.
        problem: what is wrong with it and what to do, "" where it is right.
    """

    start: int
    end: int
    text: str
    line: Line | None = None
    cell: Cell | None = None
    problem: str = ""

    @property
    def said(self) -> str:
        """What stands there in print; a state is said in words."""
        if self.line is None or self.cell is None:
            return self.text
        if self.cell.state is State.FIGURE:
            unmarked = replace(self.cell, mark="")
            return words.cell_text(unmarked, self.line.kind)
        if self.cell.state is State.BAND:
            return self.cell.note
        return words.STATE_WORDS[self.cell.state]


def references(text: str, table: ReturnTable, area: str) -> tuple[Reference, ...]:
    """Every reference in words, in order, right or not.

    Args:
        text: as it was typed.
        table: the return that the words go with.
        area: code of the area that the words are about.
    """
    return tuple(_found(each, table, area) for each in _MARK.finditer(text))


def filled(text: str, table: ReturnTable, area: str) -> str:
    """The words with their figures in place; what is no right reference stays."""
    parts: list[str] = []
    at = 0
    for each in references(text, table, area):
        parts += (text[at : each.start], each.said)
        at = each.end
    return "".join((*parts, text[at:]))


def name_of(line: Line) -> str:
    """How a line is referred to in words about its own area: "{D1_planned}"."""
    split = f"_{line.key.split.replace(' ', '_')}" if line.key.split else ""
    return f"{{{line.key.indicator}{split}}}"


def _found(mark: re.Match[str], table: ReturnTable, area: str) -> Reference:
    start, end, text = mark.start(), mark.end(), mark[0]
    inside = _INSIDE.fullmatch(mark[1].strip())
    if inside is None:
        return Reference(
            start, end, text,
            problem=f"“{text}” is not how a figure is named; write it as {{B1}}.",
        )  # fmt: skip
    wanted = inside["area"] or area
    if wanted not in {each.code for each in table.areas}:
        if inside["area"]:
            listed = ", ".join(each.code for each in table.areas)
            return Reference(
                start, end, text,
                problem=f"“{text}” names the area “{wanted}”. There are: {listed}.",
            )  # fmt: skip
        wanted = table.areas[-1].code
    line = _line(table, inside["code"], inside["split"] or "", wanted)
    if line is None:
        return Reference(start, end, text, problem=_unknown(text, inside, table))
    when = inside["when"] or str(table.month)
    cell = _cell(line, when, table)
    if cell is None:
        months = f"{table.months[0]} to {table.month}"
        return Reference(
            start, end, text, line,
            problem=f"“{text}” asks for a month that is not in this return: {months}.",
        )  # fmt: skip
    return Reference(start, end, text, line, cell)


def _line(table: ReturnTable, code: str, split: str, area: str) -> Line | None:
    wanted = _plain(split)
    for line in table.of_area(area):
        if line.key.indicator == code and _plain(line.key.split) == wanted:
            return line
    return None


def _plain(split: str) -> str:
    return split.replace("_", " ").strip().casefold()


def _cell(line: Line, when: str, table: ReturnTable) -> Cell | None:
    if when == YEAR_TO_DATE:
        return line.year_to_date
    months: dict[str, int] = {str(each): at for at, each in enumerate(table.months)}
    return line.months[months[when]] if when in months else None


def _unknown(text: str, inside: re.Match[str], table: ReturnTable) -> str:
    named = list(dict.fromkeys(name_of(line) for line in table.lines))
    typed = inside["code"] + (f"_{inside['split']}" if inside["split"] else "")
    near = get_close_matches(f"{{{typed}}}", named, n=3, cutoff=0.5)
    advice = f"Do you mean {' or '.join(near)}?" if near else "Take one from the list."
    return f"There is no figure “{text}” in this return. {advice}"


def months_of_quarter(month: Month) -> Iterator[Month]:
    """The three months of the quarter that ends with a month."""
    return (month.plus(step) for step in (-2, -1, 0))
