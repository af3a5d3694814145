"""The sheets beside the figures: cover, notes, impact, questions, quality, words."""

from collections.abc import Iterator
from itertools import groupby

from provider_desk.returns import accountability, matrix, outline, quality, words
from provider_desk.returns.scores import LEVEL, NEGATIVE, POSITIVE
from provider_desk.returns.table import ReturnTable
from provider_desk.returns.xlsx.sheet import (
    LABEL,
    NARROW,
    RATIO,
    Column,
    Sheet,
    as_number,
)

#: Characters that a cell of words is wide.
_WORDS = 90
_LONGEST_NAME = 31


def cover(table: ReturnTable) -> Sheet:
    """What the return is, and how to read it."""
    rows = (
        *outline.cover_facts(table),
        *(("How to read it", text) for text in outline.carries(table)),
    )
    columns = (Column("About this return", 28), Column("In words", _WORDS))
    about = "This sheet holds one table. The sheets are listed in Contents."
    return Sheet("Cover", outline.title(table), columns, rows, about=about)


def contents(sheets: tuple[Sheet, ...]) -> Sheet:
    """Every other sheet and what it holds; its name opens it."""
    rows = tuple((sheet.name, sheet.title) for sheet in sheets)
    columns = (Column("Sheet", 20, links=True), Column("What it holds", _WORDS))
    about = "This sheet holds one table. The name of a sheet opens it."
    return Sheet("Contents", "Contents", columns, rows, about=about)


def notes(table: ReturnTable, numbers: dict[str, int]) -> Sheet:
    """Shorthand, signs and remarks."""
    signs = words.shorthand_legend(table.protection)
    rows = (
        *(("Shorthand", s.sign, s.meaning) for s in signs),
        *(("Direction", s.sign, s.meaning) for s in words.direction_legend()),
        *(("Rating", s.sign, s.meaning) for s in words.rating_legend()),
        *(("Note", f"[note {n}]", text) for text, n in numbers.items()),
        *(("General", words.NOTHING, text) for text in outline.general_notes(table)),
    )
    columns = (Column("Kind", 14), Column("Sign", 14), Column("Meaning", _WORDS))
    return Sheet("Notes", "Notes: shorthand, signs and remarks", columns, rows)


def impact(table: ReturnTable) -> Iterator[Sheet]:
    """One sheet for each measure: band at first by band at last."""
    by_measure = groupby(matrix.matrices(table), key=lambda each: each.title)
    for title, group in by_measure:
        held = tuple(group)
        names = held[0].names
        columns = (
            Column("Period", 26),
            Column("Band at first", 26),
            *(Column(f"to {name}", RATIO, figures=True) for name in names),
        )
        rows = tuple(
            (each.period, name, *map(as_number, texts))
            for each in held
            for name, texts in zip(each.starts, each.cells, strict=True)
        )
        name = f"Impact {title.partition(',')[0]}"[:_LONGEST_NAME]
        yield Sheet(name, f"Impact: {title}, episodes", columns, rows, frozen=2)
    yield _moved(table)


def _moved(table: ReturnTable) -> Sheet:
    """How many moved to a better band, stayed, or moved to a worse one."""
    columns = (
        Column("Measure", 30),
        Column("Period", 26),
        Column("In all", RATIO, figures=True),
        *(
            Column(f"{matrix.MOVED[move]} ({move})".capitalize(), 18, figures=True)
            for move in (POSITIVE, LEVEL, NEGATIVE)
        ),
        Column("What to know", 50),
    )
    rows = tuple(
        (
            each.title,
            each.period,
            *map(as_number, (each.whole, *each.sums)),
            each.state or words.NOTHING,
        )
        for each in matrix.matrices(table)
    )
    return Sheet("Impact", "Impact: better, same or worse band", columns, rows)


def questions(table: ReturnTable) -> Sheet:
    """The three questions and their figures."""
    columns = (
        Column("Question", 26),
        Column("No", NARROW),
        Column("Indicator", 60),
        Column(table.month.short_name, RATIO, figures=True),
        Column(words.year_to_date_head(table), RATIO, figures=True),
    )
    rows = tuple(
        (
            question.words,
            answer.code,
            answer.label,
            as_number(answer.month),
            as_number(answer.year),
        )
        for question in accountability.questions(table)
        for answer in question.answers
    )
    title = "Outcomes-based accountability: three questions"
    return Sheet("Accountability", title, columns, rows, frozen=1)


def data_quality(table: ReturnTable) -> Sheet:
    """What was not asked, not recorded, late or not submitted."""
    columns = (
        Column("No", NARROW),
        Column("What was recorded", 50),
        Column("Area", 12),
        Column(table.month.short_name, RATIO, figures=True),
        Column(words.year_to_date_head(table), RATIO, figures=True),
        Column("What to know", 60),
    )
    rows = tuple(
        (
            each.code,
            each.label,
            each.area,
            as_number(each.month),
            as_number(each.year),
            each.remark,
        )
        for each in quality.findings(table)
    )
    return Sheet("Data quality", "Data quality", columns, rows, frozen=2)


def narrative(table: ReturnTable) -> Sheet:
    """The narrative, case studies and quotes, one row for each."""
    names = {area.code: outline.area_name(area) for area in table.areas}
    columns = (Column("Area", 16), Column("About", 28), Column("In words", _WORDS))
    rows = tuple(
        (names.get(told.area, "The whole service"), told.label, told.words)
        for told in table.told
        if told.words
    )
    return Sheet("In words", "In words", columns, rows, frozen=2)


def restated(table: ReturnTable) -> Sheet:
    """What counts differently now from what was sent; internal copies only."""
    columns = (
        Column("No", NARROW),
        Column("Indicator", LABEL),
        Column("Area", 12),
        Column("Month", 16),
        Column("Sent", 10, figures=True),
        Column("Now", 10, figures=True),
        Column("Change", 10, figures=True),
        Column("Kind of reason", 30),
    )
    rows = tuple(
        tuple(map(as_number, outline.restated_texts(table, each)))
        for each in table.restated
    )
    title = "Figures that count differently now"
    return Sheet("Restated", title, columns, rows, frozen=2)


def indicators(table: ReturnTable) -> Sheet:
    """Every indicator with its limits."""
    columns = (
        Column("No", NARROW),
        Column("Indicator", LABEL),
        Column("Group", 12),
        Column("Unit", 12),
        Column("Counted as", 14),
        Column("Better is", 12),
        Column("Within limits", 30),
        Column("What to know", 50),
    )
    rows = tuple(
        (
            line.key.indicator,
            outline.indicator_name(line),
            line.group,
            line.unit,
            words.KIND_WORDS.get(line.kind, line.kind),
            line.better or "neither",
            line.limit or "not rated",
            line.about or words.NOTHING,
        )
        for line in outline.indicators(table)
    )
    return Sheet("Indicators", "Indicators and their limits", columns, rows, frozen=2)


def checks(table: ReturnTable) -> Sheet:
    """The checks before sign-off; internal copies only."""
    columns = (
        Column("Area", 10),
        Column("What must hold", 60),
        Column("Result", 34, signs=True),
        Column("What was found", 60),
        Column("Records at fault", 16, figures=True),
    )
    rows = tuple(
        (
            check.area,
            check.title,
            words.check_result(check),
            check.text,
            len(check.rows),
        )
        for check in table.checks
    )
    return Sheet("Checks", "Checks before sign-off", columns, rows, frozen=2)
