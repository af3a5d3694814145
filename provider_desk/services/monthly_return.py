"""The month's return: preparing it, opening a figure's rows, exporting it.

Figures are of the whole service, whoever looks. Who does not make returns looks at
the council's copy and finds no rows behind it. Opening rows and exporting are written
down first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir

from provider_desk.model import files
from provider_desk.model.changed import Changed
from provider_desk.model.errors import Cancelled, DeskError, NotFound
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import Contract, ReturnMade, Score
from provider_desk.model.rows import Rows
from provider_desk.model.views import CountedRow
from provider_desk.returns.behind import rows_of
from provider_desk.returns.compute import compute
from provider_desk.returns.table import Check, LineKey, ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    refuse_without,
)
from provider_desk.store.queries.counted import counted_rows
from provider_desk.store.records import find

FORMATS = ("csv", "xlsx", "pdf", "json")

#: The copy that holds no more than the council may know.
COUNCIL = "council"

#: Stands first among the notes of a month that is still running.
PROVISIONAL = "This month is not over yet: its figures are provisional."


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported return.

    Attributes:
        paths: the files, in the order of the formats asked for.
        version: 1 for the first export; the same figures keep their number.
        sha256: hash of the figures.
        open_points: what must be put right before such a return can be signed off.
        changed: the record of this export.
    """

    paths: tuple[Path, ...]
    version: int
    sha256: str
    open_points: tuple[str, ...]
    changed: Changed


@needs(Permission.READ)
def contracts(desk: Desk) -> list[Contract]:
    """The contracts on the desk, oldest first."""
    with desk.store.reading() as rows:
        return find(rows, Contract)


@needs(Permission.READ)
def contract_of(desk: Desk, reference: str, month: Month) -> str:
    """The id of the contract that a return is for.

    Args:
        desk: the open desk.
        reference: the contract's reference; "" where only one can be meant.
        month: helps where several contracts follow one another.

    Raises:
        NotFound: no contract, or not that one.
        DeskError: several could be meant.
    """
    found = contracts(desk)
    if not found:
        raise NotFound(
            "This desk has no contract yet.",
            "Add one in Settings, or bring in a spreadsheet whose layout names it.",
        )
    if reference:
        named = [c for c in found if c.reference.casefold() == reference.casefold()]
        if not named:
            known = ", ".join(c.reference for c in found)
            raise NotFound(
                f"There is no contract “{reference}”.", f"There are: {known}."
            )
        return named[0].id
    running = [c for c in found if _runs_in(c, month)] or found
    if len(running) > 1:
        known = ", ".join(c.reference for c in running)
        raise DeskError(
            f"Several contracts run in {month.name}: {known}.", "Say which one."
        )
    return running[0].id


def _runs_in(contract: Contract, month: Month) -> bool:
    began = contract.starts_on is None or contract.starts_on <= month.last_day
    ended = contract.ends_on is not None and contract.ends_on < month.first_day
    return began and not ended


@needs(Permission.SEE_FIGURES)
def prepare(
    desk: Desk,
    contract_id: str,
    month: Month,
    copy: str,
    cancelled: Stopped = never,
) -> ReturnTable:
    """Count a month's return; nothing is written.

    Raises:
        NotAllowed: another copy than the council's, for somebody who only looks.
        DeskError: the month is not over yet.
        Cancelled: the person stopped it.
    """
    if copy != COUNCIL:
        refuse_without(desk, Permission.MAKE_RETURN)
    with desk.store.reading() as rows:
        table = _prepared(desk, rows, contract_id, month, copy, cancelled)[0]
    return table if may(desk, Permission.MAKE_RETURN) else _without_rows(table)


def _without_rows(table: ReturnTable) -> ReturnTable:
    """A return whose checks name no records."""
    checks = tuple(replace(check, table="", rows=()) for check in table.checks)
    return replace(table, checks=checks)


def _prepared(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    month: Month,
    copy: str,
    cancelled: Stopped,
) -> tuple[ReturnTable, str]:
    """The return with the version that an export would give it, and its hash."""
    if month.first_day > desk.today():
        raise DeskError(
            f"{month.name} has not begun.", "Choose this month or an earlier one."
        )
    table = compute(
        rows,
        contract_id=contract_id,
        month=month,
        copy=copy,
        version=1,
        made_on=desk.today(),
        cancelled=cancelled,
    )
    if month.last_day >= desk.today():
        table = replace(table, notes=(PROVISIONAL, *table.notes))
    figures = hash_of(table)
    sent = find(rows, ReturnMade, contract_id=contract_id, month=str(month), copy=copy)
    if not sent:
        return table, figures
    newest = max(sent, key=lambda made: made.version)
    version = newest.version + (newest.sha256 != figures)
    return replace(table, version=version), figures


def hash_of(table: ReturnTable) -> str:
    """SHA-256 of what a return says, on whatever day and under whatever number."""
    from provider_desk.returns.write_json import fingerprint  # noqa: PLC0415

    return fingerprint(replace(table, version=1, made_on=""))


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def rows_behind(
    desk: Desk, contract_id: str, month: Month, key: LineKey
) -> list[CountedRow]:
    """Exactly the rows that a figure counted; that they were opened is noted first.

    The number of a score is left out for those who may not read clinical records.
    """
    name = " ".join(filter(None, (key.indicator, key.split, key.area)))
    looks.note(desk, LookKind.FIGURE, about=f"{name}, {month.name}")
    with desk.store.reading() as rows:
        found = rows_of(rows, contract_id, key, month, today=desk.today())
        if not found:
            return []
        described = counted_rows(
            rows, found[0].table, [(each.row_id, each.day) for each in found]
        )
    hidden = found[0].table == Score.TABLE and not may(desk, Permission.READ_CLINICAL)
    return [
        replace(said, value=None if hidden else each.value, counted=each.counted)
        for said, each in zip(described, found, strict=True)
    ]


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def rows_at_fault(desk: Desk, check: Check) -> list[CountedRow]:
    """The rows that keep a check from passing; that they were opened is noted first."""
    if not check.table:
        return []
    looks.note(desk, LookKind.FIGURE, about=f"check “{check.title}”")
    with desk.store.reading() as rows:
        return counted_rows(
            rows, check.table, [(row_id, None) for row_id in check.rows]
        )


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

    Raises:
        DeskError: the month has not begun.
        ReadOnly, DiskFull, Missing, Trouble: the folder refused; nothing is left there.
        Cancelled: the person stopped it; nothing is left there.
    """
    steps = len(formats) + 2
    about = f"return for {month.name}, {copy} copy"
    looks.note(desk, LookKind.EXPORTED, about=about)
    with desk.store.reading() as rows:
        table, figures = _prepared(desk, rows, contract_id, month, copy, cancelled)
    progress(1, steps)
    contents = []
    for number, ending in enumerate(formats):
        if cancelled():
            raise Cancelled("The return was not exported.", "Nothing was written.")
        contents.append(_written(table, ending))
        progress(number + 2, steps)
    stem = _stem(desk, table)
    paths = _put(folder, stem, tuple(zip(formats, contents, strict=True)))
    changed = _noted(desk, contract_id, table, figures)
    progress(steps, steps)
    return Exported(
        paths=paths,
        version=table.version,
        sha256=figures,
        open_points=_open_points(table),
        changed=changed,
    )


def _open_points(table: ReturnTable) -> tuple[str, ...]:
    areas = {area.code: area.label for area in table.areas}
    running = [PROVISIONAL] if PROVISIONAL in table.notes else []
    failed = [
        f"{check.title} ({areas.get(check.area, check.area)}): {check.text}"
        for check in table.checks
        if check.blocking and not check.passed
    ]
    return (*running, *failed)


def _written(table: ReturnTable, ending: str) -> bytes:
    try:
        return _bytes_of(table, ending)
    except OSError as error:
        # A workbook is put together in the temporary folder.
        raise files.in_words(error, Path(gettempdir())) from error


def _bytes_of(table: ReturnTable, ending: str) -> bytes:
    # Each format's library is slow to import, so it waits until it is asked for.
    match ending:
        case "csv":
            from provider_desk.returns.write_csv import write_csv  # noqa: PLC0415

            return write_csv(table)
        case "xlsx":
            from provider_desk.returns.write_xlsx import write_xlsx  # noqa: PLC0415

            return write_xlsx(table)
        case "pdf":
            from provider_desk.returns.write_pdf import write_pdf  # noqa: PLC0415

            return write_pdf(table)
        case "json":
            from provider_desk.returns.write_json import write_json  # noqa: PLC0415

            return write_json(table)
        case _:
            raise DeskError(
                f"There is no format “{ending}”.", f"There are: {', '.join(FORMATS)}."
            )


def _stem(desk: Desk, table: ReturnTable) -> str:
    """The files' name; where there are several contracts, it says which."""
    if len(contracts(desk)) == 1:
        return table.file_stem
    contract = "-".join(re.findall(r"\w+", table.contract))
    code = f"{table.provider_code}-{contract}"
    return replace(table, provider_code=code).file_stem


def _put(
    folder: Path, stem: str, contents: Sequence[tuple[str, bytes]]
) -> tuple[Path, ...]:
    """Write all files, or leave the folder as it was."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.in_words(error, folder) from error
    paths = []
    new = []
    try:
        for ending, content in contents:
            path = folder / f"{stem}.{ending}"
            if not path.exists():
                new.append(path)
            files.write_whole(path, content)
            paths.append(path)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise
    return tuple(paths)


def _noted(desk: Desk, contract_id: str, table: ReturnTable, figures: str) -> Changed:
    said = f"Return for {table.month.name}, {table.copy} copy, exported."
    made = ReturnMade(
        contract_id=contract_id,
        month=str(table.month),
        copy=table.copy,
        version=table.version,
        made_at=desk.clock.now_ms(),
        made_by=desk.user.name,
        sha256=figures,
    )
    with desk.store.writing("export the return", desk.user.id) as deed:
        deed.add(made)
        return deed.changed(said)
