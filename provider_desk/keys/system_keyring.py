"""The keyring of the operating system, and which of them keep a secret.

A keyring may ask its owner something in a window of its own and wait for ever, so every
call runs in a thread and is given up after ten seconds.
Source: security design, §2.3; desktop design, §4.
"""

import secrets
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from provider_desk.keys.vault import LONGEST_VALUE, What, refuse_long
from provider_desk.model.errors import NoKeyring

#: How long a keyring may take to answer.
LIMIT_SECONDS = 10.0
_A_MOMENT = 0.1

_SERVICE = "provider-desk"

#: Those that keep secrets encrypted by what the person signs in to the computer with.
#: Any other is refused: what is not known may write a plain file.
TRUSTED = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.macOS.Keyring": "the keychain of macOS",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}

#: What the system has when it has nothing.
_NONE_AT_ALL = {"keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"}

_ADVICE = (
    "Nothing was changed. Sign in to the computer's desktop so that its keyring is "
    "there, or name a private file with --team-secret."
)

_T = TypeVar("_T")


class KeyringVault:
    """Keeps values in the system's keyring, one entry for each desk and purpose."""

    def __init__(
        self, backend: KeyringBackend, *, limit_seconds: float = LIMIT_SECONDS
    ) -> None:
        """Take a keyring into use.

        Args:
            backend: what keeps the values.
            limit_seconds: how long an answer may take.

        Raises:
            NoKeyring: it is none of those that keep a secret.
        """
        self._backend = backend
        self._name = name_of(backend)
        self._limit = limit_seconds
        self._one_at_a_time = threading.Lock()
        self._given_up = False

    def __repr__(self) -> str:
        return f"<vault in {self._name}>"

    @property
    def words(self) -> str:
        """What the place is called, for Settings."""
        return f"the keyring of this computer ({self._name})"

    def try_out(self) -> None:
        """Keep a value of full size and read it back; a short one proves too little.

        Raises:
            NoKeyring: the keyring refuses, does not answer, or gives something else.
        """
        service, user = f"{_SERVICE}/trial-{secrets.token_hex(8)}", "trial"
        value = secrets.token_hex(LONGEST_VALUE // 2)

        def there_and_back() -> str | None:
            self._backend.set_password(service, user, value)
            try:
                return self._backend.get_password(service, user)
            finally:
                self._backend.delete_password(service, user)

        if self._asked(there_and_back) != value:
            raise NoKeyring(
                f"The keyring of this computer ({self._name}) does not give back what "
                "it was given.",
                _ADVICE,
            )

    def shared(self) -> str | None:
        """Each desk has its own."""
        return None

    def get(self, store_id: str, what: What) -> str | None:
        """What is kept for a desk, or None.

        Raises:
            NoKeyring: the keyring does not answer, or refuses.
        """
        service = _service(store_id, what)
        return self._asked(lambda: self._backend.get_password(service, what))

    def put(self, store_id: str, what: What, value: str) -> None:
        """Keep something for a desk in place of what was kept.

        Raises:
            NoKeyring: the keyring does not answer, or refuses.
        """
        refuse_long(value)
        service = _service(store_id, what)
        self._asked(lambda: self._backend.set_password(service, what, value))

    def forget(self, store_id: str, what: What) -> None:
        """Remove what is kept, if anything is.

        Raises:
            NoKeyring: the keyring does not answer, or refuses.
        """
        service = _service(store_id, what)

        def remove() -> None:
            if self._backend.get_password(service, what) is not None:
                self._backend.delete_password(service, what)

        self._asked(remove)

    def _asked(self, ask: Callable[[], _T]) -> _T:
        """An answer of the keyring; one question at a time.

        While an earlier one hangs at a window of the keyring, no second is opened, and
        nobody waits for it again.
        """
        patience = _A_MOMENT if self._given_up else self._limit
        if not self._one_at_a_time.acquire(timeout=patience):
            raise self._silent()
        call = _Call(ask, self._one_at_a_time.release)
        self._given_up = not call.ended.wait(self._limit)
        if self._given_up:
            raise self._silent()
        try:
            return call.answer()
        except KeyringLocked as error:
            raise NoKeyring(
                f"The keyring of this computer ({self._name}) is locked.",
                "Nothing was changed. Unlock it with the password you sign in to the "
                "computer with, then try again.",
            ) from error
        except Exception as error:
            # Each system's keyring has errors of its own, from modules of its own.
            raise NoKeyring(
                f"The keyring of this computer ({self._name}) refuses.", _ADVICE
            ) from error

    def _silent(self) -> NoKeyring:
        return NoKeyring(
            f"The keyring of this computer ({self._name}) does not answer.",
            "Nothing was changed. It may be asking for its own password in a window "
            "behind this one: answer that, then try again.",
        )


class _Call(Generic[_T]):
    """A question to a keyring in a thread that the program does not wait for."""

    def __init__(self, ask: Callable[[], _T], at_end: Callable[[], None]) -> None:
        self.ended = threading.Event()
        self._ask = ask
        self._at_end = at_end
        self._answers: list[_T] = []
        self._error: BaseException | None = None
        threading.Thread(target=self._run, name="keyring", daemon=True).start()

    def _run(self) -> None:
        try:
            self._answers.append(self._ask())
        except BaseException as error:  # noqa: BLE001  handed to who asked
            self._error = error
        finally:
            self._at_end()
            self.ended.set()

    def answer(self) -> _T:
        """What the keyring gave, or the error it raised."""
        if self._error is not None:
            raise self._error
        return self._answers[0]


def chosen(*, limit_seconds: float = LIMIT_SECONDS) -> KeyringBackend:
    """The keyring that this system offers.

    Raises:
        NoKeyring: finding out took too long, or failed.
    """
    call = _Call(keyring.get_keyring, _nothing)
    if call.ended.wait(limit_seconds):
        try:
            return call.answer()
        except Exception as error:
            raise NoKeyring(
                "The keyring of this computer can't be reached.", _ADVICE
            ) from error
    raise NoKeyring("The keyring of this computer does not answer.", _ADVICE)


def name_of(backend: KeyringBackend) -> str:
    """What a keyring is called.

    Raises:
        NoKeyring: it does not keep secrets, or keeps them where others can read them.
    """
    if isinstance(backend, ChainerBackend):
        # It would hand a value on to the next where the first refuses.
        names = [name_of(each) for each in backend.backends]
        if not names:
            raise _none_at_all()
        return " and ".join(dict.fromkeys(names))
    kind = type(backend)
    path = f"{kind.__module__}.{kind.__qualname__}"
    if path in TRUSTED:
        return TRUSTED[path]
    if path in _NONE_AT_ALL:
        raise _none_at_all()
    if "plain" in path.casefold():
        raise NoKeyring(
            f"The keyring of this computer ({kind.__qualname__}) keeps secrets in a "
            "plain file that others could read.",
            _ADVICE,
        )
    raise NoKeyring(
        f"The keyring of this computer ({path}) is none that is known to keep secrets "
        "encrypted.",
        _ADVICE,
    )


def _none_at_all() -> NoKeyring:
    return NoKeyring("This computer offers no keyring.", _ADVICE)


def _service(store_id: str, what: What) -> str:
    # One service name for each value: two names under one service get mixed up on
    # Windows. Source: desktop design, §4.
    return f"{_SERVICE}/{store_id}/{what}"


def _nothing() -> None:
    """Nobody waits in line for the choice."""
