"""A folder that can't be written: its own sentence, and nothing is changed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.store.store import Store
from tests.faults.processes import line, start

#: Root writes where it may not; the writer runs without that power.
AS_ANYONE = (
    ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else ()
)

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there"),
    pytest.mark.skipif(
        bool(AS_ANYONE) and shutil.which("setpriv") is None,
        reason="root writes everywhere, and setpriv is not there to stop it",
    ),
]


@pytest.fixture
def closed(store: Store, folder: Path) -> Iterator[Path]:
    store.close()
    yield folder
    folder.chmod(0o700)


def test_a_read_only_folder_is_told(closed: Path, key: bytes) -> None:
    (closed / "desk.lock").unlink()
    closed.chmod(0o500)
    before = {each.name: each.read_bytes() for each in closed.iterdir()}

    with start(closed, key, "write", AS_ANYONE) as writer:
        said = line(writer)

    assert said.startswith("ReadOnly: ")
    assert "can't be written: it is read-only" in said
    assert {each.name: each.read_bytes() for each in closed.iterdir()} == before


def test_a_read_only_folder_with_a_lock_file_is_told(closed: Path, key: bytes) -> None:
    closed.chmod(0o500)

    with start(closed, key, "write", AS_ANYONE) as writer:
        said = line(writer)

    assert said.startswith("ReadOnly: ")


def test_a_read_only_file_is_told(closed: Path, key: bytes) -> None:
    (closed / "store.db").chmod(0o400)

    with start(closed, key, "write", AS_ANYONE) as writer:
        said = line(writer)

    assert said.startswith("ReadOnly: ")


def test_once_the_folder_can_be_written_all_is_there(
    closed: Path, key: bytes, clock: FixedClock
) -> None:
    closed.chmod(0o500)
    with start(closed, key, "write", AS_ANYONE) as writer:
        line(writer)
    closed.chmod(0o700)

    Store.open(closed, key, clock).close()
