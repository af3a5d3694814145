"""The counselling key: taken up with sheet B, given, taken away; teams."""

from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, roster
from provider_desk.keys.desk_keys import ALL_COUNSEL, CORE, FIRST_TEAM, FLOOR
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    NotAllowed,
    NotFound,
    NotValid,
    WrongPassword,
)
from tests.builders.keys import (
    OTHER_NAME,
    OTHER_PASSWORD,
    RealDesk,
    made_keys,
    real_desk,
)


def test_a_new_desk_gives_the_counselling_key_to_sheet_b_alone(tmp_path: Path) -> None:
    made = real_desk(tmp_path / "desk")
    listed = roster.read(made.folder)

    assert set(listed.now.compartments[FIRST_TEAM].grants) == {"B"}
    assert not made.keys.holds(FIRST_TEAM)


def test_sheet_b_makes_a_clinical_lead_and_a_new_key(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")

    assert lead.is_lead
    assert lead.newest_epoch(FIRST_TEAM) == 2
    assert lead.holds(FIRST_TEAM)
    assert desk_keys.members_of(staffed.folder, lead, ALL_COUNSEL) == ["lead"]
    members = desk_keys.members_of(staffed.folder, lead, FIRST_TEAM)
    assert set(members) == {"lead", "counsellor"}
    assert set(desk_keys.members_of(staffed.folder, lead, CORE)) == {
        "manager",
        "lead",
        "counsellor",
        "worker",
    }


def test_what_was_sealed_before_the_lead_came_is_read_by_the_lead(
    tmp_path: Path,
) -> None:
    made = real_desk(tmp_path / "desk")
    sealed = made.keys.seal_to(FIRST_TEAM, b"an early note", "row")
    desk_keys.add_user(
        made.folder,
        made.keys,
        "lead",
        OTHER_NAME,
        OTHER_PASSWORD,
        admin=False,
        cost=FLOOR,
    )
    lead = made.unlock(OTHER_NAME, OTHER_PASSWORD)

    desk_keys.take_up(made.folder, lead, made.new.sheet_b)

    assert lead.open_sealed(FIRST_TEAM, sealed, "row") == b"an early note"
    with pytest.raises(NotAllowed):
        made.keys.open_sealed(FIRST_TEAM, sealed, "row")


@pytest.mark.parametrize("code", [bytes(20), b""])
def test_another_code_makes_nobody_a_clinical_lead(
    staffed: RealDesk, code: bytes
) -> None:
    with pytest.raises(WrongPassword, match="sheet B"):
        desk_keys.take_up(staffed.folder, staffed.signed_in("worker"), code)
    with pytest.raises(WrongPassword, match="sheet B"):
        desk_keys.take_up(
            staffed.folder, staffed.signed_in("worker"), staffed.new.sheet_a
        )


def test_a_manager_never_holds_a_counselling_key(staffed: RealDesk) -> None:
    manager, lead = staffed.signed_in("manager"), staffed.signed_in("lead")

    with pytest.raises(NotAllowed, match="manager never holds"):
        desk_keys.take_up(staffed.folder, manager, staffed.new.sheet_b)
    for compartment in (FIRST_TEAM, ALL_COUNSEL):
        with pytest.raises(NotAllowed, match="manager never holds"):
            desk_keys.grant(staffed.folder, lead, compartment, "manager")


@pytest.mark.parametrize("user", ["manager", "counsellor", "worker"])
def test_only_a_clinical_lead_gives_and_takes_it(staffed: RealDesk, user: str) -> None:
    keys, folder = staffed.signed_in(user), staffed.folder
    other = "worker" if user != "worker" else "counsellor"
    before = (folder / roster.NAME).read_bytes()

    with pytest.raises(NotAllowed):
        desk_keys.grant(folder, keys, ALL_COUNSEL, other)
    if other == "worker":
        with pytest.raises(NotAllowed):
            desk_keys.grant(folder, keys, FIRST_TEAM, other)
    if user != "manager":
        with pytest.raises(NotAllowed):
            desk_keys.revoke_grant(folder, keys, ALL_COUNSEL, "lead")
        with pytest.raises(NotAllowed):
            desk_keys.follow_role(folder, keys, "lead")
    with pytest.raises(NotAllowed):
        desk_keys.add_team(folder, keys, "another")
    with pytest.raises(NotAllowed):
        desk_keys.renew_sheet(folder, keys, "B")

    assert (folder / roster.NAME).read_bytes() == before


def test_what_is_given_opens_what_was_sealed_before(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")
    sealed = lead.seal_to(FIRST_TEAM, b"words", "row")

    desk_keys.grant(staffed.folder, lead, FIRST_TEAM, "worker")

    worker = staffed.signed_in("worker")
    assert worker.open_sealed(FIRST_TEAM, sealed, "row") == b"words"
    assert worker.epoch_key(FIRST_TEAM, 1) == lead.epoch_key(FIRST_TEAM, 1)


def test_giving_twice_changes_nothing(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")
    before = lead.roster_revision

    desk_keys.grant(staffed.folder, lead, FIRST_TEAM, "counsellor")

    assert lead.roster_revision == before


def test_what_is_taken_away_opens_nothing_that_comes_after(staffed: RealDesk) -> None:
    lead, gone = staffed.signed_in("lead"), staffed.signed_in("counsellor")

    desk_keys.revoke_grant(staffed.folder, lead, FIRST_TEAM, "counsellor")

    assert not staffed.signed_in("counsellor").holds(FIRST_TEAM)
    sealed = lead.seal_to(FIRST_TEAM, b"later", "row")
    with pytest.raises(DeskError):
        gone.open_sealed(FIRST_TEAM, sealed, "row")
    assert lead.open_sealed(FIRST_TEAM, sealed, "row") == b"later"


@pytest.mark.parametrize("user", ["counsellor", "lead"])
def test_a_manager_takes_away_what_a_role_does_not_go_with_and_gives_nothing(
    staffed: RealDesk, user: str
) -> None:
    manager, folder = staffed.signed_in("manager"), staffed.folder
    desk_keys.grant(folder, staffed.signed_in("lead"), ALL_COUNSEL, "worker")
    gone = staffed.signed_in(user)

    assert desk_keys.follow_role(folder, manager, user) == [FIRST_TEAM]

    now = staffed.signed_in(user)
    assert not now.holds(FIRST_TEAM)
    assert not now.is_lead
    assert desk_keys.due(folder, manager) == [FIRST_TEAM]
    with pytest.raises(NotAllowed):
        desk_keys.grant(folder, manager, FIRST_TEAM, user)
    second = staffed.signed_in("worker")
    assert desk_keys.rotate_due(folder, second) == [FIRST_TEAM]
    sealed = second.seal_to(FIRST_TEAM, b"later", "row")
    with pytest.raises(DeskError):
        gone.open_sealed(FIRST_TEAM, sealed, "row")


def test_what_a_role_keeps_stays(staffed: RealDesk) -> None:
    manager, folder = staffed.signed_in("manager"), staffed.folder
    young = desk_keys.add_team(folder, staffed.signed_in("lead"), "young")

    assert desk_keys.follow_role(folder, manager, "lead", {FIRST_TEAM}) == [young]

    former = staffed.signed_in("lead")
    assert former.holds(FIRST_TEAM)
    assert not former.holds(young)
    assert not former.is_lead
    before = (folder / roster.NAME).read_bytes()
    assert desk_keys.follow_role(folder, manager, "worker") == []
    assert (folder / roster.NAME).read_bytes() == before


def test_a_second_clinical_lead_holds_every_team_and_can_be_undone(
    staffed: RealDesk,
) -> None:
    lead = staffed.signed_in("lead")
    young = desk_keys.add_team(staffed.folder, lead, "Young-People")
    assert young == "counsel:young-people"

    desk_keys.grant(staffed.folder, lead, ALL_COUNSEL, "worker")

    second = staffed.signed_in("worker")
    assert second.is_lead
    assert second.holds(FIRST_TEAM)
    assert second.holds(young)
    with pytest.raises(NotAllowed, match="all counselling teams"):
        desk_keys.revoke_grant(staffed.folder, lead, young, "worker")
    desk_keys.revoke_grant(staffed.folder, lead, ALL_COUNSEL, "worker")
    assert staffed.signed_in("worker").compartments() == (CORE,)


def test_a_lead_does_not_take_away_their_own_key(staffed: RealDesk) -> None:
    with pytest.raises(NotAllowed, match="your own key"):
        desk_keys.revoke_grant(
            staffed.folder, staffed.signed_in("lead"), ALL_COUNSEL, "lead"
        )


def test_one_team_does_not_read_what_is_sealed_for_another(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")
    young = desk_keys.add_team(staffed.folder, lead, "young")
    counsellor = staffed.signed_in("counsellor")

    assert desk_keys.teams(staffed.folder, counsellor) == [FIRST_TEAM, young]
    sealed = counsellor.seal_to(young, b"words", "row")
    with pytest.raises(NotAllowed):
        counsellor.open_sealed(young, sealed, "row")
    assert lead.open_sealed(young, sealed, "row") == b"words"


@pytest.mark.parametrize("team", ["", "a|b", "two words", "é", "x" * 90, "main"])
def test_a_team_needs_a_plain_name_of_its_own(staffed: RealDesk, team: str) -> None:
    with pytest.raises(NotValid):
        desk_keys.add_team(staffed.folder, staffed.signed_in("lead"), team)


def test_nobody_and_no_team_are_told(staffed: RealDesk) -> None:
    lead = staffed.signed_in("lead")
    with pytest.raises(NotFound):
        desk_keys.grant(staffed.folder, lead, FIRST_TEAM, "nobody")
    with pytest.raises(NotFound):
        desk_keys.grant(staffed.folder, lead, "counsel:none", "worker")
    with pytest.raises(NotFound):
        desk_keys.grant(staffed.folder, lead, CORE, "worker")
    with pytest.raises(NotFound):
        lead.seal_to("counsel:none", b"x", "row")


def test_keys_in_memory_fit_together_by_role() -> None:
    store = "0" * 32
    by_role = {
        role: made_keys(store, "device", role, role)
        for role in ("MANAGER", "COUNSELLOR", "CLINICAL_LEAD", "CASEWORKER", "TRUSTEE")
    }
    sealed = by_role["CASEWORKER"].seal_to(FIRST_TEAM, b"words", "row")

    assert by_role["COUNSELLOR"].open_sealed(FIRST_TEAM, sealed, "row") == b"words"
    assert by_role["CLINICAL_LEAD"].open_sealed(FIRST_TEAM, sealed, "row") == b"words"
    for role in ("MANAGER", "CASEWORKER", "TRUSTEE"):
        with pytest.raises(NotAllowed):
            by_role[role].open_sealed(FIRST_TEAM, sealed, "row")


@pytest.mark.parametrize("about", ["other", ""])
def test_what_is_sealed_belongs_where_it_was_sealed(about: str) -> None:
    keys = made_keys("0" * 32, "device", "user", "COUNSELLOR")
    sealed = keys.seal_to(FIRST_TEAM, b"words", "row")

    with pytest.raises(Damaged):
        keys.open_sealed(FIRST_TEAM, sealed, about)
    with pytest.raises(Damaged):
        keys.open_sealed(CORE, sealed, "row")
    with pytest.raises(Damaged):
        keys.open_sealed(FIRST_TEAM, (9).to_bytes(4, "big") + sealed[4:], "row")
    with pytest.raises(Damaged):
        keys.open_sealed(FIRST_TEAM, b"", "row")
