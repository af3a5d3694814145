"""Which measures the return compares, and how a band stands to another.

What a total means stands in ``model.outcome_measures``. Source: domain, D1, D3.
"""

from collections.abc import Iterator

from provider_desk.model.outcome_measures import Measure, measures

#: Between the first and the last band of a step.
TO = " to "

#: How a last band stands to a first one.
POSITIVE, LEVEL, NEGATIVE = "positive", "no change", "negative"


def banded() -> tuple[Measure, ...]:
    """The measures that have bands of severity."""
    return tuple(each for each in measures().values() if each.bands)


def paired_measures() -> tuple[Measure, ...]:
    """The measures whose change says whether an episode improved: PHQ-9, GAD-7."""
    return tuple(each for each in measures().values() if each.decides)


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
