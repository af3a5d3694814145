"""What a process asks of the disk, call by call, as strace tells it.

Source: security design, §4.2 (power cut).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.faults.processes import environment

#: Calls that change a file or a folder, or bring it to the disk.
_CALLS = (
    "openat,open,creat,close,lseek,write,pwrite64,writev,pwritev,ftruncate,truncate,"
    "fallocate,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,unlink,"
    "unlinkat,mkdir,mkdirat,link,linkat,copy_file_range,sendfile"
)
#: None of the program's code should need these; the disk here does not know them.
_UNKNOWN = frozenset(
    (
        *("writev", "pwritev", "truncate", "link", "linkat"),
        *("copy_file_range", "sendfile", "creat"),
    )
)

_LINE = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(.*)$", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_HANDLE = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
_RESULT = re.compile(r"\) += (-?\d+)(?:<((?:\\x[0-9a-f]{2})*)>)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked of the disk, and done.

    Attributes:
        what: write, size, sync, make, folder, rename, remove or said.
        path: the file or folder; of "said" nothing.
        at: where a write begins; the new size; 0.
        data: what was written or said.
        to: the new name.
        begun: number of the line at which it began.
        done: number of the line at which it was done.
    """

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    to: str = ""
    begun: int = 0
    done: int = 0


@cache
def can_record() -> str:
    """Why calls can't be recorded here; "" where they can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    probe = [strace, "-f", "-e", "trace=none", sys.executable, "-c", ""]
    try:
        done = subprocess.run(probe, capture_output=True, check=False, timeout=30)
    except subprocess.TimeoutExpired:
        return "strace hangs here"
    return "" if done.returncode == 0 else "no right to trace a process here"


def recorded(program: Sequence[str], told: Path) -> list[Asked]:
    """Run a Python program to its end and give what it asked of the disk.

    What it says on standard output is among it.

    Args:
        program: a Python file and its arguments.
        told: where strace may write.
    """
    command = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", str(told)]
    command += ["-e", "signal=none", "-e", f"trace={_CALLS}", "--seccomp-bpf"]
    with subprocess.Popen(
        [*command, sys.executable, *program],
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        process.communicate()
    assert process.returncode == 0, f"{program} ended with {process.returncode}"
    with told.open() as lines:
        found = list(_Calls().read(lines))
    told.unlink()
    return found


class _Calls:
    """Puts the lines together: calls of two threads stand between one another."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[int, str, str]] = {}
        self._places: dict[str, int] = {}

    def read(self, lines: Iterator[str]) -> Iterator[Asked]:
        for number, line in enumerate(lines):
            parts = _LINE.match(line)
            if parts is None:
                continue
            thread, call, rest = parts.groups()
            if rest.rstrip().endswith("<unfinished ...>"):
                self._begun[thread] = (number, call, rest.rsplit("<unf", 1)[0])
                continue
            begun = number
            if rest.startswith(" resumed>"):
                begun, call, before = self._begun.pop(thread)
                rest = before + rest.removeprefix(" resumed>")
            result = _RESULT.search(rest, max(0, len(rest) - 5_000))
            if result is None or int(result[1]) < 0:
                continue
            arguments = rest[1 : result.start()]
            for asked in self._asked(call, arguments, int(result[1]), result[2] or ""):
                yield Asked(
                    asked.what,
                    asked.path,
                    asked.at,
                    asked.data,
                    asked.to,
                    begun,
                    number,
                )

    def _asked(
        self, call: str, given: str, result: int, opened: str
    ) -> Iterator[Asked]:
        handle = _HANDLE.match(given)
        path = _bytes(handle[2]).decode() if handle else ""
        number = handle[1] if handle else ""
        after = [word.strip() for word in given.rsplit(",", 2)]
        if call in ("openat", "open"):
            yield from self._opened(given, str(result), _bytes(opened).decode())
        elif call == "lseek":
            self._places[number] = result
        elif call == "write":
            at = self._places.get(number, 0)
            self._places[number] = at + result
            data = _data(given)[:result]
            yield (
                Asked("said", "", data=data)
                if number == "1"
                else Asked("write", path, at, data)
            )
        elif call == "pwrite64":
            yield Asked("write", path, int(after[-1]), _data(given)[:result])
        elif call == "ftruncate":
            yield Asked("size", path, int(after[-1]))
        elif call == "fallocate":
            yield Asked("room", path, int(after[-2]) + int(after[-1]))
        elif call in ("fsync", "fdatasync"):
            yield Asked("sync", path)
        elif call.startswith(("rename", "unlink", "mkdir")):
            names = [_bytes(text).decode() for text, _ in _TEXT.findall(given)]
            what = {"re": "rename", "un": "remove", "mk": "folder"}[call[:2]]
            yield Asked(what, names[0], to=names[-1])
        elif call in _UNKNOWN:
            yield Asked("unknown", path, data=call.encode())

    def _opened(self, given: str, handle: str, path: str) -> Iterator[Asked]:
        self._places[handle] = 0
        if "O_CREAT" in given:
            yield Asked("make", path)
        if "O_TRUNC" in given:
            yield Asked("size", path, 0)
        if "O_APPEND" in given and "O_WRONLY" in given:
            self._places[handle] = -1


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _data(given: str) -> bytes:
    text = _TEXT.search(given)
    assert text is not None, "strace told no data"
    assert not text[2], "strace cut the data off"
    return _bytes(text[1])
