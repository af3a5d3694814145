"""Pages on what changed: the matrices, the three questions, equality."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from provider_desk.returns import accountability, matrix, outline, words
from provider_desk.returns.pdf import style
from provider_desk.returns.pdf.beside import Beside
from provider_desk.returns.pdf.grid import Cell, Column, Grid, Row
from provider_desk.returns.pdf.layout import WIDTH, Block, Drawn
from provider_desk.returns.pdf.text import Heading, Sentence
from provider_desk.returns.scores import LEVEL, NEGATIVE, POSITIVE
from provider_desk.returns.table import Line, Rating, ReturnTable

_GAP = 14.0
_MOVES = {POSITIVE: Rating.IMPROVED, LEVEL: Rating.LEVEL, NEGATIVE: Rating.OUTSIDE}

_ABOUT_MATRIX = (
    "Episodes closed with a first and a last score: the band of severity at first "
    "(rows) by that at the last score (columns). On the diagonal nothing changed."
)
_ABOUT_OBA = (
    "Three questions in the wording of {name}; the figures are those of the tables."
)


def matrix_blocks(table: ReturnTable) -> Iterator[Block]:
    """A block for each measure: this month beside the year to date."""
    found = matrix.matrices(table)
    if not found:
        return
    yield Block(Sentence(_ABOUT_MATRIX))
    half = (WIDTH - _GAP) / 2
    for number in range(0, len(found), 2):
        month, year = found[number : number + 2]
        pair = ((0.0, month), (half + _GAP, year))
        drawn: Drawn = Beside([(left, matrix_grid(each, half)) for left, each in pair])
        if month.state and month.state == year.state:
            drawn = Sentence(month.state)
        yield Block(Heading(month.title, 1), before=8, needs=drawn.height(0))
        yield Block(drawn)


def matrix_grid(shown: matrix.Matrix, width: float) -> Grid:
    """One matrix with its sums, as wide as said in points."""
    first = 112.0
    wide = (width - first) / len(shown.names)
    columns = [
        Column(f"{shown.period}: {shown.whole} in all", first),
        *(Column(f"to {name}", wide, middle=True) for name in shown.names),
    ]
    made = Grid(columns, 7.8)
    if shown.state:
        made.add(Row([Cell(shown.state, span=len(columns), ink=style.SOFT)]))
        return made
    for name, texts, moves in zip(shown.starts, shown.cells, shown.moves, strict=True):
        cells = [Cell(f"from {name}", head=True)]
        for text, move in zip(texts, moves, strict=True):
            inks = style.RATING_INKS.get(_MOVES[move])
            ground = inks[1] if inks else style.GROUND
            cells.append(Cell(text, ground=ground, middle=True))
        made.add(Row(cells))
    for move, text in zip(matrix.MOVED, shown.sums, strict=True):
        rating = _MOVES[move]
        inks = style.RATING_INKS.get(rating)
        sign = words.RATING_SIGNS[rating]
        said = f"{sign} {matrix.MOVED[move]} ({move}): {text}"
        ink, ground = inks or (style.INK, style.GROUND)
        cell = Cell(said, span=len(columns), bold=True, ink=ink, ground=ground)
        made.add(Row([cell]))
    return made


def question_blocks(table: ReturnTable) -> Iterator[Block]:
    """The three questions beside each other."""
    about = _ABOUT_OBA.format(name=accountability.NAME)
    yield Block(Sentence(about))
    asked = accountability.questions(table)
    wide = (WIDTH - 2 * _GAP) / 3
    held = [
        (place * (wide + _GAP), _question_grid(table, question, wide))
        for place, question in enumerate(asked)
    ]
    yield Block(Beside(held), before=6)


def _question_grid(
    table: ReturnTable, question: accountability.Question, width: float
) -> Grid:
    columns = (
        Column(question.words, width - 116),
        Column(table.month.short_name, 58, figures=True),
        Column("Year to date", 58, figures=True),
    )
    made = Grid(columns, 7.8)
    for answer in question.answers:
        label = Cell(f"{answer.code} {answer.label}", head=True)
        made.add(Row([label, Cell(answer.month), Cell(answer.year)]))
    if question.missing:
        said = f"Without a figure in this return: {'; '.join(question.missing)}."
        made.add(Row([Cell(said, span=3, ink=style.SOFT)]))
    return made


def equality_blocks(table: ReturnTable) -> Iterator[Block]:
    """Each question with its answers: received, live, closed, beside each other."""
    area = table.areas[-1].code
    lines = [x for x in table.of_area(area) if x.group == outline.EQUALITY]
    shown = [x for x in lines if words.uniform_state(x) is None]
    if not shown:
        text = _why_not(lines)
        yield Block(Sentence(text))
        return
    third = (WIDTH - 2 * _GAP) / 3
    by_code = [tuple(x) for _, x in groupby(shown, key=lambda x: x.key.indicator)]
    rows: dict[str, list[tuple[Line, ...]]] = {}
    for held in by_code:
        rows.setdefault(held[0].key.indicator[2:], []).append(held)
    for across in rows.values():
        grids = [
            (place * (third + _GAP), _answers_grid(table, held, third))
            for place, held in enumerate(across)
        ]
        yield Block(Beside(grids), before=10)


def _why_not(lines: Sequence[Line]) -> str:
    if not lines:
        return "This return holds no answers to the equality questions."
    return matrix.state_words(lines[0].now)


def _answers_grid(table: ReturnTable, held: tuple[Line, ...], width: float) -> Grid:
    columns = (
        Column(outline.indicator_name(held[0]), width - 116),
        Column(table.month.short_name, 58, figures=True),
        Column("Year to date", 58, figures=True),
    )
    made = Grid(columns, 7.8)
    for line in held:
        name = line.label.partition(": ")[2] or line.label
        made.add(
            Row(
                [
                    Cell(f"{line.key.indicator} {name}", head=True),
                    Cell(words.cell_text(line.now, line.kind)),
                    Cell(words.cell_text(line.year_to_date, line.kind)),
                ]
            )
        )
    return made
