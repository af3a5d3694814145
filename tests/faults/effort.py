"""How long a drill goes on, by which chance, and what it tells in the end."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a drill does; iterating it counts its turns.

    Attributes:
        seed: the same seed gives the same chances; moments of the machine differ.
        times: that many turns; 0 where time decides.
        minutes: turns begin for that long.
    """

    seed: int
    times: int = 0
    minutes: float = 0

    def chance(self) -> random.Random:
        """Chances of this drill."""
        return random.Random(self.seed)  # noqa: S311 - nothing secret hangs on it

    def __iter__(self) -> Iterator[int]:
        end = time.monotonic() + self.minutes * 60
        turn = 0
        while turn < self.times or (not self.times and time.monotonic() < end):
            yield turn
            turn += 1


@dataclass(slots=True)
class Told:
    """What a drill tells.

    Attributes:
        counts: how often what was done: "kills", "deeds acknowledged".
        figures: measured, in words: "one guess" → "125 ms".
        wrong: what should not have been; empty is what is hoped for.
        skipped: why nothing was done here; "" where it was.
    """

    counts: Counter[str] = field(default_factory=Counter)
    figures: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""

    def add(self, other: "Told") -> None:
        """Take in what another process tells of the same drill."""
        self.counts.update(other.counts)
        self.figures.update(other.figures)
        self.wrong += other.wrong
        self.skipped = self.skipped or other.skipped

    def written(self) -> str:
        """As text, for another process."""
        return json.dumps([self.counts, self.figures, self.wrong, self.skipped])

    @classmethod
    def read(cls, text: str) -> "Told":
        """What another process told with ``written``."""
        counts, figures, wrong, skipped = json.loads(text)
        return cls(Counter(counts), figures, wrong, skipped)

    def expect(self, is_so: bool, otherwise: str) -> None:  # noqa: FBT001
        """Note what is wrong where something is not as it should be."""
        if not is_so:
            self.wrong.append(otherwise)
