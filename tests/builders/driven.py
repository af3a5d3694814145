"""The real window in a process of its own, driven by lines; see tests/faults."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.vault import FileVault
from provider_desk.model.clock import FixedClock, SystemClock
from provider_desk.model.fields import Value
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sign_in
from tests.builders.casework import TODAY, make_client, make_episode
from tests.builders.desks import MANAGER, PASSWORD, made_desk

ROOT = Path(__file__).resolve().parents[2]
#: A word of the note that is typed; the driver itself does not hold it.
NOTE = "canarynoteword "
DRIVER = ROOT / "tests" / "faults" / "window_driver.py"


@dataclass(frozen=True, slots=True)
class Driven:
    """A running window.

    Attributes:
        folder: of the desk.
        secret: the file with the team secret.
        process: the program.
    """

    folder: Path
    secret: Path
    process: subprocess.Popen[str]

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End it, however it stands."""
        self.process.kill()
        self.process.communicate()

    def tell(self, *lines: str) -> None:
        """Give it lines."""
        assert self.process.stdin is not None
        for line in lines:
            self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def said(self, word: str) -> str:
        """The rest of the next line that begins with a word."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(word):
                return line.removeprefix(word).strip()
        raise AssertionError(f"the window ended and never said “{word}”")


def desk_with_a_case(folder: Path, secret: Path) -> DeskKeys:
    """A real desk with a password and one person in support; its manager's keys."""
    contract: Mapping[str, Value] = {
        "reference": "INV-1",
        "title": "An invented contract",
        "starts_on": date(2016, 7, 1),
    }
    with closing(made_desk(folder, FixedClock.on(TODAY), FileVault(secret))) as desk:
        settings.add_contract(desk, contract, ["THER"])
        make_episode(desk, make_client(desk, known_as="Kim Canaryname"))
        return desk.keys


def opened(folder: Path, secret: Path) -> Desk:
    """The same desk, opened here with name and password."""
    return sign_in.sign_in(folder, MANAGER, PASSWORD, SystemClock(), FileVault(secret))


def driven(
    folder: Path, secret: Path, settings: Path, more: Mapping[str, str] | None = None
) -> Driven:
    """Start the window on a desk and sign in."""
    process = subprocess.Popen(
        [
            *(sys.executable, str(DRIVER)),
            *("--data", str(folder), "--team-secret", str(secret)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "XDG_CONFIG_HOME": str(settings),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
            **(more or {}),
        },
    )
    found = Driven(folder, secret, process)
    found.tell(MANAGER, PASSWORD, NOTE * 40)
    return found
