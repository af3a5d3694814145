"""The log of who looked: never changed, and every change from outside is told."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Cancelled, InUse
from provider_desk.store import looks
from provider_desk.store.check import check_store
from provider_desk.store.connection import open_for_maintenance
from provider_desk.store.driver import Connection, DriverError
from provider_desk.store.looks import Head, LookEntry
from provider_desk.store.store import Store

JO, SAM = "jo", "sam"
PAIRS = {name: Ed25519PrivateKey.generate() for name in (JO, SAM)}
PUBLIC = {name: [key.public_key().public_bytes_raw()] for name, key in PAIRS.items()}


def look(store: Store, by: str = JO, at: int = 1_000, sealed: bytes = b"") -> LookEntry:
    return looks.append(store, by, at, sealed or b"sealed", PAIRS[by].sign)


def found(store: Store, remembered: Head | None = None) -> list[str]:
    with store.reading() as rows:
        return looks.verify(rows, PUBLIC, remembered)


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(10):
        look(store, (JO, SAM)[number % 2], 1_000 + number, b"what %d" % number)
    return store


@pytest.fixture
def by_hand(filled: Store) -> Iterator[Callable[[str], None]]:
    """Runs SQL past the program, as somebody with the key and another tool would."""

    def run(*statements: str) -> None:
        connection = open_for_maintenance(filled.path, filled._key)
        for name in ("look_stays", "look_is_kept", "look_goes_on"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.close()

    yield run
    filled.close()


def test_what_was_written_is_read_newest_first(filled: Store) -> None:
    with filled.reading() as rows:
        page = looks.entries(rows, 1, 2)
        assert [entry.seq for entry in page] == [9, 8]
        assert page[0].sealed == b"what 8"
        assert [e.at for e in looks.entries(rows, 0, 9, by=SAM)] == [
            1_009,
            1_007,
            1_005,
            1_003,
            1_001,
        ]
        some = looks.entries(rows, 0, 9, since_ms=1_003, until_ms=1_006)
        assert [entry.seq for entry in some] == [6, 5, 4]
        assert looks.count(rows) == 10
        assert looks.count(rows, by=JO, since_ms=1_003) == 3


def test_a_log_that_only_the_program_wrote_is_sound(filled: Store) -> None:
    with filled.reading() as rows:
        last = looks.head(rows)

    assert found(filled) == []
    assert found(filled, last) == []
    assert last.seq == 10


def test_the_log_goes_on_after_opening_again(
    filled: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    filled.close()
    again = Store.open(folder, key, clock)

    assert look(again).seq == 11
    assert found(again) == []
    again.close()


CHANGES = [
    "UPDATE look SET sealed = 'x'",
    "UPDATE look SET at = 1 WHERE seq = 3",
    "DELETE FROM look WHERE seq = 10",
    "DELETE FROM look",
    "INSERT OR REPLACE INTO look SELECT device, 10, 1, by, '', '', '', '' FROM look",
    "INSERT INTO look VALUES ('d', 2, 1, '', '', '', '', '')",
    "DROP TRIGGER look_stays",
    "DROP TABLE look",
    "ALTER TABLE look RENAME TO looked",
    "ALTER TABLE look DROP COLUMN signature",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_no_statement_of_the_program_changes_an_entry(filled: Store, sql: str) -> None:
    with pytest.raises(Exception, match=r"not authorized|already"):  # noqa: SIM117
        with filled.aside() as aside:
            aside.run(sql.replace("by,", '"by",'))

    assert found(filled) == []


@pytest.mark.parametrize("sql", CHANGES[:6])
def test_the_triggers_alone_hold_too(filled: Store, sql: str) -> None:
    connection: Connection = open_for_maintenance(filled.path, filled._key)
    with pytest.raises(DriverError, match=r"never|go on by one"):
        connection.execute(sql.replace("by,", '"by",'))
    connection.close()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM look WHERE seq = 4", "entry 5: the entries before it from 4 on"),
        ("DELETE FROM look WHERE seq < 3", "entry 3: the entries before it from 1 on"),
        ("UPDATE look SET sealed = x'00' WHERE seq = 4", "entry 4: it was changed"),
        ("UPDATE look SET at = 5 WHERE seq = 4", "entry 4: it was changed"),
        ("UPDATE look SET \"by\" = 'sam' WHERE seq = 5", "entry 5: it was changed"),
        ("UPDATE look SET hash = x'00' WHERE seq = 4", "entry 5: it does not follow"),
        ("UPDATE look SET signature = x'00' WHERE seq = 4", "entry 4: it does not car"),
    ],
)
def test_what_was_changed_past_the_program_is_told(
    filled: Store, by_hand: Callable[[str], None], sql: str, said: str
) -> None:
    by_hand(sql)

    assert any(said in line for line in found(filled)), found(filled)


def test_entries_removed_from_the_end_are_told_by_what_is_remembered(
    filled: Store, by_hand: Callable[[str], None]
) -> None:
    with filled.reading() as rows:
        last = looks.head(rows)
    by_hand("DELETE FROM look WHERE seq > 8")

    assert found(filled) == []
    assert "ends with entry 8; this computer remembers 10" in found(filled, last)[0]


def test_a_log_written_anew_is_told_by_what_is_remembered(
    filled: Store, by_hand: Callable[[str], None]
) -> None:
    with filled.reading() as rows:
        last = looks.head(rows)
    by_hand("DELETE FROM look")
    for _ in range(10):
        look(filled)

    assert found(filled) == []
    assert "written anew" in found(filled, last)[0]


def test_the_key_of_somebody_else_does_not_sign_for_a_person(filled: Store) -> None:
    looks.append(filled, JO, 2_000, b"x", PAIRS[SAM].sign)

    assert ["entry 11" in line for line in found(filled)] == [True]


def test_every_key_that_a_person_has_had_counts(filled: Store) -> None:
    new = Ed25519PrivateKey.generate()
    looks.append(filled, JO, 2_000, b"x", new.sign)
    keys = {**PUBLIC, JO: [*PUBLIC[JO], new.public_key().public_bytes_raw()]}

    with filled.reading() as rows:
        assert looks.verify(rows, keys) == []


def test_the_check_of_the_store_follows_the_chain(
    filled: Store, by_hand: Callable[[str], None]
) -> None:
    by_hand("DELETE FROM look WHERE seq = 4")

    said = check_store(filled, lambda _done, _total: None, lambda: False)

    assert any("who looked" in line for line in said)


def test_a_check_of_the_log_tells_how_far_it_is_and_can_be_stopped(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "_STEP", 4)
    told: list[tuple[int, int]] = []
    with filled.reading() as rows:
        looks.verify(rows, None, None, lambda done, all_: told.append((done, all_)))
    assert told == [(4, 10), (8, 10), (10, 10)]

    with filled.reading() as rows, pytest.raises(Cancelled):
        looks.verify(rows, None, cancelled=lambda: True)


def test_an_entry_waits_for_a_deed_only_so_long(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def long_deed() -> None:
        with store.writing("bring in"):
            begun.set()
            go_on.wait(10)

    thread = threading.Thread(target=long_deed)
    thread.start()
    begun.wait(10)
    with pytest.raises(InUse, match="Something large"), store.aside(patience_s=0.01):
        pass
    go_on.set()
    thread.join()
    look(store)


def test_nothing_is_written_aside_within_a_deed(store: Store) -> None:
    with store.writing("outer"), pytest.raises(ValueError, match="within"):
        look(store)


def test_what_fails_aside_is_taken_back(store: Store) -> None:
    def fail() -> None:
        with store.aside() as aside:
            aside.run("INSERT INTO draft VALUES ('u', 'n', 1, x'00')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM draft") == [(0,)]
    look(store)


def test_nothing_of_an_entry_is_printed(store: Store) -> None:
    assert "sealed" not in repr(look(store))
