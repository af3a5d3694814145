"""The outcomes-based accountability page: three questions, each with its figures.

The wording of the three questions is Outcomes Based Accountability's, free for public
and charitable use. Source: monthly return, §4; practices, P43.
"""

from dataclasses import dataclass

from provider_desk.returns import words
from provider_desk.returns.table import Line, ReturnTable, State

NAME = "Outcomes Based Accountability"

#: Question → indicators and the parts that answer it, in order; "*" takes all parts.
_MAP: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "How much did we do?",
        (
            *((code, ("",)) for code in ("A1", "A2", "A3", "A4", "A5", "A9", "A10")),
            *((code, ("",)) for code in ("B1", "B5", "C1", "C2", "C3", "C4")),
            ("C8", ("*",)),
            *((code, ("",)) for code in ("C11", "C14", "P1")),
        ),
    ),
    (
        "How well did we do it?",
        (
            ("A6", ("",)),
            ("B2", ("median", "longest")),
            ("B3", ("median",)),
            *((code, ("",)) for code in ("B6", "C5", "C6", "C7", "C9", "C10")),
            *((code, ("",)) for code in ("D1b", "D5", "D6", "D7", "D8", "D8b")),
        ),
    ),
    (
        "Is anyone better off?",
        (
            ("D1", ("planned",)),
            ("E1", ("",)),
            ("E2", ("*",)),
            *((code, ("",)) for code in ("E3b", "E3c")),
            ("E4", ("PHQ-9", "GAD-7", "CORE-10")),
            ("E5", ("", "reached")),
            *((code, ("",)) for code in ("E5b", "E5c", "E6")),
            *((f"E6{letter}", ("rate",)) for letter in "abcde"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure under a question.

    Attributes:
        code: of the indicator.
        label: in words.
        month: the month's figure, in words.
        year: the year to date, in words.
    """

    code: str
    label: str
    month: str
    year: str


@dataclass(frozen=True, slots=True)
class Question:
    """A column of the page.

    Attributes:
        words: the question.
        answers: its figures.
        missing: labels of what has no figure in this return.
    """

    words: str
    answers: tuple[Answer, ...]
    missing: tuple[str, ...]


def questions(table: ReturnTable) -> tuple[Question, ...]:
    """The three questions with the figures of the sum block, or of the one area."""
    held: dict[str, list[Line]] = {}
    for line in table.of_area(table.areas[-1].code):
        held.setdefault(line.key.indicator, []).append(line)
    return tuple(_question(asked, wanted, held) for asked, wanted in _MAP)


def _question(
    asked: str,
    wanted: tuple[tuple[str, tuple[str, ...]], ...],
    held: dict[str, list[Line]],
) -> Question:
    lines = [
        line
        for code, splits in wanted
        for line in held.get(code, ())
        if line.key.split in splits or (splits == ("*",) and line.key.split)
    ]
    shown = [line for line in lines if _has_figure(line)]
    return Question(
        asked,
        tuple(_answer(line) for line in shown),
        tuple(line.label for line in lines if not _has_figure(line)),
    )


def _has_figure(line: Line) -> bool:
    known = (State.FIGURE, State.BAND)
    return line.now.state in known or line.year_to_date.state in known


def _answer(line: Line) -> Answer:
    return Answer(
        line.key.indicator,
        line.label,
        words.cell_text(line.now, line.kind),
        words.cell_text(line.year_to_date, line.kind),
    )
