"""Search over sealed notes: opened after signing in, kept in memory alone.

Only what the person at the desk may read is looked through: clinical words of their
own caseload that their keys open, and process notes by the rule that also holds for
reading them. What is searched for is never written down; that sealed notes were
searched is.
"""

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from provider_desk.model.errors import DeskError
from provider_desk.model.fields import field_map
from provider_desk.model.looks import LookKind
from provider_desk.model.notes import PROCESS_NOTE, Found
from provider_desk.model.records import BY_TABLE, ProcessNote
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.counselling import about_field
from provider_desk.services.notes.opening import PersonOpener
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, refuse_without
from provider_desk.store.note_index import Entry, NoteIndex
from provider_desk.store.queries import caseload as caseload_questions
from provider_desk.store.queries import sealed as questions
from provider_desk.store.queries.merged import newest_merge
from provider_desk.store.queries.people import codes_and_names

#: Under this name a look at sealed notes is written down once in ten minutes.
_LOOK = "sealed notes"


@dataclass(slots=True, repr=False)
class _Known:
    """What the index holds.

    Attributes:
        index: the notes.
        upto: number of the newest change in it.
        people: ids of those whose notes are in it; None for everybody's.
        merged: when people were last put together or taken apart.
    """

    index: NoteIndex
    upto: int
    people: frozenset[str] | None
    merged: str


class NoteSearch:
    """The search of one signed-in person; its index is made when it is first used."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: _Known | None = None
        self._making = threading.Lock()

    def find(self, text: str, *, client_id: str = "", count: int = 50) -> list[Found]:
        """Sealed notes that hold all the words, newest first; "" finds none.

        Takes some seconds when it is called for the first time on a large desk, so it
        is to be called in a thread.

        Args:
            text: beginnings of words.
            client_id: only notes about one person; "" for the whole caseload.
            count: how many at most.

        Raises:
            NotAllowed: the role reads no clinical notes.
            DiskFull, InUse, ReadOnly, Damaged, Trouble: the look could not be written
                down, or the desk can't be read.
        """
        desk = self._desk
        refuse_without(desk, Permission.SEE_OWN, Permission.READ_CLINICAL)
        if not text.strip():
            return []
        self._write_down()
        with self._making, desk.store.reading() as rows:
            known = self._brought_up_to_date(rows)
            people = known.people
            if client_id:
                mine = people is None or client_id in people
                people = frozenset({client_id}) if mine else frozenset()
            entries = known.index.find(text, people, count)
            named = codes_and_names(rows, {each.client_id for each in entries})
        return [_found(each, named) for each in entries]

    def forget(self) -> None:
        """Let go of everything that was opened."""
        with self._making:
            if self._known is not None:
                self._known.index.close()
                self._known = None

    def _write_down(self) -> None:
        looked, now = self._desk.looked, self._desk.clock.now_ms()
        with looked.lock:
            if looked.is_new(_LOOK, now):
                looks.note(self._desk, LookKind.SEARCHED, about=_LOOK)
                looked.opened[_LOOK] = now

    def _brought_up_to_date(self, rows: Rows) -> _Known:
        people = _people(self._desk, rows)
        upto = questions.newest_change(rows)
        merged = newest_merge(rows)
        known = self._known
        if known is not None and known.merged != merged:
            # Whose notes they are is another person now.
            known.index.close()
            known = None
        if known is None:
            known = _Known(NoteIndex(), upto, people, merged)
            known.index.put(_entries(self._desk, rows, people=people))
            self._known = known
            return known
        changed = questions.changed_since(rows, known.upto)
        known.index.drop(changed)
        ids = {row_id for _, row_id in changed}
        if ids:
            known.index.put(_entries(self._desk, rows, people=people, ids=ids))
        self._take_people(rows, people, ids)
        known.upto, known.people = upto, people
        return known

    def _take_people(
        self, rows: Rows, people: frozenset[str] | None, done: Collection[str]
    ) -> None:
        """Follow the caseload: who came into it meanwhile, and who left it."""
        known = self._known
        if known is None or people is None or known.people is None:
            return
        known.index.drop_people(known.people - people)
        more = people - known.people
        if more:
            entries = _entries(self._desk, rows, people=more)
            known.index.put(each for each in entries if each.row_id not in done)


def _people(desk: Desk, rows: Rows) -> frozenset[str] | None:
    """Whose clinical words may be read; None for everybody's."""
    scope = caseload.scope_of(desk)
    own = None if scope is None else replace(scope, waiting=False)
    return caseload_questions.of_scope(rows, own).ids


def _entries(
    desk: Desk,
    rows: Rows,
    *,
    people: frozenset[str] | None,
    ids: Collection[str] | None = None,
) -> Iterator[Entry]:
    """Notes, opened; those that do not open are left out.

    Args:
        desk: who reads.
        rows: the store.
        people: whose notes; None for everybody's.
        ids: only these records.
    """
    opener = PersonOpener(desk)
    for held in questions.sealed_words(rows, people=people, ids=ids):
        about = about_field(held.row_id, held.client_id, held.table, held.field)
        try:
            words = opener.open(held.sealed, about)
        except DeskError:
            continue
        kind = BY_TABLE[held.table]
        label = field_map(kind)[held.field].kind.label
        title = f"{kind.LABEL}: {label.lower()}"
        yield Entry(held.table, held.row_id, held.client_id, held.on, title, words)
    if may(desk, Permission.WRITE_SEALED):
        yield from _process_notes(desk, rows, opener, people, ids)


def _process_notes(
    desk: Desk,
    rows: Rows,
    opener: PersonOpener,
    people: frozenset[str] | None,
    ids: Collection[str] | None,
) -> Iterator[Entry]:
    """Process notes that may be read, each by its newest version."""
    for note in questions.newest_notes(rows):
        outside = people is not None and note.client_id not in people
        if outside or (ids is not None and note.id not in ids):
            continue
        if not process_notes.may_read(desk, note):
            continue
        try:
            said = process_notes.opened(note, opener)
        except DeskError:
            continue
        yield Entry(
            ProcessNote.TABLE,
            note.id,
            note.client_id,
            note.written_on,
            f"{PROCESS_NOTE}: {said.title}" if said.title else PROCESS_NOTE,
            f"{said.title}\n{said.text}" if said.title else said.text,
        )


def _found(entry: Entry, named: dict[str, tuple[str, str]]) -> Found:
    code, name = named.get(entry.client_id, ("", ""))
    return Found(
        entry.table,
        entry.row_id,
        entry.client_id,
        code,
        name,
        entry.on,
        entry.title,
        " ".join(entry.words.split()),
    )
