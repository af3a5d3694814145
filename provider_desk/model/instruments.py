"""How a measure is asked: its questions and answers, from resources/instruments.

What a total means stands in the value list ``outcome_measure``. A measure whose licence
does not let its words be shown has no questions here: its total is typed. Source:
domain reference, D1, D2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from provider_desk.model import resources


@dataclass(frozen=True, slots=True)
class Instrument:
    """A measure as it is filled in.

    Attributes:
        measure: its code in the value list ``outcome_measure``.
        asks: what stands above the questions.
        items: the questions in their order; () where only a total is typed.
        answers: what the numbers 0, 1, 2 and so on mean.
        turned: numbers of the questions, from 1, of which a high answer is good: they
            count the other way round.
        risk_item: number of the question that asks for action above 0; 0 for none.
        most_missing: so many may be without an answer.
        decimals: places that a total worked out from fewer answers keeps.
        licence: the line that goes with it, wherever it is shown.
        metric: what totals become for display, from the smallest on; () for none.
    """

    measure: str
    asks: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    turned: frozenset[int]
    risk_item: int
    most_missing: int
    decimals: int
    licence: str
    metric: tuple[Decimal, ...] = ()

    @property
    def highest(self) -> int:
        """The highest answer to a question."""
        return len(self.answers) - 1


@cache
def instruments() -> Mapping[str, Instrument]:
    """Those that are declared, by the code of their measure."""
    read = map(resources.read_toml, resources.names_in("instruments", ".toml"))
    found = map(_instrument, read)
    return MappingProxyType({each.measure: each for each in found})


def by_items(code: str) -> Instrument | None:
    """The instrument of a measure that can be asked question by question."""
    found = instruments().get(code)
    return found if found is not None and found.items else None


def _instrument(said: Mapping[str, Any]) -> Instrument:
    shown = bool(said["show_items"])
    return Instrument(
        measure=str(said["measure"]),
        asks=str(said.get("asks", "")),
        items=tuple(said.get("items", ())) if shown else (),
        answers=tuple(said.get("answers", ())),
        turned=frozenset(said.get("reversed", ())),
        risk_item=int(said.get("risk_item", 0)),
        most_missing=int(said.get("most_missing", 0)),
        decimals=int(said.get("decimals", 0)),
        licence=str(said["licence"]),
        metric=tuple(Decimal(each) for each in said.get("metric", ())),
    )
