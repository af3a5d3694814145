"""How a council's workbook names the figures of a return.

``PD_`` and the indicator, then what is wanted of: the part, the area, the period, and
which number, each only where it is needed, joined by ``_``; every other sign is ``_``::

    PD_A1                referrals received, all areas (or the one area), this month
    PD_A1_THER           of one area
    PD_B2_0_28           a part: waits of 0-28 days
    PD_D1_PLANNED_YTD    the year to date
    PD_A1_THER_APR       April of this financial year; months to come stay as they are
    PD_C9_N, PD_C9_D     numerator and denominator of a share; PD_C9 is the share
    PD_C9_TEXT           in words: "3/8 (38%)"

``PD_PROVIDER``, ``PD_MONTH`` and others in ``FACTS`` are words of the cover. Large and
small letters are the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from provider_desk.returns import outline, words
from provider_desk.returns.table import (
    SHORTHAND,
    Cell,
    Line,
    LineKey,
    ReturnTable,
    State,
)

PREFIX = "PD_"

#: What is wanted of a cell: its figure, numerator, denominator, or its words.
PARTS = ("value", "n", "d", "text")

_PART_ENDS = {"": "value", "_N": "n", "_D": "d", "_TEXT": "text"}
_MONTHS = (
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "MAY",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
)
_OTHER_SIGNS = re.compile(r"[^A-Z0-9]+")

#: Name → words of the cover.
FACTS: dict[str, Callable[[ReturnTable], str]] = {
    "PD_PROVIDER": lambda table: table.provider,
    "PD_CONTRACT": lambda table: table.contract,
    "PD_MONTH": lambda table: table.month.name,
    "PD_AS_AT": lambda table: outline.long_date(table.month.last_day),
    "PD_STATUS": lambda table: table.status,
    "PD_VERSION": lambda table: str(table.version),
    "PD_COPY": words.banner,
    "PD_MONTHS_COVERED": lambda t: f"{t.months_covered} of {len(t.months)} months",
    "PD_HOW_TO_READ": lambda table: " ".join(outline.carries(table)),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a cell of the workbook is to hold.

    Attributes:
        key: the line.
        period: a number of a calendar month, 0 for the return's own month, -1 for the
            year to date.
        part: one of ``PARTS``.
    """

    key: LineKey
    period: int
    part: str


THIS_MONTH, YEAR_TO_DATE = 0, -1


class Names:
    """Every name that a return knows."""

    def __init__(self, table: ReturnTable) -> None:
        self._table = table
        self._lines: dict[str, set[LineKey]] = {}
        whole = table.areas[-1].code
        for line in table.lines:
            key = line.key
            base = "_".join(filter(None, (slug(key.indicator), slug(key.split))))
            self._add(f"{base}_{slug(key.area)}", key)
            if key.area == whole:
                self._add(base, key)

    def _add(self, name: str, key: LineKey) -> None:
        self._lines.setdefault(name, set()).add(key)

    def targets(self, name: str) -> tuple[Target, ...]:
        """What a name means: nothing, one thing, or several where it is unclear."""
        rest = name.upper().removeprefix(PREFIX)
        found = {
            Target(key, period, part)
            for ending, period in _period_ends()
            for part_ending, part in _PART_ENDS.items()
            if rest.endswith(ending + part_ending)
            for key in self._lines.get(
                rest.removesuffix(part_ending).removesuffix(ending), ()
            )
        }
        return tuple(sorted(found, key=repr))

    def all(self) -> Iterator[str]:
        """Every name of a month's figure, for saying what is near."""
        return (f"{PREFIX}{name}" for name in self._lines)


def _period_ends() -> Iterator[tuple[str, int]]:
    yield "", THIS_MONTH
    yield "_YTD", YEAR_TO_DATE
    yield from ((f"_{name}", number) for number, name in enumerate(_MONTHS, start=1))


def slug(text: str) -> str:
    """Words as part of a name: "0-28" is "0_28"."""
    return _OTHER_SIGNS.sub("_", text.upper()).strip("_")


def value_of(table: ReturnTable, target: Target) -> Decimal | str | None:
    """What goes into a cell; None for a month that is still to come.

    Raises:
        KeyError: the return has no such line.
    """
    key = target.key
    line = table.line(key.indicator, key.split, key.area)
    cell = _cell(table, line, target.period)
    return None if cell is None else _written(cell, line, target.part)


def _cell(table: ReturnTable, line: Line, period: int) -> Cell | None:
    if period == YEAR_TO_DATE:
        return line.year_to_date
    if period == THIS_MONTH:
        return line.now
    held = {
        month.number: cell
        for month, cell in zip(table.months, line.months, strict=True)
    }
    return held.get(period)


def _written(cell: Cell, line: Line, part: str) -> Decimal | str:
    if part == "text":
        return words.cell_text(cell, line.kind)
    if cell.state is State.FIGURE and part in ("n", "d"):
        counted = cell.numerator if part == "n" else cell.denominator
        return words.NOTHING if counted is None else Decimal(counted)
    figure = words.figure_of(cell, line.kind)
    if figure is None:
        return SHORTHAND.get(cell.state) or cell.note or words.NOTHING
    return Decimal(words.plain(figure))


def period_of(text: str) -> int:
    """A period as a mapping has it: "month", "ytd" or "apr".

    Raises:
        ValueError: it is none of these.
    """
    said = text.strip().upper()
    if said in ("", "MONTH"):
        return THIS_MONTH
    if said in ("YTD", "YEAR TO DATE"):
        return YEAR_TO_DATE
    if said in _MONTHS:
        return _MONTHS.index(said) + 1
    raise ValueError("no period")
