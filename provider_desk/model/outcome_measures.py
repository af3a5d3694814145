"""What a total of an outcome measure means: bands, threshold, reliable change.

All of it stands in the value list ``outcome_measure``; the return and the window read
it from here. Source: domain reference, D1, D3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from provider_desk.model.choices import Choice, choices

#: The code of a scale of the service's own, told by its name.
OWN_SCALE = "STAR"


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome measure.

    Attributes:
        code: in the value list.
        label: its name.
        low, high: the smallest and the largest total; None where nobody says.
        better: "lower", "higher", or "" where nobody says.
        bands: lowest total of each and its name, mildest first; () for none.
        caseness: from this total on a first score is above the threshold; None where
            the measure has none.
        reliable: a change by so much is more than chance; None where it has none.
        decides: whether its change says whether an episode improved.
    """

    code: str
    label: str
    low: int | None
    high: int | None
    better: str
    bands: tuple[tuple[int, str], ...]
    caseness: int | None
    reliable: int | None
    decides: bool

    @property
    def higher_is_better(self) -> bool:
        """The direction of a change for the better."""
        return self.better == "higher"

    def band_of(self, total: Decimal | int) -> str:
        """The name of the band that a total lies in, "" where there is none.

        Args:
            total: where answers are missing, as it was worked out and not rounded.
        """
        reached = [name for start, name in self.bands if total >= start]
        return reached[-1] if reached else ""

    def is_case(self, total: Decimal | int) -> bool | None:
        """Whether a total reaches the threshold; None where there is none."""
        return None if self.caseness is None else total >= self.caseness


@cache
def measures() -> Mapping[str, Measure]:
    """Every outcome measure by its code, in the order of the list."""
    listed = choices("outcome_measure").values
    return MappingProxyType({each.code: _measure(each) for each in listed})


def _measure(choice: Choice) -> Measure:
    said = choice.flags
    better = str(said.get("better", ""))
    return Measure(
        code=choice.code,
        label=choice.label,
        low=said.get("min"),
        high=said.get("max"),
        better=better if better in ("lower", "higher") else "",
        bands=tuple((band["from"], band["label"]) for band in said.get("bands", ())),
        caseness=said.get("caseness"),
        reliable=said.get("reliable_change"),
        decides=bool(said.get("decides")),
    )
