"""Run by the fault tests in a process of its own: writes to a store and says so.

``python writer.py FOLDER KEY hold`` opens the store, says "open" and waits.
``python writer.py FOLDER KEY write`` adds people, deed by deed, and prints the number
of each deed once it is saved; an error ends it, told as its class and its sentence.
"""

import sys
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.records import Client
from provider_desk.store.store import Store

#: Rows of one deed: all of them are there afterwards, or none.
ROWS = 3
NOTE = "invented " * 200


def say(words: str) -> None:
    """Print a line that the other process sees at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def write(store: Store) -> None:
    """Add people until something stops it."""
    for number in range(1_000_000):
        with store.writing("add people") as deed:
            deed.add_all(
                Client(code=f"{number}-{row}", access_needs=NOTE) for row in range(ROWS)
            )
        say(str(number))


def main(folder: str, key: str, task: str) -> None:
    """Do one of the two tasks."""
    try:
        clock = FixedClock.on(date(2018, 5, 1))
        store = Store.open(Path(folder), bytes.fromhex(key), clock)
        if task == "write":
            write(store)
        say("open")
        sys.stdin.read()
        store.close()
    except DeskError as error:
        say(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
