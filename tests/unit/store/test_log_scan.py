"""A damaged log is told from one that the power cut off in its last deed."""

import shutil
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.records import Client
from provider_desk.store.log_scan import lost_commits
from provider_desk.store.store import Store

HEAD, FRAME = 32, 4_096 + 24


@pytest.fixture
def left(store: Store, folder: Path, tmp_path: Path) -> Path:
    """A store as a crash leaves it, with ten deeds in its log; its path."""
    store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(10):
        with store.writing("add person") as deed:
            deed.add(Client(code=str(number)))
    shutil.copytree(folder, tmp_path / "left")
    return tmp_path / "left" / "store.db"


def log_of(path: Path) -> Path:
    return path.with_name("store.db-wal")


def change(path: Path, at: int, bit: int = 1) -> None:
    data = bytearray(log_of(path).read_bytes())
    data[at] ^= bit
    log_of(path).write_bytes(data)


def codes(path: Path, key: bytes, clock: FixedClock) -> int:
    store = Store.open(path.parent, key, clock)
    with store.reading() as rows:
        found = rows.rows("SELECT count(*) FROM client")[0][0]
    store.close()
    return int(found)


def test_a_sound_log_loses_nothing(left: Path, key: bytes, clock: FixedClock) -> None:
    assert lost_commits(left) == 0
    assert codes(left, key, clock) == 10


@pytest.mark.parametrize("at", [0, 9, 17, 25, HEAD, HEAD + 9, HEAD + 17, HEAD + 900])
def test_damage_at_the_beginning_loses_all(
    left: Path, key: bytes, clock: FixedClock, at: int
) -> None:
    change(left, at)

    assert lost_commits(left) == 10
    assert codes(left, key, clock) == 0


def test_damage_in_the_middle_loses_what_follows(
    left: Path, key: bytes, clock: FixedClock
) -> None:
    frames = (log_of(left).stat().st_size - HEAD) // FRAME
    change(left, HEAD + frames // 2 * FRAME + 1_000)

    lost = lost_commits(left)

    assert 0 < lost < 10
    assert codes(left, key, clock) == 10 - lost


def test_a_log_cut_off_in_its_last_deed_is_no_damage(
    left: Path, key: bytes, clock: FixedClock
) -> None:
    data = log_of(left).read_bytes()
    log_of(left).write_bytes(data[: -FRAME - 500] + bytes(FRAME + 500))

    assert lost_commits(left) == 0
    assert codes(left, key, clock) == 9


def test_frames_of_an_older_log_are_no_damage(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    for number in range(10):
        with store.writing("add person") as deed:
            deed.add(Client(code=str(number), access_needs="x" * 9_000))
    store._writer.execute("PRAGMA wal_checkpoint(RESTART)")
    with store.writing("add person") as deed:
        deed.add(Client(code="last"))
    shutil.copytree(folder, tmp_path / "left")

    assert lost_commits(tmp_path / "left" / "store.db") == 0


def test_a_closed_store_has_no_log(store: Store, folder: Path) -> None:
    store.close()

    assert lost_commits(folder / "store.db") == 0
