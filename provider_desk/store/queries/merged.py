"""Two rows that were one person: what refers to a person, and who was put together."""

from collections.abc import Iterator, Sequence

from provider_desk.model.fields import Record, Reference, fields_of
from provider_desk.model.records import RECORDS, Client
from provider_desk.model.rows import Rows

#: Ids under which the words about one person may be sealed: their own, and those of
#: rows that are or were put together with theirs.
_ALSO_KNOWN = """
    WITH RECURSIVE same(id) AS (
        SELECT ?
        UNION SELECT m.gone_id FROM same
            JOIN person_merge m ON m.client_id = same.id
            WHERE m.deleted IS NULL AND m.moved <> ''
        UNION SELECT m.client_id FROM same
            JOIN person_merge m ON m.gone_id = same.id
            WHERE m.deleted IS NULL AND m.moved <> '')
    SELECT id FROM same
"""


def references(to: str = Client.TABLE) -> Iterator[tuple[type[Record], str]]:
    """Every field of every record type that refers to a person, or to another table.

    It is read from the declarations, so that a new record type is never forgotten.
    """
    for record_type in RECORDS:
        for field in fields_of(record_type):
            if isinstance(field.kind, Reference) and field.kind.to == to:
                yield record_type, field.name


def rows_of(
    rows: Rows, record_type: type[Record], field: str, client_id: str
) -> list[str]:
    """Ids of the standing rows of a type that refer to a person, oldest first."""
    found = rows.rows(
        f'SELECT id FROM "{record_type.TABLE}" WHERE "{field}" = ? '
        "AND deleted IS NULL ORDER BY created, id",
        (client_id,),
    )
    return [row[0] for row in found]


def between(rows: Rows, one: str, other: str) -> set[str]:
    """Ids of what says that two were one, or are two: it is about both for ever."""
    found = rows.rows(
        "SELECT id FROM person_merge WHERE (client_id = ?1 AND gone_id = ?2) "
        "OR (client_id = ?2 AND gone_id = ?1)",
        (one, other),
    )
    return {row_id for (row_id,) in found}


def where_now(
    rows: Rows, record_type: type[Record], field: str, row_id: str
) -> str | None:
    """Whom a standing row refers to; None where it is not there or retired."""
    found = rows.rows(
        f'SELECT "{field}" FROM "{record_type.TABLE}" WHERE id = ? AND deleted IS NULL',
        (row_id,),
    )
    return str(found[0][0] or "") if found else None


def also_known(rows: Rows, client_id: str) -> tuple[str, ...]:
    """The person's id and those of rows that are or were put together with theirs."""
    return tuple(row[0] for row in rows.rows(_ALSO_KNOWN, (client_id,)))


def kept_now(rows: Rows, client_id: str) -> str:
    """Who has the records of a person now: they themselves, or whom they became."""
    found = rows.rows(
        """
        WITH RECURSIVE kept(id, step) AS (
            SELECT ?, 0
            UNION SELECT m.client_id, k.step + 1 FROM kept k
                JOIN person_merge m ON m.gone_id = k.id
                WHERE m.undone_on IS NULL AND m.deleted IS NULL AND m.moved <> ''
                AND k.step < 20)
        SELECT id FROM kept ORDER BY step DESC LIMIT 1
        """,
        (client_id,),
    )
    return str(found[0][0])


def newest_merge(rows: Rows) -> str:
    """When people were last put together or taken apart; "" for never."""
    return str(rows.rows("SELECT max(changed) FROM person_merge")[0][0] or "")


def kept_for_code(rows: Rows, code: str) -> str:
    """Who has the records of somebody whose row went by a code; "" for nobody."""
    found = rows.rows(
        "SELECT m.client_id FROM client g JOIN person_merge m ON m.gone_id = g.id "
        "AND m.undone_on IS NULL AND m.deleted IS NULL AND m.moved <> '' "
        "WHERE g.code IN (?, ?) AND g.deleted IS NOT NULL LIMIT 1",
        (code, code.upper()),
    )
    return str(found[0][0]) if found else ""


def codes_of(rows: Rows, client_ids: Sequence[str]) -> dict[str, str]:
    """Id → code, of people who were taken off the desk too."""
    found = rows.rows(
        f"SELECT id, code FROM client WHERE id IN ({', '.join('?' * len(client_ids))})",
        client_ids,
    )
    return {row[0]: row[1] or "" for row in found}


def later_than(rows: Rows, merge_id: str) -> set[str]:
    """Ids of the merges into the same record that were made after one."""
    found = rows.rows(
        """
        SELECT o.id FROM person_merge m
        JOIN person_merge o ON o.client_id = m.client_id AND o.created > m.created
        WHERE m.id = ? AND o.deleted IS NULL
        """,
        (merge_id,),
    )
    return {row_id for (row_id,) in found}
