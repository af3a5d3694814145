"""The pages of the return: what stands on them, and what stands on every one."""

import io
from collections.abc import Iterator

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from provider_desk.returns import outline, words
from provider_desk.returns import pdf_style as style
from provider_desk.returns.pdf_cover import Cover
from provider_desk.returns.pdf_layout import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    Block,
    Heading,
    Page,
    Sentence,
    paginate,
)
from provider_desk.returns.pdf_rows import Head, text_table
from provider_desk.returns.pdf_tables import by_area_table, figures_table
from provider_desk.returns.table import ReturnTable

_PROGRAM = "Provider Desk"
#: Room below a heading for the head of its table and a few rows.
_ROWS_BELOW = 90.0


def document(table: ReturnTable) -> bytes:
    """The return as a document; the same table gives the same bytes."""
    style.load_fonts()
    written = io.BytesIO()
    canvas = Canvas(
        written,
        pagesize=landscape(A4),
        invariant=1,
        pageCompression=1,
        lang="en-GB",
        initialFontName=style.REGULAR,
    )
    _describe(canvas, table)
    pages = paginate(canvas, tuple(_blocks(table)))
    for number, page in enumerate(pages, start=1):
        _draw(canvas, table, page, number, len(pages))
    canvas.save()
    return written.getvalue()


def _describe(canvas: Canvas, table: ReturnTable) -> None:
    """Title and language; no author, no date, nothing of this machine."""
    canvas.setTitle(f"{outline.title(table)}, {table.provider}")
    canvas.setSubject(words.banner(table))
    canvas.setCreator(_PROGRAM)
    canvas.setProducer(_PROGRAM)
    canvas._doc.info.author = ""  # noqa: SLF001  setAuthor("") writes “anonymous”
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()


def _blocks(table: ReturnTable) -> Iterator[Block]:
    numbers = outline.numbered_notes(table)
    yield Block(Cover(table), bookmark="Cover")
    for part in (outline.summary(table), *outline.area_parts(table)):
        yield _heading(part.title)
        yield Block(figures_table(table, part, numbers))
        if part.code == "SUMMARY" and outline.by_area(table):
            yield _heading(f"{table.month.name} by service area", level=1)
            yield Block(by_area_table(table))
    yield from _notes(table, numbers)
    if table.copy != "council":
        yield from _checks(table)


def _heading(text: str, level: int = 0) -> Block:
    return Block(
        Heading(text),
        before=14,
        bookmark=text,
        level=level,
        new_page=True,
        needs=_ROWS_BELOW,
    )


def _notes(table: ReturnTable, numbers: dict[str, int]) -> Iterator[Block]:
    yield _heading("Notes")
    for text in outline.general_notes(table):
        yield Block(Sentence(text))
    if numbers:
        rows = [(f"[note {number}]", text) for text, number in numbers.items()]
        heads = (Head("Note", 60), Head("What it says", WIDTH - 60))
        yield Block(text_table(heads, rows, bold_first=True), before=10)
    yield Block(
        Heading("Indicators and their limits"),
        before=16,
        bookmark="Indicators and their limits",
        level=1,
        needs=_ROWS_BELOW,
    )
    yield Block(_indicators(table))


def _indicators(table: ReturnTable) -> object:
    heads = (
        Head("No", 34),
        Head("Indicator", 230),
        Head("Unit", 66),
        Head("Counted as", 78),
        Head("Better is", 52),
        Head("Within limits", 120),
        Head("What to know", WIDTH - 580),
    )
    rows = [
        (
            line.key.indicator,
            outline.indicator_name(line),
            line.unit,
            words.KIND_WORDS.get(line.kind, line.kind),
            line.better or "neither",
            line.limit or "not rated",
            line.about or words.NOTHING,
        )
        for line in outline.indicators(table)
    ]
    return text_table(heads, rows, size=8)


def _checks(table: ReturnTable) -> Iterator[Block]:
    yield _heading("Checks before sign-off")
    yield Block(Sentence(outline.checks_sentence(table)))
    if not table.checks:
        return
    heads = (
        Head("Area", 60),
        Head("What must hold", 250),
        Head("Result", 170),
        Head("What was found", WIDTH - 560),
        Head("Records at fault", 80, figures=True),
    )
    rows = [
        (
            check.area,
            check.title,
            words.check_result(check),
            check.text,
            str(len(check.rows)),
        )
        for check in table.checks
    ]
    yield Block(text_table(heads, rows), before=6)


def _draw(
    canvas: Canvas, table: ReturnTable, page: Page, number: int, pages: int
) -> None:
    for place, placed in enumerate(page):
        if placed.bookmark:
            key = f"page {number} {place}"
            canvas.bookmarkPage(key, fit="XYZ", top=PAGE_HEIGHT)
            canvas.addOutlineEntry(placed.bookmark, key, placed.level, closed=False)
        placed.drawn.drawOn(canvas, MARGIN, placed.y)
    _frame(canvas, table, number, pages)
    if table.invented:
        _watermark(canvas)
    canvas.showPage()


def _frame(canvas: Canvas, table: ReturnTable, number: int, pages: int) -> None:
    """Head and foot of every page."""
    head, foot = PAGE_HEIGHT - 30, 20
    right = PAGE_WIDTH - MARGIN
    canvas.setFont(style.BOLD, 9)
    canvas.setFillColor(style.ACCENT if table.copy == "council" else style.BAD)
    canvas.drawRightString(right, head, words.banner(table))
    canvas.setFillColor(style.SOFT)
    canvas.setFont(style.REGULAR, 8)
    canvas.drawString(MARGIN, head, f"{table.provider} · {table.month.name}")
    said = f"{table.contract} · version {table.version}"
    if table.invented:
        said = f"{said} · {words.INVENTED}"
    canvas.drawString(MARGIN, foot, said)
    canvas.drawRightString(right, foot, f"Page {number} of {pages}")
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, foot + 11, right, foot + 11)


def _watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(style.SOFT)
    canvas.setFillAlpha(0.08)
    canvas.setFont(style.BOLD, 46)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(28)
    canvas.drawCentredString(0, -16, words.INVENTED)
    canvas.restoreState()
