"""The return as tidy csv: one row per line and period."""

import csv
import io
import re
from collections.abc import Iterator

from provider_desk.returns import outline, words
from provider_desk.returns.table import SHORTHAND, Cell, Line, ReturnTable

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

_RUNS_AS_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")


def write_csv(table: ReturnTable) -> bytes:
    r"""A return as csv: UTF-8 without a byte order mark, lines ending in ``\r\n``.

    ``period`` is a month, "2017-09", or the year to date, "2017-04 to 2017-09".
    ``area`` is the area's code, "ALL" for the sum; ``split`` is empty for the whole.
    ``value`` is a plain number; for a ratio the share from 0 to 1 with up to four
    decimals (its unit is "share") beside numerator and denominator; for what is no
    figure the shorthand of its state. ``note`` says on every row where it may not go.

    Raises:
        ValueError: a council copy says more than it may; a fault of the program.
    """
    outline.check_copy(table)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
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
            note = defused(f"{cell.note} {mark}")
            figures = _figures(line, cell)
            yield [
                period, provider, *named, *figures, cell.state.value, note,
                str(table.version),
            ]  # fmt: skip


def _mark(table: ReturnTable) -> str:
    said = [] if table.copy == "council" else [words.INTERNAL]
    if table.invented:
        said.append(words.INVENTED)
    return " ".join(f"{text}." for text in said)


def _figures(line: Line, cell: Cell) -> tuple[str, str, str]:
    """Numerator, denominator and value; a share of nobody shows its 0 of 0."""
    figure = words.figure_of(cell, line.kind)
    if figure is None:
        shorthand = SHORTHAND[cell.state]
        nobody = words.share_of_nobody(cell)
        return ("0", "0", shorthand) if nobody else ("", "", shorthand)
    return _number(cell.numerator), _number(cell.denominator), words.plain(figure)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
