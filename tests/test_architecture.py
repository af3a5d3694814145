"""What holds for the whole tree: sizes, words, and where things may live."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.model import resources

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


def test_every_deed_asks_for_permission() -> None:
    """A public function of a service that writes must carry @needs."""
    asking = re.compile(r"\.writing\(")
    missing = []
    for path in python_files("provider_desk/services"):
        if path.stem in ("sign_in", "demo", "saving"):
            continue
        source = path.read_text(encoding="utf-8")
        for each in ast.parse(source).body:
            if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
                continue
            code = ast.get_source_segment(source, each) or ""
            marks = [ast.unparse(mark) for mark in each.decorator_list]
            if asking.search(code) and not any("needs" in mark for mark in marks):
                missing.append(f"{path.stem}.{each.name}")

    assert missing == []


def test_only_the_clock_reads_the_clock() -> None:
    wall = re.compile(r"datetime\.now|date\.today|time\.time\(")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in python_files("provider_desk")
        if wall.search(path.read_text(encoding="utf-8"))
    ]

    assert found == ["provider_desk/model/clock.py"]
