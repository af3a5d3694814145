"""The returns in the order they were sent, and the figures each step shows.

A step is one return; or a month that a later return still lists, where its own file is
not at hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provider_desk.attacker.definitions import PEOPLE, STOCK_SHARES
from provider_desk.attacker.sheet import Row, Series, Sheet, Shown
from provider_desk.model.months import Month


@dataclass(frozen=True, slots=True)
class Step:
    """What is known of one month.

    Attributes:
        label: "2017-09"; "2017-09#2" for its second version.
        month: "2017-09".
        areas: the areas of the return.
        counted: month figures, of stocks the month end.
        year: years to date, of flows and people.
        covers: how many months a year to date says it covers.
        none: what is not offered, so 0.
        every: every series the return has a row for.
        first: series whose first figure of the year, as listed, is this month's.
        latest: the latest month up to this one for which a series has a figure.
    """

    label: str
    month: str
    areas: tuple[str, ...]
    counted: Mapping[Series, Shown]
    year: Mapping[Series, Shown]
    covers: Mapping[Series, str]
    none: frozenset[Series]
    every: frozenset[Series]
    first: frozenset[Series]
    latest: Mapping[Series, str]

    @property
    def financial_year(self) -> int:
        """The calendar year of its April."""
        return year_of(self.month)


def year_of(month: str) -> int:
    """The calendar year in which the month's financial year began."""
    found = Month.parse(month)
    april = 4
    return found.year - (found.number < april)


def is_stock(series: Series, row: Row) -> bool:
    """Whether a figure is true at month end, not a number of things that happened."""
    return row.kind == "stock" or series.indicator in STOCK_SHARES


def stocks_of(sheets: Iterable[Sheet]) -> frozenset[Series]:
    """The stocks among all series."""
    return frozenset(
        series
        for sheet in sheets
        for series, row in sheet.rows.items()
        if is_stock(series, row)
    )


def steps(sheets: Sequence[Sheet], *, far: bool) -> list[Step]:
    """The steps, oldest first.

    Args:
        sheets: the returns at hand, in any order.
        far: also the month figures of listed months older than the oldest return;
            otherwise only what was reached by the month before it.
    """
    ordered = sorted(sheets, key=lambda sheet: (sheet.month, sheet.version))
    own = {sheet.month for sheet in ordered}
    listed: dict[str, Step] = {}
    oldest = ordered[0].month
    for sheet in ordered:
        before = [month for month in sheet.months if month not in own]
        for month in before:
            edge = month < oldest
            if edge and not far and month != max(m for m in before if m < oldest):
                continue
            listed[month] = _listed(sheet, month, alone=edge and not far)
    found = [*listed.values(), *(_step(sheet) for sheet in ordered)]
    return sorted(found, key=lambda step: (step.month, step.label))


def _step(sheet: Sheet) -> Step:
    rows = sheet.rows
    label = sheet.month if sheet.version == 1 else f"{sheet.month}#{sheet.version}"
    return Step(
        label=label,
        month=sheet.month,
        areas=sheet.areas,
        counted={
            series: row.months[sheet.month]
            for series, row in rows.items()
            if sheet.month in row.months and not row.none
        },
        year={
            series: row.year
            for series, row in rows.items()
            if row.year is not None and not row.none and not is_stock(series, row)
        },
        covers={series: row.covers for series, row in rows.items()},
        none=frozenset(series for series, row in rows.items() if row.none),
        every=frozenset(rows),
        first=_first(sheet, sheet.month),
        latest=_latest(sheet, sheet.month),
    )


def _listed(sheet: Sheet, month: str, *, alone: bool) -> Step:
    """A month whose own return is not at hand, from a later one that lists it."""
    counted: dict[Series, Shown] = {}
    year: dict[Series, Shown] = {}
    for series, row in sheet.rows.items():
        if row.none:
            continue
        stock, there = is_stock(series, row), month in row.months
        if there and (stock or not alone):
            counted[series] = row.months[month]
        if not stock and (there or alone):
            reached = _reached(series, row, month, sheet)
            year |= {} if reached is None else {series: reached}
    return Step(
        label=month,
        month=month,
        areas=sheet.areas,
        counted=counted,
        year=year,
        covers={series: row.covers for series, row in sheet.rows.items()},
        none=frozenset(series for series, row in sheet.rows.items() if row.none),
        every=frozenset(sheet.rows),
        first=_first(sheet, month),
        latest=_latest(sheet, month),
    )


def _first(sheet: Sheet, month: str) -> frozenset[Series]:
    year = year_of(month)
    earlier = [one for one in sheet.months if one < month and year_of(one) == year]
    return frozenset(
        series
        for series, row in sheet.rows.items()
        if not any(one in row.months for one in earlier)
    )


def _latest(sheet: Sheet, month: str) -> dict[Series, str]:
    until = [one for one in sheet.months if one <= month]
    return {
        series: max(held)
        for series, row in sheet.rows.items()
        if (held := [one for one in until if one in row.months])
    }


def _reached(series: Series, row: Row, month: str, sheet: Sheet) -> Shown | None:
    """The year to date that the month's own return showed: the sum of the months."""
    if series.indicator == PEOPLE:
        return None
    until = [row.months[m] for m in sheet.months if m in row.months and m <= month]
    in_year = [m for m in sheet.months if year_of(m) == year_of(month)]
    if not until or len(in_year) != len(sheet.months):
        return None
    value, bound = sum(one.value for one in until), until[-1].bound
    exact = all(one.exact for one in until)
    low = value if exact else value - bound
    return Shown(value, max(low, 0), value if exact else value + bound, exact)
