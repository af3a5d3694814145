"""Pages of words: the narrative, restated figures, data quality, notes, checks."""

from collections.abc import Iterator

from provider_desk.returns import outline, quality, words
from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.beside import Beside
from provider_desk.returns.pdf.grid import Cell, Column, Grid, Row, text_grid
from provider_desk.returns.pdf.layout import WIDTH, Block
from provider_desk.returns.pdf.text import Heading, Sentence
from provider_desk.returns.table import ReturnTable, Told

_GAP = 14.0
_ACROSS = 3


def told_blocks(table: ReturnTable) -> Iterator[Block]:
    """The narrative: an area's boxes beside each other, the others below."""
    names = {area.code: area.label for area in table.areas}
    codes = dict.fromkeys(told.area for told in table.told)
    for code in codes:
        held = [told for told in table.told if told.area == code and told.words]
        if not held:
            continue
        name = names.get(code, "The whole service")
        yield Block(Heading(name, 1), before=10, bookmark=name, level=1, needs=60)
        for first in range(0, len(held), _ACROSS):
            yield Block(_boxes(held[first : first + _ACROSS]), before=6)


def _boxes(held: list[Told]) -> Beside:
    across = min(len(held), _ACROSS)
    wide = (WIDTH - _GAP * (across - 1)) / across
    return Beside(
        [(place * (wide + _GAP), _box(told, wide)) for place, told in enumerate(held)]
    )


def _box(told: Told, wide: float) -> Grid:
    made = Grid((Column(told.label, wide),), 9)
    for paragraph in filter(None, (p.strip() for p in told.words.split("\n"))):
        made.add(Row([Cell(paragraph)], rule=False, top=True))
    return made


def restated_blocks(table: ReturnTable) -> Iterator[Block]:
    """What counts differently now from what was sent."""
    yield Block(Sentence(quality.LATE))
    columns = (
        Column("No", 40),
        Column("Indicator", 300),
        Column("Area", 70),
        Column("Month", 90),
        Column("Sent", 50, figures=True),
        Column("Now", 50, figures=True),
        Column("Change", 50, figures=True),
        Column("Kind of reason", WIDTH - 650),
    )
    made = Grid(columns, 8.5)
    for each in table.restated:
        made.texts(outline.restated_texts(table, each))
    yield Block(made, before=6)


def quality_blocks(table: ReturnTable) -> Iterator[Block]:
    """The data-quality page."""
    columns = (
        Column("No", 34),
        Column("What was recorded", 250),
        Column("Area", 70),
        Column(table.month.short_name, 84, figures=True),
        Column("Year to date", 84, figures=True),
        Column("What to know", WIDTH - 522),
    )
    rows = [
        (each.code, each.label, each.area, each.month, each.year, each.remark)
        for each in quality.findings(table)
    ]
    made = Grid(columns, 8)
    for texts in rows:
        cells = [Cell(text) for text in texts]
        cells[0].ink = style.SOFT
        cells[1].head = True
        cells[-1].indent = 8
        made.add(Row(cells))
    yield Block(made)


def notes_blocks(table: ReturnTable, numbers: dict[str, int]) -> Iterator[Block]:
    """Notes, shorthand, indicators with their limits."""
    yield from (Block(Sentence(text)) for text in outline.general_notes(table))
    if numbers:
        columns = (Column("Note", 60), Column("What it says", WIDTH - 60))
        rows = [(f"[note {number}]", text) for text, number in numbers.items()]
        yield Block(text_grid(columns, rows, bold_first=True), before=10)
    if table.protection is not None:
        yield _within("Shorthand and signs")
        columns = (Column("Sign", 70), Column("What it means", WIDTH - 70))
        signs = (
            *words.shorthand_legend(table.protection),
            *words.direction_legend(),
            *words.rating_legend(),
        )
        rows = [(sign.sign, sign.meaning) for sign in signs]
        yield Block(text_grid(columns, rows, bold_first=True))
    yield _within("Indicators and their limits")
    yield Block(_indicators(table))


def _within(title: str) -> Block:
    return Block(Heading(title, 1), before=16, bookmark=title, level=1, needs=90)


def _indicators(table: ReturnTable) -> Grid:
    columns = (
        Column("No", 34),
        Column("Indicator", 230),
        Column("Unit", 66),
        Column("Counted as", 72),
        Column("Better is", 52),
        Column("Within limits", 158),
        Column("What to know", WIDTH - 612),
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
    return text_grid(columns, rows, size=8)


def checks_blocks(table: ReturnTable) -> Iterator[Block]:
    """The checks before sign-off; internal copies only."""
    yield Block(Sentence(outline.checks_sentence(table)))
    if not table.checks:
        return
    columns = (
        Column("Area", 60),
        Column("What must hold", 250),
        Column("Result", 160),
        Column("What was found", WIDTH - 540),
        Column("Records", 70, figures=True),
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
    yield Block(text_grid(columns, rows), before=6)
