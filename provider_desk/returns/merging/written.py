"""The merged returns as files: the council's scorecard, and the benchmark beside it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from provider_desk.model.errors import DeskError
from provider_desk.returns import outline, words
from provider_desk.returns.merging.merged import Beside, Merged
from provider_desk.returns.table import Cell, State
from provider_desk.returns.write_csv import write_csv
from provider_desk.returns.write_json import write_json

if TYPE_CHECKING:
    from provider_desk.returns.pdf.layout import Block

FORMATS = ("csv", "xlsx", "pdf", "json")

#: Parts that the printed benchmark shows; the workbook and the csv have all.
_OF_THE_WHOLE = ("", "median", "planned", "unplanned")
_TITLE = "Benchmark: {area}"


def write_merged(merged: Merged, ending: str) -> bytes:
    """Merged returns in a format; the same returns give the same bytes.

    Raises:
        DeskError: there is no such format.
    """
    match ending:
        case "csv":
            return _csv(merged)
        case "xlsx":
            return _xlsx(merged)
        case "pdf":
            return _pdf(merged)
        case "json":
            return write_json(merged.table)
        case _:
            raise DeskError(
                f"There is no format “{ending}”.", f"There are: {', '.join(FORMATS)}."
            )


def _csv(merged: Merged) -> bytes:
    """The tidy rows of every provider, then those of the sum, under one head."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for number, table in enumerate((*merged.returns, merged.table)):
        rows = csv.reader(io.StringIO(write_csv(table).decode("utf-8"), newline=""))
        writer.writerows(list(rows)[min(number, 1) :])
    return written.getvalue().encode("utf-8")


def benchmarks(merged: Merged) -> Iterator[tuple[str, str, tuple[Beside, ...]]]:
    """For each area: its short name, its title, and what to compare there."""
    for area in merged.table.areas:
        held = tuple(b for b in merged.beside if b.line.key.area == area.code)
        shown = tuple(b for b in held if any(_says(c) for c in (*b.cells, *b.years)))
        if shown:
            name = outline.area_name(area)
            yield f"Benchmark {name}", _TITLE.format(area=area.label), shown


def _says(cell: Cell) -> bool:
    return cell.state in (State.FIGURE, State.BAND) or cell.denominator == 0


def _heads(merged: Merged) -> Sequence[str]:
    return (*merged.providers, "All providers")


def _cells(beside: Beside) -> tuple[Cell, ...]:
    return (*beside.cells, beside.line.now)


def _years(beside: Beside) -> tuple[Cell, ...]:
    return (*beside.years, beside.line.year_to_date)


def _xlsx(merged: Merged) -> bytes:
    # Each format's library is slow to import, so it waits until it is asked for.
    from provider_desk.returns.xlsx.book import book  # noqa: PLC0415
    from provider_desk.returns.xlsx.sheet import (  # noqa: PLC0415
        LABEL,
        NARROW,
        RATIO,
        Column,
        Sheet,
        content_of,
    )
    from provider_desk.returns.xlsx.sheets import sheets  # noqa: PLC0415

    table = merged.table
    heads = [
        Column("No", NARROW),
        Column("Indicator", LABEL),
        *(
            Column(f"{who}, {period}", RATIO, figures=True)
            for period in (table.month.short_name, "year to date")
            for who in _heads(merged)
        ),
    ]
    beside = tuple(
        Sheet(
            name,
            title,
            tuple(heads),
            tuple(
                (
                    each.line.key.indicator,
                    each.line.label,
                    *(
                        content_of(cell, each.line.kind)
                        for cell in (*_cells(each), *_years(each))
                    ),
                )
                for each in shown
            ),
            frozen=2,
        )
        for name, title, shown in benchmarks(merged)
    )
    outline.check_copy(table)
    title = f"{outline.title(table)}, {table.provider}"
    return book(sheets(table, beside), words.marks(table), title)


def _pdf(merged: Merged) -> bytes:
    from provider_desk.returns.pdf import style  # noqa: PLC0415
    from provider_desk.returns.pdf.document import document  # noqa: PLC0415

    outline.check_copy(merged.table)
    # Widths of words are measured as soon as a table is put together.
    style.load_fonts()
    return document(merged.table, tuple(_pdf_blocks(merged)))


def _pdf_blocks(merged: Merged) -> Iterator["Block"]:
    from provider_desk.returns.pdf.document import heading  # noqa: PLC0415
    from provider_desk.returns.pdf.grid import Column, Grid  # noqa: PLC0415
    from provider_desk.returns.pdf.layout import WIDTH, Block  # noqa: PLC0415

    heads = _heads(merged)
    label = 210.0
    wide = (WIDTH - 34 - label) / (2 * len(heads))
    columns = [
        Column("No", 34),
        Column("Indicator", label),
        *(Column(who, wide, figures=True) for who in heads),
        *(Column(f"{who}, year", wide, figures=True) for who in heads),
    ]
    for _, title, shown in benchmarks(merged):
        yield heading(title)
        grid = Grid(columns, 7.2)
        for each in shown:
            if each.line.key.split not in _OF_THE_WHOLE:
                continue
            said = (
                words.cell_text(cell, each.line.kind)
                for cell in (*_cells(each), *_years(each))
            )
            grid.texts([each.line.key.indicator, each.line.label, *said])
        yield Block(grid)
