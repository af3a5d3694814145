"""One flipped bit anywhere is told as damage, never as a wrong password."""

import random
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Damaged, WrongPassword
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client
from provider_desk.store.store import Store
from tests.faults.processes import faults

NAME, PASSWORD = "Jo Invented", "correct horse battery"
PAGE = 4_096
chance = random.Random(20180501)  # noqa: S311 - the same bits each time


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))


def test_every_byte_of_the_roster_is_watched(folder: Path) -> None:
    desk_keys.create(folder, new_id(), NAME, PASSWORD)
    path = folder / roster.NAME
    sound = path.read_bytes()
    for at in range(len(sound)):
        flip(path, at)
        with pytest.raises(Damaged, match=r"roster\.bin.* is damaged"):
            desk_keys.unlock(folder, NAME, PASSWORD)
        path.write_bytes(sound)

    desk_keys.unlock(folder, NAME, PASSWORD)


def test_every_byte_of_the_local_key_is_watched(folder: Path) -> None:
    keys = desk_keys.create(folder, new_id(), NAME, PASSWORD)
    path = folder / local_key.NAME
    sound = path.read_bytes()
    for at in range(len(sound)):
        flip(path, at)
        with pytest.raises(Damaged, match=r"local\.key.* is damaged"):
            local_key.read(folder, keys.secret, keys.store_id)
        path.write_bytes(sound)

    assert local_key.read(folder, keys.secret, keys.store_id).key == keys.key


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME])
@pytest.mark.parametrize("left", [0, 3, 40, -1])
def test_a_key_file_cut_short_is_damaged(folder: Path, name: str, left: int) -> None:
    desk_keys.create(folder, new_id(), NAME, PASSWORD)
    path = folder / name
    path.write_bytes(path.read_bytes()[:left])

    with pytest.raises(Damaged, match=name):
        desk_keys.unlock(folder, NAME, PASSWORD)


def test_the_whole_way_in_tells_damage_from_a_wrong_password(folder: Path) -> None:
    desk_keys.create(folder, new_id(), NAME, PASSWORD)
    flip(folder / local_key.NAME, 60)

    with pytest.raises(Damaged):
        desk_keys.unlock(folder, NAME, PASSWORD)
    with pytest.raises(WrongPassword):
        desk_keys.unlock(folder, NAME, "not that one at all")


@pytest.fixture
def filled(store: Store) -> Path:
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}", known_as="Invented") for n in range(300))
    store.close()
    return store.path


def test_damage_of_the_first_page_is_told_on_opening(
    filled: Path, folder: Path, key: bytes, clock: FixedClock
) -> None:
    sound = filled.read_bytes()
    for at in (0, 15, 16, 100, 2_000, PAGE - 1):
        flip(filled, at)
        with pytest.raises(Damaged, match=r"store\.db.* is damaged"):
            Store.open(folder, key, clock)
        filled.write_bytes(sound)

    Store.open(folder, key, clock).close()


def test_damage_of_any_page_is_found_by_the_check(
    filled: Path, folder: Path, key: bytes, clock: FixedClock
) -> None:
    sound = filled.read_bytes()
    for _ in range(40):
        at = chance.randrange(PAGE, len(sound))
        flip(filled, at)
        try:
            store = Store.open(folder, key, clock)
        except Damaged as told:
            found = [str(told)]
        else:
            found = faults(store)
            store.close()
        assert any("damaged" in line for line in found), at
        filled.write_bytes(sound)


def test_reading_a_damaged_page_is_told_as_damage(
    filled: Path, folder: Path, key: bytes, clock: FixedClock
) -> None:
    for page in range(2, filled.stat().st_size // PAGE):
        flip(filled, page * PAGE + 100)
    with pytest.raises(Damaged):
        _read_all(folder, key, clock)


def _read_all(folder: Path, key: bytes, clock: FixedClock) -> None:
    store = Store.open(folder, key, clock)
    try:
        with store.reading() as rows:
            rows.rows("SELECT * FROM client")
    finally:
        store.close()


def test_a_store_cut_short_is_damaged(
    filled: Path, folder: Path, key: bytes, clock: FixedClock
) -> None:
    filled.write_bytes(filled.read_bytes()[: PAGE * 3])

    with pytest.raises(Damaged):
        _read_all(folder, key, clock)


def test_another_file_in_the_store_s_place_is_damage(
    filled: Path, folder: Path, key: bytes, clock: FixedClock
) -> None:
    filled.write_bytes(b"SQLite format 3\x00" + bytes(5_000))

    with pytest.raises(Damaged):
        Store.open(folder, key, clock)
