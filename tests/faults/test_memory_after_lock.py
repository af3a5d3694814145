"""After a lock the same process number holds no password, no key and no note.

The real program is driven from inside; its memory is read from outside, before the
lock, so that the search is known to find, and after it. Source: security design, §2.8,
§4.2.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from provider_desk.keys.desk_keys import DeskKeys
from tests.builders.desks import MANAGER, PASSWORD
from tests.builders.driven import NOTE, desk_with_a_case, driven, opened

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="only Linux shows memory as a file"
)

#: At most this much of a region is read at a time, bytes.
_STEP = 16 << 20


def needles(keys: DeskKeys) -> dict[str, list[bytes]]:
    """What may not be found, by kind."""
    secrets = [keys.key, keys.team_secret, keys.own_key("drafts")]
    secrets += [
        keys.epoch_key(name, epoch)
        for name in keys.compartments()
        for epoch in range(1, keys.newest_epoch(name) + 1)
    ]
    hexed = [each.hex().encode() for each in secrets]
    words = {
        "password": [PASSWORD],
        "note": [NOTE],
        "name": ["Canaryname", MANAGER],
    }
    found = {
        kind: [code for w in each for code in (w.encode(), w.encode("utf-16-le"))]
        for kind, each in words.items()
    }
    return {**found, "key": [*secrets, *hexed]}


def hits(pid: int, wanted: dict[str, list[bytes]]) -> dict[str, int]:
    """How often each kind stands in the memory that a process may write to."""
    counts = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(each, 16) for each in span.split("-"))
            for at in range(start, end, _STEP):
                memory.seek(at)
                try:
                    held = memory.read(min(_STEP, end - at))
                except OSError:
                    continue
                for kind, each in wanted.items():
                    counts[kind] += sum(held.count(needle) for needle in each)
    return counts


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An X server of its own, where there is one to start."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb on this machine")
    started = subprocess.Popen(
        [server, "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        number = started.stdout.readline().strip()
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        started.kill()
        started.communicate()


@contextmanager
def no_screen() -> Iterator[dict[str, str]]:
    yield {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("where", [no_screen, screen])
def test_nothing_of_an_open_desk_is_in_the_memory_after_a_lock(
    tmp_path: Path, where: object
) -> None:
    folder, secret = tmp_path / "desk", tmp_path / "secret"
    wanted = needles(desk_with_a_case(folder, secret))
    assert callable(where)

    with where() as more, driven(folder, secret, tmp_path / "config", more) as window:
        pid = int(window.said("typed"))
        before = hits(pid, wanted)
        window.tell("lock")
        told = window.said("locked")
        after = hits(pid, wanted)
        outside = b"".join(
            Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ")
        )
        files = {path.resolve().name for path in Path(f"/proc/{pid}/fd").iterdir()}
        window.tell(MANAGER, PASSWORD, "no note", "again")
        drafts = int(window.said("drafts"))

    assert told.startswith(f"{pid} Locked.")
    # What was typed to sign in may be overwritten by now; here it is found for sure.
    here = {"password": wanted["password"]}
    assert hits(os.getpid(), here)["password"]
    assert all(count for kind, count in before.items() if kind not in here), before
    assert after == dict.fromkeys(wanted, 0)
    assert not [each for kind in wanted for each in wanted[kind] if each in outside]
    assert not [name for name in files if name.startswith(("store", "desk."))]
    assert drafts == 1


def test_what_was_typed_lies_in_no_file_but_sealed(tmp_path: Path) -> None:
    folder, secret = tmp_path / "desk", tmp_path / "secret"
    wanted = needles(desk_with_a_case(folder, secret))
    words = [*wanted["note"], *wanted["password"], *wanted["name"]]
    with driven(folder, secret, tmp_path / "config") as window:
        window.said("typed")
        window.tell("lock")
        window.said("locked")
        found = [
            path.name
            for path in tmp_path.rglob("*")
            if path.is_file()
            for each in words
            if each in path.read_bytes()
        ]

    assert found == []
    with closing(opened(folder, secret)):
        pass
