"""How long the capacity page takes to count and to play a scenario through.

Run from the checkout: ``python -m tests.bench.bench_planning FOLDER``, where
``big_desk`` made a desk. Counting shows that it goes on and can be stopped; a
scenario is played beside the window, as often as a slider moves.
"""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from provider_desk.planning.outlook import outlook
from provider_desk.services.planning import forecasts, slots, who
from provider_desk.services.planning.overview import overview
from tests.bench.big_desk import open_big_desk
from tests.builders.casework import contract_of

_RUNS = 5


def timed(words: str, work: Callable[[], object]) -> None:
    """Print the first and the median time of some work, in milliseconds."""
    took = []
    for _ in range(_RUNS):
        begin = time.perf_counter()
        work()
        took.append((time.perf_counter() - begin) * 1000)
    print(f"{words:<34}{took[0]:>8.0f} ms{median(took[1:]):>8.0f} ms")


def main() -> None:
    """Measure the desk of a folder."""
    with closing(open_big_desk(Path(sys.argv[1]))) as desk:
        contract = contract_of(desk).id
        print(f"{'':<34}{'first':>11}{'median':>11}")
        timed("counting a contract", lambda: overview(desk, contract))
        seen = overview(desk, contract)
        timed("who uses the service", lambda: who.who_uses(desk, seen, "ALL"))
        timed("slots of workers", lambda: slots.booked(desk))
        timed("forecasts", lambda: forecasts.ahead_of(desk, contract, 3))
        scenario = seen.own["ALL"].scenario
        timed("a scenario", lambda: outlook(scenario))


if __name__ == "__main__":
    main()
