"""Where the team secret is kept when no keyring is there."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys.vault import (
    LONGEST_VALUE,
    FileVault,
    SessionVault,
    secret_of,
    secret_text,
)
from provider_desk.model.errors import Missing, NoKeyring

STORE, OTHER = "a" * 32, "b" * 32
SECRET = secret_text(bytes(range(32)))


@given(st.binary(min_size=32, max_size=32))
def test_a_secret_is_52_letters_and_comes_back(secret: bytes) -> None:
    text = secret_text(secret)

    assert len(text) == 52
    assert secret_of(f" {text.lower()}\n") == secret


@pytest.mark.parametrize("text", ["", "A" * 51, "A" * 53, "1" * 52, "é" * 52])
def test_what_is_no_secret_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="team secret"):
        secret_of(text)


def test_the_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secret")
    assert vault.get(STORE, "team-secret") is None

    vault.put(STORE, "team-secret", SECRET)
    vault.put(STORE, "fresh", "seen 12")

    assert vault.get(STORE, "team-secret") == SECRET
    assert vault.get(STORE, "fresh") == "seen 12"
    assert {p.name for p in tmp_path.iterdir()} == {"secret", "secret.fresh"}
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_file_is_one_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    vault = FileVault(path)
    vault.try_out()
    assert vault.get(STORE, "team-secret") is None

    vault.put(STORE, "team-secret", SECRET)

    assert vault.get(STORE, "team-secret") == SECRET


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the folder there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o644, 0o666])
def test_a_file_that_others_may_open_is_refused_with_what_to_do(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "secret"
    FileVault(path).put(STORE, "team-secret", SECRET)
    path.chmod(mode)

    with pytest.raises(NoKeyring) as refused:
        FileVault(path).get(STORE, "team-secret")

    assert "chmod 600" in refused.value.advice
    assert SECRET not in str(refused.value)


def test_another_desks_secret_is_never_written_over(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secret")
    vault.put(STORE, "team-secret", SECRET)

    with pytest.raises(NoKeyring, match="another desk"):
        vault.put(OTHER, "team-secret", secret_text(bytes(32)))

    assert vault.get(STORE, "team-secret") == SECRET
    vault.put(OTHER, "team-secret", SECRET)


@pytest.mark.parametrize("text", ["hello\n", "\n\n", "A" * 51, "é" * 60, "x" * 20_000])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "letter"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    vault = FileVault(path)

    none = "does not hold a team secret"
    with pytest.raises(NoKeyring, match=none):
        vault.try_out()
    with pytest.raises(NoKeyring, match=none):
        vault.get(STORE, "team-secret")
    with pytest.raises(NoKeyring, match=none):
        vault.put(STORE, "team-secret", SECRET)

    assert path.read_text("utf-8") == text


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoKeyring, match="not a file"):
        FileVault(tmp_path).get(STORE, "team-secret")


def test_a_folder_that_is_not_there_is_told_before_anything_is_made(
    tmp_path: Path,
) -> None:
    with pytest.raises(Missing):
        FileVault(tmp_path / "none" / "secret").try_out()


def test_what_one_desk_remembers_is_not_told_to_another(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secret")
    vault.put(STORE, "fresh", "seen 12")

    assert vault.get(OTHER, "fresh") is None


def test_forgetting_removes_the_file(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secret")
    vault.put(STORE, "team-secret", SECRET)
    vault.forget(STORE, "team-secret")
    vault.forget(STORE, "team-secret")

    assert list(tmp_path.iterdir()) == []


def test_memory_keeps_each_desks_values_apart() -> None:
    vault = SessionVault()
    vault.try_out()
    vault.put(STORE, "team-secret", SECRET)

    assert vault.get(STORE, "team-secret") == SECRET
    assert vault.get(STORE, "fresh") is None
    assert vault.get(OTHER, "team-secret") is None
    assert SECRET not in repr(vault)
    vault.forget(STORE, "team-secret")
    assert vault.get(STORE, "team-secret") is None


def test_a_value_longer_than_windows_keeps_is_refused(tmp_path: Path) -> None:
    for vault in (SessionVault(), FileVault(tmp_path / "secret")):
        with pytest.raises(ValueError, match="1,200"):
            vault.put(STORE, "fresh", "x" * (LONGEST_VALUE + 1))
