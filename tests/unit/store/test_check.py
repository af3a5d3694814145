"""The check of a store finds what does not agree."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Cancelled
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client, Session
from provider_desk.store.check import check_store, quick_check
from provider_desk.store.connection import open_connection, open_for_maintenance
from provider_desk.store.store import Store

CLIENT = Client(code="G-0001", known_as="Invented Zed")


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sessions = [
        Session(referral_id=new_id(), held_on=date(2018, 4, 2), type="THERAPY")
        for _ in range(30)
    ]
    with store.writing("set up") as deed:
        deed.add_all([CLIENT, Client(code="G-0002"), *sessions])
    with store.writing("change person") as deed:
        deed.change(Client, CLIENT.id, {"known_as": "Zoe", "birth_year": 1990})
    with store.writing("correct session") as deed:
        deed.addendum(Session, sessions[3].id, {"minutes": 40}, "ended early")
        deed.retire(Session, sessions[4].id, "entered twice")


def checked(store: Store) -> list[str]:
    return check_store(store, lambda _done, _total: None, lambda: False)


def test_a_store_that_was_only_written_through_deeds_is_sound(store: Store) -> None:
    assert checked(store) == []


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE client SET known_as = 'Zia' WHERE code = 'G-0001'", "known_as"),
        ("UPDATE client SET postcode = 'S1' WHERE code = 'G-0002'", "postcode"),
        ("UPDATE session SET deleted = NULL", "deleted"),
        ("DELETE FROM client WHERE code = 'G-0002'", "the row is not there"),
        ("DELETE FROM op WHERE tbl = 'client'", "the log does not know it"),
        ("DELETE FROM person_doc", "search index"),
        ("INSERT INTO score(id, created) VALUES ('x', '00')", "does not know it"),
    ],
)
def test_what_was_changed_past_the_log_is_found(
    store: Store, key: bytes, tampering: str, said: str
) -> None:
    connection = open_connection(store.path, key, writes=True, cache_kb=1_000)
    connection.execute(tampering)
    connection.close()

    found = checked(store)

    assert found
    assert any(said in line for line in found)


def test_what_was_written_after_a_search_is_not_taken_for_damage(store: Store) -> None:
    with store.reading() as rows:
        assert rows.rows("SELECT rowid FROM person_words WHERE words MATCH 'zo*'")
    # So many that the index is put together anew, and its old parts are gone.
    for number in range(60):
        with store.writing("add person") as deed:
            deed.add(Client(code=f"N-{number}", known_as="Invented"))

    assert quick_check(store) == []
    assert checked(store) == []


def test_the_check_says_how_far_it_is(store: Store) -> None:
    said: list[tuple[int, int]] = []

    check_store(store, lambda done, total: said.append((done, total)), lambda: False)

    assert said[0] == (0, 32)
    assert said[-1] == (32, 32)


def test_the_check_can_be_stopped(store: Store) -> None:
    with pytest.raises(Cancelled):
        check_store(store, lambda _done, _total: None, lambda: True)


def test_many_faults_are_told_in_short(store: Store, key: bytes) -> None:
    connection = open_connection(store.path, key, writes=True, cache_kb=1_000)
    connection.execute("UPDATE session SET minutes = 1")
    connection.close()

    found = checked(store)

    assert len(found) == 21
    assert found[-1] == "And 10 more."


def test_a_damaged_page_is_found(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    store.close()
    data = bytearray((folder / "store.db").read_bytes())
    data[-2_000] ^= 1
    (folder / "store.db").write_bytes(bytes(data))

    again = Store.open(folder, key, clock)
    found = checked(again)
    again.close()

    assert any("damaged" in line for line in found)


def test_an_index_that_disagrees_with_its_table_is_found(
    store: Store, key: bytes
) -> None:
    store.close()
    connection = open_for_maintenance(store.path, key)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'code', 'known_as') "
        "WHERE name = 'client_0'"
    )
    connection.close()
    again = Store.open(store.path.parent, key, FixedClock(0))

    found = checked(again)
    again.close()

    assert any("client_0" in line for line in found)
