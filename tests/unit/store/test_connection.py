"""How the file is opened, and what the guard forbids."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from provider_desk.model.errors import Damaged
from provider_desk.model.records import Client
from provider_desk.store.connection import Readers, open_connection
from provider_desk.store.store import Store

#: Everything that could leave words outside the encrypted file, or change its key.
FORBIDDEN = [
    "ATTACH '{folder}/plain.db' AS plain KEY ''",
    "VACUUM INTO '{folder}/plain.db'",
    "SELECT sqlcipher_export('main')",
    "SELECT load_extension('x')",
    "PRAGMA temp_store=FILE",
    "PRAGMA key='x'",
    "PRAGMA rekey='x'",
    "PRAGMA cipher_plaintext_header_size=32",
    "PRAGMA writable_schema=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=OFF",
    "PRAGMA trusted_schema=ON",
]


@pytest.mark.parametrize("writes", [True, False], ids=["writer", "reader"])
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_guard_forbids(
    store: Store, folder: Path, key: bytes, statement: str, *, writes: bool
) -> None:
    connection = open_connection(store.path, key, writes=writes, cache_kb=1_000)

    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|prohibited|denied"):
        connection.execute(statement.format(folder=folder))

    connection.close()
    assert not (folder / "plain.db").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        # 16 MB, as much as stays of the log when it was taken in.
        ("wal_autocheckpoint", 3883),
        ("journal_size_limit", 16_000_000),
    ],
)
def test_a_connection_is_set_up_safely(
    store: Store, key: bytes, setting: str, value: object
) -> None:
    connection = open_connection(store.path, key, writes=True, cache_kb=1_000)
    connection.set_authorizer(None)

    assert connection.execute(f"PRAGMA {setting}").fetchone() == (value,)
    connection.close()


def test_another_key_does_not_open_the_file(store: Store) -> None:
    with pytest.raises(Damaged, match="damaged, or belongs to another desk"):
        open_connection(store.path, bytes(32), writes=False, cache_kb=1_000)


def test_the_file_begins_with_nothing_known(store: Store) -> None:
    store.close()

    assert b"SQLite" not in store.path.read_bytes()[:100]


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="not there"):
        open_connection(tmp_path / "store.db", bytes(32), writes=True, cache_kb=1_000)

    assert list(tmp_path.iterdir()) == []


def test_the_reader_with_room_is_lent_first(store: Store, key: bytes) -> None:
    readers = Readers(store.path, key)
    roomy, second, third = (readers.borrow() for _ in range(3))
    for connection in (second, roomy, third):
        readers.give_back(connection)

    assert readers.borrow() is roomy
    assert readers.borrow() is not roomy
    readers.close()


def test_readers_beyond_the_few_that_are_kept_are_closed(
    store: Store, key: bytes
) -> None:
    readers = Readers(store.path, key)
    lent = [readers.borrow() for _ in range(6)]
    for connection in lent:
        readers.give_back(connection)

    assert len(readers._idle) == 3
    readers.close()
    with pytest.raises(ValueError, match="closed"):
        readers.borrow()


def test_indexes_answer_the_questions_by_id_and_by_parent(store: Store) -> None:
    asked = {
        "SELECT id FROM client WHERE id = 'x'": "sqlite_autoindex_client_1",
        "SELECT id FROM referral WHERE client_id = 'x'": "referral_0",
        "SELECT id FROM session WHERE held_on = 'x'": "INDEX session_",
        "SELECT id FROM op WHERE \"row\" = 'x' AND col IS NOT NULL": "op_change",
    }
    with store.reading() as rows:
        plans = {
            sql: str(rows.rows(f"EXPLAIN QUERY PLAN {sql}")[0][3]) for sql in asked
        }

    assert [sql for sql, index in asked.items() if index not in plans[sql]] == []


def test_rows_can_be_asked_for_one_by_one(store: Store) -> None:
    with store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{number}") for number in range(3))

    with store.reading() as rows:
        codes = [code for (code,) in rows.each("SELECT code FROM client ORDER BY code")]
        assert codes == ["G-0", "G-1", "G-2"]
        assert rows.one("SELECT code FROM client WHERE code = 'x'") is None
