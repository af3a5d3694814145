"""How long the outsider takes: the release gate on three returns, and a whole year.

    python -m tests.bench.bench_attacker [--year]

Invented providers of three sizes with three areas. The year takes minutes. Every time
includes reading the files; the first run also loads the solver.
"""

import argparse
import time

from provider_desk.attacker.attack import Effort, attack
from provider_desk.model.months import Month
from tests.unit.attacker.council_files import made_chain

#: Referrals a month over all areas: a tiny, a usual and a large provider.
#: Source: disclosure, §7.
RATES = (3.5, 9.5, 27.0)
#: Source: disclosure, §8.
MOST_SECONDS_FAST, MOST_SECONDS_YEAR = 2.0, 120.0


def main() -> int:
    """Print a table; 1 where a run is over its limit or something is disclosed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--year", action="store_true", help="attack a whole year too")
    whole_year = parser.parse_args().year
    april = Month(2017, 4)
    months = [str(april.plus(n)) for n in range(12 if whole_year else 3)]
    print(f"{'referrals':>10} {'run':>12} {'tried':>7} {'found':>6} {'seconds':>8}")
    over = False
    for rate in RATES:
        chain = made_chain(months, rate, seed=int(rate))
        runs = [("gate", chain.files[-3:], MOST_SECONDS_FAST)]
        runs += [("year", chain.files, MOST_SECONDS_YEAR)] if whole_year else []
        for name, files, limit in runs:
            begun = time.perf_counter()
            effort: Effort = "whole" if name == "year" else "fast"
            verdict = attack(files, truth=chain.truth, effort=effort)
            taken = time.perf_counter() - begun
            over |= taken > limit or not verdict.safe
            print(
                f"{rate:>10} {name:>12} {verdict.tried:>7}"
                f" {len(verdict.disclosed):>6} {taken:>8.2f}"
            )
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
