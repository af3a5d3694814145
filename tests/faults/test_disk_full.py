"""A full disk: its own sentence, nothing saved is lost, and reading goes on."""

import errno
from pathlib import Path

import pytest

from provider_desk.model import files
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DiskFull
from provider_desk.model.records import Client
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.faults import drill_disk_full
from tests.faults.effort import Effort
from tests.faults.processes import faults, line, rows_by_deed, start
from tests.faults.writer import NOTE, ROWS

#: Mounts a small disk for the writer alone, then copies it back where all can see.
SMALL_DISK = """
set -e
mount -t tmpfs -o size=6m tmpfs "$1/disk"
cp "$1"/desk/store.db "$1/disk/"
status=0
"$2" "$3" "$1/disk" "$5" "$6" || status=$?
cp "$1"/disk/store.db* "$1/back/"
exit $status
"""


def fill(store: Store, saved: list[Client]) -> None:
    """Add people until something stops it; ``saved`` holds those that were saved."""
    for number in range(10_000):
        client = Client(code=str(number), access_needs=NOTE)
        with store.writing("add person") as deed:
            deed.add(client)
        saved.append(client)


def test_a_file_that_can_not_grow_is_a_full_disk(store: Store) -> None:
    store._writer.execute("PRAGMA max_page_count = 400")
    saved: list[Client] = []

    with pytest.raises(DiskFull, match=r"disk .* is full.*saved before is safe"):
        fill(store, saved)

    assert len(saved) > 10
    with store.reading() as rows:
        assert find(rows, Client) == saved
    assert faults(store) == []


def test_after_room_was_made_saving_goes_on(store: Store) -> None:
    store._writer.execute("PRAGMA max_page_count = 400")
    with pytest.raises(DiskFull):
        fill(store, [])
    store._writer.execute("PRAGMA max_page_count = 100000")

    client = Client(code="after")
    with store.writing("add person") as deed:
        deed.add(client)

    with store.reading() as rows:
        assert find(rows, Client, code="after") == [client]


@pytest.mark.skipif(not drill_disk_full.mounting(), reason="no small disk here")
def test_a_disk_that_is_really_full_loses_nothing_that_was_saved(
    store: Store, folder: Path, tmp_path: Path, key: bytes, clock: FixedClock
) -> None:
    store.close()
    (tmp_path / "disk").mkdir()
    (tmp_path / "back").mkdir()
    script = tmp_path / "small_disk.sh"
    script.write_text(SMALL_DISK)
    before = (*drill_disk_full.mounting(), "sh", str(script), str(tmp_path))

    saved: list[int] = []
    with start(folder, key, "write", before) as writer:
        while (said := line(writer)).isdigit():
            saved.append(int(said))

    assert said.startswith("DiskFull: ")
    assert "is full. This was not saved." in said
    again = Store.open(tmp_path / "back", key, clock)
    assert rows_by_deed(again) == dict.fromkeys(saved, ROWS)
    assert len(saved) > 10
    assert faults(again) == []
    again.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_the_system_s_word_for_a_full_disk_is_told_in_ours(
    tmp_path: Path, code: int
) -> None:
    told = files.in_words(OSError(code, "x"), tmp_path / "roster.bin")

    assert isinstance(told, DiskFull)
    assert "Make room" in told.advice


@pytest.mark.skipif(not drill_disk_full.mounting(), reason="no small disk here")
def test_the_reserve_lets_work_be_saved_and_the_desk_be_opened(tmp_path: Path) -> None:
    told = drill_disk_full.run(tmp_path, Effort(20180501, times=2))

    assert told.wrong == []
    assert told.counts["refused saves"] == 4
