"""Reading spreadsheets: files and a layout in, a plan for the desk out."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    RECORDS,
    Client,
    Contract,
    ContractArea,
    Episode,
    Referral,
)
from provider_desk.spreadsheets.batch import (
    Answers,
    Batch,
    Known,
    NeedsAnswer,
    NothingKnown,
)
from provider_desk.spreadsheets.checks import run_checks
from provider_desk.spreadsheets.extract import (
    Extract,
    IsCancelled,
    Progress,
    Steps,
    extract,
)
from provider_desk.spreadsheets.grids import read_files
from provider_desk.spreadsheets.hints import Hints
from provider_desk.spreadsheets.kept import Kept
from provider_desk.spreadsheets.layout import BRINGABLE, Layout, SheetLayout
from provider_desk.spreadsheets.making import Maker
from provider_desk.spreadsheets.matching import Matched, match, unused_columns
from provider_desk.spreadsheets.plan_row import PlanRow
from provider_desk.spreadsheets.planner import Planner
from provider_desk.spreadsheets.seen_rows import SeenRows
from provider_desk.spreadsheets.settling import settle_facts, settle_starts
from provider_desk.spreadsheets.shelf import Shelf
from provider_desk.spreadsheets.tidy import reference_key


def _no_progress(done: int, total: int) -> None:
    """Nobody is watching."""
    del done, total


def read(
    layout: Layout,
    paths: Sequence[Path],
    *,
    today: date,
    desk_id: str,
    known: Known | None = None,
    progress: Progress = _no_progress,
    cancelled: IsCancelled = lambda: False,
    answers: Answers | None = None,
) -> Batch:
    """What bringing in these files would do to the desk; nothing is changed here.

    Args:
        layout: which sheet and column is which field.
        paths: the files, workbooks and text files alike.
        today: the civil date; nothing that happened lies ahead of it.
        desk_id: the desk's own id; the ids of rows are derived from it.
        known: what the desk holds already; None is an empty desk.
        progress: told (rows done, rows to do); each row is read once, planned once.
        cancelled: asked now and then.
        answers: order of dates for columns that were asked about.

    Raises:
        DeskError: a file can't be read, or sheets and columns are missing.
        NeedsAnswer: dates can be read in more than one order.
        Cancelled: the person stopped it.
    """
    with collector_resting():
        files = read_files(paths)
        matched = match(layout, files.grids)
        rows = sum(len(t.grid.rows) - t.header - 1 for t in matched.tables)
        steps = Steps(2 * rows, progress, cancelled)
        seen = SeenRows(matched.tables)
        extracts = [
            extract(table, answers or {}, steps, seen) for table in matched.tables
        ]
        questions = [question for each in extracts for question in each.questions]
        if questions:
            raise NeedsAnswer(questions)
        plan = _Plan(layout, known or NothingKnown(), today, desk_id)
        batch = plan.batch(matched, extracts, steps, seen)
        batch.remarks = [*files.remarks, *matched.remarks]
        return batch


@contextmanager
def collector_resting() -> Iterator[None]:
    """Don't look for cycles among the many small values that bringing in makes.

    There are none, which a test holds it to, and looking through them again and again
    took a quarter of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Plan:
    """Makes the batch out of what was read."""

    def __init__(self, layout: Layout, known: Known, today: date, desk_id: str) -> None:
        self._layout = layout
        self._known = known
        self._shelf = Shelf(known)
        self._maker = Maker(self._shelf, known, today, desk_id)
        starts_are_given = layout.fills(Episode, "started_on")
        self._kept = Kept(self._shelf, starts_are_given, today)
        self._kept.declared = layout.contracts
        self._batch = Batch(records_begin=layout.records_begin)

    def batch(
        self,
        matched: Matched,
        extracts: Sequence[Extract],
        steps: Steps,
        seen: SeenRows,
    ) -> Batch:
        """The whole plan."""
        self._kept.repeats = seen.repeats
        batch = self._batch
        batch.unread_sheets = list(matched.unread_sheets)
        batch.missing_sheets = list(matched.missing_sheets)
        batch.sheets = [each.count for each in extracts]
        batch.unused_columns = [
            (each.table.grid.title, heading)
            for each in extracts
            for heading in unused_columns(each.table)
        ]
        hints = Hints(extracts, starts_are_given=self._kept.starts_are_given)
        self._fetch(hints)
        self._contracts()
        planner = Planner(self._maker, hints, self._known, self._kept)
        for each in sorted(extracts, key=lambda e: _rank(e.table.layout)):
            for row in each.rows:
                steps.step()
                self._row(planner, PlanRow(row, each.table), each)
        settle_starts(self._kept, hints, self._maker.new_id)
        facts = settle_facts(self._kept, self._known, batch)
        batch.records = _in_order([*self._kept.added.values(), *facts])
        batch.changes = list(self._kept.changes.values())
        order = {(c.file, c.sheet): n for n, c in enumerate(batch.sheets)}
        batch.set_aside.sort(
            key=lambda s: (order[s.place.file, s.place.sheet], s.place.row)
        )
        steps.finish()
        return batch

    def _fetch(self, hints: Hints) -> None:
        for record_type, references in (
            (Client, hints.clients),
            (Referral, hints.referrals),
        ):
            named = {
                (tidied := reference_key(each)): self._maker.new_id(
                    record_type.TABLE, tidied
                )
                for each in references
            }
            self._shelf.fetch_named(record_type, named)
        self._shelf.fetch_hanging()

    def _contracts(self) -> None:
        named: Mapping[str, str] = {
            (tidied := reference_key(each.reference)): self._maker.new_id(
                "contract", tidied
            )
            for each in self._layout.contracts
        }
        self._shelf.fetch_named(Contract, named)
        for each in self._layout.contracts:
            tidied = reference_key(each.reference)
            row_id = self._shelf.id_of(Contract, each.reference) or named[tidied]
            contract = self._shelf.get(Contract, row_id)
            if contract is None:
                contract = Contract(
                    id=row_id,
                    reference=each.reference,
                    title=each.title,
                    commissioner=each.commissioner,
                    starts_on=each.starts_on,
                    ends_on=each.ends_on,
                )
                self._kept.added[row_id] = contract
                self._shelf.put(contract)
            self._kept.contracts[tidied] = contract
            self._areas(row_id, each.areas)

    def _areas(self, contract_id: str, areas: Iterable[str]) -> None:
        there = [
            str(record.values()["area"])
            for record in self._known.hanging_on(ContractArea, [contract_id])
        ]
        for area in areas:
            if area in there:
                continue
            row_id = self._maker.new_id("contract_area", contract_id, area)
            self._shelf.find(ContractArea, row_id, contract_id)
            if not self._shelf.is_retired(row_id):
                self._kept.added[row_id] = ContractArea(
                    id=row_id, contract_id=contract_id, area=area
                )
                there.append(area)
        self._kept.areas[contract_id] = tuple(there)

    def _row(self, planner: Planner, planned: PlanRow, extracted: Extract) -> None:
        row, count = planned.row, extracted.count
        if row.repeats:
            planned.repeated = True
            first = f"row {row.repeats}{row.repeats_in}"
            planned.wrong("", f"The same row twice: it repeats {first}.")
        elif row.problems:
            planned.problems = row.problems
        else:
            run_checks(planned)
            planner.plan(planned)
        if planned.problems:
            count.set_aside += 1
            count.repeated += planned.repeated
            if not planned.repeated:
                self._kept.put_aside(planned)
            self._batch.set_aside.append(planned.set_aside())
            return
        self._batch.warnings += planned.warnings
        self._batch.differs += planned.differs
        if planned.gone:
            count.skipped[planned.gone] = count.skipped.get(planned.gone, 0) + 1
            return
        count.good += 1
        self._kept.keep(planned)


def _rank(sheet: SheetLayout) -> int:
    """Sheets with people come first, then referrals, then what hangs on them."""
    return min(BRINGABLE.index(record.record_type) for record in sheet.records)


def _in_order(records: Iterable[Record]) -> list[Record]:
    """Each record after what it refers to."""
    by_type: dict[type[Record], list[Record]] = {each: [] for each in RECORDS}
    for record in records:
        by_type[type(record)].append(record)
    return [record for each in by_type.values() for record in each]
