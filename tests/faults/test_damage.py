"""One flipped bit anywhere is told as damage, never as a wrong password."""

import random
from pathlib import Path

import pytest

from provider_desk.keys import fresh, local_key, roster
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Damaged, WrongPassword
from provider_desk.model.records import Client
from provider_desk.store.store import Store
from tests.builders.keys import real_desk
from tests.faults.drill_key_files import FILES, Scene
from tests.faults.processes import faults

PAGE = 4_096
chance = random.Random(20180501)  # noqa: S311 - the same bits each time


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("scene") / "desk")


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME, fresh.NAME])
def test_every_byte_of_a_key_file_is_watched(scene: Scene, name: str) -> None:
    path = scene.folder / name
    for at in range(0, len(scene.sound[name]), 3):
        flip(path, at)
        with pytest.raises(Damaged, match=rf"{name}.* is damaged"):
            scene.read(name)
        path.write_bytes(scene.sound[name])

    assert scene.read(name) == scene.before[name]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [0, 3, 40, -1])
def test_a_file_cut_short_is_damaged(scene: Scene, name: str, left: int) -> None:
    path = scene.folder / name
    path.write_bytes(scene.sound[name][:left])

    with pytest.raises(Damaged, match=name):
        scene.read(name)
    path.write_bytes(scene.sound[name])


def test_the_whole_way_in_tells_damage_from_a_wrong_password(folder: Path) -> None:
    desk = real_desk(folder)
    sound = (folder / local_key.NAME).read_bytes()
    flip(folder / local_key.NAME, 60)

    with pytest.raises(Damaged):
        desk.unlock()
    (folder / local_key.NAME).write_bytes(sound)
    with pytest.raises(WrongPassword):
        desk.unlock(password="not that one at all")


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
