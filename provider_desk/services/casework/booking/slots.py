"""How many sessions a week each worker has. The contract's capacity stays apart.

Source: practices, P32.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import WorkerSlots
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, some
from provider_desk.store.records import find, get


@needs(Permission.RECORD_SESSIONS)
def worker_slots(desk: Desk) -> list[WorkerSlots]:
    """What was set for each worker, newest first."""
    with desk.store.reading() as rows:
        found = find(rows, WorkerSlots)
    return sorted(found, key=lambda each: each.from_on, reverse=True)


@needs(Permission.APPROVE)
def set_slots(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Set a worker's slots from a day on; what is set for that day already changes.

    Raises:
        NotValid: a value stops it.
    """
    with desk.store.writing("set slots", by=desk.user.id) as deed:
        worker = str(values.get("worker") or "").strip()
        from_on = values.get("from_on")
        same = (
            find(deed, WorkerSlots, worker=worker, from_on=from_on)
            if worker and isinstance(from_on, date)
            else []
        )
        if same:
            held, warnings = saving.change(desk, deed, WorkerSlots, same[0].id, values)
        else:
            held, warnings = saving.add(desk, deed, WorkerSlots, values)
        slots = some(held.weekly_slots, "session")
        said = f"{held.worker}: {slots} a week from {day(held.from_on)}."
        return held.id, saving.done(deed, said, warnings)


@needs(Permission.APPROVE)
def take_back_slots(desk: Desk, slots_id: str, reason: str = UNDONE) -> Changed:
    """Take back what was set, so that what was set before it holds again.

    Raises:
        NotFound: it is not there.
    """
    with desk.store.writing("take back slots", by=desk.user.id) as deed:
        held = get(deed, WorkerSlots, slots_id)
        deed.retire(WorkerSlots, slots_id, reason)
        return saving.done(deed, f"Slots of {held.worker} taken back.")
