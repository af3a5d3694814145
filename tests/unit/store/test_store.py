"""Opening, closing and transactions of the store."""

import os
import stat
import threading
from pathlib import Path

import pytest

from provider_desk.changes.hlc import ms_of
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, InUse, Missing
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store import op_log
from provider_desk.store.records import find, get
from provider_desk.store.store import Store


def person(code: str = "G-0001") -> Client:
    return Client(code=code, known_as="Invented Zed")


def test_what_was_saved_is_there_after_opening_again(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    client = person()
    with store.writing("add person") as deed:
        deed.add(client)
    store.close()

    again = Store.open(folder, key, clock)
    with again.reading() as rows:
        assert get(rows, Client, client.id) == client
    assert (again.device, again.store_id) == (store.device, store.store_id)
    again.close()


def test_an_error_takes_back_the_whole_deed(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing("add person") as deed:
            deed.add(person())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    with store.reading() as rows:
        assert find(rows, Client) == []
        assert rows.rows("SELECT count(*) FROM op") == [(0,)]
        assert rows.rows("SELECT count(*) FROM txn") == [(0,)]


def test_a_deed_that_wrote_nothing_leaves_no_trace(store: Store) -> None:
    with store.writing("look") as deed:
        assert find(deed, Client) == []

    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM txn") == [(0,)]


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as before:
        assert find(before, Client) == []
        with store.writing("add person") as deed:
            deed.add(person())

        assert find(before, Client) == []
    with store.reading() as after:
        assert len(find(after, Client)) == 1


def test_a_reader_can_not_write(store: Store) -> None:
    with (
        store.reading() as rows,
        pytest.raises(Exception, match=r"readonly|can't be written"),
    ):
        rows.rows("DELETE FROM client")


def test_a_reader_is_over_with_its_transaction(store: Store) -> None:
    with store.reading() as rows:
        half_read = rows.each("SELECT name FROM sqlite_master")
        next(half_read)

    with pytest.raises(ValueError, match="over"):
        rows.rows("SELECT 1")
    with pytest.raises(Exception, match="closed cursor"):
        next(half_read)


def test_a_deed_within_a_deed_is_refused_and_does_not_hang(store: Store) -> None:
    with (
        store.writing("outer"),
        pytest.raises(ValueError, match="within"),
        store.writing("inner"),
    ):
        pass


def test_threads_read_and_write_side_by_side(store: Store) -> None:
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for step in range(5):
                with store.writing("add person") as deed:
                    deed.add(person(f"G-{number}-{step}"))
                with store.reading() as rows:
                    assert find(rows, Client, code=f"G-{number}-{step}")
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM client") == [(30,)]


def test_the_clock_goes_on_after_opening_again_even_if_wall_time_went_back(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    client = person()
    with store.writing("add person") as deed:
        deed.add(client)
    store.close()
    clock.ms -= 400 * 24 * 60 * 60 * 1000

    again = Store.open(folder, key, clock)
    with again.writing("change person") as deed:
        deed.change(Client, client.id, {"known_as": "Invented Zoe"})
    with again.reading() as rows:
        made, changed = op_log.ops_of_row(rows, "client", client.id)
    again.close()

    assert changed.hlc > made.hlc
    assert ms_of(changed.hlc) == ms_of(made.hlc)


def test_every_op_and_deed_has_a_stamp_of_its_own(store: Store) -> None:
    for _ in range(2):
        with store.writing("add people") as deed:
            deed.add_all([person() for _ in range(3)])

    with store.reading() as rows:
        stamps = rows.rows("SELECT hlc FROM op UNION ALL SELECT hlc FROM txn")
    assert len(set(stamps)) == len(stamps) == 8


def test_a_desk_is_not_made_over_another(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    store.close()
    before = (folder / "store.db").read_bytes()

    with pytest.raises(DeskError, match="already"):
        Store.create(folder, key, clock, new_id())

    assert (folder / "store.db").read_bytes() == before


def test_an_empty_folder_holds_no_desk(
    tmp_path: Path, key: bytes, clock: FixedClock
) -> None:
    with pytest.raises(Missing, match="There is no desk"):
        Store.open(tmp_path, key, clock)

    assert list(tmp_path.iterdir()) == []


def test_the_same_desk_is_not_opened_twice(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    with pytest.raises(InUse, match=f"process {os.getpid()} on this computer"):
        Store.open(folder, key, clock)

    store.close()
    Store.open(folder, key, clock).close()


def test_closing_twice_is_allowed(store: Store) -> None:
    store.close()
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
def test_no_file_of_a_desk_can_be_read_by_others(store: Store, folder: Path) -> None:
    with store.writing("add person") as deed:
        deed.add(person())

    rights = {each.name: each.stat().st_mode for each in folder.iterdir()}
    assert {"store.db", "store.db-wal", "store.db-shm"} <= rights.keys()
    assert {
        name for name, mode in rights.items() if stat.S_IMODE(mode) & 0o077
    } == set()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_keys_and_values_are_never_printed(store: Store, key: bytes) -> None:
    with store.writing("add person") as deed:
        deed.add(person())
        said = f"{store!r} {deed!r} {vars(store).get('_readers')!r}"

    assert key.hex() not in said
    assert repr(key) not in said


def test_making_that_is_interrupted_leaves_no_desk(
    folder: Path, key: bytes, clock: FixedClock
) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Store.create(folder, b"short", clock, new_id())

    assert not (folder / "store.db").exists()
    Store.create(folder, key, clock, new_id()).close()
