"""How a return says things: the same words in every format.

A figure is worked in decimals and rounded half up. What is no figure is a named
state; nothing is ever blank. Source: monthly return, §1.5, §1.9, §4.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from provider_desk.returns.table import (
    SHORTHAND,
    Cell,
    Check,
    Direction,
    Line,
    Protection,
    Rating,
    ReturnTable,
    State,
)

#: Stands where there is nothing to say; a cell is never blank.
NOTHING = "–"  # noqa: RUF001  a dash is meant

INVENTED = "Invented people – demonstration"  # noqa: RUF001  a dash is meant
INTERNAL = "Internal copy: exact figures, stays in the office"
COUNCIL = "Council copy: every figure is rounded to protect people"
PUBLIC = "Public copy: every figure is rounded to protect people"

STATE_WORDS = {
    State.FIGURE: "figure",
    State.WITHHELD: "withheld to protect people",
    State.NOT_SUBMITTED: "not submitted",
    State.UNDER_DEVELOPMENT: "under development",
    State.NOT_APPLICABLE: "not applicable",
    State.BAND: "band",
    State.NOT_SENT: "not sent",
}

ARROWS = {
    Direction.UP: "▲",
    Direction.LEVEL: "►",
    Direction.DOWN: "▼",
    Direction.NONE: NOTHING,
}

DIRECTION_WORDS = {
    Direction.UP: "up",
    Direction.LEVEL: "level",
    Direction.DOWN: "down",
    Direction.NONE: "no comparison",
}

RATING_SIGNS = {
    Rating.IMPROVED: "✓",
    Rating.WITHIN: "!",
    Rating.OUTSIDE: "✗",
    Rating.LEVEL: "=",
    Rating.NONE: NOTHING,
}

RATING_COLOURS = {
    Rating.IMPROVED: "green",
    Rating.WITHIN: "amber",
    Rating.OUTSIDE: "red",
    Rating.LEVEL: "no colour",
    Rating.NONE: "no colour",
}

KIND_WORDS = {
    "flow": "in the month",
    "people": "in the month, each once",
    "stock": "at month end",
    "ratio": "n of d",
    "mean": "mean",
    "median": "median",
    "range": "smallest or largest",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend.

    Attributes:
        sign: what stands in a table.
        meaning: what it means, in words.
    """

    sign: str
    meaning: str


def half_up(value: Decimal, places: int) -> Decimal:
    """A decimal rounded half up: 31.25 to one place is 31.3. Source: §1.9."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def decimal_of(value: float) -> Decimal:
    """The decimal a person reads in a number: 31.25 stays just that."""
    return Decimal(str(value))


def share_of(cell: Cell) -> Decimal | None:
    """A ratio's share, from 0 to 1; None where the cell is no figure.

    Worked from numerator and denominator where both are known.

    Raises:
        ValueError: a figure without a value; a fault of the program.
    """
    if cell.state is not State.FIGURE:
        return None
    if cell.numerator is not None and cell.denominator:
        return Decimal(cell.numerator) / Decimal(cell.denominator)
    if cell.value is None:
        raise ValueError("a figure without a value")
    return decimal_of(cell.value)


def share_of_nobody(cell: Cell) -> bool:
    """Whether a cell is a ratio of nothing: 0 of 0, which is not applicable."""
    return cell.state is State.NOT_APPLICABLE and cell.denominator == 0


def figure_of(cell: Cell, kind: str) -> Decimal | None:
    """A figure as a decimal; None where the cell is no figure.

    A share has up to four decimals, everything else up to one.

    Raises:
        ValueError: a figure without a value; a fault of the program.
    """
    if cell.state is not State.FIGURE:
        return None
    if kind == "ratio":
        share = share_of(cell)
        return None if share is None else half_up(share, 4)
    if cell.value is None:
        raise ValueError("a figure without a value")
    return half_up(decimal_of(cell.value), 1)


def percent(share: Decimal) -> str:
    """A share as a whole percentage, half up: "38%"."""
    return f"{half_up(share * 100, 0)}%"


def cell_text(cell: Cell, kind: str) -> str:
    """A cell as a person reads it.

    Returns:
        "1,430" for a count, "3/8 (38%)" for a ratio, "4.0" for a mean, "77.5" for a
        median, the words of a band, the shorthand of the state for what is no figure;
        with the mark of a provisional or revised figure: "12 [r]".
    """
    said = _unmarked(cell, kind)
    return f"{said} [{cell.mark}]" if cell.mark else said


def _unmarked(cell: Cell, kind: str) -> str:
    figure = figure_of(cell, kind)
    if figure is None:
        return SHORTHAND.get(cell.state, cell.note)
    if kind == "ratio":
        return _ratio_text(cell, share_of(cell) or Decimal(0))
    if kind != "mean" and figure == figure.to_integral_value():
        figure = half_up(figure, 0)
    return f"{figure:,}"


def _ratio_text(cell: Cell, share: Decimal) -> str:
    if cell.numerator is None or cell.denominator is None:
        return percent(share)
    return f"{cell.numerator:,}/{cell.denominator:,} ({percent(share)})"


def plain(figure: Decimal) -> str:
    """A number for machines: "12", "0.1667", "77.5"; no separators, no exponent."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def uniform_state(line: Line) -> State | None:
    """The state that every cell of a line shares; None where one says something."""
    states = {cell.state for cell in (*line.months, line.year_to_date)}
    if len(states) != 1 or states & {State.FIGURE, State.BAND}:
        return None
    return states.pop()


def direction_text(line: Line) -> str:
    """The arrow of a line and its word: "▲ up"."""
    shown = shown_direction(line)
    if shown is Direction.NONE:
        return NOTHING
    return f"{ARROWS[shown]} {DIRECTION_WORDS[shown]}"


def shown_direction(line: Line) -> Direction:
    """The direction; none where the month is no figure."""
    return line.direction if line.now.state is State.FIGURE else Direction.NONE


def rating_text(line: Line) -> str:
    """The sign of a line's rating and its words: "✗ worse, outside limits"."""
    shown = shown_rating(line)
    if shown is Rating.NONE:
        return NOTHING
    return f"{RATING_SIGNS[shown]} {shown.value}"


def shown_rating(line: Line) -> Rating:
    """The rating; none where the month is no figure."""
    return line.rating if line.now.state is State.FIGURE else Rating.NONE


def check_result(check: Check) -> str:
    """How a check came out: "✗ to put right before sign-off"."""
    if check.passed:
        return "✓ holds"
    return "✗ to put right before sign-off" if check.blocking else "! to look at"


def banner(table: ReturnTable) -> str:
    """What every page and sheet says of this copy."""
    if table.inside:
        return INTERNAL
    return COUNCIL if table.copy == "council" else PUBLIC


def marks(table: ReturnTable) -> tuple[str, ...]:
    """Everything that every page and sheet must say: the copy, invented people."""
    return (banner(table), INVENTED) if table.invented else (banner(table),)


def year_to_date_head(table: ReturnTable) -> str:
    """The head of the year to date's column: "Year to date (5 of 6 months)"."""
    covered, months = table.months_covered, len(table.months)
    if covered == months:
        return "Year to date"
    return f"Year to date ({covered} of {months} months)"


def year_to_date_period(table: ReturnTable) -> str:
    """The year to date as a period, both ends in: "2017-04 to 2017-09"."""
    return f"{table.months[0]} to {table.month}"


def shorthand_legend(protection: Protection | None = None) -> tuple[Sign, ...]:
    """What the shorthand stands for. Source: government table standard.

    Args:
        protection: how the figures were rounded; None where they are exact.
    """
    nil = "A true zero: nobody, or nothing."
    if protection is not None:
        few, most = protection.normally, protection.bound
        nil = f"Not nobody: 0 to {few}, very rarely up to {most}."
    return (
        Sign("[c]", "Withheld to protect people: too few for a mean or a share."),
        Sign("[x]", "Not available: not submitted, not sent, or under development."),
        Sign("[z]", "Not applicable, as with a share of nobody."),
        Sign("[p] [r] [b]", "Provisional; revised; break in the series."),
        Sign("0", nil),
        Sign("n/d (p%)", "How many of how many, and the whole percentage, half up."),
        Sign(NOTHING, "No comparison, no figure, or a month still to come."),
    )


def direction_legend() -> tuple[Sign, ...]:
    """What the arrows mean."""
    return (
        Sign(ARROWS[Direction.UP], "Up: a larger number than the month before."),
        Sign(ARROWS[Direction.LEVEL], "Level: the same number as the month before."),
        Sign(ARROWS[Direction.DOWN], "Down: a smaller number than the month before."),
    )


def rating_legend() -> tuple[Sign, ...]:
    """What the ratings mean, with sign, word and colour."""
    limits = "see the limits in the list of indicators"
    said = {
        Rating.IMPROVED: "a change in the better direction.",
        Rating.WITHIN: f"a small change; {limits}.",
        Rating.OUTSIDE: "a change beyond the limits.",
        Rating.LEVEL: "the same as the month before.",
    }
    return tuple(
        Sign(
            RATING_SIGNS[rating],
            f"{rating.value.capitalize()} ({RATING_COLOURS[rating]}): {text}",
        )
        for rating, text in said.items()
    )
