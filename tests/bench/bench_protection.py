"""How near and how fast the rounding is, over many invented years.

    python -m tests.bench.bench_protection [YEARS]

Fifty years each of a tiny, a usual and a large provider, a hundred years of stress
(rates of 0.3 to 30 referrals a month, areas with nobody), a return of twice the size,
the imaginary person, and the outsider against whole years. Source: disclosure, §6 (2,
10, 12) and §7.
"""

import sys
import time
from random import Random

from provider_desk.attacker.judge import judge
from provider_desk.attacker.patience import Patience
from provider_desk.protection.person import imaginary_person
from provider_desk.protection.problem import NoSolution
from tests.builders import rounding_errors as errors
from tests.builders.attacked_years import small_figures, world_of
from tests.builders.rounding_errors import Errors, key_of
from tests.builders.simulated_provider import (
    LARGE,
    SHARES,
    TINY,
    USUAL,
    simulated,
)
from tests.builders.simulated_returns import year_of

_YEARS, _STRESS, _ATTACKED = 50, 100, 3
#: Source: disclosure, §6 (10, 12), §7 and the task: seconds, means and shares.
_RETURN, _YEAR, _BIAS, _BEYOND, _WORST = 0.5, 1.0, 0.1, 0.02, 9
_PROVIDER_BIAS = 0.3
_BASES = (errors.MONTH, errors.YEAR_TO_DATE, errors.STOCK)
_SEVEN_AREAS = (0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05)


def sizes(years: int) -> bool:
    """Errors and seconds of the three sizes; whether they keep the limits."""
    good = True
    print(
        "referrals   year  slowest   month        year to date  stock         provider"
    )
    for rate in (TINY, USUAL, LARGE):
        found = Errors()
        for seed in range(years):
            found.add(year_of(simulated(seed, rate), key_of(seed)))
        year = sum(found.seconds) / years
        told = "  ".join(
            f"{found.size(each):.2f} {found.beyond(each):4.1%} {found.bias(each):+.2f}"
            for each in (*_BASES, errors.PROVIDER)
        )
        print(f"{rate:6}/month {year:.2f}  {max(found.seconds):.3f}  {told}")
        print(f"   worst {found.worst}, widened {found.widened}", end=", ")
        shown = found.nothing_for_five / found.figures
        print(f"0 shown for five or more {shown:.2%}")
        good &= year <= _YEAR and max(found.seconds) <= _RETURN
        good &= found.worst <= _WORST
        good &= all(abs(found.bias(each)) <= _BIAS for each in _BASES)
        good &= all(found.beyond(each) < _BEYOND for each in _BASES)
        good &= abs(found.bias(errors.PROVIDER)) <= _PROVIDER_BIAS
    return good


def stress() -> bool:
    """Years that are hard to round; whether each has a solution."""
    draw = Random(1)  # noqa: S311 - invented data
    found, without = Errors(), 0
    for seed in range(_STRESS):
        rate = 0.3 * 100 ** draw.random()
        shares = draw.choice((SHARES, (1.0, 0.0, 0.0), (0.6, 0.0, 0.4)))
        first = draw.randrange(1, 13)
        try:
            provider = simulated(1000 + seed, rate, shares=shares)
            found.add(year_of(provider, key_of(seed), first))
        except NoSolution as trouble:
            without += 1
            print(f"   no solution: {trouble.message}")
    print(
        f"stress: {_STRESS} years, {without} without a solution, "
        f"{found.widened} returns widened, slowest {max(found.seconds):.3f} s"
    )
    return not without and max(found.seconds) <= _RETURN


def seven_areas() -> bool:
    """A return of about a thousand figures, and the people in it."""
    provider = simulated(1, LARGE, shares=_SEVEN_AREAS)
    year = list(year_of(provider, key_of(1)))
    slowest = max(issued.solved.seconds for issued in year)
    problem = year[-1].problem
    print(f"{len(problem.targets)} figures: slowest {slowest:.3f} s", end=", ")
    began = time.perf_counter()
    missing = imaginary_person(problem.targets, problem.relations)
    took = time.perf_counter() - began
    print(f"imaginary people {took:.2f} s, missing {len(missing)}")
    return slowest <= _RETURN and not missing


def attacked() -> bool:
    """Whole years in the outsider's hands; whether all figures keep their values."""
    found, tried, began = 0, 0, time.perf_counter()
    for rate in (TINY, USUAL, LARGE):
        for seed in range(_ATTACKED):
            year = list(year_of(simulated(seed, rate), key_of(seed)))
            small = small_figures(year)
            found += len(judge(world_of(year), small, Patience()))
            tried += len(small)
    took = time.perf_counter() - began
    print(f"attacked: {tried} small figures, {found} given away, {took:.0f} s")
    return not found


def main(words: list[str]) -> int:
    """Measure; 1 where a limit is not kept."""
    good = sizes(int(words[0]) if words else _YEARS)
    good &= stress()
    good &= seven_areas()
    good &= attacked()
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
