"""The pages of the return: which stand in it, and what stands on every one."""

import io
from collections.abc import Iterator

from reportlab.lib.pagesizes import A4, landscape

from provider_desk.returns import analysis, outline, words
from provider_desk.returns.charts.series import charted
from provider_desk.returns.pdf import impact, style, told
from provider_desk.returns.pdf.charts import Charts
from provider_desk.returns.pdf.cover import Cover
from provider_desk.returns.pdf.layout import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Block,
    Page,
    paginate,
)
from provider_desk.returns.pdf.tables import (
    breakdown_grid,
    by_area_grid,
    figures_grid,
)
from provider_desk.returns.pdf.tags import TaggedCanvas
from provider_desk.returns.pdf.text import Heading, Sentence
from provider_desk.returns.table import AreaName, ReturnTable

_PROGRAM = "Provider Desk"
#: Room below a heading for the head of its table and a few rows.
_ROWS_BELOW = 90.0
_MONTHS_ELSEWHERE = (
    "This month and the year to date of every part. The workbook of this return has "
    "them month by month."
)
#: Comments that reportlab writes; taken out, so that no offset changes.
_COMMENTS = (
    b"ReportLab Generated PDF document (opensource)",
    b"ReportLab generated PDF document -- digest (opensource)",
)


def document(table: ReturnTable, beside: tuple[Block, ...] = ()) -> bytes:
    """The return as a document; the same table gives the same bytes.

    Args:
        table: the return.
        beside: what stands behind the summary.
    """
    style.load_fonts()
    written = io.BytesIO()
    canvas = TaggedCanvas(
        written,
        pagesize=landscape(A4),
        invariant=1,
        pageCompression=1,
        lang="en-GB",
        initialFontName=style.REGULAR,
    )
    title = f"{outline.title(table)}, {table.provider}"
    canvas.describe(title, words.banner(table), _PROGRAM)
    canvas.showOutline()
    pages = paginate(tuple(_blocks(table, beside)))
    for number, page in enumerate(pages, start=1):
        _draw(canvas, table, page, number, len(pages))
    canvas.finish()
    canvas.save()
    content = written.getvalue()
    for comment in _COMMENTS:
        content = content.replace(comment, b" " * len(comment), 1)
    return content


def _blocks(table: ReturnTable, beside: tuple[Block, ...]) -> Iterator[Block]:
    numbers = outline.numbered_notes(table)
    whole = table.areas[-1].code
    yield Block(Cover(table), bookmark="Cover")
    yield from _summary(table, numbers)
    yield from beside
    yield heading("Thirteen months")
    yield Block(Charts(charted(table, whole), 215, 2, 8))
    for area, part in zip(table.areas, outline.area_pages(table), strict=True):
        yield heading(part.title)
        yield Block(Sentence(analysis.in_short(table, area.code)))
        yield Block(Sentence(_about(table, area), soft=True))
        if area.code != whole:
            yield Block(Charts(charted(table, area.code), 112, 4, 6.5), before=4)
        if part.lines:
            grid = figures_grid(table, part, numbers, whole_year=True)
            yield Block(grid, before=4)
    if outline.breakdowns(table):
        yield heading("Breakdowns, by service area")
        yield Block(Sentence(_MONTHS_ELSEWHERE))
        yield Block(breakdown_grid(table), before=4)
    yield heading("Impact: from first to last score")
    yield from impact.matrix_blocks(table)
    yield heading("Outcomes-based accountability")
    yield from impact.question_blocks(table)
    if any(line.group == outline.EQUALITY for line in table.lines):
        yield heading("Equality")
        yield from impact.equality_blocks(table)
    yield heading("Data quality")
    yield from told.quality_blocks(table)
    if any(each.words for each in table.told):
        yield heading("In words")
        yield from told.told_blocks(table)
    if table.inside and table.restated:
        yield heading("Figures that count differently now")
        yield from told.restated_blocks(table)
    yield heading("Notes and shorthand")
    yield from told.notes_blocks(table, numbers)
    if table.inside:
        yield heading("Checks before sign-off")
        yield from told.checks_blocks(table)


def _about(table: ReturnTable, area: AreaName) -> str:
    """What an area's page is about, and whom to ask."""
    parts = [f"{outline.area_name(area)}, contract {table.contract}."]
    if table.contact:
        parts.append(f"Owner: {table.contact}.")
    parts.append("How each line is counted stands in Notes and shorthand.")
    return " ".join(parts)


def _summary(table: ReturnTable, numbers: dict[str, int]) -> Iterator[Block]:
    summary = outline.summary(table)
    yield heading(summary.title)
    yield Block(figures_grid(table, summary, numbers))
    if outline.by_area(table):
        yield heading(f"{table.month.name} by service area", level=1)
        yield Block(by_area_grid(table))


def heading(text: str, level: int = 0) -> Block:
    """The head of a part, on a new page, with its bookmark."""
    return Block(
        Heading(text),
        before=14,
        bookmark=text,
        level=level,
        new_page=True,
        needs=_ROWS_BELOW,
    )


def _draw(
    canvas: TaggedCanvas, table: ReturnTable, page: Page, number: int, pages: int
) -> None:
    for place, placed in enumerate(page):
        if placed.bookmark:
            key = f"page {number} {place}"
            canvas.bookmarkPage(key, fit="XYZ", top=PAGE_HEIGHT)
            canvas.addOutlineEntry(placed.bookmark, key, placed.level, closed=False)
        placed.drawn.draw(canvas, MARGIN, placed.top, placed.free)
    with canvas.apart():
        _frame(canvas, table, number, pages)
        if table.invented:
            _watermark(canvas)
    canvas.end_page()


def _frame(canvas: TaggedCanvas, table: ReturnTable, number: int, pages: int) -> None:
    """Head and foot of every page."""
    head, foot = PAGE_HEIGHT - 30, 20
    right = PAGE_WIDTH - MARGIN
    canvas.setFont(style.BOLD, 9)
    canvas.setFillColor(style.BAD if table.inside else style.ACCENT)
    canvas.drawRightString(right, head, words.banner(table))
    canvas.setFillColor(style.SOFT)
    canvas.setFont(style.REGULAR, 8)
    canvas.drawString(MARGIN, head, f"{table.provider} · {table.month.name}")
    said = f"{table.contract} · {table.status}, version {table.version}"
    if table.invented:
        said = f"{said} · {words.INVENTED}"
    canvas.drawString(MARGIN, foot, said)
    canvas.drawRightString(right, foot, f"Page {number} of {pages}")
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, foot + 11, right, foot + 11)


def _watermark(canvas: TaggedCanvas) -> None:
    canvas.saveState()
    canvas.setFillColor(style.SOFT)
    canvas.setFillAlpha(0.08)
    canvas.setFont(style.BOLD, 46)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(28)
    canvas.drawCentredString(0, -16, words.INVENTED)
    canvas.restoreState()
