"""Making, opening and changing the keys of a desk."""

import os
import stat
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, local_key, roster
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    Missing,
    NotValid,
    WrongPassword,
)
from provider_desk.model.ids import new_id

NAME, PASSWORD = "Jo Invented", "correct horse battery"
OTHER_NAME, OTHER_PASSWORD = "Sam Invented", "quite another password"
USER, OTHER_USER = new_id(), new_id()


@pytest.fixture
def keys(folder: Path) -> DeskKeys:
    return desk_keys.create(folder, USER, NAME, PASSWORD)


def test_name_and_password_open_what_was_made(folder: Path, keys: DeskKeys) -> None:
    assert desk_keys.unlock(folder, NAME, PASSWORD) == (USER, keys)
    assert len(keys.key) == 32


def test_case_and_blanks_of_a_name_do_not_count(folder: Path, keys: DeskKeys) -> None:
    assert desk_keys.unlock(folder, "  jo   INVENTED ", PASSWORD) == (USER, keys)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("name", "password"),
    [
        (NAME, "Correct horse battery"),
        (NAME, PASSWORD + " "),
        (NAME, ""),
        (OTHER_NAME, PASSWORD),
    ],
)
def test_a_wrong_name_or_password_is_refused_in_the_same_words(
    folder: Path, name: str, password: str
) -> None:
    with pytest.raises(WrongPassword, match="name and password do not open") as caught:
        desk_keys.unlock(folder, name, password)

    assert "Jo" not in str(caught.value)
    assert not password or password not in str(caught.value)


def test_several_people_open_the_same_desk(folder: Path, keys: DeskKeys) -> None:
    desk_keys.add_user(folder, keys, OTHER_USER, OTHER_NAME, OTHER_PASSWORD)

    assert desk_keys.unlock(folder, NAME, PASSWORD) == (USER, keys)
    assert desk_keys.unlock(folder, OTHER_NAME, OTHER_PASSWORD) == (OTHER_USER, keys)
    with pytest.raises(WrongPassword):
        desk_keys.unlock(folder, NAME, OTHER_PASSWORD)


def test_two_people_may_have_the_same_password(folder: Path, keys: DeskKeys) -> None:
    desk_keys.add_user(folder, keys, OTHER_USER, OTHER_NAME, PASSWORD)

    assert desk_keys.unlock(folder, OTHER_NAME, PASSWORD)[0] == OTHER_USER
    assert desk_keys.unlock(folder, NAME, PASSWORD)[0] == USER


def test_a_new_password_takes_the_place_of_the_old(
    folder: Path, keys: DeskKeys
) -> None:
    desk_keys.change_password(folder, NAME, PASSWORD, OTHER_PASSWORD)

    assert desk_keys.unlock(folder, NAME, OTHER_PASSWORD) == (USER, keys)
    with pytest.raises(WrongPassword):
        desk_keys.unlock(folder, NAME, PASSWORD)
    (slot,) = roster.read(folder).slots
    assert slot.version == 2


@pytest.mark.usefixtures("keys")
def test_only_who_knows_the_old_password_sets_a_new_one(folder: Path) -> None:
    before = (folder / roster.NAME).read_bytes()

    with pytest.raises(WrongPassword):
        desk_keys.change_password(folder, NAME, "not the old one", OTHER_PASSWORD)

    assert (folder / roster.NAME).read_bytes() == before


def test_whoever_was_removed_can_not_sign_in(folder: Path, keys: DeskKeys) -> None:
    desk_keys.add_user(folder, keys, OTHER_USER, OTHER_NAME, OTHER_PASSWORD)

    desk_keys.remove_user(folder, USER)

    with pytest.raises(WrongPassword):
        desk_keys.unlock(folder, NAME, PASSWORD)
    with pytest.raises(DeskError, match="only person"):
        desk_keys.remove_user(folder, OTHER_USER)
    assert desk_keys.unlock(folder, OTHER_NAME, OTHER_PASSWORD) == (OTHER_USER, keys)


def test_the_keys_of_a_desk_are_never_overwritten(folder: Path, keys: DeskKeys) -> None:
    with pytest.raises(DeskError, match="already"):
        desk_keys.create(folder, USER, NAME, PASSWORD)

    assert desk_keys.unlock(folder, NAME, PASSWORD) == (USER, keys)


@pytest.mark.parametrize("password", ["", "eleven char", "ﬃ ﬃ ﬃ"])
def test_a_short_password_is_refused_in_a_clear_sentence(
    folder: Path, password: str
) -> None:
    with pytest.raises(NotValid, match="at least 12 characters"):
        desk_keys.create(folder, USER, NAME, password)

    assert not folder.exists()


def test_letters_count_as_they_are_compared() -> None:
    assert desk_keys.password_problem("ﬃ" * 4) is None
    assert desk_keys.password_problem("twelve chars") is None
    assert desk_keys.password_problem("x" * 1_001) is not None


def test_a_name_is_needed(folder: Path) -> None:
    with pytest.raises(NotValid, match="name to sign in"):
        desk_keys.create(folder, USER, "  ", PASSWORD)


def test_no_key_or_password_is_ever_printed(folder: Path, keys: DeskKeys) -> None:
    listed = roster.read(folder)
    said = f"{keys!r} {listed!r} {listed.slots!r} {listed.slots[0].box!r}"
    said += repr(roster.Login(NAME, PASSWORD))
    said += repr(local_key.read(folder, keys.secret, keys.store_id))

    for word in (keys.key.hex(), keys.secret.hex(), PASSWORD, NAME):
        assert word not in said
    assert repr(keys.key) not in said


def test_no_file_names_anybody_or_holds_a_key(folder: Path, keys: DeskKeys) -> None:
    held = b"".join(each.read_bytes() for each in folder.iterdir()).lower()

    for word in (b"jo invented", b"invented", PASSWORD.encode()):
        assert word not in held
    for key in (keys.key, keys.secret):
        assert key not in held
        assert key.hex().encode() not in held


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
@pytest.mark.usefixtures("keys")
def test_key_files_can_not_be_read_by_others(folder: Path) -> None:
    for each in folder.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME])
@pytest.mark.usefixtures("keys")
def test_a_missing_key_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(Missing, match=name):
        desk_keys.unlock(folder, NAME, PASSWORD)


@pytest.mark.usefixtures("keys")
def test_the_key_file_of_another_desk_is_not_taken(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    desk_keys.create(other, USER, NAME, PASSWORD)
    (folder / local_key.NAME).write_bytes((other / local_key.NAME).read_bytes())

    with pytest.raises(Damaged):
        desk_keys.unlock(folder, NAME, PASSWORD)


def test_a_schedule_needs_no_name_while_one_person_can_be_meant(
    folder: Path, keys: DeskKeys
) -> None:
    desk_keys.add_user(folder, keys, "second", "Second Person", "another long password")

    user_id, opened = desk_keys.unlock(folder, "", "another long password")

    assert user_id == "second"
    assert opened.key == keys.key


def test_two_people_with_one_password_are_told_apart_by_name_only(
    folder: Path, keys: DeskKeys
) -> None:
    for name in ("Second", "Third"):
        desk_keys.add_user(folder, keys, name, name, "the same long password")

    assert desk_keys.unlock(folder, "third", "the same long password")[0] == "Third"
    with pytest.raises(WrongPassword, match="Say who signs in"):
        desk_keys.unlock(folder, "", "the same long password")
