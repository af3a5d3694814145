"""Attacks on a roster by people who are, or were, on it, with their own keys.

They know the format and write the frame's hash anew. Nothing that they make is taken.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from provider_desk.keys import (
    compartments,
    desk_keys,
    epochs,
    local_key,
    roster,
)
from provider_desk.keys.compartments import CORE, FIRST_TEAM, grant_info
from provider_desk.keys.desk_keys import FLOOR
from provider_desk.keys.key_pairs import KeyPair, seal_for
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    NotAllowed,
    OlderDesk,
)
from tests.builders.forged_rosters import MALLORY, body_of, forged, put, said
from tests.builders.keys import (
    NAME,
    OTHER_NAME,
    OTHER_PASSWORD,
    PASSWORD,
    RealDesk,
)

NEW = "thunder basket yellow piano"


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("lead", {"user": "worker", "lead": True}),
        ("sheet", {"which": "B", "public": MALLORY.public().told()}),
        (
            "epoch",
            {
                "compartment": FIRST_TEAM,
                "epoch": 3,
                "public": MALLORY.public().seals.hex(),
                "earlier": {"commit": "00", "sealed": "00"},
                "grants": {"B": "00" * 80},
            },
        ),
        (
            "grant",
            {
                "compartment": FIRST_TEAM,
                "epoch": 2,
                "user": "worker",
                "sealed": "00" * 80,
            },
        ),
    ],
)
@pytest.mark.parametrize("by", ["manager", "counsellor", "worker", "A"])
def test_nobody_but_a_clinical_lead_reaches_for_the_counselling_key(
    staffed: RealDesk, by: str, deed: str, told: Mapping[str, Any]
) -> None:
    pairs = {**staffed.pairs, "A": KeyPair.of_sheet("A", staffed.new.sheet_a)}

    forged(staffed.folder, by, pairs[by], deed, **told)

    with pytest.raises(Damaged):
        roster.read(staffed.folder)


def test_a_counsellor_who_holds_the_key_can_not_pass_it_on(staffed: RealDesk) -> None:
    keys = staffed.signed_in("counsellor")
    number = keys.newest_epoch(FIRST_TEAM)
    info = grant_info(keys.store_id, FIRST_TEAM, number, "worker")
    public = staffed.pairs["worker"].public().seals
    sealed = seal_for(public, keys.epoch_key(FIRST_TEAM, number), info).hex()

    forged(
        staffed.folder,
        "counsellor",
        staffed.pairs["counsellor"],
        "grant",
        compartment=FIRST_TEAM,
        epoch=number,
        user="worker",
        sealed=sealed,
    )

    with pytest.raises(Damaged):
        roster.read(staffed.folder)


def test_a_grant_that_gives_another_key_is_noticed(staffed: RealDesk) -> None:
    """Even by a clinical lead: what is sealed is held against the public key."""
    team = desk_keys.add_team(staffed.folder, staffed.signed_in("lead"), "young")
    store = staffed.new.store_id
    public = staffed.pairs["worker"].public().seals
    forged(
        staffed.folder,
        "lead",
        staffed.pairs["lead"],
        "grant",
        compartment=team,
        epoch=1,
        user="worker",
        sealed=seal_for(public, bytes(32), grant_info(store, team, 1, "worker")).hex(),
    )

    with pytest.raises(Damaged, match=r"roster\.bin"):
        staffed.signed_in("worker")
    assert staffed.signed_in("lead").holds(team)


def test_an_epoch_that_hides_the_past_is_noticed(staffed: RealDesk) -> None:
    listed, manager = roster.read(staffed.folder), staffed.signed_in("manager")
    false_past = {1: compartments.fresh_key()}
    epochs.begin(listed, manager.author(), CORE, false_past)
    roster.write(staffed.folder, listed)

    with pytest.raises(Damaged, match=r"roster\.bin"):
        staffed.signed_in("worker")


def test_who_left_is_not_let_in_again_by_leaving_that_out(staffed: RealDesk) -> None:
    body, manager = body_of(staffed.folder), staffed.signed_in("manager")
    slot = next(each for each in body["slots"] if each["user"] == "worker")
    desk_keys.disable_user(staffed.folder, manager, "worker")

    with_slot = body_of(staffed.folder)
    with_slot["slots"].append(slot)
    put(staffed.folder, with_slot)
    with pytest.raises(Damaged):
        roster.read(staffed.folder)

    without = body_of(staffed.folder)
    without["slots"] = body["slots"]
    without["log"].remove(said(without, "disable"))
    put(staffed.folder, without)
    with pytest.raises(Damaged):
        roster.read(staffed.folder)


def test_a_manager_who_left_signs_nothing_any_more(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")
    desk_keys.set_admin(staffed.folder, manager, "worker", admin=True)
    desk_keys.disable_user(staffed.folder, manager, "worker")

    forged(
        staffed.folder,
        "worker",
        staffed.pairs["worker"],
        "member",
        user="friend",
        public=MALLORY.public().told(),
        admin=True,
    )

    with pytest.raises(Damaged):
        roster.read(staffed.folder)


def test_a_history_that_a_former_manager_made_up_is_noticed(staffed: RealDesk) -> None:
    """They go on from the day before they left, and make it longer than the true one.

    A computer that saw the true one notices. So does everybody whose password is newer
    than the day from which they go on: their slot holds the state that it was made in.
    """
    folder, path = staffed.folder, staffed.folder / roster.NAME
    manager = staffed.signed_in("manager")
    desk_keys.set_admin(folder, manager, "worker", admin=True)
    former = staffed.signed_in("worker")
    day_before = path.read_bytes()
    desk_keys.disable_user(folder, manager, "worker")
    desk_keys.change_password(folder, staffed.vault, manager, PASSWORD, NEW, cost=FLOOR)
    true = roster.read(folder)
    newest = true.slots["manager"]

    path.write_bytes(day_before)
    made_up = roster.read(folder)
    public = true.now.members["manager"].public.told()
    made_up.say(former.author(), "member", user="manager", public=public, admin=True)
    made_up.put_slot(former.author(), newest)
    while made_up.now.revision < manager.roster_revision + 5:
        made_up.say(former.author(), "admin", user="worker", admin=True)
    roster.write(folder, made_up)

    assert roster.read(folder).now.revision > manager.roster_revision
    with pytest.raises(OlderDesk):
        staffed.signed_in("counsellor").refuse_older(
            manager.roster_revision, manager.roster_head
        )
    with pytest.raises(OlderDesk, match="another"):
        staffed.unlock(NAME, NEW)


def test_an_old_local_key_does_not_bring_an_old_store_back(staffed: RealDesk) -> None:
    """It opens, and says that the store is due for a new key: the old one is known."""
    path, manager = staffed.folder / local_key.NAME, staffed.signed_in("manager")
    old = path.read_bytes()
    desk_keys.disable_user(staffed.folder, manager, "worker")
    desk_keys.begin_rekey(staffed.folder, manager)
    desk_keys.end_rekey(staffed.folder, manager)
    path.write_bytes(old)

    assert desk_keys.rekey_due(staffed.signed_in("manager"))


def test_the_lead_who_was_swapped_by_the_manager_gives_nothing(
    staffed: RealDesk,
) -> None:
    """A manager resets the lead's password to sign in as them: the key stays shut."""
    manager = staffed.signed_in("manager")
    sealed = manager.seal_to(FIRST_TEAM, b"words", "row")
    for user, name in (("lead", "Lee Invented"), ("counsellor", OTHER_NAME)):
        desk_keys.reset_password(
            staffed.folder, manager, user, name, NEW + user, cost=FLOOR
        )
        keys = staffed.unlock(name, NEW + user)
        with pytest.raises(DeskError):
            keys.open_sealed(FIRST_TEAM, sealed, "row")
        with pytest.raises(NotAllowed):
            keys.epoch_key(FIRST_TEAM, 2)
    assert desk_keys.rotate_due(staffed.folder, manager) == []
    with pytest.raises(DeskError):
        staffed.unlock(OTHER_NAME, OTHER_PASSWORD)
