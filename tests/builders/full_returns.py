"""Invented returns with every indicator that ships, in words and signatures too."""

from dataclasses import replace

from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.direction import kind_of
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Direction,
    Earlier,
    Line,
    LineKey,
    Protection,
    Rating,
    Restated,
    ReturnTable,
    State,
    Told,
)
from tests.builders.return_tables import a_return_table, figure, for_council

TOLD = (
    Told("THER", "WELL", "Working well", "More people started within eight weeks."),
    Told("THER", "WORRIED", "Worried about", "The list grows.\nRooms are few."),
    Told("THER", "NEEDS", "Needs to happen", "A second evening."),
    Told("ALL", "STUDY", "Case study", "A composite of several people. " * 30),
)


def a_full_table(
    *, areas: int = 3, months: int = 6, copy: str = "internal"
) -> ReturnTable:
    """A return of that many areas and months since April 2017, with every indicator."""
    base = a_return_table(areas=areas, months=months)
    lines = tuple(
        _line(shown, area, months, place)
        for area in base.areas
        for place, shown in enumerate(catalogue().figures)
    )
    made = replace(
        base,
        lines=lines,
        status="final",
        signed=("Signed off on 4 October 2017 by the manager.",),
        contact="The service manager",
        told=TOLD,
        months_covered=months,
        earlier=_earlier(base.areas, base.month, 13 - months),
        restated=(Restated(LineKey("A1", "", "THER"), Month(2017, 4), 12, 13, "late"),),
    )
    if copy == "internal":
        return made
    return replace(
        made,
        copy=copy,
        lines=tuple(for_council(line) for line in lines),
        earlier=tuple(
            replace(each, cells=tuple(_rounded(cell) for cell in each.cells))
            for each in made.earlier
        ),
        protection=Protection(),
        restated=(),
        checks=(),
    )


def _line(shown: Figure, area: AreaName, months: int, place: int) -> Line:
    kind = kind_of(shown)
    cells = tuple(_cell(kind, place + step) for step in range(months))
    return Line(
        key=LineKey(shown.code, shown.split, area.code),
        group=shown.group,
        label=shown.label,
        unit=shown.unit,
        kind=kind,
        tier=shown.tier,
        months=cells,
        year_to_date=cells[-1],
        direction=Direction.UP if months > 1 else Direction.NONE,
        rating=Rating.IMPROVED if shown.better and months > 1 else Rating.NONE,
        better=shown.better,
        limit="10% or 1, whichever is larger" if shown.better else "",
        about=shown.note,
    )


def _cell(kind: str, size: int) -> Cell:
    worth = 3 + size % 17
    if kind == "ratio":
        return figure(worth / 20, worth, 20)
    if kind == "mean":
        return figure(worth + 0.5, worth * 2 + 1, 2)
    return figure(worth)


def _earlier(
    areas: tuple[AreaName, ...], month: Month, wanted: int
) -> tuple[Earlier, ...]:
    """All but one of the months before April; the oldest was not submitted."""
    march = month.april.plus(-1)
    told = tuple(march.plus(step) for step in range(1 - wanted, 1))
    missing = Cell(State.NOT_SUBMITTED, note="Complete records begin later.")
    cells = (missing, *(figure(5 + step) for step in range(wanted - 1)))
    return tuple(
        Earlier(LineKey(code, "", area.code), told, cells)
        for area in areas
        for code in ("A1", "B1", "C2", "D1")
    )


def _rounded(cell: Cell) -> Cell:
    if cell.state is not State.FIGURE:
        return cell
    return replace(cell, value=round((cell.value or 0) / 5) * 5)
