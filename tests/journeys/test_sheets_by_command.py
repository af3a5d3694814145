"""Recovery sheets by the command line: made, typed back, and used to get back in."""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders.processes import (
    MANAGER,
    PASSWORD,
    ROOT,
    Done,
    code_on,
    create_words,
    created,
    desk_words,
    run,
    surroundings,
)

OTHER = "purple ladder winter spoon"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk and its sheets; copied by those who change it."""
    folder = tmp_path_factory.mktemp("kept")
    created(folder)
    return folder


@pytest.fixture
def made(kept: Path, tmp_path: Path) -> Path:
    """A copy of that folder: desk, sheets, secret."""
    return shutil.copytree(kept, tmp_path / "copy")


def sheet(folder: Path, which: str) -> Path:
    return folder / "sheets" / f"recovery-sheet-{which}.pdf"


def refused(done: Done, *words: str) -> None:
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def create_by_typing(folder: Path, wrong: int) -> tuple[int, str]:
    """Make a desk as somebody who reads the paper does.

    Args:
        folder: where everything goes.
        wrong: how often the first group is mistyped.

    Returns:
        Exit status and what was said on standard error.
    """
    words = [sys.executable, "-m", "provider_desk", *map(str, create_words(folder))]
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=surroundings(),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(f"{PASSWORD}\n")
        process.stdin.flush()
        said = ""
        while line := process.stderr.readline():
            said += line
            found = re.match(r"Sheet ([AB]), group (\d):", line)
            if found is None:
                continue
            code = code_on(sheet(folder, found[1])).split()
            answer = code[int(found[2]) - 1].lower()
            if wrong:
                answer, wrong = "0000" if answer != "0000" else "1111", wrong - 1
            process.stdin.write(f"{answer}\n")
            process.stdin.flush()
        return process.wait(), said


@pytest.mark.timeout(60)
def test_groups_of_both_sheets_are_asked_and_then_the_desk_is_made(
    tmp_path: Path,
) -> None:
    status, said = create_by_typing(tmp_path, wrong=3)

    assert status == 0, said
    assert said.count("That is not what stands on") == 3
    assert len(re.findall(r"^Sheet A, group", said, re.MULTILINE)) == 5
    assert len(re.findall(r"^Sheet B, group", said, re.MULTILINE)) == 2
    assert run("check", *desk_words(tmp_path)).returncode == 0


@pytest.mark.timeout(60)
def test_typing_back_wrongly_too_often_leaves_nothing_but_the_files(
    tmp_path: Path,
) -> None:
    status, said = create_by_typing(tmp_path, wrong=4)

    assert status == 1
    assert "Nothing is left but" in said
    assert "recovery-sheet-A.pdf" in said
    assert [path.name for path in tmp_path.iterdir()] == ["sheets"]
    refused(run(*create_words(tmp_path)), "never written over", "delete it first")


def test_nobody_who_types_back_makes_no_desk(tmp_path: Path) -> None:
    done = run(*create_words(tmp_path))

    refused(done, "Nobody typed the sheets back", "--sheets-kept", "Nothing is left")
    assert [path.name for path in tmp_path.iterdir()] == ["sheets"]


def test_without_a_folder_for_the_sheets_it_is_wrong_usage(tmp_path: Path) -> None:
    words = create_words(tmp_path)[:-2]

    done = run(*words, "--sheets-kept")

    assert done.returncode == 2
    assert "--sheets DIR is needed" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_sheets_never_lie_beside_the_desk_that_they_open(tmp_path: Path) -> None:
    for folder in (tmp_path / "desk", tmp_path / "desk" / "sheets"):
        words = [*create_words(tmp_path)[:-1], folder]
        refused(run(*words, "--sheets-kept"), "can't lie in the desk's own folder")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(90)
def test_making_a_desk_can_be_killed_at_any_moment(tmp_path: Path) -> None:
    """However far it came, there is a whole desk, or one can be made."""
    for number, seconds in enumerate((0.7, 1.1)):
        place = tmp_path / str(number)
        place.mkdir()
        words = (*create_words(place)[:-1], place / "first", "--sheets-kept")
        with subprocess.Popen(
            [sys.executable, "-m", "provider_desk", *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env=surroundings(),
        ) as process:
            assert process.stdin is not None
            process.stdin.write(f"{PASSWORD}\n".encode())
            process.stdin.close()
            time.sleep(seconds)
            process.kill()
        again = run(*create_words(place), "--sheets-kept")

        assert again.returncode == 0 or "There is a desk in" in again.stderr
        assert run("check", *desk_words(place)).returncode == 0, again.stderr


@pytest.mark.parametrize(
    ("password", "word"), [("short", "12"), ("password1234", "easy to guess")]
)
def test_a_weak_password_makes_neither_desk_nor_sheets(
    tmp_path: Path, password: str, word: str
) -> None:
    done = run(*create_words(tmp_path), "--sheets-kept", typed=f"{password}\n")

    refused(done, word)
    assert list(tmp_path.iterdir()) == []


def test_a_short_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    done = run(*create_words(tmp_path), "--sheets-kept", "--code", "../../x")

    refused(done, "letters, digits")
    assert list(tmp_path.iterdir()) == []


def test_a_desk_that_is_there_gets_no_new_sheets(made: Path) -> None:
    before = (made / "desk" / "roster.bin").read_bytes()
    words = [*create_words(made)[:-1], made / "other"]

    refused(run(*words, "--sheets-kept"), "There is a desk in")

    assert (made / "desk" / "roster.bin").read_bytes() == before
    assert not (made / "other").exists()


def test_no_keyring_and_no_file_is_refused_with_the_option_that_helps(
    tmp_path: Path,
) -> None:
    words = [
        word
        for word in create_words(tmp_path)
        if word not in ("--team-secret", tmp_path / "secret")
    ]
    null = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}

    for environment in ({}, null):
        done = run(*words, "--sheets-kept", environment=environment)
        refused(done, "offers no keyring", "--team-secret")
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_others_may_read_is_refused(made: Path) -> None:
    (made / "secret").chmod(0o644)

    refused(run("check", *desk_words(made)), "may read", "chmod 600")


def test_a_lost_secret_asks_for_sheet_a_and_comes_back_with_it(made: Path) -> None:
    (made / "secret").unlink()
    store = (made / "desk" / "store.db").read_bytes()
    back = ("bring-secret", *desk_words(made)[:-1], "--sheet-stdin")

    refused(run("check", *desk_words(made)), "recovery sheet A")
    refused(run(*back, typed=f"{code_on(sheet(made, 'B'))}\n"), "not the code")
    assert not (made / "secret").exists()
    done = run(*back, typed=f"{code_on(sheet(made, 'A')).lower()}\n")

    assert done.returncode == 0, done.stderr
    assert (made / "desk" / "store.db").read_bytes() == store
    assert run("check", *desk_words(made)).returncode == 0


def test_a_mistyped_code_is_told_with_its_group(made: Path) -> None:
    code = code_on(sheet(made, "A")).split()
    code[2] = ("0000" if code[2][0] != "0" else "1111")[0] + code[2][1:]
    words = ("bring-secret", *desk_words(made)[:-1], "--sheet-stdin")

    refused(run(*words, typed=" ".join(code)), "group 3")


def test_a_manager_gets_a_new_password_by_sheet_a(made: Path) -> None:
    words = ("new-password", *desk_words(made), "--sheet-stdin", "--user", MANAGER)

    done = run(*words, typed=f"{OTHER}\n{code_on(sheet(made, 'A'))}\n")

    assert done.returncode == 0, done.stderr
    refused(run("check", *desk_words(made)), "do not open the desk")
    assert run("check", *desk_words(made), typed=f"{OTHER}\n").returncode == 0


def test_a_sheet_is_checked(made: Path) -> None:
    words = ("check-sheet", *desk_words(made), "--sheet-stdin")

    for which in "AB":
        done = run(*words, typed=f"{PASSWORD}\n{code_on(sheet(made, which))}\n")
        assert f"recovery sheet {which}" in done.stdout, done.stderr


def test_a_backup_comes_back_on_an_empty_machine_by_sheet_a(
    made: Path, tmp_path: Path
) -> None:
    backed = run("backup", *desk_words(made), "--out", tmp_path / "gone" / "stick")
    refused(backed, "No backup was made")
    backed = run("backup", *desk_words(made), "--out", tmp_path / "stick")
    assert backed.returncode == 0, backed.stderr
    new = tmp_path / "new"
    new.mkdir()
    words = (
        *("restore", "--from", backed.stdout.strip(), "--data", new / "desk"),
        *("--team-secret", new / "secret", "--sheet-stdin"),
    )

    refused(run(*words, typed=f"{code_on(sheet(made, 'B'))}\n"), "not the code")
    done = run(*words, typed=f"{code_on(sheet(made, 'A'))}\n")

    assert done.returncode == 0, done.stderr
    assert run("check", *desk_words(new)).returncode == 0
    refused(run(*words, typed=f"{code_on(sheet(made, 'A'))}\n"), "desk")
    aside = run(*words, "--set-aside", typed=f"{code_on(sheet(made, 'A'))}\n")
    assert aside.returncode == 0, aside.stderr
    assert "set aside" in aside.stdout
    assert run("check", *desk_words(new)).returncode == 0


def test_an_old_copy_is_refused_until_a_manager_says_why(
    made: Path, tmp_path: Path
) -> None:
    old = shutil.copytree(made / "desk", tmp_path / "old")
    assert run("check", *desk_words(made)).returncode == 0
    shutil.rmtree(made / "desk")
    old.rename(made / "desk")

    refused(run("check", *desk_words(made)), "not as this computer remembers it")
    done = run("check", *desk_words(made), "--accept-older", "the newer one is lost")

    assert done.returncode == 0, done.stderr
    assert run("check", *desk_words(made)).returncode == 0
