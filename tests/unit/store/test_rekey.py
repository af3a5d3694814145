"""A new key for a closed store, whenever the process dies on the way."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provider_desk.model import files
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Damaged, DiskFull
from provider_desk.model.records import Client
from provider_desk.store import backup, rekey
from provider_desk.store.check import check_store
from provider_desk.store.records import find
from provider_desk.store.store import NAME, Store

ROOT = Path(__file__).resolve().parents[3]
NEW = secrets.token_bytes(32)
PEOPLE = 50


@pytest.fixture
def closed(store: Store) -> Path:
    """The folder of a closed store with people."""
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}", known_as="Invented") for n in range(PEOPLE))
    store.close()
    return store.path.parent


def people(folder: Path, key: bytes, clock: FixedClock) -> int:
    store = Store.open(folder, key, clock)
    assert check_store(store, lambda _done, _total: None, lambda: False) == []
    with store.reading() as rows:
        found = len(find(rows, Client))
    store.close()
    return found


def test_afterwards_the_new_key_opens_the_store_and_the_old_one_does_not(
    closed: Path, key: bytes, clock: FixedClock
) -> None:
    rekey.rekey(closed, key, NEW)

    assert people(closed, NEW, clock) == PEOPLE
    assert not rekey.opens(closed / NAME, key)
    assert rekey.key_of(closed / NAME, [key, NEW]) == NEW
    assert {each.name for each in closed.iterdir()} <= {NAME, "desk.lock", "ballast"}


def test_a_second_time_nothing_is_done(closed: Path, key: bytes) -> None:
    rekey.rekey(closed, key, NEW)
    before = (closed / NAME).read_bytes()

    rekey.rekey(closed, key, NEW)

    assert (closed / NAME).read_bytes() == before


def test_what_a_crash_left_in_the_log_comes_along(
    store: Store, key: bytes, clock: FixedClock, tmp_path: Path
) -> None:
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}") for n in range(5))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in (NAME, f"{NAME}-wal"):
        (crashed / name).write_bytes((store.path.parent / name).read_bytes())
    assert (crashed / f"{NAME}-wal").stat().st_size

    # The wrong key is tried first, as after a crash; it harms nothing.
    assert not rekey.opens(crashed / NAME, NEW)
    rekey.rekey(crashed, key, NEW)

    assert people(crashed, NEW, clock) == 5


def test_with_neither_key_nothing_is_done(closed: Path) -> None:
    before = (closed / NAME).read_bytes()
    other = secrets.token_bytes(32)

    with pytest.raises(Damaged):
        rekey.rekey(closed, other, NEW)
    with pytest.raises(Damaged):
        rekey.key_of(closed / NAME, [other, NEW])

    assert (closed / NAME).read_bytes() == before


def test_a_copy_that_is_not_sound_does_not_take_the_store_s_place(
    closed: Path, key: bytes, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.verify

    def spoiled(path: Path, copy_key: bytes, expected: backup.Contents) -> None:
        data = bytearray(path.read_bytes())
        data[-2_000] ^= 1
        path.write_bytes(bytes(data))
        real(path, copy_key, expected)

    monkeypatch.setattr(backup, "verify", spoiled)
    with pytest.raises(Damaged):
        rekey.rekey(closed, key, NEW)

    assert people(closed, key, clock) == PEOPLE
    assert not (closed / rekey.PART).exists()


def test_a_disk_that_is_full_leaves_the_old_key(
    closed: Path, key: bytes, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, _wanted: int) -> None:
        raise files.disk_full(folder)

    monkeypatch.setattr(backup, "refuse_without_room", full)
    with pytest.raises(DiskFull):
        rekey.rekey(closed, key, NEW)

    assert people(closed, key, clock) == PEOPLE


@pytest.fixture
def killed_at(closed: Path, key: bytes) -> Iterator[Callable[[int], str]]:
    """Begins anew in a process that dies at a step; says "killed", or its steps."""
    home = closed.parent / "killed"
    home.mkdir()
    closed.rename(home / "before")
    script = Path(__file__).with_name("rekeyed.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(home), key.hex(), NEW.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    def run(step: int) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{step}\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield run
    process.communicate("0\n", timeout=30)


@pytest.mark.skipif(os.name == "nt", reason="there is no fork there")
def test_killed_at_any_step_the_store_is_whole_under_one_of_the_keys(
    killed_at: Callable[[int], str], folder: Path, key: bytes, clock: FixedClock
) -> None:
    now = folder.parent / "killed" / "now"
    steps = int(killed_at(10**9))
    opened_by: set[bytes] = set()
    left: set[str] = set()
    # The renaming is among the last steps.
    for step in (*range(1, steps - 12, steps // 12), *range(steps - 12, steps)):
        assert killed_at(step) == "killed"
        left.update(each.name for each in now.iterdir())
        opened_by.add(rekey.key_of(now / NAME, [key, NEW]))
        # Signing in again brings it to its end.
        rekey.rekey(now, key, NEW)
        assert people(now, NEW, clock) == PEOPLE

    assert opened_by == {key, NEW}
    assert rekey.PART in left
