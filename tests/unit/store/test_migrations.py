"""Files of other versions: brought up to date, or refused."""

from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import FromNewerVersion
from provider_desk.model.records import RECORDS, Client
from provider_desk.store import migrations, schema
from provider_desk.store.check import check_store
from provider_desk.store.connection import open_connection
from provider_desk.store.driver import Connection
from provider_desk.store.records import get
from provider_desk.store.store import Store

CLIENT = Client(code="G-0001", known_as="Invented Zed", postcode="S99 9ZZ")


@pytest.fixture
def connection(store: Store, key: bytes) -> Connection:
    """The closed store of a desk with one person, as a bare connection."""
    with store.writing("add person") as deed:
        deed.add(CLIENT)
    store.close()
    return open_connection(store.path, key, writes=True, cache_kb=1_000)


def age(connection: Connection) -> None:
    """Make the file look as if it were written before something was declared."""
    connection.execute("UPDATE desk SET value = 'other' WHERE name = 'tables'")


def layout(connection: Connection) -> set[tuple[str, str]]:
    return set(
        connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        )
    )


def test_a_file_of_today_is_left_alone(connection: Connection) -> None:
    assert not migrations.bring_up_to_date(connection)
    connection.close()


def test_bringing_up_a_file_that_lacks_nothing_changes_nothing(
    connection: Connection,
) -> None:
    before = layout(connection)
    age(connection)

    assert migrations.bring_up_to_date(connection)

    assert layout(connection) == before
    connection.close()


def test_a_column_that_is_lacking_is_added(
    connection: Connection, folder: Path, key: bytes, clock: FixedClock
) -> None:
    for number, columns in enumerate(Client.INDEXES):
        if "born_on" in columns:
            connection.execute(f"DROP INDEX client_{number}")
    for trigger in ("person_added", "person_changed", "person_gone"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("ALTER TABLE client DROP COLUMN born_on")
    age(connection)
    connection.close()

    store = Store.open(folder, key, clock)
    with store.writing("change person") as deed:
        deed.change(Client, CLIENT.id, {"known_as": "Invented Zoe"})
    with store.reading() as rows:
        assert get(rows, Client, CLIENT.id).born_on is None
    assert check_store(store, lambda _done, _total: None, lambda: False) == []
    store.close()


def test_a_table_that_is_lacking_is_made(
    connection: Connection, folder: Path, key: bytes, clock: FixedClock
) -> None:
    connection.execute("DROP TABLE score")
    age(connection)
    connection.close()

    store = Store.open(folder, key, clock)
    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM score") == [(0,)]
    store.close()


def test_an_index_that_is_declared_otherwise_is_made_anew(
    connection: Connection,
) -> None:
    before = layout(connection)
    connection.execute("DROP INDEX session_1")
    connection.execute("CREATE INDEX session_1 ON session(worker)")
    age(connection)

    migrations.bring_up_to_date(connection)

    assert layout(connection) == before
    connection.close()


def test_a_column_that_this_version_does_not_know_is_kept(
    connection: Connection, folder: Path, key: bytes, clock: FixedClock
) -> None:
    connection.execute("ALTER TABLE client ADD COLUMN from_a_later_form TEXT")
    connection.execute("UPDATE client SET from_a_later_form = 'kept'")
    age(connection)
    connection.close()

    store = Store.open(folder, key, clock)
    with store.reading() as rows:
        assert rows.rows("SELECT from_a_later_form FROM client") == [("kept",)]
        assert get(rows, Client, CLIENT.id) == CLIENT
    store.close()


def test_steps_run_once_in_order_and_are_recorded(connection: Connection) -> None:
    ran: list[int] = []
    version = migrations.version_of(connection)
    steps = {
        version + 2: lambda _database: ran.append(2),
        version + 1: lambda _database: ran.append(1),
        version: lambda _database: ran.append(0),
    }

    migrations.bring_up_to_date(connection, steps)
    migrations.bring_up_to_date(connection, steps)

    assert ran == [1, 2]
    assert migrations.version_of(connection) == version + 2
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(connection: Connection) -> None:
    before, version = layout(connection), migrations.version_of(connection)

    def fail(database: object) -> None:
        connection.execute("DROP TABLE score")
        raise ZeroDivisionError(str(database))

    with pytest.raises(ZeroDivisionError):
        migrations.bring_up_to_date(connection, {version + 1: fail})

    assert layout(connection) == before
    assert migrations.version_of(connection) == version
    connection.close()


def test_a_file_of_a_newer_version_is_refused_and_left_alone(
    connection: Connection, folder: Path, key: bytes, clock: FixedClock
) -> None:
    connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    connection.close()
    before = (folder / "store.db").read_bytes()

    with pytest.raises(FromNewerVersion, match=r"newer version.*Update the program"):
        Store.open(folder, key, clock)

    assert (folder / "store.db").read_bytes() == before


def test_every_declared_column_is_in_its_table(store: Store) -> None:
    with store.reading() as rows:
        for each in RECORDS:
            held = [
                name for _, name, *_ in rows.rows(f"PRAGMA table_info({each.TABLE})")
            ]
            assert tuple(held) == schema.columns_of(each)
