"""Process notes and what a search over notes finds, as pages show them."""

from dataclasses import dataclass
from datetime import date

#: What a process note is called, and what stands for that of a colleague.
PROCESS_NOTE = "Process note"
SEALED_NOTE = "Process note, sealed"


@dataclass(frozen=True, slots=True, repr=False)
class NoteLine:
    """A process note in a list, by its newest version.

    Attributes:
        note_id: row of the newest version.
        thread: id that all its versions share.
        client_id: whom it is about.
        session_id: "" where it belongs to no session.
        on: the day of the first version.
        changed_on: the day of the newest version.
        version: 1 for a note that was never continued.
        author: name of who wrote it; "" where that is not told.
        mine: whether the person at the desk wrote it.
        readable: whether the person at the desk may read it.
        title: may be ""; ``SEALED_NOTE`` where it may not be read.
        begins: its first words; "" where it may not be read.
        code, name: of the person, where the list is of several people.
    """

    note_id: str
    thread: str
    client_id: str
    session_id: str
    on: date
    changed_on: date
    version: int
    author: str
    mine: bool
    readable: bool
    title: str
    begins: str = ""
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class NoteVersion:
    """One version of a process note, opened.

    Attributes:
        note_id: its row.
        on: the day it was written.
        reason: why it was written anew, "" for the first version.
    """

    note_id: str
    version: int
    on: date
    title: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class NoteText:
    """A process note, opened: newest version first."""

    line: NoteLine
    versions: tuple[NoteVersion, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A note in which a search found words.

    Attributes:
        table: the record's table; ``process_note`` for a process note.
        row_id: the record.
        client_id: whom it is about.
        code, name: of the person.
        on: its day.
        title: what it is: "Session note", a process note's title.
        snippet: the words found and what stands round them.
    """

    table: str
    row_id: str
    client_id: str
    code: str
    name: str
    on: date
    title: str
    snippet: str
