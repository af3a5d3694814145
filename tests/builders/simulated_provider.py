"""Invented years of a provider, as counts only: referrals, waiting, support, closures.

Nothing here comes from the catalogue of indicators: the tables are made up, so that the
rounding is tried on linked tables that nobody tuned it for. A life is drawn event by
event; late entries are counted in a later month than they happened, corrections change
or take back what was counted. Source: disclosure, §2 (the generated data).
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

AREAS = ("EAST", "WEST", "HILL", "MOOR", "PORT", "FORD", "DALE")
#: How the referrals fall to the areas, of which there are as many.
SHARES = (0.5, 0.35, 0.15)
#: Referrals a month, the three sizes of disclosure, §7.
TINY, USUAL, LARGE = 3.5, 9.5, 27.0

#: Splits of the referrals received, with the number of their categories.
OF_RECEIVED = {"source": 8, "age": 3, "gender": 4, "ethnic": 6, "again": 2}
REFUSALS, REMOVALS, BANDS, REASONS, OUTCOMES, METHODS = 6, 4, 7, 4, 4, 5
MODES, ATTENDANCES = 6, 5
PLANS = ("planned", "unplanned")
_LATE, _CHANGED, _ERASED = 0.08, 0.04, 0.02
_LONGEST_SUPPORT = 10
_NEVER = 10**6


@dataclass(slots=True)
class Life:
    """One invented referral and what follows, each event with its counting month."""

    area: str
    splits: dict[str, int]
    events: list[tuple[int, str]] = field(default_factory=list)
    changed: int = _NEVER
    changed_to: int = 0
    erased: int = _NEVER

    def flows(self, month: int) -> Iterator[str]:
        """The cells it counts in, of everything recorded up to a month's end."""
        if month >= self.erased:
            return
        for counted, cell in self.events:
            if counted <= month:
                yield cell
        if self.events[0][0] <= month:
            for split, category in self.splits.items():
                late = split == "source" and month >= self.changed
                yield f"{split}:{self.changed_to if late else category}"

    def stocks(self, month: int) -> Iterator[str]:
        """The cells it stands in at a month's end."""
        if month >= self.erased:
            return
        seen = {cell: counted for counted, cell in self.events if counted <= month}
        if "received" not in seen:
            return
        if not seen.keys() & {"accepted", "declined", "withdrawn"}:
            yield "awaiting"
        elif "accepted" in seen and not seen.keys() & {"started", "removed"}:
            yield "waiting"
            yield f"band:{min(BANDS - 1, month - seen['received'])}"
            if self.splits["source"] % 2:
                yield "spoken"
        elif "started" in seen and "closed" not in seen:
            yield "live"
            yield f"phase:{int(month - seen['started'] > _LONGEST_SUPPORT // 2)}"
            if self.splits["ethnic"] % 2:
                yield "exit"


def poisson(draw: Random, mean: float) -> int:
    """A Poisson number (Knuth), for small means."""
    limit, product, count = math.exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def uneven(draw: Random, number: int) -> int:
    """A category, the first ones likelier."""
    return min(int(draw.random() ** 2 * number), number - 1)


@dataclass(frozen=True, slots=True)
class Provider:
    """The lives of some years, by the seed alone.

    Attributes:
        lives: all of them.
        areas: the areas' codes, without the sum.
    """

    lives: tuple[Life, ...]
    areas: tuple[str, ...]

    def figures(self, month: int) -> tuple[Counter[str], Counter[str]]:
        """Flows since ever and stocks at a month's end, as recorded then.

        Keys are "area|cell"; the sum block is "ALL".
        """
        flows: Counter[str] = Counter()
        stocks: Counter[str] = Counter()
        for life in self.lives:
            for counts, cells in (
                (flows, life.flows(month)),
                (stocks, life.stocks(month)),
            ):
                for cell in cells:
                    counts[f"{life.area}|{cell}"] += 1
                    counts[f"ALL|{cell}"] += 1
        return flows, stocks


def simulated(
    seed: int, rate: float, months: int = 36, shares: tuple[float, ...] = SHARES
) -> Provider:
    """A provider's lives over some months, from month 0.

    Args:
        seed: the same seed draws the same lives.
        rate: referrals a month over all areas.
        months: how many months are drawn.
        shares: of the areas; one may be 0.
    """
    draw = Random(seed)  # noqa: S311 - invented data
    areas = AREAS[: len(shares)]
    lives = [
        _life(draw, draw.choices(areas, shares)[0], month)
        for month in range(months)
        for _ in range(poisson(draw, rate))
    ]
    return Provider(tuple(lives), areas)


def _life(draw: Random, area: str, month: int) -> Life:
    """One referral, and what becomes of it."""
    splits = {split: uneven(draw, number) for split, number in OF_RECEIVED.items()}
    life = Life(area, splits)
    month = _counted(draw, life, month, "received")
    month += draw.choice((0, 0, 1))
    decided = draw.choices(("accepted", "declined", "withdrawn"), (70, 20, 10))[0]
    month = _counted(draw, life, month, decided)
    if decided == "declined":
        life.events.append((month, f"refusal:{uneven(draw, REFUSALS)}"))
    if decided == "accepted":
        _waiting(draw, life, month)
    if draw.random() < _CHANGED:
        life.changed = month + draw.randrange(4)
        life.changed_to = uneven(draw, OF_RECEIVED["source"])
    if draw.random() < _ERASED:
        life.erased = month + draw.randrange(1, 9)
    return life


def _counted(draw: Random, life: Life, month: int, cell: str) -> int:
    """Write an event down in its month, now and then later; the month it counts in."""
    month += draw.random() < _LATE
    life.events.append((month, cell))
    return month


def _waiting(draw: Random, life: Life, month: int) -> None:
    """From the acceptance to the start, or off the list."""
    wait = min(poisson(draw, 2.0), 11)
    for later in range(month, month + wait + 1):
        for _ in range(draw.choice((0, 0, 1))):
            life.events.append((later, "contact"))
            life.events.append((later, f"method:{uneven(draw, METHODS)}"))
    month += wait
    if draw.random() < 1 / 8:
        month = _counted(draw, life, month, "removed")
        life.events.append((month, f"removal:{uneven(draw, REMOVALS)}"))
        return
    month = _counted(draw, life, month, "started")
    life.events.append((month, f"start_wait:{min(wait, BANDS - 1)}"))
    if draw.random() < 1 / 2:
        life.events.append((month, "day_one"))
    _support(draw, life, month)


def _support(draw: Random, life: Life, month: int) -> None:
    """Sessions of some months, then the closure."""
    ends = month + 1 + draw.randrange(_LONGEST_SUPPORT)
    for during in range(month, ends + 1):
        for _ in range(draw.randrange(1, 5)):
            later = during + (draw.random() < _LATE)
            mode, attendance = uneven(draw, MODES), uneven(draw, ATTENDANCES)
            life.events.append((later, "offered"))
            life.events.append((later, f"mode:{mode}"))
            life.events.append((later, f"attendance:{attendance}"))
            life.events.append((later, f"session:{mode}.{attendance}"))
    month = _counted(draw, life, ends, "closed")
    plan = draw.choice(PLANS)
    life.events.append((month, plan))
    life.events.append((month, f"{plan}:{uneven(draw, REASONS)}"))
    if draw.random() < 3 / 4:
        scored = month + (draw.random() < _LATE)
        life.events.append((scored, f"outcome:{uneven(draw, OUTCOMES)}"))
