"""The command line from end to end, as a schedule would run it."""

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders.processes import (
    PASSWORD,
    ROOT,
    Done,
    create_words,
    created,
    desk_words,
    run,
    surroundings,
)
from tests.builders.templates import a_template

CASELOADS = ROOT / "tests" / "caseloads"


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds the Rothacs workbook."""
    folder = tmp_path_factory.mktemp("desk")
    created(folder)
    done = bring_in(folder, folder)
    assert done.returncode == 0, done.stderr
    assert "562 people" in done.stdout
    assert "8,664 sessions" in done.stdout
    assert "11 rows were set aside" in done.stdout
    return folder


def bring_in(folder: Path, aside: Path) -> Done:
    return run(
        *("import", *desk_words(folder), "--layout", "rothacs"),
        *("--set-aside", aside, CASELOADS / "rothacs" / "rothacs.xlsx"),
    )


def test_a_month_comes_out_in_every_format(brought_in: Path) -> None:
    out = brought_in / "out"

    done = run(
        *("return", *desk_words(brought_in), "--month", "2017-09"),
        *("--copy", "internal", "--out", out),
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


def returned(folder: Path, out: Path, *words: str) -> Done:
    return run("return", *desk_words(folder), "--out", out, *words)


def test_council_copies_are_issued_in_order_and_written_again_the_same(
    brought_in: Path, tmp_path: Path
) -> None:
    council = ("--copy", "council")
    first = returned(brought_in, tmp_path / "a", "--month", "2017-09", *council)
    more = returned(
        brought_in, tmp_path / "b", "--month", "2017-11", "--month",
        "2017-09..2017-10", *council,
    )  # fmt: skip
    too_late = returned(brought_in, tmp_path / "c", "--month", "2017-08", *council)
    public = returned(
        brought_in, tmp_path / "c", "--month", "2017-11", "--copy", "public"
    )

    assert first.returncode == more.returncode == public.returncode == 0, more.stderr
    names = [Path(line).name for line in more.stdout.splitlines()]
    months = [name.split("_")[2] for name in names[::4]]
    assert months == ["2017-09", "2017-10", "2017-11"]
    assert "2017-09, before sign-off: The return is a draft" in first.stderr
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    assert too_late.returncode == 1
    assert "August 2017 can't be issued any more" in too_late.stderr
    assert {path.stem[-9:] for path in (tmp_path / "c").iterdir()} == {"public_v1"}
    for path in tmp_path.glob("?/*.json"):
        whole = json.loads(path.read_text("utf-8"))
        for line in whole["return"]["lines"]:
            for cell in (*line["months"], line["year_to_date"]):
                counts = [cell["numerator"], cell["denominator"]]
                if line["kind"] in ("flow", "stock"):
                    counts = [cell["value"]]
                assert all(count is None or count % 5 == 0 for count in counts)


def test_the_councils_own_workbook_is_filled_in_beside_the_files(
    brought_in: Path, tmp_path: Path
) -> None:
    template = tmp_path / "scorecard.xlsx"
    template.write_bytes(a_template({"PD_A1": "Front!$B$1", "PD_NONE": "Front!$B$2"}))
    words = ("--month", "2017-12", "--workbook", str(template), "--copy")

    refused = returned(brought_in, tmp_path / "out", *words, "council")
    inside = returned(brought_in, tmp_path / "out", *words, "internal")
    assert refused.returncode == inside.returncode == 1
    assert "PD_NONE is no figure of this return" in refused.stderr
    assert "Say --copy council" in inside.stderr
    assert not (tmp_path / "out").exists()

    template.write_bytes(a_template({"PD_A1": "Front!$B$1"}))
    done = returned(brought_in, tmp_path / "out", *words, "council")
    assert done.returncode == 0, done.stderr
    filled = tmp_path / "out" / "scorecard_2017-12.xlsx"
    assert done.stdout.splitlines()[-1] == str(filled)
    whole = json.loads(next(filled.parent.glob("*.json")).read_text("utf-8"))
    issued = next(x for x in whole["return"]["lines"] if x["indicator"] == "A1")
    shown = load_workbook(filled)["Front"]["B1"].value
    assert shown == issued["months"][-1]["value"]


def test_the_desk_is_sound_after_bringing_in(brought_in: Path) -> None:
    done = run("check", *desk_words(brought_in))

    assert done.returncode == 0, done.stderr
    assert "sound" in done.stdout


def test_the_same_workbook_twice_changes_nothing(brought_in: Path) -> None:
    done = bring_in(brought_in, brought_in / "again")

    assert done.returncode == 0, done.stderr
    assert "Nothing new" in done.stdout


def test_a_wrong_password_is_refused_in_words(brought_in: Path) -> None:
    done = run("check", *desk_words(brought_in), typed="not the right words\n")

    assert done.returncode == 1
    assert "password" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_desk_is_refused(tmp_path: Path) -> None:
    done = run("check", *desk_words(tmp_path))

    assert done.returncode == 1
    assert "no desk" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("return", "--data", "x", "--month", "2017-13", "--copy", "council"),
        ("return", "--data", "x", "--month", "0000-01", "--copy", "council"),
        ("create", "--data", "", "--provider", "y", "--user", "z"),
        ("return", "--data", "x", "--month", "2017-09", "--copy", "everybody"),
        ("return", "--data", "x", "--month", "2017-09..2017-08", "--copy", "council"),
        ("return", "--data", "x", "--month", "2017-09..", "--copy", "council"),
        ("create", "--data", "x", "--provider", "y"),
        ("create", "--data", "x", "--provider", "y", "--user", "z"),
        ("restore", "--data", "x"),
        ("backup", "--data", "x"),
        ("new-password", "--data", "x"),
        ("check", "--data", "x", "--accept-older"),
        ("check", "--data", "x", "--team-secret", ""),
        ("check", "--data", "x", "--password", "four invented words here"),
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

    done = run("import", *desk_words(brought_in), "--layout", "rothacs", wrong)

    assert done.returncode == 1
    assert "letter.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the folder there")
def test_a_desk_is_readable_by_its_owner_only(brought_in: Path) -> None:
    made = [brought_in / "secret", brought_in / "secret.fresh"]
    made += (brought_in / "desk").rglob("*")
    made += (brought_in / "sheets").rglob("*")
    for path in made:
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_the_demo_does_the_main_job_without_a_display(tmp_path: Path) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    words = ("demo", "--data", tmp_path / "desk", "--export", out)

    first = run(*words, "--team-secret", secret)
    second = run(*words, "--team-secret", secret)
    without = run(*words)

    assert first.returncode == 0, first.stderr
    assert "invented" in first.stdout
    assert len(list(out.iterdir())) == 8
    assert second.returncode == 0, second.stderr
    assert len(list(out.iterdir())) == 8, "nothing changed, so no new version"
    assert "Council return for" in first.stdout
    assert "Council return for" not in second.stdout
    (council,) = [path for path in out.glob("*.json") if "internal" not in path.name]
    months = json.loads(council.read_text("utf-8"))["return"]["lines"][0]["months"]
    assert all(cell["value"] is not None for cell in months[-8:])
    assert len(secret.read_text().splitlines()[0]) == 52
    assert without.returncode == 1
    assert "team secret" in without.stderr


def test_the_demo_knows_its_colleagues_by_name(tmp_path: Path) -> None:
    words = ("demo", "--data", tmp_path / "desk", "--export", tmp_path / "out")

    nobody = run(*words, "--as", "Somebody")

    assert nobody.returncode == 1
    assert "Demo Counsellor" in nobody.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_password_in_other_letters_than_utf_8_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "provider_desk", *map(str, create_words(tmp_path))],
        input=b"long words \xff\xfe here\n",
        capture_output=True,
        cwd=ROOT,
        check=False,
        env=surroundings(),
    )

    assert done.returncode == 1
    assert b"UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_store_is_told_as_damage_and_left_alone(tmp_path: Path) -> None:
    store = created(tmp_path) / "store.db"
    store.write_bytes(b"")

    done = run("check", *desk_words(tmp_path), typed=f"{PASSWORD}\n")

    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert store.stat().st_size == 0
