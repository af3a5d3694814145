"""Run by the kill drill: gets into a store and writes with three threads until killed.

``python two_writers.py FOLDER KEY SAID RUN`` tries to get in until it can, prints "in",
and appends to the file SAID, in one call each, what is saved: ``KIND RUN NUMBER``.
Kinds: add and change are deeds of two threads; look and draft are a third's.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import InUse
from provider_desk.model.records import Client
from provider_desk.store import drafts, looks
from provider_desk.store.store import Store
from tests.faults.writer import NOTE, ROWS, say

Saved = Callable[[str, int], None]

USER = "u" * 32
_CLOCK = FixedClock.on(date(2018, 5, 1))


def add(store: Store, run: int, saved: Saved) -> None:
    """Add people, some in one deed."""
    for number in range(1_000_000):
        with store.writing("add people") as deed:
            deed.add_all(
                Client(code=f"{run}-{number}-{row}", access_needs=NOTE)
                for row in range(ROWS)
            )
        saved("add", number)


def change(store: Store, run: int, saved: Saved) -> None:
    """Add a person and change two fields again and again."""
    person = Client(code=f"{run}-c", known_as="0", access_needs="0")
    with store.writing("add person") as deed:
        deed.add(person)
    for number in range(1, 1_000_000):
        with store.writing("change person") as deed:
            deed.change(
                Client,
                person.id,
                {"known_as": str(number), "access_needs": str(number)},
            )
        saved("change", number)


def look(store: Store, run: int, saved: Saved) -> None:
    """Note who looked, and keep a draft, in turn."""
    for number in range(1_000_000):
        words = f"{run} {number}".encode()
        looks.append(store, USER, _CLOCK.ms, words, lambda _data: bytes(64))
        saved("look", number)
        drafts.keep(store, USER, f"panel {run}", _CLOCK.ms, words)
        saved("draft", number)


def get_in(folder: Path, key: bytes) -> Store:
    """Open the store as soon as nobody else holds it."""
    while True:
        try:
            return Store.open(folder, key, _CLOCK)
        except InUse:
            time.sleep(0.002)


def main(folder: str, key: str, said: str, run: str) -> None:
    """Write until the process is killed."""
    told = os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def saved(kind: str, number: int) -> None:
        os.write(told, f"{kind} {run} {number}\n".encode())

    say("waits")
    store = get_in(Path(folder), bytes.fromhex(key))
    say("in")
    for task in (add, change, look):
        threading.Thread(target=task, args=(store, int(run), saved)).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
