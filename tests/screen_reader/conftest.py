"""A screen, a message bus and an accessibility bus of their own, with the window on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
_LAUNCHERS = (
    "/usr/libexec/at-spi-bus-launcher",
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",
)
#: Programs say what they show only where somebody listens.
_SWITCH_ON = (
    *("dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus"),
    *("/org/a11y/bus", "org.freedesktop.DBus.Properties.Set"),
    *("string:org.a11y.Status", "string:IsEnabled", "variant:boolean:true"),
)
_PYTHON = "/usr/bin/python3"
_PATIENCE_S = 60


class Process:
    """A process that answers each line with one of JSON."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def ask(self, line: str) -> Any:
        """Give it a line and wait for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self.heard()

    def heard(self) -> Any:
        """Its next answer."""
        line = self._lines.get(timeout=_PATIENCE_S)
        assert line, "the process ended"
        return json.loads(line)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")


class Read:
    """A window, and what a screen reader is told of it.

    Attributes:
        window: told where to go.
        listener: asked what is there.
        places: names of the places.
    """

    def __init__(self, window: Process, listener: Process) -> None:
        self.window = window
        self.listener = listener
        self.places: list[str] = window.heard()["places"]
        self._marks = count()

    def do(self, line: str) -> Any:
        """The window's answer to a line, once all it told of has come here."""
        return self.heard_while(line)[0]

    def deeds(self) -> list[tuple[str, str]]:
        """Words, and heading, of every deed that can be done where the window is."""
        return [(words, at) for words, at in self.do("deeds")["deeds"]]

    def heard_while(self, line: str) -> tuple[Any, list[dict[str, Any]]]:
        """The window's answer to a line, and all that was heard meanwhile."""
        mark = f"mark {next(self._marks)}"
        self.listener.ask("heard")
        answer = self.window.ask(f"{line}\t{mark}")
        until, found = monotonic() + _PATIENCE_S, list[dict[str, Any]]()
        while not any(each.get("aloud") == mark for each in found):
            assert monotonic() < until, f"{mark} was never heard"
            found += self.listener.ask("heard")
        return answer, [each for each in found if each.get("aloud") != mark]


@contextmanager
def started(command: list[str], env: Mapping[str, str]) -> Iterator[Any]:
    """A process with pipes, ended at the end."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=dict(env),
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def missing() -> str:
    """What this machine lacks, "" where all is there."""
    for program in ("Xvfb", "dbus-daemon", "dbus-send"):
        if shutil.which(program) is None:
            return f"there is no {program} on this machine"
    if not any(Path(each).exists() for each in _LAUNCHERS):
        return "there is no accessibility bus on this machine"
    asked = [_PYTHON, "-c", "import pyatspi"]
    if (
        not Path(_PYTHON).exists()
        or subprocess.run(asked, check=False, capture_output=True).returncode
    ):
        return "the system's Python has no pyatspi"
    return ""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """The window as a screen reader meets it."""
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    place = tmp_path_factory.mktemp("reader")
    env = {**os.environ, "HOME": str(place), "XDG_CONFIG_HOME": str(place)}
    env |= {"PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(place)}
    env |= {"QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "0"}
    place.chmod(0o700)
    with ExitStack() as stack:
        server = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"]
        screen = stack.enter_context(started([*server, "-nolisten", "tcp"], env))
        env["DISPLAY"] = f":{screen.stdout.readline().strip()}"
        bus = stack.enter_context(
            started(["dbus-daemon", "--session", "--print-address", "--nofork"], env)
        )
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        subprocess.run(_SWITCH_ON, env=env, check=True, capture_output=True)
        heard = stack.enter_context(started([_PYTHON, str(HERE / "listener.py")], env))
        listener = Process(heard)
        listener.ask("nothing")
        shown = stack.enter_context(
            started(
                [sys.executable, str(HERE / "window_process.py"), str(place / "desk")],
                env,
            )
        )
        found = Read(Process(shown), listener)
        until = monotonic() + _PATIENCE_S
        while not listener.ask("there"):
            assert monotonic() < until, "the window never came on the bus"
        yield found
