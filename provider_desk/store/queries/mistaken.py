"""Rows that were taken off the desk: whose code it was, and what went with them."""

from provider_desk.changes.op import DELETED
from provider_desk.model.rows import Rows


def of_code(rows: Rows, code: str) -> tuple[str, str]:
    """Id and code of somebody retired who went by a code; "" and "" for nobody."""
    found = rows.rows(
        "SELECT id, code FROM client WHERE code IN (?, ?) AND deleted IS NOT NULL "
        "LIMIT 1",
        (code, code.upper()),
    )
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")


def gone_with(rows: Rows, client_id: str, number: int) -> list[tuple[str, str]]:
    """Table and id of every other row that the deed took off that retired a person.

    The person's own row is the last one of that deed and was not touched since, so
    the stamps of the others lie between the deed's and that row's.

    Args:
        rows: the store.
        client_id: the person.
        number: of the deed.
    """
    found = rows.rows(
        """
        SELECT o.tbl, o."row" FROM client c CROSS JOIN txn t
        CROSS JOIN op o ON o.hlc BETWEEN t.hlc AND unhex(c.changed)
        WHERE c.id = ?1 AND t.id = ?2 AND o."txn" = t.id AND o.col = ?3
        AND o."row" <> ?1 ORDER BY o.hlc
        """,
        (client_id, number, DELETED),
    )
    return [(str(table), str(row_id)) for table, row_id in found]
