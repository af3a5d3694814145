"""Which keyrings are trusted, and what happens when one hangs, fails or lies."""

import threading
import time
from collections.abc import Iterator

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, KeyringLocked

from provider_desk.keys.system_keyring import KeyringVault, name_of
from provider_desk.model.errors import NoKeyring

STORE = "a" * 32


class Memory(KeyringBackend):
    """A keyring in memory that takes a trusted one's name, and misbehaves on demand.

    Attributes:
        kept: what it was given.
        goes_on: it hangs until this is set.
        asked: how often it was asked for something.
        error: what it raises.
        longest: it cuts longer values.
    """

    priority = 0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.asked = 0
        self.error: Exception | None = None
        self.longest = 5_000

    def get_password(self, service: str, username: str) -> str | None:
        """A value that was kept."""
        self._behave()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a value."""
        self._behave()
        self.kept[service, username] = password[: self.longest]

    def delete_password(self, service: str, username: str) -> None:
        """Forget a value."""
        self._behave()
        del self.kept[service, username]

    def _behave(self) -> None:
        self.asked += 1
        self.goes_on.wait()
        if self.error is not None:
            raise self.error


Memory.__module__, Memory.__qualname__ = "keyring.backends.SecretService", "Keyring"


class PlaintextKeyring(KeyringBackend):
    """What some packages put in the place of a keyring."""

    priority = 0

    def __init__(self) -> None:
        """Nothing to set up."""

    def get_password(self, service: str, username: str) -> str | None:
        """Nothing."""
        raise NotImplementedError

    def set_password(self, service: str, username: str, password: str) -> None:
        """Nothing."""
        raise NotImplementedError


class Unheard(PlaintextKeyring):
    """Of which nobody knows where it keeps things."""


Unheard.__qualname__, Unheard.__module__ = "Keyring", "some.other.package"


for each in (Memory, PlaintextKeyring, Unheard):
    # A class of a keyring enters itself among those that a system may offer.
    KeyringBackend._classes.discard(each)


@pytest.fixture
def backend() -> Iterator[Memory]:
    """It behaves, unless told otherwise."""
    made = Memory()
    yield made
    made.goes_on.set()


def test_values_are_kept_for_each_desk_and_purpose(backend: Memory) -> None:
    vault = KeyringVault(backend)
    vault.try_out()
    assert backend.kept == {}

    vault.put(STORE, "team-secret", "one")
    vault.put(STORE, "fresh", "two")

    assert vault.get(STORE, "team-secret") == "one"
    assert vault.get(STORE, "fresh") == "two"
    assert vault.get("b" * 32, "fresh") is None
    services = {service for service, _ in backend.kept}
    assert len(services) == 2, "two names under one service get mixed up on Windows"
    vault.forget(STORE, "team-secret")
    vault.forget(STORE, "team-secret")
    assert vault.get(STORE, "team-secret") is None


@pytest.mark.parametrize(
    ("keyring", "words"),
    [
        (fail.Keyring(), "offers no keyring"),
        (null.Keyring(), "offers no keyring"),
        (PlaintextKeyring(), "plain file"),
        (Unheard(), "none that is known"),
    ],
)
def test_what_keeps_no_secret_is_refused_in_words(
    keyring: KeyringBackend, words: str
) -> None:
    with pytest.raises(NoKeyring, match=words) as refused:
        KeyringVault(keyring)

    assert "--team-secret" in refused.value.advice


def test_a_chain_is_as_good_as_its_weakest_link(
    backend: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    links: list[KeyringBackend] = [backend]
    monkeypatch.setattr(ChainerBackend, "backends", links)
    assert name_of(ChainerBackend()) == "Secret Service"

    links.append(PlaintextKeyring())
    with pytest.raises(NoKeyring, match="plain file"):
        name_of(ChainerBackend())
    links.clear()
    with pytest.raises(NoKeyring, match="offers no keyring"):
        name_of(ChainerBackend())


def test_a_keyring_that_hangs_is_given_up_and_asked_once(backend: Memory) -> None:
    vault = KeyringVault(backend, limit_seconds=0.5)
    backend.goes_on.clear()
    before = time.monotonic()

    for _ in range(20):
        with pytest.raises(NoKeyring, match="does not answer"):
            vault.put(STORE, "fresh", "seen 12")

    assert time.monotonic() - before < 3, "it is waited for once, not each time"
    assert backend.asked == 1, "each question may open one more window"
    backend.goes_on.set()
    assert vault.get(STORE, "fresh") == "seen 12"


def test_a_locked_keyring_says_what_to_do(backend: Memory) -> None:
    backend.error = KeyringLocked("Failed to unlock the collection!")

    with pytest.raises(NoKeyring, match="is locked") as refused:
        KeyringVault(backend).get(STORE, "team-secret")

    assert "Unlock it" in refused.value.advice


@pytest.mark.parametrize(
    "error", [KeyringError("x"), OSError(1783, "stub"), RuntimeError("of its own")]
)
def test_a_keyring_that_fails_is_told_without_the_value(
    backend: Memory, error: Exception
) -> None:
    backend.error = error

    with pytest.raises(NoKeyring, match="refuses") as refused:
        KeyringVault(backend).put(STORE, "team-secret", "the very secret")

    assert "the very secret" not in str(refused.value)


def test_a_keyring_that_cuts_long_values_is_found_out(backend: Memory) -> None:
    backend.longest = 500

    with pytest.raises(NoKeyring, match="does not give back"):
        KeyringVault(backend).try_out()

    assert backend.kept == {}
