"""Damage of the store, and of the log that a crash left, is told."""

from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.store.store import Store
from tests.faults import drill_flips
from tests.faults.effort import Effort


def test_all_damage_of_a_store_is_told(tmp_path: Path) -> None:
    told = drill_flips.run(tmp_path / "flips", Effort(seed=20180501, times=90))

    assert told.wrong == []
    assert told.counts["log: flip"] == 30
    assert told.counts["log: told before opening"] > 20


def test_the_drill_sees_a_store_that_lost_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(data: bytearray, _chance: object) -> None:
        data[:] = empty

    monkeypatch.setattr(drill_flips, "DAMAGES", (forget,))
    clock = FixedClock(drill_flips.CLOCK.ms)
    Store.create(tmp_path / "empty", drill_flips.KEY, clock, "0" * 32).close()
    empty = (tmp_path / "empty" / "store.db").read_bytes()

    told = drill_flips.run(tmp_path / "flips", Effort(seed=1, times=3))

    assert told.wrong == ["forget, not told, people lost"] * 2
