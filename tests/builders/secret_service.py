"""A real keyring for a test: gnome-keyring on a message bus of its own.

It has a home of its own too, so that nobody's keyring is ever touched.
"""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")

#: Starts the keyring, says where the bus is, and ends when nobody listens any more.
_UNLOCKED = (
    "printf %s invented | gnome-keyring-daemon --unlock --components=secrets "
    ">/dev/null 2>&1"
)
_LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1"
_AFTER = 'printf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS"; cat >/dev/null'

#: A secret service that takes every question and never answers.
_SILENT = """
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection
bus = open_dbus_connection()
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
print("there", flush=True)
while True:
    bus.receive()
"""


@contextlib.contextmanager
def keyring(home: Path, *, locked: bool = False) -> Iterator[Mapping[str, str]]:
    """A Secret Service; yields the environment in which a program finds it.

    Args:
        home: an empty folder.
        locked: it can't be opened: nobody is there to type its password.
    """
    with _bus(home, _LOCKED if locked else _UNLOCKED) as surroundings:
        yield surroundings


@contextlib.contextmanager
def silent_keyring(home: Path) -> Iterator[Mapping[str, str]]:
    """A Secret Service that never answers."""
    with (
        _bus(home, ":") as surroundings,
        subprocess.Popen(
            [sys.executable, "-c", _SILENT],
            env=dict(surroundings),
            stdout=subprocess.PIPE,
        ) as service,
    ):
        assert service.stdout is not None
        assert service.stdout.readline() == b"there\n"
        try:
            yield surroundings
        finally:
            service.kill()


@contextlib.contextmanager
def _bus(home: Path, start: str) -> Iterator[Mapping[str, str]]:
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")
    surroundings = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    with subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", f"{start}; {_AFTER}"],
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as session:
        assert session.stdout is not None
        assert session.stdin is not None
        address = session.stdout.readline().strip()
        assert address, "the message bus did not start"
        try:
            yield {**surroundings, "DBUS_SESSION_BUS_ADDRESS": address}
        finally:
            session.stdin.close()
