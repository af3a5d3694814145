"""The program as a process of its own, as a schedule runs it."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pypdf

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four invented words here"
MANAGER = "First Manager"

#: What never stands on a sheet is left out: I, L, O, U.
_LETTERS = "0-9A-HJKMNP-TV-Z"

Done = subprocess.CompletedProcess[str]


def run(
    *words: object,
    typed: str = f"{PASSWORD}\n",
    environment: Mapping[str, str] | None = None,
) -> Done:
    """Run a command to its end.

    Args:
        words: after the program's name.
        typed: standard input.
        environment: what is other than here.
    """
    return subprocess.run(
        [sys.executable, "-m", "provider_desk", *map(str, words)],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env=surroundings(environment),
    )


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment: warnings are errors, and no keyring is near."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "PYTHONIOENCODING": "utf-8",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        **(more or {}),
    }


def create_words(folder: Path) -> tuple[object, ...]:
    """The command that makes a desk in ``folder/desk``."""
    return (
        "create",
        *("--data", folder / "desk", "--team-secret", folder / "secret"),
        *("--provider", "Rothacs", "--user", MANAGER, "--password-stdin"),
        *("--sheets", folder / "sheets"),
    )


def created(folder: Path) -> Path:
    """A desk, made by the command line; returns its folder."""
    made = run(*create_words(folder), "--sheets-kept")
    assert made.returncode == 0, made.stderr
    return folder / "desk"


def desk_words(folder: Path) -> tuple[object, ...]:
    """How a command names that desk and its password."""
    return (
        *("--data", folder / "desk", "--team-secret", folder / "secret"),
        "--password-stdin",
    )


def code_on(path: Path) -> str:
    """The code of a recovery sheet, as a person's tool copies it off the page."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    whole = rf"^(?:[{_LETTERS}]{{4}}  ){{3}}[{_LETTERS}]{{4}}$"
    rows = re.findall(whole, text, re.MULTILINE)
    (check,) = re.findall(rf"^[{_LETTERS}]{{2}}$", text, re.MULTILINE)
    return " ".join([*rows, check])
