"""The data-quality page: what was not asked, not recorded, late or not submitted.

In a council copy everything here is worked out from published figures, as on every
other page. Source: monthly return, §4.
"""

from dataclasses import dataclass

from provider_desk.returns import outline, words
from provider_desk.returns.table import Cell, Line, ReturnTable, State

#: Indicator and part → what it says about the records.
_ASKED: tuple[tuple[str, str, str], ...] = (
    ("C13", "", "Sessions whose outcome is not recorded"),
    ("E1", "", "Closed episodes with a first and a last score"),
    ("E2", "no paired score", "Closed episodes without a pair of scores"),
    ("D6", "", "Exit strategy in place, of those live"),
    ("F1", "", "Equality questions answered, of referrals received"),
    ("F2", "", "Equality questions answered, of those live"),
    ("F3", "", "Equality questions answered, of those closed"),
)

LATE = (
    "Records that arrive late are counted in the first return after they arrive; a "
    "month that was sent does not change."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the page.

    Attributes:
        code: of the indicator, or a dash where it is none.
        label: what it says.
        area: in words.
        month: the month's figure, in words.
        year: the year to date, in words.
        remark: what to know, or a dash.
    """

    code: str
    label: str
    area: str
    month: str
    year: str
    remark: str


def findings(table: ReturnTable) -> tuple[Finding, ...]:
    """Every row, indicators first, then months and late records."""
    rows = [
        _finding(table, line, label, outline.area_name(area))
        for code, split, label in _ASKED
        for area in table.areas
        for line in table.of_area(area.code)
        if (line.key.indicator, line.key.split) == (code, split)
    ]
    return (*rows, _months(table), _late(table))


def _finding(table: ReturnTable, line: Line, label: str, area: str) -> Finding:
    return Finding(
        line.key.indicator,
        label,
        area,
        words.cell_text(line.now, line.kind),
        words.cell_text(line.year_to_date, line.kind),
        _why(table, line.now) or words.NOTHING,
    )


def _why(table: ReturnTable, cell: Cell) -> str:
    if cell.state in (State.FIGURE, State.BAND):
        return ""
    general = outline.general_notes(table)
    note = cell.note if cell.note not in general else ""
    return note or words.STATE_WORDS[cell.state].capitalize()


def absent_months(table: ReturnTable) -> tuple[str, ...]:
    """The months of this year of which no line of the return has a figure."""
    return tuple(
        month.name
        for place, month in enumerate(table.months)
        if not any(
            line.months[place].state in (State.FIGURE, State.BAND)
            for line in table.lines
        )
    )


def _months(table: ReturnTable) -> Finding:
    absent = absent_months(table)
    said = f"Not submitted: {', '.join(absent)}." if absent else "None is missing."
    there = len(table.months) - len(absent)
    return Finding(
        words.NOTHING,
        "Months with figures",
        "All areas",
        "yes" if table.month.name not in absent else "no",
        f"{there} of {len(table.months)}",
        said,
    )


def _late(table: ReturnTable) -> Finding:
    if not table.inside:
        return Finding(
            words.NOTHING, "Late records", "All areas", words.NOTHING, words.NOTHING,
            LATE,
        )  # fmt: skip
    count = len(table.restated)
    said = "See the figures that count differently now." if count else "None is known."
    return Finding(
        words.NOTHING,
        "Figures sent that count differently now",
        "All areas",
        words.NOTHING,
        str(count),
        said,
    )
