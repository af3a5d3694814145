"""The staff register as files for the council: roles, and names only by choice.

Source: practices, P50.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.model.looks import LookKind
from provider_desk.model.office_rows import Entry, Register, Standing
from provider_desk.papers import staff_register
from provider_desk.papers.staff_register import RegisterSheet
from provider_desk.returns.write_csv import defused
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.office.register import register
from provider_desk.services.returning.writing import put
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, some

FORMATS = ("csv", "pdf")
_HEAD = ("Training or supervision", "Done on", "Next by", "Standing")


@dataclass(frozen=True, slots=True)
class _Line:
    who: str
    entry: Entry


@needs(Permission.KEEP_REGISTER)
def export_register(
    desk: Desk, folder: Path, formats: Sequence[str], why_names: str = ""
) -> tuple[Path, ...]:
    """Write the newest training and supervision of everybody into files.

    Args:
        desk: the open desk.
        folder: made where it is not there.
        formats: "csv", "pdf".
        why_names: why names are to stand in it; "" leaves roles alone in it.

    Raises:
        NotValid: no format was chosen.
        ReadOnly, DiskFull, Missing, Trouble: the folder refused; nothing is left there.
    """
    wanted = [each for each in FORMATS if each in formats]
    if not wanted:
        raise saving.stop("formats", "Choose at least one kind of file.")
    named = bool(why_names.strip())
    about = f"the staff register, {'with names' if named else 'by role'}"
    looks.note(desk, LookKind.EXPORTED, about=about, reason=why_names.strip())
    held = register(desk)
    lines = _lines(held, named=named)
    who = "Member of staff" if named else "Role"
    made = {
        "csv": lambda: _csv(who, lines),
        "pdf": lambda: staff_register.pdf(_sheet(desk, held, who, lines)),
    }
    stem = f"{desk.provider().code}-staff-register-{desk.today().isoformat()}"
    return put(folder, stem, [(each, made[each]()) for each in wanted])


def _lines(held: Register, *, named: bool) -> list[_Line]:
    """The newest of each kind, by role and then by when it was done."""
    newest = [each for each in held.entries if each.newest]
    if named:
        newest.sort(key=lambda e: (e.name.casefold(), e.what, e.done_on))
        return [_Line(_with_role(each), each) for each in newest]
    newest.sort(key=lambda e: (label("role", e.role), e.what, e.done_on))
    return [_Line(label("role", each.role), each) for each in newest]


def _with_role(entry: Entry) -> str:
    return f"{entry.name}, {label('role', entry.role).lower()}"


def _cells(line: _Line, on: Callable[[date], str]) -> tuple[str, ...]:
    """The words of a line, days as ``on`` writes them."""
    entry = line.entry
    until = on(entry.next_on) if entry.next_on else "not repeated"
    return line.who, entry.what, on(entry.done_on), until, entry.standing.value


def _csv(who: str, lines: Sequence[_Line]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow((who, *_HEAD))
    for line in lines:
        # A spreadsheet reads days as days only where they are written so.
        writer.writerow([defused(cell) for cell in _cells(line, date.isoformat)])
    return written.getvalue().encode("utf-8-sig")


def _sheet(
    desk: Desk, held: Register, who: str, lines: Sequence[_Line]
) -> RegisterSheet:
    return RegisterSheet(
        provider=desk.provider().name,
        made_on=day(desk.today()),
        counts=_counts(held),
        head=(who, *_HEAD),
        rows=tuple(_cells(line, day) for line in lines),
    )


def _counts(held: Register) -> tuple[str, ...]:
    """How many are in date, in sentences."""
    newest = [each for each in held.entries if each.newest]
    by_standing = Counter(each.standing for each in newest)
    due = by_standing[Standing.OVER]
    fine = len(newest) - due
    staff = some(len(held.staff), "member of staff", "members of staff")
    told = f"{staff}; {fine} of {len(newest)} records are in date."
    return (told, f"To be repeated now: {due}." if due else "Nothing is overdue.")
