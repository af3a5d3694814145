"""Which numbers leave in a month's council return, and under which lines they stand.

Every line stands in every return in the same order, whatever the desk holds: that a
category appears at all would say that somebody is in it. Source: monthly return, §2;
disclosure, §4.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Figure
from provider_desk.returns.outline import SUM
from provider_desk.returns.relation import RATIOS, Ref, Relations
from provider_desk.returns.relations import relations
from provider_desk.returns.table import LineKey

MONTH, QUARTER, YEAR = "month", "quarter", "year"
#: How often a line leaves that is not sent at all.
NEVER = "never"
_OFTEN = (MONTH, QUARTER, YEAR, NEVER)

FLOW, STOCK, PEOPLE = "flow", "stock", "people"

#: Ends the key of the year to date of what does not add up over months.
YEAR_TO_DATE = "@ytd"

_INNER, _TOTAL = 1, 3

_MARCH = 3
_MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed in writing with the council. Source: disclosure, profiles.

    Attributes:
        exact: codes of the indicators whose totals go exact.
        quarterly: codes of the indicators that are sent quarterly instead.
        left_out: codes of the indicators that are not sent at all.
    """

    exact: tuple[str, ...] = ()
    quarterly: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


NOTHING_AGREED = Agreed()


@dataclass(frozen=True, slots=True)
class Spec:
    """One number that is counted and, in its months, rounded and published.

    Attributes:
        key: "THER|A7|Health|value"; "…@ytd" is the year to date of people.
        area: code of the area, "ALL" for the sum.
        ref: what is counted, in the words of the relations.
        figure: the same as it is declared.
        kind: "flow", "stock" or "people".
        every: "month", "quarter", "year" or "never": how often it leaves.
        sent: whether it leaves in this month's return.
        weight: 1 inner, 2 its sum over areas, 3 area total, 4 provider total.
        zero: a structural zero: the area is outside its life.
    """

    key: str
    area: str
    ref: Ref
    figure: Figure
    kind: str
    every: str
    sent: bool
    weight: int
    zero: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the return.

    Attributes:
        key: what it is.
        figure: as it is declared.
        every: how often it leaves; "never" where it does not.
        numbers: "value", or "numerator" and "denominator" → the keys whose sum it is;
            several lines may show one number. Empty for a mean, median or longest.
        bands: keys of the bands that a median is told by, else ().
    """

    key: LineKey
    figure: Figure
    every: str
    numbers: Mapping[str, tuple[str, ...]]
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """What leaves in one month's return.

    Attributes:
        contract: the contract and its areas.
        month: the return's month.
        agreed: what is agreed with the council.
        lines: every line, in order, the sum block last.
        specs: every number by its key, sent or not, in order.
        closed: areas that are outside their life in this month.
        id: SHA-256 of definitions, relations, areas and agreement.
    """

    contract: Agreement
    month: Month
    agreed: Agreed
    lines: tuple[Shown, ...]
    specs: Mapping[str, Spec]
    closed: frozenset[str]
    id: str

    @property
    def sum_area(self) -> str:
        """The block that holds everything: the sum, or the one area."""
        return self.contract.blocks()[-1].code

    @property
    def shown(self) -> Mapping[str, tuple[str, ...]]:
        """Line key ("THER|C9||numerator") → the numbers whose sum this return shows."""
        return MappingProxyType(
            {
                f"{line.key.area}|{line.key.indicator}|{line.key.split}|{part}": keys
                for line in self.lines
                if leaves(line.every, self.month)
                for part, keys in line.numbers.items()
            }
        )

    def key(self, area: str, ref: Ref) -> str:
        """The key of a number of the relations in an area."""
        return _key(area, relations().one(ref))


def is_quarter(month: Month) -> bool:
    """Whether a month ends a quarter, so that its return holds quarterly tables."""
    return month.number % _MONTHS_OF_QUARTER == 0


def leaves(every: str, month: Month) -> bool:
    """Whether what leaves so often leaves in this month's return."""
    match every:
        case "month":
            return True
        case "quarter":
            return is_quarter(month)
        case _:
            return every == YEAR and month.number == _MARCH


def template(
    contract: Agreement, month: Month, agreed: Agreed = NOTHING_AGREED
) -> Template:
    """What leaves in a month's return under a contract.

    Raises:
        Damaged: the indicators or relations are not right.
    """
    lines = tuple(_lines(contract, agreed))
    closed = frozenset(
        area for area in contract.areas if not contract.is_open(area, month)
    )
    return Template(
        contract=contract,
        month=month,
        agreed=agreed,
        lines=lines,
        specs=MappingProxyType(dict(_specs(lines, contract, month, closed))),
        closed=closed,
        id=_id(contract, agreed),
    )


def _id(contract: Agreement, agreed: Agreed) -> str:
    said = {
        "definitions": catalogue().definitions,
        "relations": relations().sha256,
        "areas": [[area, *map(str, contract.life(area))] for area in contract.areas],
        "agreed": [agreed.exact, agreed.quarterly, agreed.left_out],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _lines(contract: Agreement, agreed: Agreed) -> Iterator[Shown]:
    held = relations()
    blocks = contract.blocks()
    for block in blocks:
        for figure in catalogue().figures:
            if figure.group in held.sum_block and block != blocks[-1]:
                continue
            yield _shown(figure, block.code, held, agreed)


def _shown(figure: Figure, area: str, held: Relations, agreed: Agreed) -> Shown:
    numbers = {} if figure.later else held.numbers(figure)
    bands = held.bands.get(Ref(figure.code, figure.split), ())
    return Shown(
        key=LineKey(figure.code, figure.split, area),
        figure=figure,
        every=_every(figure, agreed) if numbers or bands else NEVER,
        numbers=MappingProxyType(
            {
                part: tuple(_key(area, ref) for ref in refs)
                for part, refs in numbers.items()
            }
        ),
        bands=tuple(_key(area, ref) for ref in bands),
    )


def _every(figure: Figure, agreed: Agreed) -> str:
    """How often a line leaves, by its declaration and what is agreed."""
    if figure.code in agreed.left_out:
        return NEVER
    if figure.code in agreed.quarterly and figure.every == MONTH:
        return QUARTER
    return figure.every


def _specs(
    lines: tuple[Shown, ...],
    contract: Agreement,
    month: Month,
    closed: frozenset[str],
) -> Iterator[tuple[str, Spec]]:
    """Every number that a line shows, as often as the line that shows it most."""
    often: dict[str, str] = {}
    for line in lines:
        for key in (*sum(line.numbers.values(), ()), *line.bands):
            often[key] = min(often.get(key, NEVER), line.every, key=_OFTEN.index)
    one_area = len(contract.areas) == 1
    for area in (block.code for block in contract.blocks()):
        for ref, figure in _counted():
            key = _key(area, ref)
            if key not in often:
                continue
            kind = _kind(figure)
            weight = (_TOTAL if _is_total(figure) else _INNER) + (
                area == SUM or one_area
            )
            for each in (key, key + YEAR_TO_DATE)[: 2 if kind == PEOPLE else 1]:
                yield (
                    each,
                    Spec(
                        key=each,
                        area=area,
                        ref=ref,
                        figure=figure,
                        kind=kind,
                        every=often[key],
                        sent=leaves(often[key], month),
                        weight=weight,
                        zero=area in closed,
                    ),
                )


def _counted() -> Iterator[tuple[Ref, Figure]]:
    """Every number that is counted under its own name, in the catalogue's order."""
    held = relations()
    for figure in catalogue().figures:
        named = Ref(figure.code, figure.split)
        for ref in (named, Ref(figure.code, figure.split, denominator=True)):
            if ref not in held.same and not figure.later:
                yield ref, figure


def _is_total(figure: Figure) -> bool:
    return figure.is_total and figure.measure not in RATIOS


def _kind(figure: Figure) -> str:
    fact = FACTS[figure.fact]
    if figure.measure == "distinct" and figure.value in fact.who:
        return PEOPLE
    return STOCK if fact.stock and figure.measure != "capacity" else FLOW


def _key(area: str, ref: Ref) -> str:
    figure = catalogue().figure(ref.code, ref.split)
    part = "numerator" if figure.measure in RATIOS else "value"
    if ref.denominator:
        part = "denominator"
    return f"{area}|{ref.code}|{ref.split}|{part}"
