"""The reserve: taken where there is room, given up in two steps, taken again."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DiskFull
from provider_desk.model.files import disk_full
from provider_desk.model.records import Client
from provider_desk.store import ballast
from provider_desk.store.ballast import LAST_BYTES, WHOLE_BYTES
from provider_desk.store.store import Store

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as the system's own


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes the disk says are free, beside the reserve itself."""
    room = [10**12]
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**12, 0, room[0]))
    return room


def test_a_roomy_disk_holds_the_whole_reserve(tmp_path: Path) -> None:
    assert ballast.take(tmp_path) == WHOLE_BYTES
    held = (tmp_path / ballast.NAME).stat()
    assert held.st_size == WHOLE_BYTES
    assert held.st_mode & 0o077 == 0
    assert held.st_blocks * 512 >= WHOLE_BYTES


@pytest.mark.parametrize(
    ("room", "held"),
    [
        (WHOLE_BYTES * 10, WHOLE_BYTES),
        (WHOLE_BYTES * 10 - 1, LAST_BYTES),
        (LAST_BYTES, LAST_BYTES),
        (LAST_BYTES - 1, 0),
    ],
)
def test_a_small_disk_keeps_its_room(
    tmp_path: Path, free: list[int], room: int, held: int
) -> None:
    free[0] = room

    assert ballast.take(tmp_path) == held


def test_a_deed_gets_all_but_the_last_part_once(tmp_path: Path) -> None:
    ballast.take(tmp_path)

    assert ballast.give(tmp_path)
    assert ballast.size(tmp_path) == LAST_BYTES
    assert not ballast.give(tmp_path)
    assert ballast.give_all(tmp_path)
    assert ballast.size(tmp_path) == 0
    assert not ballast.give_all(tmp_path)


def test_what_was_given_up_is_taken_again(tmp_path: Path) -> None:
    ballast.take(tmp_path)
    ballast.give_all(tmp_path)

    assert ballast.is_kept(tmp_path)
    assert ballast.take(tmp_path) == WHOLE_BYTES


def test_closing_holds_what_is_left_of_the_last_part(
    tmp_path: Path, free: list[int]
) -> None:
    free[0] = 1_000_000

    assert ballast.take(tmp_path) == 0
    assert 900_000 < ballast.take(tmp_path, closing=True) <= 1_000_000


def test_a_folder_that_is_not_there_has_no_reserve(tmp_path: Path) -> None:
    assert ballast.take(tmp_path / "gone") == 0
    assert not ballast.is_kept(tmp_path / "gone")


def test_what_can_be_begun_anew_is_done_again_with_the_room(tmp_path: Path) -> None:
    ballast.take(tmp_path)
    rooms = []

    def deed() -> str:
        rooms.append(ballast.size(tmp_path))
        if rooms[-1]:
            raise disk_full(tmp_path)
        return "done"

    assert ballast.twice(tmp_path, deed) == "done"
    assert rooms == [WHOLE_BYTES, 0]


def test_without_a_reserve_the_sentence_says_so(tmp_path: Path) -> None:
    def deed() -> None:
        raise disk_full(tmp_path)

    with pytest.raises(DiskFull, match="no room left in reserve"):
        ballast.twice(tmp_path, deed)


def test_a_deed_that_meets_a_full_disk_can_be_saved_the_second_time(
    store: Store, folder: Path
) -> None:
    ballast.take(folder)
    store._writer.execute("PRAGMA max_page_count = 100")
    with (
        pytest.raises(DiskFull, match=r"full\. This was not saved.*save once more"),
        store.writing("add people") as deed,
    ):
        deed.add_all(Client(code=str(n), access_needs="x" * 900) for n in range(900))

    assert ballast.size(folder) == LAST_BYTES


def test_the_reserve_is_whole_again_after_closing(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    ballast.take(folder)
    ballast.give_all(folder)
    store.close()

    assert ballast.size(folder) == WHOLE_BYTES
    Store.open(folder, key, clock).close()


def test_a_desk_without_a_reserve_gets_none_by_closing(
    store: Store, folder: Path
) -> None:
    store.close()

    assert not ballast.is_kept(folder)
