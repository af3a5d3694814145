"""Backups: whole or not there, kept by a rule, and brought back with sheet A alone."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model import files
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    Cancelled,
    Damaged,
    DeskError,
    DiskFull,
    InUse,
    Missing,
    NotAllowed,
)
from provider_desk.model.records import Client, User
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups
from provider_desk.services.safety.backup_names import day_in, name_of
from provider_desk.store import backup, container
from tests.builders.backed_up import open_with_people
from tests.builders.keys import NAME as JO
from tests.builders.keys import RealDesk, made_keys, real_desk

DAY_MS = 24 * 60 * 60 * 1000


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


def after(times: int) -> Callable[[], bool]:
    """Asks to stop when it was asked so many times before."""
    asked = iter(range(times))
    return lambda: next(asked, None) is None


def left_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# Making.


def test_a_backup_is_made_looked_at_and_listed(open_desk: Desk) -> None:
    told: list[float] = []

    made = backups.back_up(
        open_desk, progress=lambda done, total: told.append(done / total)
    )

    assert made.path.parent == open_desk.folder / "backups"
    assert (made.outside, made.problem) == (None, "")
    assert told == sorted(told)
    assert told[-1] == 1
    (found,) = backups.listed(open_desk)
    assert (found.path, found.made_ms) == (made.path, open_desk.clock.now_ms())
    assert (found.ours, found.problem) == (True, "")
    sound = backups.verify(open_desk, made.path)
    assert sound.rows["client"] == 200
    assert sound.deeds == 1
    assert left_in(made.path.parent) == [made.path.name]
    assert not list(open_desk.folder.glob("*.part*"))


def test_nothing_that_was_typed_and_no_name_is_readable_in_a_backup(
    open_desk: Desk,
) -> None:
    with open_desk.store.writing("add person") as deed:
        deed.add(Client(code="canarycode", known_as="canaryname"))

    data = backups.back_up(open_desk).path.read_bytes()

    assert b"canary" not in data
    assert JO.encode() not in data
    assert open_desk.keys.key not in data
    # How many people there are is nobody's business either.
    assert b'"client"' not in data


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
def test_a_backup_can_be_read_by_this_account_only(open_desk: Desk) -> None:
    path = backups.back_up(open_desk).path

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_today_s_is_made_once_whoever_signs_in(open_desk: Desk) -> None:
    user = User(name="Sam Invented", role="CASEWORKER")
    keys = made_keys(open_desk.store.store_id, open_desk.store.device, user.id, "")
    sam = Desk(open_desk.store, user, open_desk.clock, keys)

    assert backups.due(sam)
    assert backups.daily(sam) is not None
    assert not backups.due(sam)
    assert backups.daily(sam) is None
    assert isinstance(sam.clock, FixedClock)
    sam.clock.ms += DAY_MS
    assert backups.due(sam)


def test_a_role_without_the_right_makes_none_by_hand(open_desk: Desk) -> None:
    user = User(name="Sam Invented", role="CASEWORKER")
    sam = Desk(open_desk.store, user, open_desk.clock, open_desk.keys)

    with pytest.raises(NotAllowed):
        backups.back_up(sam)
    with pytest.raises(NotAllowed):
        backups.choose_folder(sam, None)


def test_two_of_one_second_do_not_get_in_each_other_s_way(open_desk: Desk) -> None:
    one, two = backups.back_up(open_desk).path, backups.back_up(open_desk).path

    assert one != two
    assert backups.verify(open_desk, two).rows["client"] == 200


def test_the_chosen_folder_gets_a_copy_too(open_desk: Desk, usb: Path) -> None:
    backups.choose_folder(open_desk, usb)
    assert backups.last_outside_ms(open_desk) is None

    made = backups.back_up(open_desk)

    assert backups.chosen_folder(open_desk) == usb
    assert made.outside == usb / made.path.name
    assert made.outside.read_bytes() == made.path.read_bytes()
    assert backups.last_outside_ms(open_desk) == open_desk.clock.now_ms()
    assert [each.path for each in backups.listed(open_desk, usb)] == [made.outside]


def test_a_stick_that_is_not_there_is_told_and_the_backup_stands(
    open_desk: Desk, usb: Path
) -> None:
    backups.choose_folder(open_desk, usb)
    usb.rmdir()

    made = backups.back_up(open_desk)

    assert made.outside is None
    assert "is not there" in made.problem
    assert backups.verify(open_desk, made.path).deeds == 1
    assert backups.last_outside_ms(open_desk) is None


def test_a_backup_straight_to_a_stick(open_desk: Desk, usb: Path) -> None:
    made = backups.back_up(open_desk, usb)

    assert made.path.parent == usb
    assert not (open_desk.folder / "backups").exists()
    assert backups.last_outside_ms(open_desk) == open_desk.clock.now_ms()
    assert backups.verify(open_desk, made.path).deeds == 1


def test_a_folder_that_was_named_is_made_where_the_one_above_is_there(
    open_desk: Desk, usb: Path
) -> None:
    made = backups.back_up(open_desk, usb / "provider desk")

    assert made.path.parent == usb / "provider desk"
    assert made.path.exists()


def test_a_drive_that_is_not_there_is_told_without_pointing_to_a_backup(
    open_desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(Missing) as refused:
        backups.back_up(open_desk, tmp_path / "drive" / "backups")

    assert "“" + str(tmp_path / "drive") + "” is not there" in str(refused.value)
    assert "No backup was made" in str(refused.value)
    assert "from a backup" not in str(refused.value)
    assert not (tmp_path / "drive").exists()


def test_a_folder_within_the_desk_s_own_is_not_outside(
    open_desk: Desk, usb: Path
) -> None:
    with pytest.raises(DeskError, match="would be lost with it"):
        backups.choose_folder(open_desk, open_desk.folder / "backups")
    with pytest.raises(Missing):
        backups.choose_folder(open_desk, usb / "nothing")

    assert backups.chosen_folder(open_desk) is None
    backups.choose_folder(open_desk, usb)
    backups.choose_folder(open_desk, None)
    assert backups.chosen_folder(open_desk) is None


def test_one_that_is_stopped_leaves_what_was_there(open_desk: Desk) -> None:
    good = backups.back_up(open_desk).path
    before = good.read_bytes()
    for last in (0, 1, 2):
        with pytest.raises(Cancelled):
            backups.back_up(open_desk, cancelled=after(last))

    assert left_in(good.parent) == [good.name]
    assert good.read_bytes() == before
    assert not list(open_desk.folder.glob("*.part*"))


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a file's name")
def test_a_stick_pulled_out_while_writing_leaves_what_was_there(
    open_desk: Desk, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.back_up(open_desk, usb).path
    real = os.fsync

    def pulled(handle: int) -> None:
        if str(usb) in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", pulled)
    with pytest.raises(DeskError, match="did not do what was asked"):
        backups.back_up(open_desk, usb)
    monkeypatch.undo()

    assert left_in(usb) == [good.name]
    assert backups.verify(open_desk, good).deeds == 1


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a file's name")
def test_what_reads_back_otherwise_than_it_was_written_is_not_kept(
    open_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = backups.back_up(open_desk).path
    real = os.fsync

    def spoils(handle: int) -> None:
        real(handle)
        name = Path(f"/proc/self/fd/{handle}").readlink().name
        if name.endswith(container.PART_ENDING):
            os.pwrite(handle, b"\x00\x01", 30_000)

    monkeypatch.setattr(os, "fsync", spoils)
    with pytest.raises(Damaged):
        backups.back_up(open_desk)

    assert left_in(good.parent) == [good.name]


def test_a_full_disk_is_told_before_anything_is_written(
    open_desk: Desk, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, _wanted: int) -> None:
        if folder == usb:
            raise files.disk_full(folder)

    monkeypatch.setattr(backup, "refuse_without_room", full)
    with pytest.raises(DiskFull):
        backups.back_up(open_desk, usb)

    assert left_in(usb) == []


def test_only_one_is_made_at_a_time(open_desk: Desk) -> None:
    with backups.working_copy(open_desk), pytest.raises(InUse, match="just now"):
        backups.back_up(open_desk)

    backups.back_up(open_desk)


def test_what_a_crash_left_is_cleared_away(open_desk: Desk) -> None:
    part = open_desk.folder / backups.PART
    part.write_bytes(b"left")
    part.with_name(f"{backups.PART}-wal").write_bytes(b"left")
    good = backups.back_up(open_desk).path
    half = good.with_name(good.name + ".part")
    half.write_bytes(b"left")
    other = half.with_name("desk-0123abcd-2018-05-01-100000.pdbackup.part")
    other.write_bytes(b"another desk is at work")

    backups.back_up(open_desk)

    assert not list(open_desk.folder.glob("*.part*"))
    assert not half.exists()
    assert other.exists()


# Looking at them.


def test_no_bit_of_a_backup_can_be_changed_unnoticed(open_desk: Desk) -> None:
    path = backups.back_up(open_desk).path
    sound = path.read_bytes()
    head = container.read_head(path)
    places = (
        *range(0, head.begin, head.begin // 12),
        *range(head.begin, len(sound), (len(sound) - head.begin) // 12),
        len(sound) - 1,
    )
    for at in places:
        data = bytearray(sound)
        data[at] ^= 8
        path.write_bytes(bytes(data))
        with pytest.raises(DeskError, match=r"damaged|newer version"):
            backups.verify(open_desk, path)
    for length in (0, 3, 100, head.begin + 5, len(sound) - 1):
        path.write_bytes(sound[:length])
        with pytest.raises(Damaged):
            backups.verify(open_desk, path)
    path.write_bytes(sound + b"\x00")
    with pytest.raises(Damaged):
        backups.verify(open_desk, path)


def test_a_header_put_on_other_bytes_does_not_fit(open_desk: Desk) -> None:
    """Somebody who can make all hashes right still lacks the key."""
    path = backups.back_up(open_desk).path
    head = container.read_head(path)
    with open_desk.store.writing("add person") as deed:
        deed.add(Client(code="later"))
    part = open_desk.folder / "other"
    backup.copy_store(open_desk.store, part, bytes(32))
    forged = {**head.told, "hash": container.hashed(part), "size": part.stat().st_size}
    other = path.with_name("forged.pdbackup")
    container.write(other, forged, part)

    with pytest.raises(Damaged):
        backups.verify(open_desk, other)


def test_what_can_not_be_used_is_listed_last_and_says_why(
    open_desk: Desk, usb: Path
) -> None:
    good = backups.back_up(open_desk, usb).path
    (usb / "other.pdbackup").write_bytes(b"PDB\x01 nothing of the kind")
    (usb / "newer.pdbackup").write_bytes(b"PDB\x02" + bytes(100))
    (usb / "holiday.jpg").write_bytes(b"no backup")

    found = backups.listed(open_desk, usb)

    assert found[0].path == good
    assert {each.path.name: each.problem.split(" ")[-1] for each in found[1:]} == {
        "other.pdbackup": "whole.",
        "newer.pdbackup": "program.",
    }
    assert backups.listed(open_desk, usb / "nothing") == []


def test_a_backup_of_another_desk_is_not_opened(
    open_desk: Desk, tmp_path: Path, clock: FixedClock, made_once: RealDesk
) -> None:
    path = backups.back_up(open_desk).path
    other = made_keys("7" * 32, "d" * 16, "somebody", "MANAGER")

    with pytest.raises(Damaged):
        backups.take_out(path, tmp_path / "out", other)

    assert not (tmp_path / "out").exists()
    user = User(name="Jo", role="MANAGER")
    listed = backups.listed(Desk(open_desk.store, user, clock, made_once.keys))
    assert listed[0].problem == ""


# Which are kept.


def test_only_what_this_desk_made_itself_is_removed(
    open_desk: Desk, clock: FixedClock
) -> None:
    folder = open_desk.folder / "backups"
    first = backups.back_up(open_desk).path
    kept_by_hand = folder / "before the update.pdbackup"
    shutil.copy(first, kept_by_hand)
    other = folder / name_of("f" * 32, clock.now_ms())
    other.write_bytes(b"another desk's")
    for _ in range(12):
        clock.ms += DAY_MS
        backups.back_up(open_desk)

    days = sorted(
        day
        for path in folder.iterdir()
        if (day := day_in(path.name, open_desk.store.store_id))
    )
    assert days == [date(2018, 5, day) for day in (6, 7, 8, 9, 10, 11, 12, 13)]
    assert kept_by_hand.exists()
    assert other.exists()
