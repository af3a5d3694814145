"""Making the keys of a desk, and opening them with name, password and team secret."""

import os
import stat
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster, vault
from provider_desk.keys.desk_keys import FLOOR
from provider_desk.keys.vault import SessionVault
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    Missing,
    NotValid,
    ReadOnly,
    SecretNeeded,
    WrongPassword,
)
from tests.builders.keys import (
    NAME,
    OTHER_NAME,
    OTHER_PASSWORD,
    PASSWORD,
    RealDesk,
    real_desk,
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> RealDesk:
    return real_desk(tmp_path_factory.mktemp("made") / "desk")


@pytest.fixture
def made(made_once: RealDesk, tmp_path: Path) -> RealDesk:
    return made_once.copied(tmp_path / "desk")


def test_name_and_password_open_what_was_made(made: RealDesk) -> None:
    user, keys = desk_keys.unlock(made.folder, made.vault, NAME, PASSWORD)

    assert user == keys.user == "manager"
    assert (keys.key, keys.device) == (made.keys.key, made.keys.device)
    assert keys.store_id == made.new.store_id
    assert keys.compartments() == ("core", "admin")
    assert keys.is_admin
    assert not keys.is_lead
    assert not keys.password_given


def test_case_and_blanks_of_a_name_do_not_count(made: RealDesk) -> None:
    assert made.unlock("  jo   INVENTED ").user == "manager"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, PASSWORD.title()),
        (NAME, PASSWORD + " "),
        (NAME, ""),
        (OTHER_NAME, PASSWORD),
    ],
)
def test_a_wrong_name_or_password_is_refused_in_the_same_words(
    made: RealDesk, name: str, password: str
) -> None:
    with pytest.raises(WrongPassword, match="name and password do not open") as caught:
        made.unlock(name, password)

    assert "Jo" not in str(caught.value)
    assert not password or password not in str(caught.value)


def test_a_computer_without_the_team_secret_asks_for_sheet_a(made: RealDesk) -> None:
    with pytest.raises(SecretNeeded, match="sheet A"):
        desk_keys.unlock(made.folder, SessionVault(), NAME, PASSWORD)


@pytest.mark.parametrize("text", [vault.secret_text(bytes(32)), "scrap", "", "A" * 52])
def test_another_team_secret_is_told_from_a_wrong_password(
    made: RealDesk, text: str
) -> None:
    made.vault.put(made.new.store_id, "team-secret", text)

    with pytest.raises(SecretNeeded, match="sheet A"):
        made.unlock()


def test_a_right_team_secret_does_not_help_a_wrong_password(made: RealDesk) -> None:
    with pytest.raises(WrongPassword):
        made.unlock(NAME, "not the right password")


def test_nothing_is_anywhere_before_it_is_written(tmp_path: Path) -> None:
    new = desk_keys.plan()

    assert len(new.sheet_a) == len(new.sheet_b) == 20
    assert new.sheet_a != new.sheet_b
    assert len(new.store_id) == 32
    assert not list(tmp_path.iterdir())
    assert new.sheet_a.hex() not in repr(new)


@pytest.mark.parametrize(
    ("name", "password", "problem"),
    [
        (NAME, "eleven char", "at least 12 characters"),
        ("  ", PASSWORD, "name to sign in"),
    ],
)
def test_a_name_and_a_good_password_are_needed(
    folder: Path, name: str, password: str, problem: str
) -> None:
    vault_ = SessionVault()
    new = desk_keys.plan()
    with pytest.raises(NotValid, match=problem):
        new.write(folder, vault_, "manager", name, password, FLOOR)

    assert not folder.exists()
    assert vault_.get(new.store_id, "team-secret") is None


def test_the_keys_of_a_desk_are_never_overwritten(made: RealDesk) -> None:
    before = (made.folder / roster.NAME).read_bytes()

    with pytest.raises(DeskError, match="already"):
        desk_keys.plan().write(
            made.folder, made.vault, "other", OTHER_NAME, OTHER_PASSWORD, FLOOR
        )

    assert (made.folder / roster.NAME).read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or not os.geteuid(), reason="root may write all")
def test_a_folder_that_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, place, new = tmp_path / "desk", SessionVault(), desk_keys.plan()
    folder.mkdir(mode=0o500)

    with pytest.raises(ReadOnly):
        new.write(folder, place, "manager", NAME, PASSWORD, FLOOR)

    assert not list(folder.iterdir())
    assert place.get(new.store_id, "team-secret") is None


def test_what_could_not_be_written_is_written_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    new, place = desk_keys.plan(), SessionVault()
    with pytest.raises(DeskError):
        new.write(tmp_path / "file", place, "manager", NAME, PASSWORD, FLOOR)

    keys = new.write(tmp_path / "desk", place, "manager", NAME, PASSWORD, FLOOR)

    assert keys.store_id == new.store_id
    assert desk_keys.unlock(tmp_path / "desk", place, NAME, PASSWORD)[1].key == keys.key


def test_no_key_or_password_is_ever_printed(made: RealDesk) -> None:
    keys, listed = made.unlock(), roster.read(made.folder)
    slot = listed.slots["manager"]
    said = (
        f"{keys!r} {keys.ring()!r} {keys.author()!r} {listed!r} {slot!r} {slot.box!r}"
    )
    said += repr(desk_keys.by_sheet_a(made.folder, made.new.sheet_a))

    for word in (keys.key.hex(), keys.team_secret.hex(), PASSWORD, "Invented"):
        assert word not in said
    assert repr(keys.key) not in said
    assert repr(keys.author().pair.opens) not in said


def test_no_file_names_anybody_or_holds_a_key(made: RealDesk) -> None:
    held = b"".join(each.read_bytes() for each in made.folder.iterdir()).lower()
    keys, new = made.keys, made.new
    pair = keys.author().pair

    for word in (b"jo invented", b"invented", PASSWORD.encode()):
        assert word not in held
    secrets = [keys.key, keys.team_secret, new.sheet_a, new.sheet_b]
    secrets += [pair.opens, pair.signs]
    secrets += [keys.epoch_key(name, 1) for name in keys.compartments()]
    for key in secrets:
        assert key not in held
        assert key.hex().encode() not in held


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
def test_key_files_can_not_be_read_by_others(folder: Path) -> None:
    real_desk(folder)
    for each in folder.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME])
def test_a_missing_key_file_is_told(made: RealDesk, name: str) -> None:
    (made.folder / name).unlink()

    with pytest.raises(Missing, match=name):
        made.unlock()


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME])
def test_the_key_file_of_another_desk_is_not_taken(
    made: RealDesk, staffed_once: RealDesk, name: str
) -> None:
    (made.folder / name).write_bytes((staffed_once.folder / name).read_bytes())

    with pytest.raises((Damaged, SecretNeeded)):
        made.unlock()


def test_a_schedule_needs_no_name_while_one_person_can_be_meant(
    staffed: RealDesk,
) -> None:
    assert staffed.unlock("", OTHER_PASSWORD).user == "counsellor"


def test_two_people_with_one_password_are_told_apart_by_name_only(
    staffed: RealDesk,
) -> None:
    desk_keys.add_user(
        staffed.folder,
        staffed.signed_in("manager"),
        "second",
        "Second Invented",
        OTHER_PASSWORD,
        admin=False,
        cost=FLOOR,
    )

    assert staffed.unlock("second invented", OTHER_PASSWORD).user == "second"
    assert staffed.unlock(OTHER_NAME, OTHER_PASSWORD).user == "counsellor"
    with pytest.raises(WrongPassword, match="Say who signs in"):
        staffed.unlock("", OTHER_PASSWORD)
