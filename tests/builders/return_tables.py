"""Invented returns with every kind of line, state and check."""

from dataclasses import dataclass, replace

from provider_desk.model.months import Month
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Check,
    Direction,
    Line,
    LineKey,
    Protection,
    Rating,
    ReturnTable,
    State,
)

#: An id as records have them; must never be in anything written.
RECORD_ID = "0123456789abcdef0123456789abcdef"

AREAS = (
    AreaName(
        "PES_YP", "Practical and emotional support and advocacy - young people up to 25"
    ),
    AreaName("PES_AD", "Practical and emotional support and advocacy - adults"),
    AreaName("THER", "Evidence-based therapeutic intervention (counselling)"),
)
ALL = AreaName("ALL", "All service areas of the contract")

_BANDS = ("0-28", "29-56", "57-91", "92-126", "127-182", "183-364", "365+")
_MODES = ("face to face", "outreach", "phone", "video", "text", "other")
_SOURCES = (
    "Self",
    "Police",
    "Council: adults, children and Early Help",
    "Health",
    "ISVA or other voluntary organisation",
    "Trauma and Resilience Service",
    "School or college",
    "Other or not known",
)
_LIMIT = "10% or 1, whichever is larger"


@dataclass(frozen=True)
class Indicator:
    """An invented indicator: its words, its size, its parts."""

    code: str
    group: str
    label: str
    unit: str
    kind: str = "flow"
    size: int = 20
    tier: int = 1
    better: str = ""
    parts: tuple[str, ...] = ()
    parts_tier: int = 2
    whole: bool = True


CATALOGUE = (
    Indicator("A1", "Referrals", "Referrals received", "referrals", size=14),
    Indicator("A2", "Referrals", "Referrals accepted", "referrals", size=11),
    Indicator(
        "A3", "Referrals", "Referrals declined", "referrals", size=2, better="lower"
    ),
    Indicator(
        "A3b",
        "Referrals",
        "Referrals declined by reason",
        "referrals",
        size=2,
        parts=("Not a resident of the borough", "Need not suited to this service"),
        whole=False,
        tier=2,
    ),
    Indicator(
        "A5",
        "Referrals",
        "Awaiting a decision at the end of the month",
        "referrals",
        "stock",
        size=3,
        better="lower",
    ),
    Indicator("A6", "Referrals", "Median days to a decision", "days", "median", size=6),
    Indicator(
        "A7",
        "Referrals",
        "Referrals received by source",
        "referrals",
        size=14,
        parts=_SOURCES,
        whole=False,
        tier=2,
    ),
    Indicator(
        "B1",
        "Waiting",
        "Waiting at the end of the month",
        "referrals",
        "stock",
        size=113,
        better="lower",
    ),
    Indicator(
        "B2",
        "Waiting",
        "Length of wait in days",
        "referrals",
        "stock",
        size=113,
        better="lower",
        parts=_BANDS,
        parts_tier=1,
        whole=False,
    ),
    Indicator(
        "B6",
        "Waiting",
        "Contacted in the last 28 days, of those waiting",
        "%",
        "ratio",
        size=113,
        better="higher",
    ),
    Indicator("C1", "Activity", "New starts", "episodes", size=4, better="higher"),
    Indicator(
        "C2", "Activity", "Live at the end of the month", "episodes", "stock", 60
    ),
    Indicator("C3", "Activity", "Sessions offered", "sessions", size=1250),
    Indicator(
        "C4",
        "Activity",
        "Sessions attended",
        "sessions",
        size=1181,
        better="higher",
        parts=_MODES,
        parts_tier=1,
    ),
    Indicator("C9", "Activity", "Attendance rate", "%", "ratio", 1250, better="higher"),
    Indicator(
        "C10",
        "Activity",
        "Did not come, no message: share of attended and not attended together",
        "%",
        "ratio",
        1219,
        better="lower",
    ),
    Indicator(
        "D1",
        "Episodes",
        "Closed",
        "episodes",
        size=9,
        parts=("planned", "unplanned"),
        parts_tier=1,
    ),
    Indicator("D3", "Episodes", "Sessions per closed episode", "sessions", "mean", 18),
    Indicator(
        "D7",
        "Episodes",
        "Exit strategy on day one, of new starts",
        "%",
        "ratio",
        3,
        better="higher",
    ),
    Indicator(
        "D11",
        "Episodes",
        "In the live caseload for more than two years",
        "episodes",
        "stock",
        2,
        tier=2,
    ),
    Indicator(
        "E1",
        "Outcomes",
        "Closed with a first and a last score",
        "%",
        "ratio",
        9,
        tier=2,
        better="higher",
    ),
)

_CHECKS = (
    Check(
        code="flow-waiting",
        area="THER",
        title="Waiting: opening, accepted, started and removed give the closing figure",
        passed=True,
        blocking=True,
        text="4 + 3 - 3 - 1 = 3.",
    ),
    Check(
        code="outcome-missing",
        area="THER",
        title="Every session of the month has its attendance",
        passed=False,
        blocking=True,
        text="2 sessions have no attendance yet.",
        table="session",
        rows=(RECORD_ID, RECORD_ID[::-1]),
    ),
    Check(
        code="duplicates",
        area="THER",
        title="No referral doubles an open one",
        passed=False,
        blocking=False,
        text="1 referral doubles an open one.",
        table="referral",
        rows=(RECORD_ID,),
    ),
)


def a_return_table(
    *, areas: int = 3, months: int = 6, copy: str = "internal", invented: bool = True
) -> ReturnTable:
    """A return of that many areas and months since April 2017, all states in it."""
    month = Month(2017, 4).plus(months - 1)
    shown = (*AREAS[:areas], ALL) if areas > 1 else AREAS[-1:]
    lines = tuple(
        line
        for index, area in enumerate(shown)
        for indicator in CATALOGUE
        for line in _lines_of(indicator, area.code, months, index + 1)
    )
    if copy == "council":
        lines = tuple(for_council(line) for line in lines)
    return ReturnTable(
        provider="Willow Road Support",
        provider_code="willow",
        contract="CSE-2016",
        contract_title="Support for adult survivors",
        copy=copy,
        month=month,
        months=month.year_so_far(),
        version=1,
        made_on="2017-10-03",
        areas=shown,
        lines=lines,
        checks=tuple(
            replace(check, area=area.code)
            for area in shown
            if area.code != "ALL"
            for check in _CHECKS
        ),
        notes=(
            "Waits are counted from the day a referral was received.",
            "Capacity began on 1 July 2017; months before it are not applicable.",
        ),
        definitions="d" * 64,
        invented=invented,
        months_covered=max(months - 1, 1),
        protection=Protection() if copy == "council" else None,
    )


def figure(value: float, numerator: int | None = None, of: int | None = None) -> Cell:
    """A cell that is a figure."""
    return Cell(State.FIGURE, value, numerator, of)


def a_line(
    cells: tuple[Cell, ...],
    *,
    indicator: str = "A1",
    split: str = "",
    area: str = "THER",
    kind: str = "flow",
    label: str = "Referrals received",
    tier: int = 1,
) -> Line:
    """One line with these months; the year to date is the last of them."""
    return Line(
        key=LineKey(indicator, split, area),
        group="Referrals",
        label=label,
        unit="referrals",
        kind=kind,
        tier=tier,
        months=cells,
        year_to_date=cells[-1],
        direction=Direction.UP,
        rating=Rating.OUTSIDE,
    )


def a_small_table(*lines: Line, copy: str = "internal") -> ReturnTable:
    """A return of one area with exactly these lines, for one month."""
    table = a_return_table(areas=1, months=1, copy=copy)
    return replace(table, lines=lines)


def _lines_of(
    indicator: Indicator, area: str, months: int, scale: int
) -> tuple[Line, ...]:
    whole = (("", indicator.label, indicator.tier, indicator.size),)
    parts = tuple(
        (part, f"{indicator.label}: {part}", indicator.parts_tier, max(place, 1))
        for place, part in zip(
            range(indicator.size // 2, -99, -2), indicator.parts, strict=False
        )
    )
    return tuple(
        _line(
            indicator, LineKey(indicator.code, split, area), label, tier, months, size
        )
        for split, label, tier, size in (*(whole if indicator.whole else ()), *parts)
        for size in (size * scale // 2 + 1,)
    )


def _line(
    indicator: Indicator, key: LineKey, label: str, tier: int, months: int, size: int
) -> Line:
    cells = tuple(
        _cell(indicator, key, size + (step * 7 + len(key.split)) % 5, step)
        for step in range(months)
    )
    direction, rating = _change(cells, indicator.better)
    return Line(
        key=key,
        group=indicator.group,
        label=label,
        unit=indicator.unit,
        kind=indicator.kind,
        tier=tier,
        months=cells,
        year_to_date=_year_to_date(cells, indicator.kind),
        direction=direction,
        rating=rating,
        better=indicator.better,
        limit=_LIMIT if indicator.better else "",
        about="Base: attended and not attended." if indicator.code == "C10" else "",
    )


def _cell(indicator: Indicator, key: LineKey, size: int, step: int) -> Cell:
    state = _no_figure(indicator, key, step)
    if state:
        return state
    if indicator.kind == "ratio":
        return figure((size - 1) / size, size - 1, size)
    if indicator.kind == "mean":
        return figure(size + 0.5, size * 2 + 1, 2)
    return figure(size + 0.5 if indicator.kind == "median" and step % 2 else size)


def _no_figure(indicator: Indicator, key: LineKey, step: int) -> Cell | None:
    if indicator.code == "E1":
        return Cell(State.UNDER_DEVELOPMENT, note="Scores are counted every quarter.")
    if step == 0:
        return Cell(State.NOT_SUBMITTED, note="Complete records begin on 1 May 2017.")
    if indicator.code == "D7" and step % 3 == 1:
        return Cell(
            State.NOT_APPLICABLE, None, 0, 0, "Nobody started, so there is no share."
        )
    if key.split == "365+":
        return Cell(State.WITHHELD, note="Too few people to be shown.")
    return None


def _year_to_date(cells: tuple[Cell, ...], kind: str) -> Cell:
    figures = [cell for cell in cells if cell.state is State.FIGURE]
    if not figures:
        return cells[-1]
    if kind == "ratio":
        numerator = sum(cell.numerator or 0 for cell in figures)
        denominator = sum(cell.denominator or 0 for cell in figures)
        return figure(numerator / denominator, numerator, denominator)
    if kind == "flow":
        return figure(sum(cell.value or 0 for cell in figures))
    return figures[-1]


def _change(cells: tuple[Cell, ...], better: str) -> tuple[Direction, Rating]:
    if any(cell.state is not State.FIGURE for cell in cells[-2:]) or len(cells) == 1:
        return Direction.NONE, Rating.NONE
    step = (cells[-1].value or 0) - (cells[-2].value or 0)
    if step == 0:
        return Direction.LEVEL, Rating.LEVEL if better else Rating.NONE
    direction = Direction.UP if step > 0 else Direction.DOWN
    if not better:
        return direction, Rating.NONE
    if (step > 0) == (better == "higher"):
        return direction, Rating.IMPROVED
    within = abs(step) <= max(1, abs(cells[-2].value or 0) / 10)
    return direction, Rating.WITHIN if within else Rating.OUTSIDE


def for_council(line: Line) -> Line:
    """A line as a council copy has it: rounded, bands, not sent."""
    cells = tuple(_published(line, cell) for cell in (*line.months, line.year_to_date))
    direction, rating = _change(cells[:-1], line.better)
    return replace(
        line,
        months=cells[:-1],
        year_to_date=cells[-1],
        direction=direction,
        rating=rating,
    )


def _published(line: Line, cell: Cell) -> Cell:
    """A cell as a council copy has it: rounded, a band, or not sent."""
    if cell.state is not State.FIGURE:
        return cell
    match line.kind:
        case "mean" | "range":
            return Cell(State.NOT_SENT, note="Not worked out from rounded figures.")
        case "median":
            return Cell(State.BAND, note="29-56 days")
        case "ratio":
            above, below = _rounded(cell.numerator), _rounded(cell.denominator)
            if not below:
                note = "There is nothing to share."
                return Cell(State.NOT_APPLICABLE, None, 0, 0, note)
            return figure(above / below, above, below)
        case _:
            return figure(_rounded(cell.value))


def _rounded(value: float | None) -> int:
    return round((value or 0) / 5) * 5
