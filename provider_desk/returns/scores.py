"""What a total of an outcome measure means: bands, threshold, reliable change.

All of it stands in the value list ``outcome_measure``. Source: domain, D1, D3.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from provider_desk.model.choices import Choice, choices

#: Between the first and the last band of a step.
TO = " to "

#: How a last band stands to a first one.
POSITIVE, LEVEL, NEGATIVE = "positive", "no change", "negative"


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome measure as the return works with it.

    Attributes:
        code: in the value list.
        higher_is_better: the direction of a change for the better.
        bands: lowest total of each and its name, mildest first; () for none.
        caseness: from this total on a first score is above the threshold; None where
            the measure has none.
        reliable: a change by so much is more than chance; None where it has none.
    """

    code: str
    higher_is_better: bool
    bands: tuple[tuple[int, str], ...]
    caseness: int | None
    reliable: int | None


@cache
def measures() -> Mapping[str, Measure]:
    """Every outcome measure by its code, in the order of the list."""
    listed = choices("outcome_measure").values
    return MappingProxyType({each.code: _measure(each) for each in listed})


def _measure(choice: Choice) -> Measure:
    said = choice.flags
    return Measure(
        code=choice.code,
        higher_is_better=said.get("better") == "higher",
        bands=tuple((band["from"], band["label"]) for band in said.get("bands", ())),
        caseness=said.get("caseness"),
        reliable=said.get("reliable_change"),
    )


def banded() -> tuple[Measure, ...]:
    """The measures that have bands of severity."""
    return tuple(each for each in measures().values() if each.bands)


def paired_measures() -> tuple[Measure, ...]:
    """The measures whose change says whether an episode improved: PHQ-9, GAD-7."""
    return tuple(each for each in measures().values() if each.reliable is not None)


def steps(code: str) -> Iterator[str]:
    """Every way from a first band to a last one, "mild to minimal", worst start last.

    Raises:
        KeyError: there is no such measure.
    """
    names = [name for _, name in measures()[code].bands]
    for first in names:
        for last in names:
            yield f"{first}{TO}{last}"


def movement(measure: Measure, first: str, last: str) -> str:
    """How a last band stands to the first: positive, no change or negative.

    Raises:
        ValueError: the measure has no such band.
    """
    names = [name for _, name in measure.bands]
    climbed = names.index(last) - names.index(first)
    if climbed == 0:
        return LEVEL
    return POSITIVE if (climbed > 0) is measure.higher_is_better else NEGATIVE
