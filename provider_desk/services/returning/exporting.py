"""Files of a month's return.

The internal copy is made of the records, all others of the ledger alone: the same
issued return gives the same bytes on any day and any computer that holds the ledger,
whatever became of the records since. That it was exported is written down first.
Source: disclosure, §3, §5; monthly return, §4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import ReturnMade
from provider_desk.returns.table import ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning import issuing
from provider_desk.services.returning.at_hand import at_hand
from provider_desk.services.returning.charting import with_counted, with_issued
from provider_desk.services.returning.choosing import (
    INTERNAL,
    PUBLIC,
    contracts,
)
from provider_desk.services.returning.issued_table import issued_table, rounded_table
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.returning.meaning import perhaps_sent
from provider_desk.services.returning.preparing import PROVISIONAL, internal
from provider_desk.services.returning.public import public_copy
from provider_desk.services.returning.signatures import DRAFT
from provider_desk.services.returning.writing import FORMATS, put, stem_of, written
from provider_desk.services.rights.permissions import Permission, needs

UNSIGNED = "The return is a draft: nobody has signed it off."


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported return.

    Attributes:
        paths: the files, in the order of the formats asked for.
        version: 1 for the first; of an internal copy the same figures keep their
            number, of a council copy it is the ledger's.
        sha256: hash of the figures.
        open_points: what must be put right before such a return can be signed off.
        changed: the record of this export, and of issuing it.
        issued_now: whether the council's figures were issued by this.
    """

    paths: tuple[Path, ...]
    version: int
    sha256: str
    open_points: tuple[str, ...]
    changed: Changed
    issued_now: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """What is about to be written to files."""

    table: ReturnTable
    sha256: str
    open_points: tuple[str, ...]
    issued: Changed | None = None


@needs(Permission.MAKE_RETURN)
def export(
    desk: Desk,
    contract_id: str,
    month: Month,
    copy: str,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Exported:
    """Write a return to a folder, in every format asked for or in none.

    A council copy that was not issued yet is issued first; a public copy is made of an
    issued one.

    Raises:
        DeskError: the month has not begun; a council copy: it can't be issued; a
            public one: it is not issued.
        Damaged, GivesAway, NoSolution: as ``issuing.issue``.
        ReadOnly, DiskFull, Missing, Trouble: the folder refused; nothing is left there.
        Cancelled: the person stopped it; nothing is left there.
    """
    steps = len(formats) + 2
    about = f"return for {month.name}, {copy} copy"
    looks.note(desk, LookKind.EXPORTED, about=about)
    made = _made(desk, contract_id, month, copy, cancelled)
    progress(1, steps)
    contents = []
    for number, ending in enumerate(formats):
        if cancelled():
            raise Cancelled("The return was not exported.", "No file was written.")
        contents.append((ending, written(made.table, ending)))
        progress(number + 2, steps)
    stem = stem_of(made.table, several=len(contracts(desk)) > 1)
    paths = put(folder, stem, contents)
    changed = _noted(desk, contract_id, made)
    progress(steps, steps)
    return Exported(
        paths=paths,
        version=made.table.version,
        sha256=made.sha256,
        open_points=made.open_points,
        changed=changed,
        issued_now=made.issued is not None,
    )


def _made(
    desk: Desk, contract_id: str, month: Month, copy: str, cancelled: Stopped
) -> _Made:
    if copy == INTERNAL:
        with desk.store.reading() as rows:
            table, sha256 = internal(desk, rows, contract_id, month, cancelled)
            table = with_counted(desk, rows, contract_id, table, cancelled)
        running = (PROVISIONAL,) if PROVISIONAL in table.notes else ()
        return _Made(table, sha256, (*running, *_failed(table)))
    if copy == PUBLIC:
        return _public(desk, contract_id, month)
    return _council(desk, contract_id, month, cancelled)


def _failed(table: ReturnTable) -> tuple[str, ...]:
    areas = {area.code: area.label for area in table.areas}
    return tuple(
        f"{check.title} ({areas.get(check.area, check.area)}): {check.text}"
        for check in table.checks
        if check.blocking and not check.passed
    )


def _council(desk: Desk, contract_id: str, month: Month, cancelled: Stopped) -> _Made:
    issued = issuing.issue(desk, contract_id, month, cancelled=cancelled)
    seen = at_hand(desk, contract_id, month)
    with desk.store.reading() as rows:
        table = issued_table(rows, issued.entry)
        ledger = read_ledger(rows, contract_id)
        table = with_issued(ledger, table, issued.entry)
        open_points = perhaps_sent(rows, month) if issued.new else ()
    if seen.signature is None:
        told = () if seen.issued is None else seen.issued.told
        table = replace(table, told=told)
        open_points = (*open_points, UNSIGNED, *_failed(seen.exact))
    changed = issued.changed if issued.new else None
    return _Made(table, _fingerprint(table), open_points, changed)


def _public(desk: Desk, contract_id: str, month: Month) -> _Made:
    with desk.store.reading() as rows:
        ledger = read_ledger(rows, contract_id)
        entry = ledger.newest(month)
        if entry is None:
            raise DeskError(
                f"The return for {month.name} is not issued yet; the public copy is "
                "made of what was issued.",
                "Nothing was written. Export the council's copy first.",
            )
        signed = issued_table(rows, entry).status
        table = public_copy(rounded_table(rows, entry))
        table = with_issued(ledger, table, entry)
    open_points = (UNSIGNED,) if signed == DRAFT else ()
    return _Made(table, _fingerprint(table), open_points)


def _fingerprint(table: ReturnTable) -> str:
    from provider_desk.returns.write_json import fingerprint  # noqa: PLC0415

    return fingerprint(table)


def _noted(desk: Desk, contract_id: str, made: _Made) -> Changed:
    table = made.table
    said = f"Return for {table.month.name}, {table.copy} copy, exported."
    row = ReturnMade(
        contract_id=contract_id,
        month=str(table.month),
        copy=table.copy,
        version=table.version,
        made_at=desk.clock.now_ms(),
        made_by=desk.user.name,
        sha256=made.sha256,
    )
    with desk.store.writing("export the return", desk.user.id) as deed:
        deed.add(row)
        changed = deed.changed(said)
    if made.issued is None:
        return changed
    return replace(changed, records={**made.issued.records, **changed.records})
