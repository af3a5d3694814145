"""The log of who looked: written before anything is shown, read by a manager.

An entry is sealed to the managers' compartment, so that nobody else can read who
looked at whom; it is signed by who looked and chained to the entry before, and nobody
can change it. Source: security design, §1, §2.6; domain reference, F1.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from provider_desk.model.clock import day_start_ms
from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind, LookLine
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import Client
from provider_desk.model.rows import Rows
from provider_desk.model.views import Page
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.safety.remembered import look_head
from provider_desk.store import looks as kept
from provider_desk.store.queries import caseload as questions
from provider_desk.store.queries.counts import names_of_users
from provider_desk.store.queries.merged import kept_now
from provider_desk.store.queries.people import codes_and_names

__all__ = [
    "LookKind",
    "LookLine",
    "finish",
    "log",
    "note",
    "note_once",
    "opened",
    "searched",
    "verify",
]

_COMPARTMENT = "admin"

#: Sealed words are filled up to a multiple of this, so that their length says little.
_STEP_BYTES = 128

#: The year 9000, in milliseconds since 1970.
_NO_CLOCK_MS = 221_845_392_000_000

#: Entries that are read at a time while the log is searched.
_AT_ONCE = 500


def note(
    desk: Desk,
    kind: LookKind | str,
    *,
    table: str = "",
    row_id: str = "",
    about: str = "",
    reason: str = "",
) -> None:
    """Write down that somebody looks; to be called before anything is shown.

    Never within a write transaction: an entry stands even if the deed does not.

    Args:
        desk: who looks.
        kind: what is done; one of the words of ``LookKind``.
        table: of the record that is looked at, "" where it is none.
        row_id: its id.
        about: what is searched for, exported or changed, in words.
        reason: why, where that is asked for.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: it could not be written down, so
            nothing may be shown.
    """
    with desk.looked.lock:
        finish(desk)
        _write(desk, LookKind(kind), table, row_id, about, reason)


def opened(desk: Desk, client_id: str) -> None:
    """Write down that a person's record is opened.

    Once in ten minutes for the same person: a page that is shown again after each
    deed is one look.

    Raises:
        As ``note``.
    """
    note_once(desk, client_id, LookKind.OPENED, table=Client.TABLE, row_id=client_id)


def note_once(
    desk: Desk,
    what: str,
    kind: LookKind,
    *,
    table: str = "",
    row_id: str = "",
    about: str = "",
) -> None:
    """Write down a look, but the same one only once in ten minutes.

    Args:
        desk: who looks.
        what: tells one look from another.
        kind: as for ``note``, like what follows.
        table: of the record.
        row_id: its id.
        about: in words.

    Raises:
        As ``note``.
    """
    with desk.looked.lock:
        now = desk.clock.now_ms()
        if not desk.looked.is_new(what, now):
            return
        note(desk, kind, table=table, row_id=row_id, about=about)
        desk.looked.opened[what] = now


def searched(desk: Desk, text: str) -> None:
    """Write down what is searched for; what is typed letter by letter is one entry.

    The first letters are written before their answer is shown. Longer texts that
    begin so mostly show fewer of the same people; the last of them is written when
    something else is done, after five seconds, or when the desk is closed.

    Raises:
        As ``note``.
    """
    looked, now = desk.looked, desk.clock.now_ms()
    with looked.lock:
        plain = " ".join(text.split())
        if looked.goes_on(plain, now):
            looked.typed = looked.unwritten = plain
            return
        if not plain and not looked.is_new("", now):
            return
        note(desk, LookKind.SEARCHED, about=plain or "everybody")
        looked.typed, looked.begun_ms = plain, now
        if not plain:
            looked.opened[""] = now


def finish(desk: Desk) -> None:
    """Write down the end of a search that was typed letter by letter, if one is due.

    Raises:
        As ``note``.
    """
    with desk.looked.lock:
        text, desk.looked.unwritten = desk.looked.unwritten, ""
        desk.looked.typed = ""
        if text:
            _write(desk, LookKind.SEARCHED, "", "", text, "")


def _write(
    desk: Desk, kind: LookKind, table: str, row_id: str, about: str, reason: str
) -> None:
    at_ms = desk.clock.now_ms()
    said = {"kind": kind, "table": table, "row": row_id, "about": about, "why": reason}
    words = json.dumps({name: word for name, word in said.items() if word}).encode()
    words += b" " * (-len(words) % _STEP_BYTES)
    sealed = desk.keys.seal_to(
        _COMPARTMENT, words, _bound_to(desk, desk.store.device, desk.user.id, at_ms)
    )
    kept.append(desk.store, desk.user.id, at_ms, sealed, desk.keys.sign)


def _bound_to(desk: Desk, device: str, by: str, at_ms: int) -> str:
    """What the seal is bound to, so that words can't be moved to another entry."""
    return f"look|{desk.store.store_id}|{device}|{by}|{at_ms}"


@needs(Permission.READ_LOG)
def log(
    desk: Desk,
    start: int = 0,
    count: int = 50,
    *,
    by: str = "",
    kind: LookKind | str = "",
    client_id: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Page[LookLine]:
    """Who looked, newest first.

    Args:
        desk: the open desk.
        start: index of the first line, from 0.
        count: lines of the page.
        by: id of a user; "" for everybody.
        kind: what was done; "" for all.
        client_id: whose record; "" for all.
        first: the first day; None for the beginning.
        last: the last day; None for today.

    Returns:
        The lines. Where kind or person are asked for, entries are opened one by one
        until the page is full, and ``total`` tells of one more where there is more.
    """
    since = day_start_ms(first) if first else None
    until = day_start_ms(last + timedelta(days=1)) if last else None
    with desk.store.reading() as rows:
        found = _opened_entries(desk, rows, by, since, until)
        if not kind and not client_id:
            total = kept.count(rows, by=by, since_ms=since, until_ms=until)
            found = _opened_entries(desk, rows, by, since, until, start)
            return Page(_named(rows, islice(found, count)), total, start)
        wanted = (
            line
            for line in found
            if (not kind or line.kind == kind)
            and (not client_id or line.client_id == client_id)
        )
        some = list(islice(wanted, start, start + count + 1))
        shown = _named(rows, some[:count])
        return Page(shown, start + len(some), start)


@needs(Permission.READ_LOG)
def verify(
    desk: Desk, progress: Progress = silent, cancelled: Stopped = never
) -> list[str]:
    """What is wrong with the log, a sentence each; empty when it is sound.

    Every entry follows the one before it, is as it was written, and carries the
    signature of the person it names; and the last one that is remembered outside the
    store is there.

    Raises:
        Cancelled: it was asked to stop.
    """
    finish(desk)
    last = look_head(desk.folder, desk.keys, desk.vault)
    with desk.store.reading() as rows:
        return kept.verify(rows, desk.keys.signers(), last, progress, cancelled)


def _opened_entries(
    desk: Desk,
    rows: Rows,
    by: str,
    since: int | None,
    until: int | None,
    start: int = 0,
) -> Iterator[LookLine]:
    names = names_of_users(rows)
    whose: dict[tuple[str, str], str] = {}
    while some := kept.entries(
        rows, start, _AT_ONCE, by=by, since_ms=since, until_ms=until
    ):
        start += len(some)
        for entry in some:
            said = _said(desk, entry)
            table, row_id = said.get("table", ""), said.get("row", "")
            if row_id and (table, row_id) not in whose:
                whose[table, row_id] = _client_of(rows, table, row_id)
            yield LookLine(
                at_ms=_moment(entry.at),
                by=names.get(entry.by, ""),
                by_id=entry.by,
                kind=LookKind(said["kind"]),
                about=said.get("about", ""),
                reason=said.get("why", ""),
                client_id=whose.get((table, row_id), ""),
                code="",
                name="",
                device=entry.device,
                seq=entry.seq,
            )


def _said(desk: Desk, entry: kept.LookEntry) -> dict[str, str]:
    """What an entry says; one that can't be opened says so, and hides no other."""
    about = _bound_to(desk, entry.device, entry.by, entry.at)
    try:
        words = desk.keys.open_sealed(_COMPARTMENT, entry.sealed, about)
        said = {str(k): str(v) for k, v in json.loads(words).items()}
        LookKind(said["kind"])
    except (
        *(DeskError, ValueError, KeyError, AttributeError, TypeError),
        RecursionError,
    ):
        return {"kind": LookKind.UNREADABLE}
    return said


def _moment(at: object) -> int:
    """When an entry says it was written; what no clock shows counts as 1970."""
    return at if isinstance(at, int) and 0 <= at < _NO_CLOCK_MS else 0


def _client_of(rows: Rows, table: str, row_id: str) -> str:
    try:
        client_id = questions.client_of(rows, table, row_id)
    except LookupError:
        return ""
    # Whoever looked at a record that is part of another one now is told there.
    return kept_now(rows, client_id) if client_id else ""


def _named(rows: Rows, lines: Iterable[LookLine]) -> tuple[LookLine, ...]:
    shown = list(lines)
    people = codes_and_names(rows, {each.client_id for each in shown if each.client_id})
    return tuple(
        replace(each, code=people[each.client_id][0], name=people[each.client_id][1])
        if each.client_id in people
        else each
        for each in shown
    )
