"""A process that is killed while it writes loses nothing that it had saved."""

import random
import time
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.store.store import Store
from tests.faults.processes import faults, line, rows_by_deed, start
from tests.faults.writer import ROWS

chance = random.Random(20180501)  # noqa: S311 - the same moments each time


@pytest.mark.parametrize("killed_after_ms", [chance.randint(1, 120) for _ in range(6)])
def test_no_saved_deed_is_lost_and_none_is_there_by_half(
    store: Store, folder: Path, key: bytes, clock: FixedClock, killed_after_ms: int
) -> None:
    store.close()
    with start(folder, key, "write") as writer:
        saved = [int(line(writer))]
        time.sleep(killed_after_ms / 1000)
        writer.kill()
        assert writer.stdout is not None
        saved += [int(said) for said in writer.stdout.read().split("\n")[:-1]]

    again = Store.open(folder, key, clock)
    found = rows_by_deed(again)
    assert {number: found[number] for number in saved} == dict.fromkeys(saved, ROWS)
    assert set(found.values()) == {ROWS}
    assert len(found) - len(saved) in (0, 1)
    assert faults(again) == []
    again.close()
