"""Numbers typed by hand that differ from the table, pointed out before sign-off.

The words beside which a number means an indicator are declared in
resources/narrative/figures.toml. Source: monthly return, §6; practices, mistakes 2, 3.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from provider_desk.model import resources
from provider_desk.returns import words
from provider_desk.returns.narrative.numbers import Number, numbers
from provider_desk.returns.narrative.references import months_of_quarter, name_of
from provider_desk.returns.table import Cell, Line, ReturnTable, State

#: So many words may stand between a number and what it counts.
_NEAR = 4
#: What a month's cell and a clause are told apart by.
_CLAUSE = re.compile(r"[.;!?\n]|,\s+(?=and\b|but\b|while\b)|\band\b(?=[^.,;]*\d)")
_WORD = re.compile(r"[\w'-]+")
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A number that the table does not say.

    Attributes:
        start, end: where the number stands, the end exclusive.
        typed: the number as it was typed.
        line: what it seems to count.
        text: a sentence: what the table says, and how to bind the words to it.
    """

    start: int
    end: int
    typed: str
    line: Line
    text: str


def contradictions(
    text: str, table: ReturnTable, area: str
) -> tuple[Contradiction, ...]:
    """Numbers beside an indicator's words that are none of its figures.

    A number is right if it is the figure of the month, of another month of the
    quarter, of the quarter, or of the year to date, in the words' area or in all.

    Args:
        text: words as they were typed, references still in brackets.
        table: the return that the words go with.
        area: code of the area that the words are about.
    """
    return tuple(_contradicting(_without_references(text), table, area))


def _without_references(text: str) -> str:
    return re.sub(r"\{[^{}\n]*\}", lambda found: "#" * len(found[0]), text)


def _contradicting(text: str, table: ReturnTable, area: str) -> Iterator[Contradiction]:
    for start, end in _clauses(text):
        clause = text[start:end]
        for number in numbers(clause):
            key = _meant(clause, number)
            line = _line(table, key, area) if key else None
            if line is None or _agrees(number, line, table):
                continue
            typed = clause[number.start : number.end]
            yield Contradiction(
                start + number.start,
                start + number.end,
                typed,
                line,
                f"“{typed}” stands beside “{line.label}”, of which the table says "
                f"{_says(line)} for {table.month.name}. Write {name_of(line)} to take "
                "the figure from the table.",
            )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _CLAUSE.finditer(text):
        # A point between two digits belongs to a number.
        if found[0] == "." and text[found.end() : found.end() + 1].isdigit():
            continue
        yield at, found.start()
        at = found.end()
    yield at, len(text)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Indicator and the words that mean it, the longest words first."""
    read = resources.read_toml("narrative/figures.toml")
    said, others = read["said"], "|".join(read["not_before"])
    pairs = [(key, cue) for key, cues in said.items() for cue in cues]
    pairs.sort(key=lambda pair: -len(pair[1]))
    return tuple(
        (key, re.compile(rf"\b{re.escape(cue)}\b(?!\s+(?:{others})\b)", re.IGNORECASE))
        for key, cue in pairs
    )


def _meant(clause: str, number: Number) -> str:
    """The indicator whose words stand nearest to a number; longer words win ties."""
    best: tuple[int, str] | None = None
    taken: list[tuple[int, int]] = []
    for key, cue in _cues():
        for found in cue.finditer(clause):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            taken.append(found.span())
            gap = _words_between(clause, number, *found.span())
            if gap <= _NEAR and (best is None or gap < best[0]):
                best = (gap, key)
    return best[1] if best else ""


def _words_between(clause: str, number: Number, start: int, end: int) -> int:
    between = (
        clause[number.end : start]
        if start >= number.end
        else clause[end : number.start]
    )
    # Words before the number are as good as after it, but for one step.
    return len(_WORD.findall(between)) + (start < number.start)


def _line(table: ReturnTable, key: str, area: str) -> Line | None:
    code, _, split = key.partition("_")
    codes = {each.code for each in table.areas}
    wanted = area if area in codes else table.areas[-1].code
    return next(
        (
            line
            for line in table.of_area(wanted)
            if line.key.indicator == code and line.key.split.replace(" ", "_") == split
        ),
        None,
    )


def _agrees(number: Number, line: Line, table: ReturnTable) -> bool:
    if number.percent:
        return (
            any(
                _percent(cell) == number.value
                for cell in _cells(line)
                if _is_ratio(cell)
            )
            or line.kind != "ratio"
        )
    values = [cell.value for cell in _cells(line) if cell.state is State.FIGURE]
    if line.kind == "ratio":
        values = [
            part for cell in _cells(line) for part in (cell.numerator, cell.denominator)
        ]
    if line.kind == "flow":
        values.append(_quarter(line, table))
    return number.value in values


def _cells(line: Line) -> Sequence[Cell]:
    return (*line.months, line.year_to_date)


def _is_ratio(cell: Cell) -> bool:
    return cell.state is State.FIGURE and cell.denominator is not None


def _percent(cell: Cell) -> float | None:
    share = words.share_of(cell)
    return None if share is None else float(words.half_up(share * _PERCENT, 0))


def _quarter(line: Line, table: ReturnTable) -> float | None:
    wanted = set(months_of_quarter(table.month))
    cells = [
        cell
        for month, cell in zip(table.months, line.months, strict=True)
        if month in wanted
    ]
    values = [cell.value for cell in cells if cell.value is not None]
    return sum(values) if len(values) == len(cells) else None


def _says(line: Line) -> str:
    if line.now.state is State.FIGURE:
        return words.cell_text(line.now, line.kind)
    return line.now.note or words.STATE_WORDS[line.now.state]
