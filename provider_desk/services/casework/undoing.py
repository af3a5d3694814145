"""Taking back what was just done, whole: every record says again what it said before.

What a deed added is taken off the desk, what it took off stands again, and what it
changed says what it said, whatever else went with it. Nothing is taken back over what
came later, or beside what has taken its place. What stands again stood before, so no
rule of its own is asked again, and whoever gave somebody out of their hands can have
them back; of somebody who left the caseload otherwise nothing is taken back.

It needs what the deed handed back, so it is for the moment after. Sessions have a way
of their own beside it, ``booking.stepping``: their episode begins or ends anew, and
what is used before or after a trial is told.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Record, Reference, fields_of
from provider_desk.model.records import BY_TABLE, Closure, Episode, Referral, User
from provider_desk.services import saving
from provider_desk.services.casework.starts import refuse_return
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE
from provider_desk.store.history import Touch, built_beside, built_on, touch_of
from provider_desk.store.queries.caseload import client_of, way_to_client
from provider_desk.store.queries.episodes import open_in_area
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

_ACCOUNT = "An account is not undone. Open its line in Settings and change it there."
_INSTEAD = "Open it on the time line and put it right there."
_GONE = (
    "{}: taken off the desk since, so this can't be undone by itself. Put that back "
    "first."
)
#: What is recorded about a person hangs on no single detail of theirs.
_NOTHING_HANGS_ON = ("client", "provider")

_Touched = tuple[type[Record], str, Touch]


@needs(Permission.SEE_OWN)
def undo(desk: Desk, done: Changed) -> Changed:
    """Take back a deed that the person at this desk did last on these records.

    Args:
        desk: who did it.
        done: what the deed handed back.

    Raises:
        NotValid: one of the records was touched since, something was recorded on it
            or beside it since, somebody else did it, or it is of an account; an
            episode closed as entered in error can't be one after all.
        NotFound: it is of somebody who left the caseload since, though not by it.
    """
    if done.touches(User.TABLE):
        # Keys went with it, which no undo gives or takes.
        raise saving.stop("", _ACCOUNT)
    with desk.store.writing("undo", desk.user.id, UNDONE) as deed:
        touched = [
            (BY_TABLE[table], row_id, _touch(desk, deed, table, row_id, done.number))
            for table, ids in done.records.items()
            for row_id in sorted(ids)
        ]
        for record_type, row_id, touch in touched:
            goes = touch.made or touch.retired is False
            if goes or record_type.TABLE not in _NOTHING_HANGS_ON:
                _refuse_built_on(deed, record_type, row_id, done)
            if not touch.made:
                _refuse_beside(deed, record_type, row_id, done)
        outside = _outside(desk, deed, touched)
        open_again = list(_opened_again(deed, touched))
        for record_type, row_id, touch in touched:
            _as_before(deed, record_type, row_id, touch)
        _refuse_fallen(deed, touched)
        for client_id in outside:
            # A deed may have handed somebody over; undone, they are one's own again.
            caseload.require(desk, deed, client_id)
        for episode_id in open_again:
            _refuse_second(deed, episode_id)
        said = done.said.partition(". ")[0].rstrip(".")
        return saving.done(deed, f"Undone: {said}." if said else "Undone.")


def _outside(desk: Desk, deed: Deed, touched: Iterable[_Touched]) -> set[str]:
    """The people of some records who are not in the caseload now."""
    if caseload.scope_of(desk) is None:
        return set()
    whose = {
        client_of(deed, record_type.TABLE, row_id)
        for record_type, row_id, _ in touched
        if way_to_client(record_type.TABLE) is not None
    }
    return {each for each in whose - {""} if not caseload.holds(desk, deed, each)}


def _refuse_beside(
    deed: Deed, record_type: type[Record], row_id: str, done: Changed
) -> None:
    """Nothing comes back beside what has taken its place, or after an ending."""
    counts = (record_type, Closure, Episode)
    for other, other_id in built_beside(deed, record_type, row_id, done.number):
        if other in counts and other_id not in done.records.get(other.TABLE, ()):
            raise _later(other)


def _refuse_fallen(deed: Deed, touched: Iterable[_Touched]) -> None:
    """Nothing stands again whose person, referral or the like went since."""
    for record_type, row_id, touch in touched:
        if touch.retired:
            record = get(deed, record_type, row_id)
            for each in fields_of(record_type):
                if each.required and isinstance(each.kind, Reference):
                    parent = BY_TABLE[each.kind.to]
                    if not find(deed, parent, id=getattr(record, each.name)):
                        raise saving.stop("", _GONE.format(parent.LABEL))


def _opened_again(deed: Deed, touched: Iterable[_Touched]) -> Iterator[str]:
    """Ids of the episodes that are open again when a deed is taken back."""
    for record_type, row_id, touch in touched:
        if record_type is Episode and touch.retired:
            yield row_id
        if record_type is Closure and touch.made and not touch.retired:
            closing = get(deed, Closure, row_id)
            refuse_return(deed, closing)
            yield closing.episode_id


def _refuse_second(deed: Deed, episode_id: str) -> None:
    """Two episodes of one area are not open at once."""
    with suppress(NotFound):
        episode = get(deed, Episode, episode_id)
        referral = get(deed, Referral, episode.referral_id)
        if len(open_in_area(deed, referral.client_id, referral.area)) > 1:
            raise _later(Episode)


def _later(other: type[Record]) -> NotValid:
    return saving.stop(
        "",
        f"{other.LABEL}: recorded since, so this can't be undone by itself. "
        "Take that back first, or put this right where it stands.",
    )


def _touch(desk: Desk, deed: Deed, table: str, row_id: str, number: int) -> Touch:
    touch = touch_of(deed, table, row_id, number)
    if touch is None or touch.by != desk.user.id:
        raise saving.changed_since("Something", _INSTEAD)
    return touch


def _refuse_built_on(
    deed: Deed, record_type: type[Record], row_id: str, done: Changed
) -> None:
    for other, other_id in built_on(deed, record_type, row_id, done.number):
        if other_id not in done.records.get(other.TABLE, ()):
            raise _later(other)


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
