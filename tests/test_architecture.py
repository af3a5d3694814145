"""What holds for the whole tree: sizes, words, and where things may live."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.model import resources
from provider_desk.services.rights.permissions import needed_for
from tests.builders.walking import doors

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 400, 500, 50
#: Words that blame, or that only a machine should say. Source: practice P49.
BLAME = re.compile(
    r"\b(failed to attend|non-?complian\w+|refused to|victim status|perpetrator)\b",
    re.IGNORECASE,
)


def python_files(below: str) -> list[Path]:
    return sorted((ROOT / below).rglob("*.py"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize(
    ("below", "longest"), [("provider_desk", LONGEST_FILE), ("tests", LONGEST_TEST)]
)
def test_no_file_is_too_long_to_read(below: str, longest: int) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in python_files(below)
    }

    assert {name: n for name, n in lengths.items() if n > longest} == {}


def test_no_function_is_too_long_to_read() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{each.name}": (each.end_lineno or 0) - each.lineno
        for path in python_files("provider_desk")
        for each in functions(path)
    }

    assert {k: n for k, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_imports_point_downwards() -> None:
    """The contracts of pyproject.toml, so that the tests alone show a breach."""
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.fail("import-linter is not installed beside this Python")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_nobody_is_blamed_on_the_screen() -> None:
    found = {}
    folders = [ROOT / "provider_desk", resources.folder()]
    for path in [p for folder in folders for p in folder.rglob("*")]:
        if path.suffix in (".py", ".toml", ".md"):
            words = BLAME.findall(path.read_text(encoding="utf-8"))
            if words:
                found[path.relative_to(ROOT).as_posix()] = words

    assert found == {}


#: Public functions of services that take a desk and ask nothing of the role, and why.
ASKS_NOTHING = {
    "backup_shelf.clear_parts": "called by what makes a backup",
    "backup_shelf.listed": "names files of backups; their words are sealed",
    "backup_shelf.prune": "called by what makes a backup",
    "backups.chosen_folder": "a path of this computer",
    "backups.daily": "the program does it, whoever is signed in",
    "backups.due": "tells whether the program does it",
    "backups.last_outside_ms": "a moment, and nothing else",
    "backups.listed": "names files of backups; their words are sealed",
    "backups.on_same_disk": "compares two paths",
    "backups.own_folder": "a path of this computer",
    "backups.working_copy": "a path of this computer",
    "before_sign_in.begin": "the program does it when a desk is made",
    "before_sign_in.tell": "the log of who looked leaves nobody out",
    "caseload.scope_of": "this is the asking itself",
    "clock_check.at_sign_in": "compares two moments",
    "counselling.compartment_for": "the name of one's own team",
    "demo_returns.issue_year": "calls what asks, on the demo desk",
    "demo_notes.write_notes": "makes the demo desk, before anybody is in",
    "demo_staff.let_in": "makes the demo desk, before anybody is in",
    "demo_staff.signed_in": "makes the demo desk, before anybody is in",
    "drafts.carry_over": "part of changing one's own password, which asks",
    "freshness.close": "the program does it at the end",
    "freshness.remember": "the program does it every minute",
    "masking.reads_waiting": "this is the asking itself",
    "looks.finish": "the log of who looked leaves nobody out",
    "looks.note": "the log of who looked leaves nobody out",
    "looks.note_once": "the log of who looked leaves nobody out",
    "looks.opened": "the log of who looked leaves nobody out",
    "looks.searched": "the log of who looked leaves nobody out",
    "older_copy.begin": "the program does it when it goes on from an older copy",
    "people.code_letter": "the first letter of the service's own name",
    "permissions.may": "this is the asking itself",
    "permissions.refuse_without": "this is the asking itself",
    "permissions.why_not": "this is the asking itself",
    "process_notes.writes_blindly": "tells of one's own keys",
    "reserve.keep": "the program does it, whoever is signed in",
    "sheet_renewal.desk_number": "the number that stands on the sheets",
    "sheet_renewal.vault_words": "tells of this computer",
    "surveys.empty_box": "the program does it, whoever is signed in",
    "today_office.things": "asks for each of its lines",
    "unsealing.holds_key": "tells of one's own keys",
    "upkeep.check_now": "the program does it, whoever is signed in",
    "upkeep.last_check": "whether the file is sound, and nothing else",
    "upkeep.see_to": "the program does it, whoever is signed in",
}


def test_every_function_that_takes_a_desk_asks_for_permission() -> None:
    """One that reads as well as one that writes.

    Left out are those that work in a transaction of another function: no page can
    give them one. What they and all others tell of other caseloads is found out in
    tests/unit/services/test_other_caseloads.py, by calling every one.
    """
    missing = {
        door.name for door in doors() if not door.inner and not needed_for(door.call)
    }

    assert missing == ASKS_NOTHING.keys()


def test_no_deed_is_done_outside_a_function_that_asks() -> None:
    """Whatever opens a write transaction carries @needs, or takes no desk at all."""
    missing = []
    for path in python_files("provider_desk/services"):
        if path.stem in _BEFORE_ANYBODY_IS_IN:
            continue
        source = path.read_text(encoding="utf-8")
        for each in ast.parse(source).body:
            if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
                continue
            code = ast.get_source_segment(source, each) or ""
            marks = [ast.unparse(mark) for mark in each.decorator_list]
            if ".writing(" in code and not any("needs" in mark for mark in marks):
                missing.append(f"{path.stem}.{each.name}")

    assert missing == []


#: Modules that write before somebody is signed in.
_BEFORE_ANYBODY_IS_IN = ("demo_desk", "demo_staff", "new_desk", "sign_in")


def test_only_the_clock_reads_the_clock() -> None:
    wall = re.compile(r"datetime\.now|date\.today|time\.time\(")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in python_files("provider_desk")
        if wall.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["provider_desk/model/clock.py"]
