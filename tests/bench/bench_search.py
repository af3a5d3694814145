"""How long the lists and pages take on a very large desk.

    python -m tests.bench.bench_search [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``; without it one with 50,000 people and few
sessions is made. Every search text is typed letter by letter, as somebody would.
Milliseconds, as the store's own page cache gives them.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from provider_desk.services.casework import people, sessions, today, waiting
from provider_desk.services.desk import Desk
from tests.bench.big_desk import PEOPLE, make_big_desk, open_big_desk

#: Typed letter by letter.
TYPED = (
    "zoe",
    "zainab oak",
    "O'Brien",
    "chloé green",
    "i-0421",
    "i-31",
    "07700 900",
    "5/9/1980",
    "5 sep 1972",
    "anna millw",
    "w",
    "nobody of this name",
)
_SEED = 1


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def told(name: str, times: Iterable[float]) -> None:
    """Print the middle, the 95th percentile and the longest."""
    took = sorted(times)
    p95 = took[min(len(took) - 1, round(len(took) * 0.95))]
    print(
        f"{name:28} {len(took):5} runs   p50 {statistics.median(took):7.1f}"
        f"   p95 {p95:7.1f}   longest {took[-1]:7.1f} ms"
    )


def search_times(desk: Desk) -> list[float]:
    """Every beginning of every text, in random order, three times."""
    beginnings = [text[: n + 1] for text in TYPED for n in range(len(text))] * 3
    random.Random(_SEED).shuffle(beginnings)  # noqa: S311
    return [timed(partial(people.search, desk, text)) for text in beginnings]


def measure(desk: Desk) -> None:
    """Search, pages and lists, each as the window asks for them."""
    told("first search", [timed(lambda: people.search(desk, "z"))])
    told("search as you type", search_times(desk))
    told(
        "everybody, first page",
        [timed(lambda: people.search(desk, "")) for _ in range(9)],
    )
    told(
        "everybody, page 200",
        [timed(lambda: people.search(desk, "", start=10_000)) for _ in range(9)],
    )
    found = [row for text in "abcdefgh" for row in people.search(desk, text).rows]
    told(
        "a person",
        [timed(partial(people.person, desk, row.client_id)) for row in found],
    )
    told("case picker, typed", [timed(lambda: sessions.cases(desk, "zo a"))])
    told(
        "case picker, empty",
        [timed(lambda: sessions.cases(desk, "")) for _ in range(9)],
    )
    told("today", [timed(lambda: today.things_to_do(desk)) for _ in range(9)])
    on = desk.today()
    told(
        "waiting list",
        [timed(lambda: waiting.waiting_list(desk, on)) for _ in range(9)],
    )
    told(
        "not recorded yet", [timed(lambda: sessions.unrecorded(desk)) for _ in range(9)]
    )


def main() -> None:
    """Open or make a desk, and measure."""
    if len(sys.argv) > 1:
        desk = open_big_desk(Path(sys.argv[1]))
        measure(desk)
        desk.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        desk = make_big_desk(Path(folder) / "desk", PEOPLE, PEOPLE)
        measure(desk)
        desk.close()


if __name__ == "__main__":
    main()
