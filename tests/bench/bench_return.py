"""How long a month's return takes on the big desk, encrypted and not.

Run from the checkout: ``python -m tests.bench.bench_return [FOLDER]``. Prints a table;
the desk is made in the folder where it is not there yet, which takes minutes. "First"
is right after the desk was opened, when every page is read for the first time; the
limits are kept by the median of the runs after it. "All" is the same with what only
asks for a look, which a window shows a moment later.
"""

import argparse
import contextlib
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from provider_desk.model.months import Month
from provider_desk.model.rows import Rows
from provider_desk.returns.compute import compute
from provider_desk.returns.table import ReturnTable
from provider_desk.store.store import Store
from tests.bench.ten_years import (
    CONTRACT,
    LAST,
    PLAIN,
    TODAY,
    PlainRows,
    open_ten_years,
    plain_copy,
)

#: Source: the task, point 5.
MOST_SECONDS = 1.0
MOST_RATIO = 2.0
MOST_MEGABYTES = 300

_RUNS = 5


def make(rows: Rows, month: Month, *, warnings: bool = False) -> ReturnTable:
    """The internal return of a month: figures, and checks that must hold."""
    return compute(
        rows,
        contract_id=CONTRACT,
        month=month,
        copy="internal",
        made_on=TODAY,
        warnings=warnings,
    )


def timed(deed: Callable[[], ReturnTable]) -> tuple[float, float, ReturnTable]:
    """Seconds of the first run, the median of the others, and what came out."""
    taken = []
    for _ in range(_RUNS):
        begin = time.perf_counter()
        table = deed()
        taken.append(time.perf_counter() - begin)
    return taken[0], median(taken[1:]), table


def encrypted(store: Store, month: Month, *, warnings: bool = False) -> ReturnTable:
    """A return as the program makes it."""
    with store.reading() as rows:
        return make(rows, month, warnings=warnings)


def all_of_it(store: Store, month: Month) -> float:
    """Seconds of a return with what only asks for a look."""
    begin = time.perf_counter()
    encrypted(store, month, warnings=True)
    return time.perf_counter() - begin


def memory() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure; 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    folder = parser.parse_args().folder
    with contextlib.ExitStack() as held:
        if folder is None:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        # Made and closed first, so that making it does not count as memory.
        if not (folder / PLAIN).exists():
            with contextlib.closing(open_ten_years(folder)) as store:
                plain_copy(store, folder / PLAIN).close()
        return _measure(folder)


def _measure(folder: Path) -> int:
    months = (Month.of(LAST), Month.of(LAST).plus(-6), Month.of(LAST).april)
    with contextlib.closing(open_ten_years(folder)) as store:
        shut = [timed(lambda month=month: encrypted(store, month)) for month in months]  # type: ignore[misc]
        whole = [all_of_it(store, month) for month in months]
        held = memory()
        with contextlib.closing(plain_copy(store, folder / PLAIN)) as copy:
            rows = PlainRows(copy)
            bare = [timed(lambda month=month: make(rows, month)) for month in months]  # type: ignore[misc]
    print("month     encrypted first / later   plain first / later   ratio      all")
    kept = held <= MOST_MEGABYTES
    for month, (first, later, table), (plain, plain_later, same), everything in zip(
        months, shut, bare, whole, strict=True
    ):
        if table != same:
            raise ValueError("the two stores gave different figures")
        ratio = later / plain_later
        print(
            f"{month}   {first:7.2f} s / {later:.2f} s   {plain:13.2f} s / "
            f"{plain_later:.2f} s   {ratio:5.2f}   {everything:.2f} s"
        )
        kept &= later <= MOST_SECONDS and ratio <= MOST_RATIO
    print(f"memory {held:.0f} MB; {'within the limits' if kept else 'OVER A LIMIT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
