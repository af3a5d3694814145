"""How far published figures lie from the true ones. Source: disclosure, §7."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from provider_desk.protection.problem import Kind, Target
from tests.builders.simulated_returns import Issued

MONTH, YEAR_TO_DATE, STOCK, PROVIDER = (
    "month",
    "year to date",
    "month-end stock",
    "provider totals",
)
_NORMALLY, _PROVIDER_TOTAL = 4, 4


def key_of(seed: int) -> bytes:
    """A provider's key, the same for the same seed."""
    return hashlib.sha256(f"invented provider {seed}".encode()).digest()


@dataclass(slots=True)
class Errors:
    """Published less true, of many returns.

    Attributes:
        by_basis: the differences of every figure.
        seconds: of every return.
        widened: how many returns needed 14.
        figures: how many there were, year to date and stock.
        nothing_for_five: those of five and more that are shown as 0.
    """

    by_basis: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[float] = field(default_factory=list)
    widened: int = 0
    figures: int = 0
    nothing_for_five: int = 0

    def add(self, returns: Iterable[Issued]) -> None:
        """Take in some returns."""
        for issued in returns:
            self.seconds.append(issued.solved.seconds)
            self.widened += issued.solved.bound > 9
            for target in issued.problem.targets:
                if "|opening " not in target.key:
                    self._add(target, issued.solved.published[target.key])

    def _add(self, target: Target, shown: int) -> None:
        self.figures += 1
        self.nothing_for_five += shown == 0 and target.truth > _NORMALLY
        off = shown - target.truth
        if target.kind is Kind.STOCK:
            self.by_basis[STOCK].append(off)
            return
        self.by_basis[YEAR_TO_DATE].append(off)
        self.by_basis[MONTH].append(shown - target.before - target.month)
        if target.weight == _PROVIDER_TOTAL:
            self.by_basis[PROVIDER].append(off)

    def bias(self, basis: str) -> float:
        """The mean difference."""
        return sum(self.by_basis[basis]) / len(self.by_basis[basis])

    def size(self, basis: str) -> float:
        """The mean difference, whichever way."""
        return sum(map(abs, self.by_basis[basis])) / len(self.by_basis[basis])

    def beyond(self, basis: str) -> float:
        """The share of figures further away than is normal."""
        far = sum(abs(off) > _NORMALLY for off in self.by_basis[basis])
        return far / len(self.by_basis[basis])

    @property
    def worst(self) -> int:
        """The largest difference of all."""
        return max(max(map(abs, offs)) for offs in self.by_basis.values())
