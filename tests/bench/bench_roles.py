"""How long people and lists take somebody whose role is limited, and the log of it.

    python -m tests.bench.bench_roles [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``; without it one of about 250,000 rows is
made. A caseload there is far larger than anybody's: 250 people, for a caseworker the
waiting list as well. Every call writes its entry in the log of who looked first. The
status is 1 where something is over its limit.
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.records import User
from provider_desk.services.casework import people, sessions, today, waiting
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.store.records import find
from tests.bench.bench_search import search_times, timed, told
from tests.bench.big_desk import make_big_desk, open_big_desk
from tests.builders.casework import keys_for

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

#: Milliseconds, 95 of 100 times.
OPEN, SEARCH = 150, 200

_ROLES = ("MANAGER", "COUNSELLOR", "CASEWORKER")


def signed_in(desk: Desk, role: str) -> Desk:
    """Somebody of a role, who has the cases of one of the desk's workers."""
    with desk.store.writing("add user") as deed:
        for each in find(deed, User, initials="W07"):
            deed.retire(User, each.id, "another role is measured")
        user = User(name=f"Invented {role.title()}", role=role, initials="W07")
        deed.add(user)
    return Desk(desk.store, user, desk.clock, keys_for(desk.store, user))


def measure(desk: Desk, clock: FixedClock) -> dict[str, float]:
    """Name → the 95th percentile in milliseconds, of what has a limit."""
    with desk.store.reading() as rows:
        mine = caseload.of_desk(desk, rows)
        took = [timed(lambda: caseload.of_desk(desk, rows)) for _ in range(9)]
    size = "everybody" if mine.ids is None else f"{len(mine.ids):,} people"
    print(f"-- {desk.user.role}: {size}")
    told("who is of the caseload", took)
    searching = search_times(desk)
    told("search as you type", searching)
    rows_found = people.search(desk, "", count=300).rows
    opening = [
        timed(partial(_open_again, desk, clock, row.client_id)) for row in rows_found
    ]
    told("a person, and the entry", opening)
    on = desk.today()
    lists: dict[str, Callable[[], object]] = {
        "everybody, first page": lambda: people.search(desk, ""),
        "case picker, empty": lambda: sessions.cases(desk, ""),
        "case picker, typed": lambda: sessions.cases(desk, "zo"),
        "today": lambda: today.things_to_do(desk),
        "waiting list": lambda: waiting.waiting_list(desk, on),
        "not recorded yet": lambda: sessions.unrecorded(desk),
    }
    for name, work in lists.items():
        told(name, [timed(work) for _ in range(9)])
    return {"open": _p95(opening), "search": _p95(searching)}


def _open_again(desk: Desk, clock: FixedClock, client_id: str) -> None:
    """Open a person, as if for the first time in ten minutes: with its entry."""
    clock.ms += 11 * 60 * 1000
    people.person(desk, client_id)


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, round(len(times) * 0.95))]


def measure_all(desk: Desk) -> int:
    """Measure for each role; 1 where something is over its limit."""
    clock = desk.clock
    if not isinstance(clock, FixedClock):
        raise TypeError("a large desk has a clock that stands still")
    over = []
    for role in _ROLES:
        took = measure(signed_in(desk, role), clock)
        for name, limit in (("open", OPEN), ("search", SEARCH)):
            if took[name] > limit:
                over.append(f"{role}: {name} {took[name]:.0f} ms, limit {limit}")
    print("\n".join(over) or "within the limits")
    return 1 if over else 0


def main() -> int:
    """Open or make a desk, and measure."""
    if len(sys.argv) > 1:
        desk = open_big_desk(Path(sys.argv[1]))
        status = measure_all(desk)
        desk.close()
        return status
    with tempfile.TemporaryDirectory() as folder:
        desk = make_big_desk(Path(folder) / "desk", PEOPLE, SESSIONS)
        status = measure_all(desk)
        desk.close()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
