"""Tables from the record declarations: nullable, without keys to other tables.

Rows arrive in any order once several PCs merge, so a table refuses nothing that the
op log holds; what a record may hold is said in the model and asked before saving.
"""

from collections.abc import Iterator

from provider_desk.model.fields import Count, Field, Moment, Record, fields_of
from provider_desk.model.records import RECORDS
from provider_desk.store import search

#: Columns that every record's table has beside its fields.
#: created and changed are hybrid-logical-clock texts, by is a user's id,
#: deleted is the reason for retiring the row or NULL while it stands.
OWN_COLUMNS = ("created", "created_by", "changed", "changed_by", "deleted")


def column_type(field: Field) -> str:
    """SQLite's type for a field; dates are ISO text."""
    return "INTEGER" if isinstance(field.kind, Count | Moment) else "TEXT"


def columns_of(record_type: type[Record]) -> tuple[str, ...]:
    """All columns of a record's table, ``id`` first, own columns last."""
    names = (field.name for field in fields_of(record_type))
    return ("id", *names, *OWN_COLUMNS)


def statements(record_type: type[Record]) -> Iterator[str]:
    """SQL that makes a record type's table and indexes, safe to run again."""
    table = record_type.TABLE
    columns = ['"id" TEXT PRIMARY KEY']
    columns += [f'"{f.name}" {column_type(f)}' for f in fields_of(record_type)]
    columns += [f'"{name}" TEXT' for name in OWN_COLUMNS]
    yield f'CREATE TABLE IF NOT EXISTS "{table}" ({", ".join(columns)})'
    for number, index in enumerate(record_type.INDEXES):
        listed = ", ".join(f'"{column}"' for column in (*index, "deleted"))
        yield f'CREATE INDEX IF NOT EXISTS "{table}_{number}" ON "{table}" ({listed})'


#: Small indexes of rows that still wait for somebody, for the lists of what to do.
OPEN_WORK: tuple[str, ...] = (
    (
        "CREATE INDEX IF NOT EXISTS session_open ON session(held_on, referral_id) "
        "WHERE attendance IN ('UNREC', 'BOOKED') AND deleted IS NULL"
    ),
    (
        "CREATE INDEX IF NOT EXISTS session_missed ON session(held_on, referral_id) "
        "WHERE attendance IN ('LATE_NS', 'DNA') AND deleted IS NULL"
    ),
    (
        "CREATE INDEX IF NOT EXISTS referral_with_hub ON referral(hub_sent_on) "
        "WHERE hub_status = 'SENT' AND deleted IS NULL"
    ),
    (
        "CREATE INDEX IF NOT EXISTS referral_decided ON referral(decided_on) "
        "WHERE decided_on IS NOT NULL AND deleted IS NULL"
    ),
    (
        "CREATE INDEX IF NOT EXISTS client_retired ON client(id) "
        "WHERE deleted IS NOT NULL"
    ),
)


#: The op log. ``desk`` holds what is true of this copy; ``txn`` is one deed, ``op``
#: one change in it, ``base`` which ops an op replaced. ``col`` is NULL for a new row,
#: which is found by the row's ``created``, so that bringing in many rows keeps up no
#: index of them; it is '' for the making of a row that another PC had made already.
LOG: tuple[str, ...] = (
    "CREATE TABLE IF NOT EXISTS desk (name TEXT PRIMARY KEY, value TEXT)",
    (
        "CREATE TABLE IF NOT EXISTS txn (id INTEGER PRIMARY KEY, hlc BLOB UNIQUE, "
        '"by" TEXT, device TEXT, deed TEXT, reason TEXT)'
    ),
    (
        "CREATE TABLE IF NOT EXISTS op (id INTEGER PRIMARY KEY, hlc BLOB UNIQUE, "
        '"txn" INTEGER, tbl TEXT, "row" TEXT, col TEXT, value TEXT)'
    ),
    (
        "CREATE TABLE IF NOT EXISTS base (op BLOB, base BLOB, "
        "PRIMARY KEY (op, base)) WITHOUT ROWID"
    ),
    'CREATE INDEX IF NOT EXISTS op_change ON op("row", col) WHERE col IS NOT NULL',
)


#: Who looked, see ``looks``, drafts, see ``drafts``, and surveys without a name, see
#: ``survey_box``: neither records nor in the op log. The triggers hold the log of who
#: looked to what it says of itself; the last one stands also against REPLACE, which
#: asks no other.
BESIDE: tuple[str, ...] = (
    (
        'CREATE TABLE IF NOT EXISTS look (device TEXT, seq INTEGER, at INTEGER, "by" '
        "TEXT, sealed BLOB, prev BLOB, hash BLOB, signature BLOB, "
        "PRIMARY KEY (device, seq)) WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS look_at ON look(at)",
    (
        "CREATE TRIGGER IF NOT EXISTS look_stays BEFORE UPDATE ON look "
        "BEGIN SELECT RAISE(ABORT, 'an entry of who looked is never changed'); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS look_is_kept BEFORE DELETE ON look "
        "BEGIN SELECT RAISE(ABORT, 'an entry of who looked is never removed'); END"
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS look_goes_on BEFORE INSERT ON look "
        "WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM look "
        "WHERE device = new.device) "
        "BEGIN SELECT RAISE(ABORT, 'entries of who looked go on by one'); END"
    ),
    (
        'CREATE TABLE IF NOT EXISTS draft ("user" TEXT, name TEXT, at INTEGER, '
        'sealed BLOB, PRIMARY KEY ("user", name)) WITHOUT ROWID'
    ),
    (
        "CREATE TABLE IF NOT EXISTS survey_box (id TEXT PRIMARY KEY, "
        "held TEXT, from_on TEXT) "
        "WITHOUT ROWID"
    ),
)

#: Tables whose rows are added and never changed or removed.
APPEND_ONLY = frozenset({"look"})


def all_statements() -> list[str]:
    """SQL for the log, for every record type, and for what is derived from them."""
    tables = [sql for each in RECORDS for sql in statements(each)]
    return [*LOG, *BESIDE, *tables, *OPEN_WORK, *search.STATEMENTS]
