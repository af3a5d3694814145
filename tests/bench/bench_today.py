"""How long Today takes, which is asked after every deed, for each role.

    python -m tests.bench.bench_today [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``; without it one of about 250,000 rows is
made. Beside each figure stands that of one plain question to the same desk, so that
runs on computers of different speed can be compared. The status is 1 where a role is
over the limit on a desk of full size.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from provider_desk.services.casework import today
from provider_desk.services.desk import Desk
from tests.bench.bench_roles import signed_in
from tests.bench.bench_search import timed
from tests.bench.big_desk import make_big_desk, open_big_desk

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

#: Milliseconds, the median; on 50,000 people and 1,000,000 sessions.
LIMIT = 100

_ROLES = (
    "CASEWORKER",
    "COUNSELLOR",
    "CLINICAL_LEAD",
    "ADMINISTRATOR",
    "MANAGER",
    "STUDENT",
    "TRUSTEE",
)
_TIMES = 15


def yardstick(desk: Desk) -> float:
    """Milliseconds of reading one index of the desk from end to end."""
    with desk.store.reading() as rows:
        took = [
            timed(lambda: rows.rows("SELECT max(started_on || id) FROM episode"))
            for _ in range(_TIMES)
        ]
    return statistics.median(took)


def measure(desk: Desk) -> dict[str, float]:
    """Role → the median in milliseconds."""
    base = yardstick(desk)
    found = {}
    for role in _ROLES:
        who = signed_in(desk, role)
        # The first time reads from the disk what the desk then keeps at hand.
        first = timed(lambda who=who: today.things_to_do(who))  # type: ignore[misc]
        took = [
            timed(lambda who=who: today.things_to_do(who))  # type: ignore[misc]
            for _ in range(_TIMES)
        ]
        found[role] = statistics.median(took)
        print(
            f"{role:14} {found[role]:7.1f} ms, first {first:7.1f} ms, "
            f"{found[role] / base:6.1f} times the yardstick"
        )
    return found


def told(found: dict[str, float]) -> int:
    """Say what is over the limit; 1 where something is."""
    over = [f"{role}: {ms:.0f} ms, limit {LIMIT}" for role, ms in found.items()]
    over = [line for line, ms in zip(over, found.values(), strict=True) if ms > LIMIT]
    print("\n".join(over) or "within the limit")
    return 1 if over else 0


def main() -> int:
    """Open or make a desk, and measure."""
    if len(sys.argv) > 1:
        desk = open_big_desk(Path(sys.argv[1]))
        status = told(measure(desk))
        desk.close()
        return status
    with tempfile.TemporaryDirectory() as folder:
        desk = make_big_desk(Path(folder) / "desk", PEOPLE, SESSIONS)
        status = told(measure(desk))
        desk.close()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
