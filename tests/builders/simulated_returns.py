"""The returns of an invented provider: what is rounded, and what hangs together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provider_desk.protection.problem import (
    Kind,
    Problem,
    Relation,
    Solved,
    Target,
    Term,
)
from provider_desk.protection.rounding import solve
from tests.builders import simulated_provider as made
from tests.builders.simulated_provider import Provider

_YEAR_MONTHS = 12
#: A term before it has an area: cell, times, month's figure or not.
_Terms = tuple[tuple[str, int, bool], ...]

_TOTALS = (
    "received",
    "accepted",
    "declined",
    "withdrawn",
    "started",
    "removed",
    "closed",
    "offered",
    "contact",
)
_STOCK_TOTALS = ("awaiting", "waiting", "live")
_SPLITS = {
    split: ("received", number) for split, number in made.OF_RECEIVED.items()
} | {
    "refusal": ("declined", made.REFUSALS),
    "removal": ("removed", made.REMOVALS),
    "start_wait": ("started", made.BANDS),
    "planned": ("planned", made.REASONS),
    "unplanned": ("unplanned", made.REASONS),
    "mode": ("offered", made.MODES),
    "attendance": ("offered", made.ATTENDANCES),
    "method": ("contact", made.METHODS),
}
_STOCK_SPLITS = {"band": ("waiting", made.BANDS), "phase": ("live", 2)}
#: Stock → what comes in, what goes out.
_CHAINS = {
    "awaiting": (("received",), ("accepted", "declined", "withdrawn")),
    "waiting": (("accepted",), ("started", "removed")),
    "live": (("started",), ("closed",)),
}


def flow_cells() -> list[str]:
    """Every flow of an area."""
    cells = [*_TOTALS, *made.PLANS, "day_one"]
    for split, (_, number) in _SPLITS.items():
        cells += [f"{split}:{at}" for at in range(number)]
    cells += [f"outcome:{at}" for at in range(made.OUTCOMES)]
    return cells + [f"session:{m}.{a}" for m, a in _grid()]


def stock_cells() -> list[str]:
    """Every stock of an area."""
    cells = [*_STOCK_TOTALS, "spoken", "exit"]
    for split, (_, number) in _STOCK_SPLITS.items():
        cells += [f"{split}:{at}" for at in range(number)]
    return cells


def _grid() -> list[tuple[int, int]]:
    """Mode by attendance."""
    return [(m, a) for m in range(made.MODES) for a in range(made.ATTENDANCES)]


def _sums() -> Iterator[_Terms]:
    """Whole less its parts, which is nothing."""
    for split, (whole, number) in (_SPLITS | _STOCK_SPLITS).items():
        yield _whole(whole, [f"{split}:{at}" for at in range(number)])
    yield _whole("closed", list(made.PLANS))
    for at in range(made.MODES):
        yield _whole(f"mode:{at}", [f"session:{m}.{a}" for m, a in _grid() if m == at])
    for at in range(made.ATTENDANCES):
        cells = [f"session:{m}.{a}" for m, a in _grid() if a == at]
        yield _whole(f"attendance:{at}", cells)


def _whole(whole: str, parts: list[str]) -> _Terms:
    return ((whole, 1, False), *((part, -1, False) for part in parts))


def _at_most() -> Iterator[_Terms]:
    """Parts less the whole, which is never above nothing."""
    yield (("spoken", 1, False), ("waiting", -1, False))
    yield (("exit", 1, False), ("live", -1, False))
    outcomes = [f"outcome:{at}" for at in range(made.OUTCOMES)]
    for month in (False, True):
        yield (("day_one", 1, month), ("started", -1, month))
        yield (*((each, 1, month) for each in outcomes), ("closed", -1, month))


@dataclass(frozen=True, slots=True)
class Before:
    """What the returns before this one said.

    Attributes:
        published: P by key; empty where the chain starts.
        counted: exact flows since ever, as counted then.
    """

    published: Mapping[str, int]
    counted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Truth:
    """The exact figures of one return, by "area|cell"."""

    year_to_date: Mapping[str, int]
    month: Mapping[str, int]
    stocks: Mapping[str, int]
    counted: Mapping[str, int]


def truth_of(provider: Provider, month: int, before: Before, start: Truth) -> Truth:
    """What a return counts: ``start`` is the truth at the end of March."""
    flows, stocks = provider.figures(month)
    keys = [f"{area}|{cell}" for area in _areas(provider) for cell in flow_cells()]
    return Truth(
        {key: flows[key] - start.counted.get(key, 0) for key in keys},
        {key: flows[key] - before.counted.get(key, 0) for key in keys},
        Counter(stocks),
        flows,
    )


def _areas(provider: Provider) -> tuple[str, ...]:
    return (*provider.areas, "ALL")


def problem_of(provider: Provider, month: int, truth: Truth, before: Before) -> Problem:
    """The problem of one return; relations that the truth breaks are left out."""
    april = month % _YEAR_MONTHS == 0
    areas = _areas(provider)
    targets = []
    for area in areas:
        for cell in flow_cells():
            key = f"{area}|{cell}"
            gone = 0 if april else before.published.get(key, 0)
            figure = truth.year_to_date[key]
            targets.append(
                Target(
                    key, Kind.FLOW, figure, truth.month[key], gone, _weight(area, cell)
                )
            )
        for cell in stock_cells():
            key = f"{area}|{cell}"
            targets.append(
                Target(key, Kind.STOCK, truth.stocks[key], weight=_weight(area, cell))
            )
    relations = list(_relations(areas, truth))
    targets += _chained(areas, truth, before, relations)
    return Problem(f"year {month // _YEAR_MONTHS}", tuple(targets), tuple(relations))


def _weight(area: str, cell: str) -> int:
    total = cell in _TOTALS or cell in _STOCK_TOTALS
    return (3 if total else 1) + (area == "ALL")


def _relations(areas: tuple[str, ...], truth: Truth) -> Iterator[Relation]:
    """Sums, shares and areas."""
    for area in areas:
        for terms in _sums():
            yield _row(area, terms, "=")
        for terms in _at_most():
            figures = (
                times * _figure(truth, f"{area}|{cell}", month=month)
                for cell, times, month in terms
            )
            if sum(figures) <= 0:
                yield _row(area, terms, "<=")
    for cell in (*flow_cells(), *stock_cells()):
        parts = tuple(Term(f"{area}|{cell}") for area in areas[:-1])
        yield Relation(f"areas of {cell}", (*parts, Term(f"ALL|{cell}", -1)))


def _row(area: str, terms: _Terms, sense: str) -> Relation:
    name = f"{area} {terms[0][0]}"
    row = tuple(Term(f"{area}|{cell}", times, month) for cell, times, month in terms)
    return Relation(name, row, "=" if sense == "=" else "<=")


def _figure(truth: Truth, key: str, *, month: bool) -> int:
    if month:
        return truth.month[key]
    return truth.year_to_date.get(key, truth.stocks.get(key, 0))


def _chained(
    areas: tuple[str, ...], truth: Truth, before: Before, relations: list[Relation]
) -> Iterator[Target]:
    """Stock and flow; where the chain starts, with hidden opening stocks."""
    for stock, (ins, outs) in _CHAINS.items():
        for area in areas:
            key = f"{area}|{stock}"
            terms = [Term(key)]
            terms += [Term(f"{area}|{cell}", -1, month=True) for cell in ins]
            terms += [Term(f"{area}|{cell}", 1, month=True) for cell in outs]
            opening = before.published.get(key, 0)
            if not before.published:
                gone = sum(truth.month[f"{area}|{cell}"] for cell in outs)
                come = sum(truth.month[f"{area}|{cell}"] for cell in ins)
                hidden = f"{area}|opening {stock}"
                terms.append(Term(hidden, -1))
                yield Target(
                    hidden, Kind.STOCK, truth.stocks[key] - come + gone, weight=3
                )
            relations.append(Relation(f"{key} chain", tuple(terms), "=", opening))


@dataclass(frozen=True, slots=True)
class Issued:
    """One return: the exact, the problem and the published figures."""

    month: int
    truth: Truth
    problem: Problem
    solved: Solved


def year_of(
    provider: Provider, key: bytes, first: int = 12, months: int = 13
) -> Iterator[Issued]:
    """The returns of a year and the April after it, each built on the one before."""
    counted, stocks = provider.figures(first - 1)
    start = Truth({}, {}, stocks, counted)
    before = Before({}, counted)
    for month in range(first, first + months):
        if month % _YEAR_MONTHS == 0:
            start = Truth({}, {}, {}, before.counted)
        truth = truth_of(provider, month, before, start)
        problem = problem_of(provider, month, truth, before)
        solved = solve(problem, key, never)
        yield Issued(month, truth, problem, solved)
        before = Before(solved.published, truth.counted)


def never() -> bool:
    """Nobody stops it."""
    return False
