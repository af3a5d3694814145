"""Who can sign in: adding, new passwords given, managers, and people who leave."""

import pytest

from provider_desk.keys import desk_keys, roster
from provider_desk.keys.desk_keys import ADMIN, CORE, FIRST_TEAM, FLOOR, DeskKeys
from provider_desk.model.errors import (
    DeskError,
    NotAllowed,
    NotFound,
    NotValid,
    WrongPassword,
)
from tests.builders.keys import NAME, OTHER_NAME, OTHER_PASSWORD, STAFF, RealDesk

NEW = "thunder basket yellow piano"


@pytest.fixture
def manager(staffed: RealDesk) -> DeskKeys:
    return staffed.signed_in("manager")


def add(staffed: RealDesk, by: DeskKeys, user: str, *, admin: bool = False) -> None:
    desk_keys.add_user(
        staffed.folder, by, user, f"{user} Invented", NEW, admin=admin, cost=FLOOR
    )


def test_who_is_added_opens_the_same_desk(staffed: RealDesk, manager: DeskKeys) -> None:
    add(staffed, manager, "new")

    keys = staffed.unlock("new invented", NEW)

    assert keys.key == manager.key
    assert keys.compartments() == (CORE,)
    assert keys.epoch_key(CORE, 1) == manager.epoch_key(CORE, 1)
    assert keys.password_given


def test_a_second_manager_holds_what_the_first_does(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    add(staffed, manager, "second", admin=True)

    keys = staffed.unlock("second invented", NEW)

    assert keys.compartments() == (CORE, ADMIN)
    assert keys.epoch_key(ADMIN, 1) == manager.epoch_key(ADMIN, 1)
    add(staffed, keys, "third")


@pytest.mark.parametrize("user", ["lead", "counsellor", "worker"])
def test_only_managers_say_who_signs_in(staffed: RealDesk, user: str) -> None:
    keys, folder = staffed.signed_in(user), staffed.folder
    before = (folder / roster.NAME).read_bytes()
    leaver = "lead" if user == "worker" else "worker"

    with pytest.raises(NotAllowed):
        add(staffed, keys, "new")
    with pytest.raises(NotAllowed):
        desk_keys.disable_user(folder, keys, leaver)
    with pytest.raises(NotAllowed):
        desk_keys.set_admin(folder, keys, user, admin=True)
    with pytest.raises(NotAllowed):
        desk_keys.reset_password(folder, keys, "manager", NAME, NEW, cost=FLOOR)

    assert (folder / roster.NAME).read_bytes() == before


def test_one_name_is_one_persons(staffed: RealDesk, manager: DeskKeys) -> None:
    with pytest.raises(NotValid, match="this name already"):
        desk_keys.add_user(
            staffed.folder, manager, "new", "sam  INVENTED", NEW, admin=False
        )
    with pytest.raises(DeskError, match="can sign in already"):
        add(staffed, manager, "worker")
    with pytest.raises(NotValid, match="12 characters"):
        desk_keys.add_user(
            staffed.folder, manager, "new", "New", "too short", admin=False
        )


def test_a_new_password_given_by_a_manager_loses_the_counselling_key(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    desk_keys.reset_password(
        staffed.folder, manager, "counsellor", OTHER_NAME, NEW, cost=FLOOR
    )

    with pytest.raises(WrongPassword):
        staffed.unlock(OTHER_NAME, OTHER_PASSWORD)
    keys = staffed.unlock(OTHER_NAME, NEW)
    assert keys.compartments() == (CORE,)
    lead = staffed.signed_in("lead")
    assert desk_keys.due(staffed.folder, lead) == [FIRST_TEAM]
    desk_keys.rotate_due(staffed.folder, lead)
    desk_keys.grant(staffed.folder, lead, FIRST_TEAM, "counsellor")
    assert staffed.unlock(OTHER_NAME, NEW).holds(FIRST_TEAM)


def test_the_password_of_a_clinical_lead_makes_no_manager_one(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    name = STAFF["lead"][0]
    desk_keys.reset_password(staffed.folder, manager, "lead", name, NEW, cost=FLOOR)

    keys = staffed.unlock(name, NEW)

    assert keys.compartments() == (CORE,)
    assert not keys.is_lead
    with pytest.raises(NotAllowed):
        desk_keys.grant(staffed.folder, keys, FIRST_TEAM, "worker")


def test_old_keys_open_nothing_that_comes_after_a_new_password(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    old = staffed.signed_in("worker")
    desk_keys.reset_password(
        staffed.folder, manager, "worker", "Wren Invented", NEW, cost=FLOOR
    )

    assert manager.newest_epoch(CORE) == 2
    with pytest.raises(NotAllowed):
        old.epoch_key(CORE, 2)
    with pytest.raises(NotAllowed, match="sign in again"):
        desk_keys.rotate_due(staffed.folder, old)


def test_ones_own_password_is_not_reset(staffed: RealDesk, manager: DeskKeys) -> None:
    with pytest.raises(NotAllowed, match="Change password"):
        desk_keys.reset_password(staffed.folder, manager, "manager", NAME, NEW)
    with pytest.raises(NotFound):
        desk_keys.reset_password(staffed.folder, manager, "nobody", "Nobody", NEW)


def test_who_left_can_not_sign_in_and_gets_no_new_key(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    left = staffed.signed_in("worker")

    done = desk_keys.disable_user(staffed.folder, manager, "worker")

    assert done == [CORE]
    assert manager.newest_epoch(CORE) == 2
    with pytest.raises(WrongPassword):
        staffed.unlock(*STAFF["worker"][:2])
    with pytest.raises(NotAllowed):
        left.epoch_key(CORE, 2)
    later = staffed.signed_in("counsellor")
    assert later.epoch_key(CORE, 2) == manager.epoch_key(CORE, 2)
    assert later.epoch_key(CORE, 1) == left.epoch_key(CORE, 1)


def test_the_counselling_key_of_who_left_waits_for_the_clinical_lead(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    left = staffed.signed_in("counsellor")
    old = left.newest_epoch(FIRST_TEAM)

    assert desk_keys.disable_user(staffed.folder, manager, "counsellor") == [CORE]

    assert desk_keys.due(staffed.folder, manager) == [FIRST_TEAM]
    assert desk_keys.rotate_due(staffed.folder, manager) == []
    lead = staffed.signed_in("lead")
    assert desk_keys.rotate_due(staffed.folder, lead) == [FIRST_TEAM]
    assert desk_keys.due(staffed.folder, lead) == []
    assert lead.newest_epoch(FIRST_TEAM) == old + 1
    sealed = lead.seal_to(FIRST_TEAM, b"later", "x")
    with pytest.raises(DeskError):
        left.open_sealed(FIRST_TEAM, sealed, "x")


def test_who_left_may_come_back_with_new_keys(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    desk_keys.disable_user(staffed.folder, manager, "counsellor")
    desk_keys.add_user(
        staffed.folder, manager, "counsellor", OTHER_NAME, NEW, admin=False, cost=FLOOR
    )

    keys = staffed.unlock(OTHER_NAME, NEW)

    assert keys.compartments() == (CORE,)
    assert keys.slot_versions["counsellor"] == 2


def test_somebody_must_stay_to_manage(staffed: RealDesk, manager: DeskKeys) -> None:
    with pytest.raises(NotAllowed, match="your own way in"):
        desk_keys.disable_user(staffed.folder, manager, "manager")
    with pytest.raises(DeskError, match="only manager"):
        desk_keys.set_admin(staffed.folder, manager, "manager", admin=False)
    with pytest.raises(NotFound):
        desk_keys.disable_user(staffed.folder, manager, "nobody")


def test_who_becomes_a_manager_holds_admin_and_later_no_more(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    desk_keys.set_admin(staffed.folder, manager, "worker", admin=True)
    second = staffed.signed_in("worker")
    assert second.holds(ADMIN)
    assert second.is_admin

    desk_keys.set_admin(staffed.folder, manager, "worker", admin=False)

    assert manager.newest_epoch(ADMIN) == 2
    later = staffed.signed_in("worker")
    assert later.compartments() == (CORE,)
    with pytest.raises(NotAllowed):
        add(staffed, later, "new")


def test_nobody_is_manager_and_counsellor_at_once(
    staffed: RealDesk, manager: DeskKeys
) -> None:
    for user in ("lead", "counsellor"):
        with pytest.raises(NotAllowed, match="counselling key"):
            desk_keys.set_admin(staffed.folder, manager, user, admin=True)
