"""A desk checks itself once a day, after a crash all of it, and makes a backup."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys import roster
from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Cancelled
from provider_desk.model.records import Client, User
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups, freshness, upkeep
from provider_desk.store.connection import open_connection
from provider_desk.store.store import NAME, Store
from tests.builders.keys import KEY, made_keys

DEVICE, USER, STORE = "d" * 16, "u" * 32, "5" * 32
HOUR_MS = 60 * 60 * 1000


class Office:
    """A folder with a desk, opened without a password."""

    # ruff: noqa: D102 - its deeds say what they are

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder, self.clock, self.vault = folder, clock, SessionVault()
        store = Store.create(folder, KEY, clock, STORE, DEVICE)
        with store.writing("set up") as deed:
            deed.add_all(Client(code=f"G-{n}", known_as="Zed") for n in range(50))
        store.close()
        (folder / roster.NAME).write_bytes(b"in this test nobody reads it")

    def sign_in(self) -> Desk:
        keys = made_keys(STORE, DEVICE, USER, "CASEWORKER")
        opened = freshness.open_store(self.folder, keys, self.clock, self.vault)
        user = User(name="Jo Invented", role="CASEWORKER", id=USER)
        self.desk = Desk(opened.store, user, self.clock, keys, self.vault)
        return self.desk

    def crash(self, aside: Path) -> None:
        shutil.copytree(self.folder, aside)
        self.desk.store.close()
        shutil.rmtree(self.folder)
        aside.rename(self.folder)


@pytest.fixture
def office(folder: Path, clock: FixedClock) -> Iterator[Office]:
    made = Office(folder, clock)
    made.sign_in()
    yield made
    made.desk.close()


def spoil(office: Office) -> None:
    """Change a row past the log, as a page put back would."""
    connection = open_connection(office.folder / NAME, KEY, writes=True, cache_kb=1_000)
    connection.execute("UPDATE client SET known_as = 'Zia' WHERE code = 'G-7'")
    connection.close()


def test_once_a_day_the_store_is_checked_and_a_backup_made(office: Office) -> None:
    assert upkeep.last_check(office.desk).at_ms == 0

    first = upkeep.see_to(office.desk)
    assert first.made is not None
    assert first.words == ""
    assert first.checked == upkeep.Checked(office.clock.ms)
    assert len(backups.listed(office.desk)) == 1

    office.clock.ms += HOUR_MS
    again = upkeep.see_to(office.desk)
    assert (again.made, again.checked) == (None, first.checked)

    office.clock.ms += 24 * HOUR_MS
    later = upkeep.see_to(office.desk)
    assert later.made is not None
    assert later.checked.at_ms == office.clock.ms


def test_after_a_crash_every_row_is_compared_with_the_log(
    office: Office, tmp_path: Path
) -> None:
    upkeep.see_to(office.desk)
    spoil(office)
    assert upkeep.check_now(office.desk).faults == ()
    office.crash(tmp_path / "crashed")

    office.sign_in()
    found = upkeep.see_to(office.desk)

    assert any("known_as" in said for said in found.checked.faults)
    assert "found damage" in found.words
    assert found.made is None
    assert upkeep.last_check(office.desk) == found.checked


def test_a_damaged_page_is_found_and_no_backup_is_made_of_it(office: Office) -> None:
    office.desk.close()
    data = bytearray((office.folder / NAME).read_bytes())
    data[-2_000] ^= 1
    (office.folder / NAME).write_bytes(bytes(data))
    office.vault = SessionVault()
    (office.folder / "fresh.bin").unlink()
    store = Store.open(office.folder, KEY, office.clock)
    keys = office.desk.keys
    office.desk = Desk(store, office.desk.user, office.clock, keys)

    found = upkeep.see_to(office.desk)

    assert any("damaged" in said for said in found.checked.faults)
    assert found.made is None
    assert backups.listed(office.desk) == []


def test_a_check_that_was_stopped_is_still_due(office: Office, tmp_path: Path) -> None:
    office.crash(tmp_path / "crashed")
    office.sign_in()

    with pytest.raises(Cancelled):
        upkeep.see_to(office.desk, cancelled=lambda: True)

    spoil(office)
    assert upkeep.check_now(office.desk).faults
