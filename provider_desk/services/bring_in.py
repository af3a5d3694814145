"""Bringing spreadsheets in: look first, then all of it or nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from provider_desk.model import files, resources
from provider_desk.model.changed import Changed
from provider_desk.model.errors import Cancelled, DeskError, Missing
from provider_desk.model.fields import Record, Value
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import BY_TABLE, Client, Provider, Score
from provider_desk.model.rows import Rows
from provider_desk.services import own_reasons
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import Sealing, clinical_fields
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.spreadsheets.batch import (
    Answers,
    Batch,
    Change,
    Held,
    NeedsAnswer,
    Question,
)
from provider_desk.spreadsheets.layout_file import read_layout
from provider_desk.spreadsheets.read import collector_resting, read
from provider_desk.spreadsheets.set_aside import write_set_aside
from provider_desk.store.queries import known
from provider_desk.store.queries.people import highest_number
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

_FOLDER = "layouts"


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """A layout that ships with the program.

    Attributes:
        name: what the command line calls it.
        title: in words.
    """

    name: str
    title: str
    path: Path


@dataclass(frozen=True, slots=True)
class Look:
    """What bringing in would do, or did.

    Attributes:
        batch: everything that was read.
        questions: dates that can be read in two ways; nothing else is known yet.
    """

    batch: Batch
    questions: tuple[Question, ...] = ()

    @property
    def nothing_new(self) -> bool:
        """The desk holds all of it already."""
        batch = self.batch
        return not (batch.records or batch.changes or batch.addenda)

    @property
    def added(self) -> dict[str, int]:
        """Label of a kind of record → how many are new."""
        return {
            BY_TABLE[table].LABEL: count for table, count in self.batch.added().items()
        }


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What bringing in did.

    Attributes:
        look: what was read.
        set_aside: the workbook of rows that were not brought in, None without any.
        changed: what the desk has now.
    """

    look: Look
    set_aside: Path | None
    changed: Changed

    def lines(self) -> Iterator[str]:
        """What happened, in words, line by line."""
        batch = self.look.batch
        if self.look.nothing_new:
            yield "Nothing new: the desk holds all of it already."
        elif batch.records:
            yield f"Brought in: {', '.join(_counted(batch))}."
        changes = len(batch.changes) + len(batch.addenda)
        if changes:
            yield f"{_many(changes, 'record')} of the desk got what was new."
        yield from _unread(batch)
        for sheet in batch.sheets:
            for why, count in sheet.skipped.items():
                yield f"{sheet.sheet}: {_many(count, 'row')} left out, {why}."
        yield from (
            f"The desk says something else: {r.place}: {r.text}" for r in batch.differs
        )
        yield from _warned(batch)
        if batch.set_aside:
            count = len(batch.set_aside)
            was = "was" if count == 1 else "were"
            yield f"{_many(count, 'row')} {was} set aside:"
            yield from (f"  {row.place}: {row.text}" for row in batch.set_aside)
            yield f"Correct them in {self.set_aside} and bring that file in."


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


#: Table → what one and what many of its records are called, in the order told.
_NAMES = {
    "client": ("person", "people"),
    "referral": ("referral", "referrals"),
    "waiting_entry": ("place on the waiting list", "places on the waiting list"),
    "waiting_contact": ("contact while waiting", "contacts while waiting"),
    "waiting_offer": ("offer of a start", "offers of a start"),
    "episode": ("episode", "episodes"),
    "phase": ("phase", "phases"),
    "session": ("session", "sessions"),
    "exit_strategy": ("exit strategy", "exit strategies"),
    "exceptional": ("exceptional circumstance", "exceptional circumstances"),
    "closure": ("closing", "closings"),
    "safe_contact": ("safe-contact answer", "safe-contact answers"),
}


def _counted(batch: Batch) -> Iterator[str]:
    counts = batch.added()
    for table, (one, many) in _NAMES.items():
        count = counts.get(table, 0)
        if count:
            yield f"{count:,} {one if count == 1 else many}"
    days = {
        (record.referral_id, record.scored_on)
        for record in batch.records
        if isinstance(record, Score)
    }
    if days:
        yield f"{len(days):,} {'day' if len(days) == 1 else 'days'} with scores"


def _unread(batch: Batch) -> Iterator[str]:
    """What the layout and the files do not have in common."""
    yield from batch.remarks
    for sheet in batch.missing_sheets:
        yield f"Not there: the layout names “{sheet}”, but no file holds it."
    for sheet in batch.unread_sheets:
        yield f"Not read: the layout does not name “{sheet}”."
    columns: dict[str, list[str]] = {}
    for sheet, heading in batch.unused_columns:
        columns.setdefault(sheet, []).append(heading)
    for sheet, headings in columns.items():
        yield f"Not read in {sheet}: {', '.join(headings)}."


def _warned(batch: Batch) -> Iterator[str]:
    counts: dict[str, int] = {}
    for warning in batch.warnings:
        counts[warning.text] = counts.get(warning.text, 0) + 1
    for text, count in sorted(counts.items()):
        yield f"To look at: {text} ({_many(count, 'row')})"


def layouts() -> list[LayoutChoice]:
    """The layouts that ship with the program, as starting points."""
    found = []
    for name in resources.names_in(_FOLDER, ".toml"):
        path = resources.path_of(name)
        found.append(LayoutChoice(path.stem, read_layout(path).title, path))
    return found


def layout_path(word: str) -> Path:
    """A layout by its path, or by the name of one that ships.

    Raises:
        Missing: there is neither.
    """
    path = Path(word)
    if path.is_file():
        return path
    shipped = resources.path_of(f"{_FOLDER}/{word}.toml")
    if path.name == word and shipped.is_file():
        return shipped
    names = ", ".join(choice.name for choice in layouts())
    raise Missing(
        f"There is no layout “{word}”.",
        f"Give the path of a layout file, or one of: {names}.",
    )


class _OnDesk:
    """What the desk holds already, as the spreadsheets ask it."""

    def __init__(self, rows: Rows, letter: str) -> None:
        self._rows = rows
        self._letter = letter
        self._last_code = 0

    def rows(
        self, record_type: type[Record], ids: Collection[str]
    ) -> Mapping[str, Held]:
        """The rows with these ids, retired ones too."""
        found = known.records_with_ids(self._rows, record_type, ids)
        return {id_: Held(record, retired) for id_, (record, retired) in found.items()}

    def by_reference(
        self, record_type: type[Record], references: Collection[str]
    ) -> Mapping[str, str]:
        """Ids of standing rows by what the provider calls them."""
        name = "code" if record_type is Client else "reference"
        return known.ids_by_word(self._rows, record_type, name, references)

    def hanging_on(
        self, record_type: type[Record], parent_ids: Collection[str]
    ) -> Iterable[Record]:
        """Standing rows whose first reference is one of these, oldest first."""
        return known.hanging_on(self._rows, record_type, parent_ids)

    def edited(self, record_type: type[Record], row_id: str) -> Collection[str]:
        """Names of the fields that were changed after the row was made."""
        return known.edited_fields(self._rows, record_type, row_id)

    def new_code(self) -> str:
        """The next free code for a person; another one at each call."""
        if not self._last_code:
            self._last_code = highest_number(self._rows, self._letter)
        self._last_code += 1
        return people.code_with(self._letter, self._last_code)


@needs(Permission.BRING_IN, Permission.SEE_ALL)
def look(
    desk: Desk,
    layout: Path,
    paths: Sequence[Path],
    *,
    answers: Answers | None = None,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Look:
    """Read files without changing anything.

    Args:
        desk: the open desk.
        layout: says which sheet and column is which field.
        paths: workbooks and text files.
        answers: (sheet, column) → order of dates, where that was asked.
        progress: told how many rows of how many were read.
        cancelled: asked in between.

    Raises:
        DeskError: the layout or a file can't be read; says what is wrong with it.
        Cancelled: the person stopped it.
    """
    with desk.store.reading() as rows:
        try:
            return Look(_read(desk, rows, layout, paths, answers, progress, cancelled))
        except NeedsAnswer as asked:
            return Look(Batch(), asked.questions)


def _read(
    desk: Desk,
    rows: Rows,
    layout: Path,
    paths: Sequence[Path],
    answers: Answers | None,
    progress: Progress,
    cancelled: Stopped,
) -> Batch:
    return read(
        read_layout(layout),
        paths,
        today=desk.today(),
        desk_id=desk.store.store_id,
        known=_OnDesk(rows, people.code_letter(desk)),
        answers=answers or {},
        progress=progress,
        cancelled=cancelled,
    )


@needs(Permission.BRING_IN, Permission.SEE_ALL)
@collector_resting()
def bring_in(
    desk: Desk,
    layout: Path,
    paths: Sequence[Path],
    *,
    answers: Answers | None = None,
    set_aside_folder: Path | None = None,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> BroughtIn:
    """Bring files in: every good row in one transaction, the others set aside.

    Args:
        desk: the open desk.
        layout: says which sheet and column is which field.
        paths: workbooks and text files.
        answers: (sheet, column) → order of dates, where that was asked.
        set_aside_folder: where the workbook of rows set aside goes; beside the first
            file where it is left out.
        progress: told how many rows of how many were read.
        cancelled: asked in between.

    Raises:
        NeedsAnswer: dates can be read in two ways and nobody said how.
        DeskError: the layout or a file can't be read, or the workbook of rows set
            aside can't be written; the desk is as before.
        Cancelled: the person stopped it; the desk is as before.
    """
    aside: Path | None = None
    try:
        with desk.store.writing(
            "bring in spreadsheets", desk.user.id, own_reasons.SPREADSHEET
        ) as deed:
            batch = _read(desk, deed, layout, paths, answers, progress, cancelled)
            _save(desk, deed, batch)
            aside = _put_aside(batch, set_aside_folder or paths[0].parent, paths[0])
            _stop_if(cancelled)
            found = Look(batch)
            said = (
                "Nothing new in these files."
                if found.nothing_new
                else f"Brought in {len(batch.records):,} records."
            )
            changed = deed.changed(said)
    except BaseException:
        if aside is not None:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
        raise
    return BroughtIn(found, aside, changed)


def _stop_if(cancelled: Stopped) -> None:
    if cancelled():
        raise Cancelled("Bringing in was stopped.", "The desk is as before.")


def _save(desk: Desk, deed: Deed, batch: Batch) -> None:
    """Save what was read; clinical words of counselling are sealed on the way."""
    sealing = Sealing(desk, deed, batch.records)
    deed.add_all(map(sealing.record, batch.records))
    for change in batch.changes:
        deed.change(*_sealed(sealing, deed, change))
    for addendum in batch.addenda:
        deed.addendum(*_sealed(sealing, deed, addendum), own_reasons.SPREADSHEET)
    provider = find(deed, Provider)
    if provider and provider[0].records_begin_on is None and batch.records_begin:
        begin = {"records_begin_on": batch.records_begin}
        deed.change(Provider, provider[0].id, begin)


def _sealed(
    sealing: Sealing, rows: Rows, change: Change
) -> tuple[type[Record], str, Mapping[str, Value]]:
    record_type, row_id = change.record_type, change.row_id
    if not clinical_fields(record_type):
        return record_type, row_id, change.values
    before = get(rows, record_type, row_id)
    return record_type, row_id, sealing.values(before, change.values)


def _put_aside(batch: Batch, folder: Path, first: Path) -> Path | None:
    """Write the rows set aside beside the files, under a name that is still free."""
    if not batch.set_aside:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.in_words(error, folder) from error
    path = folder / f"{first.stem} - set aside.xlsx"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{first.stem} - set aside {number}.xlsx"
    try:
        files.write_whole(path, write_set_aside(batch))
    except DeskError as refused:
        refused.advice += " The rows set aside need a folder that can be written."
        raise
    return path
