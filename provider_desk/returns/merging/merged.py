"""Several council returns as one: the council's scorecard, and the benchmark.

No row of a person is needed, and nothing is unrounded: only what was published is
added up. Source: practices, P38, P39; monthly return, §2, people, §4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import SUM_LABEL
from provider_desk.returns.direction import compared
from provider_desk.returns.merging.given import MERGED, Given, read_given
from provider_desk.returns.merging.sums import Part, median_of, summed
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Direction,
    Line,
    LineKey,
    Protection,
    Rating,
    ReturnTable,
    State,
)

TWICE = (
    "A person may be supported by more than one provider and is then counted by each. "
    "Anonymous returns can't tell, so a sum over providers is a sum of cases."
)
ADDED = (
    "Every figure is the sum of what {count} providers published, each rounded by "
    "itself: normally within {normally} of the real sum, and never more than {bound} "
    "away."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of the benchmark: one figure of every provider.

    Attributes:
        line: of the sum, which says what is counted.
        cells: one for each provider, in their order; the month's.
        years: the same for the year to date.
    """

    line: Line
    cells: tuple[Cell, ...]
    years: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Several providers' returns of one month.

    Attributes:
        table: the sum of all, as a return.
        providers: names, in the order of every ``Beside``.
        returns: as they were given, same order.
        beside: the benchmark, area by area.
    """

    table: ReturnTable
    providers: tuple[str, ...]
    returns: tuple[ReturnTable, ...]
    beside: tuple[Beside, ...]

    @property
    def file_stem(self) -> str:
        """``merged_<YYYY-MM>_<n>_providers``."""
        return f"merged_{self.table.month}_{len(self.providers)}_providers"


def merge(given: Sequence[Given], made_on: date) -> Merged:
    """Put several providers' council returns together.

    Raises:
        NotMerged: some don't fit; every reason is told, the file named.
    """
    returns = read_given(given)
    areas = _areas(returns)
    months = max((each.months for each in returns), key=len)
    lines = tuple(
        line for area in areas for line in _lines_of(returns, area.code, months)
    )
    table = _table(returns, areas, months, lines, made_on)
    return Merged(
        table=table,
        providers=tuple(each.provider for each in returns),
        returns=returns,
        beside=tuple(_beside(returns, line) for line in lines),
    )


def _areas(returns: Sequence[ReturnTable]) -> tuple[AreaName, ...]:
    """Every area that a provider has, in the order of the value list; the sum last."""
    held = {
        area.code: area for each in returns for area in each.areas if area.code != SUM
    }
    order = [code for code in choices("service_area").by_code if code in held]
    order += [code for code in held if code not in order]
    return (*(held[code] for code in order), AreaName(SUM, SUM_LABEL))


def _of(table: ReturnTable, area: str) -> str:
    """The area of a provider that an area of the sum takes: its whole for the sum."""
    return table.areas[-1].code if area == SUM else area


def _held(table: ReturnTable, key: LineKey) -> Line | None:
    area = _of(table, key.area)
    return next(
        (
            line
            for line in table.of_area(area)
            if (line.key.indicator, line.key.split) == (key.indicator, key.split)
        ),
        None,
    )


def _lines_of(
    returns: Sequence[ReturnTable], area: str, months: tuple[Month, ...]
) -> Iterator[Line]:
    """The summed lines of an area, in the order of the returns."""
    named: dict[tuple[str, str], Line] = {}
    index = [
        {
            (line.key.indicator, line.key.split): line
            for line in table.of_area(_of(table, area))
        }
        for table in returns
    ]
    for lines in index:
        for key, line in lines.items():
            named.setdefault(key, line)
    made: dict[tuple[str, str], Line] = {}
    for key, line in named.items():
        held = [
            (table, lines[key])
            for table, lines in zip(returns, index, strict=True)
            if key in lines
        ]
        made[key] = _sum_line(line, held, area, months)
    for key, line in made.items():
        yield _with_median(line, key[0], made)


def _sum_line(
    line: Line,
    held: Sequence[tuple[ReturnTable, Line]],
    area: str,
    months: tuple[Month, ...],
) -> Line:
    cells = tuple(
        summed(
            [Part(table.provider, _cell(table, own, month)) for table, own in held],
            line.kind,
        )
        for month in months
    )
    year = summed(
        [Part(table.provider, own.year_to_date) for table, own in held], line.kind
    )
    direction, rating = _compared(line, cells)
    key = LineKey(line.key.indicator, line.key.split, area)
    about = f"{line.about} {TWICE}".strip() if line.unit == "people" else line.about
    return replace(
        line, key=key, months=cells, year_to_date=year, direction=direction,
        rating=rating, about=about,
    )  # fmt: skip


def _cell(table: ReturnTable, line: Line, month: Month) -> Cell:
    if month in table.months:
        return line.months[table.months.index(month)]
    return Cell(State.NOT_SUBMITTED, note="Not in this return.")


def _compared(line: Line, cells: Sequence[Cell]) -> tuple[Direction, Rating]:
    """The change since the month before, where this program knows the figure."""
    try:
        figure = catalogue().figure(line.key.indicator, line.key.split)
    except KeyError:
        return Direction.NONE, Rating.NONE
    if len(cells) == 1:
        return Direction.NONE, Rating.NONE
    return compared(figure, cells[-2], cells[-1])


def _with_median(line: Line, code: str, made: dict[tuple[str, str], Line]) -> Line:
    """A median told as a band, worked out from all providers' bands."""
    if line.key.split != "median":
        return line
    bands = {split: each for (own, split), each in made.items() if own == code}
    months = tuple(
        median_of(bands, place) or cell for place, cell in enumerate(line.months)
    )
    year = median_of(bands, None) or line.year_to_date
    return replace(line, months=months, year_to_date=year)


def _beside(returns: Sequence[ReturnTable], line: Line) -> Beside:
    held = [_held(table, line.key) for table in returns]
    absent = Cell(State.NOT_APPLICABLE, note="This provider does not offer this.")
    return Beside(
        line,
        tuple(own.now if own else absent for own in held),
        tuple(own.year_to_date if own else absent for own in held),
    )


def _table(
    returns: Sequence[ReturnTable],
    areas: tuple[AreaName, ...],
    months: tuple[Month, ...],
    lines: tuple[Line, ...],
    made_on: date,
) -> ReturnTable:
    known = [each.protection for each in returns if each.protection]
    protection = Protection(
        base=max(each.base for each in known),
        normally=sum(each.normally for each in known),
        bound=sum(each.bound for each in known),
    )
    added = ADDED.format(
        count=len(returns), normally=protection.normally, bound=protection.bound
    )
    who = ", ".join(f"{each.provider} (version {each.version})" for each in returns)
    return ReturnTable(
        provider=f"{len(returns)} providers",
        provider_code="merged",
        contract=" · ".join(dict.fromkeys(each.contract for each in returns)),
        contract_title="All providers together",
        copy="council",
        month=returns[0].month,
        months=months,
        version=1,
        made_on=made_on.isoformat(),
        areas=areas,
        lines=lines,
        notes=(added, TWICE, f"Made of the returns of {who}.", *_partial(returns)),
        definitions=returns[0].definitions,
        invented=any(each.invented for each in returns),
        months_covered=min(each.months_covered for each in returns),
        status=MERGED,
        protection=protection,
    )


def _partial(returns: Sequence[ReturnTable]) -> Iterator[str]:
    for each in returns:
        if each.status == "draft":
            yield f"The return of {each.provider} is a draft: it is not signed off."
        if each.months_covered < len(each.months):
            yield (
                f"{each.provider} has figures for {each.months_covered} of "
                f"{len(each.months)} months; its year to date covers no more."
            )
