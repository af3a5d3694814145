"""The demo desk: invented people, and a colleague for each role."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, InUse, NotAllowed
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client, Session, User
from provider_desk.model.sealed_text import is_sealed
from provider_desk.services.casework import people, today
from provider_desk.services.demo import demo_desk
from provider_desk.services.desk import Desk
from provider_desk.services.entry.sign_in import desk_exists
from provider_desk.services.looking import looks
from provider_desk.services.notes import process_notes
from provider_desk.services.rights import users
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.pages.change_event import CHANGES
from tests.builders.processes import ROOT, surroundings

ROLES = {
    "Demo Manager": "MANAGER",
    "Demo Lead": "CLINICAL_LEAD",
    "Demo Counsellor": "COUNSELLOR",
    "Demo Caseworker": "CASEWORKER",
    "Demo Administrator": "ADMINISTRATOR",
    "Demo Student": "STUDENT",
    "Demo Trustee": "TRUSTEE",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "desk"
    demo_desk.open_demo(folder, FixedClock(NOW_MS)).close()
    return folder


NOW_MS = 1_795_342_800_000
#: Who is asked to do nothing for a person on the demo's first day.
_WITHOUT_DEEDS = ("TRUSTEE", "STUDENT")


def opened(folder: Path, name: str) -> closing[Desk]:
    return closing(demo_desk.open_demo(folder, FixedClock(NOW_MS), name=name))


def test_everybody_named_signs_in_with_the_one_password_to_their_role(
    folder: Path,
) -> None:
    found = {}
    for name in demo_desk.NAMES:
        with opened(folder, name) as desk:
            found[desk.user.name] = desk.user.role
            counsel = desk.keys.holds("counsel:main")
            assert counsel == may(desk, Permission.WRITE_SEALED), name

    assert found == ROLES


def test_caseloads_are_there_to_be_seen_and_differ(folder: Path) -> None:
    seen = {}
    for name in ("Demo Counsellor", "Demo Caseworker", "Demo Student"):
        with opened(folder, name) as desk:
            page = people.search(desk, "", count=500)
            seen[name] = {row.client_id for row in page.rows}
            assert today.things_to_do(desk).todos

    assert all(len(ids) > 10 for ids in seen.values())
    assert not seen["Demo Counsellor"] & seen["Demo Student"]


@pytest.mark.parametrize("name", demo_desk.NAMES)
def test_what_settles_a_line_of_today_is_a_deed_of_the_window(
    folder: Path, name: str
) -> None:
    known = {key.words for key in deeds.ALL}
    known |= {change.words for found in CHANGES.values() for change in found}

    with opened(folder, name) as desk:
        todos = today.things_to_do(desk).todos
        offered = {each for todo in todos for each in (todo.deed, todo.other) if each}

    assert offered - known == set()
    assert offered or desk.user.role in _WITHOUT_DEEDS


def test_the_students_account_ends(folder: Path) -> None:
    with opened(folder, "Demo Manager") as desk, desk.store.reading() as rows:
        ends = {user.name: user.ends_on for user in find(rows, User)}

    assert ends.pop("Demo Student") is not None
    assert set(ends.values()) == {None}


def test_the_counsellor_has_notes_and_the_manager_reads_none(folder: Path) -> None:
    with opened(folder, "Demo Counsellor") as desk:
        mine = process_notes.mine(desk).rows
        with desk.store.reading() as rows:
            held = [each for each in find(rows, Session) if each.note]
    with opened(folder, "Demo Manager") as desk:
        assert not process_notes.of_person(desk, mine[0].client_id)

    assert len(mine) >= 3
    assert all("invented" in line.begins or line.version > 1 for line in mine)
    assert any(line.version == 2 for line in mine)
    therapy = [each for each in held if each.type == "THERAPY"]
    assert therapy
    assert all(is_sealed(each.note) for each in therapy)


def test_who_looked_tells_of_the_keys_that_were_given(folder: Path) -> None:
    with opened(folder, "Demo Manager") as desk:
        given = looks.log(desk, kind=LookKind.RIGHTS).rows

    assert {line.by for line in given} == {"Demo Lead"}
    assert any("Demo Student" in line.about for line in given)


def test_the_sign_in_page_is_told_every_name() -> None:
    said = demo_desk.hint()

    assert all(f"“{name}”" in said for name in ROLES)
    assert demo_desk.PASSWORD in said


def test_a_name_is_taken_however_it_is_typed_and_another_is_refused(
    tmp_path: Path,
) -> None:
    assert demo_desk.named("  demo  counsellor ") == "Demo Counsellor"
    with pytest.raises(DeskError, match="Demo Trustee"):
        demo_desk.open_demo(tmp_path / "desk", FixedClock(NOW_MS), name="Somebody")
    assert not (tmp_path / "desk").exists()


_CHILD = """
import sys
from pathlib import Path
from provider_desk.model.clock import FixedClock
from provider_desk.services.demo import demo_desk
demo_desk.open_demo(Path(sys.argv[1]), FixedClock(int(sys.argv[2])))
"""

_MOMENTS: dict[str, Callable[[Path], bool]] = {
    "begun": lambda folder: (folder / "being-made").exists(),
    "keys are there": lambda folder: (folder / "roster.bin").exists(),
    "marked": lambda folder: (folder / "demo.txt").exists(),
    "people come in": lambda folder: _wal_bytes(folder) > 1_000_000,
}


def _wal_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*-wal"))


@pytest.fixture(params=_MOMENTS, ids=list(_MOMENTS))
def killed(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of a demo desk whose making was killed at a moment."""
    folder = tmp_path / "desk"
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), str(NOW_MS)],
        cwd=ROOT,
        env=surroundings(),
    )
    try:
        while not _MOMENTS[str(request.param)](folder):
            assert child.poll() is None, "it came to its end"
            time.sleep(0.0005)
    finally:
        child.kill()
        child.wait()
    return folder


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_a_kill_while_it_is_made_leaves_no_demo_and_bars_none(killed: Path) -> None:
    assert (killed / "being-made").exists(), "it was made whole already"
    assert not desk_exists(killed)

    with closing(demo_desk.open_demo(killed, FixedClock(NOW_MS))) as desk:
        with desk.store.reading() as rows:
            assert len(find(rows, Client)) == 242
            assert {user.name for user in find(rows, User)} == set(ROLES)
        assert desk.provider().invented == "Y"


def test_a_demo_that_is_open_is_not_removed_and_a_closed_one_is(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "desk"
    with closing(demo_desk.open_demo(folder, FixedClock(NOW_MS))), pytest.raises(InUse):
        demo_desk.remove(folder)
    assert desk_exists(folder)

    demo_desk.remove(folder)

    assert list(tmp_path.iterdir()) == []


def test_a_demo_of_an_earlier_version_says_so_and_can_be_removed(
    folder: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(folder, tmp_path / "earlier")
    (other / "demo.txt").write_text("Everyone on this desk is invented.\n")

    with pytest.raises(DeskError, match="earlier version"):
        demo_desk.open_demo(other, FixedClock(NOW_MS))
    demo_desk.remove(other)

    assert not other.exists()


def test_a_desk_whose_password_was_changed_points_to_a_fresh_one(
    folder: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    with closing(
        demo_desk.open_demo(other, FixedClock(NOW_MS), name="Demo Lead")
    ) as desk:
        users.change_password(desk, demo_desk.PASSWORD, "four other invented words")

    with pytest.raises(DeskError, match="--fresh"):
        demo_desk.open_demo(other, FixedClock(NOW_MS), name="Demo Lead")


def test_a_mark_of_another_desk_does_not_make_this_one_a_demo(
    folder: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(folder, tmp_path / "real")
    mark = (other / "demo.txt").read_text()
    (other / "demo.txt").write_text(mark[: -len("0" * 32) - 1] + "0" * 32)

    with pytest.raises(NotAllowed):
        demo_desk.open_demo(other, FixedClock(NOW_MS))
    with pytest.raises(NotAllowed):
        demo_desk.remove(other)
    assert (other / "roster.bin").exists()
