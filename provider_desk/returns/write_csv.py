"""The return as tidy csv: one row per line and period."""

import csv
import io
import re
from collections.abc import Iterator

from provider_desk.returns import outline, reading, words
from provider_desk.returns.table import (
    SHORTHAND,
    Cell,
    Line,
    Protection,
    ReturnTable,
    State,
)

#: The columns, in order.
COLUMNS = (
    "period",
    "provider",
    "area",
    "indicator",
    "split",
    "label",
    "unit",
    "numerator",
    "denominator",
    "value",
    "state",
    "note",
    "version",
)

#: One more where the figures are rounded: between which counts the real one normally
#: lies, "1 to 9". Source: disclosure, §5.
NORMALLY = "normally_means"
#: Stands there where a written agreement lets a figure go exact.
EXACT = "exact"

_RUNS_AS_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")


def write_csv(table: ReturnTable) -> bytes:
    r"""A return as csv: UTF-8 without a byte order mark, lines ending in ``\r\n``.

    ``period`` is a month, "2017-09", or the year to date, "2017-04 to 2017-09".
    ``area`` is the area's code, "ALL" for the sum; ``split`` is empty for the whole.
    ``value`` is a plain number; for a ratio the share from 0 to 1 with up to four
    decimals (its unit is "share") beside numerator and denominator; for a band its
    words, "57-91 days"; for what else is no figure the shorthand of its state. ``note``
    says on every row where it may not go, or that it is rounded; that of the first row
    says in full how rounded figures are read.

    Raises:
        ValueError: a council copy says more than it may; a fault of the program.
    """
    outline.check_copy(table)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    rounded = table.protection is not None
    writer.writerow((*COLUMNS, NORMALLY) if rounded else COLUMNS)
    writer.writerows(_rows(table))
    return written.getvalue().encode("utf-8")


def unit_of(line: Line) -> str:
    """The unit of ``value``: a ratio's is a share, never a percentage."""
    return "share" if line.kind == "ratio" else line.unit


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula, on one line.

    What begins like a formula gets an apostrophe in front.
    """
    line = " ".join(text.split())
    return f"'{line}" if _RUNS_AS_FORMULA.match(line) else line


def _rows(table: ReturnTable) -> Iterator[list[str]]:
    provider, mark = defused(table.provider), _mark(table)
    in_full = _in_full(table)
    periods = [str(month) for month in table.months]
    for line in table.lines:
        named = [
            defused(text)
            for text in (
                line.key.area,
                line.key.indicator,
                line.key.split,
                line.label,
                unit_of(line),
            )
        ]
        cells = [
            *zip(periods, line.months, strict=True),
            (words.year_to_date_period(table), line.year_to_date),
        ]
        for period, cell in cells:
            note = defused(f"{_note(cell)} {mark} {in_full}")
            in_full = ""
            figures = _figures(line, cell)
            row = [
                period, provider, *named, *figures, cell.state.value, note,
                str(table.version),
            ]  # fmt: skip
            if table.protection is not None:
                row.append(_normally(cell, table.protection))
            yield row


def _in_full(table: ReturnTable) -> str:
    """How rounded figures are read; "" where they are exact. Source: disclosure, §5."""
    if table.protection is None:
        return ""
    return " ".join((f"{reading.TITLE}.", *reading.how_to_read(table.protection)))


def _mark(table: ReturnTable) -> str:
    said = [words.INTERNAL] if table.copy == "internal" else []
    if table.protection is not None:
        said.append(_rounded(table.protection))
    if table.invented:
        said.append(words.INVENTED)
    return " ".join(f"{text}." for text in said)


def _rounded(known: Protection) -> str:
    return (
        f"Rounded, 0 is not nobody: normally within {known.normally}, never more than "
        f"{known.bound} away"
    )


def _normally(cell: Cell, known: Protection) -> str:
    """Between which counts the real figure lies; "" for what is no count."""
    counted = cell.state is State.FIGURE and cell.denominator is None
    if not counted or not isinstance(cell.value, int):
        return ""
    return EXACT if cell.exact else reading.normally_means(cell.value, known)


def _note(cell: Cell) -> str:
    """The note, behind the mark of a provisional or revised figure."""
    return f"[{cell.mark}] {cell.note}".strip() if cell.mark else cell.note


def _figures(line: Line, cell: Cell) -> tuple[str, str, str]:
    """Numerator, denominator and value; a share of nobody shows its 0 of 0."""
    figure = words.figure_of(cell, line.kind)
    if figure is None:
        shorthand = SHORTHAND.get(cell.state, cell.note)
        nobody = words.share_of_nobody(cell)
        return ("0", "0", shorthand) if nobody else ("", "", shorthand)
    return _number(cell.numerator), _number(cell.denominator), words.plain(figure)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
