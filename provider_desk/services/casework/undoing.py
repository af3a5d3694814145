"""Taking back what was just done, whole: every record says again what it said before.

What a deed added is taken off the desk, what it took off stands again, and what it
changed says what it said, whatever else went with it. Nothing is taken back over what
came later.
"""

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Record
from provider_desk.model.records import BY_TABLE
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE
from provider_desk.store.history import Touch, built_on, touch_of
from provider_desk.store.store import Deed

_SINCE = (
    "Something was changed since, so this can't be undone. Open it on the time line "
    "and put it right there."
)
#: What is recorded about a person hangs on no single detail of theirs.
_NOTHING_HANGS_ON = ("client", "provider")


@needs(Permission.SEE_OWN)
def undo(desk: Desk, done: Changed) -> Changed:
    """Take back a deed that the person at this desk did last on these records.

    Args:
        desk: who did it.
        done: what the deed handed back.

    Raises:
        NotValid: one of the records was touched since, something was recorded on it
            since, or somebody else did it.
    """
    with desk.store.writing("undo", desk.user.id, UNDONE) as deed:
        touched = [
            (BY_TABLE[table], row_id, _touch(desk, deed, table, row_id, done.number))
            for table, ids in done.records.items()
            for row_id in sorted(ids)
        ]
        for record_type, row_id, touch in touched:
            if touch.made or record_type.TABLE not in _NOTHING_HANGS_ON:
                _refuse_built_on(deed, record_type, row_id, done)
        for record_type, row_id, touch in touched:
            _as_before(deed, record_type, row_id, touch)
        said = done.said.partition(". ")[0].rstrip(".")
        return saving.done(deed, f"Undone: {said}." if said else "Undone.")


def _touch(desk: Desk, deed: Deed, table: str, row_id: str, number: int) -> Touch:
    touch = touch_of(deed, table, row_id, number)
    if touch is None or touch.by != desk.user.id:
        raise saving.stop("", _SINCE)
    return touch


def _refuse_built_on(
    deed: Deed, record_type: type[Record], row_id: str, done: Changed
) -> None:
    for other, other_id in built_on(deed, record_type, row_id, done.number):
        if other_id not in done.records.get(other.TABLE, ()):
            raise saving.stop(
                "",
                f"{other.LABEL}: recorded since, so this can't be undone by itself. "
                "Take that back first, or put this right where it stands.",
            )


def _as_before(
    deed: Deed, record_type: type[Record], row_id: str, touch: Touch
) -> None:
    if touch.made:
        if not touch.retired:
            deed.retire(record_type, row_id, UNDONE)
        return
    if touch.retired:
        deed.put_back(record_type, row_id)
    if touch.before and record_type.FACT:
        deed.addendum(record_type, row_id, touch.before, UNDONE)
    elif touch.before:
        deed.change(record_type, row_id, touch.before)
    if touch.retired is False:
        deed.retire(record_type, row_id, UNDONE)
