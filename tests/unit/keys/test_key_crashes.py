"""A crash at any moment of a deed: what was before holds, or what comes after.

Each deed is cut off before and after every file that it writes, and the desk is opened
by somebody else with the files as they lie.
"""

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.keys.desk_keys import CORE, FIRST_TEAM, FLOOR, DeskKeys
from provider_desk.keys.vault import SessionVault
from provider_desk.model.errors import DeskError
from tests.builders.keys import NAME, OTHER_NAME, OTHER_PASSWORD, PASSWORD, RealDesk

NEW = "thunder basket yellow piano"
FILES = (roster.NAME, local_key.NAME)

Deed = Callable[[RealDesk], None]


def add(desk: RealDesk) -> None:
    keys = desk.signed_in("manager")
    desk_keys.add_user(
        desk.folder, keys, "new", "New Invented", NEW, admin=False, cost=FLOOR
    )


def reset(desk: RealDesk) -> None:
    keys = desk.signed_in("manager")
    desk_keys.reset_password(
        desk.folder, keys, "worker", "Wren Invented", NEW, cost=FLOOR
    )


def change(desk: RealDesk) -> None:
    keys = desk.signed_in("manager")
    desk_keys.change_password(desk.folder, desk.vault, keys, PASSWORD, NEW, cost=FLOOR)


def change_given(desk: RealDesk) -> None:
    keys = desk.signed_in("counsellor")
    desk_keys.change_password(
        desk.folder, desk.vault, keys, OTHER_PASSWORD, NEW, cost=FLOOR
    )


def disable(desk: RealDesk) -> None:
    desk_keys.disable_user(desk.folder, desk.signed_in("manager"), "worker")


def make_manager(desk: RealDesk) -> None:
    keys = desk.signed_in("manager")
    desk_keys.set_admin(desk.folder, keys, "worker", admin=True)


def give(desk: RealDesk) -> None:
    desk_keys.grant(desk.folder, desk.signed_in("lead"), FIRST_TEAM, "worker")


def take_away(desk: RealDesk) -> None:
    keys = desk.signed_in("lead")
    desk_keys.revoke_grant(desk.folder, keys, FIRST_TEAM, "counsellor")


def add_team(desk: RealDesk) -> None:
    desk_keys.add_team(desk.folder, desk.signed_in("lead"), "young")


def renew_a(desk: RealDesk) -> None:
    desk_keys.renew_sheet(desk.folder, desk.signed_in("manager"), "A", bytes(20))


def renew_b(desk: RealDesk) -> None:
    desk_keys.renew_sheet(desk.folder, desk.signed_in("lead"), "B", bytes(20))


def take_up(desk: RealDesk) -> None:
    desk_keys.take_up(desk.folder, desk.signed_in("worker"), desk.new.sheet_b)


def by_sheet(desk: RealDesk) -> None:
    sheet = desk_keys.by_sheet_a(desk.folder, desk.new.sheet_a)
    sheet.new_password(desk.folder, "manager", NEW, cost=FLOOR)


DEEDS: tuple[Deed, ...] = (
    add,
    reset,
    change,
    change_given,
    disable,
    make_manager,
    give,
    take_away,
    add_team,
    renew_a,
    renew_b,
    take_up,
    by_sheet,
)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed_writes_one_file_once(staffed: RealDesk, deed: Deed) -> None:
    """So there is nothing between before and after. What was before opens still."""
    before = {name: (staffed.folder / name).read_bytes() for name in FILES}

    deed(staffed)

    after = {name: (staffed.folder / name).read_bytes() for name in FILES}
    assert after[roster.NAME] != before[roster.NAME]
    assert after[local_key.NAME] == before[local_key.NAME]
    assert {each.name for each in staffed.folder.iterdir()} == set(FILES)
    assert staffed.signed_in("lead").key == staffed.keys.key


def test_a_store_that_gets_a_new_key_opens_after_any_crash(staffed: RealDesk) -> None:
    """roster.bin, local.key with both keys, the store, local.key with the new one."""
    states: list[tuple[Path, bytes]] = []
    manager = staffed.signed_in("manager")
    store_key = manager.key

    def crash() -> None:
        folder = staffed.folder.with_name(f"crash-{len(states)}")
        shutil.copytree(staffed.folder, folder)
        states.append((folder, store_key))

    crash()
    desk_keys.disable_user(staffed.folder, manager, "worker")
    crash()
    desk_keys.begin_rekey(staffed.folder, manager)
    crash()
    store_key = manager.next_key  # the store was given it
    crash()
    desk_keys.end_rekey(staffed.folder, manager)
    crash()

    for folder, holds in states:
        found = RealDesk(
            folder, staffed.vault, staffed.new, staffed.keys, staffed.pairs
        ).signed_in("lead")
        assert holds in (found.key, found.next_key)
        finish(folder, found)
        assert not desk_keys.rekey_due(found)


def finish(folder: Path, keys: DeskKeys) -> None:
    while desk_keys.rekey_due(keys):
        desk_keys.begin_rekey(folder, keys)
        desk_keys.end_rekey(folder, keys)


def test_a_leaver_whose_counselling_key_waits_is_not_forgotten(
    staffed: RealDesk,
) -> None:
    """What is due follows from the roster: no crash loses it."""
    desk_keys.disable_user(staffed.folder, staffed.signed_in("manager"), "counsellor")

    for user in ("worker", "manager", "worker"):
        keys = staffed.signed_in(user)
        desk_keys.rotate_due(staffed.folder, keys)
        assert desk_keys.due(staffed.folder, keys) == [FIRST_TEAM]
    lead = staffed.signed_in("lead")
    assert desk_keys.rotate_due(staffed.folder, lead) == [FIRST_TEAM]


def test_a_desk_that_was_cut_off_while_it_was_made_can_be_made(tmp_path: Path) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "desk"
    place = SessionVault()
    desk_keys.plan().write(whole, place, "manager", NAME, PASSWORD, FLOOR)
    folder.mkdir()
    shutil.copy(whole / local_key.NAME, folder)
    (folder / "roster.bin.part-0011aabb").write_bytes(b"half")
    assert not desk_keys.exist(folder)

    desk_keys.plan().write(folder, place, "manager", NAME, PASSWORD, FLOOR)

    assert desk_keys.exist(folder)
    assert desk_keys.unlock(folder, place, NAME, PASSWORD)[0] == "manager"


def test_a_desk_that_lost_its_roster_is_not_made_anew_over_its_store(
    staffed: RealDesk,
) -> None:
    (staffed.folder / roster.NAME).unlink()
    (staffed.folder / "store.db").write_bytes(b"records")

    assert desk_keys.exist(staffed.folder)
    with pytest.raises(DeskError, match="already"):
        desk_keys.plan().write(
            staffed.folder, staffed.vault, "other", NAME, PASSWORD, FLOOR
        )


def _come_and_go(desk: RealDesk) -> None:
    """Teams come, keys are given and taken away, until the process is killed."""
    lead = desk.signed_in("lead")
    while True:
        desk_keys.grant(desk.folder, lead, FIRST_TEAM, "worker")
        desk_keys.revoke_grant(desk.folder, lead, FIRST_TEAM, "worker")


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_whoever_is_killed_in_a_deed_leaves_a_whole_roster(staffed: RealDesk) -> None:
    fork = multiprocessing.get_context("spawn")
    for _ in range(3):
        process = fork.Process(target=_come_and_go, args=(staffed,))
        process.start()
        revision = roster.read(staffed.folder).now.revision
        until = time.monotonic() + 30
        while roster.read(staffed.folder).now.revision < revision + 5:
            assert time.monotonic() < until
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()

        keys = staffed.signed_in("counsellor")
        assert keys.holds(FIRST_TEAM)
        assert keys.epoch_key(CORE, 1) == staffed.keys.epoch_key(CORE, 1)
        assert staffed.unlock(OTHER_NAME, OTHER_PASSWORD).user == "counsellor"
