"""Which sheets a return has, and in which order.

One table per sheet, a real head, nothing blank and nothing merged; numbers are
numbers. Source: monthly return, §4.
"""

from provider_desk.returns import outline
from provider_desk.returns.table import ReturnTable
from provider_desk.returns.xlsx import figures, pages
from provider_desk.returns.xlsx.sheet import Sheet


def sheets(table: ReturnTable, beside: tuple[Sheet, ...] = ()) -> tuple[Sheet, ...]:
    """Every sheet of a return that has anything to show, in order.

    Args:
        table: the return.
        beside: sheets that stand before those of the areas.
    """
    numbers = outline.numbered_notes(table)
    parts = (outline.summary(table), *outline.area_parts(table))
    names = ("Summary", *(outline.area_name(area) for area in table.areas))
    summary, *areas = (
        figures.figures_sheet(table, name, part, numbers)
        for name, part in zip(names, parts, strict=True)
    )
    made = [
        pages.notes(table, numbers),
        summary,
        *beside,
        figures.by_area(table),
        *areas,
        figures.thirteen_months(table),
        *pages.impact(table),
        pages.questions(table),
        pages.data_quality(table),
        pages.narrative(table),
        figures.rates(table),
        pages.indicators(table),
    ]
    if table.inside:
        made += [pages.restated(table), pages.checks(table)]
    shown = tuple(sheet for sheet in made if sheet.rows)
    return (pages.cover(table), pages.contents(shown), *shown)
