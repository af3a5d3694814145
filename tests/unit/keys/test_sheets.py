"""Recovery sheets: checked, renewed, and what A opens where nobody can sign in."""

from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.keys.desk_keys import ADMIN, CORE, FIRST_TEAM, FLOOR
from provider_desk.keys.vault import SessionVault
from provider_desk.model.errors import (
    DeskError,
    NotAllowed,
    NotValid,
    WrongPassword,
)
from tests.builders.keys import NAME, PASSWORD, RealDesk

NEW = "thunder basket yellow piano"


def test_a_code_tells_which_sheet_it_is(staffed: RealDesk) -> None:
    assert desk_keys.check_sheet(staffed.folder, staffed.new.sheet_a) == "A"
    assert desk_keys.check_sheet(staffed.folder, staffed.new.sheet_b) == "B"
    with pytest.raises(WrongPassword, match="sheet A or B"):
        desk_keys.check_sheet(staffed.folder, bytes(20))


def test_sheet_a_brings_back_the_team_secret(staffed: RealDesk) -> None:
    place = SessionVault()

    desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a).keep_secret(place)

    assert desk_keys.unlock(staffed.folder, place, NAME, PASSWORD)[0] == "manager"


@pytest.mark.parametrize("which", ["sheet_b", "none"])
def test_no_other_code_opens_what_sheet_a_opens(staffed: RealDesk, which: str) -> None:
    with pytest.raises(WrongPassword, match="sheet A"):
        desk_keys.by_sheet_a(staffed.folder, getattr(staffed.new, which, bytes(20)))


def test_sheet_a_opens_core_and_admin_and_never_counsel(staffed: RealDesk) -> None:
    sheet = desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a)
    manager = staffed.signed_in("manager")

    for name in (CORE, ADMIN):
        number = sheet.newest_epoch(name)
        assert sheet.epoch_key(name, number) == manager.epoch_key(name, number)
    for number in (1, 2):
        with pytest.raises(NotAllowed):
            sheet.epoch_key(FIRST_TEAM, number)
    assert sheet.local(staffed.folder).key == manager.key


def test_sheet_a_gives_a_manager_a_new_password(staffed: RealDesk) -> None:
    sheet = desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a)
    user = sheet.manager_named("jo invented")

    sheet.new_password(staffed.folder, user, NEW, cost=FLOOR)

    with pytest.raises(WrongPassword):
        staffed.unlock(NAME, PASSWORD)
    keys = staffed.unlock(NAME, NEW)
    assert keys.compartments() == (CORE, ADMIN)
    assert not keys.password_given
    assert keys.key == staffed.keys.key
    desk_keys.disable_user(staffed.folder, keys, "worker")


def test_sheet_a_gives_a_new_password_to_managers_alone(staffed: RealDesk) -> None:
    sheet = desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a)

    with pytest.raises(WrongPassword, match="No manager"):
        sheet.manager_named("Lee Invented")
    for user in ("lead", "counsellor", "nobody"):
        with pytest.raises(NotAllowed, match="managers only"):
            sheet.new_password(staffed.folder, user, NEW, cost=FLOOR)
    with pytest.raises(NotValid):
        sheet.new_password(staffed.folder, "manager", "too short")


def test_sheet_a_makes_a_copy_of_the_desk_with_a_key_of_its_own(
    staffed: RealDesk, tmp_path: Path
) -> None:
    carried = roster.framed(roster.read(staffed.folder))
    sheet = desk_keys.by_sheet_a(roster.parse(carried), staffed.new.sheet_a)
    folder = tmp_path / "copy"
    folder.mkdir()

    local = sheet.write_copy(folder)

    keys = desk_keys.unlock(folder, staffed.vault, NAME, PASSWORD)[1]
    assert (keys.key, keys.device) == (local.key, local.device)
    assert keys.key != staffed.keys.key
    assert keys.device != staffed.keys.device
    assert keys.store_id == staffed.keys.store_id
    with pytest.raises(DeskError, match="already"):
        sheet.write_copy(folder)


def test_a_new_sheet_a_takes_the_place_of_the_old(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")
    assert desk_keys.is_first(staffed.folder, manager, "A")

    code = desk_keys.new_code()
    assert desk_keys.renew_sheet(staffed.folder, manager, "A", code) == code

    assert not desk_keys.is_first(staffed.folder, manager, "A")
    with pytest.raises(WrongPassword):
        desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a)
    sheet = desk_keys.by_sheet_a(staffed.folder, code)
    assert sheet.team_secret == manager.team_secret
    assert sheet.newest_epoch(CORE) == sheet.newest_epoch(ADMIN) == 2
    assert sheet.epoch_key(CORE, 2) == manager.epoch_key(CORE, 2)
    assert desk_keys.rekey_due(staffed.signed_in("manager"))
    # Nothing of what was there is lost by it.
    assert staffed.unlock(NAME, PASSWORD).key == manager.key
    desk_keys.disable_user(staffed.folder, manager, "worker")


def test_a_new_sheet_b_takes_the_place_of_the_old(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")
    code = desk_keys.renew_sheet(staffed.folder, lead, "B")

    assert desk_keys.check_sheet(staffed.folder, code) == "B"
    assert not desk_keys.is_first(staffed.folder, lead, "B")
    assert lead.newest_epoch(FIRST_TEAM) == 3
    worker = staffed.signed_in("worker")
    with pytest.raises(WrongPassword):
        desk_keys.take_up(staffed.folder, worker, staffed.new.sheet_b)
    desk_keys.take_up(staffed.folder, worker, code)
    assert worker.epoch_key(FIRST_TEAM, 3) == lead.epoch_key(FIRST_TEAM, 3)


@pytest.mark.parametrize(
    ("user", "which"), [("lead", "A"), ("worker", "A"), ("manager", "B"), ("lead", "C")]
)
def test_only_its_keeper_renews_a_sheet(
    staffed: RealDesk, user: str, which: str
) -> None:
    with pytest.raises(NotAllowed):
        desk_keys.renew_sheet(staffed.folder, staffed.signed_in(user), which)


def test_the_sheets_are_the_only_way_back_when_every_manager_is_gone(
    staffed: RealDesk,
) -> None:
    (staffed.folder / local_key.NAME).unlink()
    sheet = desk_keys.by_sheet_a(staffed.folder, staffed.new.sheet_a)

    assert sheet.names()["manager"] == NAME
    with pytest.raises(DeskError, match=r"local\.key"):
        sheet.local(staffed.folder)
