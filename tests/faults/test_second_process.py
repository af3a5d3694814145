"""A second process is kept away; one that dies leaves nothing behind."""

from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import InUse
from provider_desk.store.store import Store
from tests.faults.processes import line, start


def test_a_desk_that_another_process_holds_is_refused_and_the_holder_named(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    store.close()
    with start(folder, key, "hold") as holder:
        assert line(holder) == "open"

        with pytest.raises(InUse, match=f"process {holder.pid} on this computer"):
            Store.open(folder, key, clock)

        holder.kill()
    Store.open(folder, key, clock).close()


def test_this_process_keeps_others_away_too(
    store: Store, folder: Path, key: bytes
) -> None:
    assert store.device
    with start(folder, key, "hold") as second:
        said = line(second)
        second.kill()

    assert said.startswith("InUse: This desk is open already: process ")
    assert "Nothing was changed." in said
