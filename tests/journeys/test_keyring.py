"""The team secret in the system's own keyring: a real Secret Service."""

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from provider_desk.keys.vault import LONGEST_VALUE, Vault, secret_of
from tests.builders.processes import MANAGER, PASSWORD, Done, code_on, run
from tests.builders.secret_service import keyring, silent_keyring

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux", reason="the Secret Service is that of Linux"
    ),
    pytest.mark.timeout(120),
]
STORE = "5" * 32


@pytest.fixture
def service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mapping[str, str]]:
    """A keyring that is open, for this process and those it starts."""
    home = tmp_path / "home"
    home.mkdir()
    with keyring(home) as surroundings:
        for name in ("HOME", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, surroundings[name])
        yield surroundings


@pytest.fixture
def vault(service: Mapping[str, str]) -> Vault:
    """It, as the program uses it."""
    assert service
    return real_vault()


def real_vault() -> Vault:
    from keyring.backends import SecretService  # noqa: PLC0415

    from provider_desk.keys.system_keyring import KeyringVault  # noqa: PLC0415

    return KeyringVault(SecretService.Keyring())


def test_values_of_full_size_are_kept_and_forgotten(vault: Vault) -> None:
    vault.try_out()
    value = "é" * LONGEST_VALUE
    assert vault.get(STORE, "team-secret") is None

    vault.put(STORE, "team-secret", "first")
    vault.put(STORE, "team-secret", value)
    vault.put(STORE, "fresh", "seen 12")

    assert vault.get(STORE, "team-secret") == value
    assert real_vault().get(STORE, "fresh") == "seen 12"
    vault.forget(STORE, "team-secret")
    vault.forget(STORE, "team-secret")
    assert vault.get(STORE, "team-secret") is None
    assert "Secret Service" in vault.words


def in_session(service: Mapping[str, str], *words: object, typed: str) -> Done:
    return run(*words, typed=typed, environment=service)


def test_a_desk_lives_with_its_secret_in_the_keyring_and_survives_its_loss(
    service: Mapping[str, str], vault: Vault, tmp_path: Path
) -> None:
    desk, sheets = tmp_path / "desk", tmp_path / "sheets"
    check = ("check", "--data", desk, "--password-stdin")
    word = f"{PASSWORD}\n"

    made = in_session(
        service,
        *("create", "--data", desk, "--provider", "Rothacs", "--user", MANAGER),
        *("--password-stdin", "--sheets", sheets, "--sheets-kept"),
        typed=word,
    )
    assert made.returncode == 0, made.stderr
    done = in_session(service, *check, typed=word)
    assert done.returncode == 0, done.stderr

    store_id = _store_of(desk)
    text = vault.get(store_id, "team-secret")
    assert text is not None
    assert len(text) == 52
    assert vault.get(store_id, "fresh")
    for path in desk.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert text.encode() not in data
            assert secret_of(text) not in data

    vault.forget(store_id, "team-secret")
    lost = in_session(service, *check, typed=word)
    assert lost.returncode == 1
    assert "recovery sheet A" in lost.stderr
    code = code_on(sheets / "recovery-sheet-A.pdf")
    back = ("bring-secret", "--data", desk, "--sheet-stdin")
    done = in_session(service, *back, typed=f"{code}\n")
    assert done.returncode == 0, done.stderr
    assert vault.get(store_id, "team-secret") == text
    done = in_session(service, *check, typed=word)
    assert done.returncode == 0, done.stderr


def _store_of(desk: Path) -> str:
    from provider_desk.keys import roster  # noqa: PLC0415

    return roster.read(desk).store


def create(folder: Path, surroundings: Mapping[str, str]) -> Done:
    return run(
        *("create", "--data", folder / "desk", "--provider", "Rothacs"),
        *("--user", MANAGER, "--password-stdin", "--sheets", folder / "sheets"),
        environment=surroundings,
    )


def test_a_keyring_that_is_locked_is_told_in_words(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with keyring(home, locked=True) as surroundings:
        done = create(tmp_path, surroundings)

    assert done.returncode == 1
    assert "keyring of this computer (Secret Service)" in done.stderr
    assert "--team-secret" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_desk_with_a_silent_keyring_is_refused_after_ten_seconds(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with silent_keyring(home) as surroundings:
        before = time.monotonic()
        done = create(tmp_path, surroundings)
        took = time.monotonic() - before

    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert took < 20
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
