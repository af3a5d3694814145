"""The one door to the files that ship with the program."""

import sys
from functools import cache
from pathlib import Path
from typing import Any


@cache
def folder() -> Path:
    """Where resources/ is, in a checkout as in a packaged program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources"


def path_of(name: str) -> Path:
    """A bundled file, by its path below resources/."""
    return folder() / name


def read_text(name: str) -> str:
    """A bundled text file."""
    return path_of(name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """A bundled TOML file."""
    # The first window reads a style sheet only, and starts quicker without this.
    import tomllib  # noqa: PLC0415

    return tomllib.loads(read_text(name))


def names_in(below: str, ending: str) -> list[str]:
    """Paths below resources/ of the files of a folder, sorted by name."""
    found = sorted(path_of(below).glob(f"*{ending}"))
    return [f"{below}/{path.name}" for path in found]
