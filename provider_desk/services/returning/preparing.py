"""The month's figures on the screen, and the rows that they counted.

Figures are of the whole service, whoever looks. Who does not make returns looks at
the council's copy and finds no rows behind it. Opening rows is written down first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.model.records import ReturnMade, Score
from provider_desk.model.rows import Rows
from provider_desk.model.views import CountedRow
from provider_desk.returns.behind import rows_of
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.compute import compute
from provider_desk.returns.contract import agreement
from provider_desk.returns.council.issued import LATER, Issued, IssuedCell
from provider_desk.returns.council.template import (
    FLOW,
    MONTH,
    QUARTER,
    YEAR_TO_DATE,
    Shown,
    template,
)
from provider_desk.returns.table import Cell, Check, Line, LineKey, ReturnTable, State
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning.agreed import agreed_in
from provider_desk.services.returning.charting import with_counted, with_issued
from provider_desk.services.returning.choosing import INTERNAL, PUBLIC
from provider_desk.services.returning.drafting import Asked, Draft, draft
from provider_desk.services.returning.finishing import finished
from provider_desk.services.returning.issued_table import (
    issued_table,
    rounded_table,
)
from provider_desk.services.returning.ledger import key_to_use, read_ledger
from provider_desk.services.returning.public import public_copy
from provider_desk.services.returning.refusing import refuse_passed_by
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    refuse_without,
)
from provider_desk.store.queries.counted import counted_rows
from provider_desk.store.records import find

#: Stands first among the notes of a month that is still running.
PROVISIONAL = "This month is not over yet: its figures are provisional."
#: Stands first among the notes of a council copy that nobody has issued.
NOT_ISSUED = (
    "Not issued yet: these figures are worked out from the records as they are now, "
    "and change with them until the return is issued."
)
#: What such a copy is called instead of draft or final.
PREVIEW = "not issued yet"


@needs(Permission.SEE_FIGURES)
def prepare(
    desk: Desk,
    contract_id: str,
    month: Month,
    copy: str,
    cancelled: Stopped = never,
) -> ReturnTable:
    """A month's return as it would be exported; nothing is written.

    A council copy that was issued is read from the ledger; one that was not is worked
    out for the screen alone, the same numbers that issuing would give. An internal
    copy has the checks that must hold; ``standing`` tells a moment later what else
    asks for a look.

    Raises:
        NotAllowed: an internal copy, for somebody who only looks.
        DeskError: the month has not begun, or can't have a council copy (any more).
        Damaged: the ledger is not what was written.
        Cancelled: the person stopped it.
    """
    if copy == INTERNAL:
        refuse_without(desk, Permission.MAKE_RETURN)
    _refuse_ahead(desk, month)
    with desk.store.reading() as rows:
        if copy == INTERNAL:
            table = internal(desk, rows, contract_id, month, cancelled, warnings=False)[
                0
            ]
            return with_counted(desk, rows, contract_id, table, cancelled)
        table = _council(desk, rows, contract_id, month, copy, cancelled)
    return table if may(desk, Permission.MAKE_RETURN) else without_checks(table)


def _refuse_ahead(desk: Desk, month: Month) -> None:
    if month.first_day > desk.today():
        raise DeskError(
            f"{month.name} has not begun.", "Choose this month or an earlier one."
        )


def without_checks(table: ReturnTable) -> ReturnTable:
    """A return for somebody who only looks: checks say exact numbers and name records.

    That nothing at all is recorded for an area is told by a check, too.
    """
    return replace(table, checks=())


def internal(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    month: Month,
    cancelled: Stopped,
    *,
    warnings: bool = True,
) -> tuple[ReturnTable, str]:
    """The internal copy with the version that an export would give it, and its hash.

    Args:
        desk: the desk.
        rows: one read transaction.
        contract_id: the contract.
        month: which month.
        cancelled: asked now and then.
        warnings: whether checks that only ask for a look are made too.

    Raises:
        DeskError: the month has not begun.
        Cancelled: the person stopped it.
    """
    _refuse_ahead(desk, month)
    table = compute(
        rows,
        contract_id=contract_id,
        month=month,
        copy=INTERNAL,
        version=1,
        made_on=desk.today(),
        cancelled=cancelled,
        warnings=warnings,
    )
    if month.last_day >= desk.today():
        table = replace(table, notes=(PROVISIONAL, *table.notes))
    figures = hash_of(table)
    table = finished(rows, contract_id, table, desk.today())
    sent = find(
        rows, ReturnMade, contract_id=contract_id, month=str(month), copy=INTERNAL
    )
    if not sent:
        return table, figures
    newest = max(sent, key=lambda made: made.version)
    version = newest.version + (newest.sha256 != figures)
    return replace(table, version=version), figures


def hash_of(table: ReturnTable) -> str:
    """SHA-256 of what a return says, on whatever day and under whatever number.

    What only asks for a look is no part of it.
    """
    from provider_desk.returns.write_json import fingerprint  # noqa: PLC0415

    must_hold = tuple(check for check in table.checks if check.blocking)
    return fingerprint(replace(table, version=1, made_on="", checks=must_hold))


def _council(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    month: Month,
    copy: str,
    cancelled: Stopped,
) -> ReturnTable:
    """The council's or the public copy, with the checks as they are now."""
    public = copy == PUBLIC
    ledger = read_ledger(rows, contract_id)
    held = ledger.newest(month)
    if held is not None:
        table = rounded_table(rows, held) if public else issued_table(rows, held)
    elif not may(desk, Permission.MAKE_RETURN):
        raise DeskError(
            f"The return for {month.name} is not issued yet.",
            "Choose an earlier month. Your role looks at what was issued.",
        )
    else:
        made = previewed(desk, rows, contract_id, month, cancelled)
        running = month.last_day >= desk.today()
        table = _marked(made.rounded if public else made.table, running=running)
    if public:
        return with_issued(ledger, public_copy(table), held)
    table = with_issued(ledger, table, held)
    if not may(desk, Permission.MAKE_RETURN):
        return table
    return replace(table, checks=_checks(desk, rows, contract_id, month, cancelled))


def previewed(
    desk: Desk, rows: Rows, contract_id: str, month: Month, cancelled: Stopped = never
) -> Draft:
    """The numbers that issuing a month now would give; for the screen alone.

    Raises:
        DeskError: the month can't be issued (any more); one that still runs can be
            looked at.
    """
    refuse_passed_by(rows, contract_id, month)
    asked = Asked(
        contract_id,
        month,
        desk.today(),
        key_to_use(desk, rows),
        read_ledger(rows, contract_id),
    )
    return draft(rows, asked, cancelled)


def _checks(
    desk: Desk, rows: Rows, contract_id: str, month: Month, cancelled: Stopped
) -> tuple[Check, ...]:
    """What must hold before sign-off, of the records as they are now."""
    return internal(desk, rows, contract_id, month, cancelled)[0].checks


def _marked(table: ReturnTable, *, running: bool) -> ReturnTable:
    """A council copy that nobody has issued says so everywhere."""
    if not running:
        return replace(table, status=PREVIEW, notes=(NOT_ISSUED, *table.notes))
    lines = tuple(_provisional(line) for line in table.lines)
    notes = (NOT_ISSUED, PROVISIONAL, *table.notes)
    return replace(table, status=PREVIEW, notes=notes, lines=lines)


def _provisional(line: Line) -> Line:
    def marked(cell: Cell) -> Cell:
        return replace(cell, mark="p") if cell.state is State.FIGURE else cell

    return replace(
        line,
        months=(*line.months[:-1], marked(line.now)),
        year_to_date=marked(line.year_to_date),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One number, exact beside published; for the screen of the office alone.

    Attributes:
        key: which line.
        part: "value", "numerator" or "denominator".
        label: the line in words.
        unit: what is counted.
        kind: "flow", "stock" or "people".
        exact: of a flow what this return counts first, late records of earlier months
            included, of a quarterly line in the quarter; else the number itself.
        published: what leaves for it.
        exact_year: the same since April.
        published_year: what leaves for that.
    """

    key: LineKey
    part: str
    label: str
    unit: str
    kind: str
    exact: int = field(repr=False)
    published: int
    exact_year: int = field(repr=False)
    published_year: int


@needs(Permission.MAKE_RETURN)
def side_by_side(
    desk: Desk, contract_id: str, month: Month, cancelled: Stopped = never
) -> list[Side]:
    """Every number of a council copy, exact beside published; never written to a file.

    Raises:
        DeskError: the month can't have a council copy.
        Damaged: the ledger is not what was written.
        Cancelled: the person stopped it.
    """
    with desk.store.reading() as rows:
        held = read_ledger(rows, contract_id).newest(month)
        if held is not None:
            issued = held.issued()
        else:
            _refuse_ahead(desk, month)
            issued = previewed(desk, rows, contract_id, month, cancelled).issued
        leaving = template(
            agreement(rows, contract_id), month, agreed_in(rows, contract_id, month)
        )
    return [side for line in leaving.lines for side in _sides(line, issued)]


def _sides(line: Shown, issued: Issued) -> Iterator[Side]:
    for part, keys in line.numbers.items():
        cells = [issued.cells[key] for key in keys if key in issued.cells]
        if len(cells) != len(keys) or any(cell.status == LATER for cell in cells):
            continue
        years = [
            issued.cells.get(key + YEAR_TO_DATE, cell)
            for key, cell in zip(keys, cells, strict=True)
        ]
        yield Side(
            key=line.key,
            part=part,
            label=line.figure.label,
            unit=line.figure.unit,
            kind=cells[0].kind,
            exact=sum(_period(line.every, cell)[0] for cell in cells),
            published=sum(_period(line.every, cell)[1] for cell in cells),
            exact_year=sum(cell.year for cell in years),
            published_year=sum(cell.published for cell in years),
        )


def _period(every: str, cell: IssuedCell) -> tuple[int, int]:
    """Exact and published for what a line's figure covers: month, quarter or year."""
    if cell.kind == FLOW and every == QUARTER:
        return cell.quarter, cell.published - cell.published_quarter
    if cell.kind == FLOW and every == MONTH:
        return cell.month, cell.published_month
    return cell.year, cell.published


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def rows_behind(
    desk: Desk, contract_id: str, month: Month, key: LineKey
) -> list[CountedRow]:
    """Exactly the rows that a figure counted; that they were opened is noted first.

    The number of a score, or its change, is left out for those who may not read
    clinical records.
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
    group = catalogue().figure(key.indicator, key.split).group
    clinical = group == "Outcomes" or found[0].table == Score.TABLE
    hidden = clinical and not may(desk, Permission.READ_CLINICAL)
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
