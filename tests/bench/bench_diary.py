"""How long the diary takes: a worker's week, everybody's, a plan, the groups.

    python -m tests.bench.bench_diary [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``; without it one of about 250,000 rows is
made. The status is 1 where something is over its limit.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from provider_desk.model.fields import Value
from provider_desk.services.casework.booking import bookings, groups, registers, week
from provider_desk.services.casework.booking.repeating import Repeat
from provider_desk.services.desk import Desk
from provider_desk.store.queries import diary as questions
from tests.bench.bench_search import timed, told
from tests.bench.big_desk import make_big_desk, open_big_desk
from tests.builders.casework import contract_of

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

#: Milliseconds, the slowest of nine.
LIMIT = 100


def busiest(desk: Desk, monday: date) -> str:
    """Who has the most sessions in a week."""
    with desk.store.reading() as rows:
        held = questions.tallies(rows, monday, monday + timedelta(days=6))
    counts: dict[str, int] = {}
    for each in held:
        counts[each.worker] = counts.get(each.worker, 0) + each.all
    return max(counts, key=lambda worker: counts[worker], default="")


def a_group(desk: Desk, referral_ids: list[str], on: date) -> str:
    """A group with members, whose register was taken once."""
    group_id, _ = groups.add_group(
        desk,
        {"name": "Measured", "contract_id": contract_of(desk).id, "area": "PES_AD",
         "funded": "N", "worker": "W07", "weekday": "TUE",
         "starts_on": on - timedelta(days=28)},
    )  # fmt: skip
    for referral_id in referral_ids:
        values: dict[str, Value] = {"group_id": group_id, "joined_on": on}
        groups.join(desk, referral_id, values)
    marks = dict.fromkeys(referral_ids, "ATT")
    registers.take_register(desk, group_id, on, marks)
    return group_id


def measure(desk: Desk) -> int:
    """Measure, and say what is over; 1 where something is."""
    today = desk.today()
    monday = today - timedelta(days=today.weekday())
    worker = busiest(desk, monday)
    held = week.week(desk, today, worker)
    everybody = week.everybody(desk, today)
    sessions = sum(sum(each.days) for each in everybody)
    print(
        f"{worker}: {len(held.sessions)} sessions; "
        f"everybody: {len(everybody)} workers, {sessions} sessions"
    )
    referral_ids = list(dict.fromkeys(each.referral_id for each in held.sessions))[:20]
    group_id = a_group(desk, referral_ids, today)
    values: dict[str, Value] = {
        "held_on": today,
        "starts_at": "10:00",
        "worker": worker,
        "minutes": 50,
    }
    works: dict[str, Callable[[], object]] = {
        "a worker's week": lambda: week.week(desk, today, worker),
        "everybody's week": lambda: week.everybody(desk, today),
        "whose diaries": lambda: week.workers(desk, today),
        "a plan of 52": lambda: bookings.plan(
            desk, referral_ids[0], values, Repeat("WEEKLY", 52)
        ),
        "groups": lambda: groups.groups(desk),
        "a group": lambda: groups.group(desk, group_id),
        "a register": lambda: registers.register(desk, group_id, today),
    }
    over = []
    for name, work in works.items():
        took = [timed(work) for _ in range(9)]
        told(name, took)
        if max(took) > LIMIT:
            over.append(f"{name}: {max(took):.0f} ms, limit {LIMIT}")
    print("\n".join(over) or "within the limits")
    return 1 if over else 0


def main() -> int:
    """Open or make a desk, and measure."""
    if len(sys.argv) > 1:
        desk = open_big_desk(Path(sys.argv[1]))
        status = measure(desk)
        desk.close()
        return status
    with tempfile.TemporaryDirectory() as folder:
        desk = make_big_desk(Path(folder) / "desk", PEOPLE, SESSIONS)
        status = measure(desk)
        desk.close()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
