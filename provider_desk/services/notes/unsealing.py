"""Sealed words on their way to the screen: opened for those who hold the key.

Others get the sentence that stands in their place. Whether somebody may open the
person at all is asked before (services.rights.caseload), and so is whether their role
reads clinical text.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from provider_desk.keys.compartments import is_counsel
from provider_desk.keys.sealing import About
from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import BY_TABLE, ProcessNote, Referral
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import IN_PLACE, is_sealed
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import (
    Sealing,
    about_field,
    about_reason,
    clinical_fields,
    compartment_for,
)
from provider_desk.services.notes.opening import PersonOpener
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.history import WHY
from provider_desk.store.queries import sealed as questions

R = TypeVar("R", bound=Record)

#: Stands where sealed words are not as they were written.
DAMAGED = "Sealed words that can't be opened: they were changed or damaged."

#: What is said before words are written that will be sealed.
TEAM_READS = "Sealed: the counselling team reads it, managers can't."
OTHERS_READ = (
    "Sealed: the counselling team reads it. You can write it, but not read it back."
)

#: A field's name and what the store holds in it → what is shown.
Opened = Callable[[str, Value], Value]


class Unsealer:
    """Opens sealed words for the person at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._opener = PersonOpener(desk)

    def words(self, value: Value, about: About) -> Value:
        """What to show of a value: itself, the words in it, or why they aren't."""
        if not is_sealed(value):
            return value
        try:
            return self._opener.open(str(value), about)
        except NotAllowed:
            return IN_PLACE
        except DeskError:
            return DAMAGED

    def record(self, record: R, person: str) -> R:
        """A record as it is shown.

        Process notes are not opened here: who reads them is asked where they are
        listed, in ``process_notes``.

        Args:
            record: as the store holds it.
            person: id of whom it is about.
        """
        if isinstance(record, ProcessNote):
            return replace(record, sealed=IN_PLACE)
        opened = {
            name: self.words(held, about_field(record.id, person, record.TABLE, name))
            for name in clinical_fields(type(record))
            if is_sealed(held := getattr(record, name))
        }
        return replace(record, **opened) if opened else record  # type: ignore[arg-type]

    def records(self, records: Sequence[R], person: str) -> list[R]:
        """Records of one person as they are shown."""
        return [self.record(each, person) for each in records]


def holds_key(desk: Desk) -> bool:
    """Whether the person at the desk reads any sealed notes."""
    return any(map(is_counsel, desk.keys.compartments()))


@needs(Permission.SEE_OWN)
def said_of_sealing(desk: Desk, referral_id: str) -> str:
    """What to know before clinical words are written on a case; "" where nothing.

    Raises:
        NotFound: the referral is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        referral = caseload.within(desk, rows, Referral, referral_id)
        sealed = Sealing(desk, rows).case_of(referral).sealed
    if not sealed:
        return ""
    return TEAM_READS if desk.keys.holds(compartment_for(desk)) else OTHERS_READ


def for_form(desk: Desk, record: Record, person: str) -> dict[str, Value]:
    """What a record holds, to be put right in a form.

    Words that can't be opened stay sealed: a form shows an empty field for them, and
    leaving it empty keeps them.
    """
    shown = Unsealer(desk).record(record, person).values()
    unread = (IN_PLACE, DAMAGED)
    return {
        name: held if is_sealed(held) and shown[name] in unread else shown[name]
        for name, held in record.values().items()
    }


def of_row(desk: Desk, rows: Rows, table: str, row_id: str, person: str) -> Opened:
    """Opens what the history of a row says; for reasons of deeds the name is ``WHY``.

    Of process notes nothing is opened, as in ``Unsealer.record``.

    Args:
        desk: who reads.
        rows: the store.
        table: the row's table.
        row_id: the row, retired or not.
        person: id of whom it is about.
    """
    unsealer = Unsealer(desk)
    case = questions.case_of(rows, table, row_id)

    def opened(name: str, value: Value) -> Value:
        if not is_sealed(value):
            return value
        if BY_TABLE[table] is ProcessNote:
            return IN_PLACE
        if name == WHY:
            return unsealer.words(value, about_reason(case, person))
        return unsealer.words(value, about_field(row_id, person, table, name))

    return opened
