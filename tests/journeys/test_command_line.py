"""The command line from end to end, as a schedule would run it."""

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASELOADS = ROOT / "tests" / "caseloads"
PASSWORD = "four invented words here"


def run(*words: object, password: str = PASSWORD) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "provider_desk", *map(str, words)],
        input=password + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"},
    )


def create(desk: Path) -> None:
    made = run(
        "create",
        "--data",
        desk,
        "--provider",
        "Rothacs",
        "--user",
        "First Manager",
        "--password-stdin",
    )
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds the Rothacs workbook."""
    folder = tmp_path_factory.mktemp("desk")
    create(folder / "desk")
    done = run(
        "import",
        "--data",
        folder / "desk",
        "--password-stdin",
        "--layout",
        "rothacs",
        "--set-aside",
        folder,
        CASELOADS / "rothacs" / "rothacs.xlsx",
    )
    assert done.returncode == 0, done.stderr
    assert "562 people" in done.stdout
    assert "8,664 sessions" in done.stdout
    assert "11 rows were set aside" in done.stdout
    return folder


def test_a_month_comes_out_in_every_format(brought_in: Path) -> None:
    out = brought_in / "out"

    done = run(
        "return",
        "--data",
        brought_in / "desk",
        "--password-stdin",
        "--month",
        "2017-09",
        "--copy",
        "internal",
        "--out",
        out,
    )

    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in out.iterdir()} == {".csv", ".xlsx", ".pdf", ".json"}
    expected = json.loads((CASELOADS / "rothacs" / "expected.json").read_text("utf-8"))
    figures = expected["figures"]["racs-th"]["2017-09"]
    with next(out.glob("*.csv")).open(encoding="utf-8", newline="") as file:
        cells = {
            (row["indicator"], row["split"]): row["value"]
            for row in csv.DictReader(file)
            if row["period"] == "2017-09" and row["area"] == "THER"
        }
    assert cells["B1", ""] == str(figures["B1"]) == "113"
    assert cells["C4", ""] == str(figures["C4"])


def test_the_desk_is_sound_after_bringing_in(brought_in: Path) -> None:
    done = run("check", "--data", brought_in / "desk", "--password-stdin")

    assert done.returncode == 0, done.stderr
    assert "sound" in done.stdout


def test_the_same_workbook_twice_changes_nothing(brought_in: Path) -> None:
    done = run(
        "import",
        "--data",
        brought_in / "desk",
        "--password-stdin",
        "--layout",
        "rothacs",
        "--set-aside",
        brought_in / "again",
        CASELOADS / "rothacs" / "rothacs.xlsx",
    )

    assert done.returncode == 0, done.stderr
    assert "Nothing new" in done.stdout


def test_a_wrong_password_is_refused_in_words(brought_in: Path) -> None:
    done = run(
        "check",
        "--data",
        brought_in / "desk",
        "--password-stdin",
        password="not the right words",
    )

    assert done.returncode == 1
    assert "password" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_desk_is_refused(tmp_path: Path) -> None:
    done = run("check", "--data", tmp_path / "none", "--password-stdin")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_short_password_makes_no_desk(tmp_path: Path) -> None:
    done = run(
        "create",
        "--data",
        tmp_path / "desk",
        "--provider",
        "Invented",
        "--user",
        "Somebody",
        "--password-stdin",
        password="short",
    )

    assert done.returncode == 1
    assert "12" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("return", "--data", "x", "--month", "2017-13", "--copy", "council"),
        ("return", "--data", "x", "--month", "0000-01", "--copy", "council"),
        ("create", "--data", "", "--provider", "y", "--user", "z"),
        ("return", "--data", "x", "--month", "2017-09", "--copy", "public"),
        ("create", "--data", "x", "--provider", "y"),
        ("send", "--data", "x"),
    ],
)
def test_wrong_usage_is_told_from_refusal(words: tuple[str, ...]) -> None:
    assert run(*words).returncode == 2


def test_a_file_that_is_no_spreadsheet_changes_nothing(
    brought_in: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.xlsx"
    wrong.write_bytes(b"not a workbook")

    done = run(
        "import",
        "--data",
        brought_in / "desk",
        "--password-stdin",
        "--layout",
        "rothacs",
        wrong,
    )

    assert done.returncode == 1
    assert "letter.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_desk_is_readable_by_its_owner_only(brought_in: Path) -> None:
    for path in (brought_in / "desk").rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_the_demo_does_the_main_job_without_a_display(tmp_path: Path) -> None:
    out = tmp_path / "out"

    first = run("demo", "--data", tmp_path / "desk", "--export", out)
    second = run("demo", "--data", tmp_path / "desk", "--export", out)

    assert first.returncode == 0, first.stderr
    assert "invented" in first.stdout
    assert len(list(out.iterdir())) == 8
    assert second.returncode == 0, second.stderr
    assert len(list(out.iterdir())) == 8, "nothing changed, so no new version"


def test_a_password_in_other_letters_than_utf_8_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    desk = tmp_path / "desk"

    done = subprocess.run(
        [
            *(sys.executable, "-m", "provider_desk", "create", "--data", str(desk)),
            *("--provider", "Invented", "--user", "Somebody", "--password-stdin"),
        ],
        input=b"long words \xff\xfe here\n",
        capture_output=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == 1
    assert b"UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not desk.exists()


def test_a_short_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    done = run(
        *("create", "--data", tmp_path / "desk", "--provider", "Invented"),
        *("--user", "Somebody", "--password-stdin", "--code", "../../x"),
    )

    assert done.returncode == 1
    assert "letters, digits" in done.stderr
    assert not (tmp_path / "desk").exists()


def test_an_emptied_store_is_told_as_damage_and_left_alone(tmp_path: Path) -> None:
    create(tmp_path / "desk")
    store = tmp_path / "desk" / "store.db"
    store.write_bytes(b"")

    done = run("check", "--data", tmp_path / "desk", "--password-stdin")

    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert store.stat().st_size == 0
