"""Council returns written for the attacker's tests.

The rounding here is a plain one of its own: the multiples of 5 nearest to the figures
at which all relations hold. The program's own is never asked.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from provider_desk.attacker.reading import read
from provider_desk.attacker.solver import Solver, whole_point
from provider_desk.attacker.system import build
from provider_desk.attacker.world import Cell, Link, Term, World
from provider_desk.model.months import Month
from tests.unit.attacker.invented import Figures, Provider

STOCKS = frozenset({"A5", "B1", "B2", "B7", "C2", "D5", "D8b", "D11"})
#: Shares of what is true at month end.
STOCK_SHARES = frozenset({"B6", "D6"})
BASE, BOUND = 5, 9


def is_stock(key: str) -> bool:
    """Whether a key is of a month end."""
    return key.split("|")[1] in STOCKS | STOCK_SHARES


def bare(key: str) -> str:
    """The key without its year to date."""
    return key.removesuffix("@ytd")


@dataclass
class Chain:
    """A provider's returns, one after the other.

    Attributes:
        truth: exact figures by month, as the gate is given them.
        months: what was published for each month, by key.
        years: what was published for each year to date, by key.
        files: the returns.
    """

    truth: dict[str, Figures] = field(default_factory=dict)
    months: dict[str, Figures] = field(default_factory=dict)
    years: dict[str, Figures] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)

    def sums(self, month: str) -> Figures:
        """The exact years to date of a month."""
        year = [
            one for one in self.truth if one <= month and _year(one) == _year(month)
        ]
        found: Figures = {}
        for one in year:
            for key, value in self.truth[one].items():
                if key.endswith("@ytd"):
                    found[bare(key)] = value
                elif not is_stock(key) and "|P1|" not in key:
                    found[key] = found.get(key, 0) + value
        return found

    def write(self, month: str, **head: Any) -> bytes:
        """The file of a month, from what was published."""
        year = [
            one for one in self.months if one <= month and _year(one) == _year(month)
        ]
        return return_file(
            month,
            {one: self.months[one] for one in sorted(year)},
            self.years[month],
            **head,
        )


def _year(month: str) -> int:
    found = Month.parse(month)
    return found.year - (found.number < 4)


def return_file(
    month: str,
    months: Mapping[str, Figures],
    year: Figures,
    *,
    version: int = 1,
    bound: int = BOUND,
    exact: Mapping[str, int] | None = None,
    change: Callable[[dict[str, Any]], None] | None = None,
) -> bytes:
    """A council .json.

    Args:
        month: "2017-09".
        months: published month figures and month ends, by month.
        year: published years to date.
        version: of the return.
        bound: what the file says figures are never further off.
        exact: keys whose own month's figure goes exact, and that figure.
        change: spoils the content before it is written.
    """
    lines: dict[tuple[str, str, str], dict[str, Any]] = {}
    for key in months[month]:
        area, indicator, split, part = key.split("|")
        line = lines.setdefault(
            (area, indicator, split), _line(area, indicator, split, part, months)
        )
        for place, one in enumerate(months):
            shown = months[one].get(key)
            if one == month and exact and key in exact:
                line["months"][place] |= {"exact": True}
                shown = exact[key]
            line["months"][place] |= _cell(part, shown, bound)
        line["year_to_date"] |= _cell(part, year.get(key), bound)
    codes = list(dict.fromkeys(area for area, _, _ in lines))
    content = {
        "provider": "Nobody's house (invented)",
        "month": month,
        "months": list(months),
        "version": version,
        "copy": "council",
        "areas": [{"code": code, "label": code} for code in codes],
        "protection": {
            "method": "controlled rounding",
            "base": BASE,
            "normally_within": 4,
            "never_more_than": bound,
            "exact": [],
        },
        "lines": list(lines.values()),
    }
    if change is not None:
        change(content)
    whole = {"format": "provider-desk return", "schema": 2, "return": content}
    return json.dumps(whole).encode()


def _line(
    area: str, indicator: str, split: str, part: str, months: Mapping[str, Figures]
) -> dict[str, Any]:
    kind = "stock" if indicator in STOCKS else "flow"
    return {
        "area": area,
        "indicator": indicator,
        "split": split,
        "kind": kind if part == "value" else "ratio",
        "months": [{"state": "not_submitted"} for _ in months],
        "year_to_date": {"state": "not_submitted"},
    }


def _cell(part: str, shown: int | None, bound: int) -> dict[str, Any]:
    if shown is None:
        return {}
    ends = [max(0, shown - bound) if shown >= 0 else shown - bound, shown + bound]
    return {"state": "figure", part: shown, "never": ends}


def made_chain(
    months: Sequence[str], rate: float, seed: int, areas: Sequence[str] | None = None
) -> Chain:
    """A provider's year, every return rounded so that all relations hold."""
    provider = Provider(rate, seed) if areas is None else Provider(rate, seed, areas)
    chain = Chain()
    for month in months:
        chain.truth[month] = provider.month(month)
        issue(chain, month)
    return chain


def issue(chain: Chain, month: str) -> None:
    """Round a month's return, the ones before it standing, and write it."""
    figures, sums = chain.truth[month], chain.sums(month)
    blank = {bare(key): 0 for key in figures}
    chain.months[month] = dict(blank)
    chain.years[month] = dict.fromkeys(sums, 0)
    world = read([*chain.files, chain.write(month)])
    truth = {f"{month}|{key}": value for key, value in figures.items()}
    truth |= {f"{month}|{key}@ytd": value for key, value in sums.items()}
    found = _nearest(world, month, truth)
    for key in chain.months[month]:
        chain.months[month][key] = found[f"{month}|{key}"]
    for key in sums:
        chain.years[month][key] = found[f"{month}|{key}@ytd"]
    chain.files.append(chain.write(month))


def _nearest(world: World, month: str, truth: Mapping[str, int]) -> dict[str, int]:
    """Multiples of 5 near the truth of a month, the months before it as published."""
    cells: list[Cell] = []
    links = list(world.links)
    aim: dict[str, float] = {}
    for cell in world.cells:
        if not cell.key.startswith(month):
            shown = (cell.shown or 0) // BASE if cell.shown is not None else None
            cells.append(Cell(cell.key, shown or 0, shown))
            continue
        real = truth[cell.key]
        low, high = -((BOUND - real) // BASE), (real + BOUND) // BASE
        cells.append(Cell(cell.key, max(0, low), high))
        off = f"off {cell.key}"
        aim[off] = -1.0 - (hash_of(cell.key) % 97) / 200
        for sign in (1, -1):
            terms = (Term(cell.key, sign * BASE), Term(off, -1))
            links.append(Link("off", terms, "<=", sign * real))
    system = build(World(tuple(cells), tuple(links)))
    solver = Solver(system, whole=True)
    answer = solver.most({system.place[key]: one for key, one in aim.items()})
    assert answer.point is not None, answer.state
    point = whole_point(answer.point)
    assert point is not None
    return {key: int(point[at]) * BASE for key, at in system.place.items()}


def hash_of(text: str) -> int:
    """A number that stands for a text, the same in every run."""
    return sum((place + 1) * ord(letter) for place, letter in enumerate(text))
