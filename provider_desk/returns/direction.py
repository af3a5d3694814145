"""How a figure stands to that of the month before: direction, and whether it is better.

Source: monthly return, §4.
"""

from fractions import Fraction

from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.table import Cell, Direction, Rating, State


def kind_of(figure: Figure) -> str:
    """What a line says it is: flow, stock, people, ratio, mean, median or range.

    People are told apart anew in each month, so their months don't add up as those of
    a flow do.
    """
    match figure.measure:
        case "ratio" | "use":
            return "ratio"
        case "mean" | "median":
            return figure.measure
        case "distinct" if figure.value in FACTS[figure.fact].who:
            return "people"
        case "capacity" | "distinct":
            return "flow"
        case _:
            if figure.fact and FACTS[figure.fact].stock:
                return "stock"
            return "range" if figure.measure in ("smallest", "longest") else "flow"


def compared(figure: Figure, before: Cell, now: Cell) -> tuple[Direction, Rating]:
    """The change of a number since the month before, and what it means.

    A ratio is compared in percentage points. Source: monthly return, §4.
    """
    first, last = _worth(figure, before), _worth(figure, now)
    if first is None or last is None:
        return Direction.NONE, Rating.NONE
    change = last - first
    if change == 0:
        return Direction.LEVEL, Rating.LEVEL if figure.polarity != "o" else Rating.NONE
    direction = Direction.UP if change > 0 else Direction.DOWN
    if figure.polarity == "o":
        return direction, Rating.NONE
    if (change > 0) == (figure.polarity == "+"):
        return direction, Rating.IMPROVED
    share = first * figure.tolerance.percent / 100
    limit = max(share, Fraction(figure.tolerance.least))
    return direction, Rating.WITHIN if abs(change) <= limit else Rating.OUTSIDE


def _worth(figure: Figure, cell: Cell) -> Fraction | None:
    """A figure to compare by; a ratio in percentage points."""
    if cell.state is not State.FIGURE or cell.value is None:
        return None
    if kind_of(figure) == "ratio" and cell.numerator is not None and cell.denominator:
        return Fraction(cell.numerator * 100, cell.denominator)
    return Fraction(str(cell.value))
