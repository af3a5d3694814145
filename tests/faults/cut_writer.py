"""Run by the power-cut drill, recorded: writes, and says what is saved.

``python cut_writer.py TASK FOLDER KEY SEED``; each task is a function here.
"""

import random
import sys
import threading
from datetime import date
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.clock import FixedClock
from provider_desk.model.records import Client
from provider_desk.store import connection
from provider_desk.store.driver import Connection
from provider_desk.store.store import Store
from tests.faults.writer import ROWS, say

NOTE = "invented words "
_CLOCK = FixedClock.on(date(2018, 5, 1))


def store(folder: Path, key: bytes, seed: int) -> None:
    """Two threads save different deeds; now and then the log is taken in."""
    opened = Store.open(folder, key, _CLOCK)
    threads = [
        threading.Thread(target=each, args=(opened, seed)) for each in (_add, _change)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened.close()
    say("closed")


def _add(store: Store, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for number in range(12):
        note = NOTE * chance.choice((1, 20, 400))
        with store.writing("add people") as deed:
            deed.add_all(
                Client(code=f"{number}-{row}", access_needs=note) for row in range(ROWS)
            )
        say(f"add {number}")
        if chance.random() < 0.3:
            with store._writing:
                store._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _change(store: Store, seed: int) -> None:
    chance = random.Random(-seed - 1)  # noqa: S311
    changed = Client(code="c", known_as="-1")
    with store.writing("add person") as deed:
        deed.add(changed)
    say("change -1")
    for number in range(12):
        note = NOTE * chance.choice((1, 50))
        values = {"known_as": str(number), "access_needs": f"{number} {note}"}
        with store.writing("change person") as deed:
            deed.change(Client, changed.id, values)
        say(f"change {number}")


def hasty(folder: Path, key: bytes, seed: int) -> None:
    """The same by a store that does not wait for the disk: the drill must see it."""
    _waiting("NORMAL")
    store(folder, key, seed)


def heedless(folder: Path, key: bytes, seed: int) -> None:
    """The same without any waiting for the disk."""
    _waiting("OFF")
    store(folder, key, seed)


def _waiting(how: str) -> None:
    """Make every connection wait for the disk as SQLite's setting says."""
    prepare = connection._prepare

    def hastily(made: Connection, key: bytes, *, wal: bool) -> None:
        prepare(made, key, wal=wal)
        made.execute(f"PRAGMA synchronous={how}")

    vars(connection)["_prepare"] = hastily


def whole(folder: Path, _key: bytes, seed: int) -> None:
    """A file is written whole, again and again."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(20):
        words = f"{number} " * chance.choice((1, 100, 3_000))
        files.write_whole(folder / "whole.bin", words.encode())
        say(f"whole {number}")


def careless(folder: Path, _key: bytes, seed: int) -> None:
    """A file is written over without care: the drill must see it."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(20):
        words = f"{number} " * chance.choice((1, 100, 3_000))
        (folder / "whole.bin").write_bytes(words.encode())
        say(f"whole {number}")


TASKS = {each.__name__: each for each in (store, hasty, heedless, whole, careless)}


def main(task: str, folder: str, key: str, seed: str) -> None:
    """Do one of the tasks."""
    TASKS[task](Path(folder), bytes.fromhex(key), int(seed))


if __name__ == "__main__":
    main(*sys.argv[1:])
