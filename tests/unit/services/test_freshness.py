"""A desk that was put back is noticed: whole, in part, with or without its record."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys import fresh as record
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.vault import SessionVault, What
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import InUse, NoKeyring, OlderDesk
from provider_desk.model.records import Client, User
from provider_desk.services.desk import Desk
from provider_desk.services.safety import freshness
from provider_desk.services.safety.freshness import Opened, Prehash
from provider_desk.services.safety.remembered import look_head
from provider_desk.store import looks
from provider_desk.store.store import NAME, Store
from tests.builders.keys import KEY, made_keys

DEVICE, USER = "d" * 16, "u" * 32
STORE = "5" * 32
PAGE = 4_096
SIGNER = KeyPair.fresh()


class Away(SessionVault):
    """A vault that can be out of reach."""

    away = False

    def put(self, store_id: str, what: What, value: str) -> None:
        if self.away:
            raise NoKeyring("The keyring is locked.")
        super().put(store_id, what, value)


class Office:
    """A computer with a desk's folder and a vault; signs in without a password."""

    # ruff: noqa: D102 - its deeds say what they are

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder = folder
        self.clock = clock
        self.vault = Away()
        self.desk: Desk | None = None
        Store.create(folder, KEY, clock, STORE, DEVICE).close()

    def keys(self, role: str = "MANAGER", device: str = DEVICE) -> DeskKeys:
        return made_keys(STORE, device, USER, role)

    def sign_in(
        self, role: str = "MANAGER", *, device: str = DEVICE, accept: bool = False
    ) -> Opened:
        keys = self.keys(role, device)
        opened = freshness.open_store(
            self.folder, keys, self.clock, self.vault, accept_older=accept
        )
        user = User(name="Jo Invented", role=role, id=USER)
        self.desk = Desk(opened.store, user, self.clock, keys, self.vault)
        return opened

    def work(self, *codes: str) -> None:
        assert self.desk is not None
        with self.desk.store.writing("add people", by=USER) as deed:
            deed.add_all(Client(code=code, known_as="Invented") for code in codes)

    def look(self) -> None:
        assert self.desk is not None
        looks.append(self.desk.store, USER, 1, b"sealed", SIGNER.sign)

    def close(self) -> None:
        assert self.desk is not None
        freshness.close(self.desk)

    def crash(self, folder: Path) -> None:
        """The folder as a crash would leave it."""
        assert self.desk is not None
        _copy(self.folder, folder)
        self.desk.store.close()
        _copy(folder, self.folder)

    def a_day(self, *codes: str) -> None:
        self.sign_in()
        self.work(*codes)
        self.look()
        self.close()


def _copy(folder: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)


def put_back(saved: Path, folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(saved / name, folder / name)


@pytest.fixture
def office(folder: Path, clock: FixedClock) -> Iterator[Office]:
    made = Office(folder, clock)
    yield made
    if made.desk is not None:
        made.desk.store.close()


@pytest.fixture
def saved(office: Office, tmp_path: Path) -> Path:
    """The folder as it was the day before yesterday; two more days followed."""
    office.a_day("G-1")
    old = tmp_path / "saved"
    _copy(office.folder, old)
    office.a_day("G-2")
    office.a_day("G-3")
    return old


def test_a_desk_that_was_used_on_here_opens_without_a_word(office: Office) -> None:
    for number in range(4):
        opened = office.sign_in()
        assert (opened.older, opened.after_crash) == ((), False)
        office.work(f"G-{number}")
        office.look()
        office.close()


def test_the_first_sign_in_on_a_computer_finds_nothing_to_compare(
    office: Office,
) -> None:
    assert office.sign_in().older == ()


def test_an_old_store_is_noticed_with_numbers_and_advice(
    office: Office, saved: Path
) -> None:
    put_back(saved, office.folder, NAME)

    with pytest.raises(
        OlderDesk, match="not the one that was closed here last"
    ) as told:
        office.sign_in()

    assert "a manager can go on" in told.value.advice


def test_an_old_folder_with_its_own_record_is_noticed_by_the_vault(
    office: Office, saved: Path
) -> None:
    _copy(saved, office.folder)

    with pytest.raises(OlderDesk):
        office.sign_in()


def test_an_old_folder_is_noticed_after_a_crash_too(
    office: Office, saved: Path, tmp_path: Path
) -> None:
    office.sign_in()
    office.work("G-4")
    assert office.desk is not None
    freshness.remember(office.desk)
    office.crash(tmp_path / "crashed")
    (office.folder / f"{NAME}-wal").unlink()
    put_back(saved, office.folder, NAME)

    with pytest.raises(OlderDesk, match=r"1 deed.* remembers 4.*log of"):
        office.sign_in()


def test_nothing_is_changed_by_refusing(office: Office, saved: Path) -> None:
    put_back(saved, office.folder, NAME)
    before = {each.name: each.read_bytes() for each in office.folder.iterdir()}
    for _ in range(2):
        with pytest.raises(OlderDesk):
            office.sign_in()

    assert {each.name: each.read_bytes() for each in office.folder.iterdir()} == before


def test_a_manager_can_go_on_and_then_it_is_the_newest(
    office: Office, saved: Path
) -> None:
    _copy(saved, office.folder)

    with pytest.raises(OlderDesk):
        office.sign_in("COUNSELLOR", accept=True)
    opened = office.sign_in(accept=True)
    assert opened.older
    office.close()

    assert office.sign_in("COUNSELLOR").older == ()


def test_every_single_page_put_back_is_noticed(office: Office, saved: Path) -> None:
    new = (office.folder / NAME).read_bytes()
    old = (saved / NAME).read_bytes()
    differing = [
        at
        for at in range(0, min(len(old), len(new)), PAGE)
        if old[at : at + PAGE] != new[at : at + PAGE]
    ]
    assert len(differing) > 5

    for at in differing:
        mixed = new[:at] + old[at : at + PAGE] + new[at + PAGE :]
        (office.folder / NAME).write_bytes(mixed)
        with pytest.raises(OlderDesk):
            office.sign_in()

    (office.folder / NAME).write_bytes(new)
    assert office.sign_in().older == ()


def test_a_log_put_beside_a_closed_store_is_noticed(
    office: Office, tmp_path: Path
) -> None:
    office.sign_in()
    office.work("G-1")
    shutil.copy(office.folder / f"{NAME}-wal", tmp_path / "wal")
    office.close()
    shutil.copy(tmp_path / "wal", office.folder / f"{NAME}-wal")

    with pytest.raises(OlderDesk, match="lies a log"):
        office.sign_in()


def test_a_store_that_was_used_on_elsewhere_is_noticed(
    office: Office, saved: Path, tmp_path: Path
) -> None:
    office.sign_in()
    assert office.desk is not None
    freshness.remember(office.desk)
    office.crash(tmp_path / "crashed")
    elsewhere = Store.open(saved, KEY, FixedClock(office.clock.ms + 60_000))
    for number in range(9):
        with elsewhere.writing("add people") as deed:
            deed.add(Client(code=f"H-{number}"))
    elsewhere.close()
    (office.folder / f"{NAME}-wal").unlink(missing_ok=True)
    put_back(saved, office.folder, NAME)

    with pytest.raises(OlderDesk, match="used on elsewhere"):
        office.sign_in()


def test_a_crash_after_saving_is_no_old_desk(office: Office, tmp_path: Path) -> None:
    office.a_day("G-1")
    office.sign_in()
    office.work("G-2", "G-3")
    office.look()
    office.crash(tmp_path / "crashed")

    opened = office.sign_in()

    assert (opened.older, opened.after_crash) == ((), True)


def test_after_a_crash_the_log_that_is_left_is_no_reproach(
    office: Office, tmp_path: Path
) -> None:
    office.sign_in()
    office.work("G-1")
    office.crash(tmp_path / "crashed")
    assert (office.folder / f"{NAME}-wal").stat().st_size

    assert office.sign_in().older == ()


@pytest.mark.parametrize("how", ["gone", "flipped", "older", "another desk's"])
def test_without_a_sound_record_beside_it_the_vault_s_counts(
    office: Office, saved: Path, tmp_path: Path, how: str
) -> None:
    path = office.folder / record.NAME
    if how == "gone":
        path.unlink()
    elif how == "flipped":
        data = bytearray(path.read_bytes())
        data[40] ^= 1
        path.write_bytes(bytes(data))
    elif how == "older":
        put_back(saved, office.folder, record.NAME)
    else:
        other = Office(tmp_path / "other", office.clock)
        record.write(other.folder, record.Fresh(STORE, DEVICE, 99), bytes(32))
        put_back(other.folder, office.folder, record.NAME)

    assert office.sign_in().older == ()
    office.close()
    put_back(saved, office.folder, NAME)
    path.unlink()
    with pytest.raises(OlderDesk):
        office.sign_in()


def test_without_any_record_a_desk_that_had_one_is_noticed(
    office: Office,
) -> None:
    office.a_day("G-1")
    (office.folder / record.NAME).unlink()
    office.vault.forget(STORE, "fresh")

    for _ in range(2):
        with pytest.raises(OlderDesk, match="is gone"):
            office.sign_in()
    assert office.sign_in(accept=True).older


def test_a_damaged_record_without_another_is_noticed(office: Office) -> None:
    office.a_day("G-1")
    office.vault.forget(STORE, "fresh")
    (office.folder / record.NAME).write_bytes(b"PDF\x01nothing")

    for _ in range(2):
        with pytest.raises(OlderDesk, match="is damaged"):
            office.sign_in()


def test_a_copy_with_an_id_of_its_own_takes_the_former_one_s_place(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    office.a_day("G-1")
    former = office.folder
    office.folder = tmp_path / "restored"
    Store.create(office.folder, KEY, clock, STORE, "e" * 16).close()
    assert office.sign_in(device="e" * 16).older == ()
    office.close()
    assert office.sign_in(device="e" * 16).older == ()
    office.close()

    office.folder = former
    with pytest.raises(OlderDesk, match="taken its place"):
        office.sign_in()


def test_a_vault_that_is_away_does_not_stop_the_work(office: Office) -> None:
    office.a_day("G-1")
    office.vault.away = True
    office.a_day("G-2")

    assert office.sign_in().older == ()
    office.close()
    office.vault.away = False
    office.a_day("G-3")
    assert office.sign_in().older == ()


def test_a_list_of_people_that_is_older_is_refused_to_everybody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = tuple(f"{number:064x}" for number in range(5))
    with_list(office, monkeypatch, hashes)
    office.a_day("G-1")

    with_list(office, monkeypatch, hashes[:3])
    for accept in (False, True):
        with pytest.raises(OlderDesk, match=r"ends with change 3.*remembers 5"):
            office.sign_in(accept=accept)
    with_list(office, monkeypatch, (*hashes[:4], "f" * 64, "e" * 64))
    with pytest.raises(OlderDesk, match="Change 5"):
        office.sign_in(accept=True)
    with_list(office, monkeypatch, (*hashes, "f" * 64))
    assert office.sign_in().older == ()


def with_list(
    office: Office, monkeypatch: pytest.MonkeyPatch, hashes: tuple[str, ...]
) -> None:
    """People can sign in by a list with these statements."""

    def keys(role: str = "MANAGER", device: str = DEVICE) -> DeskKeys:
        found = Office.keys(office, role, device)
        object.__setattr__(found.ring(), "hashes", hashes)
        return found

    monkeypatch.setattr(office, "keys", keys)


def test_a_folder_put_back_whole_with_an_older_list_can_be_gone_on_with(
    office: Office, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_list(office, monkeypatch, ("a" * 64, "b" * 64))
    office.a_day("G-9")
    _copy(saved, office.folder)
    with_list(office, monkeypatch, ("a" * 64,))

    assert len(office.sign_in(accept=True).older) > 1


def test_remembering_again_what_is_known_writes_nothing(office: Office) -> None:
    office.sign_in()
    assert office.desk is not None
    freshness.remember(office.desk)
    before = (office.folder / record.NAME).stat().st_mtime_ns

    freshness.remember(office.desk)
    assert (office.folder / record.NAME).stat().st_mtime_ns == before

    office.work("G-1")
    freshness.remember(office.desk)
    assert (office.folder / record.NAME).stat().st_mtime_ns > before


def test_a_second_process_does_not_disturb_what_is_remembered(office: Office) -> None:
    office.sign_in()
    before = (office.folder / record.NAME).read_bytes()

    with pytest.raises(InUse):
        freshness.open_store(office.folder, office.keys(), office.clock, office.vault)

    assert (office.folder / record.NAME).read_bytes() == before


def test_what_was_hashed_beforehand_counts_only_for_the_file_as_it_is(
    office: Office, saved: Path
) -> None:
    early = Prehash(office.folder)
    early.digest()
    put_back(saved, office.folder, NAME)

    with pytest.raises(OlderDesk):
        freshness.open_store(
            office.folder, office.keys(), office.clock, office.vault, prehash=early
        )


def test_what_was_hashed_while_the_desk_was_open_is_hashed_again(
    office: Office,
) -> None:
    office.sign_in()
    office.work("G-1")
    early = Prehash(office.folder)
    early._thread.join()
    office.close()

    opened = freshness.open_store(
        office.folder, office.keys(), office.clock, office.vault, prehash=early
    )
    assert opened.older == ()
    opened.store.close()


def test_a_desk_with_a_reader_left_open_counts_as_crashed(office: Office) -> None:
    office.sign_in()
    office.work("G-1")
    assert office.desk is not None
    reading = office.desk.store.reading()
    rows = reading.__enter__()
    rows.rows("SELECT * FROM client")
    office.close()
    reading.__exit__(None, None, None)

    opened = office.sign_in()
    assert (opened.older, opened.after_crash) == ((), True)


def test_what_is_remembered_of_who_looked_is_the_last_entry_then(
    office: Office,
) -> None:
    office.sign_in()
    office.look()
    assert office.desk is not None
    freshness.remember(office.desk)

    head = look_head(office.folder, office.keys(), office.vault)

    with office.desk.store.reading() as rows:
        assert head == looks.head(rows)
    assert look_head(office.folder, office.keys(), None) is None
