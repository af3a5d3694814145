"""A place on the waiting list that was given up too soon, had back on a later day."""

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotValid
from provider_desk.model.records import WaitingEntry
from provider_desk.services.casework import undoing, waiting
from provider_desk.services.casework.waiting_on import leaving
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import TODAY, make_client, make_waiting

LATER = TODAY.replace(year=TODAY.year + 1)


def entry(desk: Desk) -> WaitingEntry:
    with desk.store.reading() as rows:
        (found,) = find(rows, WaitingEntry)
    return found


def test_a_place_is_had_back_on_another_day_and_the_wait_counts_on(
    desk: Desk, clock: FixedClock
) -> None:
    referral_id = make_waiting(desk, make_client(desk))
    (before,) = waiting.waiting_list(desk, TODAY).rows
    waiting.leave_list(desk, referral_id, TODAY, "NOT_WANTED")
    clock.ms = FixedClock.on(LATER).ms

    changed = leaving.put_back(desk, entry(desk).id, "Rang: wants to come after all")

    assert changed.said.startswith("Back on the list")
    assert waiting.waiting_list(desk, TODAY).rows[0].received_on == before.received_on
    undoing.undo(desk, changed)
    assert entry(desk).removed_on == TODAY


def test_a_place_is_not_had_back_without_a_reason_or_where_nobody_left(
    desk: Desk,
) -> None:
    referral_id = make_waiting(desk, make_client(desk))
    with pytest.raises(NotValid):
        leaving.put_back(desk, entry(desk).id, "Was never away")
    waiting.leave_list(desk, referral_id, TODAY, "NOT_WANTED")
    with pytest.raises(NotValid):
        leaving.put_back(desk, entry(desk).id, " ")
    assert entry(desk).removed_on == TODAY
