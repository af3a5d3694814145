"""A desk comes back from a backup with recovery sheet A alone, whole or not at all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    WrongPassword,
)
from provider_desk.model.records import Client
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups, freshness, restoring
from provider_desk.store.check import check_store
from provider_desk.store.records import find
from provider_desk.store.store import NAME, Store
from tests.builders.backed_up import open_with_people
from tests.builders.keys import NAME as JO
from tests.builders.keys import PASSWORD, RealDesk, real_desk


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> RealDesk:
    """The key files of one desk for all tests: a password costs time."""
    return real_desk(tmp_path_factory.mktemp("keys") / "desk")


@pytest.fixture
def open_desk(folder: Path, clock: FixedClock, made_once: RealDesk) -> Iterator[Desk]:
    """An open desk with people, whose manager is signed in."""
    desk = open_with_people(made_once, folder, clock)
    yield desk
    desk.close()


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """A folder outside the desk's."""
    made = tmp_path / "usb"
    made.mkdir()
    return made


def left_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def restored(made_once: RealDesk, path: Path, folder: Path, clock: FixedClock) -> Store:
    sheet = desk_keys.by_sheet_a(restoring.roster_in(path), made_once.new.sheet_a)
    restoring.restore(path, folder, sheet)
    _, keys = desk_keys.unlock(folder, made_once.vault, JO, PASSWORD)
    return freshness.open_store(folder, keys, clock, made_once.vault).store


def test_sheet_a_alone_brings_the_desk_back_on_an_empty_machine(
    open_desk: Desk, usb: Path, clock: FixedClock, made_once: RealDesk, tmp_path: Path
) -> None:
    path = backups.back_up(open_desk, usb).path
    open_desk.close()
    shutil.rmtree(open_desk.folder)
    new = tmp_path / "new machine"

    store = restored(made_once, path, new, clock)

    with store.reading() as rows:
        assert len(find(rows, Client)) == 200
    assert store.store_id == open_desk.store.store_id
    assert store.device != open_desk.store.device
    assert check_store(store, lambda _done, _total: None, lambda: False) == []
    with store.writing("add person") as deed:
        deed.add(Client(code="G-new"))
    store.close()
    assert made_once.keys.key not in (new / local_key.NAME).read_bytes()
    assert not list(new.glob("*.part*"))
    with pytest.raises(DeskError):
        Store.open(new, made_once.keys.key, clock)


def test_a_desk_is_not_restored_over_another(
    open_desk: Desk, made_once: RealDesk
) -> None:
    path = backups.back_up(open_desk).path
    open_desk.close()
    before = {each.name: each.read_bytes() for each in open_desk.folder.glob("*.*")}
    sheet = desk_keys.by_sheet_a(restoring.roster_in(path), made_once.new.sheet_a)

    with pytest.raises(DeskError, match="already"):
        restoring.restore(path, open_desk.folder, sheet)

    after = {each.name: each.read_bytes() for each in open_desk.folder.glob("*.*")}
    assert after == before


def test_another_sheet_brings_nothing_back(
    open_desk: Desk, made_once: RealDesk
) -> None:
    path = backups.back_up(open_desk).path

    with pytest.raises(WrongPassword):
        desk_keys.by_sheet_a(restoring.roster_in(path), made_once.new.sheet_b)


def test_a_damaged_backup_is_not_restored_and_leaves_nothing(
    open_desk: Desk, made_once: RealDesk, tmp_path: Path
) -> None:
    path = backups.back_up(open_desk).path
    sheet = desk_keys.by_sheet_a(restoring.roster_in(path), made_once.new.sheet_a)
    data = bytearray(path.read_bytes())
    data[-5_000] ^= 1
    path.write_bytes(bytes(data))
    new = tmp_path / "new"

    with pytest.raises(Damaged):
        restoring.restore(path, new, sheet)

    assert set(left_in(new)) <= {"desk.lock"}


def test_restoring_that_was_cut_off_is_begun_anew(
    open_desk: Desk, made_once: RealDesk, clock: FixedClock, tmp_path: Path
) -> None:
    path = backups.back_up(open_desk).path
    open_desk.close()
    new = tmp_path / "new"
    half = new / restoring.PART
    half.mkdir(parents=True)
    (half / "taken").write_bytes(b"left")
    (half / roster.NAME).write_bytes(b"left")
    (new / NAME).write_bytes(b"left")
    (new / local_key.NAME).write_bytes(b"left")

    store = restored(made_once, path, new, clock)

    with store.reading() as rows:
        assert len(find(rows, Client)) == 200
    store.close()


def test_a_store_whose_list_was_lost_is_not_taken_for_what_a_crash_left(
    open_desk: Desk, usb: Path, made_once: RealDesk, clock: FixedClock
) -> None:
    """A crash at the very end of a restoring left its empty folder, long ago."""
    path = backups.back_up(open_desk, usb).path
    folder = open_desk.folder
    open_desk.close()
    (folder / restoring.PART).mkdir()
    (folder / roster.NAME).unlink()
    before = (folder / NAME).read_bytes()

    with pytest.raises(DeskError):
        restored(made_once, path, folder, clock)

    assert (folder / NAME).read_bytes() == before
    assert (folder / local_key.NAME).exists()


def test_settings_of_the_computer_it_came_from_stay_behind(
    open_desk: Desk, usb: Path, made_once: RealDesk, clock: FixedClock, tmp_path: Path
) -> None:
    backups.choose_folder(open_desk, usb)
    path = backups.back_up(open_desk).path
    open_desk.close()

    store = restored(made_once, path, tmp_path / "new", clock)

    with store.reading() as rows:
        names = {name for (name,) in rows.rows("SELECT name FROM desk")}
    told_once = {"roster_seen", "restored_from_ms"}
    assert names == {"store", "device", "hlc", "tables", "fresh", *told_once}
    store.close()
