"""What keeping a desk safe costs, on a store of 250,000 rows.

    python -m tests.bench.bench_safety [PEOPLE SESSIONS]

Seconds and megabytes of one run; the limits are those of the security design, §4.2,
for 100 MB of store, and are looked at in proportion to the store's size.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.store import backup, container, fresh, looks, rekey
from provider_desk.store.check import quick_check
from provider_desk.store.store import NAME, Store
from tests.bench.big_desk import make_big_desk, open_big_desk
from tests.builders.casework import TODAY
from tests.builders.keys import KEY

_PEOPLE, _SESSIONS = 9_000, 170_000
_NEW = bytes(range(1, 33))
_LOOKS = 300
#: Seconds for 100 MB.
_BACKUP_LIMIT, _REKEY_LIMIT, _DIGEST_LIMIT = 5.0, 5.0, 0.15
_LOOK_LIMIT_MS = 5.0


def timed(deed: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def look(store: Store) -> looks.LookEntry:
    """One entry of who looked, sealed and signed by constants."""
    return looks.append(store, "u" * 32, 1, bytes(300), lambda _data: bytes(64))


def made_backup(store: Store, folder: Path) -> None:
    """A copy, opened again and compared, in its container, read back."""
    part = folder / "part"
    backup.copy_store(store, part, _NEW)
    told = {"size": part.stat().st_size, "hash": container.hashed(part)}
    container.write(folder / "made.pdbackup", told, part)


def main() -> int:
    """Print the table; 1 where something is over its limit."""
    numbers = [int(each) for each in sys.argv[1:3]] or [_PEOPLE, _SESSIONS]
    people, sessions = numbers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        desk = make_big_desk(folder, people, sessions)
        with desk.store.reading() as rows:
            ops = rows.rows("SELECT count(*) FROM op")[0][0]
        desk.close()
        return _measured(folder, ops)


def _measured(folder: Path, ops: int) -> int:
    path = folder / NAME
    size = path.stat().st_size / 1e6
    print(f"{ops:,} rows, {size:.0f} MB")
    clock = FixedClock.on(TODAY)
    opening = timed(lambda: Store.open(folder, KEY, clock).close())
    digest = min(timed(lambda: fresh.digest(path)) for _ in range(3))
    store = open_big_desk(folder).store
    a_look = timed(lambda: [look(store) for _ in range(_LOOKS)]) / _LOOKS
    check = timed(lambda: quick_check(store))
    with store.reading() as rows:
        chain = timed(lambda: looks.verify(rows))
    whole = timed(lambda: made_backup(store, folder.parent))
    store.close()
    new_key = timed(lambda: rekey.rekey(folder, KEY, _NEW))
    hundred = size / 100
    lines = (
        ("opening the store", opening, None),
        ("digest of the closed file", digest, _DIGEST_LIMIT * hundred),
        ("an entry of who looked", a_look, _LOOK_LIMIT_MS / 1000),
        (f"chain of {_LOOKS} entries", chain, None),
        ("check of the day", check, None),
        ("backup, looked at and read back", whole, _BACKUP_LIMIT * hundred),
        ("new key for the store", new_key, _REKEY_LIMIT * hundred),
    )
    over = False
    for what, seconds, limit in lines:
        wanted = "" if limit is None else f"   (at most {limit:.3f})"
        print(f"{what:34} {seconds:8.4f} s{wanted}")
        over = over or (limit is not None and seconds > limit)
    shutil.rmtree(folder)
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
