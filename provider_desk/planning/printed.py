"""A printed table of a needs analysis against its own arithmetic.

Every printed number is worked out twice: from the assumptions, and from the numbers
beside it in its own row. What differs is named with both; what was only rounded is
named apart. Source: domain reference, C6 and H5; practices, mistake 5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from provider_desk.planning.exact import number_of, numbers_of, whole
from provider_desk.planning.needs import Assumptions, Year, column_names, years_of

TOTAL, THERAPY = "Total", "Therapy"

_PARTS = 3
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class PrintedYear:
    """One printed row.

    Attributes:
        cells: from earlier years, then of each year's new people.
        people: the printed total, None where none is printed.
        therapy: how many need therapy, None where it is not printed.
    """

    cells: tuple[int, ...]
    people: int | None = None
    therapy: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed number and what it should be.

    Attributes:
        year: "2015/16".
        column: name of the column.
        printed: what stands there.
        exact: what it is worked out to be.
        source: what it was worked out from: "the assumptions" or "the printed row".
        differs: False where it is only rounded.
    """

    year: str
    column: str
    printed: int
    exact: Fraction
    source: str
    differs: bool = True


def printed_of(text: str) -> tuple[PrintedYear, ...]:
    """Read printed rows: a line for each year, "480, 30; 510; 155".

    Cells with commas, then the total, then therapy; the last two may be left out.

    Raises:
        ValueError: a line is not so; says which.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(_row(number, line) for number, line in enumerate(lines, start=1))


def _row(number: int, line: str) -> PrintedYear:
    parts = line.split(";")
    if len(parts) > _PARTS:
        raise ValueError(f"Line {number}: write cells; total; therapy.")
    try:
        cells = tuple(map(_whole, numbers_of(parts[0])))
        people, therapy = (
            _whole(number_of(parts[at]))
            if len(parts) > at and parts[at].strip()
            else None
            for at in (1, 2)
        )
    except ValueError as error:
        raise ValueError(f"Line {number}: {error}") from None
    return PrintedYear(cells, people, therapy)


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError(f"“{float(value)}” is not a whole number.")
    return value.numerator


def findings(
    assumed: Assumptions, printed: Sequence[PrintedYear]
) -> tuple[Finding, ...]:
    """What of a printed table differs from its arithmetic, and what is rounded.

    Args:
        assumed: what the table says it assumes.
        printed: its rows, from the first year on.
    """
    names = column_names(assumed)
    found: list[Finding] = []
    for year, row in zip(years_of(assumed), printed, strict=False):
        found += _cells(year, row, names)
        found += _people(year, row)
        found += _therapy(year, row, assumed.therapy)
    return tuple(found)


def _cells(year: Year, row: PrintedYear, names: Sequence[str]) -> Iterator[Finding]:
    for number, (exact, said) in enumerate(zip_longest(year.cells, row.cells)):
        name = names[number] if number < len(names) else f"Column {number + 1}"
        exact = exact if exact is not None else Fraction(0)  # noqa: PLW2901
        if said is None and not exact:
            continue
        differs = (said or 0) != whole(exact)
        if differs or exact.denominator != 1:
            yield Finding(year.name, name, said or 0, exact, "the assumptions", differs)


def _people(year: Year, row: PrintedYear) -> Iterator[Finding]:
    if row.people is None:
        return
    across = Fraction(sum(row.cells))
    if row.people != across:
        yield Finding(year.name, TOTAL, row.people, across, "the printed row")
    # A sum of rounded numbers may differ from the rounded sum; both are right.
    if row.people not in (whole(year.people), year.printed_people):
        yield Finding(year.name, TOTAL, row.people, year.people, "the assumptions")


def _therapy(year: Year, row: PrintedYear, share: Fraction) -> Iterator[Finding]:
    if row.therapy is None:
        return
    people = row.people if row.people is not None else sum(row.cells)
    across = people * share / _HUNDRED
    differs = row.therapy != whole(across)
    if differs or across.denominator != 1:
        yield Finding(
            year.name, THERAPY, row.therapy, across, "the printed row", differs
        )
    told = differs and across == year.therapy
    if not told and row.therapy not in (whole(year.therapy), year.printed_therapy):
        yield Finding(year.name, THERAPY, row.therapy, year.therapy, "the assumptions")
