"""Reading the log of who looked: by person, staff, kind and day; as a file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.clock import moment
from provider_desk.model.errors import Cancelled, NotFound
from provider_desk.model.looks import LookKind, LookLine
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.rows import Rows
from provider_desk.model.views import Page
from provider_desk.returns.write_csv import defused
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import some
from provider_desk.store.queries.people import id_of_code

#: Columns of the file, in order.
COLUMNS = ("when", "who", "what", "person", "about", "reason", "computer", "entry")

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; what is left empty takes all.

    Attributes:
        by: id of a user.
        kind: what was done.
        code: of the person whose record it was.
        first: the first day.
        last: the last day.
    """

    by: str = ""
    kind: str = ""
    code: str = ""
    first: date | None = None
    last: date | None = None


@needs(Permission.READ_LOG)
def lines(
    desk: Desk, wanted: Wanted, start: int = 0, count: int = 100
) -> Page[LookLine]:
    """Entries of the log, newest first.

    Returns:
        The lines; where ``total`` is more than was given so far, there are more.

    Raises:
        NotFound: nobody on this desk has the code.
    """
    with desk.store.reading() as rows:
        client_id = _id_of(rows, wanted.code)
    return looks.log(
        desk,
        start,
        count,
        by=wanted.by,
        kind=wanted.kind,
        client_id=client_id,
        first=wanted.first,
        last=wanted.last,
    )


def _id_of(rows: Rows, code: str) -> str:
    plain = code.strip()
    found = id_of_code(rows, plain) if plain else ""
    if plain and not found:
        raise NotFound(
            f"Nobody on this desk has the code “{plain}”.",
            "Check it letter by letter.",
        )
    return found


@needs(Permission.READ_LOG)
def export(
    desk: Desk,
    wanted: Wanted,
    path: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> str:
    """Write entries of the log to a csv file that only this account may read.

    People stand in it by their codes. That it was made is written down first.

    Returns:
        What was made, in words.

    Raises:
        NotFound: nobody has the code.
        Cancelled: it was stopped; there is no file.
        DiskFull, ReadOnly, Missing, Trouble: the folder refuses.
    """
    looks.note(desk, LookKind.EXPORTED, about="the log of who looked")
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for line in _every(desk, wanted, progress, cancelled):
        writer.writerow(_cells(line))
        count += 1
    files.write_whole(path, written.getvalue().encode("utf-8"))
    return f"{some(count, 'entry', 'entries')} written to {path}."


def _every(
    desk: Desk, wanted: Wanted, progress: Progress, cancelled: Stopped
) -> Iterator[LookLine]:
    start = 0
    while True:
        if cancelled():
            raise Cancelled("The log was not exported.", "There is no file.")
        part = lines(desk, wanted, start, _AT_ONCE)
        yield from part.rows
        start += len(part.rows)
        progress(start, part.total)
        if not part.rows or start >= part.total:
            return


def _cells(line: LookLine) -> list[str]:
    when = moment(line.at_ms).strftime("%Y-%m-%d %H:%M:%S")
    words = (line.by, line.kind, line.code, line.about, line.reason, line.device)
    return [when, *(defused(str(word)) for word in words), str(line.seq)]
