"""Process notes: a counsellor's own notes, apart from the record of the work.

Title and words are sealed for the author's team, so that managers can't read them
whatever they do with the store. Within the team the author and clinical leads read
them: that is a rule of the program, asked here. A note is never edited: a later
version is another row, with the reason why. Source: domain reference, F6; security
design, §2.6.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from textwrap import shorten

from provider_desk.keys.sealing import About, author_of, damaged
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.model.ids import new_id
from provider_desk.model.looks import LookKind
from provider_desk.model.notes import SEALED_NOTE, NoteLine, NoteText, NoteVersion
from provider_desk.model.records import ProcessNote, Session
from provider_desk.model.rows import Rows
from provider_desk.model.views import Page
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes.counselling import Sealing, compartment_for
from provider_desk.services.notes.opening import PersonOpener
from provider_desk.services.notes.unsealing import DAMAGED
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    refuse_without,
)
from provider_desk.store.queries import sealed as questions
from provider_desk.store.queries.counts import names_of_users
from provider_desk.store.queries.people import codes_and_names
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: A process note holds so many letters at most.
LONGEST = 40_000
_LONGEST_TITLE = 120
#: So many letters of a note's beginning stand in a list.
_SHOWN = 120

#: Why a note was written anew, where what stood there was only added to.
ADDED_TO = "added to"


def about_note(note_id: str, client_id: str) -> About:
    """What a process note is sealed with; no other field's words open as this."""
    return About(note_id, client_id, "process note")


@needs(Permission.SEE_OWN, Permission.WRITE_SEALED)
def write(
    desk: Desk, client_id: str, title: str, text: str, *, session_id: str = ""
) -> tuple[str, Changed]:
    """Write a process note about a person, or about one of their sessions.

    Returns:
        The note's id, and what changed; nothing of what was written is in it.

    Raises:
        NotValid: there is nothing in it, or it is too long.
        NotFound: the person is not on the desk, or outside the caseload.
    """
    with desk.store.writing("write process note", by=desk.user.id) as deed:
        caseload.require(desk, deed, client_id)
        note = _add(desk, deed, client_id, title, text, session_id)
        return note.id, saving.done(deed, "Process note saved and sealed.")


def add_to_session(desk: Desk, deed: Deed, session: Session, text: str) -> None:
    """Write the process note of a session in the deed that logs it; "" writes none.

    Raises:
        NotAllowed: the role writes none.
        NotValid: it is too long.
    """
    if not text.strip():
        return
    refuse_without(desk, Permission.WRITE_SEALED)
    person = Sealing(desk, deed).case_of(session).person
    _add(desk, deed, person, "", text, session.id)


def take_back_with_session(desk: Desk, deed: Deed, session_id: str, why: str) -> None:
    """Take back one's own process notes of a session that is taken back."""
    for note in find(deed, ProcessNote, session_id=session_id):
        if note.author == desk.user.id:
            deed.retire(ProcessNote, note.id, why)


@needs(Permission.SEE_OWN, Permission.WRITE_SEALED)
def continue_note(
    desk: Desk, note_id: str, title: str, text: str, reason: str = ""
) -> tuple[str, Changed]:
    """Write the next version of one's own process note; the earlier ones stay.

    Args:
        desk: who writes.
        note_id: any version of the note.
        title: of the new version.
        text: all of it, not only what is new.
        reason: why; it may be left out where something was only added at the end.

    Returns:
        The new version's id, and what changed.

    Raises:
        NotValid: nothing was changed, or the reason is missing.
        NotAllowed: somebody else wrote it.
        NotFound: it is not on the desk, or outside the caseload.
    """
    with desk.store.writing("continue process note", by=desk.user.id) as deed:
        versions = _versions(desk, deed, note_id)
        newest = versions[-1]
        if newest.author != desk.user.id:
            raise NotAllowed(
                "Somebody else wrote this process note.",
                "Nothing was changed. Write one of your own.",
            )
        before = opened(newest, PersonOpener(desk))
        title, text = title.strip(), text.strip()
        if (title, text) == (before.title, before.text):
            raise saving.stop("text", "Nothing was changed yet.")
        added = title == before.title and text.startswith(before.text)
        why = reason.strip() or (ADDED_TO if added else "")
        if not why:
            raise saving.stop("reason", "Say why what stood here is changed.")
        note = _add(
            desk,
            deed,
            newest.client_id,
            title,
            text,
            newest.session_id or "",
            thread=newest.thread,
            version=newest.version + 1,
            reason=why,
        )
        said = f"Process note continued: version {note.version}, sealed."
        return note.id, saving.done(deed, said)


@needs(Permission.SEE_OWN, Permission.WRITE_SEALED)
def take_back(desk: Desk, note_id: str, reason: str) -> Changed:
    """Take one's own process note off the desk, all its versions.

    Raises:
        NotValid: the reason is missing.
        NotAllowed: somebody else wrote it.
        NotFound: it is not on the desk, or outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back process note", by=desk.user.id) as deed:
        versions = _versions(desk, deed, note_id)
        if any(note.author != desk.user.id for note in versions):
            raise NotAllowed(
                "Somebody else wrote this process note.", "Nothing was changed."
            )
        first = versions[0]
        about = About(first.thread, first.client_id, "process note, reason")
        why = Sealing(desk, deed).seal(reason.strip(), about)
        for note in versions:
            deed.retire(ProcessNote, note.id, why)
        return saving.done(deed, "Process note taken back.")


@needs(Permission.SEE_OWN)
def read(desk: Desk, note_id: str) -> NoteText:
    """A process note with its versions, newest first; that it is read is logged.

    Raises:
        NotAllowed: somebody else wrote it, or it is sealed for another team.
        NotFound: it is not on the desk, or outside the caseload.
        Damaged: it is not as it was written.
    """
    with desk.store.reading() as rows:
        versions = _versions(desk, rows, note_id)
        names = names_of_users(rows)
    newest = versions[-1]
    if not may_read(desk, newest):
        raise NotAllowed(
            "Process notes are read by who wrote them and by clinical leads.",
            "Ask the clinical lead if you need to know what it says.",
        )
    looks.note(
        desk,
        LookKind.OPENED,
        table=ProcessNote.TABLE,
        row_id=note_id,
        about="process note",
    )
    opener = PersonOpener(desk)
    line = _line(desk, versions, names, opener)
    # Whoever is let read the newest version is asked of each: a row can be put in.
    shown = [each for each in reversed(versions) if may_read(desk, each)]
    return NoteText(line, tuple(opened(each, opener) for each in shown))


@needs(Permission.SEE_OWN)
def of_person(desk: Desk, client_id: str) -> list[NoteLine]:
    """Process notes about a person, newest first.

    Colleagues of the team see that there is one, without author or title; others see
    nothing of it.

    Raises:
        NotFound: the person is outside the caseload.
    """
    with desk.store.reading() as rows:
        caseload.require(desk, rows, client_id)
        return lines_of(desk, rows, client_id)


def lines_of(desk: Desk, rows: Rows, client_id: str) -> list[NoteLine]:
    """The same for a page that has asked already whether the person may be opened."""
    if not may(desk, Permission.WRITE_SEALED):
        return []
    found = find(rows, ProcessNote, client_id=client_id)
    if not found or not caseload.sees_clinical(desk, rows, client_id):
        return []
    names, opener = names_of_users(rows), PersonOpener(desk)
    lines = [
        _line(desk, versions, names, opener)
        for versions in _threads(found)
        if may_read(desk, versions[-1]) or desk.keys.holds(versions[-1].compartment)
    ]
    # Of one day, what was written last comes first.
    lines.reverse()
    return sorted(lines, key=lambda line: line.on, reverse=True)


@needs(Permission.SEE_OWN, Permission.WRITE_SEALED)
def mine(desk: Desk, *, start: int = 0, count: int = 50) -> Page[NoteLine]:
    """One's own process notes about people of one's caseload, written last first."""
    looks.searched(desk, "own process notes")
    with desk.store.reading() as rows:
        within = caseload.of_desk(desk, rows)
        held = questions.notes_by(rows, desk.user.id)
        wanted = [note for note in held if within.holds(note.client_id)]
        threads = _threads(wanted)
        threads.reverse()
        threads.sort(key=lambda versions: versions[-1].written_on, reverse=True)
        shown = threads[start : start + count]
        people = codes_and_names(rows, {notes[0].client_id for notes in shown})
        names, opener = names_of_users(rows), PersonOpener(desk)
    lines = []
    for versions in shown:
        code, name = people.get(versions[0].client_id, ("", ""))
        line = _line(desk, versions, names, opener)
        lines.append(replace(line, code=code, name=name))
    return Page(tuple(lines), len(threads), start)


def may_read(desk: Desk, note: ProcessNote) -> bool:
    """Whether the person at the desk reads a process note of their caseload.

    The rule inside the team: who wrote it, and clinical leads.
    """
    if not desk.keys.holds(note.compartment):
        return False
    own = note.author == desk.user.id and may(desk, Permission.WRITE_SEALED)
    return own or may(desk, Permission.READ_PROCESS)


def _add(
    desk: Desk,
    deed: Deed,
    client_id: str,
    title: str,
    text: str,
    session_id: str,
    *,
    thread: str = "",
    version: int = 1,
    reason: str = "",
) -> ProcessNote:
    title, text = title.strip()[:_LONGEST_TITLE], text.strip()
    if not text:
        raise saving.stop("text", "Nothing is written yet.")
    if len(text) > LONGEST:
        raise saving.stop("text", f"This is too long: {LONGEST:,} letters at most.")
    note_id = new_id()
    words = json.dumps({"title": title, "text": text, "reason": reason})
    note = ProcessNote(
        id=note_id,
        client_id=client_id,
        session_id=session_id or None,
        thread=thread or note_id,
        version=version,
        written_on=desk.today(),
        author=desk.user.id,
        compartment=compartment_for(desk),
        sealed=Sealing(desk, deed).seal(words, about_note(note_id, client_id)),
    )
    deed.add(note)
    return note


def _versions(desk: Desk, rows: Rows, note_id: str) -> list[ProcessNote]:
    """All versions of a note within the caseload, the first one first.

    Raises:
        NotFound: it is not there, was taken back, or is of somebody else's caseload.
    """
    note = caseload.within(desk, rows, ProcessNote, note_id)
    found = find(rows, ProcessNote, client_id=note.client_id, thread=note.thread)
    return sorted(found, key=lambda each: (each.version, each.written_on, each.id))


def _threads(notes: Iterable[ProcessNote]) -> list[list[ProcessNote]]:
    held: dict[str, list[ProcessNote]] = {}
    for note in notes:
        held.setdefault(note.thread, []).append(note)
    for versions in held.values():
        versions.sort(key=lambda each: (each.version, each.written_on, each.id))
    return list(held.values())


def _line(
    desk: Desk, versions: list[ProcessNote], names: dict[str, str], opener: PersonOpener
) -> NoteLine:
    newest = versions[-1]
    readable = may_read(desk, newest)
    title, begins = SEALED_NOTE, ""
    if readable:
        try:
            said = opened(newest, opener)
            title, begins = said.title, shorten(said.text, _SHOWN, placeholder=" …")
        except DeskError:
            title, begins = "", DAMAGED
    return NoteLine(
        note_id=newest.id,
        thread=newest.thread,
        client_id=newest.client_id,
        session_id=newest.session_id or "",
        on=versions[0].written_on,
        changed_on=newest.written_on,
        version=newest.version,
        author=names.get(newest.author, "") if readable else "",
        mine=newest.author == desk.user.id,
        readable=readable,
        title=title,
        begins=begins,
    )


def opened(note: ProcessNote, opener: PersonOpener) -> NoteVersion:
    """One version, opened; ``may_read`` is to be asked before.

    Raises:
        NotAllowed: it is sealed for another team.
        Damaged: it is not as it was written, or names somebody else as its author.
    """
    words = opener.open(note.sealed, about_note(note.id, note.client_id))
    # Anybody can seal for a team: what others put in may be anything.
    try:
        said = {str(name): str(held) for name, held in json.loads(words).items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise damaged() from error
    if author_of(note.sealed) != note.author:
        raise damaged()
    return NoteVersion(
        note_id=note.id,
        version=note.version,
        on=note.written_on,
        title=said.get("title", ""),
        text=said.get("text", ""),
        reason=said.get("reason", ""),
    )


def writes_blindly(desk: Desk) -> bool:
    """Whether what is sealed here can't be read back by who writes it.

    So it is for somebody to whom the clinical lead has not given the key yet.
    """
    return not desk.keys.holds(compartment_for(desk))
