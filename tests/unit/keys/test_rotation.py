"""New keys after somebody left: the store's own key, and crashes between."""

import pytest

from provider_desk.keys import desk_keys, local_key
from provider_desk.keys.desk_keys import CORE
from provider_desk.model.errors import Damaged, NotAllowed
from tests.builders.keys import RealDesk


def test_the_store_gets_a_new_key_after_somebody_left(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")
    assert not desk_keys.rekey_due(manager)
    old = manager.key

    desk_keys.disable_user(staffed.folder, manager, "worker")
    assert desk_keys.rekey_due(manager)
    desk_keys.begin_rekey(staffed.folder, manager)
    assert manager.key == old
    assert manager.next_key not in (old, b"")
    new = manager.next_key
    desk_keys.end_rekey(staffed.folder, manager)

    assert (manager.key, manager.next_key) == (new, b"")
    assert not desk_keys.rekey_due(manager)
    later = staffed.signed_in("counsellor")
    assert later.key == new
    assert not desk_keys.rekey_due(later)


def test_who_left_opens_local_key_no_more(staffed: RealDesk) -> None:
    left, manager = staffed.signed_in("worker"), staffed.signed_in("manager")
    desk_keys.disable_user(staffed.folder, manager, "worker")
    old = {1: left.epoch_key(CORE, 1)}
    assert local_key.read(staffed.folder, left.store_id, old.get).key == left.key

    desk_keys.begin_rekey(staffed.folder, manager)
    with pytest.raises(Damaged):
        local_key.read(staffed.folder, left.store_id, old.get)
    desk_keys.end_rekey(staffed.folder, manager)

    with pytest.raises(Damaged):
        local_key.read(staffed.folder, left.store_id, old.get)


def test_a_crash_while_the_store_gets_its_key_leaves_both(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")
    desk_keys.disable_user(staffed.folder, manager, "worker")
    desk_keys.begin_rekey(staffed.folder, manager)
    old, new = manager.key, manager.next_key

    # The process died here: somebody else signs in.
    again = staffed.signed_in("counsellor")

    assert (again.key, again.next_key) == (old, new)
    assert desk_keys.rekey_due(again)
    desk_keys.begin_rekey(staffed.folder, again)
    assert again.next_key == new
    desk_keys.end_rekey(staffed.folder, again)
    assert staffed.signed_in("manager").key == new


def test_a_key_that_was_begun_before_another_left_is_not_the_last(
    staffed: RealDesk,
) -> None:
    """The one who left second may have seen it."""
    manager = staffed.signed_in("manager")
    desk_keys.disable_user(staffed.folder, manager, "worker")
    desk_keys.begin_rekey(staffed.folder, manager)
    desk_keys.disable_user(staffed.folder, manager, "counsellor")

    again = staffed.signed_in("lead")
    seen = []
    while desk_keys.rekey_due(again):
        desk_keys.begin_rekey(staffed.folder, again)
        seen.append(again.next_key)
        desk_keys.end_rekey(staffed.folder, again)

    assert len(seen) == 2
    assert seen[0] == manager.next_key
    assert staffed.signed_in("manager").key == seen[1]


def test_ending_what_was_not_begun_changes_nothing(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")
    before = (staffed.folder / local_key.NAME).read_bytes()

    desk_keys.end_rekey(staffed.folder, manager)

    assert (staffed.folder / local_key.NAME).read_bytes() == before


def test_many_who_left_leave_the_past_readable(staffed: RealDesk) -> None:
    """One grant opens every epoch, however many there were."""
    lead = staffed.signed_in("lead")
    first = lead.seal_to("counsel:main", b"the first", "row")
    for _ in range(20):
        desk_keys.renew_sheet(staffed.folder, lead, "B")

    desk_keys.grant(staffed.folder, lead, "counsel:main", "worker")

    worker = staffed.signed_in("worker")
    assert worker.newest_epoch("counsel:main") == 22
    assert worker.open_sealed("counsel:main", first, "row") == b"the first"


def test_nothing_is_renewed_that_is_not_due(staffed: RealDesk) -> None:
    for user in ("manager", "lead", "worker"):
        keys = staffed.signed_in(user)
        revision = keys.roster_revision
        assert desk_keys.rotate_due(staffed.folder, keys) == []
        assert keys.roster_revision == revision


def test_somebody_who_left_meanwhile_is_told(staffed: RealDesk) -> None:
    worker, manager = staffed.signed_in("worker"), staffed.signed_in("manager")
    desk_keys.disable_user(staffed.folder, manager, "worker")

    with pytest.raises(NotAllowed, match="sign in again"):
        desk_keys.rotate_due(staffed.folder, worker)
