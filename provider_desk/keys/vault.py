"""Where a computer keeps the team secret: never beside the desk.

::

    Vault          what every such place can do
      KeyringVault   the system's own keyring (in ``system_keyring``)
      FileVault      a file named on the command line, for machines without a keyring
      SessionVault   memory: sheet A is typed at each start

The team secret is the second half of every password: without it a copied desk can't
be guessed at. Source: security design, §2.3.
"""

import base64
import os
import stat
import sys
from pathlib import Path
from typing import Literal, Protocol

from provider_desk.model import files
from provider_desk.model.errors import NoKeyring

What = Literal["team-secret", "fresh"]

#: Windows keeps 2,560 bytes, 1,280 characters in its letters.
#: Source: desktop design, §4.
LONGEST_VALUE = 1_200

_SECRET_BYTES = 32
_SECRET_LETTERS = 52
_LARGEST_FILE = 100_000
_MADE_FOR = "# The team secret of Provider Desk, made for desk "


class Vault(Protocol):
    """A place outside the desk's folder that keeps two short texts for each desk."""

    @property
    def words(self) -> str:
        """What the place is called, for Settings."""
        ...

    def try_out(self) -> None:
        """Find out whether a value of full size can be kept and read back.

        Raises:
            NoKeyring: it can't.
        """
        ...

    def shared(self) -> str | None:
        """A team secret that is there for any desk; None where each has its own.

        Raises:
            NoKeyring: others may read it, or it is none.
            Trouble: it can't be read.
        """
        ...

    def get(self, store_id: str, what: What) -> str | None:
        """What is kept for a desk, or None.

        Raises:
            NoKeyring: the place does not answer, or refuses.
        """
        ...

    def put(self, store_id: str, what: What, value: str) -> None:
        """Keep something for a desk in place of what was kept.

        Raises:
            NoKeyring: the place does not answer, or refuses.
            ValueError: the value is longer than 1,200 characters.
        """
        ...

    def forget(self, store_id: str, what: What) -> None:
        """Remove what is kept, if anything is.

        Raises:
            NoKeyring: the place does not answer, or refuses.
        """
        ...


class SessionVault:
    """Keeps everything in memory: gone when the program ends."""

    words = "memory, for this session only"

    def __init__(self) -> None:
        self._kept: dict[tuple[str, What], str] = {}

    def __repr__(self) -> str:
        return "<vault in memory>"

    def try_out(self) -> None:
        """Memory is always there."""

    def shared(self) -> str | None:
        """Each desk has its own."""
        return None

    def get(self, store_id: str, what: What) -> str | None:
        """What is kept for a desk, or None."""
        return self._kept.get((store_id, what))

    def put(self, store_id: str, what: What, value: str) -> None:
        """Keep something until the program ends."""
        refuse_long(value)
        self._kept[store_id, what] = value

    def forget(self, store_id: str, what: What) -> None:
        """Remove what is kept, if anything is."""
        self._kept.pop((store_id, what), None)


class FileVault:
    """Keeps the team secret in a file that this account alone may read.

    For a schedule, a server or a test. The file's first line holds the secret in 52
    characters of base32; what else the desk remembers lies in FILE.fresh beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fresh = path.with_name(f"{path.name}.fresh")

    def __repr__(self) -> str:
        return "<vault in a file>"

    @property
    def words(self) -> str:
        """What the place is called, for Settings."""
        return f"the file “{self._path}”"

    def try_out(self) -> None:
        """Look whether the file is private, or its folder there to make it in.

        Raises:
            NoKeyring: others may read the file, or it is no file of a team secret.
            Missing: the folder is not there.
        """
        if self.shared() is None and not self._path.parent.is_dir():
            raise files.missing(self._path.parent)

    def shared(self) -> str | None:
        """The file's secret; who names one file for several desks shares it.

        Raises:
            NoKeyring: others may read the file, or it is no file of a team secret.
            Trouble: it can't be read.
        """
        text = self._read(self._path)
        return None if text is None else _first_line(self._path, text)

    def get(self, store_id: str, what: What) -> str | None:
        """What is kept for a desk, or None.

        Raises:
            NoKeyring: others may read the file, or it is no file of a team secret.
            Trouble: it can't be read.
        """
        if what == "fresh":
            return self._remembered().get(store_id)
        return self.shared()

    def put(self, store_id: str, what: What, value: str) -> None:
        """Keep something; a team secret that the file holds is never written over.

        Raises:
            NoKeyring: the file holds another team secret, or others may read it.
            DiskFull, ReadOnly, Missing, Trouble: it can't be written.
        """
        refuse_long(value)
        if what == "fresh":
            self._remember({**self._remembered(), store_id: value})
            return
        held = self.shared()
        if held is None:
            about = f"{_MADE_FOR}{store_id}. Copy this file to nobody.\n"
            files.write_whole(self._path, f"{value}\n{about}".encode())
        elif held != value:
            raise NoKeyring(
                f"“{self._path}” holds the team secret of another desk.",
                "It was left as it is. Name another file with --team-secret.",
            )

    def forget(self, store_id: str, what: What) -> None:
        """Remove what is kept for a desk; a secret that was made for another stays.

        Raises:
            ReadOnly, Trouble: it can't be removed.
        """
        if what == "fresh":
            kept = self._remembered()
            if kept.pop(store_id, None) is not None:
                self._remember(kept)
        elif f"{_MADE_FOR}{store_id}" in (self._read(self._path) or ""):
            try:
                self._path.unlink(missing_ok=True)
            except OSError as error:
                raise files.in_words(error, self._path) from error

    def _remembered(self) -> dict[str, str]:
        lines = (self._read(self._fresh) or "").splitlines()
        pairs = (line.partition(" ") for line in lines)
        return {store_id: value for store_id, _, value in pairs if value}

    def _remember(self, kept: dict[str, str]) -> None:
        lines = [f"{store_id} {value}\n" for store_id, value in kept.items()]
        files.write_whole(self._fresh, "".join(lines).encode())

    def _read(self, path: Path) -> str | None:
        """The file's text; None where there is none, or it is empty."""
        try:
            handle = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise files.in_words(error, path) from error
        try:
            _refuse_public(path, os.fstat(handle))
            data = os.read(handle, _LARGEST_FILE)
        except OSError as error:
            raise files.in_words(error, path) from error
        finally:
            os.close(handle)
        return data.decode("ascii", "replace") or None


def system_vault() -> Vault:
    """The keyring of this computer.

    Raises:
        NoKeyring: there is none, or only one that keeps secrets in the clear.
    """
    # Loading it costs a fifth of a second, which the first window does without.
    from provider_desk.keys import system_keyring  # noqa: PLC0415

    return system_keyring.KeyringVault(system_keyring.chosen())


def refuse_long(value: str) -> None:
    """Only what every system's keyring holds is kept.

    Raises:
        ValueError: the value is longer than 1,200 characters.
    """
    if len(value) > LONGEST_VALUE:
        raise ValueError("a keyring value can have 1,200 characters")


def secret_text(secret: bytes) -> str:
    """A team secret as it is kept: 52 characters of base32."""
    return base64.b32encode(secret).decode().rstrip("=")


def secret_of(text: str) -> bytes:
    """The 32 bytes of a team secret that was kept as text.

    Raises:
        ValueError: the text is none.
    """
    plain = text.strip().upper()
    if len(plain) != _SECRET_LETTERS:
        raise ValueError("a team secret has 52 characters")
    try:
        secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError as error:
        raise ValueError("a team secret is written in base32") from error
    if len(secret) != _SECRET_BYTES:
        raise ValueError("a team secret has 32 bytes")
    return secret


def _first_line(path: Path, text: str) -> str:
    line = text.splitlines()[0].strip() if text.strip() else ""
    try:
        secret_of(line)
    except ValueError as error:
        raise NoKeyring(
            f"“{path}” does not hold a team secret: its first line should be 52 "
            "letters and digits.",
            "It was left as it is. Name the right file with --team-secret.",
        ) from error
    return line.upper()


def _refuse_public(path: Path, found: os.stat_result) -> None:
    """A secret that others can read is none."""
    if not stat.S_ISREG(found.st_mode):
        raise NoKeyring(f"“{path}” is not a file.", "Name a file with --team-secret.")
    if sys.platform == "win32":
        # The file's rights are those of the profile folder there.
        return
    if found.st_uid not in (os.getuid(), 0):
        raise NoKeyring(
            f"“{path}” belongs to another account of this computer.",
            "It was not used. Copy it to a file of your own and take away everybody "
            "else's rights: chmod 600.",
        )
    if found.st_mode & 0o077:
        raise NoKeyring(
            f"Others on this computer may read “{path}”, so it keeps no secret.",
            f"It was not used. Take away their rights: chmod 600 “{path}”.",
        )
