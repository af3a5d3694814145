"""What the desk holds already, asked in bulk while spreadsheets come in."""

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from provider_desk.model.fields import Record, Reference, fields_of
from provider_desk.model.rows import Rows
from provider_desk.store.shapes import read_records, shape_of

R = TypeVar("R", bound=Record)

_AT_ONCE = 5_000


def _some_at_once(words: Collection[str]) -> Iterator[str]:
    rest = iter(words)
    while some := list(islice(rest, _AT_ONCE)):
        yield json.dumps(some)


def records_with_ids(
    rows: Rows, record_type: type[R], ids: Collection[str]
) -> dict[str, tuple[R, bool]]:
    """Id → the record as it is shown now, and whether it was retired."""
    shape = shape_of(record_type)
    sql = (
        f'SELECT deleted IS NOT NULL, {shape.columns} FROM "{shape.table}" '
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    found: dict[str, tuple[R, bool]] = {}
    for some in _some_at_once(ids):
        answers = rows.rows(sql, (some,))
        records = read_records(record_type, (answer[1:] for answer in answers))
        for record, answer in zip(records, answers, strict=True):
            found[record.id] = (record, bool(answer[0]))
    return found


def ids_by_word(
    rows: Rows, record_type: type[Record], name: str, words: Collection[str]
) -> dict[str, str]:
    """Casefolded word → id of the oldest standing row whose field says it.

    Capitals of plain letters do not count; the store compares no others.

    Args:
        rows: the store.
        record_type: whose rows.
        name: a declared field.
        words: what is looked for.
    """
    sql = (
        f'SELECT "{name}", id FROM "{record_type.TABLE}" WHERE deleted IS NULL '
        f'AND lower("{name}") IN (SELECT lower(value) FROM json_each(?)) '
        "ORDER BY created DESC"
    )
    found: dict[str, str] = {}
    for some in _some_at_once(words):
        found.update(
            (str(word).casefold(), id_) for word, id_ in rows.rows(sql, (some,))
        )
    return found


def hanging_on(
    rows: Rows, record_type: type[R], parent_ids: Collection[str]
) -> Iterable[R]:
    """Standing rows whose first reference is one of these, oldest first."""
    shape = shape_of(record_type)
    first = next(f for f in fields_of(record_type) if isinstance(f.kind, Reference))
    sql = (
        f'SELECT {shape.columns} FROM "{shape.table}" WHERE deleted IS NULL '
        f'AND "{first.name}" IN (SELECT value FROM json_each(?)) ORDER BY created, id'
    )
    for some in _some_at_once(parent_ids):
        yield from read_records(record_type, rows.rows(sql, (some,)))


def edited_fields(rows: Rows, record_type: type[Record], row_id: str) -> set[str]:
    """Names of the fields that were changed after the row was added."""
    sql = 'SELECT DISTINCT col FROM op WHERE "row" = ? AND tbl = ? AND col IS NOT NULL'
    return {str(row[0]) for row in rows.rows(sql, (row_id, record_type.TABLE))}
