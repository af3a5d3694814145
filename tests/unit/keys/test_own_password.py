"""One's own password."""

import pytest

from provider_desk.keys import desk_keys, roster
from provider_desk.keys.desk_keys import ADMIN, CORE, FIRST_TEAM, FLOOR
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    NotValid,
    OlderDesk,
    WrongPassword,
)
from tests.builders.keys import NAME, OTHER_NAME, OTHER_PASSWORD, PASSWORD, RealDesk

NEW = "thunder basket yellow piano"


def test_a_new_password_takes_the_place_of_the_old(staffed: RealDesk) -> None:
    keys = staffed.signed_in("manager")
    before = keys.public_key()

    desk_keys.change_password(
        staffed.folder, staffed.vault, keys, PASSWORD, NEW, cost=FLOOR
    )

    with pytest.raises(WrongPassword):
        staffed.unlock(NAME, PASSWORD)
    later = staffed.unlock(NAME, NEW)
    assert later.slot_versions["manager"] == 2
    assert later.public_key() == keys.public_key() != before
    assert later.own_key("drafts") == keys.own_key("drafts")


def test_who_knew_the_old_password_opens_nothing_that_comes_after(
    staffed: RealDesk,
) -> None:
    """They have the team secret, an old roster.bin, and the old keys from its slot."""
    folder = staffed.folder
    known = staffed.unlock(NAME, PASSWORD)

    desk_keys.change_password(
        folder, staffed.vault, staffed.signed_in("manager"), PASSWORD, NEW, cost=FLOOR
    )

    later = staffed.unlock(NAME, NEW)
    for name in (CORE, ADMIN):
        sealed = later.seal_to(name, b"later", "row")
        with pytest.raises(DeskError):
            known.open_sealed(name, sealed, "row")
    assert desk_keys.rekey_due(later)


def test_a_new_password_is_not_the_old_one(staffed: RealDesk) -> None:
    with pytest.raises(NotValid, match="that you have"):
        desk_keys.change_password(
            *(staffed.folder, staffed.vault, staffed.signed_in("manager")),
            *(PASSWORD, PASSWORD),
        )


def test_who_gave_a_password_and_changed_it_first_is_shut_out_by_its_owner(
    staffed: RealDesk,
) -> None:
    """A manager signs in as somebody new before them, and puts the password back.

    Then the desk does not know any more that somebody else chose it.
    """
    folder, between = staffed.folder, "a manager's own idea of words"
    for old, new in ((OTHER_PASSWORD, between), (between, OTHER_PASSWORD)):
        desk_keys.change_password(
            folder, staffed.vault, OTHER_NAME, old, new, cost=FLOOR
        )
    pretended = staffed.unlock(OTHER_NAME, OTHER_PASSWORD)
    assert not pretended.password_given

    desk_keys.change_password(
        folder, staffed.vault, OTHER_NAME, OTHER_PASSWORD, NEW, cost=FLOOR
    )
    lead = staffed.signed_in("lead")
    desk_keys.rotate_due(folder, lead)

    sealed = lead.seal_to(FIRST_TEAM, b"later", "row")
    with pytest.raises(DeskError):
        pretended.take(roster.read(folder))
    with pytest.raises(DeskError):
        pretended.open_sealed(FIRST_TEAM, sealed, "row")
    owner = staffed.unlock(OTHER_NAME, NEW)
    assert owner.open_sealed(FIRST_TEAM, sealed, "row") == b"later"


def test_a_password_is_changed_by_name_too(staffed: RealDesk) -> None:
    desk_keys.change_password(
        staffed.folder, staffed.vault, NAME, PASSWORD, NEW, cost=FLOOR
    )

    assert staffed.unlock(NAME, NEW).user == "manager"


def test_only_who_knows_the_old_password_sets_a_new_one(staffed: RealDesk) -> None:
    before = (staffed.folder / roster.NAME).read_bytes()

    with pytest.raises(WrongPassword):
        desk_keys.change_password(
            staffed.folder,
            staffed.vault,
            staffed.signed_in("manager"),
            "not the old one",
            NEW,
        )
    with pytest.raises(NotValid):
        desk_keys.change_password(
            staffed.folder, staffed.vault, staffed.signed_in("manager"), PASSWORD, "x"
        )

    assert (staffed.folder / roster.NAME).read_bytes() == before


def test_a_password_that_somebody_gave_is_changed_with_the_keys(
    staffed: RealDesk,
) -> None:
    """Whoever gave it could have opened the old keys, and what is given to them."""
    keys = staffed.signed_in("counsellor")
    known = staffed.pairs["counsellor"]
    assert keys.password_given

    desk_keys.change_password(
        staffed.folder, staffed.vault, keys, OTHER_PASSWORD, NEW, cost=FLOOR
    )

    assert not keys.password_given
    assert keys.public_key() != known.public().signs
    assert keys.holds(FIRST_TEAM)
    lead = staffed.signed_in("lead")
    assert desk_keys.rotate_due(staffed.folder, lead) == [FIRST_TEAM]
    with pytest.raises(Damaged):
        staffed.signed_in("counsellor")
    later = staffed.unlock(OTHER_NAME, NEW)
    assert later.newest_epoch(FIRST_TEAM) == lead.newest_epoch(FIRST_TEAM)
    assert later.holds(FIRST_TEAM)
    assert known.public().signs in later.signers()["counsellor"]
    assert later.public_key() in later.signers()["counsellor"]


def test_an_older_slot_put_back_is_refused(staffed: RealDesk) -> None:
    listed = roster.read(staffed.folder)
    old = listed.slots["manager"]
    desk_keys.change_password(
        staffed.folder,
        staffed.vault,
        staffed.signed_in("manager"),
        PASSWORD,
        NEW,
        cost=FLOOR,
    )
    changed = roster.read(staffed.folder)
    changed.slots["manager"] = old
    roster.write(staffed.folder, changed)

    with pytest.raises(Damaged):
        staffed.unlock(NAME, PASSWORD)


def test_an_older_roster_put_back_is_refused_where_the_newer_was_seen(
    staffed: RealDesk,
) -> None:
    path = staffed.folder / roster.NAME
    old = path.read_bytes()
    keys = staffed.signed_in("manager")
    desk_keys.change_password(
        staffed.folder, staffed.vault, keys, PASSWORD, NEW, cost=FLOOR
    )
    revision, head = keys.roster_revision, keys.roster_head
    path.write_bytes(old)

    again = staffed.unlock(NAME, PASSWORD)

    with pytest.raises(OlderDesk, match=f"there were {revision}"):
        again.refuse_older(revision, head)
    with pytest.raises(OlderDesk):
        desk_keys.rotate_due(staffed.folder, keys)
