"""What sealing asks of the store: areas that a case has had, rows with sealed words."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.changes.op import row_of, value_of
from provider_desk.model.fields import (
    Day,
    Record,
    Reference,
    Text,
    field_map,
    fields_of,
)
from provider_desk.model.records import (
    BY_TABLE,
    RECORDS,
    Client,
    ProcessNote,
    Referral,
)
from provider_desk.model.rows import Rows
from provider_desk.model.sealed_text import MARK
from provider_desk.store.op_log import ops_of_row
from provider_desk.store.queries.caseload import way_to_client
from provider_desk.store.queries.reading import day
from provider_desk.store.records import find

#: Records of which fields may be sealed, and those fields.
_FIELDS: dict[type[Record], tuple[str, ...]] = {
    record_type: names
    for record_type in RECORDS
    if record_type is not ProcessNote
    and (
        names := tuple(
            field.name
            for field in fields_of(record_type)
            if isinstance(field.kind, Text) and field.kind.clinical
        )
    )
}
_SEARCHED = (*(each.TABLE for each in _FIELDS), ProcessNote.TABLE)


@dataclass(frozen=True, slots=True, repr=False)
class SealedWords:
    """A field that holds sealed words, and whom they are about."""

    table: str
    row_id: str
    client_id: str
    on: date
    field: str
    sealed: str


def areas_of(rows: Rows, referral_id: str) -> set[str]:
    """Every service area that a referral ever had, by the op log."""
    found = set()
    for op in ops_of_row(rows, Referral.TABLE, referral_id):
        if op.column is None:
            found.add(str(row_of(op.value).get("area") or ""))
        elif op.column == "area":
            found.add(str(value_of(op.value) or ""))
    return found - {""}


def case_of(rows: Rows, table: str, row_id: str) -> str:
    """Id of the referral that a row hangs on, retired or not; "" where on none."""
    while table != Referral.TABLE:
        way = _way_up(table)
        if way is None:
            return ""
        name, above = way
        found = rows.rows(f'SELECT "{name}" FROM "{table}" WHERE id = ?', (row_id,))
        if not found or not found[0][0]:
            return ""
        table, row_id = above, str(found[0][0])
    return row_id


def _way_up(table: str) -> tuple[str, str] | None:
    """The reference that leads from a table towards the referral."""
    declared = field_map(BY_TABLE[table])
    for name in ("referral_id", "episode_id", "goal_id"):
        field = declared.get(name)
        if field is not None and isinstance(field.kind, Reference):
            return name, field.kind.to
    return None


def notes_by(rows: Rows, author: str) -> list[ProcessNote]:
    """All versions of the process notes that somebody wrote, oldest first."""
    return find(rows, ProcessNote, author=author)


def newest_notes(rows: Rows) -> list[ProcessNote]:
    """Every process note by its newest version."""
    newest: dict[str, ProcessNote] = {}
    for note in find(rows, ProcessNote):
        held = newest.get(note.thread)
        if held is None or (held.version, held.written_on) <= (
            note.version,
            note.written_on,
        ):
            newest[note.thread] = note
    return list(newest.values())


def sealed_words(
    rows: Rows,
    *,
    people: Collection[str] | None = None,
    ids: Collection[str] | None = None,
) -> Iterator[SealedWords]:
    """Sealed words of standing records, process notes left out.

    Args:
        rows: the store.
        people: ids of those whose words are asked for; None for everybody's.
        ids: only of these records; None for all.
    """
    for record_type, names in _FIELDS.items():
        yield from _sealed_of(rows, record_type, names, people, ids)


def _sealed_of(
    rows: Rows,
    record_type: type[Record],
    names: tuple[str, ...],
    people: Collection[str] | None,
    ids: Collection[str] | None,
) -> Iterator[SealedWords]:
    source, client = f'"{record_type.TABLE}" t0', ""
    for number, (name, to) in enumerate(way_to_client(record_type.TABLE) or ()):
        client = f't{number}."{name}"'
        if to != Client.TABLE:
            source += f' JOIN "{to}" t{number + 1} ON t{number + 1}.id = {client}'
    sealed = " OR ".join(f'(t0."{name}" >= ? AND t0."{name}" < ?)' for name in names)
    params = [MARK, f"{MARK}~"] * len(names)
    limits = ""
    for column, wanted in ((client, people), ("t0.id", ids)):
        if wanted is not None:
            limits += f" AND {column} IN (SELECT value FROM json_each(?))"
            params.append(json.dumps(sorted(wanted)))
    columns = ", ".join(f't0."{name}"' for name in names)
    found = rows.each(
        f'SELECT t0.id, {client}, t0."{_day_of(record_type)}", {columns} '
        f"FROM {source} "
        f"WHERE t0.deleted IS NULL AND ({sealed}){limits}",
        params,
    )
    for row_id, client_id, on, *held in found:
        for name, value in zip(names, held, strict=True):
            if value and value.startswith(MARK):
                yield SealedWords(
                    record_type.TABLE, row_id, client_id, day(on), name, value
                )


def _day_of(record_type: type[Record]) -> str:
    """The field with the day on which it happened: the first that is declared."""
    return next(f.name for f in fields_of(record_type) if isinstance(f.kind, Day))


def newest_change(rows: Rows) -> int:
    """The number of the newest change on this desk."""
    return int(rows.rows("SELECT coalesce(max(id), 0) FROM op")[0][0])


def changed_since(rows: Rows, number: int) -> list[tuple[str, str]]:
    """Records that may hold notes and were touched after a change, as table and id.

    Of a process note all versions are named, because only the newest is searched.
    """
    marks = ", ".join("?" * len(_SEARCHED))
    found = rows.rows(
        f'SELECT DISTINCT tbl, "row" FROM op WHERE id > ? AND tbl IN ({marks})',
        (number, *_SEARCHED),
    )
    notes = [row_id for table, row_id in found if table == ProcessNote.TABLE]
    versions = rows.rows(
        "SELECT id FROM process_note WHERE thread IN (SELECT thread FROM process_note "
        "WHERE id IN (SELECT value FROM json_each(?)))",
        (json.dumps(notes),),
    )
    others = {(str(table), str(row_id)) for table, row_id in found}
    return sorted(others | {(ProcessNote.TABLE, str(row[0])) for row in versions})
