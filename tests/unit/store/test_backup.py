"""Copies of a store: of one moment, and looked at before they count."""

import secrets
import shutil
import threading
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Cancelled, Damaged, DiskFull
from provider_desk.model.records import Client
from provider_desk.store import backup
from provider_desk.store.check import check_store
from provider_desk.store.records import find
from provider_desk.store.store import NAME, Store

OTHER = secrets.token_bytes(32)


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}", known_as="Invented") for n in range(3_000))
    return store


def opened(copy: Path, key: bytes, clock: FixedClock) -> Store:
    folder = copy.parent / "other"
    folder.mkdir()
    shutil.copy(copy, folder / NAME)
    return Store.open(folder, key, clock)


def test_a_copy_is_a_whole_store_under_its_own_key(
    filled: Store, key: bytes, clock: FixedClock, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    held = backup.copy_store(filled, copy, OTHER)

    assert held.rows["client"] == 3_000
    assert [each.name for each in tmp_path.glob("copy*")] == ["copy"]
    with pytest.raises(Damaged):
        backup.contents(copy, key)
    again = opened(copy, OTHER, clock)
    assert check_store(again, lambda _done, _total: None, lambda: False) == []
    with again.reading() as rows:
        assert len(find(rows, Client)) == 3_000
    again.close()


def test_a_copy_is_of_the_moment_at_which_it_began(
    filled: Store, tmp_path: Path
) -> None:
    def meanwhile(_done: int, _total: int) -> None:
        with filled.writing("add person") as deed:
            deed.add(Client(code="late"))

    held = backup.copy_store(filled, tmp_path / "copy", OTHER, meanwhile)

    assert held.rows["client"] == 3_000
    assert backup.contents(tmp_path / "copy", OTHER) == held
    with filled.reading() as rows:
        assert find(rows, Client, code="late")


def test_others_write_while_a_copy_is_made(filled: Store, tmp_path: Path) -> None:
    wrote: list[int] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with filled.writing("add person") as deed:
                deed.add(Client(code="more"))
            wrote.append(1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            backup.copy_store(filled, tmp_path / f"copy{number}", OTHER)
    finally:
        stop.set()
        thread.join()

    assert len(wrote) > 3


def test_a_copy_tells_how_far_it_is_to_the_end(filled: Store, tmp_path: Path) -> None:
    told: list[float] = []

    backup.copy_store(
        filled, tmp_path / "copy", OTHER, lambda done, total: told.append(done / total)
    )

    assert told == sorted(told)
    assert told[-1] == 1


def test_a_copy_that_is_stopped_leaves_nothing(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(Cancelled, match="stopped"):
        backup.copy_store(filled, tmp_path / "copy", OTHER, cancelled=lambda: True)

    assert list(tmp_path.glob("copy*")) == []
    with filled.writing("add person") as deed:
        deed.add(Client(code="goes on"))


def test_without_room_nothing_is_begun(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10**9, 10**9, 5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)

    with pytest.raises(DiskFull, match="5 MB free"):
        backup.copy_store(filled, tmp_path / "copy", OTHER)

    assert not (tmp_path / "copy").exists()


def test_a_page_changed_after_copying_is_found(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    held = backup.copy_store(filled, copy, OTHER)
    data = bytearray(copy.read_bytes())
    for at in (5_000, len(data) // 2, len(data) - 1):
        changed = bytearray(data)
        changed[at] ^= 4
        copy.write_bytes(bytes(changed))
        with pytest.raises(Damaged):
            backup.verify(copy, OTHER, held)
    copy.write_bytes(bytes(data[:-4096]))
    with pytest.raises(Damaged):
        backup.verify(copy, OTHER, held)
    copy.write_bytes(bytes(data))
    backup.verify(copy, OTHER, held)


def test_a_copy_that_holds_something_else_is_not_taken_for_it(
    filled: Store, tmp_path: Path
) -> None:
    backup.copy_store(filled, tmp_path / "old", OTHER)
    with filled.writing("add person") as deed:
        deed.add(Client(code="new"))
    held = backup.copy_store(filled, tmp_path / "copy", OTHER)

    with pytest.raises(Damaged):
        backup.verify(tmp_path / "old", OTHER, held)


def test_a_store_with_a_damaged_page_gives_no_copy(
    filled: Store, folder: Path, key: bytes, clock: FixedClock, tmp_path: Path
) -> None:
    """The driver alone would copy it as an empty page and say nothing."""
    filled.close()
    data = (folder / NAME).read_bytes()
    pages = len(data) // 4_096
    for page in (*range(1, pages, pages // 12), pages - 1):
        broken = bytearray(data)
        broken[page * 4_096 + 2_048] ^= 1
        (folder / NAME).write_bytes(bytes(broken))
        with pytest.raises(Damaged, match=r"store\.db"):
            _copied(folder, key, clock, tmp_path / "copy")
        assert not (tmp_path / "copy").exists()


def _copied(folder: Path, key: bytes, clock: FixedClock, copy: Path) -> None:
    store = Store.open(folder, key, clock)
    try:
        backup.copy_store(store, copy, OTHER)
    finally:
        store.close()


def test_leaving_the_desk_gives_up_a_copy_and_closes_to_the_end(
    filled: Store, tmp_path: Path
) -> None:
    begun = threading.Event()
    raised: list[BaseException] = []

    def copy() -> None:
        try:
            with filled.copying:
                backup.copy_store(
                    filled, tmp_path / "copy", OTHER, lambda _done, _total: begun.set()
                )
        except BaseException as error:  # noqa: BLE001
            raised.append(error)

    thread = threading.Thread(target=copy)
    thread.start()
    begun.wait(10)
    filled.close()
    thread.join()

    assert [type(error) for error in raised] in ([Cancelled], [])
    assert not filled.path.with_name(f"{NAME}-wal").exists()


def test_closing_waits_for_somebody_who_is_still_reading(filled: Store) -> None:
    reading = filled.reading()
    reading.__enter__()
    later = threading.Timer(0.1, reading.__exit__, (None, None, None))
    later.start()

    filled.close()

    assert not filled.path.with_name(f"{NAME}-wal").exists()
    later.join()
